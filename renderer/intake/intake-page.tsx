import { Alert, Button, Progress } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { Link, useLocation, useSearchParams } from 'wouter'
import { type FileRefusal, renderFileRefusal } from '../../core/intake/file-refusal.ts'
import { type Mapping, mappingKey } from '../../core/intake/layout.ts'
import { placeRow } from '../../core/intake/unit-list.ts'
import { formatNumber } from '../format.ts'
import { useMe } from '../frame/me.ts'
import { Page } from '../frame/page.tsx'
import { Reading as ReadingSign } from '../frame/reading.tsx'
import { Refusals } from '../frame/refusals.tsx'
import { api, client, outcomeOf } from '../query.ts'
import { intakeText } from '../text/intake.ts'
import { useLanguage, useText } from '../text/text.ts'
import { type GoneRow, withoutGone } from './gone-rows.ts'
import { forgetHandOff, type HandOff, handOff, waitingList } from './hand-off.ts'
import { catalogueOf, createPlaceFinder, itemAliases } from './known-names.ts'
import { type ListDraft, listDraftKey, readListDraft } from './list-draft.ts'
import { type ListBeginning, ListForm } from './list-form.tsx'
import { createListReader, type Reading } from './list-reader.ts'
import { type ListRow, needsPlace, showsDepot, showsPlace } from './list-rows.ts'
import { type ListSums, sendersOf, sumUp } from './list-sums.ts'
import { OpenList } from './open-list.tsx'
import { createDepotFinder, markOpening } from './opening-rows.ts'
import { pause } from './pause.ts'
import { readMapping } from './read-mapping.ts'
import { readThere } from './read-there.ts'
import { markRecordedRows } from './recorded.ts'
import { newRowKey } from './row-key.ts'
import { type TargetKind, targets } from './target.ts'
import { factsOfUnits, unitRowsOf } from './unit-cells.ts'
import { atOnce, inTurns } from './work.ts'

type Phase =
  | { readonly kind: 'open'; readonly said: string | null }
  | { readonly kind: 'reading'; readonly name: string; readonly done: number; readonly total: number }
  /** Compared with what the books have already. */
  | { readonly kind: 'comparing'; readonly name: string; readonly done: number; readonly total: number }
  | { readonly kind: 'refused'; readonly name: string; readonly refusal: FileRefusal }
  | { readonly kind: 'list'; readonly beginning: ListBeginning; readonly turn: number }

/** Reads a list into draft rows, and shows them until they are taken. */
export function IntakePage({ target }: { readonly target: TargetKind }) {
  const t = useText(intakeText)
  const language = useLanguage()
  const me = useMe()
  const [, go] = useLocation()
  const [search] = useSearchParams()
  const [wanted] = useState(() => search.get('draft'))
  const [list, setList] = useState<HandOff | null>(() => waitingList(target))
  const [phase, setPhase] = useState<Phase>({ kind: 'open', said: null })
  const [reader] = useState(createListReader)
  const items = useQuery(api.item.list.queryOptions({ input: { archived: false } }))
  const learnt = useQuery(api.alias.list.queryOptions())
  const suppliers = useQuery(api.supplier.list.queryOptions({ input: { archived: false } }))
  const units = useQuery({
    ...api.unit.list.queryOptions({ input: { archived: false } }),
    enabled: showsPlace(target),
  })
  const duties = useQuery({ ...api.norm.duties.queryOptions(), enabled: showsPlace(target) })
  const depots = useQuery({
    ...api.depot.list.queryOptions({ input: { archived: false } }),
    enabled: showsDepot(target),
  })
  const saved = useQuery({
    ...api.draft.get.queryOptions({ input: { key: listDraftKey(wanted ?? '') } }),
    enabled: wanted !== null,
    staleTime: 0,
    gcTime: 0,
    refetchOnMount: 'always',
  })
  const ready =
    items.data !== undefined &&
    learnt.data !== undefined &&
    suppliers.data !== undefined &&
    (!showsDepot(target) || depots.data !== undefined) &&
    (!showsPlace(target) || (units.data !== undefined && duties.data !== undefined)) &&
    me.businessDate !== ''
  // Left for another screen: the reading stops. Not where React only tries the effects twice.
  const here = useRef(false)
  useEffect(() => {
    here.current = true
    return () => {
      here.current = false
      setTimeout(() => here.current || reader.cancel())
    }
  }, [reader])

  const context = useMemo(
    () => ({
      kind: targets[target].intakeKind,
      today: me.businessDate,
      catalogue: catalogueOf(items.data ?? [], learnt.data ?? { names: [], codes: [] }),
      aliases: itemAliases(items.data ?? [], learnt.data ?? { names: [], codes: [] }),
      duties: target === 'unit' ? (duties.data ?? []).flatMap(({ name, nameEn }) => [name, nameEn]) : [],
    }),
    [target, me.businessDate, items.data, learnt.data, duties.data],
  )
  const facts = useMemo(
    () =>
      showsPlace(target)
        ? factsOfUnits(units.data ?? [], learnt.data ?? { names: [], codes: [] }, duties.data ?? [])
        : null,
    [target, units.data, learnt.data, duties.data],
  )

  const findSupplier = useMemo(
    () => createPlaceFinder(suppliers.data ?? [], learnt.data ?? { names: [], codes: [] }, 'supplier'),
    [suppliers.data, learnt.data],
  )
  const itemsNow = () => new Map((items.data ?? []).map((item) => [item.code, item]))
  /** Repeated lines that the clerk was told of: nobody is asked the same twice. */
  const told = useRef(new Set<string>())
  const markRecorded = async (
    rows: readonly ListRow[],
    onProgress: (done: number, total: number) => void = () => {},
  ): Promise<readonly ListRow[]> => {
    if (target === 'stock')
      return markOpening(rows, { items: itemsNow(), there: await readThere(), findSupplier }, told.current)
    if (target !== 'delivery') return rows
    const supplierOf = (party: string | null) =>
      party === null ? (list?.into?.head.supplierId ?? null) : findSupplier(party)
    return markRecordedRows(rows, { items: itemsNow(), supplierOf, today: me.businessDate, onProgress }, told.current)
  }
  const rowsOf = async (
    reading: Reading,
    onProgress?: (done: number, total: number) => void,
  ): Promise<readonly ListRow[]> => {
    if (target === 'unit' && facts !== null) return unitRowsOf(reading, facts, newRowKey)
    const rows: ListRow[] = []
    const findDepot = createDepotFinder(depots.data ?? [])
    for (const { table, row } of reading.rows) {
      if (rows.length % 2000 === 1999) await pause()
      if (showsDepot(target)) {
        rows.push({ key: newRowKey(), table, row, placeId: findDepot(row.more?.depot) })
        continue
      }
      const placed = needsPlace(target) && facts !== null ? placeRow(row, facts) : { placeId: null, row }
      rows.push({ key: newRowKey(), table, ...placed })
    }
    return markRecorded(rows, onProgress)
  }

  /** The mappings confirmed before for these layouts, those of this sender before those of nobody in particular. */
  const knownMappings = async (reading: Reading, sender: string): Promise<Mapping[]> => {
    const layouts = reading.tables.slice(0, 20).map((table) => table.layout)
    const senders = sender === '' ? [''] : [sender, '']
    const keys = layouts.flatMap((layout) => senders.map((one) => mappingKey(one, layout)))
    if (keys.length === 0) return []
    const found = await client.alias.mapping({ keys }).catch(() => [])
    return layouts.flatMap((layout) => {
      for (const one of senders) {
        const key = mappingKey(one, layout)
        const mapping = readMapping(found.find((answer) => answer.key === key)?.mapping)
        if (mapping !== null && mapping.kind === context.kind && mapping.layout === layout) return [mapping]
      }
      return []
    })
  }

  /** What was taken of the list before it was put aside. */
  const gone = useRef<readonly GoneRow[]>([])
  /** The list that is being read; 0 once somebody has asked for it not to be. */
  const reading = useRef(0)
  const stopReading = () => {
    const { current } = reading
    reading.current = 0
    reader.cancel()
    if (current !== 0 && phase.kind === 'comparing')
      setPhase({ kind: 'open', said: t('cancelled', { name: phase.name }) })
  }
  const read = async (given: HandOff) => {
    const { name } = given.source
    const turn = newRowKey()
    reading.current = turn
    gone.current = []
    const onProgress = (done: number, total: number) => setPhase({ kind: 'reading', name, done, total })
    onProgress(0, 0)
    let answer = await reader.read(given.source, { ...context, mappings: [] }, onProgress)
    let mapped = false
    const supplier = suppliers.data?.find((one) => one.placeId === given.into?.head.supplierId)
    let sender = ''
    if (answer.kind === 'read') {
      // Whoever the list names; a list that names nobody is from whom the delivery is.
      const named = (await inTurns(sendersOf(answer.reading.rows))) ?? []
      sender = target !== 'delivery' || named.length > 1 ? '' : (named[0]?.name ?? supplier?.name ?? '')
      const mappings = await knownMappings(answer.reading, sender)
      if (mappings.length > 0) {
        mapped = true
        answer = await reader.read(null, { ...context, mappings }, onProgress)
      }
    }
    if (answer.kind === 'read') {
      const rows = await rowsOf(answer.reading, (done, total) => {
        if (reading.current === turn) setPhase({ kind: 'comparing', name, done, total })
      })
      const sums = await inTurns(sumUp(rows, target), () => reading.current !== turn)
      if (sums === null || reading.current !== turn) return
      setPhase({
        kind: 'list',
        turn,
        beginning: {
          name,
          fingerprint: answer.reading.fingerprint,
          sender,
          reading: answer.reading,
          mapped,
          rows,
          sums,
          learnt: [],
          gone: [],
          into: given.into,
          restoredKey: null,
        },
      })
    } else if (answer.kind === 'refused') setPhase({ kind: 'refused', name, refusal: answer.refusal })
    else if (answer.kind === 'failed') setPhase({ kind: 'open', said: t('failed', { name, message: answer.message }) })
    else setPhase({ kind: 'open', said: t('cancelled', { name }) })
  }

  // Once for each list that is handed over: what is read is not read again because a name was learnt meanwhile.
  const begun = useRef<HandOff | null>(null)
  const latestRead = useRef(read)
  latestRead.current = read
  useEffect(() => {
    if (!ready || list === null || begun.current === list) return
    begun.current = list
    forgetHandOff(list)
    void latestRead.current(list)
  }, [ready, list])

  const openSource = useCallback(
    (source: HandOff['source']) => {
      const next: HandOff = { target, source, into: list?.into ?? null }
      handOff(next)
      setList(next)
    },
    [target, list],
  )
  const reread = useCallback(
    async (mappings: readonly Mapping[]) => {
      const answer = await reader.read(null, { ...context, mappings }, () => {})
      return answer.kind === 'read' ? withoutGone(answer.reading, gone.current) : null
    },
    [reader, context],
  )

  const restored = useMemo(() => {
    if (wanted === null || !saved.isFetchedAfterMount || saved.data === undefined) return undefined
    const draft = saved.data === null ? null : readListDraft(saved.data.content, newRowKey)
    return draft === null ? null : { ...draft, sums: atOnce(sumUp(draft.rows, draft.target)) }
  }, [wanted, saved.isFetchedAfterMount, saved.data])

  // From Today only the draft is known, and not what its list is of.
  const elsewhere = restored != null && restored.target !== target ? restored.target : null
  useEffect(() => {
    if (elsewhere !== null) go(`${targets[elsewhere].path}?draft=${wanted}`, { replace: true })
  }, [elsewhere, wanted, go])

  /** A list that was put aside is gone on with; where its cells were kept, they are read first. */
  const resume = async (draft: ListDraft & { readonly sums: ListSums }) => {
    const turn = newRowKey()
    reading.current = turn
    gone.current = draft.gone
    const { name, mappings, sheets, tables, ...rest } = draft
    const onProgress = (done: number, total: number) => setPhase({ kind: 'reading', name, done, total })
    if (sheets !== null) onProgress(0, 0)
    const source = { kind: 'sheets', name, text: sheets ?? '' } as const
    const answer = sheets === null ? null : await reader.read(source, { ...context, mappings }, onProgress)
    if (reading.current !== turn) return setPhase({ kind: 'open', said: t('cancelled', { name }) })
    const found = answer?.kind === 'read' ? withoutGone(answer.reading, draft.gone) : null
    // A table of which everything was taken may no longer be among them.
    const tableNow = tables.map(({ sheet, headerRow }) =>
      Math.max(0, found?.tables.findIndex((one) => one.sheet === sheet && one.headerRow === headerRow) ?? 0),
    )
    setPhase({
      kind: 'list',
      turn,
      beginning: {
        ...rest,
        name,
        rows: draft.rows.map((row) => ({ ...row, table: tableNow[row.table] ?? 0 })),
        reading: found,
        mapped: false,
        into: null,
        restoredKey: listDraftKey(wanted ?? ''),
      },
    })
  }
  // Once: what is put aside of it later is another visit's.
  const resumed = useRef(false)
  const latestResume = useRef(resume)
  latestResume.current = resume
  const isWaiting = ready && elsewhere === null && list === null && restored != null
  useEffect(() => {
    if (!isWaiting || restored == null || resumed.current) return
    resumed.current = true
    void latestResume.current(restored)
  }, [isWaiting, restored])

  const failed = [items, learnt, suppliers, units, duties, depots, saved].find((query) => query.isError)
  if (failed) return <Refusals {...outcomeOf(failed.error)} />
  const isResuming = isWaiting && !resumed.current
  if (!ready || elsewhere !== null || isResuming || (wanted !== null && restored === undefined)) return <ReadingSign />

  if (phase.kind === 'reading' || phase.kind === 'comparing') {
    const { name, done, total } = phase
    const words = { name, done: formatNumber(done), total: formatNumber(total) }
    return (
      <Page title={t(`title-${target}`)} scroll>
        <p role="status">
          {total === 0 ? t('reading', { name }) : t(phase.kind === 'reading' ? 'readingRows' : 'comparingRows', words)}
        </p>
        <Progress value={total === 0 ? 0 : Math.round((done / total) * 100)} aria-label={t('reading', { name })} />
        <div>
          <Button variant="default" autoFocus onClick={stopReading}>
            {t('cancel')}
          </Button>
        </div>
      </Page>
    )
  }
  if (phase.kind === 'list')
    return (
      <ListForm
        key={phase.turn}
        target={target}
        beginning={phase.beginning}
        context={context}
        items={items.data ?? []}
        units={units.data ?? []}
        facts={facts}
        depots={depots.data ?? []}
        suppliers={suppliers.data ?? []}
        learnt={learnt.data ?? { names: [], codes: [] }}
        rowsOf={rowsOf}
        markRecorded={markRecorded}
        findSupplier={findSupplier}
        reread={reread}
        keepSheets={reader.keep}
        onAnother={(said) => {
          setList(null)
          setPhase({ kind: 'open', said })
          go(targets[target].path)
        }}
      />
    )
  const said =
    phase.kind === 'refused'
      ? renderFileRefusal(phase.refusal, language)
      : phase.kind === 'open' && phase.said
        ? phase.said
        : restored === null
          ? t('draftGone')
          : null
  return (
    <Page
      title={t(`title-${target}`)}
      lead={t(`lead-${target}`)}
      scroll
      actions={
        <Button component={Link} href={targets[target].back} variant="default">
          {t('back')}
        </Button>
      }
    >
      {said !== null && (
        <Alert color="yellow" role="alert">
          {said}
        </Alert>
      )}
      <OpenList target={target} onSource={openSource} />
    </Page>
  )
}
