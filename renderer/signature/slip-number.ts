import { toHalfWidth } from '../grid/cell-value.ts'

const pattern = /^DB\d{8}-\d{3,}$/
const prefix = /^(?:D|DB\d{0,8}|DB\d{8}-\d*)$/
/** What a scanner may be set to send before a code, to say what kind it is. */
const symbology = /^\][A-Za-z]\d/

const plainOf = (code: string): string => toHalfWidth(code).replace(symbology, '').toUpperCase()

/** The number of a document that a scanned QR code says, or null when the code is something else. */
export function slipNumberOf(code: string): string | null {
  const plain = plainOf(code)
  return pattern.test(plain) ? plain : null
}

/** Whether what has been scanned so far may become the number of a document. */
export const beginsSlipNumber = (begun: string): boolean =>
  /^\](?:[A-Za-z]\d?)?$/.test(begun) || prefix.test(plainOf(begun))
