import { Bar, BarChart, LabelList, ReferenceLine, XAxis, YAxis } from 'recharts'
import { formatDays } from '../format.ts'
import { useText } from '../text/text.ts'
import { todayText } from '../text/today.ts'
import { type WordKey, wordText } from '../text/words.ts'
import { ChartFrame } from './chart-frame.tsx'
import styles from './today.module.css'

type Props = {
  readonly rows: readonly { readonly category: string; readonly coverMilliDays: number }[]
  readonly shortBelowDays: number
}

/** Days of cover by category, with the line below which something is short. */
export function CoverChart({ rows, shortBelowDays }: Props) {
  const t = useText(todayText)
  const words = useText(wordText)
  const data = [...rows]
    .sort((left, right) => left.coverMilliDays - right.coverMilliDays)
    .map(({ category, coverMilliDays }) => ({
      name: words(`category-${category}` as WordKey),
      days: coverMilliDays / 1000,
      label: formatDays(coverMilliDays),
    }))
  return (
    <ChartFrame
      id="cover"
      title={t('coverChart')}
      empty={data.length === 0 ? t('noUse') : null}
      columns={[t('category'), t('cover')]}
      rows={data.map(({ name, label }) => [name, label] as const)}
    >
      <div className={styles.chart}>
        <BarChart
          responsive
          className={styles.cover ?? ''}
          layout="vertical"
          data={data}
          title={t('coverChartName')}
          margin={{ top: 4, right: 44, bottom: 4, left: 4 }}
          accessibilityLayer={false}
          role="img"
        >
          <XAxis type="number" hide domain={[0, 'dataMax']} />
          <YAxis
            type="category"
            dataKey="name"
            width={132}
            tickLine={false}
            axisLine={false}
            interval={0}
            tick={{ fontSize: 12, fill: 'var(--ink-text)' }}
          />
          <ReferenceLine x={shortBelowDays} stroke="var(--bad)" strokeDasharray="4 3" />
          <Bar dataKey="days" fill="var(--accent)" isAnimationActive={false} maxBarSize={16}>
            <LabelList dataKey="label" position="right" fontSize={12} fill="var(--ink-text)" />
          </Bar>
        </BarChart>
      </div>
    </ChartFrame>
  )
}
