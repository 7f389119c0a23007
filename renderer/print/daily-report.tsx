import type { client, Output } from '../query.ts'
import type { ItemStock } from '../stock/stock-rows.ts'
import type { Flow, Flows } from './day-flows.ts'
import { Measure, Quantity } from './measure.tsx'
import { coverFigure, Fact, figure, Name, type Papers, type PrintLanguage, paperWord, Word } from './paper.tsx'
import type { PrintRequest } from './print.tsx'
import { guessPages, type PaperColumn, PaperHead, PaperTable, titleIn } from './table-paper.tsx'

type Today = Output<typeof client.today.get>

export type DailyReport = {
  readonly today: Pick<Today, 'businessDate' | 'short' | 'runningOut' | 'runningOutCount' | 'due'>
  readonly stock: readonly ItemStock[]
  readonly flows: Flows
}

type StockLine = ItemStock & { readonly receivedBase: number; readonly givenBase: number }

const blankZero = (value: number): string => (value === 0 ? '' : figure(value))
const daysOf = (milliDays: number | null): string => (milliDays === null ? '' : coverFigure(milliDays))

function sumByItem(flows: readonly Flow[]): ReadonlyMap<number, number> {
  const sums = new Map<number, number>()
  for (const { itemId, quantityBase } of flows) sums.set(itemId, (sums.get(itemId) ?? 0) + quantityBase)
  return sums
}

/** Items that are there, that moved that day, or that someone uses; the shortest cover first, as on screen. */
function stockLines({ stock, flows }: DailyReport): StockLine[] {
  const received = sumByItem(flows.received)
  const given = sumByItem(flows.given)
  return stock
    .map((row) => ({
      ...row,
      receivedBase: received.get(row.item.itemId) ?? 0,
      givenBase: given.get(row.item.itemId) ?? 0,
    }))
    .filter((row) => row.receivedBase !== 0 || row.givenBase !== 0 || row.onHandBase !== 0 || row.useMilliPerDay !== 0)
}

const stockColumns = (language: PrintLanguage): readonly PaperColumn<StockLine>[] => [
  { key: 'item', className: 'name', cell: ({ item }) => <Name language={language} zh={item.name} en={item.nameEn} /> },
  { key: 'unitOfMeasure', className: 'short', cell: ({ item }) => <Measure language={language} of={item.baseUnit} /> },
  { key: 'received', className: 'number', cell: (row) => blankZero(row.receivedBase) },
  { key: 'issued', className: 'number', cell: (row) => blankZero(row.givenBase) },
  { key: 'onHand', className: 'number', cell: (row) => figure(row.onHandBase) },
  { key: 'reserved', className: 'number', cell: (row) => blankZero(row.reservedBase) },
  { key: 'available', className: 'number strong', cell: (row) => figure(row.availableBase) },
  { key: 'cover', className: 'number', cell: (row) => daysOf(row.coverMilliDays) },
]

const shortColumns = (language: PrintLanguage): readonly PaperColumn<Today['short'][number]>[] => [
  { key: 'item', className: 'name', cell: (row) => <Name language={language} zh={row.name} en={row.nameEn} /> },
  {
    key: 'available',
    className: 'number',
    cell: (row) => <Quantity language={language} base={row.availableBase} unit={row.baseUnit} />,
  },
  { key: 'usePerDay', className: 'number', cell: (row) => figure(Math.round(row.useMilliPerDay / 1000)) },
  { key: 'cover', className: 'number strong', cell: (row) => daysOf(row.coverMilliDays) },
]

const runOutColumns = (language: PrintLanguage): readonly PaperColumn<Today['runningOut'][number]>[] => [
  { key: 'unit', className: 'name', cell: (row) => <Name language={language} zh={row.unitName} en={row.unitNameEn} /> },
  { key: 'tier', className: 'short', cell: (row) => row.tier },
  { key: 'item', className: 'name', cell: (row) => <Name language={language} zh={row.itemName} en={row.itemNameEn} /> },
  { key: 'cover', className: 'number strong', cell: (row) => daysOf(row.coverMilliDays) },
]

const dueColumns = (language: PrintLanguage): readonly PaperColumn<Today['due'][number]>[] => [
  {
    key: 'manufacturer',
    className: 'name',
    cell: (row) => <Name language={language} zh={row.supplierName} en={row.supplierNameEn} />,
  },
  { key: 'item', className: 'name', cell: (row) => <Name language={language} zh={row.itemName} en={row.itemNameEn} /> },
  { key: 'dueOn', className: 'date', cell: (row) => row.dueOn },
  {
    key: 'outstanding',
    className: 'number strong',
    cell: (row) => <Quantity language={language} base={row.outstandingBase} unit={row.baseUnit} />,
  },
]

/** 日报: what came and went today by item, the stock at hand, what is short, who runs out, and what is promised. */
export function dailyReport(
  report: DailyReport,
  options: { readonly language: PrintLanguage; readonly organisation: string; readonly person: string },
): Papers {
  const { language } = options
  const { today } = report
  const lines = stockLines(report)
  const title = paperWord(language, 'dailyReport')
  const listed = lines.length + today.short.length + today.runningOut.length + today.due.length
  return {
    title: `${title} ${today.businessDate}`,
    language,
    sections: [
      {
        foot: `${title} ${today.businessDate}`,
        likelyPages: guessPages(listed + 16),
        body: (
          <>
            <PaperHead language={language} organisation={options.organisation} of="dailyReport">
              <Fact language={language} of="date" wide="full">
                {today.businessDate}
              </Fact>
            </PaperHead>
            <h2>
              <Word language={language} of="stockOfDay" />
            </h2>
            <PaperTable
              language={language}
              columns={stockColumns(language)}
              rows={lines}
              rowKey={(row) => row.item.itemId}
              empty="nothing"
            />
            <h2>
              <Word language={language} of="shortItems" />
            </h2>
            <PaperTable
              language={language}
              columns={shortColumns(language)}
              rows={today.short}
              rowKey={(row) => row.itemId}
              empty="nothing"
            />
            <h2>
              <Word language={language} of="runningOut" />
            </h2>
            <PaperTable
              language={language}
              columns={runOutColumns(language)}
              rows={today.runningOut}
              rowKey={(row) => `${row.unitId}/${row.itemId}`}
              empty="nothing"
              totals={
                today.runningOutCount > today.runningOut.length && (
                  <tr className="total">
                    <td colSpan={4}>
                      {paperWord(language, 'shownOf', { shown: today.runningOut.length, count: today.runningOutCount })}
                    </td>
                  </tr>
                )
              }
            />
            <h2>
              <Word language={language} of="promisesDue" />
            </h2>
            <PaperTable
              language={language}
              columns={dueColumns(language)}
              rows={today.due}
              rowKey={(row) => row.commitmentId}
              empty="nothing"
              signed={{ as: 'dailyReport', names: { madeBy: options.person } }}
            />
          </>
        ),
      },
    ],
  }
}

export const dailyReportRequest = (report: DailyReport): PrintRequest => ({
  kind: 'papers',
  title: titleIn('dailyReport'),
  build: ({ language, person }, organisation) => dailyReport(report, { language, organisation, person }),
})
