import type { CellClassParams, ColDef, ColGroupDef, SuppressKeyboardEventParams } from 'ag-grid-community'
import type { CellValue } from './cell-value.ts'
import { ChoiceEditor } from './choice-editor.ts'
import { choicesOf, type GridColumn, isEditable, parseTyped, showCell } from './column.ts'
import styles from './grid.module.css'
import { isCharacter, isComposing, TextEditor } from './text-editor.ts'

/** What columns ask of the grid around them; stable, so that columns need not be made again. */
export type GridContext<Row> = {
  readonly problemOf: (row: Row, columnId: string) => string | null
  readonly nothingFits: string
  /** True when the key was a command of the grid or the screen. */
  readonly onShortcut: (event: KeyboardEvent, row: Row | undefined, columnId: string) => boolean
}

/** AG Grid's form of the columns. */
export function columnDefs<Row>(
  columns: readonly GridColumn<Row>[],
  context: GridContext<Row>,
): (ColDef<Row> | ColGroupDef<Row>)[] {
  const definitions: (ColDef<Row> | ColGroupDef<Row>)[] = []
  let open: { readonly name: string; readonly children: ColDef<Row>[] } = { name: '', children: [] }
  for (const column of columns) {
    const definition = columnDef(column, context)
    const name = column.group ?? ''
    if (name === '') definitions.push(definition)
    else if (name === open.name) open.children.push(definition)
    else {
      const children = [definition]
      definitions.push({ headerName: name, groupId: name, marryChildren: true, children })
      open = { name, children }
    }
    if (name === '') open = { name: '', children: [] }
  }
  return definitions
}

function columnDef<Row>(column: GridColumn<Row>, context: GridContext<Row>): ColDef<Row> {
  const numeric = column.kind === 'number'
  const problem = (row: Row | undefined) => (row === undefined ? null : context.problemOf(row, column.id))
  const definition: ColDef<Row> = {
    colId: column.id,
    headerName: column.header,
    sortable: true,
    resizable: true,
    wrapHeaderText: true,
    autoHeaderHeight: true,
    filter: numeric ? 'agNumberColumnFilter' : 'agTextColumnFilter',
    valueGetter: ({ data }) => (data === undefined ? null : column.value(data)),
    valueFormatter: ({ data, value }) =>
      data === undefined ? '' : column.show ? column.show(value as CellValue, data) : showCell(column, data),
    // Two emptinesses, and text where a number should be: sorted last, never mixed up.
    comparator: (left: CellValue, right: CellValue) => compareCells(left, right),
    editable: ({ data }) => data !== undefined && isEditable(column, data),
    suppressKeyboardEvent: (params) => onKey(params, column, context),
    tooltipValueGetter: ({ data }) => problem(data ?? undefined) ?? undefined,
    cellClass: ({ data }: CellClassParams<Row>) => [
      ...(numeric ? [styles.number!] : []),
      ...(data !== undefined && isEditable(column, data) ? [styles.editableCell!] : []),
      ...(data !== undefined ? [column.className?.(data) ?? []].flat() : []),
    ],
    cellClassRules: { [styles.problem!]: ({ data }) => problem(data) !== null },
    ...(numeric ? { headerClass: 'ag-right-aligned-header' } : {}),
    ...(column.hint ? { headerTooltip: column.hint } : {}),
    ...(column.pinned ? { pinned: column.pinned } : {}),
    ...(column.width ? { width: column.width } : {}),
    ...(column.grow ? { flex: column.grow, minWidth: column.width ?? 80 } : {}),
    ...(column.kind === 'choice' ? choiceEditor(column, context) : textEditor(column)),
    ...column.ag,
  }
  if (column.kind === 'choice' || column.show) {
    // Filters and the sort of a choice go by what is read.
    definition.filterValueGetter ??= ({ data }) =>
      data === undefined ? null : numeric ? column.value(data) : showCell(column, data)
  }
  return definition
}

function textEditor<Row>(column: GridColumn<Row>): ColDef<Row> {
  return {
    cellEditor: TextEditor,
    cellEditorParams: ({ data }: { data: Row }) => ({
      label: column.header,
      numeric: column.kind === 'number',
      parse: (text: string) => parseTyped(column, text, data),
    }),
  }
}

function choiceEditor<Row>(column: GridColumn<Row>, context: GridContext<Row>): ColDef<Row> {
  return {
    cellEditor: ChoiceEditor,
    cellEditorPopup: true,
    cellEditorParams: ({ data }: { data: Row }) => ({
      label: column.header,
      choices: choicesOf(column, data),
      nothingFits: context.nothingFits,
    }),
  }
}

export function compareCells(left: CellValue, right: CellValue): number {
  if (left === right) return 0
  if (left === null || left === '') return 1
  if (right === null || right === '') return -1
  if (typeof left === 'number' && typeof right === 'number') return left - right
  return String(left).localeCompare(String(right), 'zh-CN', { numeric: true })
}

/** True keeps the key from AG Grid. */
function onKey<Row>(
  params: SuppressKeyboardEventParams<Row>,
  column: GridColumn<Row>,
  context: GridContext<Row>,
): boolean {
  const { event, editing, data } = params
  if (editing) return isComposing(event)
  if (context.onShortcut(event, data, column.id)) return true
  // Typing begins an edit by the text editor itself; an input method's first key must reach it as a composition.
  return isCharacter(event.key) && (event.ctrlKey || event.metaKey || event.altKey)
}
