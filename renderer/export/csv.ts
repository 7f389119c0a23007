import type { CellValue } from '../grid/cell-value.ts'
import type { Sheet } from './sheet.ts'

/**
 * A table as CSV for Excel and WPS: UTF-8 with a byte order mark (without it Excel reads Chinese as garbage), CRLF,
 * quotes where needed. A text that a spreadsheet would run as a formula gets an apostrophe in front; numbers stay numbers.
 */
export function csvBytes(rows: readonly (readonly CellValue[])[]): Uint8Array {
  const text = rows.map((row) => row.map(csvCell).join(',')).join('\r\n')
  return new TextEncoder().encode(`\ufeff${text}\r\n`)
}

/**
 * Full-width signs too: Excel in Chinese and Japanese takes `＝1+1` for a formula. A text that begins with an apostrophe
 * before such a sign gets another one, so that taking one away gives every text back (core/intake/delimited.ts).
 */
const formula = /^'*(?:\s*[=+\-@＝＋－＠]|[\t\r\n])/

/** Sheets below each other as CSV, each under its name where there are several. */
export function csvSheets(sheets: readonly Sheet[]): Uint8Array {
  const rows = sheets.flatMap((sheet, index): (readonly CellValue[])[] => [
    ...(sheets.length === 1 ? [] : [...(index === 0 ? [] : [[]]), [sheet.name]]),
    sheet.columns.map(({ header }) => header),
    ...sheet.rows.map((row) => row.map((cell, at) => csvValue(cell, sheet.columns[at]?.kind))),
  ])
  // Every row has as many fields, so that a reader sees the same columns from the first to the last.
  const widest = Math.max(0, ...sheets.map(({ columns }) => columns.length))
  return csvBytes(rows.map((row) => [...row, ...Array<CellValue>(widest - row.length).fill(null)]))
}

/** A share is read as one by its sign. */
const csvValue = (cell: CellValue, kind: Sheet['columns'][number]['kind'] | undefined): CellValue =>
  kind === 'percent' && typeof cell === 'number' ? `${Math.round(cell * 1000) / 10}%` : cell

function csvCell(cell: CellValue): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  const safe = formula.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe
}
