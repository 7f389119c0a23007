import type { z } from 'zod'
import type { ItemRow } from '../../api/contract/item.ts'
import type { DepotRow } from '../../api/contract/place.ts'
import type { cardRow } from '../../api/contract/stock.ts'
import { textIn } from '../text/text.ts'
import { type WordKey, wordText } from '../text/words.ts'
import { Fact, figure, fitted, Name, type Papers, type PrintLanguage, paperWord } from './paper.tsx'
import type { PrintRequest } from './print.tsx'
import { guessPages, type PaperColumn, PaperHead, PaperTable, titleIn } from './table-paper.tsx'

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

function cardColumns(language: PrintLanguage): readonly PaperColumn<CardRow>[] {
  return [
    { key: 'date', className: 'date', cell: (row) => row.businessDate },
    {
      key: 'document',
      className: 'short',
      cell: (row) => <Name language={language} zh={postingWord(row.kind, 'zh')} en={postingWord(row.kind, 'en')} />,
    },
    { key: 'number', className: (row) => fitted(row.number, 18), cell: (row) => row.number },
    { key: 'otherPlace', cell: (row) => <Name language={language} zh={row.place} en={row.placeEn} /> },
    { key: 'lot', className: (row) => fitted(row.lot), cell: (row) => row.lot },
    { key: 'in', className: 'number', cell: (row) => blankZero(row.inBase) },
    { key: 'out', className: 'number', cell: (row) => blankZero(row.outBase) },
    { key: 'balance', className: 'number strong', cell: (row) => figure(row.balanceBase) },
  ]
}

/** 收发存明细 of one item in one depot, the oldest row first as in a ledger book, after the balance it begins with. */
export function stockCard(
  document: StockCardDocument,
  options: { readonly language: PrintLanguage; readonly organisation: string; readonly person: string },
): Papers {
  const { language } = options
  const { item, depot } = document
  const rows = [...document.rows].reverse()
  const [first] = rows
  const last = rows[rows.length - 1]
  const openingBase = first === undefined ? 0 : first.balanceBase - first.inBase + first.outBase
  const sum = (of: (row: CardRow) => number) => rows.reduce((total, row) => total + of(row), 0)
  const title = paperWord(language, 'stockCard')
  const name = language === 'en' && item.nameEn !== '' ? item.nameEn : item.name
  return {
    title: `${title} ${name}`,
    language,
    sections: [
      {
        foot: `${title} ${item.code} · ${language === 'en' && depot.nameEn !== '' ? depot.nameEn : depot.name}`,
        likelyPages: guessPages(rows.length),
        body: (
          <>
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
                {item.baseUnit}
              </Fact>
              <Fact language={language} of="period" wide="full">
                {first && last ? `${first.businessDate} – ${last.businessDate}` : ''}
              </Fact>
            </PaperHead>
            <PaperTable
              language={language}
              columns={cardColumns(language)}
              rows={rows}
              rowKey={(row) => row.movementSeq}
              empty="noMovement"
              first={
                first && (
                  <tr className="total">
                    <td colSpan={7}>{paperWord(language, 'opening')}</td>
                    <td className="number">{figure(openingBase)}</td>
                  </tr>
                )
              }
              totals={
                <tr className="total">
                  <td colSpan={5}>
                    {paperWord(language, 'total')} · {paperWord(language, 'totalLines', { count: rows.length })}
                  </td>
                  <td className="number">{figure(sum((row) => row.inBase))}</td>
                  <td className="number">{figure(sum((row) => row.outBase))}</td>
                  <td className="number">{figure(last?.balanceBase ?? 0)}</td>
                </tr>
              }
              signers={[{ of: 'madeBy', name: options.person }, { of: 'storekeeperPerson' }, { of: 'reviewer' }]}
            />
          </>
        ),
      },
    ],
  }
}

export const stockCardRequest = (document: StockCardDocument): PrintRequest => ({
  kind: 'papers',
  title: titleIn('stockCard'),
  build: ({ language, person }, organisation) => stockCard(document, { language, organisation, person }),
})
