import { type CellValue, parseNumber, toHalfWidth } from '../grid/cell-value.ts'

const times = /[×xX*]/
const factor = /^\d{1,9}$/

/**
 * A count as people take it: `1,200`, or packs and loose pieces worked out as they stand, `3*50+12` or `3×50+12`.
 * Empty → null; anything else stays the text that was typed.
 */
export function readCount(text: string): CellValue {
  const plain = toHalfWidth(text).replaceAll(/\s/g, '')
  if (!/[×xX*+]/.test(plain)) return parseNumber(text)
  let sum = 0
  for (const part of plain.split('+')) {
    const factors = part.split(times)
    if (factors.length > 2 || !factors.every((one) => factor.test(one))) return text.trim()
    sum += factors.reduce((product, one) => product * Number(one), 1)
  }
  return sum
}
