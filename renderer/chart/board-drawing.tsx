import {
  Bar,
  CartesianGrid,
  ComposedChart,
  LabelList,
  Legend,
  Line,
  ReferenceLine,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts'
import { axisNumber } from '../today/chart-frame.tsx'
import type { BoardChart } from './board-charts.ts'
import styles from './chart.module.css'

const tick = { fontSize: 12, fill: 'var(--ink-text)' }
const colors = { accent: 'var(--accent)', second: 'var(--second)', muted: 'var(--muted)' } as const
const widthOfName = 150
const longestName = 11

const shortDay = (label: string) => (/^\d{4}-\d\d-\d\d$/.test(label) ? label.slice(5) : label)
const shortName = (label: string) => {
  const letters = [...label]
  const most = letters.some((letter) => letter > '\u2e80') ? longestName : longestName * 2
  return letters.length <= most ? label : `${letters.slice(0, most - 1).join('')}…`
}

/** A chart of the board on screen. Clicking a bar opens its rows; the table under the chart has the same as links. */
export function BoardDrawing(props: {
  readonly chart: BoardChart
  readonly name: string
  readonly onOpen: (path: string) => void
}) {
  const { chart, name } = props
  const { lying, points, series, target, unit } = chart
  const data = points.map((point) => ({
    label: lying ? point.label : shortDay(point.label),
    path: point.path,
    shown: point.shown,
    ...Object.fromEntries(point.values.map((value, index) => [`v${index}`, value])),
  }))
  const open = (at: number | undefined) => {
    const path = at === undefined ? null : (points[at]?.path ?? null)
    if (path !== null) props.onOpen(path)
  }
  const show = (value: number) => (unit === 'percent' ? `${value}%` : axisNumber(value))
  const numbers = { tick, tickLine: false, axisLine: false } as const
  return (
    <ComposedChart
      responsive
      className={lying ? (styles.lying ?? '') : (styles.standing ?? '')}
      layout={lying ? 'vertical' : 'horizontal'}
      data={data}
      title={name}
      margin={{ top: 8, right: lying ? 44 : 8, bottom: 0, left: 0 }}
      accessibilityLayer={false}
      role="img"
      barGap={1}
      onClick={({ activeTooltipIndex }) => open(activeTooltipIndex == null ? undefined : Number(activeTooltipIndex))}
    >
      {!lying && <CartesianGrid vertical={false} stroke="var(--line-faint)" />}
      {lying ? (
        <XAxis type="number" hide domain={[0, (most: number) => Math.max(most, (target ?? 0) * 1.05)]} />
      ) : (
        <XAxis dataKey="label" tickLine={false} tick={tick} interval="preserveStartEnd" minTickGap={12} />
      )}
      {lying ? (
        <YAxis
          type="category"
          dataKey="label"
          width={widthOfName}
          interval={0}
          tickFormatter={shortName}
          {...numbers}
        />
      ) : (
        <YAxis
          width={46}
          tickFormatter={show}
          allowDecimals={false}
          domain={[0, (most: number) => Math.max(most, target ?? 0)]}
          {...numbers}
        />
      )}
      <Tooltip
        isAnimationActive={false}
        formatter={(value, _, entry) => {
          const index = Number(String(entry.dataKey).slice(1))
          const shown: unknown = Reflect.get(entry.payload ?? {}, 'shown')
          return Array.isArray(shown) && typeof shown[index] === 'string' ? shown[index] : show(Number(value))
        }}
        cursor={{ fill: 'var(--surface-hover)' }}
        contentStyle={{ background: 'var(--surface)', border: '1px solid var(--line)', fontSize: 12 }}
      />
      {series.length > 1 && <Legend itemSorter={null} iconType="square" wrapperStyle={{ fontSize: 12 }} />}
      {target !== null && (
        <ReferenceLine {...(lying ? { x: target } : { y: target })} stroke="var(--bad)" strokeDasharray="4 3" />
      )}
      {series.map((one, index) =>
        one.line ? (
          <Line
            key={one.name}
            dataKey={`v${index}`}
            name={one.name}
            stroke={colors[one.color]}
            strokeWidth={2}
            dot={false}
            isAnimationActive={false}
          />
        ) : (
          <Bar
            key={one.name}
            dataKey={`v${index}`}
            name={one.name}
            fill={colors[one.color]}
            isAnimationActive={false}
            maxBarSize={lying ? 13 : 34}
            className={styles.bar ?? ''}
          >
            {lying && (
              <LabelList
                dataKey={`v${index}`}
                position="right"
                fontSize={12}
                fill="var(--ink-text)"
                formatter={(value) => (typeof value === 'number' ? (Math.floor(value * 10) / 10).toFixed(1) : '')}
              />
            )}
          </Bar>
        ),
      )}
    </ComposedChart>
  )
}
