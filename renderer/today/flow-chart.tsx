import { Bar, BarChart, CartesianGrid, Legend, Tooltip, XAxis, YAxis } from 'recharts'
import { formatNumber } from '../format.ts'
import { useText } from '../text/text.ts'
import { todayText } from '../text/today.ts'
import { axisNumber, ChartFrame } from './chart-frame.tsx'
import styles from './today.module.css'

type Props = {
  readonly days: readonly { readonly day: string; readonly receivedBase: number; readonly allocatedBase: number }[]
}

/** What came in and what was allocated, day by day. */
export function FlowChart({ days }: Props) {
  const t = useText(todayText)
  const data = days.map(({ day, receivedBase, allocatedBase }) => ({
    day: day.slice(5),
    received: receivedBase,
    allocated: allocatedBase,
  }))
  const nothing = days.every(({ receivedBase, allocatedBase }) => receivedBase === 0 && allocatedBase === 0)
  return (
    <ChartFrame
      id="flow"
      title={t('flowChart')}
      empty={nothing ? t('noFlow') : null}
      columns={[t('day'), t('received'), t('allocated')]}
      rows={days.map(
        ({ day, receivedBase, allocatedBase }) =>
          [day, formatNumber(receivedBase), formatNumber(allocatedBase)] as const,
      )}
    >
      <div className={styles.chart}>
        <BarChart
          responsive
          className={styles.flow ?? ''}
          data={data}
          title={t('flowChartName')}
          margin={{ top: 4, right: 8, bottom: 0, left: 0 }}
          accessibilityLayer={false}
          role="img"
          barGap={1}
        >
          <CartesianGrid vertical={false} stroke="var(--line-faint)" />
          <XAxis
            dataKey="day"
            tickLine={false}
            tick={{ fontSize: 12, fill: 'var(--ink-text)' }}
            interval="preserveStartEnd"
            minTickGap={12}
          />
          <YAxis
            width={46}
            tickFormatter={axisNumber}
            tickLine={false}
            axisLine={false}
            tick={{ fontSize: 12, fill: 'var(--ink-text)' }}
          />
          <Tooltip
            isAnimationActive={false}
            formatter={(value) => formatNumber(Number(value))}
            cursor={{ fill: 'var(--surface-hover)' }}
            contentStyle={{ background: 'var(--surface)', border: '1px solid var(--line)', fontSize: 12 }}
          />
          <Legend itemSorter={null} iconType="square" wrapperStyle={{ fontSize: 12 }} />
          <Bar dataKey="received" name={t('received')} fill="var(--accent)" isAnimationActive={false} />
          <Bar dataKey="allocated" name={t('allocated')} fill="var(--second)" isAnimationActive={false} />
        </BarChart>
      </div>
    </ChartFrame>
  )
}
