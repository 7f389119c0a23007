import { addDays, daysBetween } from './civil-date.ts'

/** A stock report: what a unit said it had at the end of a day. */
export type Reported = { readonly onHandBase: number; readonly reportedOn: string }
/** Pieces that reached a unit on a day (negative: went back). Sorted by day. */
export type Flow = { readonly on: string; readonly quantityBase: number }

/**
 * Use per day of a unit in thousandths of the item's base unit: the sum over its duties of people × norm.
 * Source of the default norms: WHO COVID-19 Essential Supplies Forecasting Tool.
 */
export function workOutUse(
  headcount: readonly { readonly dutyId: number; readonly people: number }[],
  norms: ReadonlyMap<number, number>,
): number {
  let useMilliPerDay = 0
  for (const { dutyId, people } of headcount) useMilliPerDay += people * (norms.get(dutyId) ?? 0)
  return useMilliPerDay
}

/**
 * What a unit has today, in base units rounded down: its last report, less the norm's use since, plus what reached it
 * since. Day by day it never falls below nothing, so days without stock are not counted against what came later. A unit
 * that never reported starts with nothing on the day of its first shipment. `flows` are those after the report.
 */
export function estimateStock(
  reported: Reported | null,
  flows: readonly Flow[],
  useMilliPerDay: number,
  today: string,
): number {
  let milli = (reported?.onHandBase ?? 0) * 1000
  let on = reported?.reportedOn ?? flows[0]?.on ?? today
  for (const flow of flows) {
    milli = Math.max(0, milli - useMilliPerDay * Math.max(0, daysBetween(on, flow.on)))
    milli = Math.max(0, milli + flow.quantityBase * 1000)
    if (flow.on > on) on = flow.on
  }
  milli = Math.max(0, milli - useMilliPerDay * Math.max(0, daysBetween(on, today)))
  return Math.floor(milli / 1000)
}

/**
 * Days of supply in thousandths: stock / use per day, rounded down. Null where nothing is used.
 * Source: days of supply = stock / burn rate (domain.md, standard measures).
 */
export function workOutCover(stockBase: number, useMilliPerDay: number): number | null {
  if (useMilliPerDay <= 0) return null
  return Math.floor((stockBase * 1_000_000) / useMilliPerDay)
}

/** max(0, use × days − stock), in base units rounded up: a part of a piece needed is a piece needed. */
export function workOutNeed(stockBase: number, useMilliPerDay: number, horizonDays: number): number {
  return Math.max(0, Math.ceil((useMilliPerDay * horizonDays) / 1000) - stockBase)
}

/**
 * Whether a report lies below what the report before it and our own shipments leave after the norm's use, by more than a
 * tenth of what there was to use. Such a report is not refused: it is shown, so that someone asks.
 */
export function isBelowShipments(
  previous: Reported | null,
  flows: readonly Flow[],
  useMilliPerDay: number,
  latest: Reported,
): boolean {
  if (previous === null) return false
  const expected = estimateStock(previous, flows, useMilliPerDay, latest.reportedOn)
  const there = flows.reduce((sum, flow) => sum + flow.quantityBase, previous.onHandBase)
  return latest.onHandBase < expected - Math.max(1, Math.floor(there / 10))
}

/**
 * Which reports of one unit lie below what the report before and our shipments since leave (`isBelowShipments`), by their
 * number. `reports` are of any items, newest first as they are listed; `at` orders what is of one day.
 */
export function reportsBelowShipments(
  reports: readonly (Reported & { readonly reportSeq: number; readonly itemId: number; readonly at: number })[],
  arrivals: readonly (Flow & { readonly itemId: number; readonly at: number })[],
  useMilliPerDayOf: (itemId: number) => number,
): ReadonlySet<number> {
  const found = new Set<number>()
  const newer = new Map<number, (typeof reports)[number]>()
  const isAfter = (flow: { on: string; at: number }, report: { reportedOn: string; at: number }) =>
    flow.on > report.reportedOn || (flow.on === report.reportedOn && flow.at > report.at)
  for (const previous of reports) {
    const latest = newer.get(previous.itemId)
    newer.set(previous.itemId, previous)
    if (!latest) continue
    const flows = arrivals.filter(
      (flow) => flow.itemId === latest.itemId && isAfter(flow, previous) && !isAfter(flow, latest),
    )
    if (isBelowShipments(previous, flows, useMilliPerDayOf(latest.itemId), latest)) found.add(latest.reportSeq)
  }
  return found
}

/** The last day that the stock lasts, at most ten years ahead; null where nothing is used. */
export function runsOutOn(stockBase: number, useMilliPerDay: number, today: string): string | null {
  const cover = workOutCover(stockBase, useMilliPerDay)
  return cover === null ? null : addDays(today, Math.min(3650, Math.floor(cover / 1000)))
}

/**
 * Burn rate: average use per day between two counts, in thousandths; null when they are of one day, or when there was
 * more at the end than there can have been. Source: domain.md, standard measures.
 */
export function workOutBurn(previous: Reported, flows: readonly Flow[], latest: Reported): number | null {
  const days = daysBetween(previous.reportedOn, latest.reportedOn)
  const used = flows.reduce((sum, flow) => sum + flow.quantityBase, previous.onHandBase) - latest.onHandBase
  return days <= 0 || used < 0 ? null : Math.floor((used * 1000) / days)
}

export type Norm = { readonly dutyId: number; readonly itemId: number; readonly milliPerPersonDay: number }
export type NeedFacts = {
  readonly reported: Reported | null
  /** After the report, by day. */
  readonly flows: readonly Flow[]
  /** On slips approved and not yet dispatched: on its way. */
  readonly incomingBase: number
}
export type Need<Unit> = {
  readonly unit: Unit
  readonly itemId: number
  readonly useMilliPerDay: number
  readonly stockBase: number
  readonly coverMilliDays: number | null
  readonly facts: NeedFacts
}

const noFacts: NeedFacts = { reported: null, flows: [], incomingBase: 0 }

/** Norms by item, then by duty. */
export function normsByItem(norms: readonly Norm[]): Map<number, Map<number, number>> {
  const byItem = new Map<number, Map<number, number>>()
  for (const { dutyId, itemId, milliPerPersonDay } of norms) {
    const duties = byItem.get(itemId) ?? new Map<number, number>()
    byItem.set(itemId, duties.set(dutyId, milliPerPersonDay))
  }
  return byItem
}

/** What a unit has of an item and has on its way; the key of `facts` is `placeId/itemId`. */
export function workOutUnitNeed<
  Unit extends { readonly placeId: number; readonly headcount: Parameters<typeof workOutUse>[0] },
>(
  unit: Unit,
  itemId: number,
  norms: ReadonlyMap<number, number>,
  facts: ReadonlyMap<string, NeedFacts>,
  today: string,
): Need<Unit> {
  const known = facts.get(`${unit.placeId}/${itemId}`) ?? noFacts
  const useMilliPerDay = workOutUse(unit.headcount, norms)
  const stockBase = estimateStock(known.reported, known.flows, useMilliPerDay, today) + known.incomingBase
  return {
    unit,
    itemId,
    useMilliPerDay,
    stockBase,
    coverMilliDays: workOutCover(stockBase, useMilliPerDay),
    facts: known,
  }
}

/** The needs of all units for all items with a norm, where anything is used. */
export function workOutNeeds<
  Unit extends { readonly placeId: number; readonly headcount: Parameters<typeof workOutUse>[0] },
>(units: readonly Unit[], norms: readonly Norm[], facts: ReadonlyMap<string, NeedFacts>, today: string): Need<Unit>[] {
  const byItem = [...normsByItem(norms)]
  return units
    .flatMap((unit) => byItem.map(([itemId, duties]) => workOutUnitNeed(unit, itemId, duties, facts, today)))
    .filter((need) => need.useMilliPerDay > 0)
}
