import type { ItemPlan, Solved } from './solve-round.ts'

/** What the matrix must know of a unit beside the problem. */
export type UnitFacts = {
  readonly unit: string
  readonly tier: number
  readonly name: string
  readonly town: string
  readonly unitKind: string
  /** What the filter looks through: code, names, pinyin. */
  readonly search: string
}

export type MatrixGrouping = 'none' | 'town' | 'unitKind' | 'tier'
export type MatrixOrder = 'tier' | 'code' | 'worst'

type UnitRow = { readonly kind: 'unit'; readonly id: string; readonly facts: UnitFacts }
type GroupRow = {
  readonly kind: 'group'
  readonly id: string
  /** Town, kind or tier as text. */
  readonly value: string
  readonly units: readonly string[]
  readonly open: boolean
}
export type MatrixRow = UnitRow | GroupRow

export type MatrixView = {
  readonly grouping: MatrixGrouping
  readonly order: MatrixOrder
  readonly filter: string
  /** Values of groups that are shut. */
  readonly shut: ReadonlySet<string>
}

/** The least cover that a unit has after the round over its items, in thousandths; Infinity when it uses none of them. */
export function leastCover(solved: Solved, unit: string): number {
  let least = Number.POSITIVE_INFINITY
  for (const plan of solved.items.values()) {
    const at = plan.indexOf.get(unit)
    if (at !== undefined && plan.coverAfter[at]! < least) least = plan.coverAfter[at]!
  }
  return least
}

/** Rows in the order shown: units that the filter passes, under a heading row for each group. */
export function matrixRows(
  units: readonly UnitFacts[],
  view: MatrixView,
  coverOf: (unit: string) => number,
): readonly MatrixRow[] {
  const words = view.filter.trim().toLowerCase().split(/\s+/).filter(Boolean)
  const shown = units.filter((unit) => words.every((word) => unit.search.includes(word)))
  const compare = comparison(view.order, coverOf)
  const rows = [...shown].sort(compare).map((facts): UnitRow => ({ kind: 'unit', id: facts.unit, facts }))
  if (view.grouping === 'none') return rows
  const { grouping } = view
  const groups = new Map<string, UnitRow[]>()
  for (const row of rows) {
    const value = String(row.facts[grouping])
    const mine = groups.get(value)
    if (mine) mine.push(row)
    else groups.set(value, [row])
  }
  const values = [...groups.keys()].sort((a, b) =>
    grouping === 'tier' ? Number(a) - Number(b) : a < b ? -1 : a > b ? 1 : 0,
  )
  return values.flatMap((value): readonly MatrixRow[] => {
    const mine = groups.get(value)!
    const open = !view.shut.has(value)
    const heading: GroupRow = {
      kind: 'group',
      id: `group/${value}`,
      value,
      units: mine.map((row) => row.facts.unit),
      open,
    }
    return open ? [heading, ...mine] : [heading]
  })
}

function comparison(order: MatrixOrder, coverOf: (unit: string) => number) {
  const byCode = (a: UnitFacts, b: UnitFacts) => (a.unit < b.unit ? -1 : a.unit > b.unit ? 1 : 0)
  if (order === 'code') return byCode
  if (order === 'tier') return (a: UnitFacts, b: UnitFacts) => a.tier - b.tier || byCode(a, b)
  const covers = new Map<string, number>()
  const cover = (unit: string) => {
    let days = covers.get(unit)
    if (days === undefined) {
      days = coverOf(unit)
      covers.set(unit, days)
    }
    return days
  }
  return (a: UnitFacts, b: UnitFacts) => {
    const x = cover(a.unit)
    const y = cover(b.unit)
    return x === y ? byCode(a, b) : x < y ? -1 : 1
  }
}

/** Age of a unit's newest report in days, of all its items; null when it has never reported any. */
export function reportAges(
  reports: readonly { readonly unitId: number; readonly reportedOn: string }[],
  daysSince: (date: string) => number,
): ReadonlyMap<number, number> {
  const newest = new Map<number, string>()
  for (const { unitId, reportedOn } of reports) {
    const present = newest.get(unitId)
    if (present === undefined || reportedOn > present) newest.set(unitId, reportedOn)
  }
  return new Map([...newest].map(([unitId, date]) => [unitId, daysSince(date)]))
}

/** The least cover after the round in a tier, of one item or of all, and the cell that has it. */
export type WorstOff = { readonly unit: string; readonly item: string; readonly coverMilliDays: number }

const worstCache = new WeakMap<ItemPlan, ReadonlyMap<number, WorstOff>>()

/** By tier, of one item. Kept with the plan: a pin leaves the other items' plans, and so their answers, as they are. */
export function worstOfItem(plan: ItemPlan, tierOf: ReadonlyMap<string, number>): ReadonlyMap<number, WorstOff> {
  const kept = worstCache.get(plan)
  if (kept) return kept
  const worst = new Map<number, WorstOff>()
  for (let at = 0; at < plan.units.length; at++) {
    const coverMilliDays = plan.coverAfter[at]!
    if (Number.isNaN(coverMilliDays)) continue
    const unit = plan.units[at]!
    const tier = tierOf.get(unit) ?? 0
    const present = worst.get(tier)
    if (present && present.coverMilliDays <= coverMilliDays) continue
    worst.set(tier, { unit, item: plan.item, coverMilliDays })
  }
  worstCache.set(plan, worst)
  return worst
}

/** By tier, over all items. */
export function worstOverall(solved: Solved, tierOf: ReadonlyMap<string, number>): ReadonlyMap<number, WorstOff> {
  const overall = new Map<number, WorstOff>()
  for (const plan of solved.items.values()) {
    for (const [tier, found] of worstOfItem(plan, tierOf)) {
      const present = overall.get(tier)
      if (!present || found.coverMilliDays < present.coverMilliDays) overall.set(tier, found)
    }
  }
  return overall
}
