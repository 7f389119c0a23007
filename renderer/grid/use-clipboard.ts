import type { GridApi } from 'ag-grid-community'
import type { ClipboardEvent } from 'react'
import type { CellEdit, EditCause } from './cell-value.ts'
import { parseBlock } from './clipboard.ts'
import { copyCell, type GridColumn, parseTyped } from './column.ts'
import { pasteEdits } from './paste-block.ts'

type ClipboardTarget<Row> = {
  readonly api: () => GridApi<Row> | null
  readonly columns: readonly GridColumn<Row>[]
  readonly rowId: (row: Row) => string
  readonly editable: boolean
  readonly growRows: ((count: number) => readonly string[]) | undefined
  readonly send: (edits: readonly CellEdit[], cause: EditCause) => void
}

/** Copy of the focused cell, and paste of a block from it on. AG Grid Community has neither. */
export function clipboardHandlers<Row>(target: ClipboardTarget<Row>) {
  const { columns, rowId } = target
  const focusedCell = () => {
    const api = target.api()
    const cell = api?.getFocusedCell()
    return !api || !cell || cell.rowPinned ? null : { api, cell }
  }

  function onCopy(event: ClipboardEvent): void {
    const focused = focusedCell()
    if (!focused || focused.api.getEditingCells().length > 0 || (document.getSelection()?.toString() ?? '') !== '')
      return
    const row = focused.api.getDisplayedRowAtIndex(focused.cell.rowIndex)?.data
    const column = columns.find((one) => one.id === focused.cell.column.getColId())
    if (row === undefined || !column) return
    event.clipboardData.setData('text/plain', copyCell(column, row))
    event.preventDefault()
  }

  function onPaste(event: ClipboardEvent): void {
    const focused = focusedCell()
    if (!focused || !target.editable) return
    const { api, cell } = focused
    const block = parseBlock(event.clipboardData.getData('text/plain'))
    if (api.getEditingCells().length > 0) {
      // One cell goes into the text that is being edited; a block is meant for the cells.
      if (block.length <= 1 && (block[0]?.length ?? 0) <= 1) return
      api.stopEditing(true)
    }
    event.preventDefault()
    const displayed: { id: string; row: Row }[] = []
    for (let index = cell.rowIndex; index < api.getDisplayedRowCount(); index++) {
      const row = api.getDisplayedRowAtIndex(index)?.data
      if (row !== undefined) displayed.push({ id: rowId(row), row })
    }
    const order = api.getAllDisplayedColumns().map((column) => column.getColId())
    const across = order
      .slice(order.indexOf(cell.column.getColId()))
      .flatMap((id) => columns.find((column) => column.id === id) ?? [])
    const { edits, rowsLeft } = pasteEdits(block, { rows: displayed, columns: across })
    const model = displayed[0]?.row
    const grown = rowsLeft > 0 ? (target.growRows?.(rowsLeft) ?? []) : []
    const rest = block.slice(block.length - rowsLeft)
    for (const [down, id] of grown.entries()) {
      for (const [index, text] of (rest[down] ?? []).entries()) {
        const column = across[index]
        if (!column || text === '' || model === undefined) continue
        edits.push({ rowId: id, columnId: column.id, before: null, after: parseTyped(column, text, model) })
      }
    }
    target.send(edits, 'paste')
  }

  return { onCopy, onPaste }
}
