import { describe, expect, it } from 'vitest'
import { defaultPolicy } from '../../../core/allocation/default-policy.ts'
import type { Rung } from '../../../core/allocation/problem.ts'
import { type Adjustment, adjustRungs, ladderSettings, noAdjustment } from '../../../renderer/allocation/adjustment.ts'

const ladder = defaultPolicy(14)
const adjusted = (change: Partial<Adjustment>, rungs: readonly Rung[] = ladder) =>
  adjustRungs(rungs, { ...noAdjustment, ...change })

describe('the ladder as sliders', () => {
  it('reads floors and tilt off the default policy', () => {
    expect(ladderSettings(ladder)).toEqual({
      tiers: [1, 2, 3],
      tiltedFrom: 3,
      floorDays: { 1: 2, 2: 2, 3: 1 },
      tiltPercent: { 1: 150, 2: 120, 3: 100 },
    })
  })

  it('leaves the very same ladder when nothing is moved, or moved to where it was', () => {
    expect(adjusted({})).toBe(ladder)
    expect(adjusted({ floorDays: { 1: 2 }, tiltPercent: { 1: 150 } })).toBe(ladder)
  })

  it('moves the floor of one tier', () => {
    expect(adjusted({ floorDays: { 1: 3 } }).slice(0, 3)).toMatchObject([
      { tiers: [1], days: 3, name: '一线保底' },
      { tiers: [2], days: 2 },
      { tiers: [3], days: 1 },
    ])
  })

  it('takes a floor away at zero days', () => {
    expect(adjusted({ floorDays: { 3: 0 } }).map((rung) => rung.days)).toEqual([2, 2, 7, 14])
  })

  it('sets the tilt in every tilted rung', () => {
    const tilted = adjusted({ tiltPercent: { 1: 200 } })
    expect(tilted.slice(3).map((rung) => rung.weightPercent)).toEqual([
      { 1: 200, 2: 120, 3: 100 },
      { 1: 200, 2: 120, 3: 100 },
    ])
    expect(tilted.slice(0, 3)).toEqual(ladder.slice(0, 3))
  })

  it('splits a shared floor by height, equal for all as far as each floor goes', () => {
    const shared: Rung[] = [
      { tiers: [1], days: 1 },
      { tiers: [1, 2], days: 2 },
      { tiers: [1, 2, 3], days: 7, weightPercent: { 1: 150 } },
    ]
    expect(adjusted({ floorDays: { 1: 4 } }, shared)).toEqual([
      { tiers: [1], days: 1 },
      { tiers: [1, 2], days: 2 },
      { tiers: [1], days: 4 },
      shared[2],
    ])
    expect(adjusted({ floorDays: { 2: 1 } }, shared)).toEqual([
      { tiers: [1], days: 1 },
      { tiers: [1, 2], days: 1 },
      { tiers: [1], days: 2 },
      shared[2],
    ])
  })

  it('gives a floor to a tier that had none, after those that are there', () => {
    const some: Rung[] = [
      { tiers: [1], days: 2 },
      { tiers: [1, 3], days: 7, weightPercent: { 1: 150 } },
    ]
    expect(adjusted({ floorDays: { 3: 1 } }, some).slice(0, 2)).toEqual([
      { tiers: [1], days: 2 },
      { tiers: [3], days: 1 },
    ])
  })

  it('tilts the rungs that name everyone where the policy has no weights', () => {
    const equal: Rung[] = [
      { tiers: [1], days: 2 },
      { tiers: [1, 2, 3], days: 14 },
    ]
    expect(ladderSettings(equal).tiltPercent).toEqual({ 1: 100, 2: 100, 3: 100 })
    expect(adjusted({ tiltPercent: { 1: 130 } }, equal)[1]).toEqual({
      tiers: [1, 2, 3],
      days: 14,
      weightPercent: { 1: 130 },
    })
  })
})
