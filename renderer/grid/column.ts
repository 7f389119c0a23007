import type { ColDef } from 'ag-grid-community'
import { formatNumber } from '../format.ts'
import { type CellValue, type Choice, parseChoice, parseDate, parseNumber, toHalfWidth } from './cell-value.ts'

export type ColumnKind = 'text' | 'number' | 'date' | 'choice'

/** A column of a grid. `value` is what is edited, compared and pasted; `show` is what is read. */
export type GridColumn<Row> = {
  readonly id: string
  readonly header: string
  readonly kind: ColumnKind
  readonly value: (row: Row) => CellValue
  readonly show?: ((value: CellValue, row: Row) => string) | undefined
  /** Whether the cell is edited in place; never while left out. */
  readonly editable?: boolean | ((row: Row) => boolean) | undefined
  /** For `kind: 'choice'`. */
  readonly choices?: readonly Choice[] | ((row: Row) => readonly Choice[]) | undefined
  /** What a typed or pasted text means; the kind decides where it is left out. */
  readonly parse?: ((text: string, row: Row) => CellValue) | undefined
  readonly width?: number | undefined
  /** Takes a share of the width that is left. */
  readonly grow?: number | undefined
  readonly pinned?: 'left' | 'right' | undefined
  readonly hint?: string | undefined
  /** Neighbours with the same group stand under one heading. */
  readonly group?: string | undefined
  /** A class of the cell, by its row. */
  readonly className?: ((row: Row) => string | undefined) | undefined
  /** Opens the row: nothing that a file could do. */
  readonly isAction?: boolean | undefined
  /** Anything else of AG Grid's. */
  readonly ag?: ColDef<Row> | undefined
}

export function choicesOf<Row>(column: GridColumn<Row>, row: Row): readonly Choice[] {
  return typeof column.choices === 'function' ? column.choices(row) : (column.choices ?? [])
}

export function isEditable<Row>(column: GridColumn<Row>, row: Row): boolean {
  return typeof column.editable === 'function' ? column.editable(row) : (column.editable ?? false)
}

export function parseTyped<Row>(column: GridColumn<Row>, text: string, row: Row): CellValue {
  if (column.parse) return column.parse(text, row)
  switch (column.kind) {
    case 'number':
      return parseNumber(text)
    case 'date':
      return parseDate(text)
    case 'choice':
      return parseChoice(text, choicesOf(column, row))
    case 'text':
      return toHalfWidth(text) === '' ? '' : text.trim()
  }
}

/** The cell as it is read on screen. */
export function showCell<Row>(column: GridColumn<Row>, row: Row): string {
  const value = column.value(row)
  if (column.show) return column.show(value, row)
  if (value === null) return ''
  if (column.kind === 'number') return typeof value === 'number' ? formatNumber(value) : value
  if (column.kind === 'choice')
    return choicesOf(column, row).find((choice) => choice.value === value)?.label ?? String(value)
  return String(value)
}

/** The cell as it goes to the clipboard: numbers plain, so that a spreadsheet takes them as numbers. */
export function copyCell<Row>(column: GridColumn<Row>, row: Row): string {
  const value = column.value(row)
  return column.kind === 'number' && typeof value === 'number' && !column.show ? String(value) : showCell(column, row)
}
