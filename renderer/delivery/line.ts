import type { ItemRow } from '../../api/contract/item.ts'
import { type DateDoubt, readDate } from '../../core/intake/date-text.ts'
import { type QuantityText, readQuantity } from '../../core/intake/number-text.ts'
import { isSameUnit } from '../../core/intake/unit-of-measure.ts'
import { nameKey, normaliseText } from '../../core/text.ts'

/** The fields of a line, in the order in which they stand on screen. All but `item` bear the contract's names. */
export const lineFields = [
  'item',
  'lot',
  'madeOn',
  'expiresOn',
  'packs',
  'packSizeBase',
  'piecesBase',
  'acceptedBase',
  'rejectedBase',
  'rejectReason',
  'standard',
] as const
export type LineField = (typeof lineFields)[number]

export const dateFields: ReadonlySet<LineField> = new Set(['madeOn', 'expiresOn'])
export const quantityFields: ReadonlySet<LineField> = new Set([
  'packs',
  'packSizeBase',
  'piecesBase',
  'acceptedBase',
  'rejectedBase',
])

/** A cell was read, but what stood there could have meant something else: `typed` is what stood there. */
export type CellDoubt = {
  readonly code: DateDoubt | NonNullable<QuantityText['doubt']> | 'unit-differs'
  readonly typed: string
}

/**
 * A line as it is being written. A cell holds what was read from it in plain form (`2020-02-06`, `12000`), or, where
 * that was not possible, the text as it was typed, so that nothing is lost.
 */
export type DraftLine = {
  readonly key: string
  readonly itemId: number | null
  readonly cells: Readonly<Record<LineField, string>>
  readonly doubts: { readonly [field in LineField]?: CellDoubt }
}

/** What reading a cell needs to know. */
export type Catalogue = {
  readonly items: ReadonlyMap<number, ItemRow>
  /** Business date: supplies the year of `2月6日`. */
  readonly today: string
  /** Items that this manufacturer has promised: they are offered first. */
  readonly promised: ReadonlySet<number>
}

const emptyCells: DraftLine['cells'] = {
  item: '',
  lot: '',
  madeOn: '',
  expiresOn: '',
  packs: '',
  packSizeBase: '',
  piecesBase: '',
  acceptedBase: '',
  rejectedBase: '',
  rejectReason: '',
  standard: '',
}

export function blankLine(key: string): DraftLine {
  return { key, itemId: null, cells: emptyCells, doubts: {} }
}

export function isBlank(line: DraftLine): boolean {
  return line.itemId === null && lineFields.every((field) => line.cells[field] === '')
}

/** The line with what was typed into one of its cells, read. Pieces typed as packs (`5000只`) go where they belong. */
export function withCell(line: DraftLine, field: LineField, typed: string, catalogue: Catalogue): DraftLine {
  if (field === 'item') return withItem(line, typed, catalogue)
  if (dateFields.has(field)) return withDate(line, field, typed, catalogue)
  if (quantityFields.has(field)) return withQuantity(line, field, typed, catalogue)
  return withText(line, field, normaliseText(typed))
}

function withText(line: DraftLine, field: LineField, text: string, doubt?: CellDoubt): DraftLine {
  const { [field]: _, ...doubts } = line.doubts
  const cells = { ...line.cells, [field]: text }
  return { ...line, cells, doubts: doubt === undefined ? doubts : { ...doubts, [field]: doubt } }
}

function withItem(line: DraftLine, typed: string, catalogue: Catalogue): DraftLine {
  const text = normaliseText(typed)
  if (text === '') return { ...withText(line, 'item', ''), itemId: null }
  const found = itemNamed(text, catalogue)
  return found === null
    ? { ...withText(line, 'item', text), itemId: null }
    : { ...withText(line, 'item', ''), itemId: found.itemId }
}

function withDate(line: DraftLine, field: LineField, typed: string, catalogue: Catalogue): DraftLine {
  const purpose = field === 'madeOn' ? 'made' : 'expiry'
  const { date, doubt } = readDate(typed, { purpose, epoch: 1900, today: catalogue.today })
  if (date === null) return withText(line, field, normaliseText(typed))
  return withText(line, field, date, doubt === null ? undefined : { code: doubt, typed: normaliseText(typed) })
}

function withQuantity(line: DraftLine, field: LineField, typed: string, catalogue: Catalogue): DraftLine {
  const { value, unit, doubt } = readQuantity(typed)
  const text = normaliseText(typed)
  if (value === null) return withText(line, field, text)
  const item = line.itemId === null ? undefined : catalogue.items.get(line.itemId)
  const home = unit === null || item === undefined ? field : homeOf(field, unit, item)
  const differs = unit !== null && item !== undefined && home === field && !fits(field, unit, item)
  const code = doubt ?? (differs ? 'unit-differs' : null)
  const target = home === field ? line : withText(line, field, '')
  return withText(target, home, plainNumber(value), code === null ? undefined : { code, typed: text })
}

/** Numbers are written out: 1e21 would be read as something else. */
const plainNumber = (value: number): string =>
  Number.isSafeInteger(value)
    ? String(value)
    : value.toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 6 })

function homeOf(field: LineField, unit: string, item: ItemRow): LineField {
  const ofPacks = isSameUnit(unit, item.packName)
  const ofPieces = isSameUnit(unit, item.baseUnit)
  if (ofPacks === ofPieces) return field
  if (field === 'packs' && ofPieces) return 'piecesBase'
  if (field === 'piecesBase' && ofPacks) return 'packs'
  return field
}

function fits(field: LineField, unit: string, item: ItemRow): boolean {
  return isSameUnit(unit, field === 'packs' ? item.packName : item.baseUnit)
}

/** The one item with exactly this code or name, however its brackets and spaces are written; null when there is none or are several. */
export function itemNamed(text: string, catalogue: Catalogue): ItemRow | null {
  const key = nameKey(text)
  if (key === '') return null
  let found: ItemRow | null = null
  for (const item of catalogue.items.values()) {
    if (item.archivedAt !== null) continue
    const codeFits = nameKey(item.code) === key
    if (codeFits) return item
    if (nameKey(item.name) !== key && nameKey(item.nameEn) !== key) continue
    if (found !== null) return null
    found = item
  }
  return found
}

const mostOffered = 8

/**
 * Items that fit what is being typed: pinyin initials, pinyin, Chinese, English or code, every word of it. Those that
 * begin so come first, and among equals what this manufacturer has promised. Nothing typed: what it has promised.
 */
export function offerItems(typed: string, catalogue: Catalogue): ItemRow[] {
  const words = normaliseText(typed).toLowerCase().split(' ').filter(Boolean)
  const fitting: { item: ItemRow; rank: number }[] = []
  for (const item of catalogue.items.values()) {
    if (item.archivedAt !== null) continue
    const promised = catalogue.promised.has(item.itemId)
    if (words.length === 0) {
      if (promised) fitting.push({ item, rank: 0 })
      continue
    }
    if (!words.every((word) => item.search.includes(word))) continue
    fitting.push({ item, rank: rankOf(item, words) * 2 + (promised ? 0 : 1) })
  }
  return fitting
    .sort((a, b) => a.rank - b.rank || (a.item.code < b.item.code ? -1 : 1))
    .slice(0, mostOffered)
    .map(({ item }) => item)
}

function rankOf(item: ItemRow, words: readonly string[]): number {
  const first = words[0]!
  if (item.code.toLowerCase() === first || item.name.toLowerCase() === words.join(' ')) return 0
  if (item.name.toLowerCase().startsWith(first)) return 1
  return item.search.split(' ').some((part) => part.startsWith(first)) ? 2 : 3
}
