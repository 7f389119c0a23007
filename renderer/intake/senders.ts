import type { DeliveryLineInput, SenderLines } from '../../api/contract/delivery.ts'
import type { ItemRow } from '../../api/contract/item.ts'
import type { SupplierRow } from '../../api/contract/place.ts'
import type { DraftRow } from '../../core/intake/read-row.ts'
import { isSameUnit } from '../../core/intake/unit-of-measure.ts'
import { nameKey } from '../../core/text.ts'
import type { ListRow } from './list-rows.ts'
import { pause } from './pause.ts'

/** Packs only where they are the item's own: boxes counted as cartons would be read as such. */
export function packsOf(
  row: DraftRow,
  item: ItemRow,
): { readonly packs: number; readonly packSizeBase: number } | null {
  const { packBase, quantity, unit } = row
  if (packBase === null || packBase <= 1 || quantity === null || !Number.isInteger(quantity)) return null
  return unit !== null && isSameUnit(unit, item.packName) ? { packs: quantity, packSizeBase: packBase } : null
}

/** A row as a line of a delivery; null where it can't be one yet. */
export function deliveryInput({ row }: ListRow, items: ReadonlyMap<string, ItemRow>): DeliveryLineInput | null {
  const item = row.match === null ? undefined : items.get(row.match)
  if (item === undefined || row.quantityBase === null) return null
  const inPacks = packsOf(row, item)
  return {
    itemId: item.itemId,
    lot: row.lot ?? '',
    madeOn: row.madeOn,
    expiresOn: row.expiresOn,
    standard: row.standard ?? '',
    packs: inPacks?.packs ?? null,
    packSizeBase: inPacks?.packSizeBase ?? null,
    piecesBase: inPacks === null ? row.quantityBase : null,
    acceptedBase: null,
    rejectedBase: 0,
    rejectReason: '',
  }
}

/** The rows of one sender. `name` is '' for rows that name none. */
export type SenderPart = { readonly key: string; readonly name: string; readonly rows: readonly ListRow[] }

/** In the order in which the list names them. */
export function partBySender(rows: readonly ListRow[]): SenderPart[] {
  const parts = new Map<string, { key: string; name: string; rows: ListRow[] }>()
  const written = new Map<string, { key: string; name: string; rows: ListRow[] }>()
  for (const row of rows) {
    const name = row.row.party ?? ''
    let part = written.get(name)
    if (part === undefined) {
      const key = nameKey(name)
      part = parts.get(key) ?? { key, name, rows: [] }
      parts.set(key, part)
      written.set(name, part)
    }
    part.rows.push(row)
  }
  return [...parts.values()]
}

/** Whose deliveries the rows of a sender become: of a supplier on file, or of a new one of that kind; null: not said yet. */
export type SenderChoice = { readonly supplierId: number } | { readonly newKind: SupplierRow['supplierKind'] } | null

/** What becomes one delivery: the rows of a supplier on file, or of one new sender. */
const deliveryKey = (key: string, choice: NonNullable<SenderChoice>): string =>
  'supplierId' in choice ? `supplier ${choice.supplierId}` : `sender ${key}`

/** How many deliveries `deliveriesOf` gives, without looking at the rows. */
export function countDeliveries(
  parts: readonly Pick<SenderPart, 'key'>[],
  choices: ReadonlyMap<string, SenderChoice>,
): number {
  return new Set(
    parts.flatMap(({ key }) => {
      const choice = choices.get(key) ?? null
      return choice === null ? [] : [deliveryKey(key, choice)]
    }),
  ).size
}

/** How many rows become lines before the window has its turn. */
const rowsAtOnce = 2000

/**
 * What is sent, with the rows in the order of its lines. Senders that are the same supplier become one delivery.
 * @param postingIds by the key of a sender, the same however often it is sent.
 */
export async function deliveriesOf(
  parts: readonly SenderPart[],
  choices: ReadonlyMap<string, SenderChoice>,
  items: ReadonlyMap<string, ItemRow>,
  postingIds: ReadonlyMap<string, string>,
): Promise<{ readonly deliveries: readonly SenderLines[]; readonly rows: readonly ListRow[] }> {
  const groups = new Map<string, { delivery: SenderLines & { lines: DeliveryLineInput[] }; rows: ListRow[] }>()
  let done = 0
  for (const { key, name, rows } of parts) {
    const choice = choices.get(key) ?? null
    if (choice === null) continue
    const of = deliveryKey(key, choice)
    const group = groups.get(of) ?? {
      delivery: {
        postingId: postingIds.get(key)!,
        supplierId: 'supplierId' in choice ? choice.supplierId : null,
        newSupplier: 'newKind' in choice ? { name: name.slice(0, 60), supplierKind: choice.newKind } : null,
        writtenAs: [],
        staged: 0,
        lines: [],
      },
      rows: [],
    }
    groups.set(of, group)
    if (name !== '') group.delivery.writtenAs.push(name.slice(0, 200))
    for (const row of rows) {
      done += 1
      if (done % rowsAtOnce === 0) await pause()
      const input = deliveryInput(row, items)
      if (input === null) continue
      group.delivery.lines.push(input)
      group.rows.push(row)
    }
  }
  const all = [...groups.values()]
  return { deliveries: all.map((one) => one.delivery), rows: all.flatMap((one) => one.rows) }
}
