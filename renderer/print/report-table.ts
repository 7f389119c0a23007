import type { InferContractRouterOutputs } from '@orpc/contract'
import type { contract } from '../../api/contract/contract.ts'

export type RoundReport = InferContractRouterOutputs<typeof contract>['round']['report']
export type ReportUnit = RoundReport['units'][number]
export type ReportItem = RoundReport['items'][number]
type ReportLine = RoundReport['lines'][number]

export type ReportCell = {
  readonly requestedBase: number
  readonly allocatedBase: number
  readonly packs: number
  /** After the newest round of the range; null where nothing is used. */
  readonly coverMilliDays: number | null
}

export type ReportTable = {
  readonly units: readonly ReportUnit[]
  readonly items: readonly ReportItem[]
  readonly cell: (unitId: number, itemId: number) => ReportCell | null
  /** Packs of every item that the unit was given. */
  readonly unitPacks: (unitId: number) => number
  readonly itemTotal: (itemId: number) => ReportCell
  readonly packs: number
}

type Sum = { requestedBase: number; allocatedBase: number; packs: number; stockBase: number; useMilliPerDay: number }

const emptySum = (): Sum => ({ requestedBase: 0, allocatedBase: 0, packs: 0, stockBase: 0, useMilliPerDay: 0 })

/** Days that stock lasts, in thousandths, rounded down: base units × 10^6 over thousandths of a base unit a day. */
const coverOf = (stockBase: number, useMilliPerDay: number): number | null =>
  useMilliPerDay === 0 ? null : Math.floor((stockBase * 1_000_000) / useMilliPerDay)

const cellOf = (sum: Sum): ReportCell => ({
  requestedBase: sum.requestedBase,
  allocatedBase: sum.allocatedBase,
  packs: sum.packs,
  coverMilliDays: coverOf(sum.stockBase, sum.useMilliPerDay),
})

/**
 * Units × items of one or many rounds. What was asked and given is summed over the rounds; the cover is the one that the
 * newest round left (its stock before and what it gave), because covers of different days can't be added. Lines come in
 * the order of the rounds, oldest first. Units by tier, then town, then code; items by code.
 */
export function tabulateReport(report: RoundReport): ReportTable {
  const cells = new Map<string, Sum>()
  const units = new Map<number, number>()
  const items = new Map<number, Sum>()
  for (const line of report.lines) addLine(cells, line)
  let packs = 0
  for (const [key, sum] of cells) {
    const [unitId, itemId] = key.split(':').map(Number) as [number, number]
    units.set(unitId, (units.get(unitId) ?? 0) + sum.packs)
    packs += sum.packs
    const total = items.get(itemId) ?? emptySum()
    items.set(itemId, {
      requestedBase: total.requestedBase + sum.requestedBase,
      allocatedBase: total.allocatedBase + sum.allocatedBase,
      packs: total.packs + sum.packs,
      // A unit that uses none of it says nothing about how long the rest lasts.
      stockBase: total.stockBase + (sum.useMilliPerDay > 0 ? sum.stockBase : 0),
      useMilliPerDay: total.useMilliPerDay + sum.useMilliPerDay,
    })
  }
  return {
    units: report.units
      .filter((unit) => units.has(unit.unitId))
      .sort((a, b) => a.tier - b.tier || compareText(a.town, b.town) || compareText(a.code, b.code)),
    items: report.items.filter((item) => items.has(item.itemId)).sort((a, b) => compareText(a.code, b.code)),
    cell: (unitId, itemId) => {
      const sum = cells.get(`${unitId}:${itemId}`)
      return sum === undefined ? null : cellOf(sum)
    },
    unitPacks: (unitId) => units.get(unitId) ?? 0,
    itemTotal: (itemId) => cellOf(items.get(itemId) ?? emptySum()),
    packs,
  }
}

function addLine(cells: Map<string, Sum>, line: ReportLine): void {
  const key = `${line.unitId}:${line.itemId}`
  const before = cells.get(key) ?? emptySum()
  cells.set(key, {
    requestedBase: before.requestedBase + line.needBase,
    allocatedBase: before.allocatedBase + line.quantityBase,
    packs: before.packs + line.packs,
    stockBase: line.stockBase + line.quantityBase,
    useMilliPerDay: line.useMilliPerDay,
  })
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Puts items onto pages one after another, as many as their widths allow; at least one to a page. Widths in millimetres. */
export function splitColumns<T>(columns: readonly T[], widthOf: (column: T) => number, room: number): T[][] {
  const pages: T[][] = []
  let page: T[] = []
  let used = 0
  for (const column of columns) {
    const width = widthOf(column)
    if (page.length > 0 && used + width > room) {
      pages.push(page)
      page = []
      used = 0
    }
    page.push(column)
    used += width
  }
  if (page.length > 0) pages.push(page)
  return pages
}
