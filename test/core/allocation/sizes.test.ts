import { expect, test } from 'vitest'
import type { Item, Lot, Plan, Problem } from '../../../core/allocation/problem.ts'
import { solve } from '../../../core/allocation/solve.ts'
import { verifyPlan } from '../../../core/allocation/verify.ts'
import { seed } from '../../seed.ts'
import { isDeep, type Random, randomLots, randomOf, randomUnits } from './random.ts'

/** Several pack sizes of one item, or substitutes in packs of another size. */

type Options = {
  readonly units: readonly [number, number]
  readonly packs: number
  readonly substitutes: boolean
  readonly restricted: boolean
}

function randomSizes(random: Random, options: Options): Problem {
  const horizonDays = random.whole(4, 12)
  const sizes = random.pick([
    [2, 6],
    [10, 25],
    [4, 6],
    [3, 5, 20],
    [20, 100],
    [7, 50],
  ])
  const recipe = {
    units: options.units,
    supplyPacks: [0, 0] as const,
    packBase: [1, 1] as const,
    useMilli: [500, 9000] as const,
    stockBase: [0, 30] as const,
    rounding: 'runs-out-first' as const,
    caps: random.chance(0.4),
  }
  const depots = options.restricted ? ['D1', 'D2'] : ['D1']
  const lotsOf = (prefix: string): Lot[] =>
    randomLots(random, random.whole(0, options.packs), random.whole(1, 3), depots).map((lot, at) => ({
      ...lot,
      lot: `${prefix}${at}`,
      expiresOn: options.restricted ? lot.expiresOn : null,
      packBase: random.pick(sizes),
    }))
  const items: Item[] = [
    { item: 'mask', packBase: sizes[0]!, reservePacks: random.chance(0.2) ? random.whole(0, 3) : 0, lots: lotsOf('M') },
  ]
  if (options.substitutes) {
    items.push({ item: 'respirator', packBase: sizes[1]!, reservePacks: 0, lots: lotsOf('R') })
    items[0] = { ...items[0]!, substitutes: ['respirator'] }
  }
  return {
    format: 'frontstock-plan/1',
    date: '2020-02-06',
    horizonDays,
    rounding: random.pick(['runs-out-first', 'nearest', 'least-over'] as const),
    rungs: [
      { tiers: [1], days: 2 },
      { tiers: [1, 2, 3], days: horizonDays, weightPercent: { '1': 150, '2': 120 } },
    ],
    items,
    units: randomUnits(random, recipe, 'mask').map((unit) => ({
      ...unit,
      lines: items.map(({ item }, at) => ({
        ...unit.lines[0]!,
        item,
        ...(at > 0 ? { useMilliPerDay: random.whole(0, 4000) } : {}),
        depots: options.restricted && random.chance(0.4) ? ['D1'] : null,
        pinPacks: random.chance(0.05) ? random.whole(0, 1) : null,
      })),
    })),
    nearExpiry: options.restricted && random.chance(0.5),
  }
}

function lotBase(problem: Problem, item: Item): number {
  return item.lots
    .filter((lot) => lot.expiresOn === null || lot.expiresOn >= problem.date)
    .reduce((sum, lot) => sum + lot.packs * (lot.packBase ?? item.packBase), 0)
}

const count = isDeep ? 3000 : 200
test(`keeps every hard rule and its own bound, ${count} problems`, () => {
  let short = 0
  for (let at = 0; at < count; at++) {
    const random = randomOf(seed + at * 15_485_867)
    const options = {
      units: [2, 12] as const,
      packs: 40,
      substitutes: random.chance(0.5),
      restricted: random.chance(0.5),
    }
    const problem = randomSizes(random, options)
    const solved = solve(problem)
    if (!solved.ok) {
      expect(solved.refusal.kind).toBe('pins-above-supply')
      continue
    }
    const verified = verifyPlan(problem, solved.plan)
    if (!verified.ok) expect.fail(JSON.stringify({ failures: verified.failures, problem }))
    for (const { bound } of solved.plan.items) {
      if (!bound) continue
      short++
      expect(bound.worstOffMilliDays).toBeLessThanOrEqual(bound.boundMilliDays)
    }
    const given = solved.plan.lines.reduce((sum, line) => sum + line.quantityBase, 0)
    const supply = problem.items.reduce((sum, item) => sum + lotBase(problem, item), 0)
    expect(given).toBeLessThanOrEqual(supply)
  }
  expect(short).toBeGreaterThan(count / 10)
})

/**
 * The best worst-off that any plan reaches in the first rung that the solver's plan leaves unfilled, by trying all ways to
 * deal out the packs of each size; null when some plan fills that rung.
 */
function bestWorstOff(problem: Problem, rung: number): number | null {
  const { lots, packBase } = problem.items[0]!
  const bySize = new Map<number, number>()
  for (const lot of lots) {
    if (lot.expiresOn !== null && lot.expiresOn < problem.date) continue
    const size = lot.packBase ?? packBase
    bySize.set(size, (bySize.get(size) ?? 0) + lot.packs)
  }
  const sizes = [...bySize.entries()].sort(([a], [b]) => a - b)
  const smallest = sizes.find(([, packs]) => packs > 0)?.[0] ?? 0
  const units = problem.units.map((unit) => ({ ...unit.lines[0]!, tier: unit.tier }))
  const given = units.map(() => 0)
  let best = -1
  let isFilled = false
  const judge = (): void => {
    let worst = Number.POSITIVE_INFINITY
    for (let at = 0; at < units.length; at++) {
      const { stockBase, useMilliPerDay, requestBase, capBase, tier } = units[at]!
      if (given[at]! >= (requestBase ?? Number.POSITIVE_INFINITY)) continue
      if (given[at]! + smallest > (capBase ?? Number.POSITIVE_INFINITY)) continue
      const open = problem.rungs.findIndex(
        ({ tiers, days }) => tiers.includes(tier) && days * useMilliPerDay > 1000 * (stockBase + given[at]!),
      )
      if (open < 0 || open > rung) continue
      if (open < rung) return
      const weight = problem.rungs[rung]!.weightPercent?.[String(tier)] ?? 100
      worst = Math.min(worst, Math.floor(((stockBase + given[at]!) * 100_000_000) / (weight * useMilliPerDay)))
    }
    if (worst === Number.POSITIVE_INFINITY) isFilled = true
    else best = Math.max(best, worst)
  }
  const deal = (size: number, at: number, left: number): void => {
    if (isFilled) return
    if (size === sizes.length) {
      judge()
      return
    }
    if (at === units.length) {
      deal(size + 1, 0, sizes[size + 1]?.[1] ?? 0)
      return
    }
    const base = sizes[size]![0]
    for (let packs = 0; packs <= left; packs++) {
      const room = Math.min(units[at]!.capBase ?? 1e9, 1e9)
      if (given[at]! + packs * base > room) break
      given[at] = given[at]! + packs * base
      deal(size, at + 1, left - packs)
      given[at] = given[at]! - packs * base
    }
  }
  deal(0, 0, sizes[0]?.[1] ?? 0)
  return isFilled ? null : best
}

const small = isDeep ? 2000 : 120
test(`no plan exceeds the bound, and most plans reach the best there is, ${small} small problems`, () => {
  let compared = 0
  let reached = 0
  let lost = 0
  for (let at = 0; compared < small; at++) {
    const random = randomOf(seed + at * 32_452_843)
    const problem = randomSizes(random, { units: [2, 3], packs: 7, substitutes: false, restricted: false })
    const open: Problem = {
      ...problem,
      items: problem.items.map((item) => ({ ...item, reservePacks: 0 })),
      units: problem.units.map((unit) => ({ ...unit, lines: unit.lines.map((line) => ({ ...line, pinPacks: null })) })),
    }
    const solved = solve(open)
    if (!solved.ok) throw new Error('refused')
    const { bound, exact } = solved.plan.items[0]!
    if (exact || !bound) continue
    const best = bestWorstOff(open, bound.rung - 1)
    compared++
    if (best === null) {
      // Some plan fills the rung: the bound must not deny it.
      expect(bound.boundMilliDays).toBeGreaterThanOrEqual(bound.worstOffMilliDays)
      continue
    }
    expect(bound.boundMilliDays, JSON.stringify(open)).toBeGreaterThanOrEqual(best)
    expect(bound.worstOffMilliDays).toBeLessThanOrEqual(best)
    if (bound.worstOffMilliDays === best) reached++
    else lost += 1 - bound.worstOffMilliDays / best
  }
  console.info(
    `several pack sizes: ${reached} of ${compared} plans reach the best worst-off; the others lose ${((100 * lost) / Math.max(1, compared - reached)).toFixed(1)} % on average`,
  )
  expect(reached / compared).toBeGreaterThan(0.9)
})

test('the bound knows that a cap can close a line below its need', () => {
  const line = { item: 'mask', stockBase: 0, requestBase: null, pinPacks: null, creditMilli: 0, depots: null }
  const problem: Problem = {
    format: 'frontstock-plan/1',
    date: '2020-02-06',
    horizonDays: 6,
    rounding: 'runs-out-first',
    rungs: [{ tiers: [1], days: 6 }],
    items: [
      {
        item: 'mask',
        packBase: 3,
        reservePacks: 0,
        lots: [
          { lot: 'threes', depot: 'D1', packs: 1, expiresOn: null },
          { lot: 'fives', depot: 'D1', packs: 1, expiresOn: null, packBase: 5 },
        ],
      },
    ],
    units: [
      // With five pieces it can take no more, though it needs six: then the other has three, which last it 5.4 days.
      { unit: 'a', tier: 1, lines: [{ ...line, useMilliPerDay: 1000, capBase: 7 }] },
      { unit: 'b', tier: 1, lines: [{ ...line, useMilliPerDay: 550, capBase: null }] },
    ],
  }
  const solved = solve(problem)
  expect(bestWorstOff(problem, 0)).toBe(5454)
  expect(solved.ok && solved.plan.items[0]!.bound?.boundMilliDays).toBeGreaterThanOrEqual(5454)
})

test('opens no large pack for a small need while small packs are there', () => {
  const line = {
    item: 'mask',
    stockBase: 0,
    requestBase: null,
    capBase: null,
    pinPacks: null,
    creditMilli: 0,
    depots: null,
  }
  const problem: Problem = {
    format: 'frontstock-plan/1',
    date: '2020-02-06',
    horizonDays: 10,
    rounding: 'runs-out-first',
    rungs: [{ tiers: [1], days: 10 }],
    items: [
      {
        item: 'mask',
        packBase: 10,
        reservePacks: 0,
        lots: [
          { lot: 'boxes', depot: 'D1', packs: 3, expiresOn: null },
          { lot: 'cartons', depot: 'D1', packs: 2, expiresOn: null, packBase: 200 },
        ],
      },
    ],
    units: [
      { unit: 'hospital', tier: 1, lines: [{ ...line, useMilliPerDay: 40_000 }] },
      { unit: 'checkpoint', tier: 1, lines: [{ ...line, useMilliPerDay: 3000 }] },
    ],
  }
  const solved = solve(problem)
  expect(draws(solved.ok ? solved.plan : null)).toEqual({ hospital: ['cartons 2'], checkpoint: ['boxes 3'] })
  expect(solved.ok && solved.plan.items[0]).toMatchObject({ exact: false })
})

function draws(plan: Plan | null): Record<string, string[]> {
  return Object.fromEntries(
    (plan?.lines ?? []).map((line) => [line.unit, line.lots.map(({ lot, packs }) => `${lot} ${packs}`)]),
  )
}
