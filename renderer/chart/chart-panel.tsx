import { Table } from '@mantine/core'
import { useState } from 'react'
import { Link, useLocation } from 'wouter'
import { chartText } from '../text/chart.ts'
import { useText } from '../text/text.ts'
import { todayText } from '../text/today.ts'
import type { BoardChart } from './board-charts.ts'
import { BoardDrawing } from './board-drawing.tsx'
import styles from './chart.module.css'

/** A chart, the rule by which it is worked out, and its rows as a table whose first column leads to them. */
export function ChartPanel({ chart }: { readonly chart: BoardChart }) {
  const t = useText(chartText)
  const words = useText(todayText)
  const [, go] = useLocation()
  // A range of half a year has hundreds of rows in eight tables: those that nobody looks at are not drawn.
  const [open, setOpen] = useState(false)
  const { id, title, note, points, table } = chart
  return (
    <section className={styles.panel} aria-labelledby={`chart-${id}`} data-chart={id}>
      <h2 id={`chart-${id}`}>{title}</h2>
      {points.length === 0 ? (
        <p className={styles.nothing}>{t('none')}</p>
      ) : (
        <>
          <div className={styles.drawing}>
            <BoardDrawing chart={chart} name={t('chart', { title })} onOpen={go} />
          </div>
          <p className={styles.note}>{note}</p>
          <details className={styles.details} onToggle={(event) => setOpen(event.currentTarget.open)}>
            <summary>{`${words('table')}: ${title}`}</summary>
            {open && (
              // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region is reached by keyboard only through a tab stop
              <section className={styles.rows} tabIndex={0} aria-label={`${words('table')}: ${title}`}>
                <Table className={styles.table ?? ''}>
                  <Table.Thead>
                    <Table.Tr>
                      {table.columns.map((header, index) => (
                        <Table.Th key={header} scope="col" className={index > 0 ? styles.number : undefined}>
                          {header}
                        </Table.Th>
                      ))}
                    </Table.Tr>
                  </Table.Thead>
                  <Table.Tbody>
                    {table.rows.map(({ cells: [label, ...values], path }, row) => (
                      <Table.Tr key={row}>
                        <Table.Th scope="row">{path === null ? label : <Link href={path}>{label}</Link>}</Table.Th>
                        {values.map((value, index) => (
                          <Table.Td key={table.columns[index + 1]} className={styles.number}>
                            {value}
                          </Table.Td>
                        ))}
                      </Table.Tr>
                    ))}
                  </Table.Tbody>
                </Table>
              </section>
            )}
          </details>
        </>
      )}
    </section>
  )
}
