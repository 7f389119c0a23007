import { describe, expect, it } from 'vitest'
import { solve } from '../../../core/allocation/solve.ts'
import { changedInputs } from '../../../renderer/allocation/changed-inputs.ts'
import { problemOf } from '../../../renderer/allocation/round-model.ts'
import { storedPlan } from '../../../renderer/allocation/stored-plan.ts'
import { seed } from '../../seed.ts'
import { districtProblem, inputsOf } from './district.ts'

const problem = districtProblem(12, 3, seed)

describe('what a plan rests on', () => {
  it('is the same when nothing changed, pins aside', () => {
    const [first, ...rest] = problem.units
    const pinned = { ...first!, lines: first!.lines.map((line) => ({ ...line, pinPacks: 3 })) }
    expect(changedInputs(problem, structuredClone(problem))).toBeNull()
    expect(changedInputs(problem, { ...problem, units: [pinned, ...rest] })).toBeNull()
  })

  it('names the items whose supply changed, with packs before and now', () => {
    const items = problem.items.map((item, index) => (index === 1 ? { ...item, lots: item.lots.slice(1) } : item))
    const before = problem.items[1]!.lots.reduce((sum, lot) => sum + lot.packs, 0)
    expect(changedInputs(problem, { ...problem, items })).toEqual({
      supply: [{ item: 'I002', packsBefore: before, packsNow: problem.items[1]!.lots[1]!.packs }],
      needs: [],
      rule: false,
    })
  })

  it('does not count what is held or expired', () => {
    const items = problem.items.map((item) => ({
      ...item,
      lots: [...item.lots, { lot: '99', depot: 'D1', packs: 5, expiresOn: '2020-02-05' }],
    }))
    // The same packs, yet other lots than those that were planned with.
    expect(changedInputs(problem, { ...problem, items })).toEqual({ supply: [], needs: [], rule: true })
  })

  it('names the cells whose stock or use changed, and those that came or went', () => {
    const [first, second, ...rest] = [...problem.units].sort((a, b) => b.lines.length - a.lines.length)
    const [line, ...lines] = first!.lines
    const changed = { ...first!, lines: [{ ...line!, stockBase: line!.stockBase + 1 }, ...lines] }
    expect(changedInputs(problem, { ...problem, units: [changed, second!, ...rest] })?.needs).toEqual([
      { unit: first!.unit, item: line!.item },
    ])
    expect(changedInputs(problem, { ...problem, units: [first!, ...rest] })?.needs).toEqual(
      second!.lines.map(({ item }) => ({ unit: second!.unit, item })),
    )
  })

  it('notices another ladder, horizon or day', () => {
    expect(changedInputs(problem, { ...problem, horizonDays: 10 })?.rule).toBe(true)
    expect(changedInputs(problem, { ...problem, rungs: problem.rungs.slice(1) })?.rule).toBe(true)
    expect(changedInputs(problem, { ...problem, date: '2020-02-07' })?.rule).toBe(true)
  })
})

describe('an approved plan', () => {
  const inputs = inputsOf(problem)
  const pins = new Map([['I001', new Map([['U0002', 2]])]])
  const approved = problemOf(inputs, { adjustment: inputsAdjustment(), pins })
  const outcome = solve(approved)
  if (!outcome.ok) throw new Error('refused')
  const result = outcome.plan

  it('shows the stored numbers and pins, and is found to hold', () => {
    const stored = storedPlan(
      approved,
      result,
      () => 1,
      () => 1,
    )
    expect(stored.verified).toBe(true)
    expect(stored.work.pins).toEqual(pins)
    for (const line of result.lines) {
      const plan = stored.solved.items.get(line.item)!
      expect(plan.packs[plan.indexOf.get(line.unit)!]).toBe(line.packs)
      expect(plan.explain(line.unit)).not.toBeNull()
    }
  })

  it('is found not to hold when a line was changed, and is not explained then', () => {
    const [first, ...lines] = result.lines
    const forged = { ...result, lines: [{ ...first!, packs: first!.packs + 1 }, ...lines] }
    const stored = storedPlan(
      approved,
      forged,
      () => 1,
      () => 1,
    )
    expect(stored.verified).toBe(false)
    expect(stored.solved.items.get(first!.item)!.explain(first!.unit)).toBeNull()
  })
})

function inputsAdjustment() {
  return { horizonDays: 10, floorDays: {}, tiltPercent: {}, reservePacks: { I002: 1 } }
}
