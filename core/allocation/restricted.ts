import { demandOn, type SourceSet, sourceSetOf } from './allowance.ts'
import { assign, type Transport } from './assign.ts'
import { climb } from './ladder.ts'
import { ceilingOf, comparePlaces, type Ladder, type Place } from './order.ts'
import type { Group, Prepared } from './prepare.ts'

/** A set of sources that ran out, and its proof: what it gave precedes what it refused. */
export type Tight = { readonly set: SourceSet; readonly last: Place | null; readonly first: Place }

export type RestrictedPlan = {
  readonly packs: Float64Array
  readonly tight: readonly Tight[]
  /** For each line, the index of the tight set that refused its next pack, or −1. */
  readonly stops: Int32Array
}

/** Packs that a line can hold at the end of the rungs, however much there is. */
function reachOf(ladder: Ladder, most: Float64Array): Float64Array {
  const reach = new Float64Array(ladder.lines.count)
  for (let line = 0; line < reach.length; line++) {
    let packs = 0
    for (const rung of ladder.rungs) packs = Math.max(packs, ceilingOf(ladder, rung, line))
    reach[line] = Math.min(packs, most[line]!)
  }
  return reach
}

/**
 * The first packs in order that a set of sources, reachable only by some lines or only in part, can carry. A pack is
 * refused when it would break Hall's condition for some set of sources; then everything that must come from that set is
 * frozen. Known sets are run side by side and the one whose first refused pack comes earliest is frozen first; sets are
 * found as they are needed: whenever the packs so chosen cannot be assigned, the minimum cut names one more.
 *
 * Exact: the amounts a network can carry form a polymatroid, where taking packs in order and skipping what no longer fits
 * is optimal; with fewer sets than all, a plan that can be assigned is the same plan (the first pack that a missing set
 * would refuse would leave it impossible to assign).
 *
 * `most` bounds what is given beyond the `pinned` packs, which must be possible to carry; `packs` in the answer includes
 * them.
 */
export function planRestricted(
  prepared: Prepared,
  group: Group,
  ladder: Ladder,
  most: Float64Array,
  pinned: Float64Array,
): RestrictedPlan {
  const reach = reachOf(ladder, most)
  const sets = firstSets(prepared, group, ladder.packBase)
  for (;;) {
    const plan = runSets(ladder, reach, pinned, sets)
    const found = shortSet(prepared, group, ladder.packBase, plan.packs)
    if (!found) return plan
    if (sets.some((set) => set.marks.every((mark, at) => mark === found.marks[at]))) {
      throw new Error('allocation: a set of lots that was kept to is reported short')
    }
    sets.push(found)
  }
}

/** Packs from `from` on must come from the set: what is fixed (`pinned`) has first call on what the line can draw elsewhere. */
function runSets(
  ladder: Ladder,
  reach: Float64Array,
  pinned: Float64Array,
  sets: readonly SourceSet[],
): RestrictedPlan {
  const count = ladder.lines.count
  let top = reach
  const stops = new Int32Array(count).fill(-1)
  const tight: Tight[] = []
  const waiting = new Set(sets)
  for (;;) {
    let earliest: { set: SourceSet; held: Float64Array; last: Place | null; first: Place } | null = null
    for (const set of waiting) {
      const from = top.map((packs, line) => Math.min(packs, Math.max(0, set.allowance[line]! - pinned[line]!)))
      const { held, last, first } = climb(ladder, from, top, set.supply - demandOn(set, pinned))
      if (!first) continue
      if (!earliest || comparePlaces(ladder, first, earliest.first) < 0) earliest = { set, held, last, first }
    }
    if (!earliest) break
    const { set, held, last, first } = earliest
    for (let line = 0; line < count; line++) if (held[line]! < top[line]!) stops[line] = tight.length
    tight.push({ set, last, first })
    top = held
    waiting.delete(set)
  }
  return { packs: top.map((packs, line) => packs + pinned[line]!), tight, stops }
}

/** Sets to begin with: everything, what each pattern of lines depends on, and (near expiry) the later lots of each date. */
function firstSets(prepared: Prepared, group: Group, packBase: number): SourceSet[] {
  const { sources, patterns } = group.supply
  const marks: Uint8Array[] = [new Uint8Array(sources.length).fill(1), ...patterns]
  if (prepared.problem.nearExpiry === true) {
    for (const days of new Set(sources.map((source) => source.expiresIn))) {
      marks.push(Uint8Array.from(sources, (source) => (source.expiresIn > days ? 1 : 0)))
    }
  }
  const seen = new Set<string>()
  const sets: SourceSet[] = []
  for (const each of marks) {
    const key = each.join('')
    if (seen.has(key) || !each.includes(1)) continue
    seen.add(key)
    sets.push(sourceSetOf(prepared, group, packBase, each))
  }
  if (sources.length === 0) sets.push(sourceSetOf(prepared, group, packBase, marks[0]!))
  return sets
}

/** The assignment of fixed amounts to sources: earliest expiry first, then fewest substitutes, then least transport. */
export function transportOf(prepared: Prepared, group: Group, packBase: number, packs: Float64Array): Transport {
  return { ...carriageOf(prepared, group, packBase, packs), cost: costsOf(prepared, group) }
}

/** Only whether the amounts can be carried: every source costs the same, so that few packs have to be moved about. */
function carriageOf(prepared: Prepared, group: Group, packBase: number, packs: Float64Array): Transport {
  const { sources, patterns, patternOf, items, capacity } = group.supply
  const { count, use, stock } = group.lines
  const width = sources.length
  const cost = new Float64Array(count * width)
  for (let line = 0; line < count; line++) {
    const pattern = patterns[patternOf[line]!]!
    for (let at = 0; at < width; at++) cost[line * width + at] = pattern[at]! - 1
  }
  return {
    lines: count,
    sources: width,
    amount: packs,
    packs: Float64Array.from(sources, (source) => source.packs),
    expiresIn: Float64Array.from(sources, (source) => source.expiresIn),
    pool: Int32Array.from(sources, (source) => items.indexOf(source.item)),
    poolPacks: Float64Array.from(items, (each) => capacity.get(each)!),
    cost,
    consumption: prepared.problem.nearExpiry === true ? { use, stock, packBase } : null,
  }
}

/** lines × sources, −1 where a line may not draw. */
function costsOf(prepared: Prepared, group: Group): Float64Array {
  const { sources, patterns, patternOf } = group.supply
  const { count, unit, item } = group.lines
  const width = sources.length
  let farthest = 0
  const distances = prepared.unitIndex.map((index) => prepared.problem.units[index]!.distances ?? null)
  for (const each of distances) {
    if (each) for (const source of sources) farthest = Math.max(farthest, each[source.depot]!)
  }
  // A path or cycle visits a source once, so twice the number of sources bounds what the lesser cost can add up to.
  const substituteCost = 2 * width * farthest + 1
  const dateCost = (2 * width + 1) * substituteCost
  const dates = [...new Set(sources.map((source) => source.expiresIn))]
  const cost = new Float64Array(count * width).fill(-1)
  for (let line = 0; line < count; line++) {
    const pattern = patterns[patternOf[line]!]!
    const each = distances[unit[line]!]
    for (let at = 0; at < width; at++) {
      const source = sources[at]!
      if (pattern[at] === 0) continue
      cost[line * width + at] =
        dates.indexOf(source.expiresIn) * dateCost +
        (source.item === item[line] ? 0 : substituteCost) +
        (each ? each[source.depot]! : 0)
    }
  }
  return cost
}

/** The set of sources that cannot carry fixed amounts, or null when all are carried. */
export function shortSet(prepared: Prepared, group: Group, packBase: number, packs: Float64Array): SourceSet | null {
  const assignment = assign(carriageOf(prepared, group, packBase, packs))
  return assignment.ok ? null : sourceSetOf(prepared, group, packBase, assignment.short)
}
