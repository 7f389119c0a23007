import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useSearchParams } from 'wouter'
import { useMe } from '../frame/me.ts'
import { Page } from '../frame/page.tsx'
import { Reading } from '../frame/reading.tsx'
import { Refusals } from '../frame/refusals.tsx'
import { api, outcomeOf } from '../query.ts'
import { deliveryText } from '../text/delivery.ts'
import { useText } from '../text/text.ts'
import { DeliveryForm } from './delivery-form.tsx'
import { type Draft, draftKeyOf, readDraft } from './draft.ts'
import { beginDraft, newLineKey } from './use-draft.ts'

type Begun = { readonly draft: Draft; readonly restoredAt: number | null; readonly gone: boolean }

/** `/deliveries/new`, or `/deliveries/new?draft=<request id>` to go on with a draft. */
export function NewDeliveryPage() {
  const t = useText(deliveryText)
  const me = useMe()
  const [search] = useSearchParams()
  // The address later names the draft that is being written here; what was asked for is what it named at first.
  const [wanted] = useState(() => search.get('draft'))
  const suppliers = useQuery(api.supplier.list.queryOptions({ input: { archived: false } }))
  const depots = useQuery(api.depot.list.queryOptions({ input: { archived: false } }))
  const items = useQuery(api.item.list.queryOptions({ input: { archived: false } }))
  // A draft may name an item that was archived since: it must still be known by its name, and refused by it.
  const archived = useQuery(api.item.list.queryOptions({ input: { archived: true } }))
  const newest = useQuery(api.delivery.list.queryOptions({ input: { before: null, limit: 1, supplierId: null } }))
  const saved = useQuery({
    ...api.draft.get.queryOptions({ input: { key: draftKeyOf(wanted ?? '') } }),
    enabled: wanted !== null,
    // A draft is read once when its screen opens, and always as it is then.
    staleTime: 0,
    gcTime: 0,
    refetchOnMount: 'always',
  })
  // Only what it begins with: later news must not throw away what is being written.
  const [begun, setBegun] = useState<Begun | null>(null)
  if (
    begun === null &&
    suppliers.data !== undefined &&
    depots.data !== undefined &&
    items.data !== undefined &&
    archived.data !== undefined &&
    newest.data !== undefined &&
    me.businessDate !== '' &&
    (wanted === null || (saved.isFetchedAfterMount && saved.data !== undefined))
  ) {
    const restored = saved.data == null ? null : readDraft(saved.data.content, newLineKey)
    const lastDepot = depots.data.find((depot) => depot.placeId === newest.data[0]?.depotId) ?? depots.data[0]
    setBegun({
      draft:
        restored ??
        beginDraft({
          supplierId: suppliers.data[0]?.placeId ?? null,
          depotId: lastDepot?.placeId ?? null,
          businessDate: me.businessDate,
        }),
      restoredAt: restored === null ? null : (saved.data?.updatedAt ?? null),
      gone: wanted !== null && restored === null,
    })
  }
  const failed = [suppliers, depots, items, archived, newest, saved].find((query) => query.isError)
  if (failed) return <Refusals {...outcomeOf(failed.error)} />
  if (begun === null || !suppliers.data || !depots.data || !items.data || !archived.data) return <Reading />
  if (suppliers.data.length === 0 || items.data.length === 0) {
    const missing = suppliers.data.length === 0
    return (
      <Page title={t('newTitle')} scroll>
        <p>{t(missing ? 'noSuppliers' : 'noItems')}</p>
        <div>
          <Button component={Link} href={missing ? '/manufacturers' : '/items'}>
            {t(missing ? 'toSuppliers' : 'toItems')}
          </Button>
        </div>
      </Page>
    )
  }
  return (
    <DeliveryForm
      key={begun.draft.requestId}
      draft={begun.draft}
      restoredAt={begun.restoredAt}
      gone={begun.gone}
      suppliers={suppliers.data}
      depots={depots.data}
      items={[...items.data, ...archived.data]}
    />
  )
}
