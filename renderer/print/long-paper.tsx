import type { ReactNode } from 'react'
import type { LongTable } from './long-table.tsx'
import { CloseRows, HeaderRow, type PaperColumn, type PaperTableProps, RowOf } from './table-paper.tsx'

/** Between the margins of a page, in millimetres. */
const upright = 185.4
const across = 276.4

/** Of a column of figures at 9 pt: a digit takes 1.78 mm, a comma less. */
export function widestFigure(figures: readonly string[]): number {
  const longest = figures.reduce((length, text) => Math.max(length, text.length), 0)
  return Math.max(16, longest * 1.72 + 3.2)
}

const least = <Row,>(columns: readonly PaperColumn<Row>[]): number =>
  columns.reduce((sum, { width = 20 }) => sum + width, 0)

/** Whether these columns need the page to lie across. */
export const isWide = <Row,>(columns: readonly PaperColumn<Row>[]): boolean => least(columns) > upright

/** A document's table as one that is cut into pages; columns that grow share what is left of the page's width. */
export function longPaperTable<Row>(
  props: PaperTableProps<Row> & {
    readonly carried: LongTable['carried']
    readonly staysWithNext?: (index: number) => boolean
    /** Where a row is no line of columns: the heading of a group, its sum. */
    readonly rowOf?: (row: Row) => ReactNode
  },
): LongTable {
  const { columns, rows, rowKey, rowOf } = props
  const shares = columns.reduce((sum, { grow = 0 }) => sum + grow, 0)
  const left = Math.max(0, (isWide(columns) ? across : upright) - least(columns))
  return {
    widths: columns.map(({ width = 20, grow = 0 }) => width + (shares === 0 ? 0 : (left * grow) / shares)),
    head: <HeaderRow {...props} />,
    first: props.first,
    rows: rows.length,
    row: (index) => {
      const row = rows[index]!
      return rowOf?.(row) ?? <RowOf key={rowKey(row)} columns={columns} row={row} />
    },
    ...(props.staysWithNext === undefined ? {} : { staysWithNext: props.staysWithNext }),
    carried: props.carried,
    close: <CloseRows {...props} />,
  }
}
