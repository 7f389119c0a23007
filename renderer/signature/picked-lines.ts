import { refusal } from '../../core/refusal.ts'
import type { CellEdit } from '../grid/cell-value.ts'
import { type CellProblem, type TypedCells, typedAt, wrongWholeNumber } from '../ledger/typed-cells.ts'
import { lineId, type SlipLine } from './signed-lines.ts'

export type Picked = { readonly line: number; readonly packs: number }

/** Packs written of each line that was touched, and what is wrong with the others. Fewer than planned is a short pick. */
export function readPicked(
  lines: readonly SlipLine[],
  typed: TypedCells,
): { readonly picked: readonly Picked[]; readonly problems: readonly CellProblem[] } {
  const picked: Picked[] = []
  const problems: CellProblem[] = []
  for (const line of lines) {
    const rowId = lineId(line)
    const value = typedAt(typed, rowId, 'picked')
    if (value === undefined || value === null || value === '') continue
    const wrong = wrongWholeNumber(value, line.line, 'packs')
    if (wrong !== null) problems.push({ rowId, columnId: 'picked', refusal: wrong })
    else if (Number(value) > line.packs) {
      const about = { item: line.itemName, min: 0, max: line.packs }
      const given = { line: line.line, field: 'packs', given: value, allowed: `0–${line.packs}`, about }
      problems.push({ rowId, columnId: 'picked', refusal: refusal('out-of-range', given) })
    } else picked.push({ line: line.line, packs: Number(value) })
  }
  return { picked, problems }
}

/** What fills every line that has no count yet, as planned. */
export function fillAsPlanned(
  lines: readonly SlipLine[],
  typed: TypedCells,
): Pick<CellEdit, 'rowId' | 'columnId' | 'after'>[] {
  return lines.flatMap((line) => {
    const value = typedAt(typed, lineId(line), 'picked')
    const isEmpty = value === undefined ? line.pickedPacks === null : value === null || value === ''
    return isEmpty ? [{ rowId: lineId(line), columnId: 'picked', after: line.packs }] : []
  })
}

/** Lines that still have to be picked. */
export const unpicked = (lines: readonly SlipLine[]): readonly SlipLine[] =>
  lines.filter(({ pickedPacks }) => pickedPacks === null)
