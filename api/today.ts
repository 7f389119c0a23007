import { addDays } from '../core/civil-date.ts'
import { workOutCover, workOutNeeds } from '../core/need.ts'
import { listDrafts } from '../db/desk.ts'
import { readDayFlows } from '../db/flow.ts'
import { listHolds } from '../db/hold.ts'
import { listItems } from '../db/item.ts'
import { readNeedFacts, readUse } from '../db/need.ts'
import { listNorms } from '../db/norm.ts'
import { listUnsigned } from '../db/pick.ts'
import { listUnits } from '../db/place.ts'
import type { Reader } from '../db/statement.ts'
import { readStock } from '../db/stock.ts'
import { countOpenStocktakes } from '../db/stocktake.ts'
import { countSlipsToDispatch, listDue, listNearExpiry, listOpenRounds } from '../db/today.ts'
import { listTransfers } from '../db/transfer.ts'
import { os } from './procedure.ts'
import { getSettings } from './setting.ts'

const shown = 50

/** Items by the days that the district's available stock lasts, shortest first. */
export function coverOfItems(db: Reader, today: string) {
  const use = readUse(db)
  const available = new Map<number, number>()
  for (const row of readStock(db, today))
    available.set(row.itemId, (available.get(row.itemId) ?? 0) + row.availableBase)
  return listItems(db, false)
    .flatMap((item) => {
      const useMilliPerDay = use.get(item.itemId) ?? 0
      const availableBase = available.get(item.itemId) ?? 0
      const coverMilliDays = workOutCover(availableBase, useMilliPerDay)
      return coverMilliDays === null ? [] : [{ item, availableBase, useMilliPerDay, coverMilliDays }]
    })
    .sort((a, b) => a.coverMilliDays - b.coverMilliDays || (a.item.code < b.item.code ? -1 : 1))
}

/** Units and items whose estimated stock lasts fewer days than `belowDays`, soonest first. */
export function unitsRunningOut(db: Reader, today: string, belowDays: number) {
  const items = new Map(listItems(db, false).map((item) => [item.itemId, item]))
  return workOutNeeds(listUnits(db, false), listNorms(db), readNeedFacts(db, null), today)
    .flatMap(({ unit, itemId, useMilliPerDay, coverMilliDays }) => {
      const item = items.get(itemId)
      if (!item || coverMilliDays === null || coverMilliDays >= belowDays * 1000) return []
      const row = {
        unitId: unit.placeId,
        unitName: unit.name,
        unitNameEn: unit.nameEn,
        tier: unit.tier,
        itemId,
        itemName: item.name,
        itemNameEn: item.nameEn,
        coverMilliDays,
      }
      return [{ row, useMilliPerDay }]
    })
    .sort(
      (a, b) =>
        a.row.coverMilliDays - b.row.coverMilliDays ||
        a.row.tier - b.row.tier ||
        // Of what is equally short, what more is used of.
        b.useMilliPerDay - a.useMilliPerDay ||
        a.row.unitId - b.row.unitId ||
        a.row.itemId - b.row.itemId,
    )
    .map(({ row }) => row)
}

/** Cover of a category: what its items can last together, each item weighed by its use (sum of stock days × use). */
function coverOfCategories(items: ReturnType<typeof coverOfItems>) {
  const byCategory = Map.groupBy(items, ({ item }) => item.category)
  return [...byCategory].map(([category, rows]) => {
    const use = rows.reduce((sum, row) => sum + row.useMilliPerDay, 0)
    const weighed = rows.reduce((sum, row) => sum + row.coverMilliDays * row.useMilliPerDay, 0)
    return { category, coverMilliDays: Math.floor(weighed / use) }
  })
}

export const today = {
  get: os.today.get.handler(({ context: { desk, person } }) => {
    const db = desk.database
    const businessDate = desk.businessDate()
    const settings = getSettings(db)
    const items = coverOfItems(db, businessDate)
    const runningOut = unitsRunningOut(db, businessDate, 2)
    const first = addDays(businessDate, -13)
    const days = Map.groupBy(readDayFlows(db, first, businessDate), (row) => row.day)
    return {
      businessDate,
      short: items
        .filter((row) => row.coverMilliDays < settings.shortBelowDays * 1000)
        .slice(0, shown)
        .map(({ item, availableBase, useMilliPerDay, coverMilliDays }) => ({
          itemId: item.itemId,
          code: item.code,
          name: item.name,
          nameEn: item.nameEn,
          baseUnit: item.baseUnit,
          availableBase,
          useMilliPerDay,
          coverMilliDays,
        })),
      runningOut: runningOut.slice(0, shown),
      runningOutCount: runningOut.length,
      nearExpiry: listNearExpiry(db, businessDate, addDays(businessDate, settings.nearExpiryDays), shown),
      due: listDue(db, businessDate, shown),
      drafts: listDrafts(db, person.personId, null).map(({ key, kind, updatedAt }) => ({ key, kind, updatedAt })),
      slipsToDispatch: countSlipsToDispatch(db),
      unsigned: listUnsigned(db, addDays(businessDate, -settings.unsignedAfterDays), shown),
      holdsOpen: listHolds(db, true).length,
      transfersOpen: listTransfers(db, true).length,
      stocktakesOpen: countOpenStocktakes(db),
      roundsOpen: listOpenRounds(db),
      coverByCategory: coverOfCategories(items),
      days: Array.from({ length: 14 }, (_, index) => {
        const day = addDays(first, index)
        const rows = days.get(day) ?? []
        return {
          day,
          receivedBase: rows.reduce((sum, row) => sum + row.receivedBase, 0),
          allocatedBase: rows.reduce((sum, row) => sum + row.allocatedBase, 0),
        }
      }),
    }
  }),
}
