import { Button } from '@mantine/core'
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconDeviceFloppy,
  IconFileSpreadsheet,
  IconTrash,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { DeliveryDocument } from '../../api/contract/delivery.ts'
import type { ItemRow } from '../../api/contract/item.ts'
import type { DepotRow, SupplierRow } from '../../api/contract/place.ts'
import { type Refusal, refusal } from '../../core/refusal.ts'
import { formatInstant, formatNumber } from '../format.ts'
import { useKeys } from '../frame/keys.tsx'
import { useMe } from '../frame/me.ts'
import { Page } from '../frame/page.tsx'
import { Refusals } from '../frame/refusals.tsx'
import { DropSign } from '../intake/use-dropped-file.tsx'
import { rememberLists, useListEntrance } from '../intake/use-list-entrance.tsx'
import { api, client, useCommand } from '../query.ts'
import { AskCodeDialog } from '../scan/ask-code-dialog.tsx'
import { ScanSign } from '../scan/scan-sign.tsx'
import { useScanLines } from '../scan/use-scan-lines.ts'
import { deliveryText } from '../text/delivery.ts'
import { nameOf, useLanguage, useText } from '../text/text.ts'
import { DeliveryHeadFields, useHeadRefs } from './delivery-head.tsx'
import { DiscardDialog } from './discard-dialog.tsx'
import type { Draft } from './draft.ts'
import { ExpiredLicences } from './expired-licences.tsx'
import { type Answered, cellProblems, firstProblem, headProblem } from './form-refusals.ts'
import { type Catalogue, isBlank, type LineField } from './line.ts'
import { type CellWords, LineGrid } from './line-grid.tsx'
import { redo, undo } from './lines.ts'
import { Posted } from './posted.tsx'
import { fieldOfRefusal, readLines } from './read-lines.ts'
import { SavingSign } from './saving-sign.tsx'
import { useDraft } from './use-draft.ts'

export type DeliveryFormProps = {
  readonly draft: Draft
  readonly restoredAt: number | null
  readonly gone: boolean
  readonly suppliers: readonly SupplierRow[]
  readonly depots: readonly DepotRow[]
  readonly items: readonly ItemRow[]
}

export function DeliveryForm(props: DeliveryFormProps) {
  const t = useText(deliveryText)
  const language = useLanguage()
  const me = useMe()
  const draft = useDraft(() => props.draft)
  const { head, lines, newKey, changeHead, changeLines } = draft
  const post = useCommand(client.delivery.post)
  const [answered, setAnswered] = useState<readonly Answered[]>([])
  const [tried, setTried] = useState(false)
  const [posted, setPosted] = useState<DeliveryDocument | null>(null)
  const [discarding, setDiscarding] = useState(false)

  const refs = useHeadRefs()
  const saveRef = useRef<HTMLButtonElement>(null)
  const focusCell = useRef<(key: string | null, field: LineField) => void>(() => {})
  const onReady = useCallback((focus: (key: string | null, field: LineField) => void) => {
    focusCell.current = focus
  }, [])

  const promised = useQuery({
    ...api.delivery.promises.queryOptions({ input: { supplierId: head.supplierId ?? 0 } }),
    enabled: head.supplierId !== null,
  })
  const promises = useMemo(
    () =>
      new Map((promised.data ?? []).filter((row) => row.outstandingBase > 0).map((row) => [row.itemId, row] as const)),
    [promised.data],
  )
  const items = useMemo(() => new Map(props.items.map((item) => [item.itemId, item])), [props.items])
  const catalogue = useMemo<Catalogue>(
    () => ({ items, today: head.businessDate, promised: new Set(promises.keys()) }),
    [items, head.businessDate, promises],
  )
  const entrance = useListEntrance({ requestId: draft.requestId, head, catalogue })
  const scan = useScanLines({
    items,
    today: me.businessDate,
    change: changeLines,
    newKey,
    enabled: posted === null && !discarding,
  })
  const read = useMemo(
    () => readLines(lines.now, { items, today: me.businessDate, businessDate: head.businessDate }),
    [lines.now, items, me.businessDate, head.businessDate],
  )
  const problems = useMemo(
    () => cellProblems(read.refusals, read.keys, answered, lines.now, language, tried),
    [read, answered, lines.now, language, tried],
  )
  const doubts = useMemo<CellWords>(() => {
    const words = new Map<string, { [field in LineField]?: string }>()
    for (const line of lines.now) {
      for (const [field, doubt] of Object.entries(line.doubts) as [LineField, (typeof line.doubts)[LineField]][]) {
        if (doubt === undefined) continue
        const cells = words.get(line.key) ?? {}
        cells[field] = t(`doubt-${doubt.code}`, { typed: doubt.typed, value: line.cells[field] })
        words.set(line.key, cells)
      }
    }
    return words
  }, [lines.now, t])

  // A window that comes back opens the same draft again.
  useEffect(() => {
    if (draft.saving.kind === 'saved') history.replaceState(null, '', `?draft=${draft.requestId}`)
  }, [draft.saving.kind, draft.requestId])
  useEffect(() => {
    if (props.restoredAt === null) refs.supplierId.current?.focus()
    else focusCell.current(null, 'item')
  }, [props.restoredAt, refs])

  const answer = (refusals: readonly Refusal[]) => {
    const byKey = new Map(lines.now.map((line) => [line.key, line]))
    setAnswered(
      refusals.map((one) => ({
        refusal: one,
        line: one.line === null ? null : (byKey.get(read.keys[one.line - 1] ?? '') ?? null),
      })),
    )
    const first = refusals[0]
    if (first === undefined) return
    const field = fieldOfRefusal(first.field)
    if (first.line !== null && field !== null) focusCell.current(read.keys[first.line - 1] ?? null, field)
    else if (first.field === 'lines') focusCell.current(null, 'item')
    // For a note number that is there already the head moves to the choice what to do about it.
    else if (first.code !== 'note-number-used' && first.field !== null && first.field in refs)
      refs[first.field as keyof typeof refs].current?.focus()
  }

  const save = async () => {
    if (post.busy || posted !== null) return
    setTried(true)
    post.clear()
    const missing = (['supplierId', 'depotId'] as const)
      .filter((field) => head[field] === null)
      .map((field) => refusal('required', { field }))
    if (read.keys.length === 0) missing.push(refusal('no-lines', { field: 'lines' }))
    if (missing.length > 0) return answer(missing)
    if (read.inputs === null || read.refusals.length > 0) {
      setAnswered([])
      const first = firstProblem(cellProblems(read.refusals, read.keys, [], lines.now, language, true), lines.now)
      if (first !== null) focusCell.current(first.key, first.field)
      return
    }
    const outcome = await post.run({
      requestId: draft.requestId,
      supplierId: head.supplierId!,
      depotId: head.depotId!,
      businessDate: head.businessDate,
      noteNumber: head.noteNumber,
      noteRepeat: head.noteRepeat,
      note: head.note,
      inspect: head.inspect,
      lines: [...read.inputs],
    })
    if (!outcome.ok) return answer(outcome.refusals)
    setPosted(outcome.value)
    // It is in the ledger: a draft that could not be removed is answered with this very delivery when it is sent again.
    await rememberLists(draft.lists, outcome.value.head.number)
    await draft.forget().catch((error: unknown) => console.warn('the draft of a posted delivery stayed', error))
  }

  // The button takes the focus, so that the cell that is being written is taken over; then what is there is saved.
  const [asked, setAsked] = useState(0)
  const askToSave = () => {
    saveRef.current?.focus()
    setAsked((before) => before + 1)
  }
  const latestSave = useRef(save)
  latestSave.current = save
  useEffect(() => {
    if (asked > 0) void latestSave.current()
  }, [asked])
  useKeys('keysScreen', [{ chord: 'Ctrl+S', label: t('keySave'), run: askToSave }])

  const shownRefusals = useMemo(() => {
    if (!tried) return []
    const current = answered.filter(({ line }) => line === null || lines.now.includes(line)).map((one) => one.refusal)
    // A note number that is there already is said once, beside the choice what to do about it.
    return [...current.filter((one) => one.code !== 'note-number-used'), ...read.refusals]
  }, [tried, answered, lines.now, read.refusals])

  if (posted !== null) return <Posted document={posted} />

  const supplier = props.suppliers.find((one) => one.placeId === head.supplierId)
  const setHead: typeof changeHead = (change) => {
    const changed = new Set(Object.keys(change))
    setAnswered((before) => before.filter(({ refusal: one }) => one.field === null || !changed.has(one.field)))
    changeHead(change)
  }
  const packs = lines.now.reduce((sum, line) => sum + (Number(line.cells.packs) || 0), 0)
  const wrong = [...problems.values()].reduce((sum, cells) => sum + Object.keys(cells).length, 0)
  return (
    <Page
      title={t('newTitle')}
      lead={
        props.gone
          ? t('draftGone')
          : props.restoredAt === null
            ? t('newLead')
            : t('draftRestored', { time: formatInstant(props.restoredAt) })
      }
      actions={
        <>
          <SavingSign state={draft.saving} />
          <Button
            variant="default"
            leftSection={<IconArrowBackUp size={16} aria-hidden />}
            disabled={lines.past.length === 0}
            onClick={() => changeLines((before) => undo(before, newKey))}
          >
            {t('undo')}
          </Button>
          <Button
            variant="default"
            leftSection={<IconArrowForwardUp size={16} aria-hidden />}
            disabled={lines.future.length === 0}
            onClick={() => changeLines((before) => redo(before, newKey))}
          >
            {t('redo')}
          </Button>
          <Button
            variant="default"
            leftSection={<IconFileSpreadsheet size={16} aria-hidden />}
            rightSection={<kbd>Alt+O</kbd>}
            onClick={entrance.open}
          >
            {t('openList')}
          </Button>
          <Button
            variant="default"
            leftSection={<IconTrash size={16} aria-hidden />}
            onClick={() => setDiscarding(true)}
          >
            {t('discardAll')}
          </Button>
          <Button
            ref={saveRef}
            leftSection={<IconDeviceFloppy size={16} aria-hidden />}
            rightSection={<kbd>Ctrl+S</kbd>}
            aria-busy={post.busy}
            onClick={askToSave}
          >
            {t(post.busy ? 'saving' : 'save')}
          </Button>
        </>
      }
    >
      <DeliveryHeadFields
        head={head}
        change={setHead}
        suppliers={props.suppliers}
        depots={props.depots}
        today={me.businessDate}
        refs={refs}
        error={(field) => headProblem(answered, field, language)}
        used={answered.find(({ refusal: one }) => one.code === 'note-number-used')?.refusal}
        onDone={() => focusCell.current(null, 'item')}
      />
      <ExpiredLicences supplierId={head.supplierId} businessDate={head.businessDate} lines={lines.now} items={items} />
      <Refusals refusals={shownRefusals} fault={post.fault} />
      <DropSign shown={entrance.dropping} />
      <ScanSign said={scan.said} waiting={scan.waiting} />
      <LineGrid
        lines={lines}
        change={changeLines}
        newKey={newKey}
        catalogue={catalogue}
        promises={promises}
        problems={problems}
        doubts={doubts}
        onTyping={draft.typing}
        takeList={entrance.takePasted}
        onEnd={() => saveRef.current?.focus()}
        onReady={onReady}
        totals={
          <>
            {t('totals', { count: lines.now.filter((line) => !isBlank(line)).length, packs: formatNumber(packs) })}
            {wrong > 0 && ` · ${t('problems', { count: wrong })}`}
          </>
        }
      />
      {scan.asked !== null && (
        <AskCodeDialog
          key={scan.asked.code}
          scanned={scan.asked}
          items={props.items}
          waiting={scan.waiting}
          onAnswer={scan.answer}
          onDismiss={scan.dismiss}
        />
      )}
      {discarding && (
        <DiscardDialog
          name={supplier === undefined ? t('draftUnknown') : nameOf(supplier, language)}
          lines={read.keys.length}
          onKeep={() => setDiscarding(false)}
          onDiscard={draft.forget}
        />
      )}
    </Page>
  )
}
