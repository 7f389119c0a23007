import { isCivilDate } from './civil-date.ts'
import { type Refusal, refusal } from './refusal.ts'

/** Documents that have a running number. `arrival` is the second half of a transfer, `variance` what a stocktake posts. */
export const numberedKinds = [
  'delivery',
  'round',
  'slip',
  'dispatch',
  'signature',
  'return',
  'supplier-return',
  'transfer',
  'arrival',
  'stocktake',
  'variance',
  'write-off',
  'correction',
] as const
export type NumberedKind = (typeof numberedKinds)[number]
export type NumberPatterns = { readonly [Kind in NumberedKind]: string }

export const defaultPatterns: NumberPatterns = {
  delivery: 'RK{yyyymmdd}-{nnn}',
  round: 'LC{yyyymmdd}-{nnn}',
  slip: 'DB{yyyymmdd}-{nnn}',
  dispatch: 'CK{yyyymmdd}-{nnn}',
  signature: 'QS{yyyymmdd}-{nnn}',
  return: 'TK{yyyymmdd}-{nnn}',
  'supplier-return': 'TH{yyyymmdd}-{nnn}',
  transfer: 'YK{yyyymmdd}-{nnn}',
  arrival: 'YR{yyyymmdd}-{nnn}',
  stocktake: 'PD{yyyymmdd}-{nnn}',
  variance: 'PC{yyyymmdd}-{nnn}',
  'write-off': 'BS{yyyymmdd}-{nnn}',
  correction: 'GZ{yyyymmdd}-{nnn}',
}

const longestPattern = 40
const dateTokens = /\{(yyyymmdd|yyyymm|yyyy|yy|mm|dd)\}/g
// Capitals, digits and signs that every scanner types as they are, since the number is also the slip's QR code. The
// running number stands last, set off by a sign: so a number can be taken apart in one way only.
const shape = /^(?=[A-Z])(?:[-/._A-Z0-9]|\{(?:yyyymmdd|yyyymm|yyyy|yy|mm|dd)\})*[-/._A-Z]\{n{1,8}\}$/

/** Whether a text is a pattern of document numbers, such as `DB{yyyymmdd}-{nnn}`. */
export const isNumberPattern = (pattern: string): boolean => pattern.length <= longestPattern && shape.test(pattern)

/** A pattern on a day: what stands before the running number, and how many digits that has at least. */
export function numberStem(pattern: string, day: string): { stem: string; digits: number } {
  if (!isNumberPattern(pattern)) throw new Error(`not a pattern of document numbers: ${JSON.stringify(pattern)}`)
  if (!isCivilDate(day)) throw new Error(`not a civil date: ${JSON.stringify(day)}`)
  const [yyyy, mm, dd] = day.split('-') as [string, string, string]
  const parts: Record<string, string> = { yyyy, mm, dd, yy: yyyy.slice(2), yyyymm: yyyy + mm, yyyymmdd: yyyy + mm + dd }
  const end = pattern.lastIndexOf('{')
  return {
    stem: pattern.slice(0, end).replace(dateTokens, (_, token: string) => parts[token]!),
    digits: pattern.length - end - 2,
  }
}

/**
 * What is wrong with a set of patterns, each refusal naming its kind as `numberPatterns.KIND`. Two kinds never share one:
 * a number says what it is the number of.
 */
export function checkPatterns(patterns: NumberPatterns): Refusal[] {
  const refusals: Refusal[] = []
  const stems = new Map<string, NumberedKind>()
  for (const kind of numberedKinds) {
    const given = patterns[kind]
    const field = `numberPatterns.${kind}`
    if (!isNumberPattern(given)) {
      refusals.push(refusal('number-pattern-invalid', { field, given, allowed: defaultPatterns[kind] }))
      continue
    }
    const stem = given.slice(0, given.lastIndexOf('{'))
    const other = stems.get(stem)
    if (other === undefined) stems.set(stem, kind)
    else refusals.push(refusal('number-pattern-taken', { field, given, allowed: defaultPatterns[kind] }))
  }
  return refusals
}

const tokenDigits: Readonly<Record<string, number>> = { yyyymmdd: 8, yyyymm: 6, yyyy: 4, yy: 2, mm: 2, dd: 2 }

/** Whether a text is a number of a pattern, or the beginning of one (as far as a scanner has come), or neither. */
export function matchNumber(pattern: string, text: string): 'whole' | 'begun' | 'neither' {
  const end = pattern.lastIndexOf('{')
  const least = pattern.length - end - 2
  // One sign each: # is any digit.
  const shapeOf = pattern.slice(0, end).replace(dateTokens, (_, token: string) => '#'.repeat(tokenDigits[token]!))
  for (let index = 0; index < text.length; index += 1) {
    const wanted = shapeOf[index] ?? '#'
    const sign = text[index]!
    if (wanted === '#' ? sign < '0' || sign > '9' : sign !== wanted) return 'neither'
  }
  return text.length >= shapeOf.length + least ? 'whole' : 'begun'
}
