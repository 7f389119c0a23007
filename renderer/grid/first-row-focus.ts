import type { GridApi } from 'ag-grid-community'
import { useEffect, useRef } from 'react'

/** About five seconds. */
const mostFrames = 300

/**
 * Puts the keyboard into the first row when a list is first there, so that its keys work at once. Never takes it away from
 * a field in which someone has begun to type.
 */
export function useFirstRowFocus<Row>(
  api: { readonly current: GridApi<Row> | null },
  columnId: string,
  rows: readonly Row[] | undefined,
): void {
  const done = useRef(false)
  useEffect(() => {
    if (done.current || rows === undefined || rows.length === 0) return
    let frame = 0
    let frames = 0
    // The grid comes when it comes, and draws its first row later still.
    const tryFocus = () => {
      const { activeElement } = document
      const free = activeElement === null || activeElement === document.body || activeElement.id === 'main'
      if (!free || frames > mostFrames) {
        done.current = true
        return
      }
      frames += 1
      if (api.current?.getDisplayedRowAtIndex(0)) api.current.setFocusedCell(0, columnId)
      frame = requestAnimationFrame(tryFocus)
    }
    frame = requestAnimationFrame(tryFocus)
    return () => cancelAnimationFrame(frame)
  }, [api, columnId, rows])
}
