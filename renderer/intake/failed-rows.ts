import { tableOfFailedRows } from '../../core/intake/draft-rows.ts'
import type { Cell } from '../../core/intake/sheet.ts'
import type { Language } from '../text/text.ts'
import { type ListRow, missingAt, statusOf } from './list-rows.ts'
import type { TargetKind } from './target.ts'

/**
 * Rows that can't be taken yet with their reasons, as a file that is corrected in a spreadsheet and read again: UTF-8
 * with its mark, so that Excel opens it in the right encoding.
 */
export function failedRowsFile(
  rows: readonly ListRow[],
  target: TargetKind,
  language: Language,
  placeMissing: (row: ListRow) => string,
): Uint8Array {
  const failed = rows.filter((row) => statusOf(row, target) !== 'sure')
  const [headings, ...cells] = tableOfFailedRows(
    // A row that only lacks its unit is sure to the reading.
    failed.map(({ row }) => (row.status === 'sure' ? { ...row, status: 'wrong' as const } : row)),
    language,
  )
  const lines = cells.map((line, index) => {
    if (missingAt(failed[index]!, 'place', target) === null) return line
    const reasons = String(line[line.length - 1] ?? '')
    return [...line.slice(0, -1), [placeMissing(failed[index]!), reasons].filter((one) => one !== '').join('; ')]
  })
  return new TextEncoder().encode(`\ufeff${[headings!, ...lines].map(csvLine).join('\r\n')}\r\n`)
}

const csvLine = (cells: readonly Cell[]): string => cells.map(csvCell).join(',')

/** Text that a spreadsheet would run as a formula gets an apostrophe before it; numbers stay numbers. */
export function csvCell(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
