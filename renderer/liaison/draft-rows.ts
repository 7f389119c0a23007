import { useCallback, useState } from 'react'
import type { CellEdit } from '../grid/cell-value.ts'

type Row = { readonly id: string }

let fresh = 0
const freshId = (): string => {
  fresh += 1
  return `draft-${fresh}`
}

/** Rows with at least one empty one at their end, to be typed into. */
function withEmptyEnd<R extends Row>(rows: readonly R[], blank: (id: string) => R, isBlank: (row: R) => boolean): R[] {
  const last = rows.at(-1)
  return last !== undefined && isBlank(last) ? [...rows] : [...rows, blank(freshId())]
}

/**
 * Rows of a small sheet that is saved as a whole. There is always an empty row at the end; a row that was emptied says
 * nothing and is left out by whoever saves.
 * @param set puts one cell into a row; keep `blank`, `isBlank` and `set` stable.
 */
export function useDraftRows<R extends Row>(options: {
  readonly start: () => readonly R[]
  readonly blank: (id: string) => R
  readonly isBlank: (row: R) => boolean
  readonly set: (row: R, columnId: string, value: CellEdit['after']) => R
}) {
  const { start, blank, isBlank, set } = options
  const [rows, setRows] = useState<readonly R[]>(() => withEmptyEnd(start(), blank, isBlank))
  const [changed, setChanged] = useState(false)
  const onEdits = useCallback(
    (edits: readonly CellEdit[]) => {
      setChanged(true)
      setRows((now) => {
        const next = now.map((row) =>
          edits.reduce((made, edit) => (edit.rowId === row.id ? set(made, edit.columnId, edit.after) : made), row),
        )
        return withEmptyEnd(next, blank, isBlank)
      })
    },
    [blank, isBlank, set],
  )
  const growRows = useCallback(
    (count: number) => {
      const ids = Array.from({ length: count }, freshId)
      setRows((now) => [...now, ...ids.map(blank)])
      return ids
    },
    [blank],
  )
  const replace = useCallback(
    (next: readonly R[], isChanged: boolean) => {
      setRows(withEmptyEnd(next, blank, isBlank))
      setChanged(isChanged)
    },
    [blank, isBlank],
  )
  return { rows, changed, onEdits, growRows, replace, freshId }
}
