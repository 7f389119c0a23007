import type { CellValue } from '../grid/cell-value.ts'

/**
 * A table as CSV for Excel and WPS: UTF-8 with a byte order mark (without it Excel reads Chinese as garbage), CRLF,
 * quotes where needed. A text that a spreadsheet would run as a formula gets an apostrophe in front; numbers stay numbers.
 */
export function csvBytes(rows: readonly (readonly CellValue[])[]): Uint8Array {
  const text = rows.map((row) => row.map(csvCell).join(',')).join('\r\n')
  return new TextEncoder().encode(`\ufeff${text}\r\n`)
}

/** Full-width signs too: Excel in Chinese and Japanese takes `＝1+1` for a formula. */
const formula = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/

function csvCell(cell: CellValue): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  const safe = formula.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe
}
