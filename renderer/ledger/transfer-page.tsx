import { Button, TextInput } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useCallback, useMemo, useRef, useState } from 'react'
import { Link, useParams } from 'wouter'
import { formatNumber } from '../format.ts'
import { useMe } from '../frame/me.ts'
import { Page } from '../frame/page.tsx'
import { Reading } from '../frame/reading.tsx'
import { Refusals } from '../frame/refusals.tsx'
import type { GridColumn } from '../grid/column.ts'
import { Grid } from '../grid/grid.tsx'
import { api, client, outcomeOf, useCommand } from '../query.ts'
import { ledgerText } from '../text/ledger.ts'
import { pickName, useLanguage, useText } from '../text/text.ts'
import { measureName, wordText } from '../text/words.ts'
import { DayField } from './day-field.tsx'
import { Fact, Facts } from './facts.tsx'
import { FormActions } from './form-actions.tsx'
import { headError } from './head-error.ts'
import styles from './ledger.module.css'
import { Note } from './note.tsx'
import { readReceived } from './received-lines.ts'
import { showDone } from './show-done.ts'
import type { Transfer } from './transfer-list-page.tsx'
import type { TypedCells, TypedRow } from './typed-cells.ts'
import { typedRowId, useTypedCells } from './use-typed-cells.ts'

type Line = Transfer['lines'][number]
type Row = TypedRow<Line>
const rowId = (row: Line) => String(row.lotId)

/** One transfer: what is on the road, to be counted where it arrives. */
export function TransferPage() {
  const t = useText(ledgerText)
  const { transferId } = useParams<{ transferId: string }>()
  const list = useQuery(api.transfer.list.queryOptions({ input: { openOnly: false } }))
  const transfer = list.data?.find((row) => String(row.transferId) === transferId)
  if (transfer) return <TransferDocument key={transfer.transferId} transfer={transfer} />
  if (list.isPending) return <Reading />
  return (
    <Page title={t('transferTitle')} scroll>
      {list.isError ? <Refusals {...outcomeOf(list.error)} /> : <p>{t('transferMissing')}</p>}
      <div>
        <Button component={Link} href="/ledger/transfers" variant="default">
          {t('toTransfers')}
        </Button>
      </div>
    </Page>
  )
}

function TransferDocument({ transfer }: { readonly transfer: Transfer }) {
  const t = useText(ledgerText)
  const words = useText(wordText)
  const language = useLanguage()
  const me = useMe()
  const { lines } = transfer
  const waits = transfer.state === 'in-transit' && me.can('clerk', 'manager')
  const [date, setDate] = useState(me.businessDate)
  const [reason, setReason] = useState('')
  const reasonRef = useRef<HTMLInputElement>(null)
  const read = useCallback(
    (typed: TypedCells) =>
      readReceived(
        lines.map((row) => ({ rowId: rowId(row), sentBase: row.quantityBase, item: row.itemName })),
        typed,
        false,
      ),
    [lines],
  )
  const problemsOf = useCallback((typed: TypedCells) => read(typed).problems, [read])
  const cells = useTypedCells<Line>(lines, rowId, problemsOf)
  const { typed, focusCell } = cells
  const receive = useCommand(client.transfer.receive)
  const short = read(typed).lines

  const send = async () => {
    const [wrong] = cells.seen
    if (wrong) return focusCell(wrong.rowId, wrong.columnId)
    const outcome = await receive.run({
      transferId: transfer.transferId,
      businessDate: date,
      reason,
      lines: short.map((line) => ({ lotId: Number(line.rowId), receivedBase: line.receivedBase })),
    })
    if (outcome.ok) return void showDone(t('receivedDone', { number: transfer.number }))
    cells.answer(outcome.refusals, short)
    if (outcome.refusals.some(({ code }) => code === 'reason-missing')) reasonRef.current?.focus()
  }
  const columns = useMemo<readonly GridColumn<Row>[]>(() => {
    const quantity = (value: unknown, { row }: Row) =>
      value === null ? '' : `${formatNumber(Number(value))} ${measureName(row.baseUnit, language)}`
    const missing = ({ row, cells: { received: value } }: Row) => {
      return typeof value === 'number' && value < row.quantityBase ? row.quantityBase - value : null
    }
    return [
      { id: 'code', header: words('code'), kind: 'text', value: ({ row }) => row.itemCode, width: 110 },
      {
        id: 'item',
        header: t('item'),
        kind: 'text',
        value: ({ row }) => pickName(row.itemName, row.itemNameEn, language),
        grow: 2,
        width: 190,
      },
      { id: 'lot', header: t('lot'), kind: 'text', value: ({ row }) => row.lot, grow: 1, width: 120 },
      { id: 'expiresOn', header: t('expiresOn'), kind: 'date', value: ({ row }) => row.expiresOn, width: 110 },
      {
        id: 'sent',
        header: t('sentQuantity'),
        kind: 'number',
        value: ({ row }) => row.quantityBase,
        show: quantity,
        width: 130,
      },
      ...(waits
        ? [
            {
              id: 'received',
              header: t('received'),
              kind: 'number' as const,
              value: (row: Row) => row.cells.received ?? null,
              editable: true,
              width: 120,
            },
            {
              id: 'missing',
              header: t('missing'),
              kind: 'number' as const,
              value: missing,
              show: quantity,
              className: () => styles.bad,
              width: 120,
            },
          ]
        : []),
    ]
  }, [t, words, language, waits])
  const back = { href: '/ledger/transfers', label: t('toTransfers') }
  return (
    <Page
      title={t('transferDocument', { number: transfer.number })}
      lead={waits ? t('receiveHint') : words(`state-${transfer.state}`)}
      actions={
        waits ? (
          <FormActions back={back} label={t('receiveDo')} busy={receive.busy} onSend={send} grid={cells.grid} />
        ) : (
          <Button
            component={Link}
            href={back.href}
            variant="default"
            leftSection={<IconArrowLeft size={16} aria-hidden />}
          >
            {back.label}
          </Button>
        )
      }
    >
      {transfer.state === 'received' && (
        <Note tone="good">{t('receivedNote', { date: transfer.receivedOn ?? '' })}</Note>
      )}
      <Facts>
        <Fact name={t('fromDepot')}>{pickName(transfer.fromName, transfer.fromNameEn, language)}</Fact>
        <Fact name={t('toDepot')}>{pickName(transfer.toName, transfer.toNameEn, language)}</Fact>
        <Fact name={t('sentOn')}>{transfer.sentOn}</Fact>
        {transfer.note !== '' && <Fact name={t('note')}>{transfer.note}</Fact>}
      </Facts>
      {waits && (
        <div className={styles.head}>
          <TextInput
            ref={reasonRef}
            label={t('receiveReason')}
            value={reason}
            maxLength={500}
            autoComplete="off"
            error={headError(receive.refusals, 'reason', language)}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <DayField
            label={t('receiveOn')}
            value={date}
            today={me.businessDate}
            error={headError(receive.refusals, 'businessDate', language)}
            onChange={setDate}
          />
        </div>
      )}
      <Refusals refusals={cells.refusals} fault={receive.fault} />
      <Grid
        label={t('sendLines')}
        stateKey="transfer"
        rows={cells.rows}
        columns={columns}
        rowId={typedRowId}
        {...(waits ? { onEdits: cells.onEdits } : {})}
        onReady={(api) => {
          cells.onReady(api)
          if (waits) focusCell(null, 'received')
        }}
        problemOf={cells.problemOf}
      />
      <div className={styles.sum}>{short.length > 0 && <span>{t('missingSum', { count: short.length })}</span>}</div>
    </Page>
  )
}
