import { Button, Switch } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useCallback, useMemo, useState } from 'react'
import type { SupplierRow } from '../../api/contract/place.ts'
import { formatNumber } from '../format.ts'
import { useKeys } from '../frame/keys.tsx'
import { useMe } from '../frame/me.ts'
import { Refusals } from '../frame/refusals.tsx'
import { asNumber, asText, type CellValue } from '../grid/cell-value.ts'
import { useEditNewRow } from '../grid/edit-new-row.ts'
import { Grid } from '../grid/grid.tsx'
import type { EditRow, Field } from '../grid/row-edits.ts'
import { type SentRow, useRowEdits } from '../grid/use-row-edits.ts'
import { api, client, newRequestId, type Outcome, type Output, sendCommand } from '../query.ts'
import { supplierText } from '../text/supplier.ts'
import { nameOf, useLanguage, useText } from '../text/text.ts'
import { measureName, wordText } from '../text/words.ts'
import { useItemChoices } from './item-choices.ts'
import { fulfilmentPercent, stateOf } from './promise-state.ts'
import styles from './supplier.module.css'

type Promised = Output<typeof client.commitment.list>[number]
const blank: Promised = {
  commitmentId: 0,
  supplierId: 0,
  itemId: 0,
  quantityBase: 0,
  dueOn: '',
  note: '',
  deliveredBase: 0,
  outstandingBase: 0,
  closedAt: null,
  version: 0,
}
const keyOf = (row: Promised) => String(row.commitmentId)
const rowKey = (row: EditRow<Promised>) => row.key

/** What the supplier has promised: quantity, day, what has come of it, and whether it is overdue. */
export function Promises({ supplier, canEdit }: { readonly supplier: SupplierRow; readonly canEdit: boolean }) {
  const t = useText(supplierText)
  const words = useText(wordText)
  const language = useLanguage()
  const me = useMe()
  const { choices, byId } = useItemChoices()
  const [all, setAll] = useState(false)
  const [focusedKey, setFocusedKey] = useState<string | null>(null)
  const [closeFailure, setCloseFailure] = useState<Extract<Outcome<unknown>, { ok: false }> | null>(null)
  const supplierId = supplier.placeId
  const options = api.commitment.list.queryOptions({ input: { supplierId, openOnly: false } })
  const list = useQuery(options)
  const rows = useMemo(
    () =>
      choices && list.data
        ? list.data.filter((row) => all || (row.closedAt === null && row.outstandingBase > 0))
        : undefined,
    [list.data, choices, all],
  )
  const promised = list.data?.reduce((sum, row) => sum + row.quantityBase, 0) ?? 0
  const delivered = list.data?.reduce((sum, row) => sum + row.deliveredBase, 0) ?? 0

  const fields = useMemo((): Field<Promised>[] => {
    const nameById = (value: CellValue) => {
      const item = typeof value === 'number' ? byId.get(value) : undefined
      return item ? `${nameOf(item, language)} (${measureName(item.baseUnit, language)})` : String(value ?? '')
    }
    return [
      {
        id: 'itemId',
        header: t('item'),
        kind: 'choice',
        read: (row) => (row.itemId === 0 ? null : row.itemId),
        show: nameById,
        choices: choices ?? [],
        width: 150,
        grow: 2,
        editable: canEdit,
      },
      {
        id: 'quantityBase',
        header: t('quantity'),
        kind: 'number',
        read: (row) => (row.quantityBase === 0 ? null : row.quantityBase),
        width: 92,
        editable: canEdit,
      },
      { id: 'dueOn', header: t('dueOn'), kind: 'date', read: (row) => row.dueOn, width: 104, editable: canEdit },
      { id: 'deliveredBase', header: t('delivered'), kind: 'number', read: (row) => row.deliveredBase, width: 92 },
      {
        id: 'outstandingBase',
        header: t('outstanding'),
        kind: 'number',
        read: (row) => row.outstandingBase,
        width: 92,
      },
      {
        id: 'fulfilment',
        header: t('fulfilment'),
        kind: 'number',
        read: (row) => fulfilmentPercent(row.quantityBase, row.deliveredBase),
        show: (value) => (value === null ? '' : `${value}%`),
        width: 80,
      },
      {
        id: 'state',
        header: t('state'),
        kind: 'text',
        read: (row) => (row.commitmentId === 0 ? '' : t(stateOf(row, me.businessDate))),
        width: 84,
      },
      {
        id: 'note',
        header: words('note'),
        kind: 'text',
        longest: 500,
        read: (row) => row.note,
        width: 110,
        grow: 1,
        editable: canEdit,
      },
    ]
  }, [t, words, language, choices, byId, canEdit, me.businessDate])

  const save = useCallback(
    ({ values, base, isNew, requestId }: SentRow<Promised>): Promise<Outcome<Promised>> => {
      const itemId = asNumber(values.itemId)
      if (itemId === 0) {
        const required = {
          code: 'required' as const,
          line: null,
          field: 'itemId',
          given: null,
          allowed: null,
          about: {},
        }
        return Promise.resolve({ ok: false, refusals: [required], fault: null })
      }
      return sendCommand(client.commitment.save, {
        requestId,
        commitmentId: isNew ? null : base.commitmentId,
        version: isNew ? null : base.version,
        supplierId,
        itemId,
        quantityBase: asNumber(values.quantityBase),
        dueOn: asText(values.dueOn),
        note: asText(values.note),
      })
    },
    [supplierId],
  )
  const edits = useRowEdits({ rows, keyOf, blank, fields, save })
  const focused = edits.rows?.find(({ key }) => key === focusedKey) ?? null
  const { onReady, editNew } = useEditNewRow(edits.rows, 'itemId')
  const onFocusCell = useCallback(
    (row: EditRow<Promised>) => {
      setFocusedKey(row.key)
      edits.onFocusCell(row)
    },
    [edits.onFocusCell],
  )
  const onAdd = () => editNew(edits.add())
  const onClose = async () => {
    if (focused === null) return
    const row = focused.isNew ? await edits.discard(focused.key) : focused.base
    if (row === null) return
    const outcome = await sendCommand(client.commitment.close, {
      requestId: newRequestId(),
      commitmentId: row.commitmentId,
      closed: row.closedAt === null,
    })
    setCloseFailure(outcome.ok ? null : outcome)
  }
  useKeys('keysScreen', canEdit ? [{ chord: 'Alt+N', label: t('addPromise'), run: onAdd }] : [])
  return (
    <section className={styles.part} aria-labelledby="supplier-promises">
      <div className={styles.bar}>
        <div>
          <h2 id="supplier-promises">{t('promises')}</h2>
          <p className={styles.lead}>
            {promised === 0
              ? t('promisesLead')
              : t('fulfilmentAll', {
                  promised: formatNumber(promised),
                  delivered: formatNumber(delivered),
                  percent: `${fulfilmentPercent(promised, delivered)}%`,
                })}
          </p>
        </div>
        <div className={styles.tools}>
          <Switch
            size="xs"
            label={t('showClosed')}
            checked={all}
            onChange={(event) => setAll(event.currentTarget.checked)}
          />
          {canEdit && (
            <>
              <Button variant="default" disabled={focused === null} onClick={() => void onClose()}>
                {t(focused !== null && focused.base.closedAt !== null ? 'reopenPromise' : 'closePromise')}
              </Button>
              <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={onAdd}>
                {t('addPromise')} Alt+N
              </Button>
            </>
          )}
        </div>
      </div>
      <Refusals refusals={closeFailure?.refusals ?? []} fault={closeFailure?.fault ?? edits.fault} />
      <Grid
        label={t('promises')}
        stateKey="supplier-promises"
        rows={edits.rows}
        columns={edits.columns}
        rowId={rowKey}
        {...(canEdit ? { onEdits: edits.onEdits, growRows: edits.growRows } : {})}
        problemOf={edits.problemOf}
        onFocusCell={onFocusCell}
        onLeave={edits.onLeave}
        onReady={onReady}
        emptyText={t('noPromises')}
      />
    </section>
  )
}
