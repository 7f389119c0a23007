import type { ItemRow } from '../../api/contract/item.ts'
import { addDays, daysBetween, isCivilDate } from '../../core/civil-date.ts'
import { readDate } from '../../core/intake/date-text.ts'
import { readQuantity } from '../../core/intake/number-text.ts'
import { type Refusal, refusal } from '../../core/refusal.ts'
import { nameKey } from '../../core/text.ts'
import { type CellValue, matchChoices } from '../grid/cell-value.ts'

/** A row of the sheet as it stands: read where it could be read, else the text that was typed or pasted. */
export type SheetRow = {
  readonly id: string
  readonly item: CellValue
  readonly quantity: CellValue
  readonly dueOn: CellValue
  readonly note: string
}

export const blankSheetRow = (id: string): SheetRow => ({ id, item: null, quantity: null, dueOn: null, note: '' })

export const isBlankRow = (row: SheetRow): boolean =>
  [row.item, row.quantity, row.dueOn, row.note].every((cell) => cell === null || cell === '')

export type SheetItem = Pick<
  ItemRow,
  'itemId' | 'code' | 'name' | 'nameEn' | 'specification' | 'search' | 'baseUnit' | 'packName' | 'packSizeBase'
>

/**
 * Which item a name or a code means: code, name (with or without specification), a name that was learnt, then pinyin and
 * initials where one alone fits. A name that several items bear stays the text it was, to be chosen by hand.
 */
export function createItemReader(
  items: readonly SheetItem[],
  aliases: readonly { readonly key: string; readonly targetId: number }[],
): (text: string) => CellValue {
  const found = new Map<string, Set<number>>()
  const add = (text: string, itemId: number) => {
    const key = nameKey(text)
    if (key !== '') found.set(key, (found.get(key) ?? new Set()).add(itemId))
  }
  const active = new Set(items.map(({ itemId }) => itemId))
  for (const { itemId, code, name, nameEn, specification } of items) {
    for (const text of [code, name, nameEn, `${name} ${specification}`]) add(text, itemId)
  }
  for (const { key, targetId } of aliases) if (active.has(targetId)) add(key, targetId)
  const choices = items.map(({ itemId, name, search }) => ({ value: itemId, label: name, search }))
  return (text) => {
    const typed = text.trim()
    if (typed === '') return null
    const exact = found.get(nameKey(typed))
    if (exact) return exact.size === 1 ? [...exact][0]! : typed
    const close = matchChoices(typed, choices)
    return close.length === 1 ? close[0]!.value : typed
  }
}

/** `5万`, `1,200` → a number, where nothing in it is doubtful; else, and with a unit, the text as it is. */
export function readSheetQuantity(text: string): CellValue {
  const typed = text.trim()
  if (typed === '') return null
  const { value, unit, doubt } = readQuantity(typed)
  return value === null || unit !== null || doubt !== null ? typed : value
}

/** `3000只` and `20箱` in base units, where the unit is the item's base unit or its pack; else the text. */
function quantityInBase(quantity: string | number, item: SheetItem | undefined): string | number {
  if (typeof quantity === 'number') return quantity
  const { value, unit, doubt } = readQuantity(quantity)
  if (value === null || doubt !== null || unit === null || item === undefined) return quantity
  if (unit === item.baseUnit) return value
  return unit === item.packName ? value * item.packSizeBase : quantity
}

/** `2026/11/30`, `11月30日`, `20261130` → `2026-11-30`; what can't be read stays as it was typed. */
export function readSheetDay(text: string, today: string): CellValue {
  const typed = text.trim()
  if (typed === '') return null
  return readDate(typed, { purpose: 'coming', epoch: 1900, today }).date ?? typed
}

export type NewPromise = {
  readonly supplierId: number
  readonly itemId: number
  readonly quantityBase: number
  readonly dueOn: string
  readonly note: string
}

export type ReadSheet = {
  readonly promises: readonly NewPromise[]
  /** The row of each promise, for refusals that come back by line. */
  readonly rowIds: readonly string[]
  readonly problems: readonly { readonly rowId: string; readonly refusal: Refusal }[]
}

/** The rows that say something, as promises of a manufacturer, and what is wrong with the others. Lines count from 1. */
export function readSheet(
  rows: readonly SheetRow[],
  supplierId: number,
  itemsById: ReadonlyMap<number, SheetItem>,
): ReadSheet {
  const promises: NewPromise[] = []
  const rowIds: string[] = []
  const problems: { rowId: string; refusal: Refusal }[] = []
  rows.forEach((row, index) => {
    if (isBlankRow(row)) return
    const line = index + 1
    const wrong: Refusal[] = []
    if (row.item === null || row.item === '') wrong.push(refusal('required', { line, field: 'itemId' }))
    else if (typeof row.item !== 'number') wrong.push(refusal('not-found', { line, field: 'itemId', given: row.item }))
    const item = typeof row.item === 'number' ? itemsById.get(row.item) : undefined
    const quantityBase = row.quantity === null || row.quantity === '' ? null : quantityInBase(row.quantity, item)
    if (quantityBase === null) wrong.push(refusal('required', { line, field: 'quantityBase' }))
    else if (typeof quantityBase !== 'number')
      wrong.push(refusal('number-expected', { line, field: 'quantityBase', given: quantityBase }))
    if (row.dueOn === null || row.dueOn === '') wrong.push(refusal('required', { line, field: 'dueOn' }))
    else if (!isCivilDate(String(row.dueOn)))
      wrong.push(refusal('date-invalid', { line, field: 'dueOn', given: row.dueOn, allowed: 'YYYY-MM-DD' }))
    if (wrong.length > 0) {
      problems.push(...wrong.map((one) => ({ rowId: row.id, refusal: one })))
      return
    }
    promises.push({
      supplierId,
      itemId: Number(row.item),
      quantityBase: Number(quantityBase),
      dueOn: String(row.dueOn),
      note: row.note,
    })
    rowIds.push(row.id)
  })
  return { promises, rowIds, problems }
}

/** So many days can be promised in one go. */
export const mostDays = 366

export type Period = {
  readonly itemId: number | null
  readonly from: string
  readonly to: string
  readonly perDay: string
  readonly note: string
}

/** A daily quantity from one day to another, both included: one row of the sheet for each day; or what is wrong. */
export function rowsOfPeriod(
  period: Period,
  idOf: (index: number) => string,
): { readonly rows: readonly SheetRow[]; readonly refusals: readonly Refusal[] } {
  const refusals: Refusal[] = []
  if (period.itemId === null) refusals.push(refusal('required', { field: 'itemId' }))
  for (const field of ['from', 'to'] as const) {
    const given = period[field]
    if (given === '') refusals.push(refusal('required', { field }))
    else if (!isCivilDate(given)) refusals.push(refusal('date-invalid', { field, given, allowed: 'YYYY-MM-DD' }))
  }
  const quantity = readSheetQuantity(period.perDay)
  if (quantity === null) refusals.push(refusal('required', { field: 'perDayBase' }))
  else if (typeof quantity !== 'number')
    refusals.push(refusal('number-expected', { field: 'perDayBase', given: quantity }))
  if (refusals.length > 0) return { rows: [], refusals }
  const days = daysBetween(period.from, period.to) + 1
  if (days < 1 || days > mostDays) {
    const allowed = `${period.from} – ${addDays(period.from, mostDays - 1)}`
    return { rows: [], refusals: [refusal('out-of-range', { field: 'to', given: period.to, allowed })] }
  }
  const rows = Array.from({ length: days }, (_, index) => ({
    id: idOf(index),
    item: period.itemId,
    quantity,
    dueOn: addDays(period.from, index),
    note: period.note,
  }))
  return { rows, refusals: [] }
}
