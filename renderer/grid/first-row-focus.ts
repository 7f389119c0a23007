import type { GridApi } from 'ag-grid-community'
import { useEffect, useRef } from 'react'

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
    const frame = requestAnimationFrame(() => {
      if (api.current === null || done.current) return
      done.current = true
      const { activeElement } = document
      const free = activeElement === null || activeElement === document.body || activeElement.id === 'main'
      if (free) api.current.setFocusedCell(0, columnId)
    })
    return () => cancelAnimationFrame(frame)
  }, [api, columnId, rows])
}
