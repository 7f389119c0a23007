import { Table } from '@mantine/core'
import type { ReactNode } from 'react'
import { useText } from '../text/text.ts'
import { todayText } from '../text/today.ts'
import styles from './today.module.css'

type Props = {
  readonly id: string
  readonly title: string
  readonly empty: string | null
  readonly columns: readonly string[]
  readonly rows: readonly (readonly [label: string, ...values: string[]])[]
  readonly children: ReactNode
}

/** A chart with its name, and the same numbers as a table for whoever reads rather than looks. */
export function ChartFrame({ id, title, empty, columns, rows, children }: Props) {
  const t = useText(todayText)
  return (
    <section className={styles.panel} aria-labelledby={`today-${id}`}>
      <div className={styles.head}>
        <h2 id={`today-${id}`}>{title}</h2>
      </div>
      {empty !== null ? (
        <p className={styles.nothing}>{empty}</p>
      ) : (
        <>
          {children}
          <details className={styles.details}>
            <summary>{`${t('table')}: ${title}`}</summary>
            <Table className={styles.table ?? ''}>
              <Table.Thead>
                <Table.Tr>
                  {columns.map((header, index) => (
                    <Table.Th key={header} scope="col" className={index > 0 ? styles.number : undefined}>
                      {header}
                    </Table.Th>
                  ))}
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {rows.map(([label, ...values]) => (
                  <Table.Tr key={label}>
                    <Table.Th scope="row">{label}</Table.Th>
                    {values.map((value, index) => (
                      <Table.Td key={columns[index + 1]} className={styles.number}>
                        {value}
                      </Table.Td>
                    ))}
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </details>
        </>
      )}
    </section>
  )
}

/** Large numbers on an axis: 12000 → `12k`. */
export const axisNumber = (value: number) =>
  Math.abs(value) >= 10_000 ? `${Math.round(value / 1000)}k` : value.toLocaleString('en-US')
