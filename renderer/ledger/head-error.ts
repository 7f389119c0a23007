import type { Refusal } from '../../core/refusal.ts'
import { refusalSentence } from '../text/refusal.ts'
import type { Language } from '../text/text.ts'

/** What a refusal says of a field above the lines, or null. */
export function headError(refusals: readonly Refusal[], field: string, language: Language): string | null {
  const found = refusals.find((one) => one.line === null && one.field === field)
  return found === undefined ? null : refusalSentence(found, language)
}
