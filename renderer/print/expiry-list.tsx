import type { DepotLot } from '../../api/contract/ledger.ts'
import type { DepotRow } from '../../api/contract/place.ts'
import { Measure } from './measure.tsx'
import { Fact, figure, fitted, Name, type Papers, type PrintLanguage, paperWord } from './paper.tsx'
import type { PrintRequest } from './print.tsx'
import { guessPages, type PaperColumn, PaperHead, PaperTable, titleIn } from './table-paper.tsx'

export type ExpiryList = {
  readonly lots: readonly DepotLot[]
  readonly depots: readonly Pick<DepotRow, 'placeId' | 'name' | 'nameEn'>[]
  readonly today: string
  /** Lots that expire within so many days stand on the list; those that have expired stand first. */
  readonly nearExpiryDays: number
}

const dayMilliseconds = 86_400_000
const dayOf = (date: string): number => Date.parse(`${date}T00:00:00Z`) / dayMilliseconds

/** Lots with stock that have expired or soon do, the earliest first. */
export function nearExpiry({ lots, today, nearExpiryDays }: ExpiryList): (DepotLot & { readonly daysLeft: number })[] {
  return lots
    .flatMap((lot) => {
      if (lot.expiresOn === null || lot.onHandBase <= 0) return []
      const daysLeft = dayOf(lot.expiresOn) - dayOf(today)
      return daysLeft > nearExpiryDays ? [] : [{ ...lot, daysLeft }]
    })
    .sort((left, right) => left.daysLeft - right.daysLeft || left.lotId - right.lotId)
}

type Line = ReturnType<typeof nearExpiry>[number]

/** 近效期清单. */
export function expiryList(
  list: ExpiryList,
  options: { readonly language: PrintLanguage; readonly organisation: string; readonly person: string },
): Papers {
  const { language } = options
  const rows = nearExpiry(list)
  const depots = new Map(list.depots.map((depot) => [depot.placeId, depot]))
  const until = new Date((dayOf(list.today) + list.nearExpiryDays) * dayMilliseconds).toISOString().slice(0, 10)
  const title = paperWord(language, 'expiryList')
  const columns: readonly PaperColumn<Line>[] = [
    { key: 'expiresOn', className: 'date', cell: (row) => row.expiresOn },
    {
      key: 'daysLeft',
      className: 'number strong',
      cell: (row) => (row.daysLeft < 0 ? paperWord(language, 'expired') : row.daysLeft),
    },
    {
      key: 'item',
      className: 'name',
      cell: (row) => <Name language={language} zh={row.itemName} en={row.itemNameEn} />,
    },
    { key: 'specification', className: (row) => fitted(row.specification, 10), cell: (row) => row.specification },
    { key: 'lot', className: (row) => fitted(row.lot), cell: (row) => row.lot },
    {
      key: 'depot',
      cell: (row) => {
        const depot = depots.get(row.depotId)
        return <Name language={language} zh={depot?.name ?? ''} en={depot?.nameEn ?? ''} />
      },
    },
    { key: 'onHand', className: 'number', cell: (row) => figure(row.onHandBase) },
    { key: 'unitOfMeasure', className: 'short', cell: (row) => <Measure language={language} of={row.baseUnit} /> },
  ]
  return {
    title: `${title} ${list.today}`,
    language,
    sections: [
      {
        foot: `${title} ${list.today}`,
        likelyPages: guessPages(rows.length),
        body: (
          <>
            <PaperHead language={language} organisation={options.organisation} of="expiryList">
              <Fact language={language} of="date">
                {list.today}
              </Fact>
              <Fact language={language} of="until">
                {until}
              </Fact>
            </PaperHead>
            <PaperTable
              language={language}
              columns={columns}
              rows={rows}
              rowKey={(row) => `${row.depotId}/${row.lotId}`}
              empty="nothing"
              totals={
                <tr className="total">
                  <td colSpan={columns.length}>{paperWord(language, 'totalLines', { count: rows.length })}</td>
                </tr>
              }
              signed={{ as: 'expiryList', names: { madeBy: options.person } }}
            />
          </>
        ),
      },
    ],
  }
}

export const expiryListRequest = (list: ExpiryList): PrintRequest => ({
  kind: 'papers',
  title: titleIn('expiryList'),
  build: ({ language, person }, organisation) => expiryList(list, { language, organisation, person }),
})
