import type { Plan, Problem } from '../../core/allocation/problem.ts'
import { verifyPlan } from '../../core/allocation/verify.ts'
import { noAdjustment } from './adjustment.ts'
import type { Pins, RoundInputs, Work } from './round-model.ts'
import { type ItemPlan, type Solved, solveItems } from './solve-round.ts'

/** An approved plan as the matrix shows it: the stored numbers, with reasons where solving again gives the same. */
export type StoredPlan = {
  readonly inputs: RoundInputs
  readonly work: Work
  readonly solved: Solved
  /** The stored result was checked against its problem, without solving it. */
  readonly verified: boolean
}

export function storedPlan(
  problem: Problem,
  result: Plan,
  unitIdOf: (code: string) => number,
  itemIdOf: (code: string) => number,
): StoredPlan {
  const pins = new Map<string, Map<string, number>>()
  for (const { unit, lines } of problem.units) {
    for (const { item, pinPacks } of lines) {
      if (pinPacks === null) continue
      const mine = pins.get(item)
      if (mine) mine.set(unit, pinPacks)
      else pins.set(item, new Map([[unit, pinPacks]]))
    }
  }
  const kept: Pins = pins
  const work: Work = { adjustment: noAdjustment, pins: kept }
  const inputs: RoundInputs = {
    problem,
    problemHash: result.problemSha256,
    units: problem.units.map(({ unit, tier }) => ({ unitId: unitIdOf(unit), code: unit, tier })),
    items: problem.items.map(({ item }) => ({ itemId: itemIdOf(item), code: item })),
    reports: [],
    policy: { rungs: problem.rungs, horizonDays: problem.horizonDays },
  }
  const again = new Map(solveItems(problem).map((plan) => [plan.item, plan]))
  const items = new Map(problem.items.map(({ item }) => [item, storedItem(result, item, again.get(item)!)]))
  return { inputs, work, solved: { work, items }, verified: verifyPlan(problem, result).ok }
}

function storedItem(result: Plan, item: string, again: ItemPlan): ItemPlan {
  const lines = result.lines.filter((line) => line.item === item)
  const indexOf = new Map(lines.map((line, at) => [line.unit, at]))
  const milli = (days: number | null) => (days === null ? Number.NaN : Math.round(days * 1000))
  const packs = Float64Array.from(lines, (line) => line.packs)
  const same =
    lines.length === again.units.length &&
    lines.every((line, at) => again.units[at] === line.unit && again.packs[at] === line.packs)
  const found = result.items.find((one) => one.item === item)
  return {
    item,
    refusal: null,
    units: lines.map((line) => line.unit),
    indexOf,
    packs,
    quantityBase: Float64Array.from(lines, (line) => line.quantityBase),
    coverBefore: Float64Array.from(lines, (line) => milli(line.coverBeforeDays)),
    coverAfter: Float64Array.from(lines, (line) => milli(line.coverAfterDays)),
    grantedPacks: found?.grantedPacks ?? packs.reduce((sum, each) => sum + each, 0),
    leftPacks: found?.leftPacks ?? 0,
    bound: found?.bound ?? null,
    service: again.service,
    lines: () => lines,
    explain: (unit) => (same ? again.explain(unit) : null),
  }
}
