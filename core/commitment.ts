import { Checks, largestQuantity } from './checks.ts'
import type { Decision } from './refusal.ts'

export type CommitmentFields = { readonly quantityBase: number; readonly dueOn: string; readonly note: string }

export function decideCommitment(given: CommitmentFields): Decision<CommitmentFields> {
  const checks = new Checks()
  return checks.decide({
    quantityBase: checks.whole('quantityBase', given.quantityBase, 1, largestQuantity),
    dueOn: checks.date('dueOn', given.dueOn),
    note: checks.text('note', given.note, { longest: 500 }),
  })
}

/**
 * Which open commitments `acceptedBase` pieces fulfil: the oldest due first, none beyond what it still owes. What is
 * over belongs to no commitment. `open` is sorted by due date, then id.
 */
export function fulfilOldestFirst(
  acceptedBase: number,
  open: readonly { readonly commitmentId: number; readonly outstandingBase: number }[],
): { commitmentId: number; quantityBase: number }[] {
  const fulfilled: { commitmentId: number; quantityBase: number }[] = []
  let left = acceptedBase
  for (const { commitmentId, outstandingBase } of open) {
    const quantityBase = Math.min(left, outstandingBase)
    if (quantityBase <= 0) continue
    fulfilled.push({ commitmentId, quantityBase })
    left -= quantityBase
  }
  return fulfilled
}
