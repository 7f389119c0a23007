import { expect, test } from 'vitest'
import type { Problem } from '../../../core/allocation/problem.ts'
import { solve } from '../../../core/allocation/solve.ts'
import { verifyPlan } from '../../../core/allocation/verify.ts'
import { seed } from '../../seed.ts'
import { bestPlan, comparePlans } from './brute-force.ts'
import { planByHeap } from './heap.ts'
import { freePacks, type Model, modelOf } from './model.ts'
import { isDeep, midSize, type Random, type Recipe, randomOf, randomProblem, roundings, small } from './random.ts'

/** Packs by line in the model's order; null when the pins are refused. */
function planned(problem: Problem, model: Model): number[] | null {
  const solved = solve(problem)
  if (!solved.ok) {
    expect(solved.refusal.kind).toBe('pins-above-supply')
    return null
  }
  expect(verifyPlan(problem, solved.plan)).toMatchObject({ ok: true })
  const packs = new Map(solved.plan.lines.map((line) => [`${line.unit} ${line.item}`, line.packs]))
  return model.lines.map((line) => packs.get(`${line.unit} ${line.item}`)!)
}

function instances(count: number, salt: number, make: (random: Random) => void): void {
  for (let at = 0; at < count; at++) {
    const start = seed + salt * 1_000_003 + at * 7919
    try {
      make(randomOf(start))
    } catch (thrown) {
      console.log(`instance ${at} of FRONTSTOCK_SEED=${seed}`)
      throw thrown
    }
  }
}

for (const rounding of roundings) {
  const smallCount = isDeep ? 20_000 : 1_000
  test(`agrees with brute force over all plans, ${rounding}, ${smallCount} small problems`, () => {
    let compared = 0
    instances(smallCount, 1 + roundings.indexOf(rounding), (random) => {
      const recipe: Recipe = { ...small, rounding, pins: random.chance(0.3), caps: true, ties: random.chance(0.4) }
      const problem = randomProblem(random, recipe)
      const model = modelOf(problem)
      const supply = freePacks(problem, model)
      const packs = planned(problem, model)
      expect(packs === null).toBe(supply < 0 && model.lines.some((line) => (line.pin ?? 0) > 0))
      if (!packs || supply < 0) return
      const best = bestPlan(model, supply)
      // At equal level any unit may go first where the later of two covers decides; the highest cover is the same.
      if (rounding === 'least-over') expect(highestCovers(model, packs)).toEqual(highestCovers(model, best))
      else expect(comparePlans(model, supply, packs, best), JSON.stringify({ problem, packs, best })).toBe(0)
      compared++
    })
    expect(compared).toBeGreaterThan(smallCount / 2)
  })

  const midCount = isDeep ? 300 : 20
  test(`agrees with a heap that hands out pack by pack, ${rounding}, ${midCount} problems of up to 300 units`, () => {
    instances(midCount, 11 + roundings.indexOf(rounding), (random) => {
      const recipe: Recipe = {
        ...midSize,
        rounding,
        pins: random.chance(0.5),
        caps: random.chance(0.5),
        credits: random.chance(0.5),
        ties: random.chance(0.3),
      }
      agreeWithHeap(randomProblem(random, recipe))
    })
  })

  test(`agrees with the heap where floating point cannot tell levels apart, ${rounding}`, () => {
    instances(isDeep ? 300 : 30, 21 + roundings.indexOf(rounding), (random) => {
      // Uses that are multiples of one large prime: levels are equal, or differ in the last bits of a double.
      const useMilli = random.pick([999_999_937, 500_000_003, 10_000_000_000])
      const problem = randomProblem(random, { ...midSize, units: [20, 60], rounding })
      const units = problem.units.map((unit) => ({
        ...unit,
        lines: unit.lines.map((line) => ({
          ...line,
          useMilliPerDay: useMilli - random.whole(0, 3),
          stockBase: 100_000_000 - random.whole(0, 3),
        })),
      }))
      const items = problem.items.map((item) => ({ ...item, packBase: 1_000_000 }))
      agreeWithHeap({ ...problem, units, items, horizonDays: 365, rungs: [{ tiers: [1, 2, 3], days: 365 }] })
    })
  })
}

function agreeWithHeap(problem: Problem): void {
  const model = modelOf(problem)
  const packs = planned(problem, model)
  const supply = freePacks(problem, model)
  expect(packs === null).toBe(supply < 0 && model.lines.some((line) => (line.pin ?? 0) > 0))
  if (packs) expect(packs).toEqual(planByHeap(model, Math.max(0, supply)))
}

/** For each rung, the highest cover that its packs lead to, as text of a reduced fraction. */
function highestCovers(model: Model, packs: readonly number[]): (string | null)[] {
  return model.weights.map((weights, rung) => {
    let highest: [bigint, bigint] | null = null
    model.lines.forEach((line, at) => {
      const from = rung === 0 ? 0 : Math.max(0, ...line.ceilings.slice(0, rung))
      const counted = Math.min(packs[at]!, line.ceilings[rung]!)
      if (counted <= from) return
      const top = line.stock + model.packBase * BigInt(counted)
      const bottom = weights.get(line.tier)! * line.use
      if (!highest || top * highest[1] > highest[0] * bottom) highest = [top, bottom]
    })
    if (!highest) return null
    const [top, bottom] = highest as [bigint, bigint]
    const divisor = greatestCommonDivisor(top, bottom)
    return `${top / divisor}/${bottom / divisor}`
  })
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : greatestCommonDivisor(b, a % b)
}
