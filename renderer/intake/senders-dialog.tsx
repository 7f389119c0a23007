import { Alert, Button, Checkbox, Group, Modal } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { ItemRow } from '../../api/contract/item.ts'
import { type SupplierRow, supplierKinds } from '../../api/contract/place.ts'
import { type Refusal, refusal } from '../../core/refusal.ts'
import { BusinessDate } from '../delivery/business-date.tsx'
import { PlaceField } from '../delivery/place-field.tsx'
import { formatNumber } from '../format.ts'
import { Refusals } from '../frame/refusals.tsx'
import { api, client, type Fault, newRequestId, type Output, sendCommand } from '../query.ts'
import { deliveryText } from '../text/delivery.ts'
import { intakeText } from '../text/intake.ts'
import { nameOf, useLanguage, useText } from '../text/text.ts'
import { wordText } from '../text/words.ts'
import styles from './intake.module.css'
import type { ListRow } from './list-rows.ts'
import { type ListPosting, postList } from './post-list.ts'
import { SenderFields } from './sender-fields.tsx'
import { countDeliveries, deliveriesOf, partBySender, type SenderChoice } from './senders.ts'

export type PostedList = Output<typeof client.delivery.postList>

const host: ListPosting = {
  stage: (input) =>
    sendCommand(
      ({ requestId, portions }) =>
        client.delivery.stageLines({ requestId, portions: portions.map((one) => ({ ...one, lines: [...one.lines] })) }),
      input,
    ),
  post: (input) => sendCommand(client.delivery.postList, input),
}

/** New suppliers are offered under numbers that no supplier has. */
const newIds = supplierKinds.map((kind, index) => ({ kind, id: -1 - index }))

/** Rows of several senders: whose each is, and all of it posted in one go, or none. */
export function SendersDialog(props: {
  readonly rows: readonly ListRow[]
  readonly items: ReadonlyMap<string, ItemRow>
  readonly suppliers: readonly SupplierRow[]
  readonly findSupplier: (party: string | null) => number | null
  /** Of whom rows are that name nobody. */
  readonly otherwise: number | null
  readonly depotId: number | null
  readonly today: string
  readonly list: { readonly fingerprint: string; readonly name: string }
  readonly onClose: () => void
  readonly onOneDelivery: () => void
  readonly onPosted: (posted: PostedList) => void
}) {
  const { rows, suppliers, items } = props
  const t = useText(intakeText)
  const words = useText(wordText)
  const deliveryWords = useText(deliveryText)
  const language = useLanguage()
  const depots = useQuery(api.depot.list.queryOptions({ input: { archived: false } }))
  const parts = useMemo(() => partBySender(rows), [rows])
  const [choices, setChoices] = useState<ReadonlyMap<string, SenderChoice>>(
    () =>
      new Map(
        parts.map(({ key, name }) => {
          const supplierId = name === '' ? props.otherwise : props.findSupplier(name)
          return [key, supplierId !== null ? { supplierId } : name === '' ? null : { newKind: 'donor' as const }]
        }),
      ),
  )
  const [depotId, setDepotId] = useState(props.depotId)
  const [businessDate, setBusinessDate] = useState(props.today)
  const [inspect, setInspect] = useState(false)
  /** The request that is being answered. */
  const [posting, setPosting] = useState<string | null>(null)
  const busy = posting !== null
  /** Lines that have been handed over for it. */
  const [sent, setSent] = useState(0)
  const stopping = useRef(false)
  const progress = useQuery(
    api.delivery.listProgress.queryOptions({
      input: { requestId: posting ?? '' },
      enabled: busy,
      staleTime: 0,
      refetchInterval: 500,
    }),
  )
  const [failure, setFailure] = useState<{ refusals: readonly Refusal[]; fault: Fault | null; missing: string | null }>(
    {
      refusals: [],
      fault: null,
      missing: null,
    },
  )
  /** The same however often it is sent, so that a lost answer never posts twice. */
  const [postingIds] = useState(() => new Map(parts.map(({ key }) => [key, newRequestId()])))
  const request = useRef({ content: '', requestId: '' })
  const fields = useRef<(HTMLInputElement | null)[]>([])
  const depot = useRef<HTMLInputElement>(null)
  const date = useRef<HTMLInputElement>(null)
  const post = useRef<HTMLButtonElement>(null)

  const supplierOffers = useMemo(
    () => [
      ...newIds.map(({ kind, id }) => ({
        id,
        label: t('newSender', { kind: words(`supplierKind-${kind}`) }),
        detail: '',
        search: kind,
      })),
      ...suppliers.map((one) => ({
        id: one.placeId,
        label: nameOf(one, language),
        detail: `${one.code} · ${words(`supplierKind-${one.supplierKind}`)}`,
        search: one.search,
      })),
    ],
    [suppliers, language, t, words],
  )
  const depotOffers = (depots.data ?? []).map((one) => ({
    id: one.placeId,
    label: nameOf(one, language),
    detail: one.code,
    search: one.search,
  }))
  const chosenDepot = depotId ?? depots.data?.[0]?.placeId ?? null
  const idOf = useCallback((choice: SenderChoice | undefined): number | null => {
    if (choice == null) return null
    return 'supplierId' in choice ? choice.supplierId : (newIds.find((one) => one.kind === choice.newKind)?.id ?? null)
  }, [])
  const choose = useCallback((key: string, id: number) => {
    const kind = newIds.find((one) => one.id === id)?.kind
    setChoices((before) => new Map(before).set(key, kind === undefined ? { supplierId: id } : { newKind: kind }))
  }, [])
  const focusPost = useCallback(() => post.current?.focus(), [])
  const count = useMemo(() => countDeliveries(parts, choices), [parts, choices])

  const run = async () => {
    if (busy) return
    const open = parts.findIndex(({ key }) => (choices.get(key) ?? null) === null)
    if (open !== -1) {
      setFailure({ refusals: [], fault: null, missing: parts[open]!.name })
      return fields.current[open]?.focus()
    }
    if (chosenDepot === null) return
    // What was changed since is another intention.
    const content = JSON.stringify([chosenDepot, businessDate, inspect, [...choices]])
    if (request.current.content !== content) request.current = { content, requestId: newRequestId() }
    const { requestId } = request.current
    stopping.current = false
    setSent(0)
    setFailure({ refusals: [], fault: null, missing: null })
    setPosting(requestId)
    const { deliveries, rows: inOrder } = await deliveriesOf(parts, choices, items, postingIds)
    if (stopping.current) return stopped()
    const note = t('listNote', { name: props.list.name }).slice(0, 200)
    const outcome = await postList(
      { requestId, depotId: chosenDepot, businessDate, note, inspect, list: props.list, deliveries: [...deliveries] },
      host,
      { onSent: setSent, isStopped: () => stopping.current },
    )
    if (outcome === null) return stopped()
    setPosting(null)
    if (outcome.ok) return props.onPosted(outcome.value)
    const refusals = outcome.refusals.map((one) => ({
      ...one,
      line: one.line === null ? null : (inOrder[one.line - 1]?.row.source.row ?? one.line),
    }))
    setFailure({ refusals, fault: outcome.fault, missing: null })
    post.current?.focus()
  }

  /** Before it was asked for at all. */
  const stopped = () => {
    setPosting(null)
    setFailure({ refusals: [refusal('stopped')], fault: null, missing: null })
    post.current?.focus()
  }

  // What was asked for is no failure.
  const isStopped = failure.refusals.length === 1 && failure.refusals[0]?.code === 'stopped'

  // While it is posted, closing asks for it not to be: either all of it is recorded or nothing.
  const close = () => {
    if (posting === null) return props.onClose()
    stopping.current = true
    void client.delivery.stopList({ requestId: posting }).catch(() => {})
  }
  const underWay = progress.data != null
  // Asked before the list had arrived: asked again once it is known to be under way.
  useEffect(() => {
    if (underWay && posting !== null && stopping.current)
      void client.delivery.stopList({ requestId: posting }).catch(() => {})
  }, [underWay, posting])

  return (
    <Modal opened size="xl" onClose={close} title={t('sendersTitle')} closeButtonProps={{ 'aria-label': t('close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void run()
        }}
      >
        <p>{t('sendersLead', { count: parts.length, rows: formatNumber(rows.length) })}</p>
        {isStopped ? (
          <Alert color="yellow" role="alert">
            {t('postingStopped')}
          </Alert>
        ) : (
          <Refusals refusals={failure.refusals} fault={failure.fault} />
        )}
        {failure.missing !== null && (
          <p role="alert">{t('senderMissing', { name: failure.missing || t('senderNone') })}</p>
        )}
        <div className={styles.form}>
          <PlaceField
            label={deliveryWords('depot')}
            inputRef={depot}
            offers={depotOffers}
            value={chosenDepot}
            onTake={setDepotId}
            onDone={() => date.current?.focus()}
          />
          <BusinessDate
            inputRef={date}
            value={businessDate}
            today={props.today}
            error={null}
            onChange={setBusinessDate}
            onDone={() => fields.current[0]?.focus()}
          />
          <Checkbox
            label={t('inspectFirst')}
            checked={inspect}
            onChange={(event) => setInspect(event.currentTarget.checked)}
          />
        </div>
        <section className={styles.senders} aria-label={t('senderFilter')}>
          <SenderFields
            parts={parts}
            choices={choices}
            idOf={idOf}
            offers={supplierOffers}
            fields={fields}
            onChoose={choose}
            onDone={focusPost}
          />
        </section>
        <p role="status">
          {!busy
            ? ''
            : progress.data
              ? t('postingLines', { done: formatNumber(progress.data.done), total: formatNumber(progress.data.total) })
              : sent > 0
                ? t('sendingLines', { done: formatNumber(sent), total: formatNumber(rows.length) })
                : ''}
        </p>
        <Group justify="flex-end" mt="sm">
          <Button variant="default" onClick={close}>
            {busy ? t('stopPosting') : t('close')}
          </Button>
          <Button variant="default" onClick={props.onOneDelivery} disabled={busy}>
            {t('oneDelivery')}
          </Button>
          <Button ref={post} type="submit" data-autofocus aria-busy={busy} rightSection={<kbd>Enter</kbd>}>
            {busy ? t('taking') : t('postSenders', { count })}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
