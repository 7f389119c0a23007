import { toHalfWidth } from '../grid/cell-value.ts'

const pattern = /^DB\d{8}-\d{3,}$/

/** The number of a document that a scanned QR code says, or null when the code is something else. */
export function slipNumberOf(code: string): string | null {
  const plain = toHalfWidth(code).toUpperCase()
  return pattern.test(plain) ? plain : null
}
