import { type Flow, type Flows, isPerson } from './day-flows.ts'
import { Measure } from './measure.tsx'
import { Fact, figure, Name, type Papers, type PrintLanguage, paperWord, Word } from './paper.tsx'
import type { PrintRequest } from './print.tsx'
import { guessPages, type PaperColumn, PaperHead, PaperTable, titleIn } from './table-paper.tsx'

export type PublicNotice = {
  readonly from: string
  readonly to: string
  readonly flows: Flows
}

const flowKey = (row: Flow): string => JSON.stringify([row.placeId, row.itemId])

function flowColumns(language: PrintLanguage, place: 'manufacturer' | 'toUnit'): readonly PaperColumn<Flow>[] {
  return [
    {
      key: place,
      className: 'name',
      cell: (row) =>
        // The name of a private person is never published.
        isPerson(row) ? (
          <Word language={language} of="person" />
        ) : (
          <Name language={language} zh={row.placeName} en={row.placeNameEn} />
        ),
    },
    {
      key: 'item',
      className: 'name',
      cell: (row) => <Name language={language} zh={row.itemName} en={row.itemNameEn} />,
    },
    { key: 'specification', cell: (row) => row.specification },
    { key: 'quantity', className: 'number', cell: (row) => figure(row.quantityBase) },
    { key: 'unitOfMeasure', className: 'short', cell: (row) => <Measure language={language} of={row.baseUnit} /> },
  ]
}

/** 公示: from whom supplies were received and which units were given them. It names organisations only. */
export function publicNotice(
  notice: PublicNotice,
  options: { readonly language: PrintLanguage; readonly organisation: string },
): Papers {
  const { language } = options
  const { from, to, flows } = notice
  const title = paperWord(language, 'publicNotice')
  const dates = from === to ? from : `${from} – ${to}`
  const totals = (rows: readonly Flow[]) => (
    <tr className="total">
      <td colSpan={5}>{paperWord(language, 'totalLines', { count: rows.length })}</td>
    </tr>
  )
  return {
    title: `${title} ${dates}`,
    language,
    sections: [
      {
        foot: `${title} ${dates}`,
        likelyPages: guessPages(flows.received.length + flows.given.length + 8),
        body: (
          <>
            <PaperHead language={language} organisation={options.organisation} of="publicNotice">
              <Fact language={language} of="dates" wide="full">
                {dates}
              </Fact>
            </PaperHead>
            <h2>
              <Word language={language} of="receivedFrom" />
            </h2>
            <PaperTable
              language={language}
              columns={flowColumns(language, 'manufacturer')}
              rows={flows.received}
              rowKey={flowKey}
              empty="nothing"
              totals={totals(flows.received)}
            />
            <h2>
              <Word language={language} of="givenTo" />
            </h2>
            <PaperTable
              language={language}
              columns={flowColumns(language, 'toUnit')}
              rows={flows.given}
              rowKey={flowKey}
              empty="nothing"
              totals={totals(flows.given)}
              signed={{ as: 'publicNotice' }}
            />
          </>
        ),
      },
    ],
  }
}

export const publicNoticeRequest = (notice: PublicNotice): PrintRequest => ({
  kind: 'papers',
  title: titleIn('publicNotice'),
  build: ({ language }, organisation) => publicNotice(notice, { language, organisation }),
})
