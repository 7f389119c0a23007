import type { ItemRow } from '../../api/contract/item.ts'
import type { client, Output } from '../query.ts'

type StockGrid = Output<typeof client.stock.grid>

export type Amounts = {
  readonly onHandBase: number
  readonly reservedBase: number
  readonly availableBase: number
  readonly unusableBase: number
  readonly earliestExpiresOn: string | null
}

/** An item over all the depots that are shown, and at each of them. */
export type ItemStock = Amounts & {
  readonly item: ItemRow
  readonly coverMilliDays: number | null
  readonly useMilliPerDay: number
  readonly byDepot: ReadonlyMap<number, Amounts>
}

const nothing: Amounts = { onHandBase: 0, reservedBase: 0, availableBase: 0, unusableBase: 0, earliestExpiresOn: null }

/** Adds up; the earliest of the expiries. */
export function addAmounts(left: Amounts, right: Amounts): Amounts {
  const [a, b] = [left.earliestExpiresOn, right.earliestExpiresOn]
  return {
    onHandBase: left.onHandBase + right.onHandBase,
    reservedBase: left.reservedBase + right.reservedBase,
    availableBase: left.availableBase + right.availableBase,
    unusableBase: left.unusableBase + right.unusableBase,
    earliestExpiresOn: a === null ? b : b === null || a < b ? a : b,
  }
}

/**
 * Rows of the stock grid, one for each item: the shortest cover first, then those that nobody uses.
 * @param depotId only this depot's stock; null for all.
 */
export function stockRows(items: readonly ItemRow[], stock: StockGrid, depotId: number | null): ItemStock[] {
  const cover = new Map(stock.cover.map((row) => [row.itemId, row]))
  const byItem = Map.groupBy(
    stock.rows.filter((row) => depotId === null || row.depotId === depotId),
    ({ itemId }) => itemId,
  )
  return items
    .map((item): ItemStock => {
      const rows = byItem.get(item.itemId) ?? []
      const { coverMilliDays = null, useMilliPerDay = 0 } = cover.get(item.itemId) ?? {}
      return {
        item,
        ...rows.reduce<Amounts>(addAmounts, nothing),
        coverMilliDays,
        useMilliPerDay,
        byDepot: new Map(rows.map((row) => [row.depotId, row])),
      }
    })
    .sort((left, right) => coverOrder(left) - coverOrder(right) || (left.item.code < right.item.code ? -1 : 1))
}

const coverOrder = (row: ItemStock) => row.coverMilliDays ?? Number.MAX_SAFE_INTEGER
