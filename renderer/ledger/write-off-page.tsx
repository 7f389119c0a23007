import { Button, NativeSelect, TextInput } from '@mantine/core'
import { IconCalendarX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useLocation, useSearchParams } from 'wouter'
import { type DepotLot, writeOffReasons } from '../../api/contract/ledger.ts'
import { PlaceField } from '../delivery/place-field.tsx'
import { useKeys } from '../frame/keys.tsx'
import { useMe } from '../frame/me.ts'
import { Page } from '../frame/page.tsx'
import { Reading } from '../frame/reading.tsx'
import { Refusals } from '../frame/refusals.tsx'
import { Grid } from '../grid/grid.tsx'
import { api, client, outcomeOf, useCommand } from '../query.ts'
import { ledgerText } from '../text/ledger.ts'
import { useLanguage, useText } from '../text/text.ts'
import { DayField } from './day-field.tsx'
import { depotLotId, depotLotSearch, isExpired, readDepotLots, useDepotLotColumns } from './depot-lots.ts'
import { FormActions } from './form-actions.tsx'
import { headError } from './head-error.ts'
import styles from './ledger.module.css'
import { Note } from './note.tsx'
import { offersOf } from './place-offers.ts'
import { showDone } from './show-done.ts'
import { type TypedCells, typeInto } from './typed-cells.ts'
import { useStartFocus } from './use-start-focus.ts'
import { typedRowId, useTypedCells } from './use-typed-cells.ts'

type Cause = (typeof writeOffReasons)[number]

/** 报损. `?lot=<id>` opens it at the depot that has the lot, with all that is free of it filled in. */
export function WriteOffPage() {
  const t = useText(ledgerText)
  const me = useMe()
  const [address] = useSearchParams()
  const depots = useQuery(api.depot.list.queryOptions({ input: { archived: false } }))
  const lots = useQuery(api.ledger.depotLots.queryOptions({ input: { depotId: null } }))
  const failed = depots.error ?? lots.error
  if (failed || !me.can('manager')) {
    return (
      <Page title={t('writeOffTitle')} scroll>
        {failed ? <Refusals {...outcomeOf(failed)} /> : <Note>{t('managersOnly')}</Note>}
      </Page>
    )
  }
  if (!depots.data || !lots.data) return <Reading />
  const asked = lots.data.find((lot) => String(lot.lotId) === address.get('lot')) ?? null
  return <WriteOffForm depots={depots.data} lots={lots.data} asked={asked} />
}

function WriteOffForm(props: {
  readonly depots: Awaited<ReturnType<typeof client.depot.list>>
  readonly lots: readonly DepotLot[]
  readonly asked: DepotLot | null
}) {
  const t = useText(ledgerText)
  const language = useLanguage()
  const me = useMe()
  const [, go] = useLocation()
  const [asked] = useState(props.asked)
  const [depotId, setDepotId] = useState<number | null>(asked?.depotId ?? props.depots[0]?.placeId ?? null)
  const [cause, setCause] = useState<Cause>(asked === null || isExpired(asked, me.businessDate) ? 'expired' : 'damaged')
  const [date, setDate] = useState(me.businessDate)
  const [reason, setReason] = useState('')
  const [search, setSearch] = useState('')
  const depotRef = useRef<HTMLInputElement>(null)
  const causeRef = useRef<HTMLSelectElement>(null)
  const reasonRef = useRef<HTMLInputElement>(null)
  const rows = useMemo(() => props.lots.filter((lot) => lot.depotId === depotId), [props.lots, depotId])
  const problemsOf = useCallback((typed: TypedCells) => readDepotLots(rows, typed).problems, [rows])
  const cells = useTypedCells<DepotLot>(rows, depotLotId, problemsOf)
  const { typed, setTyped, focusCell } = cells
  const writeOff = useCommand(client.ledger.writeOff)
  useStartFocus(causeRef)
  useEffect(() => {
    if (asked === null || asked.freeBase === 0) return
    setTyped((now) => typeInto(now, [{ rowId: depotLotId(asked), columnId: 'quantity', after: asked.freeBase }]))
  }, [asked, setTyped])

  const { lines } = readDepotLots(rows, typed)
  const expired = rows.filter((row) => isExpired(row, me.businessDate) && row.freeBase > 0)
  const fillExpired = () => {
    setCause('expired')
    setTyped((now) =>
      typeInto(
        now,
        expired.map((row) => ({ rowId: depotLotId(row), columnId: 'quantity', after: row.freeBase })),
      ),
    )
    const [first] = expired
    if (first) focusCell(depotLotId(first), 'quantity')
    else showDone(t('noExpired'))
  }
  useKeys('keysScreen', [{ chord: 'Alt+E', label: t('keyFillExpired'), run: fillExpired }])
  const send = async () => {
    const [wrong] = cells.seen
    if (wrong) return focusCell(wrong.rowId, wrong.columnId)
    const outcome = await writeOff.run({
      depotId: depotId ?? 0,
      businessDate: date,
      cause,
      reason,
      lines: lines.map(({ rowId, amount }) => ({ lotId: Number(rowId), quantityBase: amount })),
    })
    if (outcome.ok) {
      showDone(t('writtenOff', { number: outcome.value.head.number }))
      return go(`/ledger/${outcome.value.head.postingSeq}`)
    }
    cells.answer(outcome.refusals, lines)
    const about = outcome.refusals.find(({ line }) => line !== null)
    const at = about && lines[about.line! - 1]
    if (at) focusCell(at.rowId, at.columnId)
    else if (outcome.refusals.some(({ field }) => field === 'reason')) reasonRef.current?.focus()
  }
  const columns = useDepotLotColumns(t('writeOffQuantity'))
  const error = (field: string) => headError(writeOff.refusals, field, language)
  return (
    <Page
      title={t('writeOffTitle')}
      lead={t('writeOffLead')}
      search={{ value: search, onChange: setSearch, placeholder: t('searchLots') }}
      actions={
        <FormActions
          back={{ href: '/ledger', label: t('back') }}
          label={t('writeOffDo')}
          busy={writeOff.busy}
          onSend={send}
          grid={cells.grid}
        >
          <Button
            variant="default"
            leftSection={<IconCalendarX size={16} aria-hidden />}
            rightSection={<kbd>Alt+E</kbd>}
            onClick={fillExpired}
          >
            {t('fillExpired')}
          </Button>
        </FormActions>
      }
    >
      <div className={styles.head}>
        <PlaceField
          label={t('writeOffDepot')}
          inputRef={depotRef}
          offers={offersOf(props.depots, language)}
          value={depotId}
          error={error('depotId')}
          onTake={(taken) => {
            if (taken !== depotId) cells.reset()
            setDepotId(taken)
          }}
          onDone={() => causeRef.current?.focus()}
        />
        <NativeSelect
          ref={causeRef}
          label={t('cause')}
          value={cause}
          onChange={(event) => setCause(writeOffReasons.find((one) => one === event.currentTarget.value) ?? 'other')}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.ctrlKey) return
            event.preventDefault()
            reasonRef.current?.focus()
          }}
          data={writeOffReasons.map((value) => ({ value: value as string, label: t(`cause-${value}`) }))}
        />
        <DayField
          label={t('businessDate')}
          value={date}
          today={me.businessDate}
          error={error('businessDate')}
          onChange={setDate}
          onDone={() => reasonRef.current?.focus()}
        />
        <TextInput
          ref={reasonRef}
          label={t('writeOffReason')}
          value={reason}
          maxLength={500}
          autoComplete="off"
          error={error('reason')}
          onChange={(event) => setReason(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.ctrlKey && !event.nativeEvent.isComposing) focusCell(null, 'quantity')
          }}
        />
      </div>
      <Refusals refusals={cells.refusals} fault={writeOff.fault} />
      <Grid
        label={t('writeOffLines')}
        stateKey="write-off"
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
