import { z } from 'zod'
import { type Cell, isBlank, type Merge, type Sheet, type SheetRow } from '../../core/intake/sheet.ts'

/** A row of a sheet. */
export type SourceRow = { readonly sheet: string; readonly row: number }

const savedSheets = z.array(
  z.object({
    name: z.string(),
    epoch: z.union([z.literal(1900), z.literal(1904)]),
    merges: z.array(z.tuple([z.int(), z.int(), z.int(), z.int()])),
    /** The row's number, then its cells. */
    rows: z.array(z.tuple([z.int()], z.union([z.string(), z.number(), z.null()]))),
  }),
)

/**
 * The cells of a list as text, to be read again another day with other columns: all of them, or where that is longer than
 * `most` what is left when rows that are `gone` (taken into the books) are left out. Null when that is too long as well.
 */
export function writeSheets(sheets: readonly Sheet[], gone: readonly SourceRow[], most: number): string | null {
  const whole = textOf(sheets, most)
  if (whole !== null || gone.length === 0) return whole
  const rows = new Map<string, Set<number>>()
  for (const { sheet, row } of gone) {
    const known = rows.get(sheet) ?? new Set()
    rows.set(sheet, known.add(row))
  }
  return textOf(
    sheets.map((sheet) => withoutRows(sheet, rows.get(sheet.name) ?? new Set())),
    most,
  )
}

/** Null when the text is no such sheets. */
export function readSheetsText(text: string): Sheet[] | null {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return null
  }
  const read = savedSheets.safeParse(json)
  if (!read.success) return null
  return read.data.map(({ name, epoch, merges, rows }) => ({
    name,
    epoch,
    merges: merges.map(([top, left, bottom, right]): Merge => ({ top, left, bottom, right })),
    rows: rows.map(([number, ...cells]): SheetRow => ({ number, cells })),
  }))
}

/** Row by row, so that a list which is far too long is not written to its end first. */
function textOf(sheets: readonly Sheet[], most: number): string | null {
  const parts: string[] = []
  let length = 2
  for (const { name, epoch, merges, rows } of sheets) {
    const head = JSON.stringify({
      name,
      epoch,
      merges: merges.map(({ top, left, bottom, right }) => [top, left, bottom, right]),
    })
    const lines: string[] = []
    length += head.length + 12
    for (const { number, cells } of rows) {
      const line = JSON.stringify([number, ...filled(cells)])
      length += line.length + 1
      if (length > most) return null
      lines.push(line)
    }
    parts.push(`${head.slice(0, -1)},"rows":[${lines.join(',')}]}`)
  }
  return length > most ? null : `[${parts.join(',')}]`
}

function filled(cells: readonly Cell[]): readonly Cell[] {
  let end = cells.length
  while (end > 0 && isBlank(cells[end - 1])) end -= 1
  return cells.slice(0, end)
}

/**
 * Blank cells often mean “as above”, and a merged cell stands in its first row: of the rows left out those stay that the
 * others lean on.
 */
function withoutRows(sheet: Sheet, gone: ReadonlySet<number>): Sheet {
  const needed = new Set<number>()
  const above: number[] = []
  for (const { number, cells } of sheet.rows) {
    for (let column = 0; column < Math.max(cells.length, above.length); column += 1) {
      if (!isBlank(cells[column])) above[column] = number
      else if (!gone.has(number) && above[column] !== undefined) needed.add(above[column]!)
    }
  }
  for (const { top, bottom } of sheet.merges)
    for (let number = top + 1; number <= Math.min(bottom, top + 100_000); number += 1)
      if (!gone.has(number)) {
        needed.add(top)
        break
      }
  return { ...sheet, rows: sheet.rows.filter(({ number }) => !gone.has(number) || needed.has(number)) }
}
