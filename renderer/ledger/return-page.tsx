import { TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useCallback, useMemo, useRef, useState } from 'react'
import { useLocation, useSearchParams } from 'wouter'
import type { PostingDocument } from '../../api/contract/ledger.ts'
import { PlaceField } from '../delivery/place-field.tsx'
import { formatNumber } from '../format.ts'
import { useMe } from '../frame/me.ts'
import { Page } from '../frame/page.tsx'
import { Reading } from '../frame/reading.tsx'
import { Refusals } from '../frame/refusals.tsx'
import type { GridColumn } from '../grid/column.ts'
import { Grid } from '../grid/grid.tsx'
import { api, client, outcomeOf, useCommand } from '../query.ts'
import { ledgerText } from '../text/ledger.ts'
import { nameOf, pickName, useLanguage, useText } from '../text/text.ts'
import { measureName, wordText } from '../text/words.ts'
import { DayField } from './day-field.tsx'
import { FormActions } from './form-actions.tsx'
import { headError } from './head-error.ts'
import styles from './ledger.module.css'
import { offersOf } from './place-offers.ts'
import { showDone } from './show-done.ts'
import { readAmounts, type TypedCells, type TypedRow } from './typed-cells.ts'
import { useStartFocus } from './use-start-focus.ts'
import { typedRowId, useTypedCells } from './use-typed-cells.ts'

type Row = TypedRow<UnitLot>
type UnitLot = Awaited<ReturnType<typeof client.ledger.unitLots>>[number]
const rowId = (row: UnitLot) => String(row.lotId)
const searchOf = ({ row }: Row) => [row.itemCode, row.itemName, row.itemNameEn, row.lot].join(' ')
const columnsOfAmounts = ['good', 'damaged'] as const
const amountRow = (row: UnitLot) => ({
  rowId: rowId(row),
  mostBase: row.quantityBase,
  item: row.itemName,
  lot: row.lot,
})

/** 退库: what a unit gives back, of the lots that the ledger says it has. `?unit=<id>` opens it for one unit. */
export function ReturnPage() {
  const units = useQuery(api.unit.list.queryOptions({ input: { archived: false } }))
  const depots = useQuery(api.depot.list.queryOptions({ input: { archived: false } }))
  const t = useText(ledgerText)
  const failed = units.error ?? depots.error
  if (failed) {
    return (
      <Page title={t('returnTitle')} scroll>
        <Refusals {...outcomeOf(failed)} />
      </Page>
    )
  }
  if (!units.data || !depots.data) return <Reading />
  return <ReturnForm units={units.data} depots={depots.data} />
}

function ReturnForm(props: {
  readonly units: Awaited<ReturnType<typeof client.unit.list>>
  readonly depots: Awaited<ReturnType<typeof client.depot.list>>
}) {
  const t = useText(ledgerText)
  const words = useText(wordText)
  const language = useLanguage()
  const me = useMe()
  const [, go] = useLocation()
  const [address] = useSearchParams()
  const [unitId, setUnitId] = useState<number | null>(
    () => props.units.find((unit) => String(unit.placeId) === address.get('unit'))?.placeId ?? null,
  )
  const [depotId, setDepotId] = useState<number | null>(props.depots[0]?.placeId ?? null)
  const [date, setDate] = useState(me.businessDate)
  const [reason, setReason] = useState('')
  const [search, setSearch] = useState('')
  const unitRef = useRef<HTMLInputElement>(null)
  const depotRef = useRef<HTMLInputElement>(null)
  const dateRef = useRef<HTMLInputElement>(null)
  const reasonRef = useRef<HTMLInputElement>(null)
  const lots = useQuery(api.ledger.unitLots.queryOptions({ input: { unitId: unitId ?? 1 }, enabled: unitId !== null }))
  const rows = useMemo(() => (unitId === null ? [] : lots.data), [unitId, lots.data])
  const read = useCallback(
    (typed: TypedCells) => readAmounts((rows ?? []).map(amountRow), columnsOfAmounts, typed),
    [rows],
  )
  const problemsOf = useCallback((typed: TypedCells) => read(typed).problems, [read])
  const cells = useTypedCells<UnitLot>(rows, rowId, problemsOf)
  const { typed, focusCell } = cells
  const post = useCommand(client.ledger.returnFromUnit)
  const [isOpen] = useState(unitId !== null)
  useStartFocus(isOpen ? reasonRef : unitRef)

  const { lines } = read(typed)
  const send = async () => {
    const [wrong] = cells.seen
    if (wrong) return focusCell(wrong.rowId, wrong.columnId)
    const outcome = await post.run({
      unitId: unitId ?? 0,
      depotId: depotId ?? 0,
      businessDate: date,
      reason,
      lines: lines.map(({ rowId: lotId, columnId, amount }) => ({
        lotId: Number(lotId),
        quantityBase: amount,
        state: columnId === 'good' ? 'good' : 'damaged',
      })),
    })
    if (outcome.ok) {
      showDone(t('returned', { number: outcome.value.head.number }))
      return go(pathOf(outcome.value))
    }
    cells.answer(outcome.refusals, lines)
    const about = outcome.refusals.find(({ line }) => line !== null)
    const at = about && lines[about.line! - 1]
    if (at) focusCell(at.rowId, at.columnId)
    else if (outcome.refusals.some(({ field }) => field === 'reason')) reasonRef.current?.focus()
  }

  const columns = useMemo<readonly GridColumn<Row>[]>(() => {
    const amount = (id: 'good' | 'damaged'): GridColumn<Row> => ({
      id,
      header: t(id),
      kind: 'number',
      value: ({ cells: typed }) => typed[id] ?? null,
      editable: true,
      width: 130,
    })
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
        id: 'has',
        header: t('unitHas'),
        kind: 'number',
        value: ({ row }) => row.quantityBase,
        show: (value, { row }) => `${formatNumber(Number(value))} ${measureName(row.baseUnit, language)}`,
        width: 130,
      },
      amount('good'),
      amount('damaged'),
    ]
  }, [t, words, language])
  const unit = props.units.find((one) => one.placeId === unitId)
  const error = (field: string) => headError(post.refusals, field, language)
  return (
    <Page
      title={t('returnTitle')}
      lead={t('returnLead')}
      search={{ value: search, onChange: setSearch, placeholder: t('searchLots') }}
      actions={
        <FormActions
          back={{ href: '/ledger', label: t('back') }}
          label={t('returnDo')}
          busy={post.busy}
          disabled={unitId === null || !me.can('clerk', 'manager')}
          onSend={send}
          grid={cells.grid}
        />
      }
    >
      <div className={styles.head}>
        <PlaceField
          label={t('unit')}
          inputRef={unitRef}
          offers={offersOf(props.units, language)}
          value={unitId}
          error={error('unitId')}
          onTake={(taken) => {
            if (taken !== unitId) cells.reset()
            setUnitId(taken)
          }}
          onDone={() => reasonRef.current?.focus()}
        />
        <PlaceField
          label={t('depot')}
          inputRef={depotRef}
          offers={offersOf(props.depots, language)}
          value={depotId}
          error={error('depotId')}
          onTake={setDepotId}
          onDone={() => dateRef.current?.focus()}
        />
        <DayField
          label={t('businessDate')}
          inputRef={dateRef}
          value={date}
          today={me.businessDate}
          error={error('businessDate')}
          onChange={setDate}
          onDone={() => reasonRef.current?.focus()}
        />
        <TextInput
          ref={reasonRef}
          label={t('returnReason')}
          value={reason}
          maxLength={500}
          autoComplete="off"
          error={error('reason')}
          onChange={(event) => setReason(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.ctrlKey && !event.nativeEvent.isComposing) focusCell(null, 'good')
          }}
        />
      </div>
      <Refusals refusals={cells.refusals} fault={post.fault} />
      <Grid
        label={t('linesLabel')}
        stateKey="return"
        rows={cells.rows}
        columns={columns}
        rowId={typedRowId}
        search={search}
        searchOf={searchOf}
        onEdits={cells.onEdits}
        onReady={cells.onReady}
        problemOf={cells.problemOf}
        emptyText={unit === undefined ? t('pickUnit') : t('unitHasNothing', { unit: nameOf(unit, language) })}
      />
      <div className={styles.sum}>
        {columnsOfAmounts.map((columnId) => {
          const count = lines.filter((line) => line.columnId === columnId).length
          return count === 0 ? null : (
            <span key={columnId}>{t(columnId === 'good' ? 'sumGood' : 'sumDamaged', { count })}</span>
          )
        })}
      </div>
    </Page>
  )
}

const pathOf = ({ head }: PostingDocument) => `/ledger/${head.postingSeq}`
