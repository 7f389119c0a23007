import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useCallback, useMemo, useState } from 'react'
import { useMe } from '../frame/me.ts'
import { Page } from '../frame/page.tsx'
import { Refusals } from '../frame/refusals.tsx'
import { Grid } from '../grid/grid.tsx'
import type { EditRow, Field } from '../grid/row-edits.ts'
import { type SentRow, useRowEdits } from '../grid/use-row-edits.ts'
import { api, client, newRequestId, type Outcome, sendCommand } from '../query.ts'
import { normText } from '../text/norm.ts'
import { nameOf, useLanguage, useText } from '../text/text.ts'
import { measureName, wordText } from '../text/words.ts'
import { DutyDialog } from './duty-dialog.tsx'
import { dutyColumn, milliOf, type NormRow, normRows } from './norm-rows.ts'

const blank: NormRow = { itemId: 0, item: '', search: '', baseUnit: '', milliByDuty: new Map() }
const keyOf = (row: NormRow) => String(row.itemId)
const rowKey = (row: EditRow<NormRow>) => row.key
const searchOf = (row: EditRow<NormRow>) => row.base.search

/** Duties × items: how much of an item a person at a duty uses in a day. */
export function NormPage() {
  const t = useText(normText)
  const words = useText(wordText)
  const language = useLanguage()
  const me = useMe()
  const canEdit = me.can('manager')
  const [search, setSearch] = useState('')
  const [dutiesOpen, setDutiesOpen] = useState(false)
  const items = useQuery(api.item.list.queryOptions({ input: { archived: false } }))
  const duties = useQuery(api.norm.duties.queryOptions())
  const normOptions = api.norm.list.queryOptions()
  const norms = useQuery(normOptions)

  const rows = useMemo(() => {
    if (!items.data || !norms.data) return undefined
    const named = items.data.map((item) => ({
      itemId: item.itemId,
      label: [nameOf(item, language), item.specification].filter(Boolean).join(' · '),
      search: item.search,
      baseUnit: measureName(item.baseUnit, language),
    }))
    return normRows(named, norms.data)
  }, [items.data, norms.data, language])

  const fields = useMemo(
    (): Field<NormRow>[] => [
      { id: 'item', header: t('item'), kind: 'text', read: (row) => row.item, width: 210, pinned: 'left' },
      {
        id: 'baseUnit',
        header: words('unitOfMeasure'),
        kind: 'text',
        read: (row) => row.baseUnit,
        width: 76,
        pinned: 'left',
      },
      ...(duties.data ?? []).map(
        (duty): Field<NormRow> => ({
          id: dutyColumn(duty.dutyId),
          header: nameOf(duty, language),
          hint: nameOf(duty, language),
          kind: 'number',
          read: (row) => {
            const milli = row.milliByDuty.get(duty.dutyId)
            return milli === undefined ? null : milli / 1000
          },
          width: 84,
          grow: 1,
          editable: canEdit,
        }),
      ),
    ],
    [t, words, language, duties.data, canEdit],
  )

  const save = useCallback(
    async ({ values, base }: SentRow<NormRow>): Promise<Outcome<NormRow>> => {
      const milliByDuty = new Map(base.milliByDuty)
      for (const duty of duties.data ?? []) {
        const field = dutyColumn(duty.dutyId)
        const milli = milliOf(values[field], field, t('threeDecimals'))
        if (typeof milli !== 'number') return { ok: false, refusals: [milli], fault: null }
        if (milli === (base.milliByDuty.get(duty.dutyId) ?? 0)) continue
        // The same norm set twice is the same norm: a request of its own each time is safe.
        const outcome = await sendCommand(client.norm.save, {
          requestId: newRequestId(),
          dutyId: duty.dutyId,
          itemId: base.itemId,
          milliPerPersonDay: milli,
        })
        if (!outcome.ok) return { ...outcome, refusals: outcome.refusals.map((one) => ({ ...one, field })) }
        if (milli === 0) milliByDuty.delete(duty.dutyId)
        else milliByDuty.set(duty.dutyId, milli)
      }
      return { ok: true, value: { ...base, milliByDuty } }
    },
    [duties.data, t],
  )
  const edits = useRowEdits({ rows, keyOf, blank, fields, save })
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      search={{ value: search, onChange: setSearch, placeholder: t('search') }}
      actions={
        <Button variant="default" onClick={() => setDutiesOpen(true)}>
          {t('duties')}
        </Button>
      }
    >
      <Refusals refusals={[]} fault={edits.fault} />
      <Grid
        label={t('title')}
        stateKey="norm"
        rows={edits.rows}
        columns={edits.columns}
        rowId={rowKey}
        {...(canEdit ? { onEdits: edits.onEdits } : {})}
        problemOf={edits.problemOf}
        onFocusCell={edits.onFocusCell}
        onLeave={edits.onLeave}
        search={search}
        searchOf={searchOf}
        emptyText={t('empty')}
      />
      <DutyDialog opened={dutiesOpen} onClose={() => setDutiesOpen(false)} canEdit={canEdit} />
    </Page>
  )
}
