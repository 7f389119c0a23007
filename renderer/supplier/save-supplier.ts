import type { SupplierRow } from '../../api/contract/place.ts'
import { refusal } from '../../core/refusal.ts'
import { upsertPlace } from '../frame/place-fields.ts'
import { api, client, type Outcome, queryClient, sendCommand } from '../query.ts'

/** One after the other, each upon the version that the one before has made: two quick edits are no conflict. */
let last: Promise<unknown> = Promise.resolve()

/** Saves a change of a supplier over what it is when its turn comes. */
export function changeSupplier(
  placeId: number,
  requestId: string,
  change: (supplier: SupplierRow) => SupplierRow,
): Promise<Outcome<SupplierRow>> {
  const turn = last.then(async (): Promise<Outcome<SupplierRow>> => {
    const { queryKey } = api.supplier.list.queryOptions({ input: { archived: false } })
    const supplier = queryClient.getQueryData<SupplierRow[]>(queryKey)?.find((row) => row.placeId === placeId)
    if (!supplier)
      return { ok: false, refusals: [refusal('not-found', { field: 'placeId', given: placeId })], fault: null }
    const { search: _, archivedAt: __, lastDeliveryAt: ___, ...fields } = change(supplier)
    const outcome = await sendCommand(client.supplier.save, { ...fields, requestId })
    if (outcome.ok) queryClient.setQueryData<SupplierRow[]>(queryKey, (now) => upsertPlace(now, outcome.value))
    return outcome
  })
  last = turn.catch(() => undefined)
  return turn
}
