import type { StocktakeDocument } from '../../api/contract/ledger.ts'
import { varianceValueFen } from '../../core/stock-move.ts'
import { formatFen } from '../format.ts'
import { summarise } from '../stocktake/count-sheet.ts'
import { Measure } from './measure.tsx'
import { Fact, figure, fitted, Name, type Papers, type PrintLanguage, paperWord } from './paper.tsx'
import type { PrintRequest } from './print.tsx'
import { guessPages, type PaperColumn, PaperHead, PaperTable, titleIn } from './table-paper.tsx'

type Line = StocktakeDocument['lines'][number]

export type StocktakeSheetOptions = {
  readonly language: PrintLanguage
  readonly organisation: string
  readonly person: string
  /** In both languages; empty for the whole depot. */
  readonly category: { readonly zh: string; readonly en: string }
}

const orBlank = (value: number | null): string => (value === null ? '' : figure(value))

/**
 * Counted is a column to write in as long as the sheet is open. A blind sheet never has the book figure before it is
 * closed, not even of a lot that is already counted: the paper goes to whoever counts next.
 */
function sheetColumns(document: StocktakeDocument, language: PrintLanguage): readonly PaperColumn<Line>[] {
  const { head, lines } = document
  const numbers = new Map(lines.map((line, index) => [line.lotId, index + 1]))
  const open = head.state === 'open'
  const columns: PaperColumn<Line>[] = [
    { key: 'line', className: 'number', cell: (row) => numbers.get(row.lotId) },
    // In the order of the shelves, where somebody has said what lies on which.
    ...(lines.some(({ shelf }) => shelf !== '')
      ? [{ key: 'shelf' as const, className: (row: Line) => fitted(row.shelf, 8), cell: (row: Line) => row.shelf }]
      : []),
    {
      key: 'item',
      className: 'name',
      cell: (row) => <Name language={language} zh={row.itemName} en={row.itemNameEn} />,
    },
    { key: 'specification', className: (row) => fitted(row.specification, 10), cell: (row) => row.specification },
    { key: 'lot', className: (row) => fitted(row.lot), cell: (row) => row.lot },
    { key: 'expiresOn', className: 'date', cell: (row) => row.expiresOn },
    { key: 'unitOfMeasure', className: 'short', cell: (row) => <Measure language={language} of={row.baseUnit} /> },
  ]
  if (!open || !head.blind)
    columns.push({ key: 'expected', className: 'number', cell: (row) => orBlank(row.expectedBase) })
  if (open) columns.push({ key: 'counted', className: 'difference', cell: () => '' })
  else {
    columns.push(
      { key: 'counted', className: 'number strong', cell: (row) => orBlank(row.countedBase) },
      { key: 'variance', className: 'number', cell: (row) => orBlank(row.varianceBase) },
      { key: 'varianceValue', className: 'number', cell: (row) => formatFen(varianceValueFen(row)) },
    )
  }
  columns.push({ key: 'reason', className: 'remark', cell: (row) => (open ? '' : row.reason) })
  return columns
}

/** What the differences are worth, and how many of them have no price. */
function totalsOf(lines: readonly Line[]) {
  const { surplusFen, shortageFen, withoutPrice } = summarise(lines)
  return { surplus: formatFen(surplusFen), shortage: formatFen(shortageFen), unpriced: withoutPrice }
}

/** 盘点表, to be written on while counting; of a closed stocktake, what was found. */
export function stocktakeSheet(document: StocktakeDocument, options: StocktakeSheetOptions): Papers {
  const { language, category } = options
  const { head, lines } = document
  const columns = sheetColumns(document, language)
  const title = paperWord(language, 'stocktakeSheet')
  return {
    title: `${title} ${head.number}`,
    language,
    sections: [
      {
        foot: `${title} ${head.number}`,
        likelyPages: guessPages(lines.length),
        body: (
          <>
            <PaperHead language={language} organisation={options.organisation} of="stocktakeSheet">
              <Fact language={language} of="number">
                {head.number}
              </Fact>
              <Fact language={language} of="depot">
                <Name language={language} zh={head.depotName} en={head.depotNameEn} />
              </Fact>
              <Fact language={language} of="category">
                {category.zh === '' ? (
                  paperWord(language, 'all')
                ) : (
                  <Name language={language} zh={category.zh} en={category.en} />
                )}
              </Fact>
              {head.shelf !== '' && (
                <Fact language={language} of="shelf">
                  {head.shelf}
                </Fact>
              )}
              <Fact language={language} of="countMode" wide="half">
                {paperWord(language, head.blind ? 'blindCount' : 'openCount')}
              </Fact>
              {head.note !== '' && (
                <Fact language={language} of="note" wide="half">
                  {head.note}
                </Fact>
              )}
              {head.state === 'cancelled' && (
                <div className="full">
                  <span className="cancelled">{paperWord(language, 'cancelled')}</span>
                </div>
              )}
            </PaperHead>
            <PaperTable
              language={language}
              columns={columns}
              rows={lines}
              rowKey={(row) => row.lotId}
              empty="nothingToCount"
              totals={
                <tr className="total">
                  <td colSpan={columns.length}>
                    {paperWord(language, 'totalLines', { count: lines.length })}
                    {head.state === 'posted' && <> · {paperWord(language, 'varianceTotal', totalsOf(lines))}</>}
                  </td>
                </tr>
              }
              signed={{ as: 'stocktakeSheet' }}
            />
          </>
        ),
      },
    ],
  }
}

export const stocktakeSheetRequest = (
  document: StocktakeDocument,
  category: StocktakeSheetOptions['category'],
): PrintRequest => ({
  kind: 'papers',
  title: titleIn('stocktakeSheet'),
  build: ({ language, person }, organisation) => stocktakeSheet(document, { language, organisation, person, category }),
})
