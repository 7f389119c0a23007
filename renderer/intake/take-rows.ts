import type { ItemRow } from '../../api/contract/item.ts'
import { nameKey } from '../../core/text.ts'
import { blankLine, type DraftLine } from '../delivery/line.ts'
import type { NewKey } from '../delivery/lines.ts'
import { type ListRow, statusOf } from './list-rows.ts'
import { packsOf } from './senders.ts'
import type { TargetKind } from './target.ts'

/** The rows that can be taken as they stand, and those that wait. */
export function partRows(
  rows: readonly ListRow[],
  target: TargetKind,
): { readonly clean: readonly ListRow[]; readonly rest: readonly ListRow[] } {
  const clean: ListRow[] = []
  const rest: ListRow[] = []
  for (const row of rows) (statusOf(row, target) === 'sure' ? clean : rest).push(row)
  return { clean, rest }
}

/** Draft rows as lines of a delivery: in packs where the list counts packs, in pieces otherwise. */
export function deliveryLines(
  rows: readonly ListRow[],
  items: ReadonlyMap<string, ItemRow>,
  newKey: NewKey,
): DraftLine[] {
  return rows.flatMap(({ row }) => {
    const item = row.match === null ? undefined : items.get(row.match)
    if (item === undefined || row.quantityBase === null) return []
    const line = blankLine(newKey())
    const inPacks = packsOf(row, item)
    return [
      {
        ...line,
        itemId: item.itemId,
        cells: {
          ...line.cells,
          lot: row.lot ?? '',
          madeOn: row.madeOn ?? '',
          expiresOn: row.expiresOn ?? '',
          standard: row.standard ?? '',
          ...(inPacks !== null
            ? {
                packs: String(inPacks.packs),
                packSizeBase: inPacks.packSizeBase === item.packSizeBase ? '' : String(inPacks.packSizeBase),
              }
            : { piecesBase: String(row.quantityBase) }),
        },
      },
    ]
  })
}

/** The one sender that all rows name, by its key; null when there are none or several. */
export function onlySender(rows: readonly ListRow[]): string | null {
  let found: string | null = null
  for (const { row } of rows) {
    if (row.party === null) continue
    if (found === null) found = row.party
    else if (nameKey(found) !== nameKey(row.party)) return null
  }
  return found
}

export type PlaceQuantity = {
  readonly row: ListRow
  readonly placeId: number
  readonly itemId: number
  readonly quantityBase: number
  readonly date: string
  readonly note: string
}

/** Rows as what a unit has or asks for. Rows without a date are of today. */
export function placeQuantities(
  rows: readonly ListRow[],
  items: ReadonlyMap<string, ItemRow>,
  today: string,
): PlaceQuantity[] {
  return rows.flatMap((row) => {
    const item = row.row.match === null ? undefined : items.get(row.row.match)
    if (item === undefined || row.placeId === null || row.row.quantityBase === null) return []
    return [
      {
        row,
        placeId: row.placeId,
        itemId: item.itemId,
        quantityBase: row.row.quantityBase,
        date: row.row.date ?? today,
        note: row.row.note ?? '',
      },
    ]
  })
}
