import { expect, test, vi } from 'vitest'
import type { Item, Lot, Plan, Problem, Unit } from '../../../core/allocation/problem.ts'
import { solve } from '../../../core/allocation/solve.ts'
import { verifyPlan } from '../../../core/allocation/verify.ts'
import { seed } from '../../seed.ts'
import { plansOf } from './brute-force.ts'
import { carry, networkOf, usableLots, type Wanted } from './flow.ts'
import { compareFractions, compareKeys, type Fraction, type Key, keyOf, type Model, modelOf } from './model.ts'
import { isDeep, type Random, randomLots, randomOf, randomRungs, randomUnits, roundings, small } from './random.ts'

if (isDeep) vi.setConfig({ testTimeout: 600_000 })

type Restriction = {
  readonly expiry: boolean
  readonly depots: boolean
  readonly grades: boolean
  readonly substitutes: boolean
}

type Size = {
  readonly units: readonly [number, number]
  readonly packs: number
  readonly lots: number
  readonly pinShare: number
}

/** Few enough plans to try them all, and enough lines to carry about. */
const tiny: Size = { units: [1, 3], packs: 5, lots: 3, pinShare: 0.1 }
const tinyWithSubstitutes: Size = { units: [1, 2], packs: 4, lots: 2, pinShare: 0.1 }
const larger: Size = { units: [2, 8], packs: 30, lots: 6, pinShare: 0.1 }

const midSized: Size = { units: [5, 60], packs: 150, lots: 6, pinShare: 0.01 }

const codes = ['KN95', 'N95', 'surgical']
const depots = ['D1', 'D2', 'D3']

function randomItems(random: Random, kind: Restriction, packBase: number, size: Size): Item[] {
  const count = kind.substitutes ? random.whole(2, 3) : 1
  return codes.slice(0, count).map((item, at) => {
    const lots: Lot[] = randomLots(
      random,
      random.whole(0, size.packs),
      random.whole(1, size.lots),
      kind.depots ? depots : ['D1'],
    )
    const others = codes.slice(0, count).filter((code) => code !== item && random.chance(0.5))
    return {
      item,
      packBase,
      reservePacks: random.chance(0.2) ? random.whole(0, 2) : 0,
      lots: lots.map((lot) => ({ ...lot, lot: `${lot.lot}-${at}`, ...(random.chance(0.1) ? { held: true } : {}) })),
      ...(others.length > 0 ? { substitutes: others } : {}),
    }
  })
}

function randomRestricted(random: Random, kind: Restriction, size: Size): Problem {
  const horizonDays = random.whole(3, 10)
  const packBase = random.whole(1, 4)
  const items = randomItems(random, kind, packBase, size)
  const rounding = random.pick(roundings)
  const recipe = {
    ...small,
    ...size,
    rounding,
    stockBase: [0, 10] as const,
    ties: random.chance(0.3),
    credits: random.chance(0.3),
  }
  const some = (names: readonly string[]) => names.filter(() => random.chance(0.6))
  const lotNames = items.flatMap((item) => item.lots.map((lot) => lot.lot))
  const units: Unit[] = randomUnits(random, recipe, 'KN95').map((unit) => {
    const own = items.filter((_, at) => at === 0 || random.chance(0.5))
    return {
      ...unit,
      distances:
        kind.depots && random.chance(0.7)
          ? { D1: random.whole(0, 9), D2: random.whole(0, 9), D3: random.whole(0, 9) }
          : null,
      lines: own.map(({ item }, at) => ({
        ...unit.lines[0]!,
        item,
        useMilliPerDay: at === 0 ? unit.lines[0]!.useMilliPerDay : random.whole(0, 4000),
        pinPacks: random.chance(size.pinShare) ? random.whole(0, 2) : null,
        depots: kind.depots && random.chance(0.6) ? some(depots) : null,
        ...(kind.grades && random.chance(0.6) ? { lots: some(lotNames) } : {}),
        ...(kind.substitutes && random.chance(0.3)
          ? { substitutes: some(codes.slice(0, items.length).filter((code) => code !== item)) }
          : {}),
      })),
    }
  })
  return {
    format: 'frontstock-plan/1',
    date: '2020-02-06',
    horizonDays,
    rounding,
    rungs: randomRungs(random, horizonDays),
    items,
    units,
    nearExpiry: kind.expiry,
  }
}

function wantedOf(problem: Problem, model: Model, packs: readonly number[]): Wanted[] {
  const lines = new Map(
    problem.units.flatMap((unit) => unit.lines.map((line) => [`${unit.unit} ${line.item}`, { line, unit }] as const)),
  )
  return model.lines.map(({ unit, item }, at) => {
    const { line, unit: own } = lines.get(`${unit} ${item}`)!
    return { line, packs: packs[at]!, distances: own.distances ?? null }
  })
}

function isPossible(problem: Problem, model: Model, packs: readonly number[]): boolean {
  const total = packs.reduce((sum, each) => sum + each, 0)
  return carry(problem, wantedOf(problem, model, packs)).amount === total
}

/** Of two plans, the one that has the first pack in order that only one of them has. */
function isEarlier(model: Model, order: readonly Key[], a: readonly number[], b: readonly number[]): boolean {
  const packsBefore = new Array<number>(model.lines.length).fill(0)
  for (const { line } of order) {
    const pack = packsBefore[line]!++
    const inA = pack < a[line]!
    if (inA !== pack < b[line]!) return inA
  }
  return false
}

function allKeys(model: Model): Key[] {
  const keys: Key[] = []
  model.lines.forEach((line, at) => {
    for (let pack = 0; line.pin === null && pack < line.reach; pack++) keys.push(keyOf(model, at, pack)!)
  })
  return keys.sort((a, b) => compareKeys(model, a, b))
}

function firstRungCovers(model: Model, packs: readonly number[]): Fraction[] {
  const covers: Fraction[] = []
  model.lines.forEach((line, at) => {
    const weight = model.weights[0]!.get(line.tier)
    if (weight === undefined || line.use === 0n || line.pin !== null) return
    const counted = BigInt(Math.min(packs[at]!, line.ceilings[0]!))
    covers.push({ top: line.stock + model.packBase * counted, bottom: weight * line.use })
  })
  return covers.sort(compareFractions)
}

function compareCovers(a: readonly Fraction[], b: readonly Fraction[]): number {
  for (let at = 0; at < a.length; at++) {
    const order = compareFractions(a[at]!, b[at]!)
    if (order !== 0) return order
  }
  return 0
}

function packsOf(plan: Plan, model: Model): number[] {
  const packs = new Map(plan.lines.map((line) => [`${line.unit} ${line.item}`, line.packs]))
  return model.lines.map((line) => packs.get(`${line.unit} ${line.item}`)!)
}

function compareWithAllPlans(problem: Problem): 'refused' | 'compared' {
  const model = modelOf(problem)
  const solved = solve(problem)
  const pinned = model.lines.map((line) => line.pin ?? 0)
  expect(solved.ok).toBe(isPossible(problem, model, pinned))
  if (!solved.ok) return 'refused'
  expect(verifyPlan(problem, solved.plan)).toMatchObject({ ok: true })
  const packs = packsOf(solved.plan, model)
  expect(isPossible(problem, model, packs)).toBe(true)
  const supply = problem.items.reduce((sum, item) => sum + item.lots.reduce((own, lot) => own + lot.packs, 0), 0)
  const order = allKeys(model)
  const covers = firstRungCovers(model, packs)
  for (const other of plansOf(model, supply)) {
    const isBetter = isEarlier(model, order, other, packs)
    const isFairer =
      problem.rounding === 'runs-out-first' &&
      problem.units.every((unit) => unit.lines.every((line) => line.creditMilli === 0)) &&
      compareCovers(firstRungCovers(model, other), covers) > 0
    if ((isBetter || isFairer) && isPossible(problem, model, other)) {
      expect.fail(JSON.stringify({ problem, packs, better: other, isBetter, isFairer }))
    }
  }
  return 'compared'
}

const kinds: Record<string, Restriction> = {
  'near expiry': { expiry: true, depots: false, grades: false, substitutes: false },
  'depots and grades': { expiry: false, depots: true, grades: true, substitutes: false },
  substitutes: { expiry: false, depots: false, grades: false, substitutes: true },
  'all of these at once': { expiry: true, depots: true, grades: true, substitutes: true },
}

Object.entries(kinds).forEach(([name, kind], salt) => {
  const count = isDeep ? 5000 : 300
  test(`no plan that the lots can carry is better: ${name}, ${count} small problems`, () => {
    let compared = 0
    for (let at = 0; at < count; at++) {
      const start = seed + salt * 1_000_003 + at * 104_729
      const problem = randomRestricted(randomOf(start), kind, kind.substitutes ? tinyWithSubstitutes : tiny)
      if (compareWithAllPlans(problem) === 'compared') compared++
    }
    expect(compared).toBeGreaterThan(count / 2)
  })
})

/** What the draws of a plan cost: date rank, then substitutes, then distance, each far above the next. */
function priceOf(problem: Problem, plan: Plan, costs: Costs): number {
  let price = 0
  const inputs = new Map(
    problem.units.flatMap((unit) => unit.lines.map((line) => [`${unit.unit} ${line.item}`, { unit, line }] as const)),
  )
  for (const line of plan.lines) {
    const { unit, line: input } = inputs.get(`${line.unit} ${line.item}`)!
    for (const draw of line.lots) {
      const item = problem.items.findIndex((each) => each.item === (draw.item ?? line.item))
      const lot = problem.items[item]!.lots.find((each) => each.lot === draw.lot && each.depot === draw.depot)!
      price +=
        draw.packs * costs({ line: input, packs: draw.packs, distances: unit.distances ?? null }, { ...lot, item })
    }
  }
  return price
}

type Costs = (wanted: Wanted, lot: Lot & { readonly item: number }) => number

function costsOf(problem: Problem): Costs {
  const dates = [...new Set(usableLots(problem).map((lot) => lot.expiresOn ?? never))].sort()
  return ({ line, distances }, lot) => {
    const isSubstitute = problem.items[lot.item]!.item !== line.item
    return dates.indexOf(lot.expiresOn ?? never) * 1e8 + (isSubstitute ? 1e4 : 0) + (distances?.[lot.depot] ?? 0)
  }
}

const transportCount = isDeep ? 5000 : 400
test(`uses what expires first, then the fewest substitutes, then the least transport, ${transportCount} problems`, () => {
  let carried = 0
  let dates = 0
  for (let at = 0; at < transportCount; at++) {
    const random = randomOf(seed + 77 * 1_000_003 + at * 15_485_863)
    const kind = {
      expiry: random.chance(0.5),
      depots: true,
      grades: random.chance(0.5),
      substitutes: random.chance(0.5),
    }
    const problem = randomRestricted(random, kind, larger)
    const solved = solve(problem)
    if (!solved.ok) continue
    const model = modelOf(problem)
    const wanted = wantedOf(problem, model, packsOf(solved.plan, model))
    const costs = costsOf(problem)
    const least = carry(problem, wanted, costs)
    const price = priceOf(problem, solved.plan, costs)
    expect(price, JSON.stringify({ problem, plan: solved.plan })).toBe(least.cost)
    carried += least.amount
    // For every date, no way of carrying the plan draws more that expires by it: all dates at once. (With a reserve on
    // top of restricted lots there may be no such plan: what the reserve spares is then least in total over the dates.)
    for (const until of problem.items.every((item) => item.reservePacks === 0) ? datesOf(problem) : []) {
      const later: Costs = (_, lot) => ((lot.expiresOn ?? never) > until ? 1 : 0)
      const { amount, cost } = carry(problem, wanted, later)
      expect(drawnUntil(problem, solved.plan, until)).toBe(amount - cost)
      dates++
    }
    if (!kind.expiry) expectFewSplits(problem, solved.plan)
  }
  expect(carried).toBeGreaterThan(transportCount)
  expect(dates).toBeGreaterThan(transportCount)
})

const never = '9999-12-31'

function datesOf(problem: Problem): string[] {
  return [...new Set(problem.items.flatMap((item) => item.lots.map((lot) => lot.expiresOn ?? never)))].sort()
}

function drawnUntil(problem: Problem, plan: Plan, until: string): number {
  const dates = new Map(
    problem.items.flatMap((item) =>
      item.lots.map((lot) => [`${item.item} ${lot.depot} ${lot.lot}`, lot.expiresOn ?? never] as const),
    ),
  )
  let packs = 0
  for (const line of plan.lines) {
    for (const draw of line.lots) {
      if (dates.get(`${draw.item ?? line.item} ${draw.depot} ${draw.lot}`)! <= until) packs += draw.packs
    }
  }
  return packs
}

/** Draws of a plan that form a forest of lines and lots: at most lines + lots − 1. */
function expectFewSplits(problem: Problem, plan: Plan): void {
  const served = plan.lines.filter((line) => line.packs > 0)
  const draws = served.reduce((sum, line) => sum + line.lots.length, 0)
  const lots = new Set(
    served.flatMap((line) => line.lots.map((draw) => `${draw.item ?? line.item} ${draw.depot} ${draw.lot}`)),
  )
  if (served.length > 0)
    expect(draws, JSON.stringify({ problem, plan })).toBeLessThanOrEqual(served.length + lots.size - 1)
}

/** The plan by taking packs in order and trying each on the network: what does not fit is refused, and its line with it. */
function planOnNetwork(problem: Problem, model: Model): number[] {
  const packs = model.lines.map((line) => line.pin ?? 0)
  const { network, source, sink, entries } = networkOf(problem, wantedOf(problem, model, packs))
  network.run(source, sink)
  const isRefused = model.lines.map(() => false)
  for (const { line } of allKeys(model)) {
    if (isRefused[line]) continue
    network.setRoom(entries[line]!, 1)
    if (network.run(source, sink).amount === 1) packs[line] = packs[line]! + 1
    else {
      network.setRoom(entries[line]!, 0)
      isRefused[line] = true
    }
  }
  return packs
}

const midCount = isDeep ? 300 : 15
test(`agrees with packs tried one by one on a network, ${midCount} problems of up to 60 units`, () => {
  let granted = 0
  for (let at = 0; at < midCount; at++) {
    const random = randomOf(seed + 99 * 1_000_003 + at * 32_452_867)
    const kind = {
      expiry: random.chance(0.6),
      depots: random.chance(0.8),
      grades: random.chance(0.5),
      substitutes: random.chance(0.5),
    }
    const problem = randomRestricted(random, kind, midSized)
    const solved = solve(problem)
    if (!solved.ok) continue
    const model = modelOf(problem)
    const packs = packsOf(solved.plan, model)
    expect(packs, JSON.stringify(problem)).toEqual(planOnNetwork(problem, model))
    expect(verifyPlan(problem, solved.plan)).toMatchObject({ ok: true })
    granted += packs.reduce((sum, each) => sum + each, 0)
  }
  expect(granted).toBeGreaterThan(midCount * 20)
})

test('keeps the reserve of an item as a number of packs, not as certain lots', () => {
  const line = { stockBase: 0, useMilliPerDay: 1000, requestBase: 1, capBase: null, pinPacks: null, creditMilli: 0 }
  const problem: Problem = {
    format: 'frontstock-plan/1',
    date: '2020-02-06',
    horizonDays: 10,
    rounding: 'runs-out-first',
    rungs: [{ tiers: [1], days: 10 }],
    items: [
      {
        item: 'KN95',
        packBase: 1,
        reservePacks: 1,
        lots: [
          { lot: 'early', depot: 'D1', packs: 1, expiresOn: '2020-03-01' },
          { lot: 'late', depot: 'D1', packs: 1, expiresOn: '2020-04-01' },
        ],
      },
      { item: 'N95', packBase: 1, reservePacks: 0, lots: [{ lot: 'other', depot: 'D1', packs: 1, expiresOn: null }] },
    ],
    units: [
      { unit: 'a', tier: 1, lines: [{ ...line, item: 'KN95', depots: null, substitutes: ['N95'] }] },
      // Only the late lot is of the grade that this unit needs, so the other's pack has to make room for it.
      { unit: 'b', tier: 1, lines: [{ ...line, item: 'KN95', depots: null, lots: ['late'] }] },
    ],
  }
  const solved = solve(problem)
  expect(solved.ok && solved.plan.lines.map(({ unit, lots }) => [unit, lots])).toEqual([
    ['a', [{ lot: 'other', depot: 'D1', packs: 1, item: 'N95' }]],
    ['b', [{ lot: 'late', depot: 'D1', packs: 1 }]],
  ])
})

const bare = { requestBase: null, capBase: null, pinPacks: null, creditMilli: 0, depots: null }

test('says source where what a unit may draw on is used up, and expiry where it would not use more in time', () => {
  const problem: Problem = {
    format: 'frontstock-plan/1',
    date: '2020-02-06',
    horizonDays: 10,
    rounding: 'runs-out-first',
    rungs: [{ tiers: [1], days: 10 }],
    nearExpiry: true,
    items: [
      {
        item: 'KN95',
        packBase: 1,
        reservePacks: 0,
        lots: [
          { lot: 'soon', depot: 'D1', packs: 50, expiresOn: '2020-02-09' },
          { lot: 'far', depot: 'D2', packs: 4, expiresOn: null },
        ],
      },
    ],
    units: [
      { unit: 'a', tier: 1, lines: [{ ...bare, item: 'KN95', stockBase: 0, useMilliPerDay: 1000 }] },
      { unit: 'b', tier: 1, lines: [{ ...bare, item: 'KN95', stockBase: 0, useMilliPerDay: 1000, depots: ['D2'] }] },
    ],
  }
  const solved = solve(problem)
  if (!solved.ok) throw new Error('refused')
  expect(solved.plan.lines.map(({ unit, packs, reason }) => [unit, packs, reason])).toEqual([
    ['a', 4, 'expiry'],
    ['b', 3, 'source'],
  ])
  expect(solved.plan.items[0]).toMatchObject({ grantedPacks: 7, leftPacks: 47, exact: true })
})

test('looks for units that empty a lot together before it splits one', () => {
  const units: Unit[] = [5, 3, 3].map((packs, at) => ({
    unit: `U${at}`,
    tier: 1,
    lines: [{ ...bare, item: 'KN95', stockBase: 0, useMilliPerDay: 0, pinPacks: packs }],
  }))
  const problem: Problem = {
    format: 'frontstock-plan/1',
    date: '2020-02-06',
    horizonDays: 10,
    rounding: 'runs-out-first',
    rungs: [],
    items: [
      {
        item: 'KN95',
        packBase: 1,
        reservePacks: 0,
        lots: [
          { lot: 'first', depot: 'D1', packs: 6, expiresOn: '2020-03-01' },
          { lot: 'second', depot: 'D1', packs: 9, expiresOn: '2020-04-01' },
        ],
      },
    ],
    units,
  }
  const solved = solve(problem)
  expect(solved.ok && solved.plan.lines.map(({ lots }) => lots.map(({ lot }) => lot))).toEqual([
    ['second'],
    ['first'],
    ['first'],
  ])
})
