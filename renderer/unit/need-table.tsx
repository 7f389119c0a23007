import { Switch, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useCallback, useMemo, useState } from 'react'
import type { UnitRow } from '../../api/contract/place.ts'
import { daysBetween } from '../../core/civil-date.ts'
import { refusal } from '../../core/refusal.ts'
import type { KnownUse } from '../../core/use.ts'
import { formatDays, formatMilli, formatNumber } from '../format.ts'
import { useMe } from '../frame/me.ts'
import { Refusals } from '../frame/refusals.tsx'
import { asNumber, parseDate } from '../grid/cell-value.ts'
import { Grid } from '../grid/grid.tsx'
import type { EditRow, Field } from '../grid/row-edits.ts'
import { type SentRow, useRowEdits } from '../grid/use-row-edits.ts'
import { api, client, sendCommand } from '../query.ts'
import { fieldLabel } from '../text/refusal.ts'
import { nameOf, useLanguage, useText } from '../text/text.ts'
import { unitText } from '../text/unit.ts'
import { measureName } from '../text/words.ts'
import styles from './unit.module.css'

type Need = {
  readonly itemId: number
  readonly item: string
  readonly useMilliPerDay: number
  readonly reportedBase: number | null
  readonly reportedOn: string | null
  readonly shippedSinceBase: number
  readonly stockBase: number
  readonly coverMilliDays: number | null
  readonly needBase: number
  readonly belowShipments: boolean
  readonly runsOutOn: string | null
  readonly actual: { readonly milliPerDay: number; readonly source: KnownUse } | null
  readonly statedMilliPerDay: number | null
  readonly useDiffers: boolean
  readonly actualRunsOutOn: string | null
}
const blank: Need = {
  itemId: 0,
  item: '',
  useMilliPerDay: 0,
  reportedBase: null,
  reportedOn: null,
  shippedSinceBase: 0,
  stockBase: 0,
  coverMilliDays: null,
  needBase: 0,
  belowShipments: false,
  runsOutOn: null,
  actual: null,
  statedMilliPerDay: null,
  useDiffers: false,
  actualRunsOutOn: null,
}
const keyOf = (row: Need) => String(row.itemId)
const rowKey = (row: EditRow<Need>) => row.key

/** What the unit uses, has and needs of each item, and a column to record what it says it has. */
export function NeedTable({ unit, canEdit }: { readonly unit: UnitRow; readonly canEdit: boolean }) {
  const t = useText(unitText)
  const language = useLanguage()
  const me = useMe()
  const [typedDate, setTypedDate] = useState<string | null>(null)
  const [all, setAll] = useState(false)
  const needs = useQuery(api.unit.need.queryOptions({ input: { placeId: unit.placeId } }))
  const items = useQuery(api.item.list.queryOptions({ input: { archived: false } }))
  const reportedOn = typedDate === null ? me.businessDate : String(parseDate(typedDate) ?? '')

  const rows = useMemo(() => {
    if (!needs.data || !items.data) return undefined
    const byItem = new Map(needs.data.map((need) => [need.itemId, need]))
    return items.data.flatMap((item): Need[] => {
      const need = byItem.get(item.itemId)
      if (!need && !all) return []
      return [
        {
          ...blank,
          ...need,
          itemId: item.itemId,
          item: `${[nameOf(item, language), item.specification].filter(Boolean).join(' · ')} (${measureName(item.baseUnit, language)})`,
        },
      ]
    })
  }, [needs.data, items.data, all, language])

  const fields = useMemo((): Field<Need>[] => {
    const number = (id: keyof Need, header: string, width: number, hint?: string): Field<Need> => ({
      id,
      header,
      kind: 'number',
      read: (row) => row[id] as number | null,
      width,
      hint,
    })
    /** Of a new report: empty until it is typed, and again once it is saved. */
    const typed = (id: string, header: string, width: number, hint: string): Field<Need> => ({
      id,
      header,
      hint,
      kind: 'number',
      read: () => null,
      editable: true,
      className: () => styles.newReport,
      pinned: 'left',
      width,
    })
    return [
      { id: 'item', header: t('item'), kind: 'text', read: (row) => row.item, width: 210, pinned: 'left' },
      { ...typed('onHandBase', t('newReport'), 84, t('newReportHint')), editable: canEdit },
      ...(canEdit
        ? [typed('usedBase', t('used'), 72, t('usedHint')), typed('usedDays', t('usedDays'), 60, t('usedDaysHint'))]
        : []),
      number('needBase', t('needNow'), 84),
      { ...number('coverMilliDays', t('cover'), 84), show: (value) => formatDays(value as number | null) },
      {
        ...number('reportedBase', t('reported'), 84),
        show: (value, row) =>
          value === null ? '' : `${row.base.belowShipments ? '⚠ ' : ''}${formatNumber(value as number)}`,
        hint: t('belowHint'),
        className: (row) => (row.base.belowShipments ? styles.warn : undefined),
      },
      {
        id: 'age',
        header: t('reportAge'),
        hint: t('reportAgeHint'),
        kind: 'number',
        read: (row) =>
          row.reportedOn === null || me.businessDate === '' ? null : daysBetween(row.reportedOn, me.businessDate),
        width: 76,
      },
      number('stockBase', t('estimate'), 84, t('estimateHint')),
      { ...number('useMilliPerDay', t('useADay'), 84, t('useHint')), show: (value) => formatMilli(value as number) },
      {
        id: 'note',
        header: t('note'),
        kind: 'text',
        read: (row) =>
          [row.belowShipments ? `⚠ ${t('below')}` : '', row.useDiffers ? `⚠ ${t('useDiffers')}` : '']
            .filter((one) => one !== '')
            .join(' '),
        width: 136,
        hint: `${t('belowHint')} · ${t('useDiffersHint')}`,
        className: () => styles.warn,
      },
      { id: 'runsOutOn', header: t('runsOut'), kind: 'date', read: (row) => row.runsOutOn, width: 102 },
      {
        id: 'actual',
        header: t('actualUse'),
        hint: t('actualHint'),
        kind: 'number',
        read: (row) => row.actual?.milliPerDay ?? null,
        show: (value) => formatMilli(value as number | null),
        width: 92,
      },
      {
        id: 'source',
        header: t('useSource'),
        hint: t('actualHint'),
        kind: 'text',
        read: (row) => t(`source-${row.actual?.source ?? 'norm'}`),
        width: 84,
      },
      {
        ...number('statedMilliPerDay', t('stated'), 92, t('useDiffersHint')),
        show: (value, row) => `${row.base.useDiffers ? '⚠ ' : ''}${formatMilli(value as number | null)}`,
        className: (row) => (row.base.useDiffers ? styles.warn : undefined),
      },
      {
        id: 'actualRunsOutOn',
        header: t('actualRunsOut'),
        kind: 'date',
        read: (row) => row.actualRunsOutOn,
        width: 102,
      },
      { id: 'reportedOn', header: t('reportedOn'), kind: 'date', read: (row) => row.reportedOn, width: 102 },
      number('shippedSinceBase', t('shippedSince'), 84),
    ]
  }, [t, canEdit, me.businessDate])

  const save = useCallback(
    async ({ values, base, requestId }: SentRow<Need>) => {
      const { usedBase = null, usedDays = null } = values
      // Use that is typed after the count of that day belongs to it.
      const known = base.reportedOn === reportedOn ? base.reportedBase : null
      const onHandBase = values.onHandBase === null ? known : asNumber(values.onHandBase)
      // A report is of what there is: use alone waits for it, as days alone wait for the use.
      const missing = onHandBase === null ? 'onHandBase' : usedDays !== null && usedBase === null ? 'usedBase' : null
      if (onHandBase === null || missing !== null) {
        return { ok: false as const, refusals: [refusal('required', { field: missing })], fault: null }
      }
      const days = usedDays === null ? null : asNumber(usedDays)
      const used = usedBase === null ? {} : { used: { quantityBase: asNumber(usedBase), days } }
      const outcome = await sendCommand(client.report.save, {
        requestId,
        reports: [{ placeId: unit.placeId, itemId: base.itemId, onHandBase, reportedOn, ...used }],
      })
      if (!outcome.ok) return outcome
      // A report of an earlier day is not what the unit has now.
      const isNewest = base.reportedOn === null || base.reportedOn <= reportedOn
      return { ok: true as const, value: isNewest ? { ...base, reportedBase: onHandBase, reportedOn } : base }
    },
    [unit.placeId, reportedOn],
  )
  const edits = useRowEdits({ rows, keyOf, blank, fields, save })
  const dateProblem = edits.refused.find(({ field }) => field === 'reportedOn')
  return (
    <>
      <div className={styles.bar}>
        <span>{t('needLeadPlain')}</span>
        <div className={styles.bar}>
          <Switch
            size="xs"
            label={t('allItems')}
            checked={all}
            onChange={(event) => setAll(event.currentTarget.checked)}
          />
          <label className={styles.date} htmlFor="unit-reported-on">
            {fieldLabel('reportedOn', language)}
            <TextInput
              id="unit-reported-on"
              size="xs"
              w={104}
              value={typedDate ?? me.businessDate}
              onChange={(event) => setTypedDate(event.currentTarget.value)}
              onBlur={() => setTypedDate((typed) => (typed === null ? null : String(parseDate(typed) ?? '')))}
              error={dateProblem !== undefined}
            />
          </label>
        </div>
      </div>
      <Refusals
        refusals={needs.isError ? [] : edits.refused.filter(({ field }) => field === 'reportedOn').slice(0, 1)}
        fault={edits.fault}
      />
      <Grid
        label={t('need')}
        stateKey="unit-need"
        rows={edits.rows}
        columns={edits.columns}
        rowId={rowKey}
        {...(canEdit ? { onEdits: edits.onEdits } : {})}
        problemOf={edits.problemOf}
        onFocusCell={edits.onFocusCell}
        onLeave={edits.onLeave}
        emptyText={t('noNeed')}
      />
    </>
  )
}
