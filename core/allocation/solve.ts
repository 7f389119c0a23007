import { limits, milliDays } from './check-problem.ts'
import { itemResultsOf, linesOf } from './explain.ts'
import { climb } from './ladder.ts'
import type { Ladder } from './order.ts'
import { type Group, mostPacks, type Prepared, prepare, rungsOf } from './prepare.ts'
import type { Line, Plan, Problem } from './problem.ts'
import type { PlanRefusal } from './refusal.ts'
import { planRestricted, shortSet } from './restricted.ts'
import { serviceLevelOf } from './service-level.ts'
import { planSizes } from './sizes.ts'
import { pinsAbove, type Solution, type SolutionOrRefusal } from './solution.ts'

export type PlanOrRefusal =
  | { readonly ok: true; readonly plan: Plan }
  | { readonly ok: false; readonly refusal: PlanRefusal }

/** A pin set (packs) or taken away (null) without preparing the problem again. */
export type PinChange = { readonly unit: string; readonly item: string; readonly packs: number | null }

export type SolveOptions = {
  readonly pins?: readonly PinChange[]
  /** Plans as if the rolling horizon were switched off. */
  readonly withoutRolling?: boolean
  /**
   * Leaves `queuePacks` null in every line, which saves a third of the time: for a screen that divides again while a
   * slider moves, and asks `explainLine` for the one cell that is looked at.
   */
  readonly withoutQueue?: boolean
}

/** Divides every item of a problem. Either all items are planned or the first refusal is returned. */
export function solve(problem: Problem, options: SolveOptions = {}): PlanOrRefusal {
  const preparation = prepare(problem)
  if (!preparation.ok) return preparation
  return solvePrepared(preparation.prepared, options)
}

/** As `solve`, for a problem that is prepared already, with pins on top of its own. */
export function solvePrepared(prepared: Prepared, options: SolveOptions = {}): PlanOrRefusal {
  const solutions: Solution[] = []
  for (const group of prepared.groups) {
    const solved = solveGroup(prepared, group, options)
    if (!solved.ok) return solved
    solutions.push(solved.solution)
  }
  return { ok: true, plan: planOf(prepared, solutions, options) }
}

/** Puts solutions of all groups together as lines and item results, with lots, reasons and places in the queue. */
export function planOf(prepared: Prepared, solutions: readonly Solution[], options: SolveOptions = {}): Plan {
  const lines: Line[][] = prepared.problem.items.map(() => [])
  const results = new Map<string, ReturnType<typeof itemResultsOf>[number]>()
  const indexOf = new Map(prepared.problem.items.map(({ item }, index) => [item, index]))
  for (const solution of solutions) {
    const own = linesOf(prepared, solution, options.withoutQueue)
    for (const line of own) lines[indexOf.get(line.item)!]!.push(line)
    for (const result of itemResultsOf(prepared, solution, own)) results.set(result.item, result)
  }
  return {
    format: 'frontstock-result/1',
    problemSha256: '',
    lines: lines.flat(),
    items: prepared.problem.items.map(({ item }) => results.get(item)!),
  }
}

/**
 * Divides one item again, with the items that are planned together with it (its substitutes), about a millisecond for a
 * thousand units. The columns of the solution follow `solution.group.lines`; `lineAt` finds a cell in them, and
 * `explainLine` and `linesOf` of explain.ts turn them into words' numbers and lines.
 */
export function solveItem(prepared: Prepared, itemIndex: number, options: SolveOptions = {}): SolutionOrRefusal {
  const group = prepared.groups[prepared.groupOf[itemIndex] ?? -1]
  if (!group) throw new RangeError(`no item ${itemIndex} among ${prepared.problem.items.length}`)
  return solveGroup(prepared, group, options)
}

/** Position of a unit's line for an item in a group's columns, or −1. */
export function lineAt(prepared: Prepared, group: Group, unit: string, item: string): number {
  const { count, unit: units, source } = group.lines
  const index = prepared.unitPosition.get(unit)
  if (index === undefined) return -1
  let low = 0
  let high = count
  while (low < high) {
    const middle = (low + high) >> 1
    if (units[middle]! < index) low = middle + 1
    else high = middle
  }
  while (low < count && units[low] === index) {
    if (source[low]!.item === item) return low
    low++
  }
  return -1
}

export function solveGroup(prepared: Prepared, group: Group, options: SolveOptions = {}): SolutionOrRefusal {
  const pin = pinsOf(prepared, group, options.pins ?? [])
  if (!(pin instanceof Float64Array)) return { ok: false, refusal: pin }
  const { rollingDays, horizonDays } = prepared.problem
  if (rollingDays == null || options.withoutRolling) return solveRungs(prepared, group, pin, milliDays(horizonDays))
  const without = solveRungs(prepared, group, pin, milliDays(horizonDays))
  if (!without.ok) return without
  const finding = serviceLevelOf(prepared, group, rollingDays)
  const horizon = Math.floor((milliDays(horizonDays) * finding.levelBasisPoints) / 10_000)
  const solved = solveRungs(prepared, group, pin, horizon)
  if (!solved.ok) return solved
  const grantedPacksWithout = without.solution.packs.reduce((sum, packs) => sum + packs, 0)
  return { ok: true, solution: { ...solved.solution, service: { ...finding, grantedPacksWithout } } }
}

function pinsOf(prepared: Prepared, group: Group, changes: readonly PinChange[]): Float64Array | PlanRefusal {
  if (changes.length === 0) return group.lines.pin
  const pin = group.lines.pin.slice()
  for (const { unit, item, packs } of changes) {
    const line = lineAt(prepared, group, unit, item)
    if (line < 0) continue
    if (packs !== null && !(Number.isInteger(packs) && packs >= 0 && packs <= limits.packs)) {
      const allowed = `a whole number from 0 to ${limits.packs}`
      return {
        kind: 'malformed',
        malformation: 'not-whole',
        path: `pin ${unit} ${item}`,
        given: String(packs),
        allowed,
      }
    }
    pin[line] = packs ?? -1
  }
  return pin
}

function solveRungs(prepared: Prepared, group: Group, pin: Float64Array, horizonMilliDays: number): SolutionOrRefusal {
  const rungs =
    horizonMilliDays === milliDays(prepared.problem.horizonDays)
      ? prepared.rungs
      : rungsOf(prepared.problem, horizonMilliDays)
  const { lines, supply, scale } = group
  const { packBase } = scale
  const hasOneSize =
    supply.sizes.length <= 1 && group.items.every((item) => prepared.problem.items[item]!.packBase === packBase)
  if (!hasOneSize) return planSizes(prepared, group, pin, rungs, horizonMilliDays)
  const ladder: Ladder = { lines, scale, rungs, packBase, shift: prepared.shift }
  const hasOwnPins = pin === lines.pin
  const most = hasOwnPins ? group.most : mostPacks(lines, pin, packBase)
  const base = { group, ladder, horizonMilliDays, most, pin, isExact: true, bound: null, service: null }
  if (group.isPooled) {
    const capacity = supply.capacity.get(group.items[0]!)!
    const pinnedPacks = hasOwnPins ? group.pinnedPacks : pin.reduce((sum, packs) => sum + Math.max(0, packs), 0)
    if (pinnedPacks > capacity) return { ok: false, refusal: pinsAbove(prepared, group, pin, null, capacity) }
    const { held: packs, last, first } = climb(ladder, null, most, capacity - pinnedPacks)
    if (pinnedPacks > 0) for (let line = 0; line < lines.count; line++) if (pin[line]! > 0) packs[line] = pin[line]!
    const portions = [{ group, packBase, packs }]
    return { ok: true, solution: { ...base, packs, portions, last, first, tight: null, stops: null } }
  }
  const pinned = pin.map((packs) => Math.max(0, packs))
  const short = shortSet(prepared, group, packBase, pinned)
  if (short) {
    return { ok: false, refusal: pinsAbove(prepared, group, pin, short.allowance, short.supply) }
  }
  const { packs, tight, stops } = planRestricted(prepared, group, ladder, most, pinned)
  // Of several proofs, the one of the first refused pack stands for the item.
  const { last = null, first = null } = tight[0] ?? {}
  const portions = [{ group, packBase, packs }]
  return { ok: true, solution: { ...base, packs, portions, last, first, tight, stops } }
}
