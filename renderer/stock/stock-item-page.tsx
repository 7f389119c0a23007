import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { Link, useParams } from 'wouter'
import type { ItemRow } from '../../api/contract/item.ts'
import { formatDays, formatMilli, formatNumber } from '../format.ts'
import { Page } from '../frame/page.tsx'
import { Reading } from '../frame/reading.tsx'
import { Substitutes } from '../item/substitutes.tsx'
import { api } from '../query.ts'
import { stockText } from '../text/stock.ts'
import { nameOf, useLanguage, useText } from '../text/text.ts'
import { measureName } from '../text/words.ts'
import { LotTable } from './lot-table.tsx'
import styles from './stock.module.css'
import { StockCard } from './stock-card.tsx'
import { type ItemStock, stockRows } from './stock-rows.ts'

/** One item: its lots, and the stock card of each depot. */
export function StockItemPage() {
  const { itemId } = useParams<{ itemId: string }>()
  const t = useText(stockText)
  const active = useQuery(api.item.list.queryOptions({ input: { archived: false } }))
  const archived = useQuery(api.item.list.queryOptions({ input: { archived: true } }))
  const item = [...(active.data ?? []), ...(archived.data ?? [])].find((row) => String(row.itemId) === itemId)
  if (item) return <StockItem key={item.itemId} item={item} />
  if (active.isPending || archived.isPending) return <Reading />
  return (
    <Page title={t('missing')} scroll>
      <Link href="/stock">{t('backToList')}</Link>
    </Page>
  )
}

function StockItem({ item }: { readonly item: ItemRow }) {
  const t = useText(stockText)
  const language = useLanguage()
  const depots = useQuery(api.depot.list.queryOptions({ input: { archived: false } }))
  const stock = useQuery(api.stock.grid.queryOptions())
  const summary = useMemo(() => {
    const [row] = stock.data ? stockRows([item], stock.data, null) : []
    return row ?? null
  }, [item, stock.data])
  const unit = measureName(item.baseUnit, language)
  const lead = [
    item.code,
    item.specification,
    item.standard,
    ...(summary
      ? [
          `${t('onHand')} ${formatNumber(summary.onHandBase)}`,
          `${t('reserved')} ${formatNumber(summary.reservedBase)}`,
          `${t('available')} ${formatNumber(summary.availableBase)} ${unit}`,
          ...(summary.coverMilliDays === null
            ? []
            : [
                `${t('cover')} ${formatDays(summary.coverMilliDays)} (${formatMilli(summary.useMilliPerDay)} ${unit}/d)`,
              ]),
        ]
      : []),
  ]
  return (
    <Page
      title={nameOf(item, language)}
      lead={lead.filter(Boolean).join(' · ')}
      actions={
        <>
          <Substitutes item={item} />
          <Button component={Link} href="/stock" variant="default">
            {t('backToList')}
          </Button>
        </>
      }
    >
      <div className={styles.parts}>
        <LotTable item={item} depots={depots.data ?? []} />
        {depots.data && stock.data && (
          <StockCard
            item={item}
            depots={depots.data}
            // The depot with the most of it is where one looks first.
            first={summary === null ? null : fullestDepot(summary)}
          />
        )}
      </div>
    </Page>
  )
}

function fullestDepot({ byDepot }: ItemStock): number | null {
  const [fullest] = [...byDepot].sort((left, right) => right[1].onHandBase - left[1].onHandBase)
  return fullest?.[0] ?? null
}
