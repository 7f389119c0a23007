import { refusal } from '../../core/refusal.ts'
import { type CellAt, type CellProblem, type TypedCells, typedAt, wrongWholeNumber } from './typed-cells.ts'

export type SentRow = { readonly rowId: string; readonly sentBase: number; readonly item: string }
export type ReceivedLine = CellAt & { readonly receivedBase: number }

/**
 * What was counted on arrival. A row that was not touched came whole; a zero is a count. Only rows that differ, and what
 * is wrong with the others.
 * @param canExceed more than was sent can only be a miscount, which a signature may say and a transfer may not.
 */
export function readReceived(
  rows: readonly SentRow[],
  typed: TypedCells,
  canExceed: boolean,
): { readonly lines: readonly ReceivedLine[]; readonly problems: readonly CellProblem[] } {
  const lines: ReceivedLine[] = []
  const problems: CellProblem[] = []
  const columnId = 'received'
  for (const [index, { rowId, sentBase, item }] of rows.entries()) {
    const value = typedAt(typed, rowId, columnId)
    if (value === undefined || value === null || value === '') continue
    const field = 'receivedBase'
    const wrong = wrongWholeNumber(value, index + 1, field)
    if (wrong !== null) problems.push({ rowId, columnId, refusal: wrong })
    else if (Number(value) > sentBase && !canExceed) {
      const about = { item, min: 0, max: sentBase }
      const given = { line: index + 1, field, given: value, allowed: `0–${sentBase}`, about }
      problems.push({ rowId, columnId, refusal: refusal('out-of-range', given) })
    } else if (value !== sentBase) lines.push({ rowId, columnId, receivedBase: Number(value) })
  }
  return { lines, problems }
}
