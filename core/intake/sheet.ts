import type { Reason } from './reasons.ts'

/**
 * What a file, a paste or a message is before anybody knows what it means: sheets of rows of cells. Rows that hold
 * nothing are left out, so each row carries the number it has in the file (1 is the first).
 */

/** Text as it stands in the file, a number, or nothing. A cell formatted as a date arrives as `YYYY-MM-DD` text. */
export type Cell = string | number | null

export interface SheetRow {
  /** 1-based, as the spreadsheet shows it. */
  readonly number: number
  readonly cells: readonly Cell[]
  /** What was doubtful already when a sentence was made a row. */
  readonly doubts?: readonly Reason[]
}

/** A merged range, 1-based and inclusive. */
export interface Merge {
  readonly top: number
  readonly left: number
  readonly bottom: number
  readonly right: number
}

export interface Sheet {
  readonly name: string
  readonly rows: readonly SheetRow[]
  readonly merges: readonly Merge[]
  /** The year Excel counts days from in this workbook; 1904 in files that began on an old Mac. */
  readonly epoch: 1900 | 1904
  /** Lines of a message in which nothing was found, to be shown as left out. */
  readonly unread?: readonly { readonly row: number; readonly text: string }[]
}

/** A sheet from rows without gaps, such as those of a CSV file or a pasted block. */
export function sheetOf(name: string, rows: readonly (readonly Cell[])[]): Sheet {
  const kept: SheetRow[] = []
  for (let index = 0; index < rows.length; index += 1) {
    const cells = rows[index]!
    if (cells.some((cell) => !isBlank(cell))) kept.push({ number: index + 1, cells })
  }
  return { name, rows: kept, merges: [], epoch: 1900 }
}

/**
 * Writes the value of each merged range into its first column on every row it covers, which is what a merged sender or item means.
 * Only the first column: a title merged over eight columns must not become eight cells of text.
 * Returns the sheet itself when it has no merge that runs down.
 */
export function spreadMerges(sheet: Sheet): Sheet {
  const down = sheet.merges.filter((merge) => merge.bottom > merge.top && merge.bottom - merge.top < 100_000)
  if (down.length === 0) return sheet
  const byNumber = new Map(sheet.rows.map((row, index) => [row.number, index]))
  const rows: (SheetRow | { number: number; cells: Cell[] })[] = [...sheet.rows]
  const copied = new Set<number>()
  for (const merge of down) {
    const topIndex = byNumber.get(merge.top)
    if (topIndex === undefined) continue
    const value = rows[topIndex]!.cells[merge.left - 1] ?? null
    if (value === null || value === '') continue
    // Only rows that exist are filled: a merge that runs on past the last row makes no new lines.
    for (let number = merge.top + 1; number <= merge.bottom; number += 1) {
      const index = byNumber.get(number)
      if (index === undefined) continue
      const cells = copied.has(index) ? (rows[index]!.cells as Cell[]) : [...rows[index]!.cells]
      while (cells.length < merge.left) cells.push(null)
      if (cells[merge.left - 1] === null || cells[merge.left - 1] === '') cells[merge.left - 1] = value
      rows[index] = { number, cells }
      copied.add(index)
    }
  }
  return { ...sheet, rows }
}

export function isBlank(cell: Cell | undefined): boolean {
  return cell === null || cell === undefined || cell === '' || (typeof cell === 'string' && cell.trim() === '')
}
