import { useRef, useState } from 'react'
import { useLocation } from 'wouter'
import type { ItemRow } from '../../api/contract/item.ts'
import type { Mapping } from '../../core/intake/layout.ts'
import { mappingKey, mappingOf } from '../../core/intake/layout.ts'
import type { Refusal } from '../../core/refusal.ts'
import { draftKeyOf, draftKind, readDraft, writeDraft } from '../delivery/draft.ts'
import { isBlank } from '../delivery/line.ts'
import { beginDraft, newLineKey } from '../delivery/use-draft.ts'
import { client, type Fault, newRequestId, type Outcome, outcomeOf, sendCommand } from '../query.ts'
import { intakeText } from '../text/intake.ts'
import { useText } from '../text/text.ts'
import { goneRows } from './gone-rows.ts'
import { mappingsToKeep } from './kept-mappings.ts'
import { createPlaceFinder } from './known-names.ts'
import { type ListDraft, listDraftKey, listDraftKind, mostDraftCharacters, writeListDraft } from './list-draft.ts'
import type { ListFormProps } from './list-form.tsx'
import type { Reading } from './list-reader.ts'
import type { ListRow, ListState } from './list-rows.ts'
import { itemsToAdd } from './new-items.ts'
import { openingDepots } from './opening-rows.ts'
import { readThere } from './read-there.ts'
import { partBySender } from './senders.ts'
import type { PostedList } from './senders-dialog.tsx'
import { newSupplierOf, supplierCapacities, withCapacity } from './supplier-capacities.ts'
import { deliveryLines, onlySender, partRows, placeQuantities } from './take-rows.ts'
import { unitsToSave } from './unit-cells.ts'

const mostLines = 5000

export type TakenDone = {
  readonly saved: number
  readonly kept: number
  /** The rest was put aside without the cells of its list, which are too many. */
  readonly withoutSheet: boolean
  readonly posted: PostedList | null
  /** Of a list of units: how many are new, and the request that can be taken back. */
  readonly units: { readonly added: number; readonly requestId: string } | null
}

/** What became of the rows that wait: `rows` without the cells of their list. */
type Kept = 'nothing' | 'all' | 'rows' | 'too-large'

type Failure = { readonly refusals: readonly Refusal[]; readonly fault: Fault | null }
const nothing: Failure = { refusals: [], fault: null }

/** Takes the rows that are sure to where they belong, keeps what was learnt on the way, and puts the rest aside. */
export function useTakeRows(
  props: ListFormProps & {
    readonly shown: readonly ListRow[]
    readonly state: ListState
    readonly reading: Reading | null
    readonly confirmed: readonly Mapping[]
    readonly sender: string
    /** Rows with those marked that the ledger has already and nobody was told of. */
    readonly onRecorded: (rows: readonly ListRow[]) => void
    readonly onRefused: () => void
  },
) {
  const { target, beginning, context, items, suppliers, learnt, shown, state } = props
  const t = useText(intakeText)
  const [, go] = useLocation()
  const [busy, setBusy] = useState(false)
  const running = useRef(false)
  const [said, setSaid] = useState<string | null>(null)
  const [failure, setFailure] = useState<Failure>(nothing)
  const [done, setDone] = useState<TakenDone | null>(null)
  /** Rows of several senders, which are asked whose they are. */
  const [several, setSeveral] = useState<readonly ListRow[] | null>(null)
  /** The place of the draft of the rest: the one it came from, or one of its own. */
  const [draftKey] = useState(() => beginning.restoredKey ?? listDraftKey(newRequestId()))

  const keepRest = async (rest: readonly ListRow[], clean: readonly ListRow[]): Promise<Kept> => {
    if (rest.length === 0) {
      if (beginning.restoredKey !== null) await client.draft.remove({ key: draftKey })
      return 'nothing'
    }
    const { reading } = props
    const gone = [...beginning.gone, ...goneRows(clean, rest, target, reading)]
    const draft: ListDraft = {
      target,
      name: beginning.name,
      fingerprint: beginning.fingerprint,
      sender: beginning.sender,
      rows: rest,
      learnt: state.learnt,
      gone,
      mappings: (reading?.tables ?? []).map((one) => mappingOf(context.kind, one.layout, one.recognition, [])),
      tables: (reading?.tables ?? []).map(({ sheet, headerRow }) => ({ sheet, headerRow })),
      sheets: null,
    }
    const content = writeListDraft(draft)
    if (content.length > mostDraftCharacters) return 'too-large'
    const whole = reading === null ? null : await withSheets(draft, content.length)
    await client.draft.put({ key: draftKey, kind: listDraftKind, content: whole ?? content })
    return whole === null ? 'rows' : 'all'
  }
  const putAside = async (rest: readonly ListRow[], clean: readonly ListRow[]) => {
    const kept = await keepRest(rest, clean)
    return { kept: kept === 'too-large' ? 0 : rest.length, withoutSheet: kept === 'rows' }
  }
  /** The draft with the cells of its list; null where they are too many. */
  const withSheets = async (draft: ListDraft, length: number): Promise<string | null> => {
    const gone = draft.gone.filter(({ part }) => part === null)
    // Within the draft they are text within text, whose quotes take two characters.
    const sheets = await props.keepSheets(gone, Math.floor((mostDraftCharacters - length) * 0.8))
    if (sheets === null) return null
    const content = writeListDraft({ ...draft, sheets })
    return content.length > mostDraftCharacters ? null : content
  }

  /** Names and columns that the clerk has confirmed by taking rows. */
  const keepLearnt = async (clean: readonly ListRow[]): Promise<Outcome<unknown>> => {
    if (state.learnt.length > 0) {
      const names = state.learnt.slice(0, 5000)
      const outcome = await sendCommand(client.alias.saveNames, { requestId: newRequestId(), names: [...names] })
      if (!outcome.ok) return outcome
    }
    for (const mapping of mappingsToKeep(props.reading, context.kind, beginning.rows, clean)) {
      const outcome = await sendCommand(client.alias.saveMapping, {
        requestId: newRequestId(),
        key: mappingKey(props.sender.slice(0, 200), mapping.layout),
        mapping: JSON.stringify(mapping),
      })
      if (!outcome.ok) return outcome
    }
    return { ok: true, value: null }
  }

  const itemsByCode = (): ReadonlyMap<string, ItemRow> => new Map(items.map((item) => [item.code, item]))

  const takeIntoDelivery = async (clean: readonly ListRow[]): Promise<Outcome<string>> => {
    const lines = deliveryLines(clean, itemsByCode(), newLineKey)
    const into = beginning.into
    const saved = into === null ? null : await client.draft.get({ key: draftKeyOf(into.requestId) })
    const written = saved === null ? null : readDraft(saved.content, newLineKey)
    const depots = into === null ? await client.depot.list({ archived: false }) : []
    const base =
      written ??
      (into !== null
        ? { requestId: into.requestId, head: into.head, lines: [], lists: [] }
        : beginDraft({
            supplierId: suppliers[0]?.placeId ?? null,
            depotId: depots[0]?.placeId ?? null,
            businessDate: context.today,
          }))
    const sender = onlySender(clean)
    const found = createPlaceFinder(suppliers, learnt, 'supplier')(sender)
    const head = {
      ...base.head,
      supplierId: found ?? base.head.supplierId,
      note: base.head.note === '' ? t('listNote', { name: beginning.name }).slice(0, 200) : base.head.note,
    }
    const before = base.lines.filter((line) => !isBlank(line))
    if (before.length + lines.length > mostLines) {
      setSaid(t('tooManyLines', { count: before.length + lines.length }))
      return { ok: false, refusals: [], fault: null }
    }
    const lists = [
      ...base.lists.filter((list) => list.fingerprint !== beginning.fingerprint),
      { fingerprint: beginning.fingerprint, name: beginning.name.slice(0, 200) },
    ]
    await client.draft.put({
      key: draftKeyOf(base.requestId),
      kind: draftKind,
      content: writeDraft({ requestId: base.requestId, head, lines: [...before, ...lines], lists }),
    })
    return { ok: true, value: base.requestId }
  }

  /** Refusals name the place in what was sent; the clerk knows the row of the list. */
  const byRow = (rows: readonly ListRow[], refusals: readonly Refusal[]): Refusal[] =>
    refusals.map((one) => ({
      ...one,
      line: one.line === null ? null : (rows[one.line - 1]?.row.source.row ?? one.line),
    }))

  /** Manufacturers with what they make in a day: those on file are changed, the others are new. */
  const saveSuppliers = async (clean: readonly ListRow[]): Promise<Outcome<number>> => {
    const taken = new Set(suppliers.map(({ code }) => code))
    const makers = supplierCapacities(clean, itemsByCode(), createPlaceFinder(suppliers, learnt, 'supplier'))
    type Given = Parameters<typeof client.supplier.saveList>[0]['suppliers'][number]
    const input = makers.flatMap((maker): Given[] => {
      if (maker.placeId === null) {
        const added = newSupplierOf(maker, taken)
        taken.add(added.code)
        return [added]
      }
      const known = suppliers.find((one) => one.placeId === maker.placeId)
      if (known === undefined) return []
      const { search: _, archivedAt: __, lastDeliveryAt: ___, ...fields } = withCapacity(known, maker.capacity)
      return [fields]
    })
    const outcome = await sendCommand(client.supplier.saveList, { requestId: requestFor(input), suppliers: input })
    const rows = makers.map(({ row }) => row)
    return outcome.ok ? { ok: true, value: makers.length } : { ...outcome, refusals: byRow(rows, outcome.refusals) }
  }

  const saveRows = async (clean: readonly ListRow[]): Promise<Outcome<number>> => {
    if (target === 'item') {
      const added = itemsToAdd(clean, items)
      const input = added.map((one) => one.input)
      const outcome = await sendCommand(client.item.addList, { requestId: requestFor(input), items: input })
      const rows = added.map(({ row }) => row)
      return outcome.ok ? { ok: true, value: added.length } : { ...outcome, refusals: byRow(rows, outcome.refusals) }
    }
    if (target === 'supplier') return saveSuppliers(clean)
    const quantities = placeQuantities(clean, itemsByCode(), context.today)
    const sent = quantities.map(({ row }) => row)
    const outcome =
      target === 'report'
        ? await sendCommand(client.report.save, {
            requestId: newRequestId(),
            reports: quantities.map(({ row, placeId, itemId, quantityBase, date }) => ({
              placeId,
              itemId,
              onHandBase: quantityBase,
              reportedOn: date,
              ...(row.row.usedOver === null ? {} : { used: row.row.usedOver }),
            })),
          })
        : await sendCommand(client.request.save, {
            requestId: newRequestId(),
            requests: quantities.map(({ placeId, itemId, quantityBase, date, note }) => ({
              unitId: placeId,
              itemId,
              quantityBase,
              requestedOn: date,
              note,
            })),
          })
    return outcome.ok
      ? { ok: true, value: outcome.value.saved }
      : { ...outcome, refusals: byRow(sent, outcome.refusals) }
  }

  const run = async (work: () => Promise<void>) => {
    if (running.current) return
    running.current = true
    setBusy(true)
    setSaid(null)
    setFailure(nothing)
    try {
      await work()
    } catch (error) {
      setFailure(outcomeOf(error))
    }
    running.current = false
    setBusy(false)
  }
  const fail = (outcome: Failure) => {
    setFailure({ refusals: outcome.refusals, fault: outcome.fault })
    props.onRefused()
  }

  const restOf = (clean: readonly ListRow[]): ListRow[] => {
    const takenKeys = new Set(clean.map((row) => row.key))
    return state.rows.filter((row) => !takenKeys.has(row.key))
  }
  const takeOne = async (clean: readonly ListRow[]) => {
    const outcome = await takeIntoDelivery(clean)
    if (!outcome.ok) return fail(outcome)
    const kept = await keepLearnt(clean)
    if (!kept.ok) return fail(kept)
    if ((await keepRest(restOf(clean), clean)) === 'too-large') return setSaid(t('keptTooLarge'))
    go(`/deliveries/new?draft=${outcome.value}`)
  }
  /** All their deliveries are in the ledger: what was learnt is kept, and the rest put aside. */
  const afterPosted = (posted: PostedList) =>
    run(async () => {
      const clean = several ?? []
      setSeveral(null)
      const rest = restOf(clean)
      const kept = await keepLearnt(clean)
      if (!kept.ok) fail(kept)
      setDone({ saved: clean.length, ...(await putAside(rest, clean)), posted, units: null })
    })
  const oneDelivery = () =>
    run(async () => {
      const clean = several ?? []
      setSeveral(null)
      await takeOne(clean)
    })

  const take = () =>
    run(async () => {
      const { clean } = partRows(shown, target)
      if (clean.length === 0) {
        setSaid(t('nothingToTake'))
        props.onRefused()
        return
      }
      // What the ledger has already, as it is at this moment.
      const marked = await props.markRecorded(clean)
      if (marked !== clean) {
        const found = marked.filter((row, index) => row !== clean[index]).length
        props.onRecorded(marked)
        setSaid(t(target === 'stock' ? 'stockFound' : 'recordedFound', { count: found }))
        return props.onRefused()
      }
      if (target === 'delivery') {
        if (partBySender(clean).length > 1) return setSeveral(clean)
        return takeOne(clean)
      }
      const rest = restOf(clean)
      if (target === 'unit') return saveUnits(clean, rest)
      if (target === 'stock') return saveOpening(clean, rest)
      const outcome = await saveRows(clean)
      if (!outcome.ok) return fail(outcome)
      const kept = await keepLearnt(clean)
      if (!kept.ok) return fail(kept)
      const document = t(`document-${target}`, { date: context.today, count: outcome.value }).slice(0, 100)
      await sendCommand(client.alias.rememberTaken, {
        requestId: newRequestId(),
        fingerprint: beginning.fingerprint,
        name: beginning.name.slice(0, 200),
        document,
      })
      setDone({ saved: outcome.value, ...(await putAside(rest, clean)), posted: null, units: null })
    })

  /** One request for all of them, with its list: nothing of it is kept unless everything is. */
  const listRequest = useRef({ content: '', requestId: '' })
  const requestFor = (input: unknown): string => {
    const content = JSON.stringify(input)
    if (listRequest.current.content !== content) listRequest.current = { content, requestId: newRequestId() }
    return listRequest.current.requestId
  }
  const listOf = (count: number) => ({
    fingerprint: beginning.fingerprint,
    name: beginning.name.slice(0, 200),
    document: t(`document-${target === 'stock' ? 'stock' : 'unit'}`, { date: context.today, count }).slice(0, 100),
  })
  /** Kept, and what was learnt on the way; the rest is put aside. */
  const finish = async (
    clean: readonly ListRow[],
    rest: readonly ListRow[],
    saved: number,
    units: TakenDone['units'],
  ) => {
    const kept = await keepLearnt(clean)
    if (!kept.ok) return fail(kept)
    setDone({ saved, ...(await putAside(rest, clean)), posted: null, units })
  }
  /** What is counted of each depot, by the count of each lot; a delivery's ids are made once for each intention. */
  const postingIds = useRef(new Map<number, string>())
  const saveOpening = async (clean: readonly ListRow[], rest: readonly ListRow[]) => {
    const facts = { items: itemsByCode(), there: await readThere(), findSupplier: props.findSupplier }
    const depots = openingDepots(clean, facts)
    const day = clean[0]?.row.date ?? null
    const input = {
      // One day of counting, where the list says one.
      businessDate: day !== null && clean.every(({ row }) => row.date === day) ? day : context.today,
      note: t('listNote', { name: beginning.name }).slice(0, 200),
      depots: depots.map(({ depotId, lines }) => {
        const postingId = postingIds.current.get(depotId) ?? newRequestId()
        postingIds.current.set(depotId, postingId)
        return { depotId, postingId, lines }
      }),
      list: listOf(clean.length),
    }
    const outcome = await sendCommand(client.stocktake.postOpening, { requestId: requestFor(input), ...input })
    const inOrder = depots.flatMap(({ rows }) => rows)
    if (!outcome.ok) return fail({ ...outcome, refusals: byRow(inOrder, outcome.refusals) })
    await finish(clean, rest, outcome.value.lots, null)
  }
  const saveUnits = async (clean: readonly ListRow[], rest: readonly ListRow[]) => {
    const units = props.facts === null ? [] : unitsToSave(clean, props.units, props.facts)
    const input = { units: units.map((one) => one.input), list: listOf(units.length) }
    const requestId = requestFor(input)
    const outcome = await sendCommand(client.unit.saveList, { requestId, ...input })
    if (!outcome.ok)
      return fail({
        ...outcome,
        refusals: byRow(
          units.map(({ row }) => row),
          outcome.refusals,
        ),
      })
    const { added, changed } = outcome.value
    await finish(clean, rest, added + changed, { added, requestId })
  }

  const keep = () =>
    run(async () => {
      const kept = await keepRest(state.rows, [])
      if (kept === 'too-large') return setSaid(t('keptTooLarge'))
      props.onAnother(kept === 'rows' ? t('sheetNotKept') : '')
    })

  return {
    take,
    keep,
    busy,
    said,
    done,
    several,
    closeSeveral: () => {
      setSeveral(null)
      props.onRefused()
    },
    afterPosted,
    oneDelivery,
    itemsByCode,
    refusals: failure.refusals,
    fault: failure.fault,
  }
}
