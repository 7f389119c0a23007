import type { Rung } from '../../core/allocation/problem.ts'

/**
 * What the sliders say, beside the policy. A field that is not there leaves the policy as it is; so an empty adjustment
 * is the policy itself, and the same values as the policy's are no adjustment at all.
 */
export type Adjustment = {
  /** null: the policy's own horizon. */
  readonly horizonDays: number | null
  /** Floor by tier, in plain days. */
  readonly floorDays: Readonly<Record<string, number>>
  /** Weight by tier in the tilted rungs, in percent. */
  readonly tiltPercent: Readonly<Record<string, number>>
  /** Held back by item code, in packs, instead of the item's own reserve. */
  readonly reservePacks: Readonly<Record<string, number>>
}

export const noAdjustment: Adjustment = { horizonDays: null, floorDays: {}, tiltPercent: {}, reservePacks: {} }

/** The ladder read as floors and a tilt, which is what the sliders show. */
export type LadderSettings = {
  /** Tiers that the ladder names, ascending. */
  readonly tiers: readonly number[]
  /** Index of the first rung that is not a floor. */
  readonly tiltedFrom: number
  readonly floorDays: Readonly<Record<string, number>>
  readonly tiltPercent: Readonly<Record<string, number>>
}

/**
 * Floors are the rungs before the first tilted one: the first that has weights, or where none has, the first that names
 * every tier. A tier's floor is the most days that those rungs give it; its tilt is its weight in the first tilted rung.
 */
export function ladderSettings(rungs: readonly Rung[]): LadderSettings {
  const tiers = [...new Set(rungs.flatMap((rung) => rung.tiers))].sort((a, b) => a - b)
  let tiltedFrom = rungs.findIndex((rung) => rung.weightPercent !== undefined)
  if (tiltedFrom < 0) tiltedFrom = rungs.findIndex((rung) => tiers.every((tier) => rung.tiers.includes(tier)))
  if (tiltedFrom < 0) tiltedFrom = rungs.length
  const floorDays: Record<string, number> = {}
  const tiltPercent: Record<string, number> = {}
  for (const tier of tiers) {
    let most = 0
    for (const rung of rungs.slice(0, tiltedFrom)) if (rung.tiers.includes(tier)) most = Math.max(most, rung.days)
    floorDays[tier] = most
    tiltPercent[tier] = rungs[tiltedFrom]?.weightPercent?.[tier] ?? 100
  }
  return { tiers, tiltedFrom, floorDays, tiltPercent }
}

/** The ladder with other floors and another tilt. Rungs that the change does not touch stay as they are. */
export function adjustRungs(rungs: readonly Rung[], adjustment: Adjustment): readonly Rung[] {
  const settings = ladderSettings(rungs)
  const floors = changed(adjustment.floorDays, settings.floorDays)
  const tilts = changed(adjustment.tiltPercent, settings.tiltPercent)
  if (Object.keys(floors).length === 0 && Object.keys(tilts).length === 0) return rungs
  const below = adjustFloors(rungs.slice(0, settings.tiltedFrom), settings, floors)
  const above = rungs.slice(settings.tiltedFrom)
  return [...below, ...(Object.keys(tilts).length === 0 ? above : above.map((rung) => tilted(rung, tilts)))]
}

function changed(wanted: Readonly<Record<string, number>>, present: Readonly<Record<string, number>>) {
  const result: Record<string, number> = {}
  for (const [tier, value] of Object.entries(wanted)) {
    if (present[tier] !== undefined && present[tier] !== value) result[tier] = value
  }
  return result
}

/**
 * A floor moves in the last rung that reaches it; rungs below it are cut to it. A rung that names several tiers is then
 * split by height, the lowest first: equal for all as far as each one's floor goes.
 */
function adjustFloors(rungs: readonly Rung[], settings: LadderSettings, floors: Readonly<Record<string, number>>) {
  const result: Rung[] = []
  const lastReaching = new Map<number, number>()
  rungs.forEach((rung, index) => {
    for (const tier of rung.tiers) if (rung.days === settings.floorDays[tier]) lastReaching.set(tier, index)
  })
  rungs.forEach((rung, index) => {
    const heights = new Map<number, number>()
    for (const tier of rung.tiers) {
      const floor = floors[tier]
      if (floor === undefined) heights.set(tier, rung.days)
      else heights.set(tier, lastReaching.get(tier) === index ? floor : Math.min(rung.days, floor))
    }
    for (const days of [...new Set(heights.values())].sort((a, b) => a - b)) {
      if (days <= 0) continue
      result.push({ ...rung, tiers: rung.tiers.filter((tier) => heights.get(tier)! >= days), days })
    }
  })
  // A tier that had no floor gets one after those that are there.
  for (const [tier, days] of Object.entries(floors)) {
    if (days > 0 && !lastReaching.has(Number(tier))) result.push({ tiers: [Number(tier)], days })
  }
  return result
}

function tilted(rung: Rung, tilts: Readonly<Record<string, number>>): Rung {
  const named = rung.tiers.filter((tier) => tilts[tier] !== undefined)
  if (named.length === 0) return rung
  const weightPercent: Record<string, number> = { ...rung.weightPercent }
  for (const tier of named) weightPercent[tier] = tilts[tier]!
  return { ...rung, weightPercent }
}
