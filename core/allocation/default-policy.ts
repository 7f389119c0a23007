import type { Rung } from './problem.ts'

/** Floors by tier in days, the tilt by tier in percent, and the days up to which the first tilted rung fills. */
export type PolicySettings = {
  readonly floorDays: readonly [number, number, number]
  readonly tiltPercent: readonly [number, number, number]
  readonly tiltDays: number
}

export const defaultPolicySettings: PolicySettings = { floorDays: [2, 2, 1], tiltPercent: [150, 120, 100], tiltDays: 7 }

/**
 * The rungs that ship: the front line's floor first, then the second tier's, then the third's, then everyone by the
 * tilt to seven days, then everyone to the horizon. A rung beyond the horizon would never give a pack and is left out.
 */
export function defaultPolicy(horizonDays: number, settings: PolicySettings = defaultPolicySettings): readonly Rung[] {
  const [first, second, third] = settings.tiltPercent
  const weightPercent = { '1': first, '2': second, '3': third }
  const everyone = [1, 2, 3]
  const rungs: Rung[] = settings.floorDays.map((days, index) => ({
    tiers: [index + 1],
    days: Math.min(days, horizonDays),
  }))
  const tiltDays = Math.min(settings.tiltDays, horizonDays)
  rungs.push({ tiers: everyone, days: tiltDays, weightPercent })
  if (horizonDays > tiltDays) rungs.push({ tiers: everyone, days: horizonDays, weightPercent })
  return rungs
}
