import { expect, it } from 'vitest'
import { defaultPolicy } from '../../core/allocation/default-policy.ts'
import { decidePolicy, fitRungs } from '../../core/policy.ts'

const policy = {
  name: '默认',
  nameEn: '',
  rounding: 'runs-out-first' as const,
  horizonDays: 14,
  rollingDays: null,
  nearExpiry: false,
}

it('takes the ladder that ships', () => {
  expect(decidePolicy({ ...policy, rungs: defaultPolicy(14) }).ok).toBe(true)
})

it('keeps the names of rungs, trimmed, leaves out empty ones, and refuses one that is too long at its rung', () => {
  const rungs = [
    { tiers: [1], days: 2, name: ' 保底 ', nameEn: '' },
    { tiers: [1, 2], days: 4, name: 'x'.repeat(61) },
  ]
  const named = decidePolicy({ ...policy, rungs: rungs.slice(0, 1) })
  expect(named.ok ? named.value.rungs : []).toEqual([{ tiers: [1], days: 2, name: '保底' }])
  const long = decidePolicy({ ...policy, rungs })
  expect(long.ok ? [] : long.refusals).toMatchObject([{ code: 'too-long', line: 2, field: 'name' }])
})

it('names the rung that is wrong, with what was given and what is allowed', () => {
  const decision = decidePolicy({
    ...policy,
    rungs: [
      { tiers: [1], days: 2 },
      { tiers: [], days: 0 },
      { tiers: [4], days: 2, weightPercent: { 1: 0, 9: 100 } },
    ],
  })
  expect(decision.ok ? [] : decision.refusals.map(({ line, field, given }) => [line, field, given])).toEqual([
    [2, 'tiers', ''],
    [2, 'days', 0],
    [3, 'tiers', '4'],
    [3, 'weightPercent', 0],
    [3, 'weightPercent', '9'],
  ])
  const empty = decidePolicy({ ...policy, rungs: [] })
  expect(empty.ok ? [] : empty.refusals).toMatchObject([
    { code: 'policy-invalid', field: 'rungs', given: 0, allowed: '1–30' },
  ])
})

it('ends every rung at a shorter horizon, and lets those that fill to the whole horizon follow a longer one', () => {
  const days = (horizonDays: number) => fitRungs(defaultPolicy(14), 14, horizonDays).map((rung) => rung.days)
  expect(days(14)).toEqual([2, 2, 1, 7, 14])
  expect(days(5)).toEqual([2, 2, 1, 5, 5])
  expect(days(21)).toEqual([2, 2, 1, 7, 21])
})
