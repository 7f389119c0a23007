import type { Ladder } from './order.ts'
import type { Group, Prepared } from './prepare.ts'
import type { Line, Plan } from './problem.ts'
import type { FailureKind } from './verify-failure.ts'

/** A plan's lines of one group, in the order of the group's columns, with what the checks share. */
export type Checked = {
  readonly prepared: Prepared
  readonly plan: Plan
  readonly group: Group
  readonly lines: readonly Line[]
  readonly packs: Float64Array
  readonly quantityBase: Float64Array
  /** For one pack size, that size; for several, 1. */
  readonly ladder: Ladder
  readonly isExact: boolean
  readonly fail: (kind: FailureKind, where: string, given?: unknown, expected?: unknown) => void
}

export function isPackCount(packs: unknown): packs is number {
  return typeof packs === 'number' && Number.isSafeInteger(packs) && packs >= 0
}
