import { normaliseGtin, parseGs1 } from '../../core/gs1.ts'
import { ownCodeOf } from '../../core/label.ts'
import { toHalfWidth } from '../grid/cell-value.ts'
import type { SheetLine } from './count-sheet.ts'

/** Which codes mean which item, as scanners and lists have taught the program. */
export type KnownCode = { readonly code: string; readonly itemId: number }

/**
 * The lines that a scanned code means: a GS1 code by its lot, and by its item where the GTIN is known; any other code as
 * the number of a lot, else as the code of an item.
 */
export function findScanned(
  code: string,
  lines: readonly SheetLine[],
  known: readonly KnownCode[],
  today: string,
): readonly SheetLine[] {
  const plain = toHalfWidth(code)
  const read = parseGs1(plain, today)
  if (!read.ok) {
    const byLot = lines.filter((line) => isSame(line.lot, plain))
    if (byLot.length > 0) return byLot
    const itemId = known.find((one) => one.code === plain)?.itemId
    return lines.filter((line) => line.itemId === itemId || isSame(line.itemCode, plain))
  }
  const { gtin, lot } = read.data
  const own = gtin === null ? ownCodeOf(read.data.other) : null
  const wanted = gtin ?? own
  const itemId = known.find((one) => (normaliseGtin(one.code) ?? one.code) === wanted)?.itemId
  if (lot === null && itemId === undefined && own === null) return []
  const isItem = (line: SheetLine) =>
    itemId === undefined ? own === null || isSame(line.itemCode, own) : line.itemId === itemId
  return lines.filter((line) => (lot === null || isSame(line.lot, lot)) && isItem(line))
}

const isSame = (left: string, right: string): boolean => left.toLowerCase() === right.toLowerCase()
