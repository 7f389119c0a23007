import { Alert, Anchor, Button, NativeSelect } from '@mantine/core'
import {
  IconAlertTriangle,
  IconArrowBackUp,
  IconArrowForwardUp,
  IconCircleCheck,
  IconColumns3,
  IconDownload,
  IconHelpCircle,
  IconPackageImport,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useCallback, useMemo, useRef, useState } from 'react'
import { Link } from 'wouter'
import type { ItemRow } from '../../api/contract/item.ts'
import type { DepotRow, SupplierRow, UnitRow } from '../../api/contract/place.ts'
import type { Mapping } from '../../core/intake/layout.ts'
import type { UnitFacts } from '../../core/intake/unit-list.ts'
import { nameKey } from '../../core/text.ts'
import { formatInstant, formatNumber } from '../format.ts'
import { useKeys } from '../frame/keys.tsx'
import { Page } from '../frame/page.tsx'
import { Refusals } from '../frame/refusals.tsx'
import { api } from '../query.ts'
import { getShell } from '../shell/shell.ts'
import { intakeText } from '../text/intake.ts'
import { useLanguage, useText } from '../text/text.ts'
import { ColumnsDialog } from './columns-dialog.tsx'
import { DoubtsDialog } from './doubts-dialog.tsx'
import { failedRowsFile } from './failed-rows.ts'
import type { GoneRow } from './gone-rows.ts'
import type { HandOff } from './hand-off.ts'
import styles from './intake.module.css'
import type { Learnt } from './known-names.ts'
import { LeftOutDialog } from './left-out-dialog.tsx'
import { type GridHands, ListGrid } from './list-grid.tsx'
import type { ListReader, Reading } from './list-reader.ts'
import { givenPlace, type LearntName, type ListRow } from './list-rows.ts'
import { countRows, type ListSums, repeatedIn, sumUp } from './list-sums.ts'
import { NewItemDialog } from './new-item-dialog.tsx'
import { NewUnitDialog } from './new-unit-dialog.tsx'
import { PostedList } from './posted-list.tsx'
import type { ReadContext } from './protocol.ts'
import { SendersDialog } from './senders-dialog.tsx'
import { Taken } from './taken.tsx'
import type { TargetKind } from './target.ts'
import { useInTurns } from './use-in-turns.ts'
import { useListCells } from './use-list-cells.ts'
import { useListHistory } from './use-list-history.ts'
import { useTakeRows } from './use-take-rows.ts'
import { inTurns } from './work.ts'

export type ListBeginning = {
  readonly name: string
  readonly fingerprint: string
  readonly sender: string
  /** Null for rows that were put aside without the cells of their list: it is no longer at hand. */
  readonly reading: Reading | null
  /** The columns are those that were confirmed before. */
  readonly mapped: boolean
  readonly rows: readonly ListRow[]
  /** Of these rows. */
  readonly sums: ListSums
  readonly learnt: readonly LearntName[]
  /** What was taken of the list before it was put aside. */
  readonly gone: readonly GoneRow[]
  readonly into: HandOff['into']
  readonly restoredKey: string | null
}

export type ListFormProps = {
  readonly target: TargetKind
  readonly beginning: ListBeginning
  readonly context: Omit<ReadContext, 'mappings'>
  readonly items: readonly ItemRow[]
  readonly units: readonly UnitRow[]
  /** What is known of units, where the list is of them in any way. */
  readonly facts: UnitFacts | null
  readonly suppliers: readonly SupplierRow[]
  readonly depots: readonly DepotRow[]
  readonly learnt: Learnt
  readonly rowsOf: (reading: Reading) => Promise<readonly ListRow[]>
  readonly markRecorded: (rows: readonly ListRow[]) => Promise<readonly ListRow[]>
  readonly reread: (mappings: readonly Mapping[]) => Promise<Reading | null>
  readonly findSupplier: (party: string | null) => number | null
  /** The cells of the list, to be kept with the rows that are put aside. */
  readonly keepSheets: ListReader['keep']
  /** @param said what is still to be known of this one. */
  readonly onAnother: (said: string) => void
}

/** A list that was read, with its doubts, until its rows are taken. */
export function ListForm(props: ListFormProps) {
  const { target, beginning } = props
  const t = useText(intakeText)
  const language = useLanguage()
  const steps = useListHistory(() => ({ rows: beginning.rows, learnt: beginning.learnt }))
  const { history } = steps
  const [reading, setReading] = useState(beginning.reading)
  const [confirmed, setConfirmed] = useState<readonly Mapping[]>([])
  const [table, setTable] = useState<number | null>(null)
  const [sender, setSender] = useState<string | null>(null)
  const [dialog, setDialog] = useState<'columns' | 'doubts' | 'left-out' | null>(null)
  const grid = useRef<GridHands>({ focus: () => {}, goTo: () => {} })
  const onReady = useCallback((hands: GridHands) => {
    grid.current = hands
  }, [])

  const { rows } = history.now
  const shown = useMemo(() => rowsShown(rows, table, sender), [rows, table, sender])
  const [columns, setColumns] = useState(beginning.sums.columns)
  const counting = useCallback((of: readonly ListRow[]) => countRows(of, target), [target])
  const counts = useInTurns(shown, counting, beginning.sums.counts)
  const repeated = useInTurns(rows, repeatedIn, beginning.sums.repeated)
  const senders = target === 'delivery' ? beginning.sums.senders : []
  const cells = useListCells({ ...props, state: history.now, steps })
  const taken = useQuery(api.alias.taken.queryOptions({ input: { fingerprint: beginning.fingerprint } }))

  const taking = useTakeRows({
    ...props,
    shown,
    state: history.now,
    reading,
    confirmed,
    sender: beginning.sender,
    onRecorded: (marked) => {
      const byKey = new Map(marked.map((row) => [row.key, row]))
      steps.change(function* (before) {
        yield
        return { ...before, rows: before.rows.map((row) => byKey.get(row.key) ?? row) }
      })
    },
    onRefused: () => grid.current.focus(),
  })
  const latestTaking = useRef(taking)
  latestTaking.current = taking
  const take = () => steps.whenSettled(() => void latestTaking.current.take())
  const keep = () => steps.whenSettled(() => void latestTaking.current.keep())
  const download = () =>
    getShell().saveFile(
      t('downloadName', { name: beginning.name.replace(/\.[^.]*$/, '') }),
      'text/csv',
      failedRowsFile(shown, target, language, (row) =>
        t(target === 'stock' ? 'missing-depot-missing' : 'missing-place-missing', {
          given: givenPlace(row, target) ?? t('noParty'),
        }),
      ),
    )
  const canReread = reading !== null && reading.tables.length > 0
  useKeys('keysScreen', [
    { chord: 'Ctrl+S', label: t('keyTake'), run: take },
    { chord: 'Alt+K', label: t('keyKeep'), run: keep },
    { chord: 'Alt+D', label: t('keyDownload'), run: () => void download() },
    { chord: 'Alt+J', label: t('keyDoubts'), run: () => setDialog('doubts') },
    ...(canReread ? [{ chord: 'Alt+C', label: t('keyColumns'), run: () => setDialog('columns') }] : []),
  ])

  if (taking.done !== null)
    return taking.done.posted !== null ? (
      <PostedList {...taking.done} posted={taking.done.posted} onAnother={() => props.onAnother('')} />
    ) : (
      <Taken target={target} {...taking.done} onAnother={() => props.onAnother('')} />
    )

  const [only] = senders
  const from =
    only === undefined
      ? ''
      : senders.length > 1
        ? t('severalSenders', { count: senders.length })
        : t('fromSender', { sender: only.name })
  const lead = [
    t('listOf', { name: beginning.name, rows: formatNumber(rows.length) }),
    ...(from === '' ? [] : [from]),
    ...(beginning.restoredKey === null ? [] : [t(reading === null ? 'restoredWithoutSheet' : 'restored')]),
    ...(beginning.mapped ? [t('mappingKnown')] : []),
  ].join(' · ')
  return (
    <Page
      title={t(`title-${target}`)}
      lead={lead}
      actions={
        <>
          <Button
            variant="default"
            leftSection={<IconArrowBackUp size={16} aria-hidden />}
            disabled={history.past.length === 0}
            onClick={steps.undo}
          >
            {t('undo')}
          </Button>
          <Button
            variant="default"
            leftSection={<IconArrowForwardUp size={16} aria-hidden />}
            disabled={history.future.length === 0}
            onClick={steps.redo}
          >
            {t('redo')}
          </Button>
          {canReread && (
            <Button
              variant="default"
              leftSection={<IconColumns3 size={16} aria-hidden />}
              rightSection={<kbd>Alt+C</kbd>}
              onClick={() => setDialog('columns')}
            >
              {t('columns')}
            </Button>
          )}
          <Button
            variant="default"
            leftSection={<IconDownload size={16} aria-hidden />}
            rightSection={<kbd>Alt+D</kbd>}
            onClick={() => void download()}
          >
            {t('download')}
          </Button>
          <Button variant="default" rightSection={<kbd>Alt+K</kbd>} onClick={keep}>
            {t('keep')}
          </Button>
          <Button
            leftSection={<IconPackageImport size={16} aria-hidden />}
            rightSection={<kbd>Ctrl+S</kbd>}
            aria-busy={taking.busy}
            onClick={take}
          >
            {taking.busy ? t('taking') : t(`take-${target}`, { count: counts.sure })}
          </Button>
        </>
      }
    >
      {(taken.data ?? []).length > 0 && (
        <Alert color="yellow" icon={<IconAlertTriangle aria-hidden />} role="alert">
          {taken.data?.slice(0, 3).map(({ document, at }) => (
            <TakenBefore key={`${document} ${at}`} document={document} at={at} />
          ))}
        </Alert>
      )}
      {repeated.length > 0 && (
        <Alert color="yellow" icon={<IconAlertTriangle aria-hidden />} role="alert">
          {repeated.slice(0, 3).map(({ line, rows: count }) => (
            <p key={line.postingSeq}>
              {t('recordedIn', { count, document: line.document, on: line.on })}{' '}
              <Anchor component={Link} c="inherit" underline="always" href={`/deliveries/${line.postingSeq}`}>
                {t('seeDocument', { number: line.document })}
              </Anchor>
            </p>
          ))}
          {repeated.length > 3 && <p>{t('recordedMore', { count: repeated.length - 3 })}</p>}
        </Alert>
      )}
      {taking.said !== null && (
        <Alert color="yellow" role="alert">
          {taking.said}
        </Alert>
      )}
      <Refusals refusals={[...taking.refusals, ...cells.refusals]} fault={taking.fault} />
      {rows.length === 0 && <p>{t('nothingFound', { name: beginning.name })}</p>}
      {((reading?.tables.length ?? 0) > 1 || senders.length > 1) && (
        <div className={styles.filters}>
          {(reading?.tables.length ?? 0) > 1 && (
            <NativeSelect
              label={t('table')}
              value={table === null ? '' : String(table)}
              data={[
                { value: '', label: t('allTables', { count: reading?.tables.length ?? 0 }) },
                ...(reading?.tables ?? []).map((one, index) => ({
                  value: String(index),
                  label: t('tableOf', { sheet: one.sheet, row: one.headerRow ?? 1, rows: one.rowCount }),
                })),
              ]}
              onChange={(event) =>
                setTable(event.currentTarget.value === '' ? null : Number(event.currentTarget.value))
              }
            />
          )}
          {senders.length > 1 && (
            <NativeSelect
              label={t('senderFilter')}
              value={sender ?? ''}
              data={[
                { value: '', label: t('allSenders') },
                ...senders.map((one) => ({
                  value: one.name,
                  label: t('senderOf', { name: one.name, rows: one.rows }),
                })),
              ]}
              onChange={(event) => setSender(event.currentTarget.value || null)}
            />
          )}
        </div>
      )}
      <ListGrid
        rows={shown}
        columns={columns}
        target={target}
        {...cells.grid}
        onReady={onReady}
        counts={
          <span className={styles.counts} aria-busy={steps.changing}>
            {steps.changing && <span>{t('changing')}</span>}
            <span className={styles.count} data-status="sure">
              <IconCircleCheck size={15} aria-hidden />
              {t('sure', { count: formatNumber(counts.sure) })}
            </span>
            <span className={styles.count} data-status="guessed">
              <IconHelpCircle size={15} aria-hidden />
              {t('guessed', { count: formatNumber(counts.guessed) })}
            </span>
            <span className={styles.count} data-status="wrong">
              <IconAlertTriangle size={15} aria-hidden />
              {t('wrong', { count: formatNumber(counts.wrong) })}
            </span>
            {counts.guessed + counts.wrong > 0 && (
              <button type="button" className={styles.countButton} onClick={() => setDialog('doubts')}>
                {t('doubts')} <kbd>Alt+J</kbd>
              </button>
            )}
            {reading === null || reading.leftOutCount === 0 ? (
              <span>{t('leftOut', { count: formatNumber(reading?.leftOutCount ?? 0) })}</span>
            ) : (
              <button
                type="button"
                className={styles.countButton}
                title={t('showLeftOut')}
                onClick={() => setDialog('left-out')}
              >
                {t('leftOut', { count: formatNumber(reading.leftOutCount) })}
              </button>
            )}
          </span>
        }
      />
      {dialog === 'columns' && reading !== null && (
        <ColumnsDialog
          kind={props.context.kind}
          tables={reading.tables}
          onClose={() => setDialog(null)}
          onApply={async (mappings) => {
            const next = await props.reread(mappings)
            setDialog(null)
            if (next === null) return
            const again = await props.rowsOf(next)
            const sums = await inTurns(sumUp(again, target))
            setReading(next)
            setConfirmed(mappings)
            setTable(null)
            if (sums !== null) setColumns(sums.columns)
            steps.change(function* ({ learnt }) {
              yield
              return { rows: again, learnt }
            })
          }}
        />
      )}
      {taking.several !== null && (
        <SendersDialog
          rows={taking.several}
          items={taking.itemsByCode()}
          suppliers={props.suppliers}
          findSupplier={props.findSupplier}
          otherwise={beginning.into?.head.supplierId ?? null}
          depotId={beginning.into?.head.depotId ?? null}
          today={props.context.today}
          list={{ fingerprint: beginning.fingerprint, name: beginning.name.slice(0, 200) }}
          onClose={taking.closeSeveral}
          onOneDelivery={() => void taking.oneDelivery()}
          onPosted={(posted) => void taking.afterPosted(posted)}
        />
      )}
      {dialog === 'doubts' && (
        <DoubtsDialog
          rows={shown}
          target={target}
          onConfirm={cells.confirmKind}
          onGo={({ first, column }) => {
            setDialog(null)
            grid.current.goTo(first.key, column)
          }}
          onClose={() => {
            setDialog(null)
            grid.current.focus()
          }}
        />
      )}
      {dialog === 'left-out' && reading !== null && (
        <LeftOutDialog rows={reading.leftOut} count={reading.leftOutCount} onClose={() => setDialog(null)} />
      )}
      {cells.newUnit !== null && props.facts !== null && (
        <NewUnitDialog
          row={cells.newUnit}
          rows={rows}
          facts={props.facts}
          onClose={() => {
            cells.closeNewUnit()
            grid.current.focus()
          }}
          onMade={(made) => {
            cells.takeNewUnits(made)
            grid.current.focus()
          }}
        />
      )}
      {cells.newItem !== null && (
        <NewItemDialog
          row={cells.newItem.row.row}
          name={cells.newItem.name}
          items={props.items}
          onClose={() => {
            cells.closeNewItem()
            grid.current.focus()
          }}
          rows={rows}
          onMade={(item, others) => {
            cells.takeNewItem(item, others)
            grid.current.focus()
          }}
        />
      )}
    </Page>
  )
}

/** The rows of one table and of one sender; null is all of them. */
function rowsShown(rows: readonly ListRow[], table: number | null, sender: string | null): readonly ListRow[] {
  if (table === null && sender === null) return rows
  const wanted = sender === null ? null : nameKey(sender)
  const known = new Map<string, boolean>()
  const isOfSender = (party: string): boolean => {
    let found = known.get(party)
    if (found === undefined) {
      found = nameKey(party) === wanted
      known.set(party, found)
    }
    return found
  }
  return rows.filter(
    (row) => (table === null || row.table === table) && (sender === null || isOfSender(row.row.party ?? '')),
  )
}

/** The document that the same list became, with a way to it where it is a delivery. */
function TakenBefore({ document, at }: { readonly document: string; readonly at: number }) {
  const t = useText(intakeText)
  // Of several deliveries the first is shown; the others stand beside it in the list.
  const number = document.split(' ')[0] ?? ''
  const found = useQuery(api.search.find.queryOptions({ input: { text: number.slice(0, 100), limit: 5 } }))
  const delivery = found.data?.find((one) => one.kind === 'delivery' && one.code === number)
  return (
    <p>
      {t('takenBefore', { document, time: formatInstant(at) })}{' '}
      {delivery !== undefined && (
        <Anchor component={Link} href={`/deliveries/${delivery.id}`}>
          {t('seeDocument', { number })}
        </Anchor>
      )}
    </p>
  )
}
