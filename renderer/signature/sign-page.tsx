import { Button, SegmentedControl, TextInput } from '@mantine/core'
import { IconArrowLeft, IconExternalLink, IconQrcode } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState } from 'react'
import { Link, useLocation, useSearchParams } from 'wouter'
import type { SlipHead } from '../../api/contract/round.ts'
import { formatInstant } from '../format.ts'
import { useKeys } from '../frame/keys.tsx'
import { useMe } from '../frame/me.ts'
import { Page } from '../frame/page.tsx'
import { Reading } from '../frame/reading.tsx'
import { Refusals } from '../frame/refusals.tsx'
import type { GridColumn } from '../grid/column.ts'
import { Grid } from '../grid/grid.tsx'
import { useSettled } from '../ledger/form-actions.tsx'
import ledgerStyles from '../ledger/ledger.module.css'
import { Note } from '../ledger/note.tsx'
import { useStartFocus } from '../ledger/use-start-focus.ts'
import { api, outcomeOf } from '../query.ts'
import { signatureText } from '../text/signature.ts'
import { pickName, useLanguage, useText } from '../text/text.ts'
import { SignForm, type SignHandle } from './sign-form.tsx'
import { SlipFacts } from './slip-facts.tsx'

/** A slip by its number, scanned or typed: picked while it waits, signed for once it has gone. `?number=DB…` */
export function SignPage() {
  const t = useText(signatureText)
  const me = useMe()
  const [, go] = useLocation()
  const [address] = useSearchParams()
  const number = address.get('number')?.trim() ?? ''
  const [typed, setTyped] = useState(number)
  const [handle, setHandle] = useState<SignHandle | null>(null)
  const numberRef = useRef<HTMLInputElement>(null)
  const found = useQuery(api.slip.find.queryOptions({ input: { number }, enabled: number !== '' }))
  const slipId = found.data?.slipId ?? null
  const slip = useQuery(
    api.slip.get.queryOptions({ input: { slipIds: [slipId ?? 1] }, enabled: number !== '' && slipId !== null }),
  )
  const document = number === '' || slipId === null ? undefined : slip.data?.[0]
  const signs = document?.head.state === 'dispatched' && me.can('clerk', 'manager')
  const open = (wanted: string) =>
    go(wanted === '' ? '/slips/sign' : `/slips/sign?number=${encodeURIComponent(wanted)}`)

  // A scanned number comes by the address; the field shows what is open and waits for the next.
  useEffect(() => {
    setTyped(number)
    if (number === '') numberRef.current?.focus()
  }, [number])
  useStartFocus(numberRef)
  const send = useSettled(async () => handle?.send(), handle?.grid)
  const press = () => {
    if (signs && handle !== null && !handle.busy) send()
  }
  useKeys('keysScreen', [
    { chord: 'Alt+S', label: t('keyNumber'), run: () => numberRef.current?.select() },
    ...(signs ? [{ chord: 'Ctrl+Enter', label: t('signDo'), run: press }] : []),
  ])
  const failed = found.error ?? slip.error
  return (
    <Page
      title={signs ? t('signTitle', { number: document.head.number }) : t('title')}
      lead={t('lead')}
      actions={
        <>
          {number !== '' && (
            <Button
              component={Link}
              href="/slips/sign"
              variant="default"
              leftSection={<IconArrowLeft size={16} aria-hidden />}
            >
              {t('backToList')}
            </Button>
          )}
          {document && (
            <Button
              component={Link}
              href={`/slips/${document.head.slipId}`}
              variant="default"
              leftSection={<IconExternalLink size={16} aria-hidden />}
            >
              {t('openSlip')}
            </Button>
          )}
          {signs && (
            <Button aria-busy={handle?.busy ?? false} rightSection={<kbd>Ctrl+Enter</kbd>} onClick={press}>
              {t('signDo')}
            </Button>
          )}
        </>
      }
    >
      <div className={ledgerStyles.bar}>
        <TextInput
          ref={numberRef}
          size="xs"
          w={320}
          aria-label={t('number')}
          placeholder={t('numberHint')}
          value={typed}
          autoComplete="off"
          spellCheck={false}
          leftSection={<IconQrcode size={15} aria-hidden />}
          rightSection={<kbd>Alt+S</kbd>}
          rightSectionWidth={52}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.ctrlKey || event.nativeEvent.isComposing) return
            event.preventDefault()
            open(typed.trim())
          }}
        />
      </div>
      {failed !== null && number !== '' && <Refusals {...outcomeOf(failed)} />}
      {number !== '' && found.data === null && <Note tone="bad">{t('notFound', { number })}</Note>}
      {number !== '' && found.data !== null && document === undefined && failed === null && <Reading />}
      {document === undefined ? (
        (number === '' || found.data === null) && <WaitingList />
      ) : signs ? (
        <SignForm
          key={document.head.slipId}
          document={document}
          onHandle={setHandle}
          onSigned={() => go('/slips/sign')}
        />
      ) : (
        <OtherState head={document.head} />
      )}
    </Page>
  )
}

/** A slip that can't be signed for now, and what can be done instead. */
function OtherState({ head }: { readonly head: SlipHead }) {
  const t = useText(signatureText)
  const pick = useRef<HTMLAnchorElement>(null)
  useEffect(() => pick.current?.focus(), [])
  return (
    <>
      {head.state === 'approved' ? (
        <Note>
          <span>{t('isApproved')}</span>
          <Button ref={pick} component={Link} href={`/slips/pick/${head.slipId}`}>
            {t('toPick')}
          </Button>
        </Note>
      ) : (
        <Note tone={head.state === 'signed' ? 'good' : 'bad'}>
          {head.state === 'signed'
            ? t('isSigned', { person: head.signedBy ?? '', date: head.signedOn ?? '' })
            : t(head.state === 'cancelled' ? 'isCancelled' : head.state === 'reversed' ? 'isReversed' : 'onlyStaff')}
        </Note>
      )}
      <SlipFacts head={head} />
    </>
  )
}

const lists = ['dispatched', 'approved'] as const
const rowId = (row: SlipHead) => String(row.slipId)
const searchOf = (row: SlipHead) => [row.number, row.unitName, row.unitNameEn, row.unitCode, row.town].join(' ')

/** Slips that wait for a signature or to be picked; Enter opens one. */
function WaitingList() {
  const t = useText(signatureText)
  const language = useLanguage()
  const [, go] = useLocation()
  const [state, setState] = useState<(typeof lists)[number]>('dispatched')
  const list = useQuery(api.slip.list.queryOptions({ input: { roundId: null, state, limit: 10_000 } }))
  const columns = useMemo<readonly GridColumn<SlipHead>[]>(
    () => [
      { id: 'number', header: t('number'), kind: 'text', value: (row) => row.number, width: 155 },
      {
        id: 'unit',
        header: t('unit'),
        kind: 'text',
        value: (row) => pickName(row.unitName, row.unitNameEn, language),
        grow: 2,
        width: 190,
      },
      { id: 'town', header: t('town'), kind: 'text', value: (row) => row.town, width: 85 },
      { id: 'contact', header: t('contact'), kind: 'text', value: (row) => row.contact, width: 100 },
      {
        id: 'depot',
        header: t('depot'),
        kind: 'text',
        value: (row) => pickName(row.depotName, row.depotNameEn, language),
        grow: 1,
        width: 130,
      },
      { id: 'packs', header: t('packs'), kind: 'number', value: (row) => row.packs, width: 90 },
      state === 'approved'
        ? {
            id: 'businessDate',
            header: t('businessDate'),
            kind: 'date',
            value: (row) => row.businessDate,
            width: 150,
          }
        : {
            id: 'dispatchedAt',
            header: t('dispatchedAt'),
            kind: 'text',
            value: (row) => formatInstant(row.dispatchedAt),
            width: 150,
          },
    ],
    [t, language, state],
  )
  return (
    <>
      <div className={ledgerStyles.bar}>
        <SegmentedControl
          size="xs"
          aria-label={t('listFilter')}
          value={state}
          onChange={(value) => setState(lists.find((one) => one === value) ?? 'dispatched')}
          data={lists.map((value) => ({ value, label: t(`list-${value}`) }))}
        />
      </div>
      {list.isError && <Refusals {...outcomeOf(list.error)} />}
      <Grid
        key={state}
        label={t('waiting')}
        stateKey={`slips-${state}`}
        rows={list.data}
        columns={columns}
        rowId={rowId}
        searchOf={searchOf}
        emptyText={t(state === 'approved' ? 'emptyApproved' : 'emptyDispatched')}
        onOpen={(row) =>
          go(
            state === 'approved' ? `/slips/pick/${row.slipId}` : `/slips/sign?number=${encodeURIComponent(row.number)}`,
          )
        }
      />
    </>
  )
}
