import { normaliseText } from '../text.ts'
import { type CatalogueItem, type CataloguePack, catalogueItem } from './catalogue.ts'
import type { IntakeResult } from './intake.ts'
import { readPackSize } from './pack-size.ts'
import { isSameUnit, knownUnit } from './unit-of-measure.ts'

/**
 * A catalogue from a file: JSON (a list of names, or of objects with the field's usual names in Chinese or English), or a
 * sheet of items read through the intake itself.
 */
export type CatalogueReading =
  | { readonly ok: true; readonly items: readonly CatalogueItem[] }
  | { readonly ok: false; readonly index: number | null; readonly given: string }

type Json = { readonly [key: string]: unknown }

const keysOf = {
  code: ['code', 'sku', 'id', 'itemCode', '编码', '物资编码', '代码', '编号'],
  name: ['name', 'nameZh', 'item', 'zh', '名称', '品名', '物资名称', '物资'],
  nameEn: ['nameEn', 'name_en', 'en', 'english', '英文名', '英文名称'],
  specification: ['specification', 'spec', '规格', '规格型号'],
  standard: ['standard', 'grade', '执行标准', '标准'],
  baseUnit: ['baseUnit', 'base_unit', 'unit', 'uom', '计量单位', '单位', '基本单位'],
  aliases: ['aliases', 'alias', 'synonyms', '别名'],
  packs: ['packs', 'pack', '包装'],
  gtins: ['gtins', 'gtin', 'barcode', 'barcodes', '条码'],
  usual: ['usualQuantityBase', 'usualQuantity', 'usual'],
  shelfLifeDays: ['shelfLifeDays', 'shelf_life_days'],
} as const

export function readCatalogueJson(value: unknown): CatalogueReading {
  const list = Array.isArray(value)
    ? value
    : isJson(value)
      ? (value.items ?? value.catalogue ?? value.data ?? null)
      : null
  if (!Array.isArray(list)) return { ok: false, index: null, given: typeof value }
  const items: CatalogueItem[] = []
  for (let index = 0; index < list.length; index += 1) {
    const item = readItem(list[index])
    if (item === null) return { ok: false, index, given: JSON.stringify(list[index] ?? null).slice(0, 80) }
    items.push(item)
  }
  return { ok: true, items }
}

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

function readItem(value: unknown): CatalogueItem | null {
  if (typeof value === 'string')
    return normaliseText(value) === '' ? null : catalogueItem({ name: normaliseText(value) })
  if (!isJson(value)) return null
  const pick = (keys: readonly string[]): unknown =>
    keys.map((key) => value[key]).find((one) => one !== undefined && one !== null)
  const text = (keys: readonly string[]): string => {
    const found = pick(keys)
    return typeof found === 'string' ? normaliseText(found) : typeof found === 'number' ? String(found) : ''
  }
  const name = text(keysOf.name) || text(keysOf.nameEn)
  if (name === '') return null
  const usual = pick(keysOf.usual)
  const shelfLife = pick(keysOf.shelfLifeDays)
  return catalogueItem({
    code: text(keysOf.code) || name,
    name,
    nameEn: text(keysOf.nameEn),
    specification: text(keysOf.specification),
    standard: text(keysOf.standard),
    baseUnit: text(keysOf.baseUnit),
    aliases: texts(pick(keysOf.aliases)),
    gtins: texts(pick(keysOf.gtins)),
    packs: packsOf(value, pick(keysOf.packs), text(keysOf.specification)),
    usualQuantityBase: typeof usual === 'number' && usual > 0 ? usual : null,
    shelfLifeDays: typeof shelfLife === 'number' && shelfLife > 0 ? shelfLife : null,
  })
}

function texts(value: unknown): string[] {
  if (typeof value === 'string')
    return value
      .split(/[,、;|]/)
      .map(normaliseText)
      .filter((part) => part !== '')
  return Array.isArray(value) ? value.filter((part) => typeof part === 'string').map(normaliseText) : []
}

/** The packs listed, the pair packName and packSizeBase on the item itself, and what its specification says; the first wins. */
function packsOf(item: Json, listed: unknown, specification: string): CataloguePack[] {
  const unit = [item.packName, item.pack_name, item.packUnit].find((one) => typeof one === 'string' && knownUnit(one))
  const size = [item.packSizeBase, item.pack_size_base, item.packSize].find(isSize)
  const own = typeof unit === 'string' && isSize(size) ? [{ unit, sizeBase: size }] : []
  const packs: CataloguePack[] = []
  for (const pack of [...readPacks(listed), ...own, ...fromSpecification(specification)]) {
    if (!packs.some((one) => isSameUnit(one.unit, pack.unit))) packs.push(pack)
  }
  return packs
}

/** `[{unit: '箱', sizeBase: 200}]`, `{箱: 200}` or `'200个/箱'`. */
function readPacks(value: unknown): CataloguePack[] {
  if (typeof value === 'string') return fromSpecification(value)
  if (Array.isArray(value)) return value.flatMap(readPacks)
  if (!isJson(value)) return []
  const unit = [value.unit, value.pack, value.packName, value.pack_name, value.name].find(
    (one) => typeof one === 'string' && knownUnit(one),
  )
  const size = [
    value.sizeBase,
    value.packSizeBase,
    value.pack_size_base,
    value.size,
    value.quantityBase,
    value.quantity,
    value.pieces,
    value.packSize,
  ].find(isSize)
  if (typeof unit === 'string' && isSize(size)) return [{ unit, sizeBase: size }]
  return Object.entries(value).flatMap(([key, count]) =>
    knownUnit(key) && isSize(count) ? [{ unit: key, sizeBase: count }] : [],
  )
}

const isSize = (value: unknown): value is number => typeof value === 'number' && Number.isInteger(value) && value > 0

function fromSpecification(text: string): CataloguePack[] {
  const { steps, doubt } = readPackSize(text)
  const step = steps[0]
  return steps.length === 1 && doubt === null && step?.outer ? [{ unit: step.outer, sizeBase: step.count }] : []
}

/** The items of a sheet that was read with kind `items`. */
export function catalogueOfSheet(result: IntakeResult): CatalogueItem[] {
  return result.rows
    .filter((row) => row.item !== null)
    .map((row) =>
      catalogueItem({
        code: row.code ?? row.item!,
        name: row.item!,
        specification: row.specification ?? '',
        standard: row.standard ?? '',
        baseUnit: row.unit ?? '',
        packs: packsOf(
          {},
          /^\d+$/.test(row.more?.packSize ?? '') ? { 箱: Number(row.more?.packSize) } : row.more?.packSize,
          row.specification ?? '',
        ),
        gtins: row.gtin ? [row.gtin] : [],
      }),
    )
}
