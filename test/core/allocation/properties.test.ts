import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { measuredLines, measuresOf } from '../../../core/allocation/measures.ts'
import type { Problem, Rung, Unit } from '../../../core/allocation/problem.ts'
import { solve } from '../../../core/allocation/solve.ts'
import { verifyPlan } from '../../../core/allocation/verify.ts'
import { seed } from '../../seed.ts'
import { isDeep, roundings } from './random.ts'

if (isDeep) vi.setConfig({ testTimeout: 600_000 })

/** Every property of the rule (allocation paper, section 4) over problems that fast-check makes and shrinks. */

const tier = fc.integer({ min: 1, max: 3 })

const rung = fc.record({
  tiers: fc.subarray([1, 2, 3]),
  days: fc.oneof(
    fc.integer({ min: 0, max: 16 }),
    fc.integer({ min: 0, max: 16_000 }).map((milli) => milli / 1000),
  ),
  weightPercent: fc.dictionary(fc.constantFrom('1', '2', '3'), fc.integer({ min: 1, max: 400 })),
}) satisfies fc.Arbitrary<Rung>

const cell = fc.record({
  stockBase: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 400 })),
  useMilliPerDay: fc.oneof(fc.constantFrom(0, 1000, 2000, 12_000), fc.integer({ min: 0, max: 60_000 })),
  creditMilli: fc.constantFrom(0, 0, 0, 400, -400),
  cap: fc.option(fc.integer({ min: 0, max: 300 }), { freq: 6 }),
  request: fc.option(fc.integer({ min: 0, max: 300 }), { freq: 6 }),
})

type Cell = {
  stockBase: number
  useMilliPerDay: number
  creditMilli: number
  cap: number | null
  request: number | null
}

function unitOf(code: string, tierOfUnit: number, { cap, request, ...rest }: Cell): Unit {
  const line = { item: 'mask', ...rest, requestBase: request, capBase: cap, pinPacks: null, depots: null }
  return { unit: code, tier: tierOfUnit, lines: [line] }
}

const problemOf = (most: number) =>
  fc
    .record({
      rounding: fc.constantFrom(...roundings),
      horizonDays: fc.integer({ min: 1, max: 16 }),
      rungs: fc.array(rung, { minLength: 1, maxLength: 5 }),
      packBase: fc.constantFrom(1, 2, 10, 20, 37),
      reservePacks: fc.constantFrom(0, 0, 0, 5),
      packs: fc.integer({ min: 0, max: 120 }),
      units: fc.array(fc.tuple(tier, cell), { minLength: 1, maxLength: most }),
    })
    .map(
      ({ rounding, horizonDays, rungs, packBase, reservePacks, packs, units }): Problem => ({
        format: 'frontstock-plan/1',
        date: '2020-02-06',
        horizonDays,
        rounding,
        rungs,
        items: [{ item: 'mask', packBase, reservePacks, lots: [{ lot: 'L1', depot: 'D1', packs, expiresOn: null }] }],
        units: units.map(([tierOfUnit, own], at) => unitOf(`U${String(at).padStart(3, '0')}`, tierOfUnit, own)),
      }),
    )

const problem = problemOf(25)

/** Packs by unit. The problems here are never refused unless a test pins too much. */
function planned(of: Problem): Map<string, number> {
  const solved = solve(of)
  if (!solved.ok) throw new Error(JSON.stringify(solved.refusal))
  return new Map(solved.plan.lines.map((line) => [line.unit, line.packs]))
}

function withSupply(of: Problem, packs: number): Problem {
  return { ...of, items: of.items.map((item) => ({ ...item, lots: item.lots.map((lot) => ({ ...lot, packs })) })) }
}

function withLines(of: Problem, change: (unit: Unit) => Partial<Unit['lines'][number]>): Problem {
  const units = of.units.map((unit) => ({ ...unit, lines: unit.lines.map((line) => ({ ...line, ...change(unit) })) }))
  return { ...of, units }
}

function supplyOf(of: Problem): number {
  return of.items[0]!.lots[0]!.packs
}

function check<T extends [unknown, ...unknown[]]>(
  arbitraries: { [at in keyof T]: fc.Arbitrary<T[at]> },
  predicate: (...values: T) => void,
): void {
  fc.assert(fc.property(...arbitraries, predicate), { seed, numRuns: isDeep ? 5000 : 300 })
}

test('never gives more than there is, nothing negative, only whole packs', () => {
  check([problem], (of) => {
    const packs = [...planned(of).values()]
    for (const each of packs) expect(Number.isInteger(each) && each >= 0).toBe(true)
    const total = packs.reduce((sum, each) => sum + each, 0)
    expect(total).toBeLessThanOrEqual(Math.max(0, supplyOf(of) - of.items[0]!.reservePacks))
  })
})

test('every plan passes its own check', () => {
  check([problem], (of) => {
    const solved = solve(of)
    expect(solved.ok && verifyPlan(of, solved.plan)).toMatchObject({ ok: true })
  })
})

test('fills a rung before it gives anything for a lower one', () => {
  check([problem], (of) => {
    const solved = solve(of)
    if (!solved.ok) throw new Error('refused')
    const { firstRefused } = solved.plan.items[0]!.certificate
    if (!firstRefused) return
    for (const line of solved.plan.lines) expect(line.rung ?? 0).toBeLessThanOrEqual(firstRefused.rung)
  })
})

test('gives nothing for a lower rung while a floor of an earlier one is not reached', () => {
  check([problem, fc.integer({ min: 1, max: 5 })], (of, days) => {
    const floors: Problem = {
      ...of,
      horizonDays: 16,
      rungs: [
        { tiers: [1], days },
        { tiers: [1, 2, 3], days: 16, weightPercent: { '1': 150 } },
      ],
    }
    const bare = withLines(floors, () => ({ requestBase: null, capBase: null }))
    const packs = planned(bare)
    const [item] = bare.items
    const cover = (unit: Unit) => {
      const { stockBase, useMilliPerDay } = unit.lines[0]!
      return ((stockBase + item!.packBase * packs.get(unit.unit)!) * 1000) / useMilliPerDay
    }
    const isShort = bare.units.some(
      (unit) => unit.tier === 1 && unit.lines[0]!.useMilliPerDay > 0 && cover(unit) < days,
    )
    if (isShort) for (const unit of bare.units) if (unit.tier !== 1) expect(packs.get(unit.unit)).toBe(0)
  })
})

test('one more pack changes exactly one cell by one, or none when all needs are met', () => {
  check([problem], (of) => {
    const before = planned(of)
    const after = planned(withSupply(of, supplyOf(of) + 1))
    const changes = [...after].map(([unit, packs]) => packs - before.get(unit)!).filter((change) => change !== 0)
    const solved = solve(of)
    const isShort = solved.ok && solved.plan.items[0]!.certificate.firstRefused !== null
    const isReserved = supplyOf(of) < of.items[0]!.reservePacks
    expect(changes).toEqual(isShort && !isReserved ? [1] : [])
  })
})

test('locking any cells at their planned values changes nothing', () => {
  check([problem, fc.infiniteStream(fc.boolean())], (of, isLocked) => {
    const before = planned(of)
    const locked = withLines(of, ({ unit }) => (isLocked.next().value ? { pinPacks: before.get(unit)! } : {}))
    expect(planned(locked)).toEqual(before)
  })
})

test('the order of units, items and lots does not matter', () => {
  check([problem, fc.infiniteStream(fc.nat()), fc.nat({ max: 40 })], (of, order, part) => {
    const [item] = of.items
    const [lot] = item!.lots
    const kept = Math.min(part, lot!.packs)
    const lots = [
      { ...lot!, lot: 'L2', packs: lot!.packs - kept },
      { ...lot!, packs: kept },
    ]
    const other = { ...item!, item: 'glove', lots }
    const two: Problem = {
      ...of,
      items: [{ ...item!, lots }, other],
      units: of.units.map((unit) => ({ ...unit, lines: [...unit.lines, { ...unit.lines[0]!, item: 'glove' }] })),
    }
    const mixed: Problem = {
      ...two,
      items: two.items.map((each) => ({ ...each, lots: [...each.lots].reverse() })).reverse(),
      units: two.units
        .map((unit) => [order.next().value!, { ...unit, lines: [...unit.lines].reverse() }] as const)
        .sort(([a], [b]) => a - b)
        .map(([, unit]) => unit),
    }
    const [first, second] = [solve(two), solve(mixed)]
    if (!first.ok || !second.ok) throw new Error('refused')
    const sorted = (plan: typeof first.plan) =>
      [...plan.lines].sort((a, b) => (a.unit + a.item < b.unit + b.item ? -1 : 1))
    expect(sorted(second.plan)).toEqual(sorted(first.plan))
  })
})

test('a unit that leaves harms nobody', () => {
  check([problem, fc.nat()], (of, which) => {
    const before = planned(of)
    const gone = of.units[which % of.units.length]!.unit
    const after = planned({ ...of, units: of.units.filter(({ unit }) => unit !== gone) })
    for (const [unit, packs] of after) expect(packs).toBeGreaterThanOrEqual(before.get(unit)!)
  })
})

test('a part today and the rest tomorrow is the same as all at once', () => {
  check([problem, fc.nat()], (of, part) => {
    const bare = withLines({ ...of, items: of.items.map((item) => ({ ...item, reservePacks: 0 })) }, () => ({
      requestBase: null,
      capBase: null,
    }))
    const all = planned(bare)
    const today = part % (supplyOf(bare) + 1)
    const first = planned(withSupply(bare, today))
    const { packBase } = bare.items[0]!
    const held = withLines(bare, ({ unit, lines }) => ({
      stockBase: lines[0]!.stockBase + packBase * first.get(unit)!,
    }))
    const given = [...first.values()].reduce((sum, packs) => sum + packs, 0)
    const second = planned(withSupply(held, supplyOf(bare) - given))
    for (const [unit, packs] of all) expect(first.get(unit)! + second.get(unit)!).toBe(packs)
  })
})

test('asking for more than the need changes nothing', () => {
  check([problem, fc.infiniteStream(fc.nat({ max: 500 }))], (of, more) => {
    const bare = withLines(of, () => ({ requestBase: null }))
    const horizon = bare.horizonDays
    const asking = withLines(bare, ({ lines }) => {
      const { useMilliPerDay, stockBase } = lines[0]!
      const need = Math.max(0, Math.ceil((useMilliPerDay * horizon) / 1000 - stockBase))
      return { requestBase: need + more.next().value! }
    })
    expect(planned(asking)).toEqual(planned(bare))
  })
})

test('a pin so many packs off the plan moves the others by no more, all in one direction', () => {
  check([problem, fc.nat(), fc.integer({ min: -20, max: 20 })], (of, which, off) => {
    const before = planned(of)
    const unit = of.units[which % of.units.length]!.unit
    const pinPacks = Math.max(0, before.get(unit)! + off)
    const solved = solve(withLines(of, (each) => (each.unit === unit ? { pinPacks } : {})))
    if (!solved.ok) {
      expect(solved.refusal).toMatchObject({ kind: 'pins-above-supply', pins: [{ unit, pinPacks }] })
      return
    }
    const moved = pinPacks - before.get(unit)!
    const changes = solved.plan.lines
      .filter((line) => line.unit !== unit)
      .map((line) => line.packs - before.get(line.unit)!)
    for (const change of changes) expect(Math.sign(change) * Math.sign(moved)).toBeLessThanOrEqual(0)
    expect(Math.abs(changes.reduce((sum, change) => sum + change, 0))).toBeLessThanOrEqual(Math.abs(moved))
  })
})

test('no unit envies another of its tier by more than one pack', () => {
  check([problem], (of) => {
    const first: Problem = { ...of, rounding: 'runs-out-first' }
    const solved = solve(first)
    if (!solved.ok) throw new Error('refused')
    expect(measuresOf(measuredLines(first, solved.plan.lines, 'mask')).envyPairs).toBe(0)
  })
})

test('the same input gives the same plan', () => {
  check([problem], (of) => {
    expect(JSON.stringify(solve(of))).toBe(JSON.stringify(solve(structuredClone(of))))
  })
})

test('a line would get its next pack when just as many more are there as its place in the queue says', () => {
  check([problemOf(8), fc.nat()], (of, which) => {
    const solved = solve(of)
    if (!solved.ok) throw new Error('refused')
    const waiting = solved.plan.lines.filter((line) => line.queuePacks !== null)
    const line = waiting[which % Math.max(1, waiting.length)]
    if (!line) return
    const short = Math.max(0, of.items[0]!.reservePacks - supplyOf(of))
    const packsWith = (more: number) => planned(withSupply(of, supplyOf(of) + short + more)).get(line.unit)!
    expect(packsWith(line.queuePacks!)).toBe(line.packs + 1)
    expect(packsWith(line.queuePacks! - 1)).toBe(line.packs)
  })
})

test('a line that is in no queue gets no more however much there is', () => {
  check([problem], (of) => {
    const solved = solve(of)
    if (!solved.ok) throw new Error('refused')
    const plenty = planned(withSupply(of, 1_000_000))
    for (const line of solved.plan.lines) {
      expect(plenty.get(line.unit)! > line.packs).toBe(line.queuePacks !== null)
      if (line.queuePacks !== null) expect(['floor', 'level', 'tie']).toContain(line.reason)
      else expect(['need', 'cap', 'floor']).toContain(line.reason)
    }
  })
})
