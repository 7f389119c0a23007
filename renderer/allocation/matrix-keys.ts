import type { CellPosition, GridApi, SuppressKeyboardEventParams } from 'ag-grid-community'
import type { GridRow } from './matrix-cell.ts'
import { type MatrixRange, type Place, rangeAt } from './matrix-range.ts'

/** What a key asks of the matrix; null where it is AG Grid's or the screen's. */
export type MatrixKey = 'undo' | 'redo' | 'unpin' | 'fill-down' | 'mark-all' | 'toggle' | 'unmark'

/** The command of a key pressed on a cell that is not being edited. */
export function matrixKey(event: KeyboardEvent, row: GridRow | undefined, hasRange: boolean): MatrixKey | null {
  const command = event.ctrlKey || event.metaKey
  const key = event.key.toLowerCase()
  if (command && !event.altKey) {
    if (key === 'z') return event.shiftKey ? 'redo' : 'undo'
    if (key === 'y') return 'redo'
    if (key === 'd') return 'fill-down'
    if (key === 'a') return 'mark-all'
    return null
  }
  if (event.key === 'Delete' || event.key === 'Backspace') return 'unpin'
  if (event.key === 'Escape' && hasRange) return 'unmark'
  if (row?.kind === 'group' && (event.key === 'Enter' || event.key === ' ')) return 'toggle'
  return null
}

export const columnIdOf = (item: string) => `item/${item}`
export const itemOfColumn = (columnId: string) => (columnId.startsWith('item/') ? columnId.slice(5) : null)

/** Where a cell of the body stands among rows and item columns as displayed; null outside them. */
export function placeOf(cell: CellPosition | null, items: readonly string[]): Place | null {
  if (!cell || cell.rowPinned) return null
  const item = itemOfColumn(cell.column.getColId())
  const column = item === null ? -1 : items.indexOf(item)
  return column < 0 ? null : { row: cell.rowIndex, column }
}

/** The range after the focus has moved: longer with Shift, else only the cell. */
export function extendRange(range: MatrixRange | null, place: Place | null, extend: boolean): MatrixRange | null {
  if (!place) return null
  return extend && range ? { anchor: range.anchor, head: place } : rangeAt(place)
}

/** Whether AG Grid must not see a key: characters with Ctrl or Alt would begin an edit. */
export function keepsFromGrid({ event, editing }: SuppressKeyboardEventParams<GridRow>): boolean {
  if (editing) return event.isComposing || event.keyCode === 229
  return [...event.key].length === 1 && (event.ctrlKey || event.metaKey || event.altKey)
}

/** The element of a cell, when it is drawn. */
export function cellElement(body: HTMLElement, rowId: string, item: string): HTMLElement | null {
  return body.querySelector(`[row-id="${CSS.escape(rowId)}"] [col-id="${CSS.escape(columnIdOf(item))}"]`)
}

export function focusCell(api: GridApi<GridRow>, rowId: string, item: string): boolean {
  const index = api.getRowNode(rowId)?.rowIndex
  if (index === null || index === undefined) return false
  api.ensureIndexVisible(index)
  api.ensureColumnVisible(columnIdOf(item))
  api.setFocusedCell(index, columnIdOf(item))
  return true
}
