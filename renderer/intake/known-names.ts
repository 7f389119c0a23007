import type { ItemRow } from '../../api/contract/item.ts'
import { normaliseGtin } from '../../core/gs1.ts'
import { type CatalogueItem, catalogueItem } from '../../core/intake/catalogue.ts'
import { nameKey } from '../../core/text.ts'

/** What the program has learnt of names and codes; the answer of `alias.list`. */
export type Learnt = {
  readonly names: readonly {
    readonly kind: 'item' | 'unit' | 'supplier'
    readonly key: string
    readonly alias: string
    readonly targetId: number
  }[]
  readonly codes: readonly { readonly code: string; readonly itemId: number; readonly packSizeBase: number }[]
}

/** Items as the intake needs them, with the barcodes that scanners taught. Archived items are not matched. */
export function catalogueOf(items: readonly ItemRow[], learnt: Learnt): CatalogueItem[] {
  const gtins = new Map<number, string[]>()
  for (const { code, itemId } of learnt.codes) {
    const gtin = normaliseGtin(code)
    if (gtin !== null) gtins.set(itemId, [...(gtins.get(itemId) ?? []), gtin])
  }
  return items.filter((item) => item.archivedAt === null).map((item) => catalogueItemOf(item, gtins.get(item.itemId)))
}

export function catalogueItemOf(item: ItemRow, gtins: readonly string[] = []): CatalogueItem {
  return catalogueItem({
    code: item.code,
    name: item.name,
    nameEn: item.nameEn,
    specification: item.specification,
    standard: item.standard,
    baseUnit: item.baseUnit,
    packs: item.packName === '' ? [] : [{ unit: item.packName, sizeBase: item.packSizeBase }],
    gtins,
    shelfLifeDays: item.shelfLifeDays,
  })
}

/** Names as lists write them → code of the item that a clerk chose. */
export function itemAliases(items: readonly ItemRow[], learnt: Learnt): [string, string][] {
  const codes = new Map(items.map((item) => [item.itemId, item.code]))
  return learnt.names.flatMap(({ kind, key, targetId }) => {
    const code = codes.get(targetId)
    return kind === 'item' && code !== undefined ? [[key, code] as [string, string]] : []
  })
}

type Place = { readonly placeId: number; readonly code: string; readonly name: string; readonly nameEn: string }

/**
 * From the name of a unit or a supplier as a list writes it to the one on file: by name, English name, code, or what a
 * clerk chose for it. Null where none fits or several do: places are never guessed at.
 */
export function createPlaceFinder(
  places: readonly Place[],
  learnt: Learnt,
  kind: 'unit' | 'supplier',
): (written: string | null) => number | null {
  const known = new Map<string, number | null>()
  const add = (name: string, placeId: number) => {
    const key = nameKey(name)
    if (key === '') return
    const before = known.get(key)
    known.set(key, before === undefined || before === placeId ? placeId : null)
  }
  for (const place of places) for (const name of [place.name, place.nameEn, place.code]) add(name, place.placeId)
  const ids = new Set(places.map((place) => place.placeId))
  for (const name of learnt.names) if (name.kind === kind && ids.has(name.targetId)) known.set(name.key, name.targetId)
  return (written) => (written === null ? null : (known.get(nameKey(written)) ?? null))
}
