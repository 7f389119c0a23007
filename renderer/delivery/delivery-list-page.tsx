import { Button } from '@mantine/core'
import { IconPlus, IconPrinter } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { GridApi } from 'ag-grid-community'
import { useCallback, useMemo, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import type { DeliveryDocument, DeliveryHead } from '../../api/contract/delivery.ts'
import { useKeys } from '../frame/keys.tsx'
import { useMe } from '../frame/me.ts'
import { Page } from '../frame/page.tsx'
import { Refusals } from '../frame/refusals.tsx'
import type { GridColumn } from '../grid/column.ts'
import { useFirstRowFocus } from '../grid/first-row-focus.ts'
import { Grid } from '../grid/grid.tsx'
import { listedRows } from '../grid/listed-rows.ts'
import { deliveryReportRequest } from '../print/delivery-report.tsx'
import { openPreview } from '../print/print.tsx'
import { api, client, outcomeOf } from '../query.ts'
import { deliveryText } from '../text/delivery.ts'
import { pickName, useLanguage, useText } from '../text/text.ts'
import styles from './delivery.module.css'
import { DraftList } from './draft-list.tsx'

const pageSize = 500
const rowId = (row: DeliveryHead) => String(row.postingSeq)
const searchOf = (row: DeliveryHead) =>
  [row.number, row.supplierName, row.supplierNameEn, row.noteNumber, row.depotName, row.person, row.note].join(' ')

const atOnce = 8

async function readDeliveries(heads: readonly DeliveryHead[]): Promise<DeliveryDocument[]> {
  const documents: DeliveryDocument[] = []
  for (let index = 0; index < heads.length; index += atOnce) {
    const some = heads.slice(index, index + atOnce)
    documents.push(...(await Promise.all(some.map(({ postingSeq }) => client.delivery.get({ postingSeq })))))
  }
  return documents
}

/** Deliveries, newest first. */
export function DeliveryListPage() {
  const t = useText(deliveryText)
  const language = useLanguage()
  const me = useMe()
  const [, go] = useLocation()
  const [search, setSearch] = useState('')
  const [marked, setMarked] = useState<readonly DeliveryHead[]>([])
  const [focused, setFocused] = useState<DeliveryHead | null>(null)
  const list = useInfiniteQuery(
    api.delivery.list.infiniteOptions({
      input: (before: number | null) => ({ before, limit: pageSize, supplierId: null }),
      initialPageParam: null,
      getNextPageParam: (page) => (page.length < pageSize ? undefined : page[page.length - 1]!.postingSeq),
    }),
  )
  const rows = useMemo(() => list.data?.pages.flat(), [list.data])
  const grid = useRef<GridApi<DeliveryHead> | null>(null)
  const onReady = useCallback((ready: GridApi<DeliveryHead>) => {
    grid.current = ready
  }, [])
  useFirstRowFocus(grid, 'number', rows)
  const canAdd = me.can('clerk', 'manager')
  const chosen = marked.length > 0 ? marked : focused === null ? [] : [focused]
  const [failure, setFailure] = useState<ReturnType<typeof outcomeOf> | null>(null)
  const print = async (heads: readonly DeliveryHead[], kind: 'goods-receipts' | 'report') => {
    if (heads.length === 0) return
    try {
      setFailure(null)
      const documents = await readDeliveries(heads)
      openPreview(kind === 'report' ? deliveryReportRequest(documents) : { kind, documents })
    } catch (error) {
      setFailure(outcomeOf(error))
    }
  }
  const printReport = () => void print(marked.length > 0 ? marked : listedRows(grid.current), 'report')
  useKeys('keysScreen', [
    ...(canAdd ? [{ chord: 'Alt+N', label: t('keyAdd'), run: () => go('/deliveries/new') }] : []),
    { chord: 'Ctrl+P', label: t('keyPrintMarked'), run: () => void print(chosen, 'goods-receipts') },
    { chord: 'Alt+R', label: t('keyPrintDeliveries'), run: printReport },
  ])
  const columns = useMemo<readonly GridColumn<DeliveryHead>[]>(
    () => [
      { id: 'number', header: t('number'), kind: 'text', value: (row) => row.number, width: 145 },
      { id: 'businessDate', header: t('businessDate'), kind: 'date', value: (row) => row.businessDate, width: 105 },
      {
        id: 'supplier',
        header: t('supplier'),
        kind: 'text',
        value: (row) => pickName(row.supplierName, row.supplierNameEn, language),
        grow: 2,
        width: 190,
      },
      { id: 'noteNumber', header: t('noteNumber'), kind: 'text', value: (row) => row.noteNumber, grow: 1, width: 120 },
      {
        id: 'depot',
        header: t('depot'),
        kind: 'text',
        value: (row) => pickName(row.depotName, row.depotNameEn, language),
        grow: 1,
        width: 115,
      },
      { id: 'lines', header: t('lines'), kind: 'number', value: (row) => row.lines, width: 70 },
      { id: 'accepted', header: t('acceptedPieces'), kind: 'number', value: (row) => row.acceptedBase, width: 95 },
      { id: 'rejected', header: t('rejectedPieces'), kind: 'number', value: (row) => row.rejectedBase, width: 85 },
      { id: 'person', header: t('person'), kind: 'text', value: (row) => row.person, width: 95 },
    ],
    [t, language],
  )
  const onFocusCell = useCallback((row: DeliveryHead | null) => setFocused(row), [])
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      search={{ value: search, onChange: setSearch, placeholder: t('searchDeliveries') }}
      actions={
        <>
          {list.hasNextPage && (
            <Button variant="default" aria-busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              {t('older')}
            </Button>
          )}
          <Button
            variant="default"
            leftSection={<IconPrinter size={16} aria-hidden />}
            rightSection={<kbd>Ctrl+P</kbd>}
            disabled={chosen.length === 0}
            onClick={() => void print(chosen, 'goods-receipts')}
          >
            {marked.length > 0 ? t('marked', { count: marked.length }) : t('printMarked')}
          </Button>
          <Button
            variant="default"
            leftSection={<IconPrinter size={16} aria-hidden />}
            rightSection={<kbd>Alt+R</kbd>}
            disabled={rows === undefined || rows.length === 0}
            onClick={printReport}
          >
            {t('printDeliveries')}
          </Button>
          {canAdd && (
            <Button
              leftSection={<IconPlus size={16} aria-hidden />}
              rightSection={<kbd>Alt+N</kbd>}
              onClick={() => go('/deliveries/new')}
            >
              {t('add')}
            </Button>
          )}
        </>
      }
    >
      {list.error !== null && <Refusals {...outcomeOf(list.error)} />}
      {failure !== null && <Refusals {...failure} />}
      {canAdd && <DraftList />}
      <div className={styles.table}>
        <Grid
          label={t('title')}
          rows={rows}
          columns={columns}
          rowId={rowId}
          stateKey="delivery"
          search={search}
          searchOf={searchOf}
          emptyText={t('empty')}
          onOpen={(row) => go(`/deliveries/${row.postingSeq}`)}
          onFocusCell={onFocusCell}
          onMark={setMarked}
          onReady={onReady}
        />
      </div>
    </Page>
  )
}
