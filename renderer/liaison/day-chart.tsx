import { useQuery } from '@tanstack/react-query'
import { Bar, BarChart, CartesianGrid, Legend, Tooltip, XAxis, YAxis } from 'recharts'
import { addDays } from '../../core/civil-date.ts'
import { formatNumber } from '../format.ts'
import { Reading } from '../frame/reading.tsx'
import { api } from '../query.ts'
import { liaisonText } from '../text/liaison.ts'
import { useText } from '../text/text.ts'
import { axisNumber } from '../today/chart-frame.tsx'
import { ChartPanel } from './chart-panel.tsx'
import styles from './liaison.module.css'
import type { Directory } from './use-directory.ts'

type Props = {
  readonly supplierId: number | null
  readonly itemId: number | null
  readonly today: string
  readonly directory: Directory
}

const daysBack = 13
const daysAhead = 7
const tick = { fontSize: 12, fill: 'var(--ink-text)' }

/** Promised for each day against what came on it, for the manufacturer and the item chosen. */
export function DayChart({ supplierId, itemId, today, directory }: Props) {
  const t = useText(liaisonText)
  const input = { supplierId, itemId, from: addDays(today, -daysBack), to: addDays(today, daysAhead) }
  const { data } = useQuery(api.liaison.days.queryOptions({ input }))
  if (!data) return <Reading />
  const chosen = [supplierId === null ? '' : directory.supplierName(supplierId)]
  if (itemId !== null) chosen.push(`${directory.itemName(itemId)} (${directory.measure(itemId)})`)
  const title = [t('dayChart'), ...chosen].filter(Boolean).join(' · ')
  const nothing = data.every(({ promisedBase, deliveredBase }) => promisedBase === 0 && deliveredBase === 0)
  return (
    <ChartPanel
      id="liaison-days"
      title={title}
      note={itemId === null ? t('dayChartAll') : null}
      empty={nothing ? t('noDays') : null}
      columns={[t('day'), t('promised'), t('delivered')]}
      rows={data.map((row) => [row.day, formatNumber(row.promisedBase), formatNumber(row.deliveredBase)] as const)}
    >
      <BarChart
        responsive
        className={styles.chart ?? ''}
        data={data.map((row) => ({
          day: row.day === today ? `${row.day.slice(5)} ●` : row.day.slice(5),
          promised: row.promisedBase,
          delivered: row.deliveredBase,
        }))}
        title={t('dayChartName')}
        margin={{ top: 8, right: 8, bottom: 0, left: 0 }}
        accessibilityLayer={false}
        role="img"
        barGap={1}
      >
        <CartesianGrid vertical={false} stroke="var(--line-faint)" />
        <XAxis dataKey="day" tickLine={false} tick={tick} interval="preserveStartEnd" minTickGap={12} />
        <YAxis width={46} tickFormatter={axisNumber} tickLine={false} axisLine={false} tick={tick} />
        <Tooltip
          isAnimationActive={false}
          formatter={(value) => formatNumber(Number(value))}
          cursor={{ fill: 'var(--surface-hover)' }}
          contentStyle={{ background: 'var(--surface)', border: '1px solid var(--line)', fontSize: 12 }}
        />
        <Legend itemSorter={null} iconType="square" wrapperStyle={{ fontSize: 12 }} />
        <Bar dataKey="promised" name={t('promised')} fill="var(--second)" isAnimationActive={false} />
        <Bar dataKey="delivered" name={t('delivered')} fill="var(--accent)" isAnimationActive={false} />
      </BarChart>
    </ChartPanel>
  )
}
