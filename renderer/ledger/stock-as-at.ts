import type { client } from '../query.ts'

export type LotThen = Awaited<ReturnType<typeof client.ledger.asAt>>[number]

export const placeKinds = ['depot', 'unit', 'transit'] as const
export type StockPlaceKind = (typeof placeKinds)[number]

/** A lot at a place, or all lots of an item there. */
export type StockThen = {
  readonly id: string
  readonly placeName: string
  readonly placeNameEn: string
  readonly itemId: number
  readonly lot: string
  readonly lots: number
  readonly expiresOn: string | null
  readonly onHandBase: number
}

/** One row for each lot at each place. */
export function byLot(rows: readonly LotThen[], kind: StockPlaceKind | null): StockThen[] {
  return rows
    .filter((row) => kind === null || row.placeKind === kind)
    .map((row) => ({ ...row, id: `${row.placeId}/${row.lotId}`, lots: 1 }))
}

/** One row for each item at each place: its lots added up, with the earliest expiry among them. */
export function byItem(rows: readonly LotThen[], kind: StockPlaceKind | null): StockThen[] {
  const groups = new Map<string, StockThen>()
  for (const row of byLot(rows, kind)) {
    const id = `${row.id.split('/')[0]}/item-${row.itemId}`
    const before = groups.get(id)
    groups.set(
      id,
      before === undefined
        ? { ...row, id, lot: '' }
        : {
            ...before,
            lots: before.lots + 1,
            onHandBase: before.onHandBase + row.onHandBase,
            expiresOn: earlier(before.expiresOn, row.expiresOn),
          },
    )
  }
  return [...groups.values()]
}

const earlier = (left: string | null, right: string | null): string | null =>
  left === null ? right : right === null || left < right ? left : right
