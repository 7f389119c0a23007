import type { ReactNode } from 'react'
import { ChartFrame } from '../today/chart-frame.tsx'
import styles from './liaison.module.css'

type Props = {
  readonly id: string
  readonly title: string
  readonly empty: string | null
  readonly note: string | null
  readonly columns: readonly string[]
  readonly rows: readonly (readonly [label: string, ...values: string[]])[]
  readonly children: ReactNode
}

/** A chart with its name and its table, and a line on what its numbers can't say. */
export function ChartPanel({ note, children, ...frame }: Props) {
  return (
    <ChartFrame {...frame}>
      {note !== null && <p className={styles.chartNote}>{note}</p>}
      {children}
    </ChartFrame>
  )
}
