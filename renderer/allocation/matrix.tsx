import { AG_GRID_LOCALE_CN, AG_GRID_LOCALE_EN } from '@ag-grid-community/locale'
import {
  type CellFocusedEvent,
  type ColDef,
  createGrid,
  type GridApi,
  type GridOptions,
  ModuleRegistry,
  type SuppressKeyboardEventParams,
} from 'ag-grid-community'
import { getNonce } from 'get-nonce'
import { memo, type Ref, useCallback, useEffect, useImperativeHandle, useLayoutEffect, useMemo, useRef } from 'react'
import type { SheetFormat } from '../export/save-sheet.ts'
import type { Sheet } from '../export/sheet.ts'
import { useExport } from '../export/use-export.ts'
import { gridModules } from '../grid/grid-modules.ts'
import { gridTheme } from '../grid/grid-theme.ts'
import { allocationText } from '../text/allocation.ts'
import { useLanguage, useText } from '../text/text.ts'
import { blockText, type PinProblem, readPin, readPinBlock } from './cell-block.ts'
import styles from './matrix.module.css'
import { type GridRow, MatrixCell, type MatrixContext, UnitCell } from './matrix-cell.ts'
import { itemColumn, unitColumn } from './matrix-columns.ts'
import { cellElement, extendRange, focusCell, itemOfColumn, keepsFromGrid, matrixKey, placeOf } from './matrix-keys.ts'
import { boundsOf, inRange, isSingle, type MatrixRange, placesOf, rangeAt, samePlace } from './matrix-range.ts'
import type { ShownMatrix } from './matrix-sheets.ts'
import type { PinChange } from './round-model.ts'
import { packsOf } from './solve-round.ts'

ModuleRegistry.registerModules(gridModules)

export type Cell = { readonly unit: string; readonly item: string }
/** Something to say at a cell: why what was typed there was not taken. */
export type CellNotice = Cell & { readonly text: string }
export type TextProblem = Cell & { readonly problem: PinProblem; readonly given: string }

export type MatrixHandle = {
  readonly focus: (cell: Cell) => boolean
  readonly focusFirst: () => void
  /** Only the pins of the marked block, the rest empty. */
  readonly copyPins: () => void
  /** Saves what it shows as a file. */
  readonly save: (format: SheetFormat) => void
}

export type MatrixProps = ShownMatrix & {
  readonly editable: boolean
  /** The cell that has the focus in the matrix beside this one. */
  readonly twin?: Cell | null
  readonly notice?: CellNotice | null
  readonly onPin?: ((changes: readonly PinChange[]) => void) | undefined
  readonly onReserve?: ((item: string, text: string) => void) | undefined
  readonly onProblems?: ((problems: readonly TextProblem[]) => void) | undefined
  readonly onUndo?: (() => void) | undefined
  readonly onRedo?: (() => void) | undefined
  readonly sheets: (shown: ShownMatrix) => readonly Sheet[]
  readonly onSelect: (cell: Cell | null) => void
  readonly onToggleGroup: (value: string) => void
  readonly handle?: Ref<MatrixHandle> | undefined
}

/** Units × items. Redraws only what is in sight, whatever the plan behind it does. */
export const Matrix = memo(function Matrix(props: MatrixProps) {
  const language = useLanguage()
  // AG Grid reads its words once: another language is another grid.
  return <LanguageMatrix key={language} {...props} />
})

function LanguageMatrix(props: MatrixProps) {
  const { rows, items, above, below, notice } = props
  const language = useLanguage()
  const t = useText(allocationText)
  const apiRef = useRef<GridApi<GridRow> | null>(null)
  const body = useRef<HTMLDivElement>(null)
  const host = useRef<HTMLDivElement>(null)
  const drawn = useRef<(Pick<MatrixProps, 'rows' | 'above' | 'below'> & { columnDefs: ColDef<GridRow>[] }) | null>(null)
  const latest = useRef(props)
  latest.current = props
  const range = useRef<MatrixRange | null>(null)
  const extending = useRef(false)
  const save = useExport(body, () => latest.current.sheets(latest.current))
  const codes = useMemo(() => items.map((item) => item.code), [items])
  const codesRef = useRef(codes)
  codesRef.current = codes

  const redraw = useCallback(() => apiRef.current?.refreshCells({ force: true, suppressFlash: true }), [])

  const setRange = useCallback(
    (next: MatrixRange | null) => {
      const before = range.current
      range.current = next
      if ((before && !isSingle(before)) || (next && !isSingle(next))) redraw()
    },
    [redraw],
  )

  const context = useMemo<MatrixContext>(
    () => ({
      source: () => latest.current.source,
      show: () => latest.current.show,
      isTwin: (unit, item) => latest.current.twin?.unit === unit && latest.current.twin.item === item,
      isMarked: (row, item) => inRange(range.current, row, codesRef.current.indexOf(item)),
      pinnedWord: () => t('pinned'),
      refusedWord: () => t('refusedMark'),
    }),
    [t],
  )

  /** Cells of the marked block that can be pinned, with the place of each. */
  const blockCells = useCallback((): (Cell | null)[][] => {
    const api = apiRef.current
    const place = api ? placeOf(api.getFocusedCell(), codesRef.current) : null
    const block = range.current ?? (place ? rangeAt(place) : null)
    if (!api || !block) return []
    return placesOf(block).map((cells) =>
      cells.map(({ row, column }) => {
        const data = api.getDisplayedRowAtIndex(row)?.data
        const item = codesRef.current[column]
        return data?.kind === 'unit' && item !== undefined ? { unit: data.id, item } : null
      }),
    )
  }, [])

  const packsAt = useCallback(({ unit, item }: Cell): number | null => {
    const { solved, pins } = latest.current.source
    return packsOf(solved, unit, item) ?? pins.get(item)?.get(unit) ?? null
  }, [])

  const runKey = useCallback(
    (event: KeyboardEvent, row: GridRow | undefined): boolean => {
      const { editable, onPin, onUndo, onRedo, onToggleGroup } = latest.current
      const key = matrixKey(event, row, range.current !== null && !isSingle(range.current))
      if (key === null) return false
      event.preventDefault()
      switch (key) {
        case 'undo':
          onUndo?.()
          break
        case 'redo':
          onRedo?.()
          break
        case 'toggle':
          if (row?.kind === 'group') onToggleGroup(row.value)
          break
        case 'unmark': {
          const place = placeOf(apiRef.current?.getFocusedCell() ?? null, codesRef.current)
          setRange(place ? rangeAt(place) : null)
          break
        }
        case 'mark-all': {
          const last = { row: (apiRef.current?.getDisplayedRowCount() ?? 1) - 1, column: codesRef.current.length - 1 }
          setRange({ anchor: { row: 0, column: 0 }, head: last })
          break
        }
        case 'unpin':
          if (editable)
            onPin?.(
              blockCells()
                .flat()
                .filter((cell) => cell !== null)
                .map((cell) => ({ ...cell, packs: null })),
            )
          break
        case 'fill-down': {
          const [first, ...rest] = blockCells()
          if (!editable || !first) break
          const changes = rest.flatMap((cells) =>
            cells.flatMap((cell, column) => {
              const source = first[column]
              const packs = source ? packsAt(source) : null
              return cell && packs !== null ? [{ ...cell, packs }] : []
            }),
          )
          onPin?.(changes)
        }
      }
      return true
    },
    [blockCells, packsAt, setRange],
  )

  const suppressKeyboardEvent = useCallback(
    (params: SuppressKeyboardEventParams<GridRow>) => {
      if (!params.editing && runKey(params.event, params.data)) return true
      return keepsFromGrid(params)
    },
    [runKey],
  )

  const columnDefs = useMemo<ColDef<GridRow>[]>(() => {
    const words = props.words
    return [
      unitColumn({ words, cellRenderer: UnitCell }),
      ...items.map((item) =>
        itemColumn({
          item,
          cellRenderer: MatrixCell,
          editorLabel: (row) =>
            t('pinCell', { unit: row.kind === 'unit' ? words.unitName(row.id) : row.id, item: item.name }),
          isEditable: (row) => {
            if (!latest.current.editable) return false
            return row.kind === 'figure' ? row.id === 'reserve' : row.kind === 'unit'
          },
          startText: (row) => {
            if (row.kind === 'figure') return row.figure(item.code).text
            const packs = packsAt({ unit: row.id, item: item.code })
            return packs === null ? '' : String(packs)
          },
        }),
      ),
    ]
  }, [items, props.words, t, packsAt])

  const onCellFocused = useCallback(
    (event: CellFocusedEvent<GridRow>) => {
      const { rowIndex, column, rowPinned, api } = event
      const columnId = column === null || typeof column === 'string' ? null : column.getColId()
      const place = rowIndex === null || !columnId ? null : placeOf(api.getFocusedCell(), codesRef.current)
      // Told a moment later: a move by the arrows has set the range already, with its Shift.
      if (!place || !range.current || !samePlace(range.current.head, place)) {
        setRange(extendRange(range.current, place, extending.current))
      }
      extending.current = false
      const row = rowIndex === null || rowPinned ? undefined : api.getDisplayedRowAtIndex(rowIndex)?.data
      const item = columnId === null ? null : itemOfColumn(columnId)
      latest.current.onSelect(row?.kind === 'unit' && item !== null ? { unit: row.id, item } : null)
    },
    [setRange],
  )

  const commit = useCallback((row: GridRow, item: string, text: string) => {
    const { onPin, onReserve, onProblems, items: all } = latest.current
    if (row.kind === 'figure') return onReserve?.(item, text)
    if (row.kind !== 'unit') return
    const read = readPin(text, all.find((one) => one.code === item)?.packName ?? '')
    if (read.kind === 'problem') onProblems?.([{ unit: row.id, item, problem: read.problem, given: read.given }])
    else onPin?.([{ unit: row.id, item, packs: read.kind === 'packs' ? read.packs : null }])
  }, [])

  function onCopy(event: React.ClipboardEvent) {
    const api = apiRef.current
    if (!api || api.getEditingCells().length > 0) return
    const cells = blockCells()
    if (cells.length === 0) return
    const pinsOnly = copiesPins.current
    const { pins } = latest.current.source
    const value = (cell: Cell | null) =>
      cell === null ? null : pinsOnly ? (pins.get(cell.item)?.get(cell.unit) ?? null) : packsAt(cell)
    event.clipboardData.setData('text/plain', blockText(cells.map((row) => row.map(value))))
    event.preventDefault()
  }

  const copiesPins = useRef(false)

  function onPaste(event: React.ClipboardEvent) {
    const api = apiRef.current
    const { editable, onPin, onProblems, items: all } = latest.current
    const focused = api ? placeOf(api.getFocusedCell(), codes) : null
    // A block goes to the upper left of what is marked, whichever end has the focus.
    const bounds = range.current ? boundsOf(range.current) : null
    const place = focused && bounds ? { row: bounds.top, column: bounds.left } : focused
    if (!api || !editable || !place || api.getEditingCells().length > 0) return
    event.preventDefault()
    const block = readPinBlock(
      event.clipboardData.getData('text/plain'),
      all.slice(place.column).map((item) => item.packName),
    )
    // One number over a marked block fills it, as in a spreadsheet.
    const single = block.rows.length === 1 && block.rows[0]!.length === 1 ? block.rows[0]![0]! : null
    if (single !== null && range.current && !isSingle(range.current)) {
      onPin?.(
        blockCells()
          .flat()
          .filter((cell) => cell !== null)
          .map((cell) => ({ ...cell, packs: single })),
      )
      return
    }
    const problems: TextProblem[] = []
    const changes: PinChange[] = []
    const cellAt = (row: number, column: number) => {
      const data = api.getDisplayedRowAtIndex(place.row + row)?.data
      const item = codes[place.column + column]
      return data?.kind === 'unit' && item !== undefined ? { unit: data.id, item } : null
    }
    for (const { row, column, problem, given } of block.problems) {
      const cell = cellAt(row, column)
      if (cell) problems.push({ ...cell, problem, given })
    }
    block.rows.forEach((cells, row) => {
      cells.forEach((packs, column) => {
        const cell = packs === null ? null : cellAt(row, column)
        if (cell) changes.push({ ...cell, packs })
      })
    })
    if (problems.length > 0) onProblems?.(problems)
    else onPin?.(changes)
  }

  // The plan behind the grid has changed: draw what is in sight again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: these are what the cells read through `latest`
  useLayoutEffect(() => {
    redraw()
  }, [props.source, props.show, props.twin, above, below])

  // What was refused is typed again: the focus goes back to its cell.
  useEffect(() => {
    if (notice && apiRef.current) focusCell(apiRef.current, notice.unit, notice.item)
  }, [notice])

  useImperativeHandle(
    props.handle,
    () => ({
      focus: ({ unit, item }) => (apiRef.current ? focusCell(apiRef.current, unit, item) : false),
      focusFirst: () => {
        const first = latest.current.rows.find((row) => row.kind === 'unit')
        const item = codesRef.current[0]
        if (apiRef.current && first && item) focusCell(apiRef.current, first.id, item)
      },
      copyPins: () => {
        copiesPins.current = true
        document.execCommand('copy')
        copiesPins.current = false
      },
      save,
    }),
    [save],
  )

  const start = useRef({
    columnDefs,
    rows,
    above,
    below,
    suppressKeyboardEvent,
    onCellFocused,
    commit,
    context,
    setRange,
  })
  start.current = { columnDefs, rows, above, below, suppressKeyboardEvent, onCellFocused, commit, context, setRange }

  // The grid itself, without React inside: rows that scroll by are plain DOM, and a pin renders nothing again.
  useLayoutEffect(() => {
    const first = start.current
    const options: GridOptions<GridRow> = {
      ...fixedOptions,
      ...(getNonce() === undefined ? {} : { styleNonce: getNonce()! }),
      localeText: language === 'zh' ? AG_GRID_LOCALE_CN : AG_GRID_LOCALE_EN,
      context: first.context,
      columnDefs: first.columnDefs,
      rowData: [...first.rows],
      pinnedTopRowData: [...first.above],
      pinnedBottomRowData: [...first.below],
      defaultColDef: {
        suppressKeyboardEvent: (params) => start.current.suppressKeyboardEvent(params),
        suppressMovable: true,
        sortable: false,
      },
      onCellFocused: (event) => start.current.onCellFocused(event),
      navigateToNextCell: ({ nextCellPosition, event }) => {
        const place = placeOf(nextCellPosition, codesRef.current)
        if (place) start.current.setRange(extendRange(range.current, place, event?.shiftKey ?? false))
        return nextCellPosition
      },
      onCellClicked: ({ data }) => {
        if (data?.kind === 'group') latest.current.onToggleGroup(data.value)
      },
      onCellEditRequest: ({ data, column, newValue }) => {
        const item = itemOfColumn(column.getColId())
        if (item !== null) start.current.commit(data, item, String(newValue ?? ''))
      },
    }
    const api = createGrid(host.current!, options)
    apiRef.current = api
    drawn.current = first
    host.current?.querySelector('[role="grid"], [role="treegrid"]')?.setAttribute('aria-label', latest.current.label)
    return () => {
      apiRef.current = null
      api.destroy()
    }
  }, [language])

  useLayoutEffect(() => {
    const api = apiRef.current
    const before = drawn.current
    if (!api || !before) return
    if (before.columnDefs !== columnDefs) api.setGridOption('columnDefs', columnDefs)
    if (before.rows !== rows) api.setGridOption('rowData', [...rows])
    if (before.above !== above) api.setGridOption('pinnedTopRowData', [...above])
    if (before.below !== below) api.setGridOption('pinnedBottomRowData', [...below])
    drawn.current = { columnDefs, rows, above, below }
  }, [columnDefs, rows, above, below])

  return (
    <div
      className={styles.frame}
      ref={body}
      onCopy={onCopy}
      onPaste={onPaste}
      onMouseDownCapture={(event) => {
        extending.current = event.shiftKey
      }}
    >
      <div className={styles.grid} ref={host} />
      {notice && <Notice body={body} notice={notice} />}
    </div>
  )
}

const fixedOptions: GridOptions<GridRow> = {
  theme: gridTheme,
  getRowId: ({ data }) => data.id,
  getRowHeight: ({ data }) => (data?.kind === 'figure' ? 24 : 28),
  getRowClass: ({ data }) =>
    data?.kind === 'group' ? styles.groupRow : data?.kind === 'figure' ? styles.figureRow : undefined,
  headerHeight: 58,
  rowBuffer: 4,
  readOnlyEdit: true,
  stopEditingWhenCellsLoseFocus: true,
  enterNavigatesVerticallyAfterEdit: true,
  animateRows: false,
  suppressScrollOnNewData: true,
  suppressNoRowsOverlay: true,
  onCellKeyDown: (event) => {
    // An input method's first key: open the editor under it, so that the composition begins there.
    if (!('column' in event) || !(event.event instanceof KeyboardEvent) || event.event.key !== 'Process') return
    event.api.startEditingCell({
      rowIndex: event.rowIndex!,
      colKey: event.column,
      key: 'Process',
      rowPinned: event.rowPinned,
    })
  },
}

/** Stands right below the cell that it is about. */
function Notice({
  body,
  notice,
}: {
  readonly body: React.RefObject<HTMLDivElement | null>
  readonly notice: CellNotice
}) {
  const box = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const frame = body.current
    const own = box.current
    if (!frame || !own) return
    const inner = cellElement(frame, notice.unit, notice.item)?.getBoundingClientRect()
    own.style.display = inner ? '' : 'none'
    if (!inner) return
    const outer = frame.getBoundingClientRect()
    const left = Math.min(inner.left - outer.left, outer.width - own.offsetWidth - 8)
    const below = inner.bottom - outer.top + 2
    const isRoom = below + own.offsetHeight <= outer.height
    own.style.left = `${Math.max(4, left)}px`
    own.style.top = `${Math.max(4, isRoom ? below : inner.top - outer.top - own.offsetHeight - 2)}px`
  })
  return (
    <div className={styles.notice} ref={box} role="alert">
      {notice.text}
    </div>
  )
}
