import { Button, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useCallback, useRef, useState } from 'react'
import { Link, useLocation } from 'wouter'
import type { DepotLot } from '../../api/contract/ledger.ts'
import { PlaceField } from '../delivery/place-field.tsx'
import { useMe } from '../frame/me.ts'
import { Page } from '../frame/page.tsx'
import { Reading } from '../frame/reading.tsx'
import { Refusals } from '../frame/refusals.tsx'
import { Grid } from '../grid/grid.tsx'
import { api, client, outcomeOf, useCommand } from '../query.ts'
import { ledgerText } from '../text/ledger.ts'
import { useLanguage, useText } from '../text/text.ts'
import { DayField } from './day-field.tsx'
import { depotLotId, depotLotSearch, readDepotLots, useDepotLotColumns } from './depot-lots.ts'
import { FormActions } from './form-actions.tsx'
import { headError } from './head-error.ts'
import styles from './ledger.module.css'
import { offersOf } from './place-offers.ts'
import { showDone } from './show-done.ts'
import type { TypedCells } from './typed-cells.ts'
import { useStartFocus } from './use-start-focus.ts'
import { typedRowId, useTypedCells } from './use-typed-cells.ts'

const noLots: readonly DepotLot[] = []

/** Sends lots from one depot to another. */
export function SendTransferPage() {
  const t = useText(ledgerText)
  const depots = useQuery(api.depot.list.queryOptions({ input: { archived: false } }))
  if (depots.data === undefined && !depots.isError) return <Reading />
  const [from, to] = depots.data ?? []
  if (!depots.data || !from || !to) {
    return (
      <Page title={t('sendTitle')} scroll>
        {depots.isError ? <Refusals {...outcomeOf(depots.error)} /> : <p>{t('oneDepot')}</p>}
        <div>
          <Button component={Link} href="/depots">
            {t('toDepots')}
          </Button>
        </div>
      </Page>
    )
  }
  return <SendForm depots={depots.data} start={{ fromId: from.placeId, toId: to.placeId }} />
}

function SendForm(props: {
  readonly depots: Awaited<ReturnType<typeof client.depot.list>>
  readonly start: { readonly fromId: number; readonly toId: number }
}) {
  const t = useText(ledgerText)
  const language = useLanguage()
  const me = useMe()
  const [, go] = useLocation()
  const [fromId, setFromId] = useState(props.start.fromId)
  const [toId, setToId] = useState(props.start.toId)
  const [date, setDate] = useState(me.businessDate)
  const [note, setNote] = useState('')
  const [search, setSearch] = useState('')
  const fromRef = useRef<HTMLInputElement>(null)
  const toRef = useRef<HTMLInputElement>(null)
  const noteRef = useRef<HTMLInputElement>(null)
  const lots = useQuery(api.ledger.depotLots.queryOptions({ input: { depotId: fromId } }))
  const rows = lots.data
  const problemsOf = useCallback((typed: TypedCells) => readDepotLots(rows ?? noLots, typed).problems, [rows])
  const cells = useTypedCells<DepotLot>(rows, depotLotId, problemsOf)
  const { typed, focusCell } = cells
  const sendTransfer = useCommand(client.transfer.send)
  useStartFocus(fromRef)

  const { lines } = readDepotLots(rows ?? noLots, typed)
  const send = async () => {
    const [wrong] = cells.seen
    if (wrong) return focusCell(wrong.rowId, wrong.columnId)
    const outcome = await sendTransfer.run({
      fromId,
      toId,
      businessDate: date,
      note,
      lines: lines.map(({ rowId, amount }) => ({ lotId: Number(rowId), quantityBase: amount })),
    })
    if (outcome.ok) {
      showDone(t('sent', { number: outcome.value.number }))
      return go(`/ledger/transfers/${outcome.value.transferId}`)
    }
    cells.answer(outcome.refusals, lines)
    const about = outcome.refusals.find(({ line }) => line !== null)
    const at = about && lines[about.line! - 1]
    if (at) focusCell(at.rowId, at.columnId)
  }
  const columns = useDepotLotColumns(t('sendQuantity'))
  const error = (field: string) => headError(sendTransfer.refusals, field, language)
  const offers = offersOf(props.depots, language)
  return (
    <Page
      title={t('sendTitle')}
      lead={t('sendLead')}
      search={{ value: search, onChange: setSearch, placeholder: t('searchLots') }}
      actions={
        <FormActions
          back={{ href: '/ledger/transfers', label: t('toTransfers') }}
          label={t('sendDo')}
          busy={sendTransfer.busy}
          disabled={!me.can('clerk', 'manager')}
          onSend={send}
          grid={cells.grid}
        />
      }
    >
      <div className={styles.head}>
        <PlaceField
          label={t('fromDepot')}
          inputRef={fromRef}
          offers={offers}
          value={fromId}
          error={error('fromId')}
          onTake={(taken) => {
            if (taken === fromId) return
            cells.reset()
            // The two change places where the one is chosen for the other.
            if (taken === toId) setToId(fromId)
            setFromId(taken)
          }}
          onDone={() => toRef.current?.focus()}
        />
        <PlaceField
          label={t('toDepot')}
          inputRef={toRef}
          offers={offers}
          value={toId}
          error={error('toId')}
          onTake={setToId}
          onDone={() => noteRef.current?.focus()}
        />
        <DayField
          label={t('sentOn')}
          value={date}
          today={me.businessDate}
          error={error('businessDate')}
          onChange={setDate}
          onDone={() => noteRef.current?.focus()}
        />
        <TextInput
          ref={noteRef}
          label={t('note')}
          value={note}
          maxLength={500}
          autoComplete="off"
          error={error('note')}
          onChange={(event) => setNote(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.ctrlKey && !event.nativeEvent.isComposing) focusCell(null, 'quantity')
          }}
        />
      </div>
      <Refusals refusals={cells.refusals} fault={sendTransfer.fault} />
      <Grid
        label={t('sendLines')}
        stateKey="transfer-send"
        rows={cells.rows}
        columns={columns}
        rowId={typedRowId}
        search={search}
        searchOf={depotLotSearch}
        onEdits={cells.onEdits}
        onReady={cells.onReady}
        problemOf={cells.problemOf}
        emptyText={t('depotEmpty')}
      />
      <div className={styles.sum}>{lines.length > 0 && <span>{t('linesWritten', { count: lines.length })}</span>}</div>
    </Page>
  )
}
