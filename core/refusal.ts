/**
 * A refusal: something the user asked for that the rules do not allow, which the user can put right. Core returns it,
 * the API passes it on unchanged, the screen turns it into words (renderer/text/refusal.ts has a sentence for every
 * code in both languages, kept complete by test/tidy.test.ts).
 */
export const refusalCodes = [
  // shape and identity
  'malformed',
  'request-reused',
  'not-found',
  'archived',
  'code-taken',
  'alias-taken',
  'unit-in-use',
  'changed-meanwhile',
  'not-allowed',
  // fields
  'required',
  'too-long',
  'number-expected',
  'whole-number-expected',
  'text-expected',
  'yes-no-expected',
  'list-expected',
  'fields-expected',
  'unknown-field',
  'format-invalid',
  'too-many',
  'too-few',
  'out-of-range',
  'date-invalid',
  'date-in-future',
  'expiry-before-production',
  'expired',
  'used-days-missing',
  // delivery
  'no-lines',
  'stopped',
  'lines-missing',
  'note-number-used',
  'accepted-and-rejected-exceed-counted',
  'reject-reason-missing',
  'lot-differs',
  'standard-below-item',
  // stock
  'not-enough-stock',
  // allocation
  'plan-inputs-changed',
  'pins-exceed-supply',
  'nothing-allocated',
  'round-not-open',
  'slip-not-open',
  'policy-in-use',
  'policy-invalid',
  'in-use',
  // holds, corrections, stocktakes
  'lot-on-hold',
  'already-closed',
  'already-gone',
  'not-correctable',
  'same-place',
  'lot-several',
  'stock-changed',
  'stocktake-not-open',
  'nothing-to-post',
  'reason-missing',
  // settings
  'number-pattern-invalid',
  'number-pattern-taken',
  // backups
  'folder-not-usable',
  'backup-not-usable',
] as const
export type RefusalCode = (typeof refusalCodes)[number]

export type Refusal = {
  readonly code: RefusalCode
  /** 1-based line of the document, or null when it is about the whole. */
  readonly line: number | null
  /** Name of the field in the contract, or null. */
  readonly field: string | null
  readonly given: string | number | null
  readonly allowed: string | number | null
  /** Whatever else the sentence names (item, unit, number of a document …). */
  readonly about: { readonly [name: string]: string | number }
}

export function refusal(code: RefusalCode, rest: Partial<Omit<Refusal, 'code'>> = {}): Refusal {
  return { code, line: null, field: null, given: null, allowed: null, about: {}, ...rest }
}

/** What core's decisions return: a value, or all the refusals at once so that the user can put them right in one go. */
export type Decision<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusals: readonly Refusal[] }

export const decided = <T>(value: T): Decision<T> => ({ ok: true, value })
export const refused = (...refusals: readonly Refusal[]): Decision<never> => ({ ok: false, refusals })

/** For the end of an exhaustive switch: a case that the types say cannot be. */
export function assertNever(value: never): never {
  throw new Error(`unexpected value ${JSON.stringify(value)}`)
}
