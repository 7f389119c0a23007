import { type MeasuredLine, type Measures, measuredLines, measuresOf } from '../../core/allocation/measures.ts'
import type { Problem } from '../../core/allocation/problem.ts'
import { worstOverall } from './matrix-rows.ts'
import type { ItemPlan, Solved } from './solve-round.ts'

/** Days that the counts of units are about. */
const underDays = [1, 3, 7] as const

/** Least cover of each unit over its items, in thousandths of a day. Units that use nothing are left out. */
function leastCovers(solved: Solved): ReadonlyMap<string, number> {
  const least = new Map<string, number>()
  for (const plan of solved.items.values()) {
    for (let at = 0; at < plan.units.length; at++) {
      const cover = plan.coverAfter[at]!
      if (Number.isNaN(cover)) continue
      const unit = plan.units[at]!
      const present = least.get(unit)
      if (present === undefined || cover < present) least.set(unit, cover)
    }
  }
  return least
}

/** Units with an item that lasts fewer days than each of the limits. */
export function unitsUnder(solved: Solved): readonly { readonly days: number; readonly units: number }[] {
  const covers = [...leastCovers(solved).values()]
  return underDays.map((days) => ({ days, units: covers.filter((cover) => cover < days * 1000).length }))
}

export type ScenarioComparison = {
  readonly worst: readonly { readonly tier: number; readonly milliDays: readonly [number | null, number | null] }[]
  readonly under: readonly { readonly days: number; readonly units: readonly [number, number] }[]
  readonly leftPacks: readonly [number, number]
}

export function compareScenarios(
  [a, b]: readonly [Solved, Solved],
  tierOf: ReadonlyMap<string, number>,
): ScenarioComparison {
  const worst = [worstOverall(a, tierOf), worstOverall(b, tierOf)] as const
  const under = [unitsUnder(a), unitsUnder(b)] as const
  const left = (solved: Solved) => [...solved.items.values()].reduce((sum, plan) => sum + plan.leftPacks, 0)
  return {
    worst: [...new Set(tierOf.values())]
      .sort((x, y) => x - y)
      .map((tier) => ({
        tier,
        milliDays: [worst[0].get(tier)?.coverMilliDays ?? null, worst[1].get(tier)?.coverMilliDays ?? null],
      })),
    under: under[0].map(({ days, units }, index) => ({ days, units: [units, under[1][index]!.units] })),
    leftPacks: [left(a), left(b)],
  }
}

/** Measures of one item; weights and needs are the problem's, which must be the one that was solved. */
export type ItemEquity = { readonly lines: readonly MeasuredLine[]; readonly measures: Measures }

const cache = new WeakMap<ItemPlan, ItemEquity>()

export function itemEquity(problem: Problem, plan: ItemPlan): ItemEquity {
  const kept = cache.get(plan)
  if (kept) return kept
  const lines = measuredLines(problem, plan.lines(), plan.item)
  const equity = { lines, measures: measuresOf(lines, underDays) }
  cache.set(plan, equity)
  return equity
}

export function hasItemEquity(plan: ItemPlan): boolean {
  return cache.has(plan)
}
