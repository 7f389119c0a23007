import type { Cell, SheetData } from 'write-excel-file/browser'
import type { CellValue } from '../grid/cell-value.ts'
import type { Sheet } from './sheet.ts'

type Column = Sheet['columns'][number]

const civilDate = /^(\d{4})-(\d{2})-(\d{2})$/

/**
 * Cells of the workbook: numbers as numbers, civil dates as dates, all else as text, which is never run as a formula.
 * A date stands at midnight UTC, because a spreadsheet's date has no time zone.
 */
export function xlsxData(sheet: Sheet): SheetData {
  const head = sheet.columns.map(
    (column): Cell => ({
      value: column.header,
      type: String,
      fontWeight: 'bold',
      wrap: true,
      align: column.kind === 'number' ? 'right' : 'left',
      backgroundColor: '#EEEEEE',
    }),
  )
  return [head, ...sheet.rows.map((row) => row.map((value, index) => xlsxCell(value, sheet.columns[index]!)))]
}

function formatOf(value: number, column: Column): string {
  if (column.kind === 'percent') return Math.round(value * 1000) % 10 === 0 ? '0%' : '0.0%'
  return Number.isInteger(value) ? '#,##0' : '#,##0.###'
}

function xlsxCell(value: CellValue, column: Column): Cell {
  if (value === null || value === '') return null
  if (typeof value === 'number') {
    return { value, type: Number, format: formatOf(value, column), align: 'right' }
  }
  const found = column.kind === 'date' ? civilDate.exec(value) : null
  if (found === null) return { value, type: String }
  return { value: new Date(`${value}T00:00:00Z`), type: Date, format: 'yyyy-mm-dd' }
}

/** Characters of the widest cell of a column; a Chinese one takes two. From 8 to 48, so that nothing is ### or endless. */
export function columnWidths(sheet: Sheet): number[] {
  return sheet.columns.map((column, index) => {
    let widest = textWidth(column.header)
    for (const row of sheet.rows) {
      const value = row[index] ?? null
      if (value === null) continue
      widest = Math.max(widest, typeof value === 'number' ? Math.ceil(String(value).length * 1.34) : textWidth(value))
    }
    return Math.min(48, Math.max(8, widest + 2))
  })
}

const textWidth = (text: string): number =>
  [...text].reduce((width, sign) => width + (sign.codePointAt(0)! > 0x2e7f ? 2 : 1), 0)

/** A worksheet's name: at most 31 characters, none of `\ / ? * [ ] :`. */
export const sheetName = (name: string): string =>
  name
    .replace(/[\\/?*[\]:]+/g, ' ')
    .trim()
    .slice(0, 31) || 'Sheet1'

/** Names of worksheets must differ; the second of a name gets a 2. */
export function sheetNames(sheets: readonly Sheet[]): string[] {
  const names: string[] = []
  for (const sheet of sheets) {
    const name = sheetName(sheet.name)
    let free = name
    for (let count = 2; names.some((known) => known.toLowerCase() === free.toLowerCase()); count++) {
      free = `${name.slice(0, 28)} ${count}`
    }
    names.push(free)
  }
  return names
}

/** The workbook's bytes, a worksheet for each sheet. The writer is loaded when it is first needed. */
export async function xlsxBytes(...sheets: readonly Sheet[]): Promise<Uint8Array> {
  const { default: writeExcelFile } = await import('write-excel-file/browser')
  const names = sheetNames(sheets)
  const blob = await writeExcelFile(
    sheets.map((sheet, index) => ({
      data: xlsxData(sheet),
      sheet: names[index]!,
      columns: columnWidths(sheet).map((width) => ({ width })),
      stickyRowsCount: 1,
    })),
  ).toBlob()
  return new Uint8Array(await blob.arrayBuffer())
}
