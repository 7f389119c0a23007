import { Button, Switch } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconArchive, IconArrowBackUp, IconFileSpreadsheet, IconPlus, IconPrinter } from '@tabler/icons-react'
import { type ReactNode, useCallback, useMemo, useRef, useState } from 'react'
import { Link } from 'wouter'
import type { GridColumn } from '../grid/column.ts'
import { useEditNewRow } from '../grid/edit-new-row.ts'
import { Grid } from '../grid/grid.tsx'
import { listedRows } from '../grid/listed-rows.ts'
import type { EditRow, Field } from '../grid/row-edits.ts'
import { type RowEditsOptions, useRowEdits } from '../grid/use-row-edits.ts'
import type { Outcome } from '../query.ts'
import { catalogueText } from '../text/catalogue.ts'
import { useText } from '../text/text.ts'
import styles from './catalogue.module.css'
import { useKeys } from './keys.tsx'
import { Page } from './page.tsx'
import { Refusals } from './refusals.tsx'

export type CatalogueProps<Row> = RowEditsOptions<Row> & {
  readonly title: string
  readonly lead?: ReactNode
  readonly stateKey: string
  readonly searchOf: (row: Row) => string
  readonly searchPlaceholder?: string
  /** What is searched for when the page opens. */
  readonly firstSearch?: string
  readonly nameOf: (row: Row) => string
  readonly archived: boolean
  readonly onArchived: (archived: boolean) => void
  /** Undefined where the person may not. */
  readonly archive: ((row: Row, archived: boolean) => Promise<Outcome<unknown>>) | undefined
  readonly canEdit: boolean
  readonly addLabel: string
  /** The page that takes such rows from a list. */
  readonly listPath?: string
  /** Stands before the switch of what is archived. */
  readonly filters?: ReactNode
  /** Prints the rows that are listed, as they are searched and filtered. */
  readonly print?: { readonly label: string; readonly chord: string; readonly run: (rows: readonly Row[]) => void }
  readonly emptyText: ReactNode
  /** Enter opens where a cell isn't edited; everywhere else Alt+Enter. */
  readonly onOpen?: (row: Row) => void
  readonly readError?: Error | null
}

/** A list of things that are kept: found by typing, edited in the cell, saved row by row, archived and restored. */
export function Catalogue<Row>(props: CatalogueProps<Row>) {
  const { archived, canEdit, fields, searchOf, nameOf, onOpen } = props
  const t = useText(catalogueText)
  const [search, setSearch] = useState(props.firstSearch ?? '')
  const [focusedKey, setFocusedKey] = useState<string | null>(null)
  const [archiveFailure, setArchiveFailure] = useState<
    ({ ok: false } & Extract<Outcome<unknown>, { ok: false }>) | null
  >(null)
  const editable = canEdit && !archived
  const shownFields = useMemo(
    () => (editable ? fields : fields.map((field): Field<Row> => ({ ...field, editable: false }))),
    [editable, fields],
  )
  const edits = useRowEdits({ ...props, fields: shownFields })
  // The row as it is now: it may have been saved, archived or taken away since the focus came to it.
  const focused = edits.rows?.find(({ key }) => key === focusedKey) ?? null
  const { grid, onReady, editNew } = useEditNewRow(edits.rows, fields[0]?.id)
  const onPrint = () => {
    const listed = listedRows(grid.current).filter((row) => !row.isNew)
    props.print?.run(listed.map(({ base }) => base))
  }

  const onAdd = () => {
    setSearch('')
    editNew(edits.add())
  }

  const onArchive = async () => {
    if (focused === null || !props.archive) return
    const row = focused.isNew ? await edits.discard(focused.key) : focused.base
    if (row === null) return
    const outcome = await props.archive(row, !archived)
    setArchiveFailure(outcome.ok ? null : outcome)
    if (!outcome.ok) return
    const name = nameOf(row)
    notifications.show({ message: t(archived ? 'restoredDone' : 'archivedDone', { name }) })
  }

  useKeys('keysScreen', [
    ...(editable
      ? [
          { chord: 'Alt+N', label: props.addLabel, run: onAdd },
          { chord: 'Ctrl+S', label: t('keySave'), run: edits.saveAll },
        ]
      : []),
    ...(props.print ? [{ chord: props.print.chord, label: props.print.label, run: onPrint }] : []),
    ...(onOpen
      ? [{ chord: 'Alt+Enter', label: t('open'), run: () => focused && !focused.isNew && onOpen(focused.base) }]
      : []),
  ])
  const onFocusCell = useCallback(
    (row: EditRow<Row>) => {
      setFocusedKey(row.key)
      edits.onFocusCell(row)
    },
    [edits.onFocusCell],
  )
  const rowSearch = useCallback((row: EditRow<Row>) => (row.isNew ? search : searchOf(row.base)), [searchOf, search])
  const readFailed = props.readError ?? null
  const opens = useRef(onOpen)
  opens.current = onOpen
  const columns = useMemo(() => {
    if (!opens.current) return edits.columns
    const open: GridColumn<EditRow<Row>> = {
      id: 'open',
      header: t('open'),
      kind: 'text',
      value: (row) => (row.isNew ? '' : t('openSign')),
      width: 88,
      pinned: 'right',
      isAction: true,
      ag: {
        sortable: false,
        filter: false,
        resizable: false,
        cellClass: styles.open ?? '',
        onCellClicked: ({ data }) => data && !data.isNew && opens.current?.(data.base),
      },
    }
    return [...edits.columns, open]
  }, [edits.columns, t])
  const Icon = archived ? IconArrowBackUp : IconArchive

  return (
    <Page
      title={props.title}
      lead={props.lead}
      search={{
        value: search,
        onChange: setSearch,
        ...(props.searchPlaceholder ? { placeholder: props.searchPlaceholder } : {}),
      }}
      filters={
        <>
          {props.filters}
          <Switch
            size="xs"
            checked={archived}
            label={t('showArchived')}
            onChange={(event) => {
              props.onArchived(event.currentTarget.checked)
            }}
          />
        </>
      }
      actions={
        <>
          {props.print && (
            <Button
              variant="default"
              leftSection={<IconPrinter size={16} aria-hidden />}
              rightSection={<kbd>{props.print.chord}</kbd>}
              onClick={onPrint}
            >
              {props.print.label}
            </Button>
          )}
          {props.archive && (
            <Button
              variant="default"
              disabled={focused === null}
              leftSection={<Icon size={16} aria-hidden />}
              onClick={() => void onArchive()}
            >
              {t(archived ? 'restoreRow' : 'archiveRow')}
            </Button>
          )}
          {editable && props.listPath !== undefined && (
            <Button
              component={Link}
              href={props.listPath}
              variant="default"
              leftSection={<IconFileSpreadsheet size={16} aria-hidden />}
            >
              {t('fromList')}
            </Button>
          )}
          {editable && (
            <Button leftSection={<IconPlus size={16} aria-hidden />} rightSection={<kbd>Alt+N</kbd>} onClick={onAdd}>
              {props.addLabel}
            </Button>
          )}
        </>
      }
    >
      {archiveFailure && (
        <Refusals
          refusals={archiveFailure.refusals}
          fault={archiveFailure.fault}
          onClose={() => setArchiveFailure(null)}
        />
      )}
      {readFailed !== null && <Refusals refusals={[]} fault={{ kind: 'unknown', reference: readFailed.message }} />}
      {edits.fault !== null && <Refusals refusals={[]} fault={edits.fault} />}
      {(edits.refused.length > 0 || edits.fault !== null) && (
        <div className={styles.unsaved} role="status">
          <strong>{t('refusedRows')}</strong>
          <Button variant="default" onClick={edits.saveAll}>
            {t('saveAgain')} <kbd>Ctrl+S</kbd>
          </Button>
          <Button variant="default" onClick={edits.discardAll}>
            {t('discard')}
          </Button>
        </div>
      )}
      <Grid
        label={props.title}
        stateKey={props.stateKey}
        rows={edits.rows}
        columns={columns}
        rowId={rowKey}
        {...(editable ? { onEdits: edits.onEdits, growRows: edits.growRows } : {})}
        problemOf={edits.problemOf}
        onFocusCell={onFocusCell}
        onLeave={edits.onLeave}
        onOpen={onOpen ? (row) => onOpen(row.base) : undefined}
        search={search}
        searchOf={rowSearch}
        emptyText={archived ? t('emptyArchived') : props.emptyText}
        onReady={onReady}
        options={{
          postSortRows: ({ nodes }) =>
            nodes.sort((left, right) => Number(right.data?.isNew) - Number(left.data?.isNew)),
        }}
      />
    </Page>
  )
}

const rowKey = <Row,>(row: EditRow<Row>) => row.key
