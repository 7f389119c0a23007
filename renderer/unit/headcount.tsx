import { useQuery } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import type { UnitRow } from '../../api/contract/place.ts'
import { Refusals } from '../frame/refusals.tsx'
import { asNumber } from '../grid/cell-value.ts'
import { Grid } from '../grid/grid.tsx'
import type { EditRow, Field } from '../grid/row-edits.ts'
import { type SentRow, useRowEdits } from '../grid/use-row-edits.ts'
import { api } from '../query.ts'
import { nameOf, useLanguage, useText } from '../text/text.ts'
import { unitText } from '../text/unit.ts'
import { changeUnit } from './save-unit.ts'

type DutyPeople = { readonly dutyId: number; readonly name: string; readonly people: number | null }
const blank: DutyPeople = { dutyId: 0, name: '', people: null }
const keyOf = (row: DutyPeople) => String(row.dutyId)
const rowKey = (row: EditRow<DutyPeople>) => row.key

/** People by duty, a cell each; 0 or nothing takes the duty away. */
export function Headcount({ unit, canEdit }: { readonly unit: UnitRow; readonly canEdit: boolean }) {
  const t = useText(unitText)
  const language = useLanguage()
  const duties = useQuery(api.norm.duties.queryOptions())
  const rows = useMemo(() => {
    const people = new Map(unit.headcount.map((one) => [one.dutyId, one.people]))
    return duties.data?.map(
      (duty): DutyPeople => ({
        dutyId: duty.dutyId,
        name: nameOf(duty, language),
        people: people.get(duty.dutyId) ?? null,
      }),
    )
  }, [duties.data, unit.headcount, language])
  const fields = useMemo(
    (): Field<DutyPeople>[] => [
      { id: 'duty', header: t('duty'), kind: 'text', read: (row) => row.name, width: 150, grow: 1 },
      {
        id: 'people',
        field: 'headcount',
        header: t('headcount'),
        kind: 'number',
        read: (row) => row.people,
        width: 84,
        editable: canEdit,
      },
    ],
    [t, canEdit],
  )
  const save = useCallback(
    async ({ values, base, requestId }: SentRow<DutyPeople>) => {
      const people = asNumber(values.people)
      const outcome = await changeUnit(unit.placeId, requestId, (now) => ({
        ...now,
        headcount: [
          ...now.headcount.filter(({ dutyId }) => dutyId !== base.dutyId),
          ...(people === 0 ? [] : [{ dutyId: base.dutyId, people }]),
        ],
      }))
      return outcome.ok ? { ok: true as const, value: { ...base, people: people === 0 ? null : people } } : outcome
    },
    [unit.placeId],
  )
  const edits = useRowEdits({ rows, keyOf, blank, fields, save })
  return (
    <>
      <h2>{t('people')}</h2>
      <Refusals refusals={[]} fault={edits.fault} />
      <Grid
        label={t('people')}
        rows={edits.rows}
        columns={edits.columns}
        rowId={rowKey}
        {...(canEdit ? { onEdits: edits.onEdits } : {})}
        problemOf={edits.problemOf}
        onFocusCell={edits.onFocusCell}
        onLeave={edits.onLeave}
        keysHint={false}
      />
    </>
  )
}
