import {
  Area,
  AreaChart,
  Bar,
  BarChart,
  CartesianGrid,
  Legend,
  Line,
  LineChart,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts'
import { formatDays } from '../format.ts'
import { allocationPanelText } from '../text/allocation-panel.ts'
import { useText } from '../text/text.ts'

export type LorenzRow = { readonly units: number; readonly cover: number; readonly equal: number }
export type BarRow = { readonly name: string; readonly before: number; readonly added: number }

const axis = { fontSize: 11, fill: 'var(--muted)' }
const tooltip = {
  backgroundColor: 'var(--surface)',
  border: '1px solid var(--line)',
  color: 'var(--ink-text)',
  fontSize: 12,
}

/** Share of cover held by the lowest share of units; the further below the diagonal, the less equal. */
export function LorenzChart({ rows, label }: { readonly rows: readonly LorenzRow[]; readonly label: string }) {
  const t = useText(allocationPanelText)
  const percent = (value: number) => `${Math.round(value)}%`
  return (
    <div role="img" aria-label={label} style={{ height: '100%' }}>
      <ResponsiveContainer width="100%" height="100%">
        <LineChart
          data={rows as LorenzRow[]}
          margin={{ top: 6, right: 10, bottom: 2, left: -16 }}
          accessibilityLayer={false}
        >
          <CartesianGrid stroke="var(--line-faint)" />
          <XAxis dataKey="units" type="number" domain={[0, 100]} tick={axis} tickFormatter={percent} />
          <YAxis type="number" domain={[0, 100]} tick={axis} tickFormatter={percent} />
          <Tooltip
            contentStyle={tooltip}
            formatter={(value) => percent(Number(value))}
            labelFormatter={(value) => `${t('colShareUnits')} ${percent(Number(value))}`}
          />
          <Legend wrapperStyle={{ fontSize: 12 }} />
          <Line
            dataKey="equal"
            name={t('lorenzEqual')}
            stroke="var(--muted)"
            strokeDasharray="4 3"
            dot={false}
            isAnimationActive={false}
          />
          <Line
            dataKey="cover"
            name={t('lorenzPlan')}
            stroke="var(--accent)"
            strokeWidth={2}
            dot={false}
            isAnimationActive={false}
          />
        </LineChart>
      </ResponsiveContainer>
    </div>
  )
}

/** More units than this are one stepped outline instead of a bar each: hundreds of bars take the window's breath. */
const mostBars = 60

/** A bar for each unit, lowest first: what it had, and what the round adds. */
export function CoverBars({ rows, label }: { readonly rows: readonly BarRow[]; readonly label: string }) {
  const t = useText(allocationPanelText)
  const margin = { top: 6, right: 10, bottom: 2, left: -16 }
  const parts = (
    <>
      <CartesianGrid stroke="var(--line-faint)" vertical={false} />
      <XAxis dataKey="name" tick={false} height={8} />
      <YAxis tick={axis} allowDecimals={false} />
      <Tooltip contentStyle={tooltip} formatter={(value) => formatDays(Math.round(Number(value) * 1000))} />
      <Legend wrapperStyle={{ fontSize: 12 }} />
    </>
  )
  const before = { dataKey: 'before', stackId: 'cover', name: t('barsBefore'), fill: 'var(--muted)' } as const
  const added = { dataKey: 'added', stackId: 'cover', name: t('barsAfter'), fill: 'var(--accent)' } as const
  return (
    <div role="img" aria-label={label} style={{ height: '100%' }}>
      <ResponsiveContainer width="100%" height="100%">
        {rows.length <= mostBars ? (
          <BarChart data={rows as BarRow[]} margin={margin} accessibilityLayer={false} barCategoryGap={1}>
            {parts}
            <Bar {...before} isAnimationActive={false} />
            <Bar {...added} isAnimationActive={false} />
          </BarChart>
        ) : (
          <AreaChart data={rows as BarRow[]} margin={margin} accessibilityLayer={false}>
            {parts}
            <Area {...before} type="stepAfter" stroke="none" fillOpacity={1} isAnimationActive={false} />
            <Area {...added} type="stepAfter" stroke="none" fillOpacity={1} isAnimationActive={false} />
          </AreaChart>
        )}
      </ResponsiveContainer>
    </div>
  )
}
