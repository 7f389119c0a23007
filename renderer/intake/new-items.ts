import type { ItemRow } from '../../api/contract/item.ts'
import { catalogueOfSheet } from '../../core/intake/read-catalogue.ts'
import type { DraftRow } from '../../core/intake/read-row.ts'
import { isPackWord, knownUnit } from '../../core/intake/unit-of-measure.ts'
import { nameKey, normaliseText } from '../../core/text.ts'
import type { ListRow } from './list-rows.ts'

export type NewItem = Pick<
  ItemRow,
  | 'code'
  | 'name'
  | 'nameEn'
  | 'category'
  | 'specification'
  | 'standard'
  | 'baseUnit'
  | 'packName'
  | 'packSizeBase'
  | 'shelfLifeDays'
  | 'reserveBase'
  | 'unitPriceFen'
>

/** The next free code of our own: `WZ-001`, `WZ-002` … */
export function nextItemCode(taken: ReadonlySet<string>): string {
  for (let number = 1; ; number += 1) {
    const code = `WZ-${String(number).padStart(3, '0')}`
    if (!taken.has(code)) return code
  }
}

const categoryWords: readonly (readonly [RegExp, NewItem['category']])[] = [
  [/口罩|mask|respirator|N95/i, 'mask'],
  [/防护服|隔离衣|手术衣|gown|coverall/i, 'gown'],
  [/手套|glove/i, 'gloves'],
  [/护目镜|面屏|面罩|眼罩|goggle|face ?shield/i, 'eye'],
  [/帽|鞋套|靴套|cap\b|shoe/i, 'head-foot'],
  [/消毒|酒精|洗手|84|漂白|disinfect|alcohol|sanitizer/i, 'disinfection'],
  [/体温|测温|喷雾器|呼吸机|血氧|thermometer|ventilator|sprayer/i, 'instrument'],
]

export const categoryOf = (name: string): NewItem['category'] =>
  categoryWords.find(([words]) => words.test(name))?.[1] ?? 'other'

/** What a row says of an item that is not on file yet; the clerk sees it before it is saved. */
export function newItemOf(row: DraftRow, name: string, taken: ReadonlySet<string>): NewItem {
  const [read] = catalogueOfSheet({
    kind: 'items',
    fingerprint: '',
    tables: [],
    rows: [{ ...row, item: name }],
    leftOut: [],
  })
  const unit = normaliseText(row.unit ?? '')
  const pack = read?.packs[0]
  return {
    code: row.code !== null && row.code !== '' && !taken.has(row.code) ? row.code.slice(0, 60) : nextItemCode(taken),
    name: name.slice(0, 60),
    nameEn: '',
    category: categoryOf(name),
    specification: (row.specification ?? '').slice(0, 60),
    standard: (row.standard ?? '').slice(0, 60),
    // 箱 is how it comes, not what it is counted in.
    baseUnit: unit !== '' && knownUnit(unit) && !isPackWord(unit) ? unit : '个',
    packName: pack?.unit ?? (isPackWord(unit) ? unit : '箱'),
    packSizeBase: pack?.sizeBase ?? 1,
    shelfLifeDays: null,
    reserveBase: 0,
    unitPriceFen: null,
  }
}

/** The catalogue has nothing of that name: no item of another grade, and not several that it could be. */
const asksForNew = (row: ListRow): boolean =>
  row.row.match === null &&
  row.row.reasons.some((reason) => reason.code === 'item-unknown') &&
  row.row.reasons.every((reason) => reason.status !== 'wrong' || reason.field !== 'item')

/** A name of the list that no item has, as the first row with it describes it, and in how many rows it stands. */
export type MissingItem = {
  readonly row: ListRow
  readonly name: string
  readonly rows: number
  readonly item: NewItem
}

/**
 * The other names of the list that nothing on file is, each once, in the order of the list. Names that are of another
 * grade than what they look like, or could be several items, aren't among them: those are chosen one by one.
 */
export function otherMissingItems(name: string, rows: readonly ListRow[], taken: ReadonlySet<string>): MissingItem[] {
  const found = new Map<string, { row: ListRow; name: string; rows: number }>()
  for (const row of rows) {
    if (!asksForNew(row) || row.row.item === null) continue
    const key = nameKey(row.row.item)
    if (key === '' || key === nameKey(name)) continue
    const before = found.get(key)
    if (before) before.rows += 1
    else found.set(key, { row, name: normaliseText(row.row.item), rows: 1 })
  }
  const codes = new Set(taken)
  return [...found.values()].map((one) => {
    const item = newItemOf(one.row.row, one.name, codes)
    codes.add(item.code)
    return { ...one, item }
  })
}

export function itemsToAdd(rows: readonly ListRow[], items: readonly ItemRow[]) {
  const taken = new Set(items.map((item) => item.code))
  return rows.flatMap((row) => {
    if (row.row.item === null) return []
    const item = newItemOf(row.row, row.row.item, taken)
    taken.add(item.code)
    return [{ row, input: item }]
  })
}
