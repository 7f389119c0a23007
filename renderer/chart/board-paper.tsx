import type { ChartBoard } from '../../api/contract/chart.ts'
import { Fact, Name, type Papers, paperWord } from '../print/paper.tsx'
import type { PaperChoice } from '../print/request-papers.ts'
import { PaperHead } from '../print/table-paper.tsx'
import { chartText } from '../text/chart.ts'
import { textIn } from '../text/text.ts'
import { type BoardChart, boardCharts } from './board-charts.ts'
import { bothCharts } from './both-charts.ts'
import { PaperDrawing, PaperLegend } from './paper-drawing.tsx'

type Named = { readonly name: string; readonly nameEn: string }
export type ChartPaperFilter = {
  readonly from: string
  readonly to: string
  readonly depotId: number | null
  readonly itemId: number | null
  readonly depot: Named | null
  readonly item: Named | null
}

const words = { zh: textIn(chartText, 'zh'), en: textIn(chartText, 'en') }
const allDepots = { name: words.zh('allDepots'), nameEn: words.en('allDepots') }
const allItems = { name: words.zh('allItems'), nameEn: words.en('allItems') }

/** All charts of the board as one document, each with its rule and the table of what it draws. */
export function chartPapers(
  board: ChartBoard,
  filter: ChartPaperFilter,
  choice: Pick<PaperChoice, 'language' | 'businessDate'>,
  organisation: string,
): Papers {
  const { language } = choice
  const chartsIn = (one: 'zh' | 'en') => boardCharts(board, filter, words[one], one)
  const charts = language === 'both' ? bothCharts(chartsIn('zh'), chartsIn('en')) : chartsIn(language)
  const depot = filter.depot ?? allDepots
  const item = filter.item ?? allItems
  const rows = charts.reduce((sum, { table }) => sum + table.rows.length, 0)
  return {
    title: `${paperWord(language, 'chartReport')} ${filter.to}`,
    language,
    sections: [
      {
        foot: `${paperWord(language, 'chartReport')} ${filter.to}`,
        likelyPages: 4 + Math.ceil(rows / 45),
        body: (
          <>
            <PaperHead language={language} organisation={organisation} of="chartReport">
              <Fact language={language} of="date">
                {`${filter.from} – ${filter.to}`}
              </Fact>
              <Fact language={language} of="depot">
                <Name language={language} zh={depot.name} en={depot.nameEn} />
              </Fact>
              <Fact language={language} of="item">
                <Name language={language} zh={item.name} en={item.nameEn} />
              </Fact>
            </PaperHead>
            {charts.map((chart) => (
              <section key={chart.id}>
                <div className="keep">
                  <h2>{chart.title}</h2>
                  {chart.points.length === 0 ? (
                    <p className="rule-of">{paperWord(language, 'noData')}</p>
                  ) : (
                    <>
                      <PaperDrawing chart={chart} />
                      <PaperLegend chart={chart} />
                      <p className="rule-of">{chart.note}</p>
                    </>
                  )}
                </div>
                {chart.points.length > 0 && <ChartTable chart={chart} />}
              </section>
            ))}
          </>
        ),
      },
    ],
  }
}

type Row = BoardChart['table']['rows'][number]

/** Figures stand right, and the columns of words left, as all their cells say. */
function ChartTable({ chart: { table } }: { readonly chart: BoardChart }) {
  const { columns, rows } = table
  const figures = columns.map((_, at) => at > 0 && rows.every(({ cells }) => /^([\d.,+-]+%?)?$/.test(cells[at] ?? '')))
  const part = (some: readonly Row[]) => (
    <table className="figures">
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {some.map(({ cells }) => (
          <tr key={cells.join('\t')}>
            {cells.map((cell, at) => (
              <td key={columns[at]} className={figures[at] ? 'number' : undefined}>
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
  // A narrow table of a month would leave half of each page empty.
  const half = Math.ceil(rows.length / 2)
  if (columns.length > 4 || rows.length < 8 || rows.length > mostBeside) return part(rows)
  return (
    <div className="beside">
      {part(rows.slice(0, half))}
      {part(rows.slice(half))}
    </div>
  )
}

/** Rows that stand in two halves beside each other: what doesn't break over pages must fit on one. */
const mostBeside = 64
