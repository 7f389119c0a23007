import { defaultPatterns, matchNumber } from '../../core/numbering.ts'
import { toHalfWidth } from '../grid/cell-value.ts'

/** What a scanner may be set to send before a code, to say what kind it is. */
const symbology = /^\][A-Za-z]\d/

const plainOf = (code: string): string => toHalfWidth(code).replace(symbology, '').toUpperCase()

let patterns: readonly string[] = [defaultPatterns.slip]

/** Every pattern that slips have had, from the settings. */
export function knowSlipPatterns(known: readonly string[]): void {
  patterns = known
}

/** The number of a document that a scanned QR code says, or null when the code is something else. */
export function slipNumberOf(code: string): string | null {
  const plain = plainOf(code)
  return patterns.some((pattern) => matchNumber(pattern, plain) === 'whole') ? plain : null
}

/** Whether what has been scanned so far may become the number of a document. */
export function beginsSlipNumber(begun: string): boolean {
  if (/^\](?:[A-Za-z]\d?)?$/.test(begun)) return true
  const plain = plainOf(begun)
  return plain !== '' && patterns.some((pattern) => matchNumber(pattern, plain) !== 'neither')
}
