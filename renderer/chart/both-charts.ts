import type { BoardChart, ChartPoint } from './board-charts.ts'

/** Chinese first; once where both say the same (a date, a figure, a name without an English one). */
const join = (zh: string, en: string): string => (zh === en ? zh : `${zh} ${en}`)
const joinAll = (zh: readonly string[], en: readonly string[]): string[] =>
  zh.map((text, index) => join(text, en[index] ?? text))

/** The same chart with the words of both languages: what `boardCharts` made of one board in Chinese and in English. */
export function bothCharts(zh: readonly BoardChart[], en: readonly BoardChart[]): BoardChart[] {
  return zh.map((chart, index) => {
    const other = en[index]!
    return {
      ...chart,
      title: join(chart.title, other.title),
      note: join(chart.note, other.note),
      series: chart.series.map((one, at) => ({ ...one, name: join(one.name, other.series[at]!.name) })),
      points: chart.points.map((point, at): ChartPoint => {
        const { label, shown } = other.points[at]!
        return { ...point, label: join(point.label, label), shown: joinAll(point.shown, shown) }
      }),
      table: {
        columns: joinAll(chart.table.columns, other.table.columns),
        rows: chart.table.rows.map((row, at) => ({ ...row, cells: joinAll(row.cells, other.table.rows[at]!.cells) })),
      },
    }
  })
}
