import type { GridApi } from 'ag-grid-community'
import { useCallback, useMemo, useRef, useState } from 'react'
import type { Refusal } from '../../core/refusal.ts'
import type { CellEdit } from '../grid/cell-value.ts'
import { refusalSentence } from '../text/refusal.ts'
import { useLanguage } from '../text/text.ts'
import {
  type Answered,
  answeredBy,
  type CellAt,
  type CellProblem,
  noTypedCells,
  overlayTyped,
  problemAt,
  stillStands,
  type TypedCells,
  type TypedRow,
  typeInto,
} from './typed-cells.ts'

/**
 * The typed cells of a form's grid with what the grid wants of them, and what was said of them after sending.
 * @param problemsOf what is wrong with the cells as they are; keep both functions stable.
 */
export function useTypedCells<Row>(
  rows: readonly Row[] | undefined,
  rowIdOf: (row: Row) => string,
  problemsOf: (typed: TypedCells) => readonly CellProblem[],
) {
  const language = useLanguage()
  const [typed, setTyped] = useState<TypedCells>(noTypedCells)
  const [answered, setAnswered] = useState<readonly Answered[]>([])
  const seen = useMemo(() => problemsOf(typed), [problemsOf, typed])
  const grid = useRef<GridApi<TypedRow<Row>> | null>(null)
  const drawn = useRef<readonly TypedRow<Row>[]>([])
  const overlaid = useMemo(() => {
    if (rows === undefined) return undefined
    drawn.current = overlayTyped(rows, rowIdOf, typed, drawn.current)
    return drawn.current
  }, [rows, rowIdOf, typed])
  const onEdits = useCallback((edits: readonly CellEdit[]) => setTyped((now) => typeInto(now, edits)), [])
  const onReady = useCallback((api: GridApi<TypedRow<Row>>) => {
    grid.current = api
  }, [])
  const problemOf = useCallback(
    (row: TypedRow<Row>, columnId: string) => {
      const found = problemAt(row.rowId, columnId, seen, answered, typed)
      return found === null ? null : refusalSentence(found, language)
    },
    [seen, answered, typed, language],
  )
  /** Into a cell: at once where it is drawn, so that no key is lost on the way, else as soon as it is. */
  const focusCell = useCallback((rowId: string | null, columnId: string) => {
    const attempt = (): boolean => {
      const api = grid.current
      const index = rowId === null ? 0 : api?.getRowNode(rowId)?.rowIndex
      if (!api || index === null || index === undefined || index >= api.getDisplayedRowCount()) return false
      api.ensureIndexVisible(index)
      api.setFocusedCell(index, columnId)
      return true
    }
    if (!attempt()) setTimeout(attempt)
  }, [])
  const reset = useCallback(() => {
    setTyped(noTypedCells)
    setAnswered([])
  }, [])
  const answer = useCallback(
    (refusals: readonly Refusal[], cells: readonly CellAt[]) => setAnswered(answeredBy(refusals, cells, typed)),
    [typed],
  )
  const standing = useMemo(() => answered.filter((one) => stillStands(one, typed)), [answered, typed])
  return {
    typed,
    rows: overlaid,
    setTyped,
    onEdits,
    onReady,
    grid,
    problemOf,
    /** What is wrong with the cells as they are now. */
    seen,
    focusCell,
    reset,
    /** Takes what the API refused. */
    answer,
    /** What it refused and has not been changed since. */
    refusals: useMemo(() => standing.map(({ refusal }) => refusal), [standing]),
  }
}

export const typedRowId = <Row>(row: TypedRow<Row>): string => row.rowId
