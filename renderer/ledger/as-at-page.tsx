import { Button, SegmentedControl } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { Link, useSearchParams } from 'wouter'
import { formatNumber } from '../format.ts'
import { useMe } from '../frame/me.ts'
import { Page } from '../frame/page.tsx'
import { Refusals } from '../frame/refusals.tsx'
import type { GridColumn } from '../grid/column.ts'
import { Grid } from '../grid/grid.tsx'
import { api, outcomeOf } from '../query.ts'
import { ledgerText } from '../text/ledger.ts'
import { nameOf, pickName, useLanguage, useText } from '../text/text.ts'
import { measureName, wordText } from '../text/words.ts'
import { DayField } from './day-field.tsx'
import { byItem, byLot, placeKinds, type StockPlaceKind, type StockThen } from './stock-as-at.ts'

const views = ['item', 'lot'] as const
const rowId = (row: StockThen) => row.id

/** What was where at the end of a business date; `?date=2026-11-01` begins with that one. */
export function AsAtPage() {
  const t = useText(ledgerText)
  const words = useText(wordText)
  const language = useLanguage()
  const me = useMe()
  const [address] = useSearchParams()
  const [date, setDate] = useState(address.get('date') ?? me.businessDate)
  const [kind, setKind] = useState<StockPlaceKind | null>('depot')
  const [view, setView] = useState<(typeof views)[number]>('item')
  const [search, setSearch] = useState('')
  const active = useQuery(api.item.list.queryOptions({ input: { archived: false } }))
  const archived = useQuery(api.item.list.queryOptions({ input: { archived: true } }))
  const stock = useQuery({
    ...api.ledger.asAt.queryOptions({ input: { date, placeId: null } }),
    placeholderData: keepPreviousData,
  })
  const items = useMemo(
    () => new Map([...(active.data ?? []), ...(archived.data ?? [])].map((row) => [row.itemId, row])),
    [active.data, archived.data],
  )
  const rows = useMemo(
    () =>
      stock.data && active.data && archived.data ? (view === 'item' ? byItem : byLot)(stock.data, kind) : undefined,
    [stock.data, active.data, archived.data, view, kind],
  )
  const itemName = (row: StockThen) => {
    const item = items.get(row.itemId)
    return item ? [nameOf(item, language), item.specification].filter(Boolean).join(' ') : ''
  }
  const columns: readonly GridColumn<StockThen>[] = [
    {
      id: 'place',
      header: t('place'),
      kind: 'text',
      value: (row) => pickName(row.placeName, row.placeNameEn, language),
      grow: 1,
      width: 170,
    },
    {
      id: 'code',
      header: words('code'),
      kind: 'text',
      value: (row) => items.get(row.itemId)?.code ?? '',
      width: 110,
    },
    { id: 'item', header: t('item'), kind: 'text', value: itemName, grow: 2, width: 200 },
    view === 'lot'
      ? { id: 'lot', header: t('lot'), kind: 'text', value: (row) => row.lot, width: 150 }
      : { id: 'lots', header: t('lotsCount'), kind: 'number', value: (row) => row.lots, width: 90 },
    { id: 'expiresOn', header: t('expiresOn'), kind: 'date', value: (row) => row.expiresOn, width: 115 },
    {
      id: 'onHand',
      header: t('onHand'),
      kind: 'number',
      value: (row) => row.onHandBase,
      show: (value, row) =>
        `${formatNumber(Number(value))} ${measureName(items.get(row.itemId)?.baseUnit ?? '', language)}`,
      width: 150,
    },
  ]
  const searchOf = (row: StockThen) =>
    [row.placeName, row.placeNameEn, row.lot, itemName(row), items.get(row.itemId)?.search ?? ''].join(' ')
  const wrong = stock.isError ? outcomeOf(stock.error) : null
  return (
    <Page
      title={t('asAtTitle')}
      lead={t('asAtLead')}
      search={{ value: search, onChange: setSearch }}
      filters={
        <>
          <DayField inline label={t('asAtDate')} value={date} today={me.businessDate} onChange={setDate} />
          <SegmentedControl
            size="xs"
            aria-label={t('placeFilter')}
            value={kind ?? 'all'}
            onChange={(value) => setKind(placeKinds.find((one) => one === value) ?? null)}
            data={[
              ...placeKinds.map((value) => ({ value: value as string, label: t(`place-${value}`) })),
              { value: 'all', label: t('placeAll') },
            ]}
          />
          <SegmentedControl
            size="xs"
            aria-label={t('view')}
            value={view}
            onChange={(value) => setView(views.find((one) => one === value) ?? 'item')}
            data={views.map((value) => ({ value, label: t(`view-${value}`) }))}
          />
        </>
      }
      actions={
        <Button component={Link} href="/ledger" variant="default" leftSection={<IconArrowLeft size={16} aria-hidden />}>
          {t('back')}
        </Button>
      }
    >
      {wrong !== null && <Refusals {...wrong} />}
      <Grid
        key={view}
        label={t('asAtTitle')}
        stateKey={`as-at-${view}`}
        rows={wrong === null ? rows : []}
        columns={columns}
        rowId={rowId}
        search={search}
        searchOf={searchOf}
        emptyText={wrong === null ? t('asAtEmpty', { date }) : ''}
      />
    </Page>
  )
}
