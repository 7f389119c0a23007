import type { BoardChart } from './board-charts.ts'

const width = 180
const left = 14
const right = 4
const top = 4
const bottom = 8
const fills = { accent: '#1f5597', second: '#d9a25f', muted: '#666' } as const

/** A round number at or above the largest value, for four even steps of an axis. */
export function axisTop(largest: number): number {
  if (largest <= 4) return 4
  const unit = 10 ** Math.floor(Math.log10(largest / 4))
  return [1, 2, 2.5, 5, 10].map((step) => step * unit * 4).find((most) => most >= largest) ?? unit * 40
}

const shown = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 })

/**
 * A chart for paper, in millimetres and ink: the library that draws on screen needs a window, and colours of a screen
 * are none of a printer. Long names lie beside their bars.
 */
export function PaperDrawing({ chart }: { readonly chart: BoardChart }) {
  return chart.lying ? <LyingBars chart={chart} /> : <StandingBars chart={chart} />
}

function StandingBars({ chart }: { readonly chart: BoardChart }) {
  const { points, series, target } = chart
  const height = 52
  const most = axisTop(Math.max(target ?? 0, ...points.flatMap(({ values }) => values.map((value) => value ?? 0))))
  const step = (width - left - right) / Math.max(points.length, 1)
  const bars = series.filter(({ line }) => !line).length
  const bar = Math.min(8, (step * 0.8) / Math.max(bars, 1))
  const y = (value: number) => top + (height - top - bottom) * (1 - Math.max(0, value) / most)
  const x = (index: number) => left + step * (index + 0.5)
  const every = Math.ceil(points.length / 15)
  return (
    <svg className="chart" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={chart.title}>
      {[0, 1, 2, 3, 4].map((line) => (
        <g key={line}>
          <path d={`M${left} ${y((most * line) / 4)}H${width - right}`} stroke="#bbb" strokeWidth={0.1} />
          <text x={left - 1} y={y((most * line) / 4) + 0.9} textAnchor="end">
            {`${shown.format((most * line) / 4)}${chart.unit === 'percent' ? '%' : ''}`}
          </text>
        </g>
      ))}
      {points.map(({ label, values }, index) => (
        <g key={label}>
          {series.map((one, at) => {
            const value = values[at] ?? null
            if (one.line || value === null || value <= 0) return null
            const from = x(index) - (bar * bars) / 2 + bar * at
            return (
              <rect key={one.name} x={from} y={y(value)} width={bar} height={y(0) - y(value)} fill={fills[one.color]} />
            )
          })}
          {index % every === 0 && (
            <text x={x(index)} y={height - bottom + 4} textAnchor="middle">
              {/^\d{4}-/.test(label) ? label.slice(5) : label}
            </text>
          )}
        </g>
      ))}
      {series.map((one, at) => {
        if (!one.line) return null
        const dots = points.flatMap(({ values }, index) => {
          const value = values[at] ?? null
          return value === null ? [] : [`${x(index).toFixed(2)} ${y(value).toFixed(2)}`]
        })
        return <path key={one.name} d={`M${dots.join('L')}`} stroke={fills[one.color]} strokeWidth={0.5} fill="none" />
      })}
      {target !== null && (
        <path d={`M${left} ${y(target)}H${width - right}`} stroke="#b3261e" strokeWidth={0.3} strokeDasharray="1.4 1" />
      )}
    </svg>
  )
}

/** Chinese is twice as wide. */
function nameThatFits(name: string): string {
  const letters = [...name]
  const most = letters.some((letter) => letter > '\u2e80') ? 21 : 42
  return letters.length <= most ? name : `${letters.slice(0, most - 1).join('')}…`
}

function LyingBars({ chart }: { readonly chart: BoardChart }) {
  const { points, target } = chart
  const names = 62
  const row = 4.4
  const height = points.length * row + 2
  const most = Math.max(target ?? 0, ...points.map(({ values }) => values[0] ?? 0), 1)
  const x = (value: number) => names + (width - names - 14) * (Math.max(0, value) / most)
  return (
    <svg className="chart" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={chart.title}>
      {points.map(({ label, values: [value], shown: [words] }, index) => (
        <g key={label}>
          <text x={names - 1} y={index * row + 3.4} textAnchor="end">
            {nameThatFits(label)}
          </text>
          <rect x={names} y={index * row + 0.8} width={x(value ?? 0) - names} height={row - 1.4} fill={fills.accent} />
          <text x={x(value ?? 0) + 1} y={index * row + 3.4}>
            {words}
          </text>
        </g>
      ))}
      {target !== null && (
        <path d={`M${x(target)} 0V${height}`} stroke="#b3261e" strokeWidth={0.3} strokeDasharray="1.4 1" />
      )}
    </svg>
  )
}

/** What the colours and lines of a chart mean, in words. */
export function PaperLegend({ chart }: { readonly chart: BoardChart }) {
  return (
    <p className="legend">
      {chart.series.map(({ name, color, line }) => (
        <span key={name}>
          <svg viewBox="0 0 4 3" aria-hidden="true">
            {line ? (
              <path d="M0 1.5H4" stroke={fills[color]} strokeWidth={0.6} />
            ) : (
              <rect width={4} height={3} fill={fills[color]} />
            )}
          </svg>
          {name}
        </span>
      ))}
    </p>
  )
}
