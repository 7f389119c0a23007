import { type Refusal, refusal } from '../../core/refusal.ts'
import type { CellEdit, CellValue } from '../grid/cell-value.ts'

/**
 * What was typed over the rows of a form's grid, by row and column, until the whole form is sent. A cell that isn't here
 * was not touched. Pure state: the form decides what a cell means.
 */
export type TypedCells = ReadonlyMap<string, Readonly<Record<string, CellValue>>>
export const noTypedCells: TypedCells = new Map()

export type CellAt = { readonly rowId: string; readonly columnId: string }
export type CellProblem = CellAt & { readonly refusal: Refusal }

export function typeInto(
  typed: TypedCells,
  edits: readonly Pick<CellEdit, 'rowId' | 'columnId' | 'after'>[],
): TypedCells {
  const next = new Map(typed)
  for (const { rowId, columnId, after } of edits) next.set(rowId, { ...next.get(rowId), [columnId]: after })
  return next
}

/** undefined: not touched. null or '': emptied. */
export function typedAt(typed: TypedCells, rowId: string, columnId: string): CellValue | undefined {
  return typed.get(rowId)?.[columnId]
}

const isNothing = (value: CellValue | undefined): boolean => value === undefined || value === null || value === ''

export type AmountRow = {
  readonly rowId: string
  /** No more than this may be taken of the row, in all its columns together. */
  readonly mostBase: number
  readonly item: string
  readonly lot: string
}

/** A line to be sent, and the cell that it came from. */
export type AmountLine = CellAt & { readonly amount: number }

/**
 * The whole positive amounts that stand in `columns`, row by row, and what is wrong with the others. Nothing and zero
 * are no line. The line numbers of the refusals are those of the rows.
 */
export function readAmounts(
  rows: readonly AmountRow[],
  columns: readonly string[],
  typed: TypedCells,
  field = 'quantityBase',
): { readonly lines: readonly AmountLine[]; readonly problems: readonly CellProblem[] } {
  const lines: AmountLine[] = []
  const problems: CellProblem[] = []
  for (const [index, row] of rows.entries()) {
    let taken = 0
    for (const columnId of columns) {
      const value = typedAt(typed, row.rowId, columnId)
      if (isNothing(value) || value === 0) continue
      const at = { rowId: row.rowId, columnId }
      const wrong = wrongWholeNumber(value, index + 1, field)
      if (wrong !== null) {
        problems.push({ ...at, refusal: wrong })
        continue
      }
      taken += Number(value)
      if (taken > row.mostBase) {
        const about = { item: row.item, lot: row.lot }
        const given = { line: index + 1, field, given: taken, allowed: row.mostBase, about }
        problems.push({ ...at, refusal: refusal('not-enough-stock', given) })
      } else lines.push({ ...at, amount: Number(value) })
    }
  }
  return { lines, problems }
}

/** Why a value that should be a whole number from 0 on is none, or null. */
export function wrongWholeNumber(value: CellValue | undefined, line: number, field: string): Refusal | null {
  if (isNothing(value)) return null
  if (typeof value !== 'number') return refusal('number-expected', { line, field, given: value ?? null })
  if (!Number.isInteger(value)) return refusal('whole-number-expected', { line, field, given: value })
  if (value < 0) return refusal('out-of-range', { line, field, given: value, allowed: '≥ 0' })
  return null
}

/** A refusal of the API, with what stood in its cell then: a cell that was changed since is not blamed any more. */
export type Answered = { readonly refusal: Refusal; readonly at: CellAt | null; readonly value: CellValue | undefined }

/** @param cells of the lines in the order in which they were sent. */
export function answeredBy(refusals: readonly Refusal[], cells: readonly CellAt[], typed: TypedCells): Answered[] {
  return refusals.map((one) => {
    const cell = one.line === null ? undefined : cells[one.line - 1]
    if (!cell) return { refusal: one, at: null, value: undefined }
    // A refusal about the reason of a line stands where the reason is.
    const at = { rowId: cell.rowId, columnId: one.field === 'reason' ? 'reason' : cell.columnId }
    return { refusal: one, at, value: typedAt(typed, at.rowId, at.columnId) }
  })
}

export function stillStands({ at, value }: Answered, typed: TypedCells): boolean {
  return at === null || typedAt(typed, at.rowId, at.columnId) === value
}

/** What stands at a cell: seen here first, then what the API said of it. */
export function problemAt(
  rowId: string,
  columnId: string,
  seen: readonly CellProblem[],
  answered: readonly Answered[],
  typed: TypedCells,
): Refusal | null {
  const here = seen.find((one) => one.rowId === rowId && one.columnId === columnId)
  if (here) return here.refusal
  const said = answered.find(
    (one) => one.at?.rowId === rowId && one.at.columnId === columnId && stillStands(one, typed),
  )
  return said?.refusal ?? null
}

/** A row with what was typed over it: the same object as long as neither changes, so that a grid draws it once. */
export type TypedRow<Row> = {
  readonly rowId: string
  readonly row: Row
  readonly cells: Readonly<Record<string, CellValue>>
}

const untouched: Readonly<Record<string, CellValue>> = {}

export function overlayTyped<Row>(
  rows: readonly Row[],
  rowIdOf: (row: Row) => string,
  typed: TypedCells,
  before: readonly TypedRow<Row>[],
): TypedRow<Row>[] {
  const known = new Map(before.map((one) => [one.rowId, one]))
  return rows.map((row) => {
    const rowId = rowIdOf(row)
    const cells = typed.get(rowId) ?? untouched
    const same = known.get(rowId)
    return same && same.row === row && same.cells === cells ? same : { rowId, row, cells }
  })
}
