export type CsvCell = string | number | null

/**
 * A table as CSV for Excel and WPS: UTF-8 with a byte order mark, CRLF, quotes where needed. A text that a spreadsheet
 * would run as a formula gets an apostrophe in front; numbers stay numbers.
 */
export function csvBytes(rows: readonly (readonly CsvCell[])[]): Uint8Array {
  const text = rows.map((row) => row.map(csvCell).join(',')).join('\r\n')
  return new TextEncoder().encode(`\ufeff${text}\r\n`)
}

function csvCell(cell: CsvCell): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
