import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useSearchParams } from 'wouter'
import type { ItemRow } from '../../api/contract/item.ts'
import { Page } from '../frame/page.tsx'
import { Reading } from '../frame/reading.tsx'
import { Refusals } from '../frame/refusals.tsx'
import { api, outcomeOf } from '../query.ts'
import { labelText } from '../text/label.ts'
import { nameOf, useLanguage, useText } from '../text/text.ts'
import { LabelForm } from './label-form.tsx'
import { deliverySources, type LabelSource, stockSources } from './label-rows.ts'

const idOf = (text: string | null): number | null =>
  text !== null && /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null

/**
 * Labels for lots, shelves and cartons. `?delivery=<postingSeq>` begins with its lines, `?item=<id>` with the item's lots
 * in stock, of which `&lots=<ids>` are the chosen ones; without either it is empty.
 */
export function LabelPage() {
  const t = useText(labelText)
  const language = useLanguage()
  const [address] = useSearchParams()
  const postingSeq = idOf(address.get('delivery'))
  const itemId = idOf(address.get('item'))
  const chosen = address.get('lots')
  const items = useQuery(api.item.list.queryOptions({ input: { archived: false } }))
  const aliases = useQuery(api.alias.list.queryOptions())
  const delivery = useQuery({
    ...api.delivery.get.queryOptions({ input: { postingSeq: postingSeq ?? 1 } }),
    enabled: postingSeq !== null,
  })
  const lots = useQuery({
    ...api.stock.lots.queryOptions({ input: { itemId: itemId ?? 1, depotId: null } }),
    enabled: itemId !== null,
  })
  const ready =
    items.data !== undefined &&
    aliases.data !== undefined &&
    (postingSeq === null || delivery.data !== undefined) &&
    (itemId === null || lots.data !== undefined)
  const begun = useMemo((): {
    items: ReadonlyMap<number, ItemRow>
    sources: readonly LabelSource[]
    from: string
  } | null => {
    if (!ready) return null
    const byId = new Map((items.data ?? []).map((row) => [row.itemId, row]))
    const codes = aliases.data?.codes ?? []
    if (delivery.data && postingSeq !== null) {
      const from = t('fromDelivery', { number: delivery.data.head.number })
      return { items: byId, sources: deliverySources(delivery.data, byId, codes), from }
    }
    const item = itemId === null ? undefined : byId.get(itemId)
    if (!item) return { items: byId, sources: [], from: '' }
    const wanted = chosen === null ? null : new Set(chosen.split(','))
    const rows = (lots.data ?? []).filter((lot) => wanted === null || wanted.has(String(lot.lotId)))
    return {
      items: byId,
      sources: stockSources(item, rows, codes),
      from: t('fromStock', { item: nameOf(item, language) }),
    }
  }, [ready, items.data, aliases.data, delivery.data, lots.data, postingSeq, itemId, chosen, t, language])
  const failed = items.error ?? aliases.error ?? delivery.error ?? lots.error
  if (failed) {
    return (
      <Page title={t('title')} scroll>
        <Refusals {...outcomeOf(failed)} />
      </Page>
    )
  }
  if (begun === null) return <Reading />
  return <LabelForm key={address.toString()} {...begun} codes={aliases.data?.codes ?? []} />
}
