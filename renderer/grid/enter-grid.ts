import type { GridApi } from 'ag-grid-community'
import { type RefObject, useEffect } from 'react'

const event = 'frontstock:enter-grid'

/** Puts the focus into a grid that is on screen: its last focused cell, else the first. */
function enter(element: Element): void {
  element.dispatchEvent(new Event(event))
}

/** From a search field down into the first grid of the page. */
export function enterFirstGrid(): void {
  const grid = document.querySelector('[data-grid]')
  if (grid) enter(grid)
}

/** F6: from one grid of the page to the next. */
export function enterNextGrid(): void {
  const grids = [...document.querySelectorAll('[data-grid]')]
  const at = grids.findIndex((grid) => grid.contains(document.activeElement))
  const next = grids[(at + 1) % grids.length]
  if (next) enter(next)
}

/** Lets `enterFirstGrid` and `enterNextGrid` into this grid. */
export function useEnterGrid<Row>(frame: RefObject<HTMLElement | null>, api: RefObject<GridApi<Row> | null>): void {
  useEffect(() => {
    const element = frame.current
    const onEnter = () => {
      const grid = api.current
      if (!grid || grid.getDisplayedRowCount() === 0) return
      const kept = grid.getFocusedCell()
      const column = kept?.column ?? grid.getAllDisplayedColumns()[0]
      const rowIndex = kept && !kept.rowPinned && kept.rowIndex < grid.getDisplayedRowCount() ? kept.rowIndex : 0
      if (!column) return
      grid.ensureIndexVisible(rowIndex)
      grid.setFocusedCell(rowIndex, column)
    }
    element?.addEventListener(event, onEnter)
    return () => element?.removeEventListener(event, onEnter)
  }, [frame, api])
}
