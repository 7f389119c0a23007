import type { Problem, Rounding, Rung } from '../../core/allocation/problem.ts'
import { fitRungs } from '../../core/policy.ts'
import { unitsUnder } from '../allocation/equity.ts'
import { worstOfItem } from '../allocation/matrix-rows.ts'
import { noWork } from '../allocation/round-model.ts'
import { inPlay, type Solved, solveItems } from '../allocation/solve-round.ts'

export type ComparedPolicy = {
  readonly rungs: readonly Rung[]
  readonly horizonDays: number
  readonly rounding: Rounding
  readonly rollingDays: number | null
  readonly nearExpiry: boolean
}

export type Comparison = {
  /** Thousandths of a day; null where the tier uses nothing of what there is to give. */
  readonly worst: readonly {
    readonly tier: number
    readonly lowest: number | null
    /** The mean over items of the lowest in each: one item that nobody can have does not hide the rest. */
    readonly mean: number | null
  }[]
  readonly under: readonly { readonly days: number; readonly units: number }[]
  readonly leftPacks: number
}

/** What a policy makes of the stock and needs of a problem. `item` narrows it to one item. */
export function comparePolicy(problem: Problem, policy: ComparedPolicy, item: string | null): Comparison {
  const { horizonDays, rounding, rollingDays, nearExpiry } = policy
  const items = item === null ? problem.items : problem.items.filter((one) => one.item === item)
  const wanted = new Set(items.map((one) => one.item))
  const plans = solveItems({
    ...problem,
    horizonDays,
    rounding,
    rollingDays,
    nearExpiry,
    rungs: fitRungs(policy.rungs, horizonDays, horizonDays),
    items,
    units: problem.units.map((unit) => ({ ...unit, lines: unit.lines.filter((line) => wanted.has(line.item)) })),
  })
  const solved: Solved = inPlay({ work: noWork, items: new Map(plans.map((plan) => [plan.item, plan])) })
  const tierOf = new Map(problem.units.map((unit) => [unit.unit, unit.tier]))
  const tiers = [...new Set(tierOf.values())].sort((a, b) => a - b)
  return {
    worst: tiers.map((tier) => {
      const lows = [...solved.items.values()].flatMap(
        (plan) => worstOfItem(plan, tierOf).get(tier)?.coverMilliDays ?? [],
      )
      return {
        tier,
        lowest: lows.length === 0 ? null : Math.min(...lows),
        mean: lows.length === 0 ? null : lows.reduce((sum, low) => sum + low, 0) / lows.length,
      }
    }),
    under: unitsUnder(solved),
    leftPacks: [...solved.items.values()].reduce((sum, plan) => sum + plan.leftPacks, 0),
  }
}
