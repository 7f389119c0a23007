import { describe, expect, test } from 'vitest'
import { type CutLine, creditsAfter, cutLines, nextCredits } from '../../../core/allocation/credit.ts'
import { defaultPolicy } from '../../../core/allocation/default-policy.ts'
import { explainLine } from '../../../core/allocation/explain.ts'
import { measuredLines, measuresOf, priceOfPin } from '../../../core/allocation/measures.ts'
import { prepare } from '../../../core/allocation/prepare.ts'
import type { Problem, Unit } from '../../../core/allocation/problem.ts'
import { haircutPercent } from '../../../core/allocation/service-level.ts'
import { lineAt, solve, solveItem } from '../../../core/allocation/solve.ts'
import { seed } from '../../seed.ts'
import { isDeep, midSize, randomOf, randomProblem, roundings } from './random.ts'

const need = { requestBase: null, capBase: null, pinPacks: null, creditMilli: 0, depots: null }

function unitOf(unit: string, tier: number, stockBase: number, usePerDay: number, change: object = {}): Unit {
  return { unit, tier, lines: [{ item: 'mask', stockBase, useMilliPerDay: usePerDay * 1000, ...need, ...change }] }
}

function problemOf(packs: number, units: readonly Unit[], change: Partial<Problem> = {}): Problem {
  return {
    format: 'frontstock-plan/1',
    date: '2020-02-06',
    horizonDays: 14,
    rounding: 'runs-out-first',
    rungs: defaultPolicy(14),
    items: [{ item: 'mask', packBase: 10, reservePacks: 0, lots: [{ lot: 'L', depot: 'D', packs, expiresOn: null }] }],
    units,
    ...change,
  }
}

function planOf(problem: Problem) {
  const solved = solve(problem)
  if (!solved.ok) throw new Error(JSON.stringify(solved.refusal))
  return solved.plan
}

function preparedOf(problem: Problem) {
  const preparation = prepare(problem)
  if (!preparation.ok) throw new Error(JSON.stringify(preparation.refusal))
  return preparation.prepared
}

function packsOf(problem: Problem): Record<string, number> {
  return Object.fromEntries(planOf(problem).lines.map((line) => [line.unit, line.packs]))
}

describe('the default policy', () => {
  test('is the ladder of the paper', () => {
    const weightPercent = { '1': 150, '2': 120, '3': 100 }
    expect(defaultPolicy(14)).toEqual([
      { tiers: [1], days: 2, name: '一线保底', nameEn: 'Front-line floor' },
      { tiers: [2], days: 2, name: '二级保底', nameEn: 'Second-tier floor' },
      { tiers: [3], days: 1, name: '三级保底', nameEn: 'Third-tier floor' },
      { tiers: [1, 2, 3], days: 7, weightPercent, name: '倾斜补足', nameEn: 'Tilted to the front' },
      { tiers: [1, 2, 3], days: 14, weightPercent, name: '补满全程', nameEn: 'Up to the horizon' },
    ])
  })

  test('has no rung beyond a short horizon', () => {
    expect(defaultPolicy(5).map((rung) => rung.days)).toEqual([2, 2, 1, 5])
    expect(defaultPolicy(1).map((rung) => rung.days)).toEqual([1, 1, 1, 1])
  })

  test('gives the front line its floor first, then tilts', () => {
    const units = [unitOf('checkpoint', 1, 0, 10), unitOf('police', 2, 0, 10), unitOf('school', 3, 0, 10)]
    expect(packsOf(problemOf(2, units))).toEqual({ checkpoint: 2, police: 0, school: 0 })
    expect(packsOf(problemOf(5, units))).toEqual({ checkpoint: 2, police: 2, school: 1 })
    // To seven weighted days: at 5.0 police and school are level, and the smaller weighted use goes first.
    expect(packsOf(problemOf(19, units))).toEqual({ checkpoint: 7, police: 6, school: 6 })
    expect(packsOf(problemOf(37, units))).toEqual({ checkpoint: 14, police: 12, school: 11 })
  })
})

describe('what a line can say', () => {
  const units = [
    unitOf('a', 1, 5, 10),
    unitOf('b', 1, 0, 10, { capBase: 25 }),
    unitOf('c', 2, 0, 10, { pinPacks: 3 }),
    unitOf('d', 3, 200, 10),
    unitOf('e', 3, 0, 10, { requestBase: 1 }),
    unitOf('f', 3, 0, 10),
    unitOf('g', 3, 0, 10),
    unitOf('h', 1, 0, 0),
  ]
  const problem = problemOf(20, units)
  const prepared = preparedOf(problem)
  const solved = solveItem(prepared, 0)
  if (!solved.ok) throw new Error('refused')
  const { solution } = solved
  const explain = (unit: string) => explainLine(prepared, solution, lineAt(prepared, solution.group, unit, 'mask'))

  test('names what stopped it', () => {
    const reasons = Object.fromEntries(units.map(({ unit }) => [unit, explain(unit).reason]))
    expect(reasons).toEqual({ a: 'level', b: 'cap', c: 'pin', d: 'need', e: 'cap', f: 'level', g: 'level', h: 'need' })
  })

  test('gives the numbers behind it', () => {
    const line = explain('a')
    expect(line.packsByRung.reduce((sum, part) => sum + part.packs, 0)).toBe(line.packs)
    expect(line.packsByRung[0]).toEqual({ rung: 1, packs: 2 })
    expect(line).toMatchObject({ needBase: 135, coverBeforeMilliDays: 500, rung: 4, cutRung: 4, nextRung: 4 })
    expect(line.coverAfterMilliDays).toBe(500 + line.packs * 1000)
    expect(line.nextLevelMilliDays).toBe(Math.floor((500 + line.packs * 1000) / 1.5))
    expect(line.queuePacks).toBe((line.linesAhead ?? 0) + 1)
    expect(explain('c')).toMatchObject({ packs: 3, rung: null, queuePacks: null, packsByRung: [] })
    expect(explain('h')).toMatchObject({ packs: 0, coverBeforeMilliDays: null, coverAfterMilliDays: null })
  })

  test('flags a request above the norm', () => {
    const asking = problemOf(20, [
      unitOf('a', 1, 0, 10, { requestBase: 141 }),
      unitOf('b', 1, 0, 10, { requestBase: 140 }),
    ])
    const ready = preparedOf(asking)
    const outcome = solveItem(ready, 0)
    if (!outcome.ok) throw new Error('refused')
    expect([0, 1].map((line) => explainLine(ready, outcome.solution, line).isRequestAboveNeed)).toEqual([true, false])
  })

  test('says tie where credit, use or code decided, floor where the rung was full, level where others were lower', () => {
    const equal = [unitOf('a', 1, 0, 10), unitOf('b', 1, 0, 10), unitOf('c', 1, 5, 10), unitOf('d', 2, 0, 10)]
    const reasons = (packs: number) => planOf(problemOf(packs, equal)).lines.map((line) => line.reason)
    expect(reasons(1)).toEqual(['level', 'tie', 'level', 'level'].map((reason, at) => (at === 3 ? 'floor' : reason)))
    expect(reasons(6)).toEqual(['floor', 'floor', 'floor', 'level'])
  })
})

describe('measures of equity', () => {
  const units = [unitOf('a', 1, 0, 10), unitOf('b', 1, 30, 10), unitOf('c', 2, 80, 10), unitOf('d', 3, 0, 0)]
  const problem = problemOf(2, units)
  const measures = measuresOf(measuredLines(problem, planOf(problem).lines, 'mask'))

  test('worst-off by tier, units under 1, 3 and 7 days', () => {
    expect(measures.worstOffByTier).toEqual([
      { tier: 1, unit: 'a', milliDays: 2000 },
      { tier: 2, unit: 'c', milliDays: 8000 },
    ])
    expect(measures.unitsUnder).toEqual([
      { days: 1, units: 0 },
      { days: 3, units: 1 },
      { days: 7, units: 2 },
    ])
  })

  test('Gini and Lorenz of weighted cover', () => {
    // Weighted covers 2/1.5, 3/1.5, 8/1.2.
    const covers = [4 / 3, 2, 20 / 3]
    const pairs = covers.flatMap((x) => covers.map((y) => Math.abs(x - y))).reduce((sum, each) => sum + each, 0)
    expect(measures.gini).toBeCloseTo(pairs / (2 * 3 * 10), 12)
    expect(measures.lorenz).toHaveLength(4)
    expect(measures.lorenz[1]!.shareOfCover).toBeCloseTo(4 / 30, 12)
    expect(measures.lorenz.at(-1)).toEqual({ shareOfUnits: 1, shareOfCover: 1 })
  })

  test('equal covers have a Gini of 0, and one with everything comes close to 1', () => {
    const giniOf = (stocks: readonly number[]) => {
      const of = problemOf(
        0,
        stocks.map((stock, at) => unitOf(`u${at}`, 1, stock, 1)),
      )
      return measuresOf(measuredLines(of, planOf(of).lines, 'mask')).gini
    }
    expect(giniOf([4, 4, 4, 4])).toBeCloseTo(0, 12)
    expect(giniOf([0, 0, 0, 100])).toBeCloseTo(0.75, 12)
    expect(giniOf([0, 0, 0])).toBe(0)
  })

  test('counts envy only where a pin made it', () => {
    const equal = [unitOf('a', 1, 0, 10), unitOf('b', 1, 0, 10), unitOf('c', 1, 0, 10)]
    const count = (of: Problem) => measuresOf(measuredLines(of, planOf(of).lines, 'mask')).envyPairs
    expect(count(problemOf(6, equal))).toBe(0)
    expect(count(problemOf(6, [unitOf('a', 1, 0, 10, { pinPacks: 4 }), ...equal.slice(1)]))).toBe(2)
  })
})

describe('the price of a pin', () => {
  test('names who loses, and what the worst-off has before and after', () => {
    const units = ['a', 'b', 'c', 'd'].map((unit) => unitOf(unit, 1, 0, 10))
    const prepared = preparedOf(problemOf(8, units))
    const priced = priceOfPin(prepared, 'a', 'mask', [{ unit: 'a', item: 'mask', packs: 5 }])
    expect(priced).toEqual({
      ok: true,
      price: {
        unit: 'a',
        item: 'mask',
        pinPacks: 5,
        freePacks: 2,
        losers: ['b', 'c', 'd'].map((unit) => ({ unit, item: 'mask', packs: 1 })),
        gainers: [],
        worstOffBeforeMilliDays: 2000,
        worstOffAfterMilliDays: 1000,
      },
    })
  })

  test('is refused with the pins when they ask for more than there is', () => {
    const prepared = preparedOf(problemOf(8, [unitOf('a', 1, 0, 10), unitOf('b', 1, 0, 10, { pinPacks: 4 })]))
    expect(priceOfPin(prepared, 'a', 'mask', [{ unit: 'a', item: 'mask', packs: 5 }])).toEqual({
      ok: false,
      refusal: {
        kind: 'pins-above-supply',
        pins: [
          { unit: 'a', item: 'mask', pinPacks: 5 },
          { unit: 'b', item: 'mask', pinPacks: 4 },
        ],
        pinnedPacks: 9,
        supplyPacks: 8,
      },
    })
  })
})

describe('rounding credits', () => {
  test('go to who was rounded down, and win the next tie', () => {
    const rungs = [{ tiers: [1], days: 14 }]
    const round = (credits: Record<string, number>) => {
      const units = ['a', 'b', 'c'].map((unit) => unitOf(unit, 1, 0, 10, { creditMilli: credits[unit] ?? 0 }))
      const problem = problemOf(1, units, { rungs })
      const plan = planOf(problem)
      const after = creditsAfter(problem, plan)
      const next = Object.fromEntries(['a', 'b', 'c'].map((unit) => [unit, after.get(JSON.stringify([unit, 'mask']))!]))
      return { winner: plan.lines.find((line) => line.packs === 1)!.unit, next }
    }
    const first = round({})
    expect(first).toEqual({ winner: 'a', next: { a: -666, b: 333, c: 333 } })
    const second = round(first.next)
    expect(second.winner).toBe('b')
    const third = round(second.next)
    expect(third.winner).toBe('c')
    expect(Object.values(third.next).reduce((sum, credit) => sum + Math.abs(credit), 0)).toBeLessThan(10)
  })

  /** The levels at which a line would be given what it was, give or take less than a pack. */
  const levelsOf = ({ from, to, slope, offset, granted }: CutLine) => ({
    low: granted <= 1 ? Number.NEGATIVE_INFINITY : (granted - 1 + offset + from) / slope,
    high: granted + 1 >= to - from ? Number.POSITIVE_INFINITY : (granted + 1 + offset + from) / slope,
  })

  test('add up to nothing over the lines, are of one level rounded by less than a pack, and leave pinned lines alone', () => {
    for (let at = 0; at < (isDeep ? 500 : 60); at++) {
      const random = randomOf(seed + at * 49_979_687)
      const recipe = {
        ...midSize,
        units: [2, 60] as const,
        rounding: random.pick(roundings),
        caps: true,
        pins: true,
        credits: true,
      }
      const problem = randomProblem(random, recipe)
      const prepared = preparedOf(problem)
      const solved = solveItem(prepared, 0)
      if (!solved.ok) continue
      const { credit, pin } = solved.solution.group.lines
      const changes = nextCredits(solved.solution).map((after, line) => after - credit[line]!)
      expect(changes.reduce((sum, change) => sum + change, 0)).toBe(0)
      changes.forEach((change, line) => {
        if (pin[line]! >= 0) expect(change).toBe(0)
      })
      if (solved.solution.tight || !solved.solution.isExact) continue
      const levels = cutLines(solved.solution).map(levelsOf)
      const low = Math.max(...levels.map((one) => one.low))
      const high = Math.min(...levels.map((one) => one.high))
      expect(low - high).toBeLessThanOrEqual(1e-6 * Math.abs(low) || 0)
    }
  })

  test('are refused for another plan', () => {
    const problem = problemOf(1, [unitOf('a', 1, 0, 10), unitOf('b', 1, 0, 10)])
    const other = planOf(problemOf(2, [unitOf('a', 1, 0, 10), unitOf('b', 1, 0, 10)]))
    expect(() => creditsAfter(problem, other)).toThrow('another plan')
  })
})

describe('the rolling horizon', () => {
  const units = [unitOf('a', 1, 0, 10), unitOf('b', 2, 0, 10)]
  const promising = (quantityBase: number, percent: number, on = '2020-02-16'): Problem => {
    const problem = problemOf(20, units, { rollingDays: 20, rungs: [{ tiers: [1, 2], days: 14 }] })
    const promises = [{ on, quantityBase, haircutPercent: percent }]
    return { ...problem, items: problem.items.map((item) => ({ ...item, promises })) }
  }
  const service = (problem: Problem) => planOf(problem).items[0]!.serviceLevel

  test('is the least over time of supply over use, with the day that decides it', () => {
    // 200 pieces in stock, 20 a day. Nothing promised: half of normal use lasts 20 days.
    expect(service(promising(0, 80))).toEqual({
      levelBasisPoints: 5000,
      tightestOn: '2020-02-26',
      grantedPacksWithout: 20,
    })
    // 200 promised, 80 % expected, on the tenth day: 360 of 400.
    expect(service(promising(200, 80))).toMatchObject({ levelBasisPoints: 9000, tightestOn: '2020-02-26' })
    // As much as is needed, but late: the day of the delivery is the tightest.
    expect(service(promising(1000, 100, '2020-02-22'))).toMatchObject({
      levelBasisPoints: 6250,
      tightestOn: '2020-02-22',
    })
    // Enough, and in time.
    expect(service(promising(1000, 100))).toMatchObject({ levelBasisPoints: 10_000, tightestOn: null })
  })

  test('does not count the reserve', () => {
    const problem = promising(0, 80)
    const items = problem.items.map((item) => ({ ...item, reservePacks: 5 }))
    expect(service({ ...problem, items })).toMatchObject({ levelBasisPoints: 3750, grantedPacksWithout: 15 })
  })

  test('releases only what lifts units to that share of their use', () => {
    const plan = planOf(promising(0, 80))
    expect(plan.lines.map((line) => line.packs)).toEqual([7, 7])
    expect(plan.items[0]).toMatchObject({ grantedPacks: 14, leftPacks: 6, serviceLevel: { grantedPacksWithout: 20 } })
  })

  test('counts what units hold themselves only for them', () => {
    const rich = { ...promising(0, 80), units: [unitOf('a', 1, 1000, 10), unitOf('b', 2, 0, 10)] }
    expect(service(rich)).toMatchObject({ levelBasisPoints: 10_000 })
  })

  test('expects of a manufacturer what its record says, and 80 % without one', () => {
    expect(haircutPercent(0, 0)).toBe(80)
    expect(haircutPercent(1000, 455)).toBe(45)
    expect(haircutPercent(100, 140)).toBe(100)
    expect(haircutPercent(100, 0)).toBe(0)
  })

  test('raises the worst week of a season in which promises fall short', () => {
    const worstWeek = (rolling: boolean): number => {
      let stock = 600
      let held = [0, 0]
      let worst = 1
      const arrivals = [0, 0, 0, 300, 0, 0, 60, 0]
      arrivals.forEach((arrival, week) => {
        stock += arrival
        const lines = [unitOf('a', 1, held[0]!, 10), unitOf('b', 1, held[1]!, 10)]
        const rungs = [{ tiers: [1], days: 28 }]
        const base = problemOf(Math.floor(stock / 10), lines, { horizonDays: 28, rungs })
        const promises = arrivals.slice(week + 1).map((quantity, at) => {
          const day = 6 + 7 * (at + 1)
          return {
            on: new Date(Date.UTC(2020, 1, day)).toISOString().slice(0, 10),
            quantityBase: quantity * 2,
            haircutPercent: 50,
          }
        })
        const items = base.items.map((item) => ({ ...item, promises }))
        const plan = planOf({ ...base, items, rollingDays: rolling ? 7 * (8 - week) : null })
        held = plan.lines.map((line, at) => held[at]! + line.quantityBase)
        stock -= plan.lines.reduce((sum, line) => sum + line.quantityBase, 0)
        const level = rolling ? (plan.items[0]!.serviceLevel?.levelBasisPoints ?? 10_000) / 10_000 : 1
        held = held.map((pieces) => {
          // A unit uses what it is told to: its share of normal use, or all of it while it lasts.
          const used = Math.min(pieces, Math.ceil(70 * level))
          worst = Math.min(worst, used / 70)
          return pieces - used
        })
      })
      return worst
    }
    expect(worstWeek(true)).toBeGreaterThan(worstWeek(false) + 0.2)
  })
})
