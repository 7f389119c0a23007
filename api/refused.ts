import type { Decision, Refusal } from '../core/refusal.ts'

/** Thrown inside a transaction to leave it undone and tell the user why. */
export class Refused extends Error {
  readonly refusals: readonly Refusal[]

  constructor(refusals: readonly Refusal[]) {
    super(`refused: ${refusals.map((one) => one.code).join(', ')}`)
    this.refusals = refusals
  }
}

export function refuse(...refusals: readonly Refusal[]): never {
  throw new Refused(refusals)
}

/** The decided value, or the end of the transaction with all its refusals. */
export function settle<T>(decision: Decision<T>): T {
  return decision.ok ? decision.value : refuse(...decision.refusals)
}
