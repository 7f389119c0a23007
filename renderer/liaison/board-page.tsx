import { Button, NativeSelect, SegmentedControl, Switch } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { GridApi, GridOptions } from 'ag-grid-community'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { Link, useLocation } from 'wouter'
import type { BoardRow } from '../../api/contract/liaison.ts'
import { useKeys } from '../frame/keys.tsx'
import { useMe } from '../frame/me.ts'
import { Page } from '../frame/page.tsx'
import { Reading } from '../frame/reading.tsx'
import { Refusals } from '../frame/refusals.tsx'
import { useFirstRowFocus } from '../grid/first-row-focus.ts'
import { Grid } from '../grid/grid.tsx'
import { openPreview } from '../print/print.tsx'
import { api, outcomeOf } from '../query.ts'
import { liaisonText } from '../text/liaison.ts'
import { useLanguage, useText } from '../text/text.ts'
import { BlockerDialog } from './blocker-dialog.tsx'
import { boardColumns } from './board-columns.ts'
import { boardPaper, promisePaper } from './board-paper.tsx'
import { CallDialog } from './call-dialog.tsx'
import { DayChart } from './day-chart.tsx'
import styles from './liaison.module.css'
import { LiaisonPanel } from './liaison-panel.tsx'
import { type BoardFilter, filterBoard, needsCall, noFilter } from './reason.ts'
import { ReliabilityChart } from './reliability-chart.tsx'
import { rowHeightFor } from './row-height.ts'
import { type Directory, useDirectory } from './use-directory.ts'

const rowId = (row: BoardRow) => `${row.supplierId}/${row.itemId}`
/** Columns whose texts wrap. */
const wrapped = ['supplier', 'item', 'why', 'nextCall', 'blockers']
/** Padding and border of a cell on both sides. */
const cellEdge = 22

/** 联络看板: whom to call about what now, and everything that a call needs beside it. */
export function LiaisonPage() {
  const t = useText(liaisonText)
  const board = useQuery(api.liaison.board.queryOptions())
  const directory = useDirectory()
  if (board.isError) {
    return (
      <Page title={t('title')} scroll>
        <Refusals {...outcomeOf(board.error)} />
      </Page>
    )
  }
  if (!board.data || !directory) return <Reading />
  return <Board board={board.data} directory={directory} />
}

type At = { readonly supplierId: number; readonly itemId: number | null }

function Board({ board, directory }: { readonly board: readonly BoardRow[]; readonly directory: Directory }) {
  const t = useText(liaisonText)
  const language = useLanguage()
  const me = useMe()
  const [, go] = useLocation()
  const [filter, setFilter] = useState<BoardFilter>(noFilter)
  const [search, setSearch] = useState('')
  const [view, setView] = useState<'board' | 'charts'>('board')
  const [focused, setFocused] = useState<At | null>(null)
  const [opened, setOpened] = useState<At | null>(null)
  const [dialog, setDialog] = useState<{ readonly kind: 'call' | 'blocker'; readonly at: At } | null>(null)
  const grid = useRef<GridApi<BoardRow> | null>(null)
  const today = me.businessDate
  const rows = useMemo(() => filterBoard(board, filter, today), [board, filter, today])
  const hidden = useMemo(
    () => (filter.all ? 0 : filterBoard(board, { ...filter, all: true }, today).length - rows.length),
    [board, filter, today, rows],
  )
  const toCall = useMemo(() => board.filter((row) => needsCall(row, today)).length, [board, today])
  const columns = useMemo(() => boardColumns({ t, language, today, directory }), [t, language, today, directory])
  const searchOf = useCallback(
    (row: BoardRow) => {
      const supplier = directory.supplierById.get(row.supplierId)
      const item = directory.itemById.get(row.itemId)
      return [supplier?.name, supplier?.nameEn, supplier?.search, item?.name, item?.nameEn, item?.search].join(' ')
    },
    [directory],
  )
  const onReady = useCallback((ready: GridApi<BoardRow>) => {
    grid.current = ready
  }, [])
  const latestColumns = useRef(columns)
  latestColumns.current = columns
  // Each row is as high as what it has to say: the most calls in sight.
  const options = useMemo(
    (): GridOptions<BoardRow> => ({
      getRowHeight: ({ data }) => {
        const texts = latestColumns.current.filter(({ id }) => wrapped.includes(id))
        return rowHeightFor(
          data === undefined ? [] : texts.map(({ value, width = 0 }) => [String(value(data) ?? ''), width - cellEdge]),
        )
      },
    }),
    [],
  )
  // What is printed is what is on screen, the search included.
  const shown = () => {
    const words = search.toLowerCase().split(/\s+/).filter(Boolean)
    return rows.filter((row) => words.every((word) => searchOf(row).toLowerCase().includes(word)))
  }
  useFirstRowFocus(grid, 'why', rows)
  useEffect(() => {
    void rows
    void columns
    grid.current?.resetRowHeights()
  }, [rows, columns])

  const at = dialog?.at ?? opened ?? focused
  const open = (row: BoardRow) => setOpened({ supplierId: row.supplierId, itemId: row.itemId })
  const backToGrid = () => {
    const cell = grid.current?.getFocusedCell()
    if (cell) grid.current?.setFocusedCell(cell.rowIndex, cell.column)
  }
  const close = () => {
    setOpened(null)
    backToGrid()
  }
  const ask = (kind: 'call' | 'blocker') => {
    const about = opened ?? focused
    if (about && dialog === null) setDialog({ kind, at: about })
  }
  const toPromises = () => {
    const about = opened ?? focused
    if (about) go(`/liaison/promises?supplier=${about.supplierId}`)
  }
  const printBoard = () => openPreview(boardPaper(shown(), directory, today))
  const promises = useQuery(api.commitment.list.queryOptions({ input: { supplierId: null, openOnly: false } })).data
  const printPromises = () => {
    const chosen = (promises ?? []).filter(
      (row) =>
        (filter.supplierId === null || row.supplierId === filter.supplierId) &&
        (filter.itemId === null || row.itemId === filter.itemId),
    )
    openPreview(promisePaper(chosen, directory, today))
  }
  const staff = me.can('clerk', 'manager')
  useKeys('keysScreen', [
    ...(staff
      ? [
          { chord: 'Alt+L', label: t('logCall'), run: () => ask('call') },
          { chord: 'Alt+B', label: t('addBlocker'), run: () => ask('blocker') },
        ]
      : []),
    ...(me.can('manager') ? [{ chord: 'Alt+P', label: t('addPromises'), run: toPromises }] : []),
    { chord: 'Alt+V', label: t('keyView'), run: () => setView(view === 'board' ? 'charts' : 'board') },
    { chord: 'Ctrl+P', label: t('printBoard'), run: printBoard },
    { chord: 'Ctrl+Shift+P', label: t('printPromises'), run: printPromises },
    ...(opened && dialog === null ? [{ chord: 'Alt+Enter', label: t('keyClosePanel'), run: close }] : []),
  ])

  const supplierItems = (supplierId: number) =>
    board
      .filter((row) => row.supplierId === supplierId)
      .map(({ itemId }) => ({ itemId, name: directory.itemName(itemId) }))
  const blockersOf = (supplierId: number) => {
    const all = board.filter((row) => row.supplierId === supplierId).flatMap((row) => row.blockers)
    return [...new Map(all.map((one) => [one.blockerId, one])).values()]
  }
  const detail = useQuery({
    ...api.liaison.detail.queryOptions({ input: { supplierId: at?.supplierId ?? 1 } }),
    enabled: at !== null,
  }).data
  const change = (part: Partial<BoardFilter>) => setFilter({ ...filter, ...part })
  const idOrNull = (value: string) => (value === '' ? null : Number(value))
  const suppliers = directory.suppliers.filter((one) => board.some((row) => row.supplierId === one.placeId))
  const items = [...new Set(board.map((row) => row.itemId))]
    .map((itemId) => ({ itemId, name: directory.itemName(itemId) }))
    .sort((left, right) => left.name.localeCompare(right.name, 'zh-CN'))
  return (
    <Page
      title={t('title')}
      lead={`${t('lead', { count: toCall })} · ${t('leadOrder')}`}
      search={view === 'board' ? { value: search, onChange: setSearch, placeholder: t('search') } : undefined}
      actions={
        <>
          <Button variant="default" leftSection={<IconPrinter size={16} aria-hidden />} onClick={printPromises}>
            {t('printPromises')}
          </Button>
          <Button
            leftSection={<IconPrinter size={16} aria-hidden />}
            rightSection={<kbd>Ctrl+P</kbd>}
            onClick={printBoard}
          >
            {t('printBoard')}
          </Button>
        </>
      }
    >
      <div className={styles.filters}>
        <SegmentedControl
          size="xs"
          aria-label={t('view')}
          value={view}
          onChange={(value) => setView(value === 'charts' ? 'charts' : 'board')}
          data={[
            { value: 'board', label: t('view-board') },
            { value: 'charts', label: t('view-charts') },
          ]}
        />
        <kbd>Alt+V</kbd>
        <NativeSelect
          size="xs"
          className={styles.filter ?? ''}
          aria-label={t('supplier')}
          value={filter.supplierId === null ? '' : String(filter.supplierId)}
          onChange={(event) => change({ supplierId: idOrNull(event.currentTarget.value) })}
          data={[
            { value: '', label: t('allSuppliers') },
            ...suppliers.map((one) => ({ value: String(one.placeId), label: directory.supplierName(one.placeId) })),
          ]}
        />
        <NativeSelect
          size="xs"
          className={styles.filter ?? ''}
          aria-label={t('item')}
          value={filter.itemId === null ? '' : String(filter.itemId)}
          onChange={(event) => change({ itemId: idOrNull(event.currentTarget.value) })}
          data={[
            { value: '', label: t('allItems') },
            ...items.map((one) => ({ value: String(one.itemId), label: one.name })),
          ]}
        />
        {view === 'board' && (
          <>
            <Switch
              size="xs"
              label={t('gapOnly')}
              checked={filter.gapOnly}
              onChange={(event) => change({ gapOnly: event.currentTarget.checked })}
            />
            <Switch
              size="xs"
              label={t('blockedOnly')}
              checked={filter.blockedOnly}
              onChange={(event) => change({ blockedOnly: event.currentTarget.checked })}
            />
            <Switch
              size="xs"
              label={t('showAll')}
              checked={filter.all}
              onChange={(event) => change({ all: event.currentTarget.checked })}
            />
          </>
        )}
      </div>
      {view === 'charts' ? (
        <div className={styles.charts}>
          <DayChart supplierId={filter.supplierId} itemId={filter.itemId} today={today} directory={directory} />
          <ReliabilityChart
            rows={filterBoard(
              board,
              { ...noFilter, itemId: filter.itemId, supplierId: filter.supplierId, all: true },
              today,
            )}
            directory={directory}
          />
        </div>
      ) : (
        <div className={styles.work}>
          <div className={styles.grid}>
            <Grid
              label={t('title')}
              stateKey="liaison"
              rows={rows}
              columns={columns}
              rowId={rowId}
              search={search}
              searchOf={searchOf}
              onOpen={open}
              onFocusCell={(row) => row && setFocused({ supplierId: row.supplierId, itemId: row.itemId })}
              onReady={onReady}
              options={options}
              keysHint={opened === null}
              emptyText={
                board.length === 0 ? (
                  <>
                    {t('empty')} <Link href="/manufacturers">{t('toSuppliers')}</Link>
                  </>
                ) : (
                  t('emptyFiltered')
                )
              }
            />
            {hidden > 0 && <p className={styles.hidden}>{t('hidden', { count: hidden })}</p>}
          </div>
          {opened && (
            <LiaisonPanel
              supplierId={opened.supplierId}
              directory={directory}
              blockers={blockersOf(opened.supplierId)}
              onCall={() => ask('call')}
              onBlock={() => ask('blocker')}
              onClose={close}
            />
          )}
        </div>
      )}
      {dialog?.kind === 'call' && detail && (
        <CallDialog
          supplierId={dialog.at.supplierId}
          name={directory.supplierName(dialog.at.supplierId)}
          items={supplierItems(dialog.at.supplierId)}
          itemId={dialog.at.itemId}
          contacts={detail.contacts}
          contact={directory.supplierById.get(dialog.at.supplierId)?.contact ?? ''}
          onClose={() => setDialog(null)}
        />
      )}
      {dialog?.kind === 'blocker' && (
        <BlockerDialog
          supplierId={dialog.at.supplierId}
          name={directory.supplierName(dialog.at.supplierId)}
          items={supplierItems(dialog.at.supplierId)}
          itemId={dialog.at.itemId}
          onClose={() => setDialog(null)}
        />
      )}
    </Page>
  )
}
