import type { GridApi } from 'ag-grid-community'
import { type RefObject, useEffect, useRef } from 'react'

export type FoundCell<Row> = {
  readonly cell: HTMLElement
  readonly rowIndex: number
  readonly columnId: string
  readonly row: Row
}

/** The cell that an element of the page is or lies in, with its row; null outside cells and in pinned rows. */
export function cellOf<Row>(target: EventTarget | null, api: GridApi<Row> | null): FoundCell<Row> | null {
  if (!(target instanceof Element) || !api) return null
  const cell = target.closest<HTMLElement>('[role="gridcell"]')
  const columnId = cell?.getAttribute('col-id')
  const index = cell?.closest('[row-index]')?.getAttribute('row-index')
  if (!cell || !columnId || !index || !/^\d+$/.test(index)) return null
  const row = api.getDisplayedRowAtIndex(Number(index))?.data
  return row === undefined ? null : { cell, rowIndex: Number(index), columnId, row }
}

/** Tells each time the focus comes into a cell, and when it has gone elsewhere on the page. */
export function useFocusedCell<Row>(
  body: RefObject<HTMLElement | null>,
  api: RefObject<GridApi<Row> | null>,
  on: { readonly focus: (row: Row, columnId: string) => void; readonly leave: () => void },
): void {
  const latest = useRef(on)
  latest.current = on
  useEffect(() => {
    const element = body.current
    const onFocusIn = ({ target }: FocusEvent) => {
      const found = cellOf(target, api.current)
      if (found) latest.current.focus(found.row, found.columnId)
    }
    // A cell that is redrawn or edited loses the focus for a moment, to the page or to the grid itself.
    const onFocusOut = () =>
      setTimeout(() => {
        const now = document.activeElement
        if (now && now !== document.body && !element?.contains(now)) latest.current.leave()
      })
    element?.addEventListener('focusin', onFocusIn)
    element?.addEventListener('focusout', onFocusOut)
    return () => {
      element?.removeEventListener('focusin', onFocusIn)
      element?.removeEventListener('focusout', onFocusOut)
    }
  }, [body, api])
}
