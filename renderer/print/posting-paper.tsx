import type { PostingDocument } from '../../api/contract/ledger.ts'
import { Measure } from './measure.tsx'
import { Fact, figure, fitted, Name, type Papers, type PrintLanguage, paperWord } from './paper.tsx'
import type { PrintRequest } from './print.tsx'
import { guessPages, type PaperColumn, PaperHead, PaperTable, titleIn } from './table-paper.tsx'

type Line = PostingDocument['lines'][number]

function lineColumns(language: PrintLanguage): readonly PaperColumn<Line>[] {
  return [
    { key: 'line', className: 'number', cell: (row) => row.line },
    {
      key: 'item',
      className: 'name',
      cell: (row) => <Name language={language} zh={row.itemName} en={row.itemNameEn} />,
    },
    { key: 'specification', className: (row) => fitted(row.specification, 10), cell: (row) => row.specification },
    { key: 'lot', className: (row) => fitted(row.lot), cell: (row) => row.lot },
    { key: 'expiresOn', className: 'date', cell: (row) => row.expiresOn },
    { key: 'from', cell: (row) => <Name language={language} zh={row.fromName} en={row.fromNameEn} /> },
    { key: 'to', cell: (row) => <Name language={language} zh={row.toName} en={row.toNameEn} /> },
    { key: 'quantity', className: 'number strong', cell: (row) => figure(row.quantityBase) },
    { key: 'unitOfMeasure', className: 'short', cell: (row) => <Measure language={language} of={row.baseUnit} /> },
  ]
}

/** Any posting of the ledger as a document: 退库单, 报损单, 移库单, 更正单 and the rest. */
export function postingPaper(
  document: PostingDocument,
  options: { readonly language: PrintLanguage; readonly organisation: string },
): Papers {
  const { language } = options
  const { head, lines, owner } = document
  const kind = `posting-${head.kind}` as const
  const title = paperWord(language, kind)
  const columns = lineColumns(language)
  return {
    title: `${title} ${head.number}`,
    language,
    sections: [
      {
        foot: `${title} ${head.number}`,
        likelyPages: guessPages(lines.length),
        body: (
          <>
            <PaperHead language={language} organisation={options.organisation} of={kind}>
              <Fact language={language} of="number">
                {head.number}
              </Fact>
              <Fact language={language} of="date">
                {head.businessDate}
              </Fact>
              {head.person !== '' && (
                <Fact language={language} of="handler">
                  {head.person}
                </Fact>
              )}
              {owner !== null && (
                <Fact language={language} of="belongsTo">
                  {owner.number}
                </Fact>
              )}
              {head.corrects !== null && (
                <Fact language={language} of="corrects">
                  {head.corrects}
                </Fact>
              )}
              {head.correctedBy !== null && (
                <Fact language={language} of="correctedBy">
                  {head.correctedBy}
                </Fact>
              )}
              {head.reason !== '' && (
                <Fact language={language} of="reason" wide="full">
                  {head.reason}
                </Fact>
              )}
            </PaperHead>
            <PaperTable
              language={language}
              columns={columns}
              rows={lines}
              rowKey={(row) => row.line}
              empty="nothing"
              totals={
                <tr className="total">
                  <td colSpan={columns.length}>{paperWord(language, 'totalLines', { count: lines.length })}</td>
                </tr>
              }
              signed={{ as: kind, names: { handler: head.person } }}
            />
          </>
        ),
      },
    ],
  }
}

export const postingRequest = (document: PostingDocument): PrintRequest => ({
  kind: 'papers',
  title: titleIn(`posting-${document.head.kind}`),
  build: ({ language }, organisation) => postingPaper(document, { language, organisation }),
})
