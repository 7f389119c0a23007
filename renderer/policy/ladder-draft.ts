import type { PolicyRow } from '../../api/contract/round.ts'
import { defaultPolicy } from '../../core/allocation/default-policy.ts'
import type { Rounding, Rung } from '../../core/allocation/problem.ts'
import { decidePolicy, type GivenRung, plainRung } from '../../core/policy.ts'
import type { Refusal } from '../../core/refusal.ts'

/** A rung as it is edited. A field may stand empty (null) or hold what is not allowed while it is typed. */
export type RungDraft = {
  /** Stays with the rung while it moves. */
  readonly key: number
  readonly tiers: readonly number[]
  readonly days: number | null
  readonly name: string
  readonly nameEn: string
  /** By tier; null where the tier weighs as all do. A rung without any weight treats its tiers alike. */
  readonly weights: Readonly<Record<number, number | null>>
}

export type PolicyDraft = {
  /** null: not saved yet. */
  readonly policyId: number | null
  readonly version: number | null
  readonly name: string
  readonly nameEn: string
  readonly rounding: Rounding
  readonly horizonDays: number | null
  /** Days that the rolling horizon looks ahead; null is off. */
  readonly rollingDays: number | null
  /** Short-dated packs only to units that use them before they expire. */
  readonly nearExpiry: boolean
  readonly rungs: readonly RungDraft[]
}

export const tiers = [1, 2, 3] as const
const defaultHorizonDays = 14
export const mostRungs = 30

let keys = 0
const newKey = () => ++keys

function rungDraft(rung: GivenRung): RungDraft {
  const { weightPercent } = rung
  return {
    key: newKey(),
    tiers: [...rung.tiers],
    days: rung.days,
    name: rung.name ?? '',
    nameEn: rung.nameEn ?? '',
    weights: Object.fromEntries(tiers.map((tier) => [tier, weightPercent?.[tier] ?? null])),
  }
}

export function draftOf(policy: PolicyRow): PolicyDraft {
  const { rungs, policyId, version, name, nameEn, rounding, horizonDays, rollingDays, nearExpiry } = policy
  const rest = { policyId, version, name, nameEn, rounding, horizonDays, rollingDays, nearExpiry }
  return { ...rest, rungs: rungs.map(rungDraft) }
}

export function copyOf(policy: PolicyDraft, name: string, nameEn: string): PolicyDraft {
  return { ...policy, policyId: null, version: null, name: name.slice(0, 60), nameEn: nameEn.slice(0, 60) }
}

/** Begins with the ladder that ships. */
export function newDraft(name: string): PolicyDraft {
  return {
    policyId: null,
    version: null,
    name,
    nameEn: '',
    rounding: 'runs-out-first',
    horizonDays: defaultHorizonDays,
    rollingDays: null,
    nearExpiry: false,
    rungs: defaultPolicy(defaultHorizonDays).map(rungDraft),
  }
}

export function addRung(draft: PolicyDraft): PolicyDraft {
  if (draft.rungs.length >= mostRungs) return draft
  const last = draft.rungs.at(-1)
  const rung: RungDraft = {
    key: newKey(),
    tiers: [...tiers],
    days: draft.horizonDays,
    name: '',
    nameEn: '',
    weights: last?.weights ?? { 1: null, 2: null, 3: null },
  }
  return { ...draft, rungs: [...draft.rungs, rung] }
}

export function removeRung(draft: PolicyDraft, index: number): PolicyDraft {
  return { ...draft, rungs: draft.rungs.filter((_, at) => at !== index) }
}

export function moveRung(draft: PolicyDraft, index: number, by: 1 | -1): PolicyDraft {
  const to = index + by
  if (to < 0 || to >= draft.rungs.length) return draft
  const rungs = [...draft.rungs]
  const [moved] = rungs.splice(index, 1)
  rungs.splice(to, 0, moved!)
  return { ...draft, rungs }
}

export function changeRung(draft: PolicyDraft, index: number, change: Partial<Omit<RungDraft, 'key'>>): PolicyDraft {
  return { ...draft, rungs: draft.rungs.map((rung, at) => (at === index ? { ...rung, ...change } : rung)) }
}

export function toggleTier(draft: PolicyDraft, index: number, tier: number): PolicyDraft {
  const rung = draft.rungs[index]
  if (!rung) return draft
  const has = rung.tiers.includes(tier)
  return changeRung(draft, index, {
    tiers: has ? rung.tiers.filter((one) => one !== tier) : [...rung.tiers, tier].sort((a, b) => a - b),
  })
}

/** Weights of the rung's own tiers, or none when none is given. */
export function weightsOf(rung: RungDraft): Readonly<Record<string, number>> | null {
  const given = rung.tiers.flatMap((tier) => {
    const weight = rung.weights[tier]
    return weight === null || weight === undefined ? [] : [[String(tier), weight] as const]
  })
  return given.length === 0 ? null : Object.fromEntries(given)
}

/** The fields as the contract takes them; what stands empty becomes 0, which core refuses with the line and field. */
export function fieldsOf(draft: PolicyDraft) {
  return {
    name: draft.name,
    nameEn: draft.nameEn,
    rounding: draft.rounding,
    horizonDays: draft.horizonDays ?? 0,
    rollingDays: draft.rollingDays,
    nearExpiry: draft.nearExpiry,
    rungs: draft.rungs.map((rung) => {
      const weightPercent = weightsOf(rung)
      const { tiers, name, nameEn } = rung
      return plainRung({ tiers, days: rung.days ?? 0, weightPercent: weightPercent ?? undefined, name, nameEn })
    }),
  }
}

/** What is wrong with the draft, by line (rung) and field; the same rules as the server's. */
export function problemsOf(draft: PolicyDraft): readonly Refusal[] {
  const decision = decidePolicy(fieldsOf(draft))
  return decision.ok ? [] : decision.refusals
}

/** Rungs as the engine takes them; null while the draft doesn't hold. */
export function rungsOfDraft(draft: PolicyDraft): readonly Rung[] | null {
  return problemsOf({ ...draft, name: draft.name || '-' }).length > 0 ? null : fieldsOf(draft).rungs
}

export function isChanged(draft: PolicyDraft, saved: PolicyRow | undefined): boolean {
  return saved === undefined || JSON.stringify(fieldsOf(draft)) !== JSON.stringify(fieldsOf(draftOf(saved)))
}
