import { TextInput } from '@mantine/core'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { SlipDocument } from '../../api/contract/round.ts'
import { formatNumber } from '../format.ts'
import { useMe } from '../frame/me.ts'
import { Refusals } from '../frame/refusals.tsx'
import type { GridColumn } from '../grid/column.ts'
import { Grid } from '../grid/grid.tsx'
import { DayField } from '../ledger/day-field.tsx'
import type { EditedGrid } from '../ledger/form-actions.tsx'
import { headError } from '../ledger/head-error.ts'
import ledgerStyles from '../ledger/ledger.module.css'
import { showDone } from '../ledger/show-done.ts'
import type { TypedCells, TypedRow } from '../ledger/typed-cells.ts'
import { typedRowId, useTypedCells } from '../ledger/use-typed-cells.ts'
import { client, useCommand } from '../query.ts'
import { signatureText } from '../text/signature.ts'
import { pickName, useLanguage, useText } from '../text/text.ts'
import { measureName } from '../text/words.ts'
import styles from './signature.module.css'
import { cellsByLine, differenceReasons, lineId, readSigned, type SlipLine, sentBaseOf } from './signed-lines.ts'
import { SlipFacts } from './slip-facts.tsx'

type Row = TypedRow<SlipLine>

export type SignHandle = { readonly send: () => Promise<void>; readonly busy: boolean; readonly grid: EditedGrid }

/** Who took it and when, and what did not come whole. */
export function SignForm(props: {
  readonly document: SlipDocument
  /** Hands out what Ctrl+Enter does. */
  readonly onHandle: (handle: SignHandle) => void
  readonly onSigned: () => void
}) {
  const t = useText(signatureText)
  const language = useLanguage()
  const me = useMe()
  const { head } = props.document
  const lines = useMemo(() => props.document.lines.filter((line) => sentBaseOf(line) > 0), [props.document])
  const [signedBy, setSignedBy] = useState(head.contact)
  const [signedOn, setSignedOn] = useState(me.businessDate)
  const [note, setNote] = useState('')
  const personRef = useRef<HTMLInputElement>(null)
  const dateRef = useRef<HTMLInputElement>(null)
  const noteRef = useRef<HTMLInputElement>(null)
  const problemsOf = useCallback((typed: TypedCells) => readSigned(lines, typed).problems, [lines])
  const cells = useTypedCells<SlipLine>(lines, lineId, problemsOf)
  const { typed, focusCell } = cells
  const sign = useCommand(client.slip.sign)
  useEffect(() => personRef.current?.select(), [])

  const { differences } = readSigned(lines, typed)
  const send = async () => {
    const [wrong] = cells.seen
    if (wrong) return focusCell(wrong.rowId, wrong.columnId)
    const outcome = await sign.run({ slipId: head.slipId, signedBy, signedOn, note, differences: [...differences] })
    if (outcome.ok) {
      const values = { number: head.number, person: outcome.value.head.signedBy ?? '', count: differences.length }
      showDone(t(differences.length > 0 ? 'signedDiffers' : 'signed', values))
      return props.onSigned()
    }
    cells.answer(outcome.refusals, cellsByLine(lines, 'received'))
    if (outcome.refusals.some(({ field }) => field === 'signedBy')) personRef.current?.focus()
    else if (outcome.refusals.some(({ field }) => field === 'signedOn')) dateRef.current?.focus()
  }
  const latest = useRef(send)
  latest.current = send
  const { onHandle } = props
  useEffect(
    () => onHandle({ send: () => latest.current(), busy: sign.busy, grid: cells.grid }),
    [onHandle, sign.busy, cells.grid],
  )

  const columns = useMemo<readonly GridColumn<Row>[]>(() => {
    const quantity = (value: unknown, { row }: Row) =>
      typeof value === 'number' ? `${formatNumber(value)} ${measureName(row.baseUnit, language)}` : String(value ?? '')
    return [
      { id: 'line', header: '#', kind: 'number', value: ({ row }) => row.line, width: 52 },
      {
        id: 'item',
        header: t('item'),
        kind: 'text',
        value: ({ row }) =>
          [pickName(row.itemName, row.itemNameEn, language), row.specification].filter(Boolean).join(' '),
        grow: 2,
        width: 190,
      },
      { id: 'lot', header: t('lot'), kind: 'text', value: ({ row }) => row.lot, grow: 1, width: 110 },
      { id: 'expiresOn', header: t('expiresOn'), kind: 'date', value: ({ row }) => row.expiresOn, width: 106 },
      {
        id: 'sent',
        header: t('sent'),
        kind: 'number',
        value: ({ row }) => sentBaseOf(row),
        show: quantity,
        width: 115,
      },
      {
        id: 'received',
        header: t('received'),
        kind: 'number',
        value: ({ cells }) => cells.received ?? null,
        editable: true,
        width: 110,
      },
      {
        id: 'difference',
        header: t('difference'),
        kind: 'number',
        value: ({ row, cells: { received } }) => {
          const difference = typeof received === 'number' ? received - sentBaseOf(row) : 0
          return difference === 0 ? null : difference
        },
        show: (value) =>
          typeof value !== 'number' ? '' : value > 0 ? `+${formatNumber(value)}` : `−${formatNumber(-value)}`,
        className: () => ledgerStyles.bad,
        width: 100,
      },
      {
        id: 'reason',
        header: t('reason'),
        kind: 'choice',
        value: ({ cells }) => cells.reason ?? null,
        choices: differenceReasons.map((value) => ({ value, label: t(`reason-${value}`) })),
        editable: true,
        width: 135,
      },
    ]
  }, [t, language])
  const error = (field: string) => headError(sign.refusals, field, language)
  return (
    <>
      <SlipFacts head={head} />
      <div className={styles.head}>
        <TextInput
          ref={personRef}
          label={t('signedBy')}
          value={signedBy}
          maxLength={60}
          autoComplete="off"
          error={error('signedBy')}
          onChange={(event) => setSignedBy(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.ctrlKey && !event.nativeEvent.isComposing) dateRef.current?.focus()
          }}
        />
        <DayField
          label={t('signedOn')}
          inputRef={dateRef}
          value={signedOn}
          today={me.businessDate}
          error={error('signedOn')}
          onChange={setSignedOn}
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
            if (event.key === 'Enter' && !event.ctrlKey && !event.nativeEvent.isComposing) focusCell(null, 'received')
          }}
        />
      </div>
      <Refusals refusals={cells.refusals} fault={sign.fault} />
      <Grid
        label={t('signLines')}
        stateKey="sign"
        rows={cells.rows}
        columns={columns}
        rowId={typedRowId}
        onEdits={cells.onEdits}
        onReady={cells.onReady}
        problemOf={cells.problemOf}
      />
      <div className={ledgerStyles.sum}>
        <span>{differences.length > 0 ? t('differing', { count: differences.length }) : t('signHint')}</span>
      </div>
    </>
  )
}
