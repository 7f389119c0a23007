import type { ColDef, ICellRendererComp } from 'ag-grid-community'
import styles from './matrix.module.css'
import { type GridRow, ItemHeader } from './matrix-cell.ts'
import { columnIdOf } from './matrix-keys.ts'
import { PinEditor } from './pin-editor.ts'

/** A column of the matrix. */
export type MatrixItem = {
  readonly code: string
  readonly name: string
  readonly specification: string
  /** `箱 × 20 只`. */
  readonly pack: string
  readonly packName: string
}

/** Words that the frozen column needs; stable as long as the language and the data are. */
export type MatrixWords = {
  readonly unitHeading: string
  readonly groupLabel: (value: string) => string
  readonly unitName: (unit: string) => string
  readonly reportMark: (
    unit: string,
  ) => { readonly text: string; readonly hint: string; readonly never: boolean } | null
}

export function unitColumn(parts: {
  readonly words: MatrixWords
  readonly cellRenderer: new () => ICellRendererComp<GridRow>
}): ColDef<GridRow> {
  const { words } = parts
  return {
    colId: 'unit',
    headerName: words.unitHeading,
    pinned: 'left',
    lockPinned: true,
    width: 196,
    minWidth: 120,
    resizable: true,
    cellClass: styles.unitCell!,
    cellRenderer: parts.cellRenderer,
    cellRendererParams: { groupLabel: words.groupLabel, unitName: words.unitName, reportMark: words.reportMark },
    valueGetter: ({ data }) =>
      data?.kind === 'unit'
        ? words.unitName(data.id)
        : data?.kind === 'group'
          ? words.groupLabel(data.value)
          : data?.label,
  }
}

export function itemColumn(parts: {
  readonly item: MatrixItem
  readonly cellRenderer: new () => ICellRendererComp<GridRow>
  readonly editorLabel: (row: GridRow) => string
  readonly isEditable: (row: GridRow) => boolean
  readonly startText: (row: GridRow) => string
}): ColDef<GridRow> {
  const { item } = parts
  return {
    colId: columnIdOf(item.code),
    headerName: item.name,
    headerTooltip: [item.name, item.specification, item.pack].filter(Boolean).join(' · '),
    headerComponent: ItemHeader,
    headerComponentParams: { title: item.name, pack: item.pack },
    width: 82,
    minWidth: 66,
    resizable: true,
    cellClass: styles.itemCell!,
    cellRenderer: parts.cellRenderer,
    cellRendererParams: { item: item.code },
    cellEditor: PinEditor,
    cellEditorParams: ({ data }: { data: GridRow }) => ({
      label: parts.editorLabel(data),
      start: parts.startText(data),
    }),
    editable: ({ data }) => data !== undefined && parts.isEditable(data),
    // The cell's value is never its text: whatever is typed differs, so that an edit is always asked for.
    valueGetter: () => null,
  }
}
