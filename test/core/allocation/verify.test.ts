import { expect, test } from 'vitest'
import { defaultPolicy } from '../../../core/allocation/default-policy.ts'
import type { ItemResult, Line, Plan, Problem } from '../../../core/allocation/problem.ts'
import { solve } from '../../../core/allocation/solve.ts'
import { verifyPlan } from '../../../core/allocation/verify.ts'
import type { FailureKind } from '../../../core/allocation/verify-failure.ts'
import { seed } from '../../seed.ts'
import { isDeep, midSize, randomOf, randomProblem, roundings } from './random.ts'

const need = { requestBase: null, capBase: null, pinPacks: null, creditMilli: 0, depots: null }

const problem: Problem = {
  format: 'frontstock-plan/1',
  date: '2020-02-06',
  horizonDays: 14,
  rounding: 'runs-out-first',
  rungs: defaultPolicy(14),
  items: [
    {
      item: 'KN95',
      packBase: 20,
      reservePacks: 2,
      lots: [
        { lot: 'L1', depot: 'D1', packs: 9, expiresOn: '2020-03-01' },
        { lot: 'L2', depot: 'D1', packs: 8, expiresOn: '2020-06-01' },
        { lot: 'old', depot: 'D1', packs: 8, expiresOn: '2020-02-05' },
        { lot: 'held', depot: 'D1', packs: 8, expiresOn: null, held: true },
      ],
    },
  ],
  units: [
    { unit: 'U1', tier: 1, lines: [{ item: 'KN95', stockBase: 0, useMilliPerDay: 20_000, ...need }] },
    { unit: 'U2', tier: 1, lines: [{ item: 'KN95', stockBase: 40, useMilliPerDay: 20_000, ...need }] },
    { unit: 'U3', tier: 2, lines: [{ item: 'KN95', stockBase: 0, useMilliPerDay: 10_000, ...need, capBase: 100 }] },
    { unit: 'U4', tier: 3, lines: [{ item: 'KN95', stockBase: 0, useMilliPerDay: 10_000, ...need, pinPacks: 1 }] },
  ],
}

function planOf(of: Problem): Plan {
  const solved = solve(of)
  if (!solved.ok) throw new Error(JSON.stringify(solved.refusal))
  return solved.plan
}

const plan = planOf(problem)

function withLine(unit: string, change: (line: Line) => Partial<Line>): Plan {
  return { ...plan, lines: plan.lines.map((line) => (line.unit === unit ? { ...line, ...change(line) } : line)) }
}

function withItem(change: Partial<ItemResult>): Plan {
  return { ...plan, items: plan.items.map((item) => ({ ...item, ...change })) }
}

/** Moves packs of the first lot from one unit to another, with all numbers made to fit. */
function movePack(of: Plan, problemOf: Problem, from: string, to: string): Plan {
  const { packBase } = problemOf.items[0]!
  const moved = of.lines.find((line) => line.unit === from)!.lots.at(-1)!
  const change = (line: Line, packs: number): Line => {
    const input = problemOf.units.find((unit) => unit.unit === line.unit)!.lines[0]!
    const lots = line.lots.map((draw) => (draw.lot === moved.lot ? { ...draw, packs: draw.packs + packs } : draw))
    if (!lots.some((draw) => draw.lot === moved.lot)) lots.push({ lot: moved.lot, depot: moved.depot, packs })
    const quantityBase = line.quantityBase + packs * packBase
    const cover = Math.floor(((input.stockBase + quantityBase) * 1_000_000) / input.useMilliPerDay) / 1000
    return {
      ...line,
      packs: line.packs + packs,
      quantityBase,
      coverAfterDays: cover,
      lots: lots.filter((draw) => draw.packs > 0),
    }
  }
  return {
    ...of,
    lines: of.lines.map((line) => (line.unit === from ? change(line, -1) : line.unit === to ? change(line, 1) : line)),
  }
}

function movePacks(of: Plan, problemOf: Problem, from: string, to: string, packs: number): Plan {
  return packs === 0 ? of : movePacks(movePack(of, problemOf, from, to), problemOf, from, to, packs - 1)
}

function kinds(of: Plan, against: Problem = problem): FailureKind[] {
  const verified = verifyPlan(against, of)
  return verified.ok ? [] : verified.failures.map(({ kind }) => kind)
}

test('accepts the plan as it was made', () => {
  expect(verifyPlan(problem, plan)).toEqual({ ok: true, lines: 4, packs: 15 })
})

const draw = (lot: string, packs: number) => ({ lot, depot: 'D1', packs })

const tampered: readonly (readonly [string, Plan, FailureKind])[] = [
  ['a line is left out', { ...plan, lines: plan.lines.slice(1) }, 'line-missing'],
  ['a line is there twice', { ...plan, lines: [...plan.lines, plan.lines[0]!] }, 'line-twice'],
  [
    'a unit is not in the problem',
    { ...plan, lines: [...plan.lines, { ...plan.lines[0]!, unit: 'U9' }] },
    'line-unknown',
  ],
  ['packs are negative', withLine('U1', () => ({ packs: -1 })), 'packs-not-whole'],
  ['packs are fractional', withLine('U1', () => ({ packs: 1.5 })), 'packs-not-whole'],
  ['packs are more than the lots', withLine('U1', (line) => ({ packs: line.packs + 1 })), 'lots-differ'],
  ['a lot does not exist', withLine('U1', (line) => ({ lots: [draw('L9', line.packs)] })), 'lot-unknown'],
  ['a lot has expired', withLine('U1', (line) => ({ lots: [draw('old', line.packs)] })), 'lot-not-usable'],
  ['a lot is on hold', withLine('U1', (line) => ({ lots: [draw('held', line.packs)] })), 'lot-not-usable'],
  [
    'a draw is negative',
    withLine('U1', (line) => ({ lots: [draw('L1', line.packs + 1), draw('L2', -1)] })),
    'packs-not-whole',
  ],
  ['a pin is not kept', movePack(plan, problem, 'U4', 'U1'), 'pin-not-kept'],
  ['a line is over its cap', movePacks(plan, problem, 'U1', 'U3', 4), 'above-cap'],
  [
    'pieces are not packs × size',
    withLine('U1', (line) => ({ quantityBase: line.quantityBase + 1 })),
    'quantity-wrong',
  ],
  ['cover before is wrong', withLine('U2', () => ({ coverBeforeDays: 3 })), 'cover-wrong'],
  ['cover after is wrong', withLine('U2', () => ({ coverAfterDays: 3 })), 'cover-wrong'],
  ['the rung is wrong', withLine('U1', () => ({ rung: 1 })), 'rung-wrong'],
  ['a pin is not called one', withLine('U4', () => ({ reason: 'level' })), 'reason-wrong'],
  ['the item is missing', { ...plan, items: [] }, 'item-missing'],
  ['the total is wrong', withItem({ grantedPacks: 14 }), 'total-wrong'],
  ['what is left is wrong', withItem({ leftPacks: 1 }), 'total-wrong'],
  ['exact is denied', withItem({ exact: false }), 'exact-wrong'],
  [
    'the certificate is another',
    withItem({ certificate: { lastGranted: null, firstRefused: null } }),
    'certificate-wrong',
  ],
  ['a pack goes to a unit that would run out later', movePack(plan, problem, 'U1', 'U2'), 'pack-out-of-order'],
]

for (const [what, result, kind] of tampered) {
  test(`finds that ${what}`, () => {
    expect(kinds(result)).toContain(kind)
  })
}

test('finds that the reserve was drawn on and that a lot was overdrawn', () => {
  const free: Problem = { ...problem, items: problem.items.map((item) => ({ ...item, reservePacks: 0 })) }
  expect(kinds(planOf(free))).toContain('reserve-drawn')
  const more: Problem = {
    ...problem,
    items: problem.items.map((item) => ({ ...item, lots: item.lots.map((lot) => ({ ...lot, packs: lot.packs * 2 })) })),
  }
  expect(kinds(planOf(more))).toContain('lot-overdrawn')
})

test('finds that packs were kept back', () => {
  const less: Problem = { ...problem, items: problem.items.map((item) => ({ ...item, reservePacks: 5 })) }
  const kept = planOf(less)
  const items = kept.items.map((item) => ({ ...item, leftPacks: 3 }))
  expect(kinds({ ...kept, items })).toContain('set-not-used-up')
})

test('finds that a later lot was given while an earlier one was left', () => {
  const swapped: Plan = {
    ...plan,
    lines: plan.lines.map((line) => ({
      ...line,
      lots: line.lots.map((each) => ({ ...each, lot: each.lot === 'L1' ? 'L2' : 'L1' })),
    })),
  }
  const even: Problem = {
    ...problem,
    items: problem.items.map((item) => ({
      ...item,
      lots: item.lots.map((lot) => ({ ...lot, packs: Math.max(9, lot.packs) })),
    })),
  }
  expect(kinds(swapped, { ...even, items: even.items.map((item) => ({ ...item, reservePacks: 3 })) })).toContain(
    'later-lot-first',
  )
})

test('finds lots that are not open to the unit, and short-dated packs that it would not use', () => {
  const restricted: Problem = {
    ...problem,
    units: problem.units.map((unit) => ({ ...unit, lines: unit.lines.map((line) => ({ ...line, lots: ['L1'] })) })),
  }
  expect(kinds(plan, restricted)).toContain('lot-not-open')
  const soon: Problem = {
    ...problem,
    nearExpiry: true,
    items: problem.items.map((item) => ({
      ...item,
      lots: item.lots.map((lot) => (lot.lot === 'L1' ? { ...lot, expiresOn: '2020-02-08' } : lot)),
    })),
  }
  expect(kinds(plan, soon)).toContain('expires-unused')
})

test('names a problem that is itself refused', () => {
  expect(kinds(plan, { ...problem, horizonDays: -1 })).toEqual(['problem-refused'])
})

const count = isDeep ? 2000 : 150
test(`finds every pack that was moved from one unit to another, ${count} plans`, () => {
  let moved = 0
  for (let at = 0; at < count; at++) {
    const random = randomOf(seed + at * 86_028_121)
    const recipe = {
      ...midSize,
      units: [2, 40] as const,
      supplyPacks: [1, 400] as const,
      rounding: random.pick(roundings),
      caps: true,
    }
    const of = randomProblem(random, recipe)
    const made = planOf(of)
    const givers = made.lines.filter((line) => line.packs > 0)
    if (givers.length === 0) continue
    const from = random.pick(givers).unit
    const takers = of.units.filter((unit) => unit.unit !== from && unit.lines[0]!.useMilliPerDay > 0)
    if (takers.length === 0) continue
    expect(kinds(movePack(made, of, from, random.pick(takers).unit), of)).not.toEqual([])
    moved++
  }
  expect(moved).toBeGreaterThan(count / 2)
})
