import type { ChartBoard } from '../../api/contract/chart.ts'
import { Fact, type Papers, paperWord } from '../print/paper.tsx'
import type { PaperChoice } from '../print/request-papers.ts'
import { PaperHead } from '../print/table-paper.tsx'
import { chartText } from '../text/chart.ts'
import { nameOf, textIn } from '../text/text.ts'
import { boardCharts } from './board-charts.ts'
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

/** All charts of the board as one document. A chart has one language: in both, the Chinese one with both in the head. */
export function chartPapers(
  board: ChartBoard,
  filter: ChartPaperFilter,
  choice: Pick<PaperChoice, 'language' | 'businessDate'>,
  organisation: string,
): Papers {
  const { language } = choice
  const one = language === 'en' ? 'en' : 'zh'
  const t = textIn(chartText, one)
  const charts = boardCharts(board, filter, t, one)
  return {
    title: `${paperWord(language, 'chartReport')} ${filter.to}`,
    language,
    sections: [
      {
        foot: `${paperWord(language, 'chartReport')} ${filter.to}`,
        likelyPages: 4,
        body: (
          <>
            <PaperHead language={language} organisation={organisation} of="chartReport">
              <Fact language={language} of="date">
                {`${filter.from} – ${filter.to}`}
              </Fact>
              <Fact language={language} of="depot">
                {filter.depot === null ? t('allDepots') : nameOf(filter.depot, one)}
              </Fact>
              <Fact language={language} of="item">
                {filter.item === null ? t('allItems') : nameOf(filter.item, one)}
              </Fact>
            </PaperHead>
            {charts.map((chart) => (
              <section key={chart.id} className="keep">
                <h2>{chart.title}</h2>
                {chart.points.length === 0 ? (
                  <p className="rule-of">{t('none')}</p>
                ) : (
                  <>
                    <PaperDrawing chart={chart} />
                    <PaperLegend chart={chart} />
                    <p className="rule-of">{chart.note}</p>
                  </>
                )}
              </section>
            ))}
          </>
        ),
      },
    ],
  }
}
