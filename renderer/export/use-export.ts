import type { GridApi } from 'ag-grid-community'
import { type RefObject, useEffect, useRef, useSyncExternalStore } from 'react'
import { useKeys } from '../frame/keys.tsx'
import type { GridColumn } from '../grid/column.ts'
import { gridText } from '../text/grid.ts'
import { useText } from '../text/text.ts'
import { type SheetFormat, saveSheets } from './save-sheet.ts'
import { type Sheet, sheetOf } from './sheet.ts'

export const exportChords: Readonly<Record<SheetFormat, string>> = { csv: 'Ctrl+E', xlsx: 'Ctrl+Shift+E' }

/** A grid as it stands on screen: its columns and rows in the order shown, and the totals beneath. */
export function shownSheet<Row>(name: string, api: GridApi<Row>, columns: readonly GridColumn<Row>[]): Sheet {
  const byId = new Map(columns.flatMap((column) => (column.isAction ? [] : [[column.id, column] as const])))
  const shown = api.getAllDisplayedColumns().flatMap((column) => byId.get(column.getColId()) ?? [])
  const rows: Row[] = []
  for (let index = 0; index < api.getDisplayedRowCount(); index++) {
    const row = api.getDisplayedRowAtIndex(index)?.data
    if (row !== undefined) rows.push(row)
  }
  for (let index = 0; index < api.getPinnedBottomRowCount(); index++) {
    const total = api.getPinnedBottomRow(index)?.data
    if (total !== undefined) rows.push(total)
  }
  return sheetOf(name, shown, rows)
}

type ShownGrid = { readonly element: RefObject<HTMLElement | null>; readonly save: (format: SheetFormat) => void }

let shownGrids: readonly ShownGrid[] = []
const listeners = new Set<() => void>()
function change(next: readonly ShownGrid[]) {
  shownGrids = next
  for (const listener of listeners) listener()
}
const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** The keys mean the grid in which the cursor is; elsewhere on the page, the one that came up last. */
function saveShown(format: SheetFormat): void {
  const focused = shownGrids.find(({ element }) => element.current?.contains(document.activeElement))
  const grid = focused ?? shownGrids.at(-1)
  grid?.save(format)
}

/**
 * Ctrl+E and Ctrl+Shift+E for a grid, whose tables are saved under the name of the first. Only one of the grids of a page registers them, so that F1 lists them once.
 * @returns saves this grid's rows.
 */
export function useExport(element: RefObject<HTMLElement | null>, read: () => readonly Sheet[]) {
  const t = useText(gridText)
  const latest = useRef(read)
  latest.current = read
  const grid = useRef<ShownGrid | null>(null)
  grid.current ??= {
    element,
    save: (format) => {
      const sheets = latest.current()
      if (sheets[0] !== undefined) void saveSheets(sheets[0].name, sheets, format)
    },
  }
  useEffect(() => {
    const mine = grid.current!
    change([...shownGrids, mine])
    return () => change(shownGrids.filter((one) => one !== mine))
  }, [])
  const first = useSyncExternalStore(subscribe, () => shownGrids[0] === grid.current)
  useKeys(
    'keysScreen',
    first
      ? [
          { chord: exportChords.csv, label: t('exportCsv'), run: () => saveShown('csv') },
          { chord: exportChords.xlsx, label: t('exportXlsx'), run: () => saveShown('xlsx') },
        ]
      : [],
  )
  return grid.current.save
}
