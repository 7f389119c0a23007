import { addDays, daysBetween } from '../civil-date.ts'
import type { Group, Prepared } from './prepare.ts'

/** Share of normal use that lasts until every promised delivery, and the day that decides it. */
export type ServiceFinding = {
  /** Hundredths of a percent, 0 to 10,000, rounded down. */
  readonly levelBasisPoints: number
  readonly tightestOn: string | null
}

/**
 * Expected share of a manufacturer's promises that arrives, in percent, from its own record; 80 where there is none.
 */
export function haircutPercent(promisedBase: number, deliveredBase: number): number {
  if (promisedBase <= 0) return 80
  return Math.max(0, Math.min(100, Math.floor((deliveredBase * 100) / promisedBase)))
}

/**
 * Largest level at which supply keeps up on every day to the end of the look-ahead: with S(t) = stock in the depots +
 * promised deliveries that come before day t's use (each by its haircut), for all t: Σ max(0, level · use · t − unit's
 * own stock) ≤ S(t). Without stock at the units this is min over t of S(t) / D(t). Use only grows between deliveries, so
 * it is enough to look at the days of deliveries and at the last day.
 */
export function serviceLevelOf(prepared: Prepared, group: Group, lookAheadDays: number): ServiceFinding {
  const { problem } = prepared
  let stockBase = 0
  const arrivals = new Map<number, number>()
  for (const index of group.items) {
    const item = problem.items[index]!
    let packs = group.supply.capacity.get(index)!
    for (const source of group.supply.sources) {
      if (source.item !== index) continue
      // The reserve is what expires last, so it is not counted.
      const counted = Math.min(packs, source.packs)
      stockBase += counted * source.packBase
      packs -= counted
    }
    for (const { on, quantityBase, haircutPercent: percent } of item.promises ?? []) {
      const day = Math.max(1, daysBetween(problem.date, on))
      arrivals.set(day, (arrivals.get(day) ?? 0) + quantityBase * percent * 10)
    }
  }
  const days = [...new Set([...arrivals.keys(), lookAheadDays])].filter((day) => day <= lookAheadDays)
  days.sort((a, b) => a - b)
  const { count, use, stock } = group.lines
  /** The first day on which a level cannot be kept, or 0. */
  const failsOn = (basisPoints: number): number => {
    let supplyMilli = stockBase * 1000
    for (const day of days) {
      let needMilli = 0
      for (let line = 0; line < count; line++) {
        needMilli += Math.max(0, (use[line]! * day * basisPoints) / 10_000 - 1000 * stock[line]!)
      }
      if (needMilli > supplyMilli) return day
      supplyMilli += arrivals.get(day) ?? 0
    }
    return 0
  }
  if (failsOn(10_000) === 0) return { levelBasisPoints: 10_000, tightestOn: null }
  let kept = 0
  let failed = 10_000
  while (failed - kept > 1) {
    const middle = (kept + failed) >> 1
    if (failsOn(middle) === 0) kept = middle
    else failed = middle
  }
  return { levelBasisPoints: kept, tightestOn: addDays(problem.date, failsOn(failed)) }
}
