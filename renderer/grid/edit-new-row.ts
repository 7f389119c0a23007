import type { GridApi } from 'ag-grid-community'
import { useCallback, useEffect, useRef } from 'react'
import type { EditRow } from './row-edits.ts'

/** Opens the editor in a row that was just added: the row is in the grid one render later, and drawn after that. */
export function useEditNewRow<Row>(rows: readonly EditRow<Row>[] | undefined, columnId: string | undefined) {
  const grid = useRef<GridApi<EditRow<Row>> | null>(null)
  const wanted = useRef<string | null>(null)
  useEffect(() => {
    void rows
    const key = wanted.current
    const api = grid.current
    const index = key === null ? undefined : api?.getRowNode(key)?.rowIndex
    if (!api || columnId === undefined || index === null || index === undefined) return
    // After the grid has drawn its new rows, else it takes the focus back from the editor. Rows that are read again in
    // this very moment begin the wait anew.
    const timer = setTimeout(() => {
      wanted.current = null
      api.ensureIndexVisible(index)
      api.setFocusedCell(index, columnId)
      api.startEditingCell({ rowIndex: index, colKey: columnId })
    })
    return () => clearTimeout(timer)
  }, [rows, columnId])
  const onReady = useCallback((api: GridApi<EditRow<Row>>) => {
    grid.current = api
  }, [])
  const editNew = useCallback((key: string) => {
    wanted.current = key
  }, [])
  return { grid, onReady, editNew }
}
