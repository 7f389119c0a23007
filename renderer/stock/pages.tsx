import { Anchor, Button, Select, Switch } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { Link, useLocation } from 'wouter'
import { formatDays } from '../format.ts'
import { useMe } from '../frame/me.ts'
import { Page } from '../frame/page.tsx'
import { Refusals } from '../frame/refusals.tsx'
import type { GridColumn } from '../grid/column.ts'
import { Grid } from '../grid/grid.tsx'
import { api, outcomeOf } from '../query.ts'
import { stockText } from '../text/stock.ts'
import { nameOf, useLanguage, useText } from '../text/text.ts'
import { measureName, wordText } from '../text/words.ts'
import { type CoverMark, coverMark, coverSigns } from './cover-mark.ts'
import styles from './stock.module.css'
import { type Amounts, type ItemStock, stockRows } from './stock-rows.ts'

export { StockItemPage } from './stock-item-page.tsx'

const rowKey = (row: ItemStock) => String(row.item.itemId)
const searchOf = (row: ItemStock) => row.item.search

const coverClass: Readonly<Record<CoverMark, string | undefined>> = {
  out: styles.out,
  short: styles.short,
  low: styles.low,
  enough: undefined,
  unused: undefined,
}

/** Items × depots: on hand, reserved, available, days of cover, earliest expiry. */
export function StockPage() {
  const t = useText(stockText)
  const words = useText(wordText)
  const language = useLanguage()
  const [, go] = useLocation()
  const me = useMe()
  const [search, setSearch] = useState('')
  const [depotId, setDepotId] = useState<number | null>(null)
  const [onlyStocked, setOnlyStocked] = useState(true)
  const items = useQuery(api.item.list.queryOptions({ input: { archived: false } }))
  const depots = useQuery(api.depot.list.queryOptions({ input: { archived: false } }))
  const stock = useQuery(api.stock.grid.queryOptions())
  const settings = useQuery(api.setting.get.queryOptions())
  const shortBelowDays = settings.data?.shortBelowDays ?? 0

  const all = useMemo(
    () => (items.data && stock.data ? stockRows(items.data, stock.data, depotId) : undefined),
    [items.data, stock.data, depotId],
  )
  // An item that is used and out of stock is what this page is for: it stays in sight.
  const rows = useMemo(
    () => (onlyStocked ? all?.filter((row) => row.onHandBase > 0 || row.useMilliPerDay > 0) : all),
    [all, onlyStocked],
  )
  const short =
    all?.filter((row) => ['out', 'short'].includes(coverMark(row.coverMilliDays, shortBelowDays))).length ?? 0

  const anyUnusable = all?.some((row) => row.unusableBase > 0) ?? false

  const columns = useMemo((): GridColumn<ItemStock>[] => {
    const amount = (
      id: string,
      key: keyof Amounts,
      group: string,
      of: (row: ItemStock) => Amounts | undefined,
      width = 86,
    ) => {
      const number = key !== 'earliestExpiresOn'
      return {
        id,
        header: t(number ? amountText[key] : 'earliest'),
        kind: number ? ('number' as const) : ('date' as const),
        value: (row: ItemStock) => of(row)?.[key] ?? (number ? 0 : null),
        ...(number ? { show: (value: unknown) => (value === 0 ? '' : Number(value).toLocaleString('en-US')) } : {}),
        width,
        group,
        ...(key === 'unusableBase' ? { hint: t('unusableHint'), className: () => styles.unusable } : {}),
      }
    }
    const total =
      depotId === null
        ? t('total')
        : nameOf(depots.data?.find((one) => one.placeId === depotId) ?? { name: '', nameEn: '' }, language)
    const shownDepots = depotId === null && (depots.data?.length ?? 0) > 1 ? (depots.data ?? []) : []
    return [
      { id: 'code', header: words('code'), kind: 'text', value: (row) => row.item.code, width: 92, pinned: 'left' },
      {
        id: 'item',
        header: t('item'),
        kind: 'text',
        value: (row) => [nameOf(row.item, language), row.item.specification].filter(Boolean).join(' · '),
        width: 210,
        pinned: 'left',
      },
      {
        id: 'cover',
        header: t('cover'),
        hint: t('coverHint'),
        kind: 'number',
        value: (row) => row.coverMilliDays,
        show: (value, row) =>
          value === null
            ? ''
            : `${coverSigns[coverMark(row.coverMilliDays, shortBelowDays)]} ${formatDays(value as number)}`,
        className: (row) => coverClass[coverMark(row.coverMilliDays, shortBelowDays)],
        width: 96,
        pinned: 'left',
      },
      {
        id: 'unit',
        header: words('unitOfMeasure'),
        kind: 'text',
        value: (row) => measureName(row.item.baseUnit, language),
        width: 82,
      },
      amount('onHand', 'onHandBase', total, (row) => row),
      amount('reserved', 'reservedBase', total, (row) => row),
      amount('available', 'availableBase', total, (row) => row),
      // Rare, so only where there is some.
      ...(anyUnusable ? [amount('unusable', 'unusableBase', total, (row) => row, 84)] : []),
      amount('earliest', 'earliestExpiresOn', total, (row) => row, 102),
      ...shownDepots.flatMap((depot) => {
        const group = nameOf(depot, language)
        const at = (row: ItemStock) => row.byDepot.get(depot.placeId)
        return [
          amount(`onHand-${depot.placeId}`, 'onHandBase', group, at),
          amount(`reserved-${depot.placeId}`, 'reservedBase', group, at),
          amount(`available-${depot.placeId}`, 'availableBase', group, at),
          amount(`earliest-${depot.placeId}`, 'earliestExpiresOn', group, at, 102),
        ]
      }),
    ]
  }, [t, words, language, depots.data, depotId, shortBelowDays, anyUnusable])

  const failed = items.error ?? stock.error
  return (
    <Page
      title={t('title')}
      lead={short > 0 ? `${t('shortCount', { count: short, days: shortBelowDays })} · ${t('lead')}` : t('lead')}
      search={{ value: search, onChange: setSearch, placeholder: t('search') }}
      filters={
        <>
          {me.can('manager') && (
            <Anchor component={Link} href="/stock/intake" size="sm">
              {t('readOpening')}
            </Anchor>
          )}
          <Switch
            size="xs"
            label={t('onlyStocked')}
            checked={onlyStocked}
            onChange={(event) => setOnlyStocked(event.currentTarget.checked)}
          />
          <Select
            size="xs"
            w={150}
            aria-label={t('depot')}
            value={depotId === null ? 'all' : String(depotId)}
            allowDeselect={false}
            data={[
              { value: 'all', label: t('allDepots') },
              ...(depots.data ?? []).map((depot) => ({ value: String(depot.placeId), label: nameOf(depot, language) })),
            ]}
            onChange={(value) => setDepotId(value === null || value === 'all' ? null : Number(value))}
          />
        </>
      }
    >
      {failed && <Refusals {...outcomeOf(failed)} />}
      <Grid
        label={t('title')}
        stateKey={depotId === null ? 'stock' : 'stock-one'}
        rows={rows}
        columns={columns}
        rowId={rowKey}
        onOpen={(row) => go(`/stock/${row.item.itemId}`)}
        search={search}
        searchOf={searchOf}
        emptyText={
          <>
            <span>{t('empty')}</span>
            <Button component={Link} href="/deliveries/new">
              {t('toDelivery')}
            </Button>
            <Button component={Link} href="/stock/intake" variant="default">
              {t('readOpening')}
            </Button>
          </>
        }
      />
    </Page>
  )
}

const amountText = {
  onHandBase: 'onHand',
  reservedBase: 'reserved',
  availableBase: 'available',
  unusableBase: 'unusable',
} as const
