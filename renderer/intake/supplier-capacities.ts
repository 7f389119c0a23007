import type { ItemRow } from '../../api/contract/item.ts'
import type { SupplierRow } from '../../api/contract/place.ts'
import { nameKey } from '../../core/text.ts'
import type { ListRow } from './list-rows.ts'

export type SupplierCapacity = {
  /** The first row that names it: where a refusal is shown. */
  readonly row: ListRow
  readonly name: string
  /** Null: it isn't on file yet. */
  readonly placeId: number | null
  readonly capacity: readonly { readonly itemId: number; readonly perDayBase: number }[]
}

/**
 * Rows as manufacturers with what they make in a day, in the order of the list. Several products of one manufacturer that
 * are the same item add up.
 */
export function supplierCapacities(
  rows: readonly ListRow[],
  items: ReadonlyMap<string, ItemRow>,
  find: (name: string) => number | null,
): SupplierCapacity[] {
  const found = new Map<string, { row: ListRow; name: string; placeId: number | null; perDay: Map<number, number> }>()
  for (const row of rows) {
    const { party, match, quantityBase } = row.row
    const item = match === null ? undefined : items.get(match)
    if (party === null || item === undefined || quantityBase === null) continue
    const placeId = find(party)
    const key = placeId === null ? nameKey(party) : String(placeId)
    const supplier = found.get(key) ?? { row, name: party, placeId, perDay: new Map<number, number>() }
    supplier.perDay.set(item.itemId, (supplier.perDay.get(item.itemId) ?? 0) + quantityBase)
    found.set(key, supplier)
  }
  return [...found.values()].map(({ perDay, ...supplier }) => ({
    ...supplier,
    capacity: [...perDay].map(([itemId, perDayBase]) => ({ itemId, perDayBase })),
  }))
}

/** The next free code of our own: `CJ-001`, `CJ-002` … (厂家). */
export function nextSupplierCode(taken: ReadonlySet<string>): string {
  for (let number = 1; ; number += 1) {
    const code = `CJ-${String(number).padStart(3, '0')}`
    if (!taken.has(code)) return code
  }
}

/** A manufacturer as the list describes it, to be looked over later. */
export function newSupplierOf(one: SupplierCapacity, taken: ReadonlySet<string>) {
  const { more, note } = one.row.row
  const short = (text: string | undefined) => (text ?? '').slice(0, 60)
  return {
    placeId: null,
    version: null,
    code: nextSupplierCode(taken),
    name: one.name.slice(0, 60),
    nameEn: '',
    town: short(more?.town),
    address: short(more?.address),
    contact: short(more?.contact),
    phone: short(more?.phone),
    note: (note ?? '').slice(0, 500),
    supplierKind: 'manufacturer' as const,
    licence: short(more?.licence),
    capacity: [...one.capacity],
  }
}

/** What it is said to make takes the place of what was on file of the same items; the rest stands. */
export const withCapacity = (supplier: SupplierRow, capacity: SupplierCapacity['capacity']): SupplierRow => {
  const changed = new Set(capacity.map(({ itemId }) => itemId))
  return { ...supplier, capacity: [...supplier.capacity.filter(({ itemId }) => !changed.has(itemId)), ...capacity] }
}
