import type { z } from 'zod'
import type { ItemRow } from '../../api/contract/item.ts'
import type { DepotRow } from '../../api/contract/place.ts'
import type { cardRow } from '../../api/contract/stock.ts'
import { textIn } from '../text/text.ts'
import { type WordKey, wordText } from '../text/words.ts'
import { isWide, longPaperTable, widestFigure } from './long-paper.tsx'
import { measureText } from './measure.tsx'
import { Fact, figure, Name, type Papers, type PrintLanguage, paperWord } from './paper.tsx'
import type { PrintRequest } from './print.tsx'
import { guessPages, type PaperColumn, PaperHead, titleIn } from './table-paper.tsx'

export type CardRow = z.infer<typeof cardRow>

export type StockCardDocument = {
  readonly item: Pick<ItemRow, 'code' | 'name' | 'nameEn' | 'specification' | 'baseUnit'>
  readonly depot: Pick<DepotRow, 'name' | 'nameEn'>
  /** As the ledger gives them, newest first. */
  readonly rows: readonly CardRow[]
}

const words = { zh: textIn(wordText, 'zh'), en: textIn(wordText, 'en') }
const wordKeys = new Set<string>(wordText.keys)

/** What a posting is, in a language of the screen. */
export function postingWord(kind: string, language: 'zh' | 'en'): string {
  const key = `posting-${kind}`
  return wordKeys.has(key) ? words[language](key as WordKey) : kind
}

const blankZero = (value: number): string => (value === 0 ? '' : figure(value))

/** What came, what went and what was there when the rows before it had been written. */
type Sums = { readonly inBase: number; readonly outBase: number; readonly balanceBase: number }

function cardColumns(language: PrintLanguage, rows: readonly CardRow[], sums: readonly Sums[]): PaperColumn<CardRow>[] {
  const widestOf = (of: (sum: Sums) => number) => widestFigure(sums.map((sum) => figure(of(sum))))
  return [
    { key: 'date', width: 20, className: 'date', cell: (row) => row.businessDate },
    {
      key: 'document',
      width: language === 'zh' ? 15 : 21,
      className: 'middle',
      cell: (row) => <Name language={language} zh={postingWord(row.kind, 'zh')} en={postingWord(row.kind, 'en')} />,
    },
    { key: 'number', width: widthOfCodes(rows, 'number', 33), cell: (row) => row.number },
    {
      key: 'otherPlace',
      width: 34,
      grow: 1,
      cell: (row) => <Name language={language} zh={row.place} en={row.placeEn} />,
    },
    { key: 'lot', width: widthOfCodes(rows, 'lot', 32), cell: (row) => row.lot },
    { key: 'in', width: widestOf((sum) => sum.inBase), className: 'number', cell: (row) => blankZero(row.inBase) },
    { key: 'out', width: widestOf((sum) => sum.outBase), className: 'number', cell: (row) => blankZero(row.outBase) },
    {
      key: 'balance',
      width: widestOf((sum) => sum.balanceBase),
      className: 'number strong',
      cell: (row) => figure(row.balanceBase),
    },
  ]
}

/** As wide as the longest code, but not wider than `most`: a longer one wraps. */
function widthOfCodes(rows: readonly CardRow[], of: 'number' | 'lot', most: number): number {
  const longest = rows.reduce((length, row) => Math.max(length, row[of].length), 0)
  return Math.min(most, Math.max(18, longest * 1.95 + 3))
}

/** 收发存明细 of one item in one depot, the oldest row first as in a ledger book, after the balance it begins with. */
export function stockCard(
  document: StockCardDocument,
  options: { readonly language: PrintLanguage; readonly organisation: string; readonly person: string },
): Papers {
  const { language } = options
  const { item, depot } = document
  const all = [...document.rows].reverse()
  const [oldest] = all
  const last = all[all.length - 1]
  // What was counted when the books began is the balance that they begin with, and nothing received.
  const begins = all.findIndex((row) => row.kind !== 'opening')
  const rows = begins === -1 ? [] : all.slice(begins)
  const [first] = rows
  const openingBase = first !== undefined ? first.balanceBase - first.inBase + first.outBase : (last?.balanceBase ?? 0)
  // Before row `index`: what the rows above it have added up to.
  const sums: Sums[] = [{ inBase: 0, outBase: 0, balanceBase: openingBase }]
  for (const row of rows) {
    const before = sums[sums.length - 1]!
    sums.push({
      inBase: before.inBase + row.inBase,
      outBase: before.outBase + row.outBase,
      balanceBase: before.balanceBase + row.inBase - row.outBase,
    })
  }
  const columns = cardColumns(language, rows, sums)
  const title = paperWord(language, 'stockCard')
  const name = language === 'en' && item.nameEn !== '' ? item.nameEn : item.name
  const sumCells = (sum: Sums) => (
    <>
      <td className="number">{figure(sum.inBase)}</td>
      <td className="number">{figure(sum.outBase)}</td>
      <td className="number">{figure(sum.balanceBase)}</td>
    </>
  )
  return {
    title: `${title} ${name}`,
    language,
    sections: [
      {
        foot: `${title} ${item.code} · ${language === 'en' && depot.nameEn !== '' ? depot.nameEn : depot.name}`,
        landscape: isWide(columns),
        likelyPages: guessPages(rows.length),
        body: (
          <PaperHead language={language} organisation={options.organisation} of="stockCard">
            <Fact language={language} of="item" wide="half">
              <Name language={language} zh={item.name} en={item.nameEn} />
            </Fact>
            <Fact language={language} of="depot" wide="half">
              <Name language={language} zh={depot.name} en={depot.nameEn} />
            </Fact>
            <Fact language={language} of="code">
              {item.code}
            </Fact>
            <Fact language={language} of="specification">
              {item.specification}
            </Fact>
            <Fact language={language} of="unitOfMeasure">
              {measureText(language, item.baseUnit)}
            </Fact>
            <Fact language={language} of="period" wide="full">
              {oldest && last ? `${oldest.businessDate} – ${last.businessDate}` : ''}
            </Fact>
          </PaperHead>
        ),
        tables: [
          longPaperTable({
            language,
            columns,
            rows,
            rowKey: (row) => row.movementSeq,
            empty: 'noMovement',
            first: oldest && (
              <tr className="total">
                <td colSpan={7}>{paperWord(language, 'opening')}</td>
                <td className="number">{figure(openingBase)}</td>
              </tr>
            ),
            carried: (index, way) => (
              <tr key={`${way}${index}`} className="carried">
                <td colSpan={5}>{paperWord(language, way === 'forward' ? 'carriedForward' : 'broughtForward')}</td>
                {sumCells(sums[index]!)}
              </tr>
            ),
            totals: (
              <tr className="total">
                <td colSpan={5}>
                  {paperWord(language, 'total')} · {paperWord(language, 'totalLines', { count: rows.length })}
                </td>
                {sumCells(sums[rows.length]!)}
              </tr>
            ),
            signed: { as: 'stockCard', names: { madeBy: options.person } },
          }),
        ],
      },
    ],
  }
}

export const stockCardRequest = (document: StockCardDocument): PrintRequest => ({
  kind: 'papers',
  title: titleIn('stockCard'),
  build: ({ language, person }, organisation) => stockCard(document, { language, organisation, person }),
})
