import { useQuery } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import type { UnitRow } from '../../api/contract/place.ts'
import { refusal } from '../../core/refusal.ts'
import { Refusals } from '../frame/refusals.tsx'
import { asNumber } from '../grid/cell-value.ts'
import { Grid } from '../grid/grid.tsx'
import type { EditRow, Field } from '../grid/row-edits.ts'
import { type SentRow, useRowEdits } from '../grid/use-row-edits.ts'
import { api, client, type Outcome, sendCommand } from '../query.ts'
import { nameOf, useLanguage, useText } from '../text/text.ts'
import { unitText } from '../text/unit.ts'
import styles from './unit.module.css'

type Reach = {
  readonly depotId: number
  readonly name: string
  readonly town: string
  readonly allowed: 'yes' | 'no'
  /** null where nobody has entered it. */
  readonly metres: number | null
}
const blank: Reach = { depotId: 0, name: '', town: '', allowed: 'yes', metres: null }
const keyOf = (row: Reach) => String(row.depotId)
const rowKey = (row: EditRow<Reach>) => row.key

/** Which depots the unit may draw on and how far they are: a row for each depot, saved as it is edited. */
export function UnitDepots({ unit, canEdit }: { readonly unit: UnitRow; readonly canEdit: boolean }) {
  const t = useText(unitText)
  const language = useLanguage()
  const depots = useQuery(api.depot.list.queryOptions({ input: { archived: false } }))
  const reached = useQuery(api.unit.depots.queryOptions())
  const rows = useMemo(() => {
    if (!depots.data || !reached.data) return undefined
    const mine = new Map(
      reached.data.filter((row) => row.unitId === unit.placeId).map((row) => [row.depotId, row] as const),
    )
    return depots.data.map((depot): Reach => {
      const known = mine.get(depot.placeId)
      const allowed = known?.allowed === false ? 'no' : 'yes'
      const metres = known && (known.allowed || known.metres > 0) ? known.metres : null
      return { depotId: depot.placeId, name: nameOf(depot, language), town: depot.town, allowed, metres }
    })
  }, [depots.data, reached.data, unit.placeId, language])
  const fields = useMemo(
    (): Field<Reach>[] => [
      { id: 'depot', header: t('depot'), kind: 'text', read: (row) => row.name, width: 180, grow: 1 },
      { id: 'town', header: t('depotTown'), kind: 'text', read: (row) => row.town, width: 100 },
      {
        id: 'allowed',
        header: t('depotAllowed'),
        kind: 'choice',
        read: (row) => row.allowed,
        choices: [
          { value: 'yes', label: t('depotAllowedYes') },
          { value: 'no', label: t('depotAllowedNo') },
        ],
        className: (row) => (row.base.allowed === 'no' ? styles.warn : undefined),
        width: 100,
        editable: canEdit,
      },
      {
        id: 'metres',
        header: t('depotMetres'),
        hint: t('depotMetresHint'),
        kind: 'number',
        read: (row) => row.metres,
        width: 120,
        editable: canEdit,
      },
    ],
    [t, canEdit],
  )
  const save = useCallback(
    async ({ values, base, requestId }: SentRow<Reach>): Promise<Outcome<Reach>> => {
      const allowed = values.allowed === 'no' ? 'no' : 'yes'
      // A depot that it may draw on and that is no way off would be the first to be drawn on.
      if (allowed === 'yes' && (values.metres === null || values.metres === '')) {
        return { ok: false, refusals: [refusal('required', { field: 'metres' })], fault: null }
      }
      const metres = asNumber(values.metres)
      const outcome = await sendCommand(client.unit.saveDepot, {
        requestId,
        unitId: unit.placeId,
        depotId: base.depotId,
        allowed: allowed === 'yes',
        metres,
      })
      return outcome.ok ? { ok: true, value: { ...base, allowed, metres } } : outcome
    },
    [unit.placeId],
  )
  const edits = useRowEdits({ rows, keyOf, blank, fields, save })
  return (
    <>
      <p className={styles.lead}>
        {t('depotsLead')} {!canEdit && t('depotsOnlyManager')}
      </p>
      <Refusals refusals={[]} fault={edits.fault} />
      <Grid
        label={t('depots')}
        stateKey="unit-depots"
        rows={edits.rows}
        columns={edits.columns}
        rowId={rowKey}
        {...(canEdit ? { onEdits: edits.onEdits } : {})}
        problemOf={edits.problemOf}
        onFocusCell={edits.onFocusCell}
        onLeave={edits.onLeave}
        emptyText={t('noDepots')}
      />
    </>
  )
}
