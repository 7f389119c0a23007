import { expect, test, vi } from 'vitest'
import type { Problem } from '../../../core/allocation/problem.ts'
import { solve } from '../../../core/allocation/solve.ts'
import { verifyPlan } from '../../../core/allocation/verify.ts'
import { seed } from '../../seed.ts'
import { bestPlan, comparePlans } from './brute-force.ts'
import { planByHeap } from './heap.ts'
import { freePacks, type Model, modelOf } from './model.ts'
import { isDeep, midSize, type Random, type Recipe, randomOf, randomProblem, roundings, small } from './random.ts'

if (isDeep) vi.setConfig({ testTimeout: 600_000 })

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

  test(`agrees with the heap at the limits of use, stock and pack size, ${rounding}`, () => {
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

test('tells apart levels that are the same number in floating point', () => {
  const random = randomOf(seed)
  let told = 0
  while (told < 50) {
    // stock · otherUse − otherStock · use = ±1: fractions as close as two can be, some 10⁻¹⁸ apart.
    const [use, otherUse] = [random.whole(500_000_000, 900_000_000), random.whole(500_000_000, 900_000_000)]
    const stock = inverse(BigInt(otherUse), BigInt(use))
    if (stock === null || stock * 3n > BigInt(use)) continue
    const otherStock = (stock * BigInt(otherUse) - 1n) / BigInt(use)
    const level = (pieces: bigint, each: number) => (2 * Number(pieces)) / (100 * each)
    if (level(stock, use) !== level(otherStock, otherUse)) continue
    const line = { item: 'mask', requestBase: null, capBase: null, pinPacks: null, depots: null }
    const unit = (code: string, stockBase: bigint, useMilliPerDay: number, creditMilli: number) => ({
      unit: code,
      tier: 1,
      lines: [{ ...line, stockBase: Number(stockBase), useMilliPerDay, creditMilli }],
    })
    const problem: Problem = {
      format: 'frontstock-plan/1',
      date: '2020-02-06',
      horizonDays: 365,
      rounding: 'runs-out-first',
      rungs: [{ tiers: [1], days: 365 }],
      items: [
        {
          item: 'mask',
          packBase: 1_000_000,
          reservePacks: 0,
          lots: [{ lot: 'L1', depot: 'D1', packs: 1, expiresOn: null }],
        },
      ],
      // The one that is truly lower comes last by every rule for ties.
      units: [unit('a', stock, use, 500), unit('b', otherStock, otherUse, 0)],
    }
    expect(planned(problem, modelOf(problem))).toEqual([0, 1])
    told++
  }
})

/** x with a · x ≡ 1 (mod m), or null when a and m have a common divisor. */
function inverse(a: bigint, m: bigint): bigint | null {
  let [r, next, x, nextX] = [m, a % m, 0n, 1n]
  while (next !== 0n) {
    const quotient = r / next
    ;[r, next] = [next, r - quotient * next]
    ;[x, nextX] = [nextX, x - quotient * nextX]
  }
  return r === 1n ? ((x % m) + m) % m : null
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
