import type { Rung } from './allocation/problem.ts'
import { Checks } from './checks.ts'
import type { Decision } from './refusal.ts'

export type PolicyFields = {
  readonly name: string
  readonly nameEn: string
  readonly rounding: 'runs-out-first' | 'nearest' | 'least-over'
  readonly horizonDays: number
  /** Days looked ahead by the rolling horizon; null is off. */
  readonly rollingDays: number | null
  /** Short-dated packs only to units that will use them before they expire. */
  readonly nearExpiry: boolean
  readonly rungs: readonly GivenRung[]
}

/** A rung as a form or the contract has it: what is not there may be undefined or, for a name, empty. */
export type GivenRung = {
  readonly tiers: readonly number[]
  readonly days: number
  readonly weightPercent?: Readonly<Record<string, number>> | undefined
  readonly name?: string | undefined
  readonly nameEn?: string | undefined
}

type PlainRung = {
  tiers: number[]
  days: number
  weightPercent?: Record<string, number>
  name?: string
  nameEn?: string
}

/** The rung as the engine and the plan file have it: without the fields that say nothing. */
export function plainRung({ tiers, days, weightPercent, name, nameEn }: GivenRung): PlainRung {
  return {
    tiers: [...tiers],
    days,
    ...(weightPercent && Object.keys(weightPercent).length > 0 ? { weightPercent: { ...weightPercent } } : {}),
    ...(name ? { name } : {}),
    ...(nameEn ? { nameEn } : {}),
  }
}

/** A ladder has 1 to 30 rungs, each for at least one tier of 1 to 3, up to at most a year, with weights of 1 to 10,000 %. */
export function decidePolicy(given: PolicyFields): Decision<PolicyFields> {
  const checks = new Checks()
  const name = checks.text('name', given.name, { longest: 60, required: true })
  const nameEn = checks.text('nameEn', given.nameEn, { longest: 60 })
  const horizonDays = checks.whole('horizonDays', given.horizonDays, 1, 365)
  if (given.rungs.length === 0) checks.refuse('policy-invalid', { field: 'rungs', given: 0, allowed: '1–30' })
  const rungs = given.rungs.map((rung, index) => {
    const rungChecks = new Checks(index + 1)
    const tiers = [...new Set(rung.tiers)].sort((a, b) => a - b)
    if (tiers.length === 0 || tiers.some((tier) => ![1, 2, 3].includes(tier))) {
      rungChecks.refuse('policy-invalid', { field: 'tiers', given: rung.tiers.join(', '), allowed: '1, 2, 3' })
    }
    const days = rungChecks.whole('days', rung.days, 1, 365)
    const weightPercent = Object.fromEntries(
      Object.entries(rung.weightPercent ?? {}).map(([tier, weight]) => {
        if (!['1', '2', '3'].includes(tier)) {
          rungChecks.refuse('policy-invalid', { field: 'weightPercent', given: tier, allowed: '1, 2, 3' })
        }
        return [tier, rungChecks.whole('weightPercent', weight, 1, 10_000)]
      }),
    )
    const rungName = rungChecks.text('name', rung.name ?? '', { longest: 60 })
    const rungNameEn = rungChecks.text('nameEn', rung.nameEn ?? '', { longest: 60 })
    checks.take(rungChecks)
    return plainRung({ tiers, days, weightPercent, name: rungName, nameEn: rungNameEn })
  })
  const rollingDays = checks.wholeOrNull('rollingDays', given.rollingDays, 1, 365)
  return checks.decide({
    name,
    nameEn,
    rounding: given.rounding,
    horizonDays,
    rollingDays,
    nearExpiry: given.nearExpiry,
    rungs,
  })
}

/**
 * The ladder for a horizon other than the policy's. Shorter: every rung ends there. Longer: the rungs that fill to the
 * policy's whole horizon fill to the longer one; the others stay.
 */
export function fitRungs(rungs: readonly Rung[], policyDays: number, horizonDays: number): readonly Rung[] {
  return rungs.map((rung) => {
    const days = horizonDays > policyDays && rung.days >= policyDays ? horizonDays : Math.min(rung.days, horizonDays)
    return days === rung.days ? rung : { ...rung, days }
  })
}
