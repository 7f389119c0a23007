import { describe, expect, it } from 'vitest'
import type { PolicyRow } from '../../../api/contract/round.ts'
import { defaultPolicy } from '../../../core/allocation/default-policy.ts'
import { plainRung } from '../../../core/policy.ts'
import { comparePolicy } from '../../../renderer/policy/compare.ts'
import {
  addRung,
  changeRung,
  copyOf,
  draftOf,
  fieldsOf,
  isChanged,
  moveRung,
  newDraft,
  problemsOf,
  removeRung,
  rungsOfDraft,
  toggleTier,
} from '../../../renderer/policy/ladder-draft.ts'
import { seed } from '../../seed.ts'
import { districtProblem } from '../allocation/district.ts'

const saved: PolicyRow = {
  policyId: 7,
  name: '先急后缓',
  nameEn: 'Urgent first',
  rounding: 'runs-out-first',
  horizonDays: 14,
  rungs: defaultPolicy(14).map(plainRung),
  rollingDays: null,
  nearExpiry: false,
  used: true,
  archivedAt: null,
  version: 3,
}

describe('a policy being edited', () => {
  it('comes back as it was saved when nothing is touched', () => {
    expect(fieldsOf(draftOf(saved)).rungs).toEqual(saved.rungs)
    expect(isChanged(draftOf(saved), saved)).toBe(false)
    expect(problemsOf(draftOf(saved))).toEqual([])
  })

  it('begins with the ladder that ships', () => {
    expect(rungsOfDraft(newDraft('新策略'))).toEqual(defaultPolicy(14))
  })

  it('copies under another name and without its number', () => {
    const copy = copyOf(draftOf(saved), 'x'.repeat(80), '')
    expect([copy.policyId, copy.version, copy.name.length]).toEqual([null, null, 60])
    expect(isChanged(copy, undefined)).toBe(true)
  })

  it('adds, moves and removes rungs', () => {
    const draft = draftOf(saved)
    const keys = draft.rungs.map((rung) => rung.key)
    expect(moveRung(draft, 0, 1).rungs.map((rung) => rung.key)).toEqual([keys[1], keys[0], ...keys.slice(2)])
    expect(moveRung(draft, 0, -1)).toBe(draft)
    expect(removeRung(draft, 2).rungs.map((rung) => rung.key)).toEqual(keys.filter((_, at) => at !== 2))
    expect(addRung(draft).rungs.at(-1)).toMatchObject({
      tiers: [1, 2, 3],
      days: 14,
      weights: { 1: 150, 2: 120, 3: 100 },
    })
  })

  it('names the rung and the field of what does not hold', () => {
    let draft = toggleTier(draftOf(saved), 0, 1)
    draft = changeRung(draft, 3, { days: null })
    expect(problemsOf(draft).map(({ line, field }) => [line, field])).toEqual([
      [1, 'tiers'],
      [4, 'days'],
    ])
    expect(rungsOfDraft(draft)).toBeNull()
  })

  it('drops the weights of tiers that left the rung', () => {
    const draft = toggleTier(draftOf(saved), 4, 3)
    expect(fieldsOf(draft).rungs[4]).toMatchObject({ tiers: [1, 2], days: 14, weightPercent: { 1: 150, 2: 120 } })
    expect(Object.keys(fieldsOf(draft).rungs[4]!.weightPercent ?? {})).toEqual(['1', '2'])
  })
})

describe('policies compared', () => {
  const problem = districtProblem(40, 5, seed)
  const base = { horizonDays: 14, rounding: 'runs-out-first', rollingDays: null, nearExpiry: false } as const

  it('shows that a higher floor lifts the first tier and costs the third', () => {
    const low = comparePolicy(problem, { ...base, rungs: defaultPolicy(14) }, null)
    const settings = { floorDays: [14, 2, 1], tiltPercent: [150, 120, 100], tiltDays: 7 } as const
    const high = comparePolicy(problem, { ...base, rungs: defaultPolicy(14, settings) }, null)
    const mean = (one: typeof low, tier: number) => one.worst.find((row) => row.tier === tier)!.mean!
    expect(mean(high, 1)).toBeGreaterThanOrEqual(mean(low, 1))
    expect(mean(high, 3)).toBeLessThanOrEqual(mean(low, 3))
  })

  it('is about one item when one is asked for', () => {
    const one = comparePolicy(problem, { ...base, rungs: defaultPolicy(14) }, 'I002')
    expect(one.worst.every(({ lowest, mean }) => lowest === mean)).toBe(true)
  })
})
