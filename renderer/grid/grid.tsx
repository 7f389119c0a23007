import { AG_GRID_LOCALE_CN, AG_GRID_LOCALE_EN } from '@ag-grid-community/locale'
import {
  type CellKeyDownEvent,
  type FullWidthCellKeyDownEvent,
  type GridApi,
  type GridOptions,
  type GridReadyEvent,
  ModuleRegistry,
} from 'ag-grid-community'
import { AgGridReact } from 'ag-grid-react'
import { getNonce } from 'get-nonce'
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { ExportMenu } from '../export/export-menu.tsx'
import { shownSheet, useExport } from '../export/use-export.ts'
import { FailedRead, useFailedRead } from '../frame/failed-read.tsx'
import { gridText } from '../text/grid.ts'
import { currentLanguage, useLanguage, useText } from '../text/text.ts'
import type { CellEdit, EditCause } from './cell-value.ts'
import { type GridColumn, isEditable } from './column.ts'
import { columnDefs, type GridContext } from './column-def.ts'
import { useColumnState } from './column-state.ts'
import { createEditHistory } from './edit-history.ts'
import { useEnterGrid } from './enter-grid.ts'
import { useFirstKey } from './first-key.ts'
import { useFocusedCell } from './focused-cell.ts'
import styles from './grid.module.css'
import { gridModules } from './grid-modules.ts'
import { gridTheme } from './grid-theme.ts'
import { editOf } from './paste-block.ts'
import { clipboardHandlers } from './use-clipboard.ts'

ModuleRegistry.registerModules(gridModules)

export type GridProps<Row> = {
  /** Names the grid for screen readers. */
  readonly label: string
  /** undefined while it is being read. */
  readonly rows: readonly Row[] | undefined
  readonly columns: readonly GridColumn<Row>[]
  readonly rowId: (row: Row) => string
  /** Under this key the window remembers widths, order and sort. */
  readonly stateKey?: string | undefined
  /** Every change comes through here; the screen changes its rows and gives them back. */
  readonly onEdits?: ((edits: readonly CellEdit[], cause: EditCause) => void) | undefined
  /** What is wrong with a cell, in words; null when nothing is. Keep it stable with useCallback. */
  readonly problemOf?: ((row: Row, columnId: string) => string | null) | undefined
  /** Called when a paste reaches below the last row: adds that many rows at once and gives back their ids. */
  readonly growRows?: ((count: number) => readonly string[]) | undefined
  /** Enter on a cell that isn't edited, or a double click. */
  readonly onOpen?: ((row: Row) => void) | undefined
  readonly onFocusCell?: ((row: Row, columnId: string) => void) | undefined
  /** The focus has gone elsewhere on the page. */
  readonly onLeave?: (() => void) | undefined
  /** Shows only rows whose `searchOf` holds every word. */
  readonly search?: string | undefined
  readonly searchOf?: ((row: Row) => string) | undefined
  readonly emptyText?: ReactNode
  readonly pinnedBottom?: readonly Row[] | undefined
  readonly rowClass?: ((row: Row) => string | undefined) | undefined
  /** Rows can be marked with Space; the marked ones are told. */
  readonly onMark?: ((rows: readonly Row[]) => void) | undefined
  readonly onReady?: ((api: GridApi<Row>) => void) | undefined
  /** Keys of the screen, before the grid's own; true when the key was used. */
  readonly onKey?: ((event: KeyboardEvent, row: Row | undefined, columnId: string) => boolean) | undefined
  /** false leaves out the words about keys, where the grid is narrow. */
  readonly keysHint?: boolean | undefined
  /** No line with counts and keys beneath. */
  readonly bare?: boolean | undefined
  /** Anything else of AG Grid's; read once. */
  readonly options?: GridOptions<Row> | undefined
}

/** One grid for every list: keyboard, clipboard, undo, problems in the cell, both languages and themes. */
export function Grid<Row>(props: GridProps<Row>) {
  const language = useLanguage()
  // AG Grid reads its words once; another language is another grid (widths and sort are remembered).
  return <LanguageGrid key={language} {...props} />
}

function LanguageGrid<Row>(props: GridProps<Row>) {
  const { rows, columns, rowId, search = '', searchOf, problemOf } = props
  const t = useText(gridText)
  const apiRef = useRef<GridApi<Row> | null>(null)
  const body = useRef<HTMLDivElement>(null)
  const history = useMemo(createEditHistory, [])
  const latest = useRef(props)
  latest.current = props
  const [focused, setFocused] = useState<{ rowId: string; columnId: string } | null>(null)
  const columnState = useColumnState(props.stateKey)

  const shown = useMemo(() => filterRows(rows, search, searchOf), [rows, search, searchOf])

  const send = useCallback(
    (edits: readonly CellEdit[], cause: EditCause) => {
      if (edits.length === 0) return
      if (cause !== 'undo' && cause !== 'redo') history.record(edits)
      latest.current.onEdits?.(edits, cause)
    },
    [history],
  )

  const shortcut = useRef(runShortcut)
  shortcut.current = runShortcut
  const context = useMemo<GridContext<Row>>(
    () => ({
      problemOf: (row, columnId) => latest.current.problemOf?.(row, columnId) ?? null,
      nothingFits: t('nothingFits'),
      onShortcut: (event, row, columnId) => shortcut.current(event, row, columnId),
    }),
    [t],
  )

  /** Undo, redo, fill down and clear: at the command level, whatever cell they touch. */
  function runShortcut(event: KeyboardEvent, row: Row | undefined, columnId: string): boolean {
    const { onKey, columns: current, rowId: idOf } = latest.current
    if (onKey?.(event, row, columnId)) return true
    const command = event.ctrlKey || event.metaKey
    const key = event.key.toLowerCase()
    if (command && !event.altKey && (key === 'z' || key === 'y')) {
      const redo = key === 'y' || event.shiftKey
      const edits = redo ? history.redo() : history.undo()
      if (edits) send(edits, redo ? 'redo' : 'undo')
      event.preventDefault()
      return true
    }
    const column = current.find((one) => one.id === columnId)
    if (!column || row === undefined || !latest.current.onEdits) return false
    if (command && key === 'd') {
      event.preventDefault()
      const above = rowAbove(apiRef.current, idOf(row))
      const edit = above === undefined ? null : editOf(column, idOf(row), row, column.value(above))
      if (edit && isEditable(column, row)) send([edit], 'fill')
      return true
    }
    if (event.key === 'Delete' && !command) {
      const edit = editOf(column, idOf(row), row, column.kind === 'text' ? '' : null)
      if (edit && isEditable(column, row)) send([edit], 'clear')
      event.preventDefault()
      return true
    }
    return false
  }

  useEnterGrid(body, apiRef)
  useFirstKey(body, apiRef, (row, columnId) => {
    const column = latest.current.columns.find((one) => one.id === columnId)
    return column !== undefined && column.kind !== 'number' && column.kind !== 'date' && isEditable(column, row)
  })

  const definitions = useMemo(() => columnDefs(columns, context), [columns, context])

  // The grid redraws a cell when its value changes; what a value is called and what is wrong with it is ours to tell.
  useEffect(() => {
    void problemOf
    void definitions
    apiRef.current?.refreshCells({ force: true, suppressFlash: true })
  }, [problemOf, definitions])

  const onReady = useCallback((event: GridReadyEvent<Row>) => {
    apiRef.current = event.api
    body.current?.querySelector('[role="grid"], [role="treegrid"]')?.setAttribute('aria-label', latest.current.label)
    latest.current.onReady?.(event.api)
  }, [])

  // By the page's own focus rather than the grid's event, which is silent where another row has come to the same place.
  useFocusedCell(body, apiRef, {
    focus(row: Row, columnId: string) {
      setFocused({ rowId: latest.current.rowId(row), columnId })
      latest.current.onFocusCell?.(row, columnId)
    },
    leave: () => latest.current.onLeave?.(),
  })

  const onCellKeyDown = useCallback((event: CellKeyDownEvent<Row> | FullWidthCellKeyDownEvent<Row>) => {
    if (!('column' in event) || !(event.event instanceof KeyboardEvent) || event.event.key !== 'Enter') return
    const { onOpen, columns: current } = latest.current
    const column = current.find((one) => one.id === event.column.getColId())
    if (!onOpen || event.data === undefined || event.event.defaultPrevented) return
    if (column && latest.current.onEdits && isEditable(column, event.data)) return
    onOpen(event.data)
  }, [])

  const focusedRow = focused === null ? undefined : shown?.find((row) => rowId(row) === focused.rowId)
  const problem =
    focused !== null && focusedRow !== undefined ? (problemOf?.(focusedRow, focused.columnId) ?? null) : null

  const { onCopy, onPaste } = clipboardHandlers({
    api: () => apiRef.current,
    columns,
    rowId,
    editable: props.onEdits !== undefined,
    growRows: props.growRows,
    send,
  })

  // AG Grid starts over (and takes the focus) for options that are new objects at each render: these are made once.
  const stable = useMemo<GridOptions<Row>>(
    () => ({
      theme: gridTheme,
      ...(getNonce() === undefined ? {} : { styleNonce: getNonce()! }),
      localeText: currentLanguage() === 'zh' ? AG_GRID_LOCALE_CN : AG_GRID_LOCALE_EN,
      getRowId: ({ data }) => latest.current.rowId(data),
      readOnlyEdit: true,
      stopEditingWhenCellsLoseFocus: true,
      enterNavigatesVerticallyAfterEdit: true,
      suppressDragLeaveHidesColumns: true,
      suppressNoRowsOverlay: true,
      animateRows: false,
      tooltipShowDelay: 300,
      getRowClass: ({ data }) => (data === undefined ? undefined : latest.current.rowClass?.(data)),
      ...(latest.current.onMark
        ? {
            rowSelection: { mode: 'multiRow', enableClickSelection: false, headerCheckbox: true },
            onSelectionChanged: (event) => latest.current.onMark?.(event.api.getSelectedRows()),
          }
        : {}),
      onGridReady: onReady,
      onCellKeyDown,
      onCellEditRequest: (event) => {
        const column = latest.current.columns.find((one) => one.id === event.column.getColId())
        const edit = column && editOf(column, latest.current.rowId(event.data), event.data, event.newValue ?? null)
        if (edit) send([edit], 'type')
      },
      onRowDoubleClicked: (event) => {
        const current = latest.current
        const columnId = event.api.getFocusedCell()?.column.getColId()
        const column = current.columns.find((one) => one.id === columnId)
        if (event.data === undefined || (column && current.onEdits && isEditable(column, event.data))) return
        current.onOpen?.(event.data)
      },
      ...latest.current.options,
    }),
    [onReady, onCellKeyDown, send],
  )

  const saveRows = useExport(body, () =>
    apiRef.current === null ? [] : [shownSheet(props.label, apiRef.current, latest.current.columns)],
  )
  const failed = useFailedRead()
  const total = rows?.length ?? 0
  const editable = props.onEdits !== undefined
  return (
    <div
      className={barsLieOver() ? `${styles.frame} ${styles.barsOver}` : styles.frame}
      onCopy={onCopy}
      onPaste={onPaste}
    >
      <div className={styles.body} ref={body} data-grid>
        <AgGridReact<Row>
          {...stable}
          rowData={shown === undefined ? null : (shown as Row[])}
          columnDefs={definitions}
          loading={shown === undefined && failed === null}
          {...(props.pinnedBottom ? { pinnedBottomRowData: props.pinnedBottom as Row[] } : {})}
          {...columnState}
        />
        {shown === undefined && failed !== null && (
          <div className={styles.empty}>
            <FailedRead error={failed} />
          </div>
        )}
        {shown !== undefined && shown.length === 0 && (
          <div className={styles.empty}>
            {total > 0 ? t('nothingFound', { search }) : (props.emptyText ?? t('empty'))}
          </div>
        )}
      </div>
      {!props.bare && (
        <div className={styles.status}>
          <span aria-live="polite" className={problem === null ? undefined : styles.problemLine}>
            {problem ??
              (shown === undefined || shown.length === total
                ? t('rows', { count: total })
                : t('rowsShown', { shown: shown.length, count: total }))}
          </span>
          <span className={styles.keys}>
            {props.keysHint !== false && t(editable ? 'editKeys' : props.onOpen ? 'openKeys' : 'readKeys')}
            {total > 0 && <ExportMenu onSave={saveRows} />}
          </span>
        </div>
      )}
    </div>
  )
}

function filterRows<Row>(rows: readonly Row[] | undefined, search: string, searchOf?: (row: Row) => string) {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  if (rows === undefined || words.length === 0 || !searchOf) return rows
  return rows.filter((row) => {
    const hay = searchOf(row).toLowerCase()
    return words.every((word) => hay.includes(word))
  })
}

/** The displayed row above the one with this id. */
function rowAbove<Row>(api: GridApi<Row> | null, id: string): Row | undefined {
  const index = api?.getRowNode(id)?.rowIndex
  return index === null || index === undefined ? undefined : api?.getDisplayedRowAtIndex(index - 1)?.data
}

let overlaid: boolean | null = null

/** Whether the system draws scroll bars over the content instead of beside it. */
function barsLieOver(): boolean {
  if (overlaid === null) {
    const probe = document.createElement('div')
    probe.style.cssText = 'position:absolute;top:-99px;width:50px;height:50px;overflow:scroll'
    document.body.append(probe)
    overlaid = probe.offsetWidth === probe.clientWidth
    probe.remove()
  }
  return overlaid
}
