import type { CellEdit, CellValue } from './cell-value.ts'
import { type GridColumn, isEditable, parseTyped } from './column.ts'

/** What lies under a paste: the displayed rows from the focused one on, and the displayed columns likewise. */
export type PasteTarget<Row> = {
  readonly rows: readonly { readonly id: string; readonly row: Row }[]
  readonly columns: readonly GridColumn<Row>[]
}

/**
 * Lays a block of clipboard cells over the target. One cell copied stays one cell. Cells that can't be edited are
 * stepped over, so that a block keeps its columns.
 * @returns the edits that change something, and how many rows of the block found no row.
 */
export function pasteEdits<Row>(
  block: readonly (readonly string[])[],
  target: PasteTarget<Row>,
): { edits: CellEdit[]; rowsLeft: number } {
  const edits: CellEdit[] = []
  for (const [down, cells] of block.entries()) {
    const under = target.rows[down]
    if (!under) return { edits, rowsLeft: block.length - down }
    for (const [across, cell] of cells.entries()) {
      const column = target.columns[across]
      if (!column || !isEditable(column, under.row)) continue
      const edit = editOf(column, under.id, under.row, parseTyped(column, cell, under.row))
      if (edit) edits.push(edit)
    }
  }
  return { edits, rowsLeft: 0 }
}

/** An edit of one cell, or null when it would change nothing. Null and empty text are the same emptiness. */
export function editOf<Row>(column: GridColumn<Row>, rowId: string, row: Row, after: CellValue): CellEdit | null {
  const before = column.value(row)
  if (before === after || (isEmpty(before) && isEmpty(after))) return null
  return { rowId, columnId: column.id, before, after }
}

const isEmpty = (value: CellValue) => value === null || value === ''
