import { Button, NativeSelect } from '@mantine/core'
import { IconArrowBackUp, IconHistory, IconTrash, IconTruck } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { GridApi } from 'ag-grid-community'
import { useCallback, useMemo, useRef, useState } from 'react'
import { Link, useLocation, useSearchParams } from 'wouter'
import { type PostingHead, postingKinds } from '../../api/contract/ledger.ts'
import { useKeys } from '../frame/keys.tsx'
import { useMe } from '../frame/me.ts'
import { Page } from '../frame/page.tsx'
import { Refusals } from '../frame/refusals.tsx'
import type { GridColumn } from '../grid/column.ts'
import { useFirstRowFocus } from '../grid/first-row-focus.ts'
import { Grid } from '../grid/grid.tsx'
import { api, outcomeOf } from '../query.ts'
import { ledgerText } from '../text/ledger.ts'
import { type Language, pickName, useLanguage, useText } from '../text/text.ts'
import { wordText } from '../text/words.ts'
import styles from './ledger.module.css'

const pageSize = 500
const rowId = (row: PostingHead) => String(row.postingSeq)
const searchOf = (row: PostingHead) =>
  [
    row.number,
    row.reason,
    row.person,
    row.corrects,
    row.correctedBy,
    row.businessDate,
    row.fromName,
    row.fromNameEn,
    row.toName,
    row.toNameEn,
  ].join(' ')

/** `北滘分仓 → 杏坛防疫卡口`, and how many other ways there are in it. */
function routeOf({ fromName, fromNameEn, toName, toNameEn, routes }: PostingHead, language: Language): string {
  if (fromName === null || toName === null) return ''
  const first = `${pickName(fromName, fromNameEn ?? '', language)} → ${pickName(toName, toNameEn ?? '', language)}`
  return routes > 1 ? `${first} +${routes - 1}` : first
}

/** Every posting, newest first. `?kind=return` shows one kind, `?text=2026-11-24` what has this text, such as a day. */
export function LedgerPage() {
  const t = useText(ledgerText)
  const words = useText(wordText)
  const language = useLanguage()
  const me = useMe()
  const [, go] = useLocation()
  const [address, setAddress] = useSearchParams()
  const [search, setSearch] = useState(address.get('text') ?? '')
  const kind = postingKinds.find((one) => one === address.get('kind')) ?? null
  const list = useInfiniteQuery(
    api.ledger.list.infiniteOptions({
      input: (before: number | null) => ({ kinds: kind === null ? null : [kind], before, limit: pageSize }),
      initialPageParam: null,
      getNextPageParam: (page) => (page.length < pageSize ? undefined : page[page.length - 1]!.postingSeq),
    }),
  )
  const rows = useMemo(() => list.data?.pages.flat(), [list.data])
  const grid = useRef<GridApi<PostingHead> | null>(null)
  useFirstRowFocus(grid, 'number', rows)
  const onReady = useCallback((api: GridApi<PostingHead>) => {
    grid.current = api
  }, [])
  const isStaff = me.can('clerk', 'manager')
  const isManager = me.can('manager')
  useKeys('keysScreen', [
    ...(isStaff ? [{ chord: 'Alt+R', label: t('keyReturn'), run: () => go('/ledger/return') }] : []),
    ...(isManager ? [{ chord: 'Alt+X', label: t('keyWriteOff'), run: () => go('/ledger/write-off') }] : []),
    { chord: 'Alt+T', label: t('keyTransfers'), run: () => go('/ledger/transfers') },
    { chord: 'Alt+H', label: t('keyAsAt'), run: () => go('/ledger/as-at') },
  ])
  const columns = useMemo<readonly GridColumn<PostingHead>[]>(
    () => [
      { id: 'number', header: t('number'), kind: 'text', value: (row) => row.number, width: 136 },
      { id: 'kind', header: t('kind'), kind: 'text', value: (row) => words(`posting-${row.kind}`), width: 86 },
      { id: 'businessDate', header: t('businessDate'), kind: 'date', value: (row) => row.businessDate, width: 96 },
      { id: 'route', header: t('route'), kind: 'text', value: (row) => routeOf(row, language), grow: 3, width: 254 },
      { id: 'reason', header: t('reason'), kind: 'text', value: (row) => row.reason, grow: 2, width: 104 },
      {
        id: 'correction',
        header: t('correction'),
        kind: 'text',
        value: (row) =>
          row.correctedBy !== null
            ? t('correctedBy', { number: row.correctedBy })
            : row.corrects !== null
              ? t('corrects', { number: row.corrects })
              : '',
        grow: 1,
        width: 106,
      },
      { id: 'lines', header: t('lines'), kind: 'number', value: (row) => row.lines, width: 60 },
      {
        id: 'pieces',
        header: t('pieces'),
        kind: 'number',
        value: (row) => row.quantityBase,
        width: 86,
        className: (row) => (row.correctedBy === null ? undefined : styles.corrected),
      },
      { id: 'person', header: t('person'), kind: 'text', value: (row) => row.person, width: 88 },
    ],
    [t, words, language],
  )
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      search={{ value: search, onChange: setSearch, placeholder: t('search') }}
      filters={
        <NativeSelect
          className={styles.short ?? ''}
          size="xs"
          aria-label={t('kindFilter')}
          value={kind ?? ''}
          onChange={(event) => setAddress(event.currentTarget.value === '' ? {} : { kind: event.currentTarget.value })}
          data={[
            { value: '', label: t('allKinds') },
            ...postingKinds.map((value) => ({ value: value as string, label: words(`posting-${value}`) })),
          ]}
        />
      }
    >
      <div className={styles.bar}>
        <Button
          component={Link}
          href="/ledger/as-at"
          variant="default"
          leftSection={<IconHistory size={16} aria-hidden />}
          rightSection={<kbd>Alt+H</kbd>}
        >
          {t('asAt')}
        </Button>
        <Button
          component={Link}
          href="/ledger/transfers"
          variant="default"
          leftSection={<IconTruck size={16} aria-hidden />}
          rightSection={<kbd>Alt+T</kbd>}
        >
          {t('transfers')}
        </Button>
        {isManager && (
          <Button
            component={Link}
            href="/ledger/write-off"
            variant="default"
            leftSection={<IconTrash size={16} aria-hidden />}
            rightSection={<kbd>Alt+X</kbd>}
          >
            {t('toWriteOff')}
          </Button>
        )}
        {isStaff && (
          <Button
            component={Link}
            href="/ledger/return"
            variant="default"
            leftSection={<IconArrowBackUp size={16} aria-hidden />}
            rightSection={<kbd>Alt+R</kbd>}
          >
            {t('toReturn')}
          </Button>
        )}
        {list.hasNextPage && (
          <Button variant="default" aria-busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('older')}
          </Button>
        )}
      </div>
      {list.error !== null && <Refusals {...outcomeOf(list.error)} />}
      <Grid
        label={t('title')}
        rows={rows}
        columns={columns}
        rowId={rowId}
        onReady={onReady}
        stateKey="ledger"
        search={search}
        searchOf={searchOf}
        emptyText={
          kind === null ? (
            <>
              <span>{t('empty')}</span>
              <Button component={Link} href="/deliveries/new">
                {t('toDelivery')}
              </Button>
            </>
          ) : (
            t('emptyKind')
          )
        }
        onOpen={(row) => go(`/ledger/${row.postingSeq}`)}
      />
    </Page>
  )
}
