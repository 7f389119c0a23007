import type { PolicyRow } from '../../api/contract/round.ts'
import { fitRungs, plainRung } from '../../core/policy.ts'
import type { Refusal } from '../../core/refusal.ts'
import { supplyPacks } from '../../core/round.ts'
import { api, client, type Fault, newRequestId, type Outcome, outcomeOf, queryClient, sendCommand } from '../query.ts'
import { adjustRungs } from './adjustment.ts'
import { type ChangedInputs, changedInputs } from './changed-inputs.ts'
import { choiceOf, horizonOf, isOwnLadder, type OpenRound, problemOf, type RoundInputs } from './round-model.ts'
import { readInputs } from './use-round.ts'

export type ApproveOutcome =
  | { readonly kind: 'approved'; readonly roundId: number }
  /** Nothing was reserved: the plan rests on what is no longer so. The inputs are those of now. */
  | {
      readonly kind: 'changed'
      readonly changes: ChangedInputs
      readonly inputs: RoundInputs
      readonly policy: PolicyRow
    }
  /** `policy` is the one that holds now: the new one where it was saved before the approval failed. */
  | {
      readonly kind: 'failed'
      readonly refusals: readonly Refusal[]
      readonly fault: Fault | null
      readonly policy: PolicyRow
    }

/** One intention to approve: its ids stay while it is sent again after a lost connection. */
export type ApproveIntention = { readonly requestId: string; readonly policyRequestId: string }

export function newIntention(): ApproveIntention {
  return { requestId: newRequestId(), policyRequestId: newRequestId() }
}

/**
 * Approves the plan on the screen. A ladder that the sliders changed is saved first, as a policy of its own. Then the
 * problem is read afresh: when it is the one that was planned, the server is told to approve it; otherwise nothing is.
 */
export async function approveRound(
  round: OpenRound,
  policy: PolicyRow,
  policyName: string,
  note: string,
  intention: ApproveIntention,
): Promise<ApproveOutcome> {
  let used = policy
  if (isOwnLadder(round.inputs, round.work)) {
    const saved = await saveLadder(round, policy, policyName, intention.policyRequestId)
    if (!saved.ok) return { kind: 'failed', refusals: saved.refusals, fault: saved.fault, policy }
    used = saved.value
  }
  const choice = { ...choiceOf(round), policyId: used.policyId }
  const tiers = new Map(round.inputs.units.map((unit) => [unit.unitId, unit.tier]))
  try {
    const inputs = await readInputs(choice, used, (unitId) => tiers.get(unitId) ?? 3)
    const planned = problemOf(round.inputs, { ...round.work, pins: new Map() })
    const changes = changedInputs(planned, inputs.problem)
    if (changes) return { kind: 'changed', changes, inputs, policy: used }
    const outcome = await sendCommand(client.round.approve, {
      requestId: intention.requestId,
      choice,
      pins: pinsOf(round),
      problemHash: inputs.problemHash,
      supply: inputs.problem.items.map((item) => ({
        itemId: inputs.items.find((one) => one.code === item.item)!.itemId,
        packs: supplyPacks(item, inputs.problem.date),
      })),
      note,
    })
    if (outcome.ok) return { kind: 'approved', roundId: outcome.value.head.roundId }
    if (!outcome.refusals.some((refusal) => refusal.code === 'plan-inputs-changed')) {
      return { kind: 'failed', refusals: outcome.refusals, fault: outcome.fault, policy: used }
    }
    // It changed between reading and approving: say what, on what is there now.
    const now = await readInputs(choice, used, (unitId) => tiers.get(unitId) ?? 3)
    const since = changedInputs(planned, now.problem) ?? { supply: [], needs: [], rule: true }
    return { kind: 'changed', changes: since, inputs: now, policy: used }
  } catch (error) {
    return { kind: 'failed', ...outcomeOf(error), policy: used }
  }
}

function pinsOf({ inputs, work }: OpenRound) {
  const unitIds = new Map(inputs.units.map((unit) => [unit.code, unit.unitId]))
  const itemIds = new Map(inputs.items.map((item) => [item.code, item.itemId]))
  const pins: { unitId: number; itemId: number; packs: number }[] = []
  for (const [item, mine] of work.pins) {
    for (const [unit, packs] of mine) pins.push({ unitId: unitIds.get(unit)!, itemId: itemIds.get(item)!, packs })
  }
  return pins
}

async function saveLadder(
  round: OpenRound,
  policy: PolicyRow,
  name: string,
  requestId: string,
): Promise<Outcome<PolicyRow>> {
  const horizonDays = horizonOf(round.inputs, round.work)
  const longer = Math.max(horizonDays, policy.horizonDays)
  const rungs = fitRungs(adjustRungs(round.inputs.policy.rungs, round.work.adjustment), policy.horizonDays, longer)
  const outcome = await sendCommand(client.policy.save, {
    requestId,
    policyId: null,
    version: null,
    name,
    nameEn: '',
    rounding: policy.rounding,
    horizonDays: longer,
    rollingDays: policy.rollingDays,
    nearExpiry: policy.nearExpiry,
    rungs: rungs.map(plainRung),
  })
  if (outcome.ok) await queryClient.invalidateQueries({ queryKey: api.policy.key() })
  return outcome
}
