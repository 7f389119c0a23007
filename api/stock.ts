import { workOutCover } from '../core/need.ts'
import { readUse } from '../db/need.ts'
import { listLots, readCard, readStock } from '../db/stock.ts'
import { os } from './procedure.ts'

export const stock = {
  grid: os.stock.grid.handler(({ context }) => {
    const rows = readStock(context.desk.database, context.desk.businessDate())
    const use = readUse(context.desk.database)
    const available = new Map<number, number>()
    for (const row of rows) available.set(row.itemId, (available.get(row.itemId) ?? 0) + row.availableBase)
    const cover = [...new Set([...available.keys(), ...use.keys()])].map((itemId) => {
      const useMilliPerDay = use.get(itemId) ?? 0
      const availableBase = available.get(itemId) ?? 0
      return { itemId, useMilliPerDay, availableBase, coverMilliDays: workOutCover(availableBase, useMilliPerDay) }
    })
    return { rows, cover }
  }),

  lots: os.stock.lots.handler(({ input, context }) => listLots(context.desk.database, input.itemId, input.depotId)),

  card: os.stock.card.handler(({ input, context }) => readCard(context.desk.database, input)),
}
