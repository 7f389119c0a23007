import type { ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'

/**
 * A table that is cut into pages before it is printed, because a browser can repeat a header row but carry no sum: each
 * page ends with what is carried forward (过次页) and the next begins with it (承前页), as in a Chinese ledger book.
 */
export type LongTable = {
  readonly className?: string
  /** Of every column, in millimetres; what is left of the page is shared out in proportion. */
  readonly widths: readonly number[]
  /** The rows of the header, on every page. */
  readonly head: ReactNode
  readonly caption?: ReactNode
  /** Rows before the first one, on the first page. */
  readonly first?: ReactNode
  readonly rows: number
  /** One `<tr>`. */
  readonly row: (index: number) => ReactNode
  /** Rows that must not be parted from the one after them. */
  readonly staysWithNext?: (index: number) => boolean
  /** One `<tr>` with the sums of what stands before row `index`; null where nothing is open there. */
  readonly carried: (index: number, way: 'forward' | 'brought') => ReactNode | null
  /** Totals and signatures: `<tr>`s that stay with the last row. */
  readonly close: ReactNode
}

/** The rows with which the pages of a table begin: `[0, 31, 65]` are three pages. */
export type Breaks = readonly number[]

/** Heights in one unit, whichever it is. */
export type TableHeights = {
  /** Header and caption. */
  readonly head: number
  readonly first: number
  readonly rows: readonly number[]
  /** The higher of the two carried rows. */
  readonly carried: number
  readonly close: number
}

/**
 * Cuts a table into pages, each as full as it can be.
 * @param room of a page; `taken` of it are used on the first one by what stands above the table.
 */
export function breakTable(
  heights: TableHeights,
  room: number,
  taken: number,
  staysWithNext: (index: number) => boolean = () => false,
): number[] {
  const { rows, head, carried, close } = heights
  const breaks = [0]
  let used = taken + head + heights.first
  const restOf = (from: number) => {
    let rest = close
    for (let index = rows.length - 1; index >= from && rest <= room; index--) rest += rows[index]!
    return rest
  }
  for (let index = 0; index < rows.length; index++) {
    // Everything that is left fits, and then nothing is carried any further.
    if (used + restOf(index) <= room) break
    const start = breaks[breaks.length - 1]!
    // A row takes along what must not stand without it; the last one the totals and signatures.
    let group = rows[index]!
    let end = index
    for (; staysWithNext(end) && end + 1 < rows.length; end++) group += rows[end + 1]!
    const fits = used + group + (end === rows.length - 1 ? close : carried) <= room
    const parted = index > 0 && staysWithNext(index - 1)
    if (!fits && !parted && index > start) {
      breaks.push(index)
      used = head + carried
    }
    used += rows[index]!
  }
  return breaks
}

const columnPixels = (millimetres: number): number => Math.round((millimetres * 96) / 25.4)

function Frame(props: { readonly table: LongTable; readonly children: ReactNode }) {
  const { table } = props
  return (
    <table className={`cut ${table.className ?? ''}`.trim()}>
      {table.caption !== undefined && table.caption !== null && <caption>{table.caption}</caption>}
      <colgroup>
        {table.widths.map((width, index) => (
          <col key={index} width={columnPixels(width)} />
        ))}
      </colgroup>
      <thead>{table.head}</thead>
      {props.children}
    </table>
  )
}

function rowsBetween(table: LongTable, from: number, to: number): ReactNode[] {
  return Array.from({ length: to - from }, (_, index) => table.row(from + index))
}

/** One page of the table. Without `breaks` the whole table is one piece, which the browser cuts, carrying nothing. */
export function* tableMarkup(table: LongTable, breaks: Breaks): Generator<string> {
  for (const [page, from] of breaks.entries()) {
    const next = breaks[page + 1]
    const to = next ?? table.rows
    const last = Math.max(from, to - 1)
    yield renderToStaticMarkup(
      <Frame table={table}>
        <tbody>
          {from === 0 ? table.first : table.carried(from, 'brought')}
          {rowsBetween(table, from, next === undefined ? last : to)}
          {next !== undefined && table.carried(next, 'forward')}
        </tbody>
        {next === undefined && (
          <tbody className="keep">
            {rowsBetween(table, last, to)}
            {table.close}
          </tbody>
        )}
      </Frame>,
    )
  }
}

/**
 * Lays out a piece of HTML as it will be printed. @returns in CSS pixels, for a table the height of its header and of
 * each of its other rows; for anything else its height alone.
 */
export type Ruler = (html: string) => Promise<number[]>

const rowsAtOnce = 400
/** Carried rows are alike; the longest figures are those near the end, the longest name may be anywhere. */
const carriedSamples = 12

/** The parts of a table that are measured: what stands on every page, then its rows by the hundreds. */
export async function measureTable(
  table: LongTable,
  ruler: Ruler,
  onRows: (done: number) => Promise<void>,
): Promise<TableHeights> {
  const heightsOf = async (rows: ReactNode) => {
    const heights = await ruler(
      renderToStaticMarkup(
        <Frame table={table}>
          <tbody>{rows}</tbody>
        </Frame>,
      ),
    )
    return { head: heights[0]!, rows: heights.slice(1) }
  }
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
  const { head } = await heightsOf(null)
  const first = sum((await heightsOf(table.first)).rows)
  const close = sum((await heightsOf(table.close)).rows)
  const samples = Array.from({ length: carriedSamples }, (_, index) =>
    Math.round(((index + 1) * table.rows) / carriedSamples),
  ).flatMap((index) => [table.carried(index, 'forward'), table.carried(index, 'brought')])
  const carried = Math.max(0, ...(await heightsOf(samples)).rows)
  const rows: number[] = []
  for (let from = 0; from < table.rows; from += rowsAtOnce) {
    rows.push(...(await heightsOf(rowsBetween(table, from, Math.min(table.rows, from + rowsAtOnce)))).rows)
    await onRows(rows.length)
  }
  return { head, first, rows, carried, close }
}
