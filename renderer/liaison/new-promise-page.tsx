import { Alert, Button, NativeSelect, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconEraser, IconFileSpreadsheet } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { GridApi } from 'ag-grid-community'
import { useCallback, useMemo, useRef, useState } from 'react'
import { Link, useLocation, useSearchParams } from 'wouter'
import { readListFile } from '../../api/intake/read-file.ts'
import { renderFileRefusal } from '../../core/intake/file-refusal.ts'
import type { Refusal } from '../../core/refusal.ts'
import { useKeys } from '../frame/keys.tsx'
import { useMe } from '../frame/me.ts'
import { Page } from '../frame/page.tsx'
import { Reading } from '../frame/reading.tsx'
import { Refusals } from '../frame/refusals.tsx'
import type { CellValue, Choice } from '../grid/cell-value.ts'
import type { GridColumn } from '../grid/column.ts'
import { useFirstRowFocus } from '../grid/first-row-focus.ts'
import { Grid } from '../grid/grid.tsx'
import { listFiles } from '../intake/hand-off.ts'
import { DropSign, useDroppedFile } from '../intake/use-dropped-file.tsx'
import { FormActions } from '../ledger/form-actions.tsx'
import { headError } from '../ledger/head-error.ts'
import { api, client, useCommand } from '../query.ts'
import { getShell } from '../shell/shell.ts'
import { liaisonText } from '../text/liaison.ts'
import { refusalSentence } from '../text/refusal.ts'
import { nameOf, useLanguage, useText } from '../text/text.ts'
import { ComingDayField } from './coming-day-field.tsx'
import { useDraftRows } from './draft-rows.ts'
import styles from './liaison.module.css'
import { promisesOfFile } from './promise-file.ts'
import {
  blankSheetRow,
  createItemReader,
  isBlankRow,
  type Period,
  readSheet,
  readSheetDay,
  readSheetQuantity,
  rowsOfPeriod,
  type SheetRow,
} from './promise-sheet.ts'
import { type Directory, useDirectory } from './use-directory.ts'

/** Promises of one manufacturer: `?supplier=<id>`. */
export function NewPromisePage() {
  const t = useText(liaisonText)
  const [address] = useSearchParams()
  const directory = useDirectory()
  const aliases = useQuery(api.alias.list.queryOptions())
  if (!directory || aliases.isPending) return <Reading />
  const supplierId = Number(address.get('supplier'))
  if (!directory.supplierById.has(supplierId)) {
    return (
      <Page title={t('missing')} scroll>
        <Link href="/liaison">{t('backToBoard')}</Link>
      </Page>
    )
  }
  const names = aliases.data?.names.filter((row) => row.kind === 'item') ?? []
  const makerNames = (aliases.data?.names ?? [])
    .filter((row) => row.kind === 'supplier' && row.targetId === supplierId)
    .map((row) => row.alias)
  return (
    <NewPromise
      key={supplierId}
      supplierId={supplierId}
      directory={directory}
      aliases={names}
      makerNames={makerNames}
    />
  )
}

const noRows = () => []
/** So many are saved in one go. */
const mostPromises = 5000
const rowId = (row: SheetRow) => row.id
const setCell = (row: SheetRow, columnId: string, value: CellValue): SheetRow => ({
  ...row,
  [columnId]: columnId === 'note' ? String(value ?? '') : value,
})

type Answer = { readonly rowId: string; readonly refusal: Refusal; readonly row: SheetRow }

function NewPromise(props: {
  readonly supplierId: number
  readonly directory: Directory
  readonly aliases: readonly { readonly key: string; readonly targetId: number }[]
  /** Other names by which lists call it. */
  readonly makerNames: readonly string[]
}) {
  const { supplierId, directory, aliases, makerNames } = props
  const t = useText(liaisonText)
  const language = useLanguage()
  const me = useMe()
  const [, go] = useLocation()
  const today = me.businessDate
  const sheet = useDraftRows<SheetRow>({ start: noRows, blank: blankSheetRow, isBlank: isBlankRow, set: setCell })
  const { rows } = sheet
  const [answered, setAnswered] = useState<readonly Answer[]>([])
  const [tried, setTried] = useState(false)
  const grid = useRef<GridApi<SheetRow> | null>(null)
  const save = useCommand(client.liaison.saveCommitments)
  const read = useMemo(() => readSheet(rows, supplierId, directory.itemById), [rows, supplierId, directory])
  const readItem = useMemo(() => createItemReader(directory.items, aliases), [directory.items, aliases])
  const choices = useMemo(
    (): Choice[] =>
      directory.items.map((item) => ({
        value: item.itemId,
        label: [nameOf(item, language), item.specification].filter(Boolean).join(' · '),
        search: item.search,
      })),
    [directory.items, language],
  )
  const columns = useMemo<readonly GridColumn<SheetRow>[]>(
    () => [
      {
        id: 'item',
        header: t('item'),
        kind: 'choice',
        value: (row) => row.item,
        show: (value) =>
          typeof value === 'number'
            ? `${directory.itemName(value)} (${directory.measure(value)})`
            : String(value ?? ''),
        parse: readItem,
        choices,
        editable: true,
        width: 260,
        grow: 2,
      },
      {
        id: 'quantity',
        header: t('quantity'),
        kind: 'number',
        value: (row) => row.quantity,
        parse: readSheetQuantity,
        editable: true,
        width: 140,
      },
      {
        id: 'dueOn',
        header: t('dueOn'),
        kind: 'date',
        value: (row) => row.dueOn,
        parse: (text) => readSheetDay(text, today),
        editable: true,
        width: 140,
      },
      { id: 'note', header: t('note'), kind: 'text', value: (row) => row.note, editable: true, width: 200, grow: 1 },
    ],
    [t, directory, readItem, choices, today],
  )
  // What the API refused stands until its row is changed.
  const standing = answered.filter((one) => rows.some((row) => row.id === one.rowId && row === one.row))
  const problems = [...(tried ? read.problems : read.problems.filter(({ refusal }) => refusal.code !== 'required'))]
  const shown = [...problems, ...standing]
  const latest = useRef(shown)
  latest.current = shown
  const signature = shown.map(({ rowId: id, refusal }) => `${id}${refusal.field}${refusal.code}`).join()
  const problemOf = useCallback(
    (row: SheetRow, columnId: string) => {
      void signature
      const field = columnId === 'item' ? 'itemId' : columnId === 'quantity' ? 'quantityBase' : columnId
      const found = latest.current.find((one) => one.rowId === row.id && one.refusal.field === field)
      return found ? refusalSentence(found.refusal, language) : null
    },
    [language, signature],
  )
  const focusCell = (id: string | null, columnId: string) =>
    setTimeout(() => {
      const index = id === null ? 0 : grid.current?.getRowNode(id)?.rowIndex
      if (typeof index === 'number') grid.current?.setFocusedCell(index, columnId)
    })
  const [said, setSaid] = useState<string | null>(null)
  const takeFile = async (file: File | null) => {
    if (file === null) return
    const given = await readListFile(new Uint8Array(await file.arrayBuffer()), file.name)
    if (!given.ok) return setSaid(renderFileRefusal(given.refusal, language))
    const supplier = directory.supplierById.get(supplierId)
    const found = promisesOfFile(given.value.sheets, {
      today,
      readItem,
      makerNames: [supplier?.name ?? '', supplier?.nameEn ?? '', supplier?.code ?? '', ...makerNames],
      idOf: sheet.freshId,
    })
    if (found.rows.length > mostPromises)
      return setSaid(t('fileTooLong', { name: file.name, count: found.rows.length, most: mostPromises }))
    if (found.rows.length > 0) sheet.replace([...rows.filter((row) => !isBlankRow(row)), ...found.rows], true)
    setSaid(
      t(found.rows.length === 0 ? 'fileNothing' : found.others > 0 ? 'fileReadOthers' : 'fileRead', {
        name: file.name,
        count: found.rows.length,
        others: found.others,
      }),
    )
    focusCell(null, 'item')
  }
  const openFile = async () => takeFile(await getShell().chooseFile(listFiles))
  const dropping = useDroppedFile((file) => void takeFile(file))
  useKeys('keysScreen', [{ chord: 'Alt+O', label: t('openFile'), run: () => void openFile() }])
  const columnOf = (field: string | null) =>
    field === 'itemId' ? 'item' : field === 'quantityBase' ? 'quantity' : field === 'dueOn' ? 'dueOn' : 'item'
  useFirstRowFocus(grid, 'item', rows)

  const send = async () => {
    setTried(true)
    const [wrong] = read.problems
    if (wrong) return void focusCell(wrong.rowId, columnOf(wrong.refusal.field))
    if (read.promises.length === 0) return void notifications.show({ message: t('nothingToSave') })
    const outcome = await save.run({ commitments: [...read.promises] })
    if (outcome.ok) {
      notifications.show({ message: t('promisesSaved', { count: outcome.value.length }) })
      return go(`/manufacturers/${supplierId}/liaison`)
    }
    const answers = outcome.refusals.flatMap((one): Answer[] => {
      const id = one.line === null ? undefined : read.rowIds[one.line - 1]
      const row = rows.find((candidate) => candidate.id === id)
      // The line that the reader sees is the one of the sheet, not that of what was sent.
      return row ? [{ rowId: row.id, refusal: { ...one, line: rows.indexOf(row) + 1 }, row }] : []
    })
    setAnswered(answers)
    if (answers[0]) focusCell(answers[0].rowId, columnOf(answers[0].refusal.field))
  }
  return (
    <Page
      title={t('promiseTitle', { name: directory.supplierName(supplierId) })}
      lead={t('promiseLead')}
      actions={
        <FormActions
          back={{ href: '/liaison', label: t('backToBoard') }}
          label={t('savePromises', { count: read.promises.length })}
          busy={save.busy}
          disabled={!me.can('manager')}
          onSend={send}
        >
          <Button
            variant="default"
            leftSection={<IconFileSpreadsheet size={16} aria-hidden />}
            rightSection={<kbd>Alt+O</kbd>}
            onClick={() => void openFile()}
          >
            {t('openFile')}
          </Button>
          <Button
            variant="default"
            leftSection={<IconEraser size={16} aria-hidden />}
            onClick={() => {
              setSaid(null)
              sheet.replace([], false)
              setAnswered([])
              setTried(false)
            }}
          >
            {t('clearSheet')}
          </Button>
        </FormActions>
      }
    >
      <PeriodForm
        items={choices}
        today={today}
        onRows={(period) => {
          const made = rowsOfPeriod(period, sheet.freshId)
          if (made.refusals.length === 0) {
            sheet.replace([...rows.filter((row) => !isBlankRow(row)), ...made.rows], true)
            focusCell(null, 'item')
          }
          return made.refusals
        }}
      />
      <DropSign shown={dropping} />
      {said !== null && (
        <Alert role="status" py={6}>
          {said}
        </Alert>
      )}
      <Refusals
        refusals={[...standing, ...(tried ? read.problems : [])].map((one) => one.refusal)}
        fault={save.fault}
      />
      <Grid
        label={t('sheet')}
        stateKey="new-promises"
        rows={rows}
        columns={columns}
        rowId={rowId}
        onEdits={sheet.onEdits}
        growRows={sheet.growRows}
        problemOf={problemOf}
        onReady={(ready) => {
          grid.current = ready
        }}
      />
    </Page>
  )
}

/** So much a day, from one day to another. */
function PeriodForm(props: {
  readonly items: readonly Choice[]
  readonly today: string
  readonly onRows: (period: Period) => readonly Refusal[]
}) {
  const t = useText(liaisonText)
  const language = useLanguage()
  const { today } = props
  const [period, setPeriod] = useState<Period>({ itemId: null, from: today, to: '', perDay: '', note: '' })
  const [refusals, setRefusals] = useState<readonly Refusal[]>([])
  const first = useRef<HTMLSelectElement>(null)
  const change = (part: Partial<Period>) => setPeriod((now) => ({ ...now, ...part }))
  const error = (field: string) => headError(refusals, field, language)
  useKeys('keysScreen', [{ chord: 'Alt+G', label: t('period'), run: () => first.current?.focus() }])
  return (
    <form
      className={styles.period}
      aria-label={t('period')}
      onSubmit={(event) => {
        event.preventDefault()
        // The day that is being typed is read when its field is left; a frame later it is there.
        const active = document.activeElement
        if (active instanceof HTMLElement) active.blur()
        setTimeout(() =>
          setPeriod((now) => {
            queueMicrotask(() => setRefusals(props.onRows(now)))
            return now
          }),
        )
      }}
    >
      <strong className={styles.periodName}>
        {t('period')} <kbd>Alt+G</kbd>
      </strong>
      <NativeSelect
        ref={first}
        label={t('item')}
        value={period.itemId === null ? '' : String(period.itemId)}
        error={error('itemId')}
        onChange={(event) => {
          const { value } = event.currentTarget
          change({ itemId: value === '' ? null : Number(value) })
        }}
        data={[
          { value: '', label: t('pickItem') },
          ...props.items.map((one) => ({ value: String(one.value), label: one.label })),
        ]}
      />
      <ComingDayField
        label={t('from')}
        value={period.from}
        today={today}
        error={error('from')}
        onChange={(from) => change({ from })}
      />
      <ComingDayField
        label={t('to')}
        value={period.to}
        today={today}
        error={error('to')}
        onChange={(to) => change({ to })}
      />
      <TextInput
        label={t('perDay')}
        value={period.perDay}
        inputMode="decimal"
        autoComplete="off"
        error={error('perDayBase')}
        onChange={(event) => change({ perDay: event.currentTarget.value })}
      />
      <TextInput
        label={t('note')}
        value={period.note}
        maxLength={500}
        autoComplete="off"
        onChange={(event) => change({ note: event.currentTarget.value })}
      />
      <Button type="submit" variant="default">
        {t('periodAdd')}
      </Button>
    </form>
  )
}
