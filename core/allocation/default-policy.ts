import type { Rung } from './problem.ts'

/** Floors by tier in days, the tilt by tier in percent, and the days up to which the first tilted rung fills. */
export type PolicySettings = {
  readonly floorDays: readonly [number, number, number]
  readonly tiltPercent: readonly [number, number, number]
  readonly tiltDays: number
}

export const defaultPolicySettings: PolicySettings = { floorDays: [2, 2, 1], tiltPercent: [150, 120, 100], tiltDays: 7 }

// Without days in them: a floor that is moved keeps its name.
const floorNames = [
  { name: '一线保底', nameEn: 'Front-line floor' },
  { name: '二级保底', nameEn: 'Second-tier floor' },
  { name: '三级保底', nameEn: 'Third-tier floor' },
] as const

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
    ...floorNames[index],
  }))
  const tiltDays = Math.min(settings.tiltDays, horizonDays)
  rungs.push({ tiers: everyone, days: tiltDays, weightPercent, name: '倾斜补足', nameEn: 'Tilted to the front' })
  if (horizonDays > tiltDays) {
    rungs.push({ tiers: everyone, days: horizonDays, weightPercent, name: '补满全程', nameEn: 'Up to the horizon' })
  }
  return rungs
}
