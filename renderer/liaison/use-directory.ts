import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { ItemRow } from '../../api/contract/item.ts'
import type { SupplierRow } from '../../api/contract/place.ts'
import { api } from '../query.ts'
import { nameOf, useLanguage } from '../text/text.ts'
import { measureName } from '../text/words.ts'

export type Directory = {
  readonly suppliers: readonly SupplierRow[]
  /** That can be promised. */
  readonly items: readonly ItemRow[]
  readonly supplierById: ReadonlyMap<number, SupplierRow>
  /** Archived ones too, to name what was promised before. */
  readonly itemById: ReadonlyMap<number, ItemRow>
  readonly supplierName: (supplierId: number) => string
  readonly itemName: (itemId: number) => string
  readonly measure: (itemId: number) => string
}

/** Names of manufacturers and items in the reader's language; undefined while they are read. */
export function useDirectory(): Directory | undefined {
  const language = useLanguage()
  const suppliers = useQuery(api.supplier.list.queryOptions({ input: { archived: false } })).data
  const items = useQuery(api.item.list.queryOptions({ input: { archived: false } })).data
  const archived = useQuery(api.item.list.queryOptions({ input: { archived: true } })).data
  return useMemo(() => {
    if (!suppliers || !items || !archived) return undefined
    const supplierById = new Map(suppliers.map((row) => [row.placeId, row]))
    const itemById = new Map([...items, ...archived].map((row) => [row.itemId, row]))
    const named = <Row extends { readonly name: string; readonly nameEn: string }>(row: Row | undefined, id: number) =>
      row ? nameOf(row, language) : String(id)
    return {
      suppliers,
      items,
      supplierById,
      itemById,
      supplierName: (supplierId) => named(supplierById.get(supplierId), supplierId),
      itemName: (itemId) => named(itemById.get(itemId), itemId),
      measure: (itemId) => measureName(itemById.get(itemId)?.baseUnit ?? '', language),
    }
  }, [suppliers, items, archived, language])
}
