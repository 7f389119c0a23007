import type { CellValue } from '../grid/cell-value.ts'
import { type GridColumn, showCell } from '../grid/column.ts'

/**
 * What a list exports: the words above its columns, the kind of each, and its rows in the order in which they are shown.
 * A percentage is its share, 0.45 for 45 %.
 */
export type Sheet = {
  readonly name: string
  readonly columns: readonly { readonly header: string; readonly kind: 'text' | 'number' | 'percent' | 'date' }[]
  readonly rows: readonly (readonly CellValue[])[]
}

/**
 * The rows of a grid as they are shown: choices and words as they are read, figures as numbers where what is shown is
 * that figure (with a unit behind it or not), and as text where it is another one (thousandths of a day as days).
 */
export function sheetOf<Row>(name: string, columns: readonly GridColumn<Row>[], rows: readonly Row[]): Sheet {
  return {
    name,
    columns: columns.map(({ group, header, kind }) => ({
      header: group === undefined || group === '' ? header : `${group} ${header}`,
      kind: kind === 'choice' ? 'text' : kind,
    })),
    rows: rows.map((row) => columns.map((column) => exportCell(column, row))),
  }
}

const shownNumber = /^[+-]?[\d,]+(\.\d+)?$/

function exportCell<Row>(column: GridColumn<Row>, row: Row): CellValue {
  const value = column.value(row)
  if (value === null) return column.show ? column.show(value, row) || null : null
  if (column.kind !== 'number' || typeof value !== 'number') return showCell(column, row)
  if (!column.show) return value
  // A mark before the figure (▼ 0.5) says by its shape what the figure says itself.
  const shown = column
    .show(value, row)
    // A minus as it is printed is a minus, and no mark before a figure: a shortage must not become a surplus.
    .replace('−', '-')
    .replace(/^[^\p{L}\p{N}+-]+/u, '')
    .trim()
  if (shown === '') return value
  // `7.5` for 7,500 thousandths, `1,200` for 1200, `1,200 只` for 1200: the figure that is read is the one that goes out.
  const [first = ''] = shown.split(/\s/)
  const figure = shownNumber.test(first) ? Number(first.replaceAll(',', '')) : Number.NaN
  if (Number.isNaN(figure)) return shown
  return shownNumber.test(shown) || figure === value ? figure : shown
}
