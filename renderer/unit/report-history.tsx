import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { UnitRow } from '../../api/contract/place.ts'
import { daysBetween } from '../../core/civil-date.ts'
import { formatInstant } from '../format.ts'
import { useMe } from '../frame/me.ts'
import type { GridColumn } from '../grid/column.ts'
import { Grid } from '../grid/grid.tsx'
import { api } from '../query.ts'
import { nameOf, useLanguage, useText } from '../text/text.ts'
import { unitText } from '../text/unit.ts'
import { wordText } from '../text/words.ts'
import styles from './unit.module.css'

type Report = {
  readonly reportSeq: number
  readonly item: string
  readonly onHandBase: number
  readonly usedBase: number | null
  readonly usedDays: number | null
  readonly reportedOn: string
  readonly at: number
  readonly person: string
  readonly belowShipments: boolean
}
const rowKey = (row: Report) => String(row.reportSeq)

/** Every stock report of the unit, newest first. Reports are added, never changed. */
export function ReportHistory({ unit }: { readonly unit: UnitRow }) {
  const t = useText(unitText)
  const words = useText(wordText)
  const language = useLanguage()
  const me = useMe()
  const reports = useQuery(api.report.list.queryOptions({ input: { placeId: unit.placeId } }))
  const active = useQuery(api.item.list.queryOptions({ input: { archived: false } }))
  const archived = useQuery(api.item.list.queryOptions({ input: { archived: true } }))
  const rows = useMemo(() => {
    if (!reports.data || !active.data || !archived.data) return undefined
    const items = new Map([...active.data, ...archived.data].map((item) => [item.itemId, nameOf(item, language)]))
    return reports.data.map((report): Report => ({ ...report, item: items.get(report.itemId) ?? '' }))
  }, [reports.data, active.data, archived.data, language])
  const columns = useMemo(
    (): GridColumn<Report>[] => [
      { id: 'reportedOn', header: t('reportedOn'), kind: 'date', value: (row) => row.reportedOn, width: 110 },
      {
        id: 'age',
        header: t('reportAge'),
        hint: t('reportAgeHint'),
        kind: 'number',
        value: (row) => (me.businessDate === '' ? null : daysBetween(row.reportedOn, me.businessDate)),
        width: 84,
      },
      { id: 'item', header: t('item'), kind: 'text', value: (row) => row.item, width: 200, grow: 1 },
      { id: 'onHandBase', header: t('quantity'), kind: 'number', value: (row) => row.onHandBase, width: 110 },
      {
        id: 'usedBase',
        header: t('used'),
        kind: 'number',
        value: (row) => row.usedBase,
        width: 96,
        hint: t('usedHint'),
      },
      {
        id: 'usedDays',
        header: t('usedDays'),
        kind: 'number',
        value: (row) => row.usedDays,
        width: 76,
        hint: t('usedDaysHint'),
      },
      {
        id: 'note',
        header: t('note'),
        hint: t('belowHint'),
        kind: 'text',
        value: (row) => (row.belowShipments ? `⚠ ${t('below')}` : ''),
        className: () => styles.warn,
        width: 170,
      },
      { id: 'person', header: words('person'), kind: 'text', value: (row) => row.person, width: 120 },
      {
        id: 'at',
        header: t('enteredAt'),
        kind: 'number',
        value: (row) => row.at,
        show: (value) => formatInstant(value as number),
        width: 150,
      },
    ],
    [t, words, me.businessDate],
  )
  return (
    <Grid
      label={t('history')}
      stateKey="unit-history"
      rows={rows}
      columns={columns}
      rowId={rowKey}
      emptyText={t('noHistory')}
    />
  )
}
