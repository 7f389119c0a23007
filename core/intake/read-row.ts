import type { CivilDate } from '../civil-date.ts'
import { normaliseText, tidyText } from '../text.ts'
import type { CatalogueItem } from './catalogue.ts'
import { findPackBase, type PackBase } from './convert-quantity.ts'
import { needsQuantity, type WrittenRow } from './gather-rows.ts'
import type { Field, IntakeKind } from './header-words.ts'
import type { NameMatcher } from './match-name.ts'
import { isOfOneDay, type QuantityText, readQuantity, readQuantityCell } from './number-text.ts'
import { type PackSize, readPackSize } from './pack-size.ts'
import { readDates, readLot } from './read-lot-and-dates.ts'
import { readUsed, type UsedOver } from './read-used.ts'
import { guess, type Reason, type ReasonCode, type Status, worstOf, wrong } from './reasons.ts'
import { asText, errorValue, memoryLimit, type RememberedMatch, type RowContext, remember } from './row-context.ts'
import type { Cell } from './sheet.ts'
import { partNames, splitItems } from './split-items.ts'
import { isPackWord, isSameUnit, knownUnit, readUnitText } from './unit-of-measure.ts'

/** A row of the draft: typed, converted, with what is doubtful about it. A field without a reason is sure. */
export interface DraftRow {
  readonly source: { readonly sheet: string; readonly row: number }
  readonly party: string | null
  /** The name as written. */
  readonly item: string | null
  /** The sender's own code and the barcode, as written. */
  readonly code: string | null
  readonly gtin: string | null
  /** The catalogue's code. */
  readonly match: string | null
  readonly specification: string | null
  readonly unit: string | null
  readonly quantity: number | null
  readonly packBase: number | null
  readonly quantityBase: number | null
  /** What a report says was used and over how many days, as written, and what that is in base units. */
  readonly used: string | null
  readonly usedDays: string | null
  readonly usedOver: UsedOver | null
  readonly lot: string | null
  readonly madeOn: CivilDate | null
  readonly expiresOn: CivilDate | null
  readonly standard: string | null
  readonly date: CivilDate | null
  readonly note: string | null
  readonly more: Partial<Record<Field, string>> | null
  status: Status
  reasons: readonly Reason[]
}

const quantityLimit = 1_000_000_000
const textLimit = 200
const packSizes = new Map<string, PackSize>()
const noPackSize: PackSize = { steps: [], doubt: null }

function packSizeOf(text: string): PackSize {
  if (text === '') return noPackSize
  let found = packSizes.get(text)
  if (found === undefined) {
    found = readPackSize(text)
    if (packSizes.size > 5000) packSizes.clear()
    packSizes.set(text, found)
  }
  return found
}

/** Reads one written row; several rows come back when one cell holds several items with their quantities. */
export function readRow(written: WrittenRow, context: RowContext): DraftRow[] {
  const split = splitWritten(written)
  return split === null
    ? [readOne(written, context, null)]
    : split.map((part) => readOne(part.written, context, part.text))
}

function splitWritten(written: WrittenRow): { written: WrittenRow; text: string }[] | null {
  // A number beside a name is all that most rows have.
  if (typeof written.quantity === 'number') return null
  const itemText = typeof written.item === 'string' ? normaliseText(written.item) : ''
  const quantityText = typeof written.quantity === 'string' ? normaliseText(written.quantity) : ''
  // 医用口罩5万只、消毒液1000瓶 under 数量 with no item beside it, or under 品名 with no quantity beside it.
  const from =
    quantityText === '' && typeof written.quantity !== 'number' && asText(written.packs) === null
      ? itemText
      : itemText === ''
        ? quantityText
        : ''
  if (from === '' || !/[\d一二两三四五六七八九十]/.test(from)) return null
  if (itemText === '' && readQuantityCell(quantityText).value !== null && readQuantityCell(quantityText).doubt === null)
    return null
  const items = splitItems(from)
  if (items === null || items.every((item) => item.quantity === null)) return null
  return items.map((item) => ({
    text: from,
    written: {
      ...written,
      item: item.name,
      quantity: item.quantity,
      specification: item.specification ?? (items.length === 1 ? written.specification : null),
      doubts: written.doubts,
    },
  }))
}

function readOne(written: WrittenRow, context: RowContext, splitFrom: string | null): DraftRow {
  const reasons: Reason[] = written.doubts.length > 0 ? [...written.doubts] : []
  const text = (cell: Cell, field: string): string | null => {
    if (cell === null) return null
    const value = typeof cell === 'number' ? String(cell) : tidy(cell, context)
    if (value === '') return null
    if (value.charCodeAt(0) === 35 && errorValue.test(value)) {
      reasons.push(wrong(field, 'cell-error', { given: value }))
      return null
    }
    if (value.length > textLimit)
      reasons.push(wrong(field, 'text-too-long', { length: value.length, allowed: textLimit }))
    return value
  }
  const party = text(written.party, 'party')
  if (party === null && context.hasParty && context.kind !== 'items') reasons.push(wrong('party', 'party-missing'))
  const item = text(written.item, 'item') ?? text(written.code, 'item') ?? text(written.gtin, 'item')
  const specification = text(written.specification, 'specification')
  const standard = text(written.standard, 'standard')
  if (splitFrom !== null) reasons.push(guess('item', 'split-from-one-cell', { text: splitFrom }))
  if (specification !== null && /^20\d{6}(?=$|\s)/.test(specification)) {
    reasons.push(guess('specification', 'specification-is-a-date', { text: specification }))
  }
  const quantity = readQuantityOf(written, context, reasons)
  const matched =
    item === null ? missingItem(context, reasons) : matchItem(written, item, specification, standard, context, reasons)
  const { packBase, quantityBase } = convert(quantity, matched, item, specification, written, context, reasons)
  const dates = readDates(written, context, reasons)
  return {
    source: written.source,
    party,
    item,
    code: text(written.code, 'code'),
    gtin: text(written.gtin, 'gtin'),
    match: matched?.code ?? null,
    specification: specification ?? quantity.pack ?? null,
    unit: quantity.unit,
    quantity: quantity.value,
    packBase,
    quantityBase,
    ...readUsed(written, context.kind, { unit: quantity.unit, packBase }, matched, reasons),
    lot: readLot(written.lot, context.epoch, reasons),
    madeOn: dates.madeOn,
    expiresOn: dates.expiresOn,
    standard,
    date: dates.date,
    note: text(written.note, 'note'),
    more: withPackSize(written, context.kind),
    status: worstOf(reasons),
    // One empty list for all the rows without a doubt, which are most.
    reasons: reasons.length === 0 ? noReasons : reasons,
  }
}

/** A list of items has no quantity to convert, so the pack size is kept as the list says it. */
function withPackSize(written: WrittenRow, kind: IntakeKind): DraftRow['more'] {
  const packSize = kind === 'items' ? asText(written.packSize) : null
  return packSize === null ? written.more : { ...written.more, packSize }
}

const noReasons: readonly Reason[] = []

function tidy(cell: string, context: RowContext): string {
  const { texts } = context.memory
  const known = texts.get(cell)
  if (known !== undefined) return known
  const text = tidyText(cell)
  if (texts.size < memoryLimit) texts.set(cell, text)
  return text
}

function missingItem(context: RowContext, reasons: Reason[]): null {
  const isSaid = reasons.some((reason) => reason.code === 'item-missing')
  if (context.kind !== 'units' && context.kind !== 'suppliers' && !isSaid) reasons.push(wrong('item', 'item-missing'))
  return null
}

/** As `findItem`, remembering the answer for rows that say the same. */
function matchItem(
  written: WrittenRow,
  item: string,
  specification: string | null,
  standard: string | null,
  context: RowContext,
  reasons: Reason[],
): CatalogueItem | null {
  if (written.code !== null || written.gtin !== null)
    return findItem(written, item, specification, standard, context, reasons)
  const besides = remember(context.memory.matches, item, () => new Map<string, RememberedMatch>())
  const beside =
    specification === null ? (standard ?? '') : standard === null ? specification : `${specification} ${standard}`
  const remembered = remember(besides, beside, () => {
    const found: Reason[] = []
    return { item: findItem(written, item, specification, standard, context, found), reasons: found }
  })
  if (remembered.reasons.length > 0) reasons.push(...remembered.reasons)
  return remembered.item
}

function findItem(
  written: WrittenRow,
  item: string,
  specification: string | null,
  standard: string | null,
  context: RowContext,
  reasons: Reason[],
): CatalogueItem | null {
  const { matcher } = context
  const { parts, strong } = item.length > 3 ? partNames(item) : { parts: [item], strong: false }
  if (matcher === null || matcher.size === 0) {
    if (parts.length > 1 && strong)
      reasons.push(wrong('item', 'several-items-one-quantity', { parts: parts.join(' + ') }))
    return null
  }
  const beside =
    specification === null ? (standard ?? '') : standard === null ? specification : `${specification} ${standard}`
  for (const code of [written.gtin, written.code]) {
    const value = asText(code)
    if (value === null || value === item) continue
    const byCode = matcher.match(value, beside)
    // A code of the sender's own says nothing here; a code that is ours must still agree with the name.
    if (byCode.how === 'code' && byCode.item !== null) {
      const byName = matcher.match(item, beside)
      if (byName.item === null || byName.item === byCode.item) return byCode.item
    }
  }
  const whole = matcher.match(item, beside)
  if (whole.how === 'exact' || whole.how === 'alias' || whole.how === 'code') {
    if (whole.reasons.length > 0) reasons.push(...whole.reasons)
    return whole.item
  }
  if (parts.length > 1) {
    const found = matchParts(item, parts, strong, beside, matcher)
    if (found.reason !== null) reasons.push(found.reason)
    if (found.settled) return found.item
  }
  reasons.push(...whole.reasons)
  return whole.item
}

/** Several names in one cell: one item under several names when they lead to the same one, else several items. */
function matchParts(
  item: string,
  parts: readonly string[],
  strong: boolean,
  beside: string,
  matcher: NameMatcher,
): { item: CatalogueItem | null; settled: boolean; reason: Reason | null } {
  const matches = parts.map((part) => matcher.match(part, beside))
  const items = new Set(matches.map((match) => match.item).filter((one) => one !== null))
  const listed = parts.join(' + ')
  if (items.size > 1 || (strong && items.size === 0)) {
    return { item: null, settled: true, reason: wrong('item', 'several-items-one-quantity', { parts: listed }) }
  }
  const only = [...items][0]
  if (only === undefined) return { item: null, settled: false, reason: null }
  if (strong && matches.some((match) => match.item === null)) {
    return { item: null, settled: true, reason: wrong('item', 'several-items-one-quantity', { parts: listed }) }
  }
  // A name that found nothing may still say another grade: the cell as a whole must agree with the item of the others.
  const wall = matcher.findWall(item, beside, only)
  if (wall !== null) return { item: null, settled: true, reason: wall }
  return { item: only, settled: true, reason: guess('item', 'alternative-names', { parts: listed, value: only.name }) }
}

interface ReadQuantity {
  readonly value: number | null
  readonly unit: string | null
  readonly fromPacks: boolean
  /** False for a number that can't be a quantity here: nothing is worked out from it. */
  readonly inRange?: boolean
  /** The pack size that stands in the quantity's own cell. */
  readonly pack?: string | undefined
}

const doubtCodes: Readonly<Record<NonNullable<QuantityText['doubt']>, ReasonCode>> = {
  approximate: 'quantity-approximate',
  range: 'quantity-range',
  leftover: 'quantity-leftover',
  mixed: 'quantity-mixed',
  comma: 'quantity-comma',
  product: 'quantity-product',
}

function readQuantityOf(written: WrittenRow, context: RowContext, reasons: Reason[]): ReadQuantity {
  const unitCell = asText(written.unit)
  const inUnitCell = unitCell === null ? null : unitOfCell(unitCell)
  const columnUnit = inUnitCell === null ? written.headingUnit : inUnitCell.unit
  const cell = written.quantity
  const given = asText(cell)
  if (given === null) {
    const packs = readQuantity(written.packs)
    if (packs.value !== null)
      return { value: packs.value, unit: packs.unit ?? columnPackUnit(columnUnit, written), fromPacks: true }
    const expected = needsQuantity(context.kind) || (written.item !== null && context.kind !== 'items')
    if (expected) reasons.push(wrong('quantity', 'quantity-missing'))
    return { value: null, unit: columnUnit, fromPacks: false }
  }
  if (typeof cell === 'string' && errorValue.test(given)) {
    reasons.push(wrong('quantity', 'cell-error', { given }))
    return { value: null, unit: columnUnit, fromPacks: false }
  }
  const read = readQuantityCell(cell)
  if (read.value === null) {
    reasons.push(wrong('quantity', read.doubt === 'mixed' ? 'quantity-mixed' : 'quantity-unreadable', { given }))
    return { value: null, unit: columnUnit, fromPacks: false }
  }
  let value = read.value
  // A heading in 万 counts for plain numbers; a cell that says 万 itself has already said it.
  const multiplier = inUnitCell !== null && inUnitCell.multiplier !== 1 ? inUnitCell.multiplier : written.multiplier
  if (multiplier !== 1 && !/[万千百亿wk]/i.test(given)) {
    // 5000只 under 数量（万只） is hardly fifty million.
    if (read.unit !== null) reasons.push(guess('quantity', 'quantity-in-own-unit', { multiplier, unit: read.unit }))
    else value = Math.round(value * multiplier * 1e6) / 1e6
  }
  if (read.doubt !== null) addQuantityDoubt(read, given, context.kind, reasons)
  if (inUnitCell?.per) reasons.push(guess('quantity', 'quantity-leftover', { text: inUnitCell.per }))
  const inRange = checkRange(value, context.kind, reasons)
  const unit = read.unit ?? columnUnit
  if (read.unit !== null && unitCell !== null && columnUnit !== null && !isSameUnit(read.unit, columnUnit)) {
    reasons.push(guess('unit', 'unit-two', { given: read.unit, other: columnUnit }))
  }
  return { value, unit, fromPacks: false, inRange, pack: read.pack }
}

interface UnitCell {
  readonly unit: string
  readonly multiplier: number
  /** `/月`: the number is of a time that nothing here is counted by. */
  readonly per: string | null
}

/** `只`, `箱(200只)`, `万只`, `万只/天`, `只/月`. */
function unitOfCell(text: string): UnitCell {
  const plain = text.includes('(') ? text.replace(/^(.+?)\s*\(.*\)$/, '$1') : text
  if (knownUnit(plain) !== null) return asIs(plain)
  const both = plain.split(/[\s/]+/)
  // 只 pcs: one unit in two languages.
  if (both.length === 2 && both.every((word) => knownUnit(word) !== null) && isSameUnit(both[0]!, both[1]!))
    return asIs(both[0]!)
  return readUnitText(plain) ?? asIs(plain)
}

const asIs = (unit: string): UnitCell => ({ unit, multiplier: 1, per: null })

/** 件数 beside a column of units: the packs are counted in the pack's own word. */
const columnPackUnit = (columnUnit: string | null, written: WrittenRow): string | null =>
  columnUnit !== null && isPackWord(columnUnit) ? columnUnit : written.packsUnit

function addQuantityDoubt(read: QuantityText, given: string, kind: IntakeKind, reasons: Reason[]): void {
  const code = doubtCodes[read.doubt!]
  // What a supplier can make is of one day in any case.
  if (kind === 'suppliers' && isOfOneDay(read.leftover)) return
  if (code === 'quantity-leftover') reasons.push(guess('quantity', code, { text: read.leftover ?? '' }))
  else if (code === 'quantity-product')
    reasons.push(guess('quantity', code, { given, value: read.value!, unit: read.unit ?? '' }))
  else reasons.push(guess('quantity', code, { given }))
}

function checkRange(value: number, kind: IntakeKind, reasons: Reason[]): boolean {
  const zeroAllowed = kind !== 'delivery' && kind !== 'issue'
  if (value < 0) reasons.push(wrong('quantity', 'quantity-negative', { given: value }))
  else if (value === 0 && !zeroAllowed) reasons.push(wrong('quantity', 'quantity-not-positive', { given: value }))
  else if (value > quantityLimit) reasons.push(wrong('quantity', 'quantity-too-large', { given: value }))
  else return true
  return false
}

function convert(
  quantity: ReadQuantity,
  matched: CatalogueItem | null,
  item: string | null,
  specification: string | null,
  written: WrittenRow,
  context: RowContext,
  reasons: Reason[],
): { packBase: number | null; quantityBase: number | null } {
  if (quantity.value === null) return { packBase: null, quantityBase: null }
  noteOne(quantity, context, reasons)
  const unitCell = asText(written.unit)
  // 箱(200只) in the unit column says the pack size as well.
  const unitPack = unitCell?.includes('(') ? /\((.+)\)$/.exec(unitCell)?.[1] : undefined
  const sizeCell = readQuantity(written.packSize)
  const outer = quantity.unit ?? '箱'
  let text = specification ?? (item !== null && /[/*×]/.test(item) ? item : '')
  const sizeText = asText(written.packSize)
  if (sizeText !== null && readPackSize(sizeText).steps.some((step) => step.outer !== null)) {
    // 20 pcs/box under a heading of pack sizes says more than the number.
    text = sizeText
  } else if (sizeCell.value !== null && Number.isInteger(sizeCell.value) && sizeCell.value > 0 && isPackWord(outer)) {
    text = `${sizeCell.value}${sizeCell.unit ?? ''}/${outer}`
  } else if (unitPack !== undefined && quantity.unit !== null) {
    text = `${unitPack.replace(/\/.*$/, '')}/${quantity.unit}`
  } else if (quantity.pack !== undefined) {
    if (specification !== null && packSizeOf(specification).steps.length > 0)
      reasons.push(guess('quantity', 'quantity-leftover', { text: quantity.pack }))
    text = quantity.pack
  }
  const byItem =
    context.memory.packs.get(matched ?? item ?? '') ??
    remember(context.memory.packs, matched ?? item ?? '', () => new Map<string, Map<string, PackBase>>())
  const byText = byItem.get(text) ?? remember(byItem, text, () => new Map<string, PackBase>())
  const found =
    byText.get(quantity.unit ?? '') ??
    remember(byText, quantity.unit ?? '', () =>
      findPackBase(quantity.unit, matched, matched?.name ?? item ?? '', packSizeOf(text), text),
    )
  if (found.reasons.length > 0) reasons.push(...found.reasons)
  checkPacks(written, quantity, reasons)
  if (found.packBase === null || quantity.inRange === false) return { packBase: found.packBase, quantityBase: null }
  const exact = Math.round(quantity.value * found.packBase * 1e6) / 1e6
  if (!Number.isInteger(exact)) {
    const unit = matched?.baseUnit || quantity.unit || ''
    reasons.push(wrong('quantityBase', 'quantity-not-whole', { given: exact, unit }))
    return { packBase: found.packBase, quantityBase: null }
  }
  if (exact > quantityLimit) {
    reasons.push(wrong('quantityBase', 'quantity-too-large', { given: exact }))
    return { packBase: found.packBase, quantityBase: null }
  }
  return { packBase: found.packBase, quantityBase: exact }
}

/** Packs × pack size must give the quantity, where a list has all three. */
function checkPacks(written: WrittenRow, quantity: ReadQuantity, reasons: Reason[]): void {
  if (quantity.fromPacks || quantity.value === null || (quantity.unit !== null && isPackWord(quantity.unit))) return
  const packs = readQuantity(written.packs).value
  const { value: size, doubt } = readQuantity(written.packSize)
  if (packs === null || size === null || doubt !== null || packs * size === quantity.value) return
  reasons.push(guess('quantity', 'packs-do-not-multiply', { packs, size, given: quantity.value }))
}

/** A bare 1 in a list of needs or offers is often a tick: needed, amount not known. */
function noteOne(quantity: ReadQuantity, context: RowContext, reasons: Reason[]): void {
  if (quantity.value !== 1 || quantity.unit !== null) return
  if (context.kind === 'reports' || context.kind === 'stock' || context.kind === 'items') return
  reasons.push(guess('quantity', 'one-may-mean-unknown'))
}

/** Used by the list-wide checks: a piece word such as 只 or 个, or none. */
export const isPieceOrNone = (unit: string | null): boolean => unit === null || knownUnit(unit)?.class === 'piece'
