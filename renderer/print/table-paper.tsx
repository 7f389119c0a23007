import type { ReactNode } from 'react'
import { type PaperKey, type PrintLanguage, paperWord, Word } from './paper.tsx'
import { type Signed, SignRow } from './signatures.tsx'

/** A column of a document's table: its word, and what stands in the cell of a row. */
export type PaperColumn<Row> = {
  readonly key: PaperKey
  readonly className?: string | ((row: Row) => string)
  readonly cell: (row: Row) => ReactNode
  /** In millimetres, in a long table; `grow` takes its share of what is left of the page's width. */
  readonly width?: number
  readonly grow?: number
}

/** Organisation and name of a document, with the facts under it. */
export function PaperHead(props: {
  readonly language: PrintLanguage
  readonly organisation: string
  readonly of: PaperKey
  readonly children: ReactNode
}) {
  return (
    <>
      <div className="organisation">{props.organisation}</div>
      <h1>
        <Word language={props.language} of={props.of} />
      </h1>
      <dl className="facts">{props.children}</dl>
    </>
  )
}

export type PaperTableProps<Row> = {
  readonly language: PrintLanguage
  readonly columns: readonly PaperColumn<Row>[]
  readonly rows: readonly Row[]
  readonly rowKey: (row: Row) => string | number
  readonly empty: PaperKey
  /** Before the rows: what they begin with. */
  readonly first?: ReactNode
  /** After the rows, in the same style as every total. */
  readonly totals?: ReactNode
  /** Who signs; they stay on one page with the last line. */
  readonly signed?: Signed
}

export function HeaderRow<Row>(props: Pick<PaperTableProps<Row>, 'language' | 'columns'>) {
  return (
    <tr>
      {props.columns.map(({ key }) => (
        <th key={key} scope="col">
          <Word language={props.language} of={key} />
        </th>
      ))}
    </tr>
  )
}

export function RowOf<Row>(props: { readonly columns: readonly PaperColumn<Row>[]; readonly row: Row }) {
  return (
    <tr>
      {props.columns.map(({ key, className, cell }) => (
        <td key={key} className={typeof className === 'function' ? className(props.row) : className}>
          {cell(props.row)}
        </td>
      ))}
    </tr>
  )
}

/** What a table ends with: that it is empty, its totals, and who signs. */
export function CloseRows<Row>(props: Omit<PaperTableProps<Row>, 'rowKey' | 'first'>) {
  const { language, columns } = props
  return (
    <>
      {props.rows.length === 0 && (
        <tr className="none">
          <td colSpan={columns.length}>{paperWord(language, props.empty)}</td>
        </tr>
      )}
      {props.totals}
      {props.signed !== undefined && <SignRow language={language} signed={props.signed} columns={columns.length} />}
    </>
  )
}

/** The table of a document: its header on every page, totals and signatures never parted from the last line. */
export function PaperTable<Row>(props: PaperTableProps<Row>) {
  const { columns, rows, rowKey } = props
  const last = rows[rows.length - 1]
  return (
    <table>
      <thead>
        <HeaderRow {...props} />
      </thead>
      <tbody>
        {props.first}
        {rows.slice(0, -1).map((row) => (
          <RowOf key={rowKey(row)} columns={columns} row={row} />
        ))}
      </tbody>
      <tbody className="keep">
        {last !== undefined && <RowOf columns={columns} row={last} />}
        <CloseRows {...props} />
      </tbody>
    </table>
  )
}

/** Lines after which a document begins its second page, about, and lines of each further page. */
export const guessPages = (lines: number): number => Math.max(1, Math.ceil((lines - 24) / 34) + 1)

/** What the words of a paper are in both languages: the title of a print request. */
export const titleIn = (key: PaperKey) => ({ zh: paperWord('zh', key), en: paperWord('en', key) })
