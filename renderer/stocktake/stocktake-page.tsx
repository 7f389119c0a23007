import { Button, SegmentedControl, TextInput } from '@mantine/core'
import { IconArrowLeft, IconBarcode, IconCheck, IconPlus, IconPrinter, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { GridApi } from 'ag-grid-community'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { Link, useParams } from 'wouter'
import type { StocktakeDocument } from '../../api/contract/ledger.ts'
import { formatInstant } from '../format.ts'
import { useKeys } from '../frame/keys.tsx'
import { useMe } from '../frame/me.ts'
import { Page } from '../frame/page.tsx'
import { Reading } from '../frame/reading.tsx'
import { Refusals } from '../frame/refusals.tsx'
import { Grid } from '../grid/grid.tsx'
import { useSettled } from '../ledger/form-actions.tsx'
import ledgerStyles from '../ledger/ledger.module.css'
import { Note } from '../ledger/note.tsx'
import { openPreview } from '../print/print.tsx'
import { stocktakeSheetRequest } from '../print/stocktake-sheet.tsx'
import { api, outcomeOf } from '../query.ts'
import { useScanner } from '../scan/use-scanner.ts'
import { slipNumberOf } from '../signature/slip-number.ts'
import { printText } from '../text/print.ts'
import { refusalSentence } from '../text/refusal.ts'
import { stocktakeText } from '../text/stocktake.ts'
import { pickName, useLanguage, useText } from '../text/text.ts'
import { wordText } from '../text/words.ts'
import { AddLotDialog } from './add-lot-dialog.tsx'
import { CancelDialog } from './cancel-dialog.tsx'
import { categoryIn, useCategoryName } from './category-name.ts'
import { linesOf, nextUncounted, overlaySheet, problemOf, type SheetRow, type View, views } from './count-sheet.ts'
import { findScanned } from './find-scanned.ts'
import { PostDialog } from './post-dialog.tsx'
import { searchOfLine, useSheetColumns } from './sheet-columns.ts'
import { useCounts } from './use-counts.ts'

const rowId = (row: SheetRow) => String(row.lotId)

/** One stocktake: its count sheet while it is open, what was found once it is closed. */
export function StocktakePage() {
  const t = useText(stocktakeText)
  const stocktakeId = Number(useParams<{ stocktakeId: string }>().stocktakeId)
  const known = Number.isSafeInteger(stocktakeId) && stocktakeId > 0
  const document = useQuery(
    api.stocktake.get.queryOptions({ input: { stocktakeId: known ? stocktakeId : 1 }, enabled: known }),
  )
  if (document.data !== undefined) return <Sheet key={stocktakeId} document={document.data} />
  if (known && !document.isError) return <Reading />
  return (
    <Page title={t('title')} scroll>
      {document.isError ? <Refusals {...outcomeOf(document.error)} /> : <p>{t('missing')}</p>}
      <div>
        <Button component={Link} href="/stocktakes" variant="default">
          {t('back')}
        </Button>
      </div>
    </Page>
  )
}

function Sheet({ document }: { readonly document: StocktakeDocument }) {
  const t = useText(stocktakeText)
  const words = useText(wordText)
  const language = useLanguage()
  const categoryName = useCategoryName()
  const me = useMe()
  const { head, lines } = document
  const isOpen = head.state === 'open'
  const hasShelves = lines.some(({ shelf }) => shelf !== '')
  const canCount = isOpen && me.can('clerk', 'manager')
  const canPost = isOpen && me.can('manager')
  const [view, setView] = useState<View>('all')
  const [search, setSearch] = useState('')
  const [dialog, setDialog] = useState<'post' | 'cancel' | 'add' | null>(null)
  const [missed, setMissed] = useState<string | null>(null)
  const [scanText, setScanText] = useState('')
  const counts = useCounts(document)
  const { sheet } = counts
  const codes = useQuery(api.alias.list.queryOptions())
  const grid = useRef<GridApi<SheetRow> | null>(null)
  const scanRef = useRef<HTMLInputElement>(null)
  const focused = useRef<number | null>(null)

  // What was in a view when it was chosen stays in it: no row vanishes under the cursor once it is counted.
  const [kept, setKept] = useState<ReadonlySet<number> | null>(null)
  const rows = useMemo(
    () => overlaySheet(kept === null ? lines : lines.filter(({ lotId }) => kept.has(lotId)), sheet),
    [lines, kept, sheet],
  )
  const latest = useRef({ lines, rows })
  latest.current = { lines, rows }
  const show = useCallback((next: View) => {
    setView(next)
    const all = latest.current.lines
    setKept(next === 'all' ? null : new Set(linesOf(all, next).map(({ lotId }) => lotId)))
  }, [])

  const wanted = useRef<{ lotId: number; columnId: string } | null>(null)
  const goTo = useCallback((lotId: number, columnId: string) => {
    wanted.current = { lotId, columnId }
    const attempt = () => {
      const target = wanted.current
      const index = target === null ? undefined : grid.current?.getRowNode(String(target.lotId))?.rowIndex
      if (!grid.current || target === null || index === null || index === undefined) return
      wanted.current = null
      grid.current.ensureIndexVisible(index)
      grid.current.setFocusedCell(index, target.columnId)
    }
    setTimeout(attempt)
  }, [])
  // A row that a view or a search hid is there one render later.
  useEffect(() => {
    void rows
    void search
    if (wanted.current !== null) goTo(wanted.current.lotId, wanted.current.columnId)
  }, [rows, search, goTo])

  const goNext = useCallback(() => {
    const line = nextUncounted(latest.current.rows, focused.current)
    if (line) goTo(line.lotId, 'counted')
  }, [goTo])

  const onScan = (code: string): boolean => {
    const found = findScanned(code, lines, codes.data?.codes ?? [], me.businessDate)
    setMissed(found.length === 0 ? code : null)
    setScanText('')
    grid.current?.stopEditing(true)
    const [line] = found
    if (!line) return true
    show('all')
    setSearch(found.length === 1 ? '' : found.every(({ lot }) => lot === line.lot) ? line.lot : line.itemCode)
    goTo(line.lotId, 'counted')
    return true
  }
  // A slip's own code opens that slip, here as everywhere.
  useScanner((code) => slipNumberOf(code) === null && onScan(code), canCount && dialog === null)

  const paper = useText(printText)
  const print = () => {
    const category = { zh: categoryIn(head.category, 'zh'), en: categoryIn(head.category, 'en') }
    openPreview(stocktakeSheetRequest(document, category))
  }
  const settledPost = useSettled(() => setDialog('post'), grid)
  useKeys(
    'keysScreen',
    dialog !== null
      ? []
      : [
          { chord: 'Ctrl+P', label: paper('printSheet'), run: print },
          ...(canCount
            ? [
                { chord: 'Alt+S', label: t('keyScan'), run: () => scanRef.current?.focus() },
                { chord: 'Alt+J', label: t('keyNext'), run: goNext },
                { chord: 'Alt+N', label: t('keyAdd'), run: () => setDialog('add') },
                { chord: 'Alt+Q', label: t('keyCancel'), run: () => setDialog('cancel') },
              ]
            : []),
          ...(canPost ? [{ chord: 'Ctrl+Enter', label: t('keyPost'), run: settledPost }] : []),
        ],
  )
  const columns = useSheetColumns({ head, canCount, reviewing: view === 'differing', hasShelves })
  const problem = useCallback(
    (row: SheetRow, columnId: string) => {
      const found = problemOf(sheet, row, columnId)
      return found === null ? null : refusalSentence(found, language)
    },
    [sheet, language],
  )
  const onFocusCell = useCallback((row: SheetRow | null) => {
    if (row !== null) focused.current = row.lotId
  }, [])
  const onReady = useCallback(
    (ready: GridApi<SheetRow>) => {
      grid.current = ready
      const first = nextUncounted(latest.current.lines, null) ?? latest.current.lines[0]
      if (canCount && first) goTo(first.lotId, 'counted')
    },
    [canCount, goTo],
  )
  const lead = t('leadOpen', {
    depot: pickName(head.depotName, head.depotNameEn, language),
    category: categoryName(head.category, head.shelf),
    counted: head.counted,
    lines: head.lines,
  })
  return (
    <Page
      title={t('documentTitle', { number: head.number })}
      lead={isOpen ? lead : `${words(`state-${head.state}`)} · ${lead}`}
      search={{ value: search, onChange: setSearch, placeholder: t('search') }}
      filters={
        <SegmentedControl
          size="xs"
          aria-label={t('viewFilter')}
          value={view}
          onChange={(value) => show(views.find((one) => one === value) ?? 'all')}
          data={views.map((value) => ({ value, label: t(`view-${value}`) }))}
        />
      }
      actions={
        canPost && (
          <Button
            leftSection={<IconCheck size={16} aria-hidden />}
            rightSection={<kbd>Ctrl+Enter</kbd>}
            onClick={settledPost}
          >
            {t('post')}
          </Button>
        )
      }
    >
      <Closed document={document} />
      <div className={ledgerStyles.bar}>
        {canCount && (
          <TextInput
            ref={scanRef}
            size="xs"
            w={230}
            aria-label={t('scan')}
            title={t('scanHint')}
            placeholder={t('scan')}
            value={scanText}
            autoComplete="off"
            spellCheck={false}
            leftSection={<IconBarcode size={15} aria-hidden />}
            rightSection={<kbd>Alt+S</kbd>}
            rightSectionWidth={52}
            onChange={(event) => setScanText(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || event.ctrlKey || event.nativeEvent.isComposing) return
              event.preventDefault()
              if (scanText.trim() !== '') onScan(scanText.trim())
            }}
          />
        )}
        {canCount && (
          <Button variant="default" rightSection={<kbd>Alt+J</kbd>} onClick={goNext}>
            {t('next')}
          </Button>
        )}
        {canCount && (
          <Button
            variant="default"
            leftSection={<IconPlus size={16} aria-hidden />}
            rightSection={<kbd>Alt+N</kbd>}
            onClick={() => setDialog('add')}
          >
            {t('add')}
          </Button>
        )}
        {canCount && (
          <Button
            variant="default"
            leftSection={<IconX size={16} aria-hidden />}
            rightSection={<kbd>Alt+Q</kbd>}
            onClick={() => setDialog('cancel')}
          >
            {t('cancelStocktake')}
          </Button>
        )}
        <Button
          variant="default"
          leftSection={<IconPrinter size={16} aria-hidden />}
          rightSection={<kbd>Ctrl+P</kbd>}
          onClick={print}
        >
          {paper('printSheet')}
        </Button>
        <Button
          component={Link}
          href="/stocktakes"
          variant="default"
          leftSection={<IconArrowLeft size={16} aria-hidden />}
        >
          {t('back')}
        </Button>
      </div>
      {missed !== null && <Note tone="bad">{t('scanNone', { code: missed })}</Note>}
      {counts.fault !== null && (
        <>
          <Refusals refusals={[]} fault={counts.fault} />
          <Button variant="default" onClick={counts.retry}>
            {t('retry')}
          </Button>
        </>
      )}
      <Grid
        label={t('sheet')}
        stateKey={head.blind && view !== 'differing' ? 'stocktake-blind' : 'stocktake'}
        rows={rows}
        columns={columns}
        rowId={rowId}
        search={search}
        searchOf={searchOfLine}
        {...(canCount ? { onEdits: counts.onEdits } : {})}
        problemOf={problem}
        onFocusCell={onFocusCell}
        onReady={onReady}
        emptyText={t(view === 'uncounted' ? 'noneUncounted' : view === 'differing' ? 'noneDiffering' : 'sheetEmpty')}
      />
      {canCount && (
        <div className={ledgerStyles.sum}>
          <span>{counts.unsaved > 0 ? t('unsaved', { count: counts.unsaved }) : t('countHint')}</span>
          {canCount && !canPost && <span>{t('managersOnly')}</span>}
        </div>
      )}
      {dialog === 'post' && (
        <PostDialog
          document={document}
          onClose={() => setDialog(null)}
          unsavedLotId={lines.find(({ lotId }) => sheet.typed.has(lotId))?.lotId ?? null}
          onGoTo={(lotId, columnId) => {
            setDialog(null)
            setSearch('')
            show(columnId === 'reason' ? 'differing' : 'all')
            goTo(lotId, columnId)
          }}
        />
      )}
      {dialog === 'cancel' && <CancelDialog head={head} onClose={() => setDialog(null)} />}
      {dialog === 'add' && (
        <AddLotDialog
          stocktakeId={head.stocktakeId}
          onClose={() => setDialog(null)}
          onAdded={(lotId) => {
            show('all')
            goTo(lotId, 'counted')
          }}
        />
      )}
    </Page>
  )
}

/** How a stocktake ended. */
function Closed({ document: { head } }: { readonly document: StocktakeDocument }) {
  const t = useText(stocktakeText)
  if (head.state === 'open') return null
  const values = { at: formatInstant(head.closedAt), person: head.closedBy ?? '' }
  return (
    <Note tone={head.state === 'posted' ? 'good' : 'plain'}>
      <span>
        {t(head.state === 'cancelled' ? 'isCancelled' : head.differing === 0 ? 'isPostedSame' : 'isPosted', values)}
      </span>
      {head.postingSeq !== null && <Link href={`/ledger/${head.postingSeq}`}>{t('openPosting')}</Link>}
    </Note>
  )
}
