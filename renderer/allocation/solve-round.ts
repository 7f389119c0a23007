import { explainLine, itemResultsOf, type LineExplanation, linesOf } from '../../core/allocation/explain.ts'
import { type Prepared, prepare } from '../../core/allocation/prepare.ts'
import type { Item, Line, Problem } from '../../core/allocation/problem.ts'
import type { PlanRefusal } from '../../core/allocation/refusal.ts'
import type { Solution } from '../../core/allocation/solution.ts'
import { lineAt, solveItem } from '../../core/allocation/solve.ts'
import { supplyPacks } from '../../core/round.ts'
import { horizonOf, problemOf, type RoundInputs, rungsOf, type Work } from './round-model.ts'

/**
 * The plan of one item (a column of the matrix), as columns: one entry for each unit with a line. Lots, reasons and places
 * in the queue cost several times as much as the plan itself, so they are worked out only when someone looks.
 */
export type ItemPlan = {
  readonly item: string
  /** Why there is no plan: the pins ask for more than there is, or the input is malformed. The columns are empty then. */
  readonly refusal: PlanRefusal | null
  readonly units: readonly string[]
  readonly indexOf: ReadonlyMap<string, number>
  readonly packs: Float64Array
  readonly quantityBase: Float64Array
  /** Plain days in thousandths, rounded down; NaN where the unit uses none. */
  readonly coverBefore: Float64Array
  readonly coverAfter: Float64Array
  readonly grantedPacks: number
  /** Packs that stay in the depots beyond the reserve. */
  readonly leftPacks: number
  /** False with several pack sizes: then `bound` is what no plan can exceed. */
  readonly bound: Solution['bound']
  /** The rolling horizon's finding, where the policy has it switched on. */
  readonly service: Solution['service']
  /** Reason, lots and place in the queue of each line, in the order of the columns. */
  readonly lines: () => readonly Line[]
  readonly explain: (unit: string) => LineExplanation | null
}

/** The plan of a round, item by item; items that a change does not touch keep their object. */
export type Solved = { readonly work: Work; readonly items: ReadonlyMap<string, ItemPlan> }

export function packsOf(solved: Solved, unit: string, item: string): number | null {
  const plan = solved.items.get(item)
  const at = plan?.indexOf.get(unit)
  return plan === undefined || at === undefined ? null : plan.packs[at]!
}

/** Thousandths of a day after the round; null where nothing is used or there is no line. */
export function coverOf(plan: ItemPlan, unit: string): number | null {
  const at = plan.indexOf.get(unit)
  const cover = at === undefined ? Number.NaN : plan.coverAfter[at]!
  return Number.isNaN(cover) ? null : cover
}

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

const groupCache = new WeakMap<Problem, ReadonlyMap<string, ReadonlySet<string>>>()
function groupsOf({ problem }: RoundInputs) {
  let groups = groupCache.get(problem)
  if (!groups) {
    groups = itemGroups(problem)
    groupCache.set(problem, groups)
  }
  return groups
}

/** Solves what the change from `previous` touches, and nothing else: a pin one item, a slider of the ladder all. */
export function solveWork(inputs: RoundInputs, work: Work, previous: Solved | null = null): Solved {
  const groups = groupsOf(inputs)
  const again = previous && sameLadder(inputs, previous.work, work) ? previous : null
  const kept = (item: string) =>
    again !== null && [...groups.get(item)!].every((code) => again.items.has(code) && sameItem(again.work, work, code))
  const stale = new Set(inputs.problem.items.map(({ item }) => item).filter((item) => !kept(item)))
  const fresh = new Map<string, ItemPlan>()
  if (stale.size > 0) for (const plan of solveItems(problemOf(inputs, work, stale))) fresh.set(plan.item, plan)
  const items = new Map<string, ItemPlan>()
  for (const { item } of inputs.problem.items) items.set(item, fresh.get(item) ?? again!.items.get(item)!)
  return { work, items }
}

function sameLadder(inputs: RoundInputs, a: Work, b: Work): boolean {
  if (a.adjustment === b.adjustment) return true
  return (
    horizonOf(inputs, a) === horizonOf(inputs, b) &&
    JSON.stringify(rungsOf(inputs, a)) === JSON.stringify(rungsOf(inputs, b))
  )
}

function sameItem(a: Work, b: Work, item: string): boolean {
  return a.pins.get(item) === b.pins.get(item) && a.adjustment.reservePacks[item] === b.adjustment.reservePacks[item]
}

/** Plans of all items of a problem; where one item's pins do not fit, the others are planned all the same. */
export function solveItems(problem: Problem): readonly ItemPlan[] {
  const preparation = prepare(problem)
  if (!preparation.ok) return problem.items.map(({ item }) => refusedPlan(item, preparation.refusal))
  const { prepared } = preparation
  const plans = new Map<string, ItemPlan>()
  problem.items.forEach(({ item }, index) => {
    if (plans.has(item)) return
    const solved = solveItem(prepared, index)
    const group = prepared.groups[prepared.groupOf[index]!]!.items.map((member) => problem.items[member]!.item)
    const made = solved.ok
      ? planColumns(prepared, solved.solution)
      : group.map((member) => refusedPlan(member, solved.refusal))
    for (const plan of made) plans.set(plan.item, plan)
  })
  return problem.items.map(({ item }) => plans.get(item)!)
}

function refusedPlan(item: string, refusal: PlanRefusal): ItemPlan {
  const none = new Float64Array(0)
  return {
    item,
    refusal,
    units: [],
    indexOf: new Map(),
    packs: none,
    quantityBase: none,
    coverBefore: none,
    coverAfter: none,
    grantedPacks: 0,
    leftPacks: 0,
    bound: null,
    service: null,
    lines: () => [],
    explain: () => null,
  }
}

function planColumns(prepared: Prepared, solution: Solution): readonly ItemPlan[] {
  const { group, packs, portions } = solution
  const { count, item, unit, stock, use } = group.lines
  let all: readonly Line[] | null = null
  const allLines = () => {
    all ??= linesOf(prepared, solution)
    return all
  }
  return group.items.map((index) => {
    const { item: code } = prepared.problem.items[index]!
    const own: number[] = []
    for (let line = 0; line < count; line++) if (item[line] === index) own.push(line)
    const size = own.length
    const columns = { packs: new Float64Array(size), quantityBase: new Float64Array(size) }
    const coverBefore = new Float64Array(size)
    const coverAfter = new Float64Array(size)
    const units: string[] = []
    const indexOf = new Map<string, number>()
    let granted = 0
    own.forEach((line, at) => {
      const name = prepared.units[unit[line]!]!
      units.push(name)
      indexOf.set(name, at)
      // A ceiling of something just below nothing is −0, which would be shown with its sign.
      columns.packs[at] = packs[line]! + 0
      let pieces = 0
      for (const portion of portions) pieces += portion.packs[line]! * portion.packBase
      columns.quantityBase[at] = pieces + 0
      coverBefore[at] = coverMilli(stock[line]!, use[line]!)
      coverAfter[at] = coverMilli(stock[line]! + pieces, use[line]!)
      granted += packs[line]!
    })
    // Lots of one item may be given for another where items stand in for each other: count what was drawn.
    const left =
      group.items.length === 1
        ? group.supply.capacity.get(index)! - granted
        : itemResultsOf(prepared, solution, allLines()).find((result) => result.item === code)!.leftPacks
    return {
      item: code,
      refusal: null,
      units,
      indexOf,
      ...columns,
      coverBefore,
      coverAfter,
      grantedPacks: granted,
      leftPacks: left,
      bound: solution.bound,
      service: solution.service,
      lines: () => (group.items.length === 1 ? allLines() : allLines().filter((line) => line.item === code)),
      explain: (name) => {
        const line = lineAt(prepared, group, name, code)
        if (line < 0) return null
        const why = explainLine(prepared, solution, line)
        return { ...why, packs: why.packs + 0, quantityBase: why.quantityBase + 0 }
      },
    }
  })
}

function coverMilli(pieces: number, useMilliPerDay: number): number {
  return useMilliPerDay > 0 ? Math.floor((pieces * 1_000_000) / useMilliPerDay) : Number.NaN
}

const inPlayCache = new WeakMap<Solved, Solved>()

/** The plan of those items of which there is something to give: what this round can do anything about. */
export function inPlay(solved: Solved): Solved {
  const kept = inPlayCache.get(solved)
  if (kept) return kept
  const items = new Map([...solved.items].filter(([, plan]) => plan.refusal || plan.grantedPacks + plan.leftPacks > 0))
  const narrowed = items.size === solved.items.size || items.size === 0 ? solved : { ...solved, items }
  inPlayCache.set(solved, narrowed)
  return narrowed
}

/** What an edit made of the plan: the items that it left without one, which is why the edit is refused. */
export function newlyRefused(before: Solved, after: Solved): readonly ItemPlan[] {
  return [...after.items.values()].filter((plan) => plan.refusal && !before.items.get(plan.item)?.refusal)
}

/** What can be given of an item's own stock after its reserve. */
export function givablePacks(inputs: RoundInputs, work: Work, item: Item): number {
  const reserve = work.adjustment.reservePacks[item.item] ?? item.reservePacks
  return Math.max(0, supplyPacks(item, inputs.problem.date) - reserve)
}
