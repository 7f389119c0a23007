import type { Ladder, Place } from './order.ts'
import type { Group, Prepared } from './prepare.ts'
import type { Bound } from './problem.ts'
import type { PinnedCell, PlanRefusal } from './refusal.ts'
import type { Tight } from './restricted.ts'
import type { ServiceFinding } from './service-level.ts'

/** Packs of one size and what they are drawn from; a plan with one pack size has one portion. */
export type Portion = { readonly group: Group; readonly packBase: number; readonly packs: Float64Array }

/** The plan of one group of items, as columns that follow `group.lines`. */
export type Solution = {
  readonly group: Group
  /** The order that was followed; with several pack sizes, that of single pieces. */
  readonly ladder: Ladder
  /** Days the need is counted over, in thousandths: the horizon, or less of it under a rolling horizon. */
  readonly horizonMilliDays: number
  /** Most packs by request and cap; zero for a pinned line. */
  readonly most: Float64Array
  readonly packs: Float64Array
  readonly portions: readonly Portion[]
  readonly pin: Float64Array
  readonly last: Place | null
  readonly first: Place | null
  /** Sets of lots that ran out, where lots are restricted; null where all are open to all. */
  readonly tight: readonly Tight[] | null
  /** For each line, the tight set that refused its next pack, or −1; null where lots are open to all. */
  readonly stops: Int32Array | null
  /** False with several pack sizes, where the best is not proven; `bound` then says how far it could be off. */
  readonly isExact: boolean
  /** Null when exact, and when nobody is left waiting. */
  readonly bound: Bound | null
  readonly service: (ServiceFinding & { readonly grantedPacksWithout: number }) | null
}

/** Pieces that a line is given. */
export function quantityBaseOf({ portions }: Solution, line: number): number {
  let pieces = 0
  for (const { packBase, packs } of portions) pieces += packs[line]! * packBase
  return pieces
}

export type SolutionOrRefusal =
  | { readonly ok: true; readonly solution: Solution }
  | { readonly ok: false; readonly refusal: PlanRefusal }

/** The pins that ask for more of a set of lots than it has; with no allowance, all pins of the group. */
export function pinsAbove(
  prepared: Prepared,
  group: Group,
  pin: Float64Array,
  allowance: Float64Array | null,
  supply: number,
): PlanRefusal {
  const pins: PinnedCell[] = []
  let pinnedPacks = 0
  let supplyPacks = supply
  for (let line = 0; line < group.lines.count; line++) {
    const spared = allowance ? allowance[line]! : 0
    if (pin[line]! <= spared) continue
    pins.push({
      unit: prepared.units[group.lines.unit[line]!]!,
      item: group.lines.source[line]!.item,
      pinPacks: pin[line]!,
    })
    pinnedPacks += pin[line]!
    supplyPacks += spared
  }
  return { kind: 'pins-above-supply', pins, pinnedPacks, supplyPacks }
}
