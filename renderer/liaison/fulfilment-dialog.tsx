import { Modal } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useCallback, useMemo, useState } from 'react'
import { formatNumber, formatQuantity } from '../format.ts'
import { Refusals } from '../frame/refusals.tsx'
import type { CellEdit } from '../grid/cell-value.ts'
import type { GridColumn } from '../grid/column.ts'
import { Grid } from '../grid/grid.tsx'
import { api, client, newRequestId, type Outcome, type Output, sendCommand } from '../query.ts'
import { liaisonText } from '../text/liaison.ts'
import { refusalSentence } from '../text/refusal.ts'
import { useLanguage, useText } from '../text/text.ts'
import styles from './liaison.module.css'
import type { Promised } from './promise-state.ts'
import type { Directory } from './use-directory.ts'

type DeliveryLine = Output<typeof client.liaison.fulfilment>[number]
const rowId = (row: DeliveryLine) => `${row.postingSeq}/${row.line}`

type Props = {
  readonly promise: Promised
  readonly directory: Directory
  readonly canEdit: boolean
  readonly onClose: () => void
}

/** Delivery lines that count towards a promise, and those that could; a wrong count is typed over. */
export function FulfilmentDialog({ promise, directory, canEdit, onClose }: Props) {
  const t = useText(liaisonText)
  const language = useLanguage()
  const { commitmentId, itemId, supplierId } = promise
  const list = useQuery(api.liaison.fulfilment.queryOptions({ input: { commitmentId } }))
  const now =
    useQuery(api.commitment.list.queryOptions({ input: { supplierId, openOnly: false } })).data?.find(
      (row) => row.commitmentId === commitmentId,
    ) ?? promise
  const [typed, setTyped] = useState<ReadonlyMap<string, CellEdit['after']>>(new Map())
  const [failures, setFailures] = useState<ReadonlyMap<string, Extract<Outcome<unknown>, { ok: false }>>>(new Map())

  const save = useCallback(
    async (edit: CellEdit) => {
      const row = list.data?.find((one) => rowId(one) === edit.rowId)
      if (!row) return
      setTyped((before) => new Map(before).set(edit.rowId, edit.after))
      const quantityBase = edit.after === null || edit.after === '' ? 0 : edit.after
      const outcome: Outcome<unknown> =
        typeof quantityBase === 'number'
          ? await sendCommand(client.liaison.saveFulfilment, {
              requestId: newRequestId(),
              commitmentId,
              postingSeq: row.postingSeq,
              line: row.line,
              quantityBase,
            })
          : {
              ok: false,
              refusals: [
                { code: 'number-expected', line: null, field: null, given: quantityBase, allowed: null, about: {} },
              ],
              fault: null,
            }
      setFailures((before) => {
        const next = new Map(before)
        if (outcome.ok) next.delete(edit.rowId)
        else next.set(edit.rowId, outcome)
        return next
      })
      if (!outcome.ok) return
      await list.refetch()
      setTyped((before) => {
        const next = new Map(before)
        next.delete(edit.rowId)
        return next
      })
    },
    [list, commitmentId],
  )
  const columns = useMemo<readonly GridColumn<DeliveryLine>[]>(
    () => [
      { id: 'number', header: t('receipt'), kind: 'text', value: (row) => row.number, width: 150, grow: 1 },
      { id: 'line', header: t('line'), kind: 'number', value: (row) => row.line, width: 60 },
      { id: 'businessDate', header: t('date'), kind: 'date', value: (row) => row.businessDate, width: 110 },
      { id: 'acceptedBase', header: t('accepted'), kind: 'number', value: (row) => row.acceptedBase, width: 100 },
      {
        id: 'quantityBase',
        header: t('counts'),
        kind: 'number',
        value: (row) => typed.get(rowId(row)) ?? row.quantityBase,
        editable: canEdit,
        width: 120,
      },
      { id: 'freeBase', header: t('free'), kind: 'number', value: (row) => row.freeBase, width: 120 },
    ],
    [t, typed, canEdit],
  )
  const problemOf = useCallback(
    (row: DeliveryLine, columnId: string) => {
      const failure = columnId === 'quantityBase' ? failures.get(rowId(row)) : undefined
      return failure?.refusals[0] ? refusalSentence(failure.refusals[0], language) : null
    },
    [failures, language],
  )
  const fault = [...failures.values()].find((one) => one.fault !== null)?.fault ?? null
  const quantity = formatQuantity(promise.quantityBase, directory.measure(itemId))
  return (
    <Modal
      opened
      onClose={onClose}
      size={820}
      title={t('fulfilmentTitle', { item: directory.itemName(itemId), dueOn: promise.dueOn, quantity })}
      closeButtonProps={{ 'aria-label': t('close') }}
      closeOnClickOutside={false}
    >
      <div className={styles.dialog}>
        <p>
          {t('fulfilmentLead', {
            delivered: formatNumber(now.deliveredBase),
            outstanding: formatNumber(now.outstandingBase),
          })}
        </p>
        <Refusals refusals={[...failures.values()].flatMap((one) => one.refusals)} fault={fault} />
        <div className={styles.fulfilment}>
          <Grid
            label={t('fulfilment')}
            rows={list.data}
            columns={columns}
            rowId={rowId}
            problemOf={problemOf}
            emptyText={t('noFulfilment')}
            {...(canEdit
              ? {
                  onEdits: (edits: readonly CellEdit[]) =>
                    void edits.reduce((last, edit) => last.then(() => save(edit)), Promise.resolve()),
                }
              : {})}
          />
        </div>
      </div>
    </Modal>
  )
}
