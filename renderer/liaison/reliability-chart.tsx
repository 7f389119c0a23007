import { Bar, BarChart, LabelList, XAxis, YAxis } from 'recharts'
import type { BoardRow } from '../../api/contract/liaison.ts'
import { liaisonText } from '../text/liaison.ts'
import { useText } from '../text/text.ts'
import { ChartPanel } from './chart-panel.tsx'
import styles from './liaison.module.css'
import { reliabilityBySupplier } from './reason.ts'
import type { Directory } from './use-directory.ts'

type Props = { readonly rows: readonly BoardRow[]; readonly directory: Directory }

const tick = { fontSize: 12, fill: 'var(--ink-text)' }

/** Delivered of promised in the last 14 days, manufacturer by manufacturer. */
export function ReliabilityChart({ rows, directory }: Props) {
  const t = useText(liaisonText)
  const data = reliabilityBySupplier(rows).map(({ supplierId, percent, items }) => ({
    name: directory.supplierName(supplierId),
    percent,
    label: `${percent}%`,
    items,
  }))
  return (
    <ChartPanel
      id="liaison-reliability"
      title={t('reliabilityChart')}
      note={t('reliabilityMean')}
      empty={data.length === 0 ? t('noReliability') : null}
      columns={[t('supplier'), t('reliability'), t('items')]}
      rows={data.map(({ name, label, items }) => [name, label, String(items)] as const)}
    >
      <BarChart
        responsive
        className={styles.chart ?? ''}
        layout="vertical"
        data={data}
        title={t('reliabilityChartName')}
        margin={{ top: 4, right: 48, bottom: 4, left: 4 }}
        accessibilityLayer={false}
        role="img"
      >
        <XAxis type="number" hide domain={[0, 100]} />
        <YAxis type="category" dataKey="name" width={170} tickLine={false} axisLine={false} interval={0} tick={tick} />
        <Bar dataKey="percent" fill="var(--accent)" isAnimationActive={false} maxBarSize={16}>
          <LabelList dataKey="label" position="right" fontSize={12} fill="var(--ink-text)" />
        </Bar>
      </BarChart>
    </ChartPanel>
  )
}
