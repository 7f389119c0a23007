import type { Item, ItemResult, Line, Plan, Problem } from '../../core/allocation/problem.ts'
import type { PlanRefusal } from '../../core/allocation/refusal.ts'
import { adjustRungs } from './adjustment.ts'
import { problemOf, type RoundInputs, type Work } from './round-model.ts'

/** The plan of one item (a column of the matrix). */
export type ItemPlan = {
  readonly item: string
  /** By unit code. Empty when refused. */
  readonly lines: ReadonlyMap<string, Line>
  readonly result: ItemResult | null
  /** Why this item has no plan: its pins ask for more than there is, or the input is malformed. */
  readonly refusal: PlanRefusal | null
}

/** The plan of a round as far as it is worked out, item by item; items that a change does not touch keep their object. */
export type Solved = { readonly work: Work; readonly items: ReadonlyMap<string, ItemPlan> }

export type SolveOutcome =
  | { readonly ok: true; readonly value: Plan }
  | { readonly ok: false; readonly refusal: PlanRefusal }
export type Solve = (problem: Problem) => SolveOutcome

/** Items that share lots, by substitution, are one problem; each other item is solved alone. Item code → its group. */
export function itemGroups(problem: Problem): ReadonlyMap<string, ReadonlySet<string>> {
  const groups = new Map<string, Set<string>>(problem.items.map((item) => [item.item, new Set([item.item])]))
  const join = (a: string, b: string) => {
    const one = groups.get(a)
    const other = groups.get(b)
    if (!one || !other || one === other) return
    for (const item of other) {
      one.add(item)
      groups.set(item, one)
    }
  }
  for (const item of problem.items) for (const other of item.substitutes ?? []) join(item.item, other)
  for (const unit of problem.units) {
    for (const line of unit.lines) for (const other of line.substitutes ?? []) join(line.item, other)
  }
  return groups
}

/** Solves what the change from `previous` touches, and nothing else: a pin one item, a slider of the ladder all. */
export function solveWork(inputs: RoundInputs, work: Work, solve: Solve, previous: Solved | null = null): Solved {
  const groups = groupsOf(inputs)
  const items = new Map<string, ItemPlan>()
  const again = previous && sameLadder(inputs, previous.work, work) ? previous : null
  for (const { item } of inputs.problem.items) {
    if (items.has(item)) continue
    const group = groups.get(item)!
    const kept = again && [...group].every((code) => sameItem(again.work, work, code))
    if (kept) for (const code of group) items.set(code, again.items.get(code)!)
    else for (const plan of solveGroup(inputs, work, group, solve)) items.set(plan.item, plan)
  }
  return { work, items: new Map(inputs.problem.items.map(({ item }) => [item, items.get(item)!])) }
}

const groupCache = new WeakMap<Problem, ReadonlyMap<string, ReadonlySet<string>>>()
function groupsOf(inputs: RoundInputs) {
  let groups = groupCache.get(inputs.problem)
  if (!groups) {
    groups = itemGroups(inputs.problem)
    groupCache.set(inputs.problem, groups)
  }
  return groups
}

function sameLadder(inputs: RoundInputs, a: Work, b: Work): boolean {
  if (a.adjustment === b.adjustment) return true
  const horizon = (work: Work) => work.adjustment.horizonDays ?? inputs.problem.horizonDays
  const rungs = (work: Work) => JSON.stringify(adjustRungs(inputs.problem.rungs, work.adjustment))
  return horizon(a) === horizon(b) && rungs(a) === rungs(b)
}

function sameItem(a: Work, b: Work, item: string): boolean {
  return a.pins.get(item) === b.pins.get(item) && a.adjustment.reservePacks[item] === b.adjustment.reservePacks[item]
}

function solveGroup(inputs: RoundInputs, work: Work, group: ReadonlySet<string>, solve: Solve): readonly ItemPlan[] {
  const outcome = solve(problemOf(inputs, work, group))
  if (!outcome.ok) {
    return [...group].map((item) => ({ item, lines: new Map(), result: null, refusal: outcome.refusal }))
  }
  const lines = new Map<string, Map<string, Line>>([...group].map((item) => [item, new Map()]))
  for (const line of outcome.value.lines) lines.get(line.item)?.set(line.unit, line)
  return outcome.value.items.map((result) => ({
    item: result.item,
    lines: lines.get(result.item)!,
    result,
    refusal: null,
  }))
}

/** What an edit made of the plan: the items that it left without one, which is why the edit is refused. */
export function newlyRefused(before: Solved, after: Solved): readonly ItemPlan[] {
  return [...after.items.values()].filter((plan) => plan.refusal && !before.items.get(plan.item)?.refusal)
}

/** Usable packs in the depots, before the reserve: neither held nor past their date. */
export function stockPacks(item: Item, date: string): number {
  let packs = 0
  for (const lot of item.lots) {
    if (!lot.held && (lot.expiresOn === null || lot.expiresOn >= date)) packs += lot.packs
  }
  return packs
}

/** What can be given of an item's own stock after its reserve. */
export function supplyPacks(inputs: RoundInputs, work: Work, item: Item): number {
  const reserve = work.adjustment.reservePacks[item.item] ?? item.reservePacks
  return Math.max(0, stockPacks(item, inputs.problem.date) - reserve)
}
