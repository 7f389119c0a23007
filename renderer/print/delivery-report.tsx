import type { ReactNode } from 'react'
import type { DeliveryDocument } from '../../api/contract/delivery.ts'
import { isWide, longPaperTable, widestFigure } from './long-paper.tsx'
import { measureText } from './measure.tsx'
import { Fact, figure, Name, type Papers, type PrintLanguage, paperWord, Word } from './paper.tsx'
import type { PrintRequest } from './print.tsx'
import { guessPages, type PaperColumn, PaperHead, titleIn } from './table-paper.tsx'

type Line = DeliveryDocument['lines'][number] & { readonly head: DeliveryDocument['head'] }
type Sums = { readonly acceptedBase: number; readonly rejectedBase: number }
/** The lines of one item under its name, and their sum. */
type Row =
  | { readonly kind: 'item'; readonly of: Line }
  | { readonly kind: 'line'; readonly line: Line }
  | { readonly kind: 'sum'; readonly of: Line; readonly lines: number; readonly sums: Sums }

const none: Sums = { acceptedBase: 0, rejectedBase: 0 }
const blankZero = (value: number): string => (value === 0 ? '' : figure(value))
const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Items by code, the lines of an item by day and then in the order in which they were posted. */
function groupLines(documents: readonly DeliveryDocument[]): { rows: Row[]; sums: Sums[] } {
  const byItem = new Map<number, Line[]>()
  const oldestFirst = [...documents].sort(
    (a, b) => compareText(a.head.businessDate, b.head.businessDate) || a.head.postingSeq - b.head.postingSeq,
  )
  for (const { head, lines } of oldestFirst) {
    for (const line of lines) byItem.set(line.itemId, [...(byItem.get(line.itemId) ?? []), { ...line, head }])
  }
  const groups = [...byItem.values()].sort((a, b) => compareText(a[0]!.itemCode, b[0]!.itemCode))
  const rows: Row[] = []
  // Before each row: what the lines of its item above it have added up to.
  const sums: Sums[] = []
  for (const lines of groups) {
    rows.push({ kind: 'item', of: lines[0]! })
    sums.push(none)
    let sum = none
    for (const line of lines) {
      rows.push({ kind: 'line', line })
      sums.push(sum)
      sum = {
        acceptedBase: sum.acceptedBase + line.acceptedBase,
        rejectedBase: sum.rejectedBase + line.rejectedBase,
      }
    }
    rows.push({ kind: 'sum', of: lines[0]!, lines: lines.length, sums: sum })
    sums.push(sum)
  }
  return { rows, sums }
}

function lineColumns(language: PrintLanguage, sums: readonly Sums[]): PaperColumn<Row>[] {
  const of = (read: (line: Line) => ReactNode) => (row: Row) => (row.kind === 'line' ? read(row.line) : null)
  return [
    { key: 'date', width: 20, className: 'date', cell: of(({ head }) => head.businessDate) },
    { key: 'number', width: 32, cell: of(({ head }) => head.number) },
    {
      key: 'manufacturer',
      width: 34,
      grow: 1,
      cell: of(({ head }) => <Name language={language} zh={head.supplierName} en={head.supplierNameEn} />),
    },
    { key: 'lot', width: 27, cell: of(({ lot }) => lot) },
    { key: 'expiresOn', width: 20, className: 'date', cell: of(({ expiresOn }) => expiresOn) },
    {
      key: 'accepted',
      width: widestFigure(sums.map(({ acceptedBase }) => figure(acceptedBase))),
      className: 'number strong',
      cell: of(({ acceptedBase }) => figure(acceptedBase)),
    },
    {
      key: 'rejectedShort',
      width: widestFigure(sums.map(({ rejectedBase }) => figure(rejectedBase))),
      className: 'number',
      cell: of(({ rejectedBase }) => blankZero(rejectedBase)),
    },
  ]
}

/** 入库明细表: every line of these deliveries under its item, with a sum for each item. */
export function deliveryReport(
  documents: readonly DeliveryDocument[],
  options: { readonly language: PrintLanguage; readonly organisation: string; readonly person: string },
): Papers {
  const { language } = options
  const { rows, sums } = groupLines(documents)
  const columns = lineColumns(language, sums)
  const title = paperWord(language, 'deliveryReport')
  const days = documents.map(({ head }) => head.businessDate).sort()
  const dates = days.length === 0 ? '' : days[0] === days.at(-1) ? days[0]! : `${days[0]} – ${days.at(-1)}`
  const itemWords = (line: Line) => (
    <>
      {line.itemCode} <Name language={language} zh={line.itemName} en={line.itemNameEn} />
      {` ${[line.specification, measureText(language, line.baseUnit)].filter((word) => word !== '').join(' · ')}`}
    </>
  )
  const sumCells = ({ acceptedBase, rejectedBase }: Sums) => (
    <>
      <td className="number">{figure(acceptedBase)}</td>
      <td className="number">{blankZero(rejectedBase)}</td>
    </>
  )
  return {
    title: `${title} ${dates}`.trim(),
    language,
    sections: [
      {
        foot: `${title} ${dates}`.trim(),
        landscape: isWide(columns),
        likelyPages: guessPages(rows.length),
        body: (
          <PaperHead language={language} organisation={options.organisation} of="deliveryReport">
            <Fact language={language} of="dates" wide="half">
              {dates}
            </Fact>
            <Fact language={language} of="goodsReceipt" wide="half">
              {documents.length}
            </Fact>
          </PaperHead>
        ),
        tables: [
          longPaperTable({
            language,
            columns,
            rows,
            rowKey: (row) => (row.kind === 'line' ? `${row.line.head.postingSeq}/${row.line.line}` : row.kind),
            empty: 'nothing',
            rowOf: (row) => {
              if (row.kind === 'line') return undefined
              if (row.kind === 'item') {
                return (
                  <tr key={`item${row.of.itemId}`} className="group">
                    <td colSpan={columns.length}>{itemWords(row.of)}</td>
                  </tr>
                )
              }
              return (
                <tr key={`sum${row.of.itemId}`} className="total">
                  <td colSpan={5}>
                    {paperWord(language, 'subtotal')} · {paperWord(language, 'totalLines', { count: row.lines })}
                  </td>
                  {sumCells(row.sums)}
                </tr>
              )
            },
            // An item's name stays with its first line, and its sum with the last.
            staysWithNext: (index) => rows[index]?.kind === 'item' || rows[index + 1]?.kind === 'sum',
            carried: (index, way) => {
              const next = rows[index]
              // Between two items nothing is open.
              if (next === undefined || next.kind === 'item') return null
              return (
                <tr key={`${way}${index}`} className="carried">
                  <td colSpan={5}>
                    <Word language={language} of={way === 'forward' ? 'carriedForward' : 'broughtForward'} />
                    {way === 'brought' && <div>{itemWords(next.kind === 'line' ? next.line : next.of)}</div>}
                  </td>
                  {sumCells(sums[index]!)}
                </tr>
              )
            },
            totals: (
              <tr className="total">
                <td colSpan={columns.length}>
                  {paperWord(language, 'total')} ·{' '}
                  {paperWord(language, 'totalLines', { count: rows.filter(({ kind }) => kind === 'line').length })}
                </td>
              </tr>
            ),
            signed: { as: 'deliveryReport', names: { madeBy: options.person } },
          }),
        ],
      },
    ],
  }
}

export const deliveryReportRequest = (documents: readonly DeliveryDocument[]): PrintRequest => ({
  kind: 'papers',
  title: titleIn('deliveryReport'),
  build: ({ language, person }, organisation) => deliveryReport(documents, { language, organisation, person }),
})
