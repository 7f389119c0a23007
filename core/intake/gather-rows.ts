import { normaliseText } from '../text.ts'
import type { Column, Recognition } from './columns.ts'
import { isDitto, isFoot, isRule, isTotal } from './foot-words.ts'
import { readFamily } from './grade.ts'
import { type Field, type IntakeKind, readHeading } from './header-words.ts'
import { readQuantityCell } from './number-text.ts'
import { guess, type LeftOutWhy, type Reason } from './reasons.ts'
import type { Cell, SheetRow } from './sheet.ts'
import { type LeftOut, type RawTable, rowText } from './tables.ts'
import { partyOfTitles, unitOfTitles } from './titles.ts'

/**
 * From the rows of a table to the rows of the list, still as written: blanks carried down, rows that continue the one
 * above joined to it, totals, signatures and notes left out, tables of units × items turned into lines.
 */
export interface WrittenRow {
  readonly source: { readonly sheet: string; readonly row: number }
  party: Cell
  item: Cell
  code: Cell
  gtin: Cell
  specification: Cell
  unit: Cell
  quantity: Cell
  /** What a report says was used, and over how many days. */
  used: Cell
  usedDays: Cell
  packs: Cell
  packSize: Cell
  lot: Cell
  madeOn: Cell
  expiresOn: Cell
  shelfLife: Cell
  standard: Cell
  date: Cell
  note: Cell
  /** Whatever else the list says, as written. */
  more: Partial<Record<Field, string>> | null
  headingUnit: string | null
  multiplier: number
  packsUnit: string | null
  /** What the place of the row in the table makes doubtful. */
  doubts: readonly Reason[]
}

/** Fields whose blanks a confirmed mapping says to carry down without asking. */
export type CarriedFields = ReadonlySet<Field>

const sectionWords =
  /^(?:[一二三四五六七八九十]+|\(?[一二三四五六七八九十]+\)|第[一二三四五六七八九十\d]+[类批部])\s*[、.:)]?/
const partNumber = /^\(?[一二三四五六七八九十]{1,3}\)?[、.]?$/
const noteOfDestination = /^(?:\(|【|\[)?(?:定向|指定|转交|转赠|用于|送往|捐给|捐往|发往)/
/** A day over the rows that came on it is nobody's name. */
const dayAlone = /^\(?(?:\d{4}[-/.年])?\d{1,2}[-/.月]\d{1,2}[日号]?\)?(?:到货|入库|收货|收到|发放|捐赠)?:?$/
const openingBracket = /^[(【[]/

const noDoubts: readonly Reason[] = []

function addDoubt(row: WrittenRow, doubt: Reason): void {
  row.doubts = [...row.doubts, doubt]
}

function needsItem(kind: IntakeKind): boolean {
  return kind !== 'units' && kind !== 'suppliers'
}

export function needsQuantity(kind: IntakeKind): boolean {
  return kind === 'delivery' || kind === 'issue' || kind === 'reports' || kind === 'stock'
}

/** Something to see. A letter, digit or Chinese character in front settles it without reading the rest. */
function held(cell: Cell): boolean {
  if (cell === null || cell === '') return false
  if (typeof cell === 'number') return true
  const first = cell.charCodeAt(0)
  if ((first > 32 && first < 127) || (first >= 0x4e00 && first <= 0x9fff)) return true
  return normaliseText(cell) !== ''
}

const textOf = (cell: Cell): string =>
  cell === null ? '' : typeof cell === 'number' ? String(cell) : normaliseText(cell)

/**
 * Hands each row of the list to `emit`, in order, as soon as nothing below can still change it, and returns what is no row
 * of the list. Row by row, because a hundred thousand of them held at once is most of the memory a list takes.
 */
export function gatherRows(
  table: RawTable,
  recognition: Recognition,
  kind: IntakeKind,
  carried: CarriedFields,
  emit: (row: WrittenRow) => void,
): readonly LeftOut[] {
  const reader = createRowReader(table, recognition, kind)
  const gatherer = new Gatherer(table, reader.has, kind, carried, emit)
  for (const row of table.rows) {
    if (recognition.itemColumns.length > 0) {
      for (const written of reader.readAcross(row)) gatherer.take(row, written, true)
    } else {
      gatherer.take(row, reader.read(row), false)
    }
  }
  return gatherer.finish()
}

interface RowReader {
  readonly has: (field: Field) => boolean
  read(row: SheetRow): WrittenRow
  readAcross(row: SheetRow): WrittenRow[]
}

const directFields = [
  'party',
  'item',
  'code',
  'gtin',
  'specification',
  'unit',
  'quantity',
  'used',
  'usedDays',
  'packs',
  'packSize',
  'lot',
  'madeOn',
  'expiresOn',
  'shelfLife',
  'standard',
  'date',
  'note',
] as const

function createRowReader(table: RawTable, recognition: Recognition, kind: IntakeKind): RowReader {
  // Of what a unit or a depot has, a zero is the news that matters most: it has none left.
  const zeroSays = kind === 'reports' || kind === 'stock'
  const index = new Map<Field, Column>()
  for (const column of recognition.columns) if (!index.has(column.field)) index.set(column.field, column)
  const at = (field: Field): number => index.get(field)?.index ?? -1
  const positions = Object.fromEntries(directFields.map((field) => [field, at(field)])) as Record<
    (typeof directFields)[number],
    number
  >
  const direct = new Set<Field>(directFields)
  const others = recognition.columns
    .filter((column) => !direct.has(column.field) && column.field !== 'sequence' && column.field !== 'usedADay')
    // 人数 says nothing of the duty; 住院医护 does.
    .map((column) => ({
      ...column,
      says: column.heading === '' || saysPeople(column.heading),
    }))
  const quantity = index.get('quantity')
  // 单位：万只 above the table counts for all of it, unless a column or a heading says its own.
  const ofTitle = quantity?.unit || index.has('unit') ? null : unitOfTitles(table.titles)
  const headingUnit = quantity?.unit ?? ofTitle?.unit ?? null
  const multiplier =
    quantity?.multiplier !== undefined && quantity.multiplier !== 1 ? quantity.multiplier : (ofTitle?.multiplier ?? 1)
  const packsHeading = index.get('packs')?.heading ?? ''
  const packsUnit = /箱|ctn|carton|case/i.test(packsHeading)
    ? '箱'
    : /盒|box/i.test(packsHeading)
      ? '盒'
      : /包|pack/i.test(packsHeading)
        ? '包'
        : '件'
  const titleParty = partyOfTitles(table.titles, kind)
  const usedADay = at('usedADay')
  const headingDays = /(\d{1,3})\s*(?:天|日|days?)/i.exec(index.get('used')?.heading ?? '')?.[1] ?? null
  /** 日用量 is use of one day; 近7天消耗量 says its days itself. */
  const readUsed = (cell: (position: number) => Cell): Pick<WrittenRow, 'used' | 'usedDays'> => {
    const used = cell(positions.used)
    const aDay = held(used) ? null : cell(usedADay)
    return held(aDay)
      ? { used: aDay, usedDays: 1 }
      : { used, usedDays: cell(positions.usedDays) ?? (held(used) ? headingDays : null) }
  }
  const read = (row: SheetRow): WrittenRow => {
    const { cells } = row
    const cell = (position: number): Cell => (position === -1 ? null : (cells[position] ?? null))
    let more: Partial<Record<Field, string>> | null = null
    for (const column of others) {
      const value = cell(column.index)
      const text = textOf(value)
      if (text === '') continue
      more ??= {}
      if (column.field === 'headcount')
        more.headcount = joined(more.headcount, column.says ? text : `${column.heading} ${text}`, '；')
      else if (column.field === 'town') more.town = joined(more.town, text, ' ')
      else more[column.field] ??= text
    }
    return {
      source: { sheet: table.sheet, row: row.number },
      party: positions.party === -1 ? titleParty : cell(positions.party),
      item: cell(positions.item),
      code: cell(positions.code),
      gtin: cell(positions.gtin),
      specification: cell(positions.specification),
      unit: cell(positions.unit),
      quantity: cell(positions.quantity),
      ...readUsed(cell),
      packs: cell(positions.packs),
      packSize: cell(positions.packSize),
      lot: cell(positions.lot),
      madeOn: cell(positions.madeOn),
      expiresOn: cell(positions.expiresOn),
      shelfLife: cell(positions.shelfLife),
      standard: cell(positions.standard),
      date: cell(positions.date),
      note: cell(positions.note),
      more,
      headingUnit,
      multiplier,
      packsUnit,
      doubts: row.doubts ?? noDoubts,
    }
  }
  return {
    has: (field) =>
      index.has(field) ||
      (field === 'party' && titleParty !== null) ||
      (recognition.itemColumns.length > 0 && (field === 'item' || field === 'quantity')),
    read,
    readAcross(row) {
      const lines: WrittenRow[] = []
      for (const column of recognition.itemColumns) {
        const value = row.cells[column.index] ?? null
        // Of what a unit gets or needs, an empty cell and a zero both say none.
        if (!held(value) || (!zeroSays && (value === 0 || value === '0'))) continue
        const line = { ...read(row), item: column.item, quantity: value }
        if (column.unit !== null) line.headingUnit = column.unit
        if (column.unit !== null || column.multiplier !== 1) line.multiplier = column.multiplier
        if (column.isGuess) line.doubts = [...line.doubts, guess('item', 'column-guessed', { field: 'item' })]
        lines.push(line)
      }
      return lines.length > 0 ? lines : [read(row)]
    },
  }
}

const isNumber = (cell: Cell): boolean => typeof cell === 'number' || readQuantityCell(cell).value !== null

/** 人数 alone, and not 住院医护人数. */
function saysPeople(text: string): boolean {
  const heading = readHeading(text)
  return heading?.meaning === 'headcount' && heading.score === 1
}

/** Districts and towns in columns of their own, people of several duties: one after the other. */
const joined = (before: string | undefined, text: string, by: string): string =>
  before === undefined || before === text ? text : `${before}${by}${text}`

class Gatherer {
  /** The newest row, held back while the next may still belong to it. */
  private last: WrittenRow | null = null
  private readonly emit: (row: WrittenRow) => void
  private readonly leftOut: LeftOut[] = []
  private readonly table: RawTable
  private readonly has: (field: Field) => boolean
  private readonly kind: IntakeKind
  private readonly carried: CarriedFields
  private readonly counts: boolean
  private party: { value: Cell; row: number } | null = null
  private running = 0
  private runningRows = 0
  /** What came before the subtotals above, so that a grand total is known too. */
  private before = 0
  /** The item-only row straight above, which may be the first half of the next row's name. */
  private pending: { row: number; text: string } | null = null

  constructor(
    table: RawTable,
    has: (field: Field) => boolean,
    kind: IntakeKind,
    carried: CarriedFields,
    emit: (row: WrittenRow) => void,
  ) {
    this.emit = emit
    this.table = table
    this.has = has
    this.kind = kind
    this.carried = carried
    this.counts = has('quantity') || has('packs')
  }

  private push(written: WrittenRow): void {
    if (this.last) this.emit(this.last)
    this.last = written
  }

  private leave(row: SheetRow, why: LeftOutWhy): void {
    // A row of units × items comes here once for each of its cells.
    if (this.leftOut[this.leftOut.length - 1]?.source.row === row.number) return
    this.leftOut.push({ source: { sheet: this.table.sheet, row: row.number }, why, text: rowText(row) })
  }

  /** 同上, 〃: the writer says that the cell is as the one above, so nothing is guessed. */
  private fillDittos(row: SheetRow, written: WrittenRow): void {
    const above = this.last
    if (above === null || !row.cells.some(isDitto)) return
    for (const field of directFields) if (isDitto(written[field])) written[field] = above[field]
  }

  take(row: SheetRow, written: WrittenRow, across: boolean): void {
    this.fillDittos(row, written)
    const hasParty = held(written.party)
    const hasItem = held(written.item) || held(written.code) || held(written.gtin)
    const hasSpecification = held(written.specification) || held(written.lot)
    const hasQuantity = held(written.quantity) || held(written.packs)
    const first = firstText(row)
    if (isTotal(first) || isTotal(written.item) || isTotal(written.party)) {
      this.leave(row, 'total')
      this.before += this.running
      this.running = 0
      this.runningRows = 0
      this.pending = null
      return
    }
    if (
      isRule(first) &&
      row.cells.every((cell) => !held(cell) || (typeof cell === 'string' && isRule(normaliseText(cell))))
    ) {
      this.leave(row, 'nothing-said')
      return
    }
    // 制表人：张三 | 审核：李四 has words where a line has its quantity. A line with a number needs no look at its words.
    const counted = held(written.quantity) ? written.quantity : written.packs
    const isLine = hasItem && typeof counted === 'number'
    if (!isLine && isFoot(first) && !(hasItem && hasQuantity && isNumber(counted))) {
      this.leave(row, 'footnote')
      return
    }
    if (!hasQuantity && !hasItem && !hasSpecification) {
      this.takeBare(row, written, hasParty, first)
      return
    }
    if (!hasItem && !hasQuantity) {
      this.continueRow(row, written, hasParty)
      return
    }
    const onlyQuantity = hasQuantity && !hasItem && !hasParty && !hasSpecification
    const amount = hasQuantity
      ? (readQuantityCell(held(written.quantity) ? written.quantity : written.packs).value ?? 0)
      : 0
    const isSum =
      this.runningRows > 1 && (amount === this.running || (this.before > 0 && amount === this.before + this.running))
    if (onlyQuantity && this.has('item') && isSum) {
      this.leave(row, 'total')
      return
    }
    if (isSum && !hasParty && hasItem && this.mayBeTotal(written.item))
      addDoubt(written, guess('item', 'may-be-total', { given: amount }))
    this.carryParty(written, hasParty)
    const previous = this.last
    if (!hasItem && hasQuantity && this.has('item') && !hasParty && previous && held(previous.item))
      this.carryItem(written, previous)
    if (hasQuantity) {
      this.running += amount
      this.runningRows += 1
      if (this.pending && this.pending.row === row.number - 1 && !hasParty) {
        addDoubt(written, guess('item', 'name-may-continue', { otherRow: this.pending.row, text: this.pending.text }))
      }
      this.pending = null
    } else if (this.counts && needsQuantity(this.kind) && !across) {
      if (this.takeItemOnly(row, written, previous, hasParty)) return
    }
    this.push(written)
  }

  /** 全县共收: the sum of the rows above under a name that is no thing we know. */
  private mayBeTotal(item: Cell): boolean {
    return readFamily(textOf(item)) === null
  }

  /** A row of one cell, or of cells that mean nothing here. */
  private takeBare(row: SheetRow, written: WrittenRow, hasParty: boolean, first: string): void {
    const several = filledCells(row) > 1
    // In a list of units alone a row without a name is still said: its cells are somebody's.
    const unnamed = this.kind === 'units' && !this.has('item') && several
    if ((hasParty || unnamed) && !needsItem(this.kind) && !(sectionWords.test(textOf(written.party)) && !several)) {
      this.carryParty(written, hasParty)
      this.push(written)
      return
    }
    if (hasParty) {
      const text = textOf(written.party)
      if ((sectionWords.test(text) || dayAlone.test(text)) && !several) this.leave(row, 'section-title')
      else {
        if (!noteOfDestination.test(text)) this.party = { value: written.party, row: row.number }
        this.leave(row, 'party-only')
      }
      return
    }
    this.leave(
      row,
      first === ''
        ? 'nothing-said'
        : several
          ? 'nothing-said'
          : sectionWords.test(first)
            ? 'section-title'
            : 'footnote',
    )
  }

  /** Specification with no item and no quantity: the row above goes on here. */
  private continueRow(row: SheetRow, written: WrittenRow, hasParty: boolean): void {
    const previous = this.last
    if (previous && previous.source.row >= row.number - 3 && needsQuantity(this.kind)) {
      const text = textOf(written.specification) || textOf(written.lot)
      previous.specification = [textOf(previous.specification), text].filter((part) => part !== '').join(' ')
      addDoubt(previous, guess('specification', 'specification-continued', { otherRow: row.number, text }))
      if (hasParty && !noteOfDestination.test(textOf(written.party)))
        this.party = { value: written.party, row: row.number }
      this.leave(row, 'continuation')
    } else if (needsItem(this.kind)) {
      this.leave(row, 'nothing-said')
    } else {
      this.carryParty(written, hasParty)
      this.push(written)
    }
  }

  private carryParty(written: WrittenRow, hasParty: boolean): void {
    if (!this.has('party')) return
    if (hasParty) {
      const text = textOf(written.party)
      if (noteOfDestination.test(text) && this.party) {
        addDoubt(written, guess('party', 'party-is-a-note', { text }))
        written.note ??= text
        written.party = this.party.value
        return
      }
      this.party = { value: written.party, row: written.source.row }
      return
    }
    if (!this.party) return
    written.party = this.party.value
    if (!this.carried.has('party')) {
      addDoubt(written, guess('party', 'carried-down', { fromRow: this.party.row, value: textOf(this.party.value) }))
    }
  }

  private carryItem(written: WrittenRow, previous: WrittenRow): void {
    written.item = previous.item
    if (!this.carried.has('item')) {
      addDoubt(written, guess('item', 'carried-down', { fromRow: previous.source.row, value: textOf(previous.item) }))
    }
  }

  /** An item without a quantity beside rows that have one. True when the row was joined to the one above. */
  private takeItemOnly(row: SheetRow, written: WrittenRow, previous: WrittenRow | null, hasParty: boolean): boolean {
    // 一 | 个人防护类: a numeral of the headings of parts where lines have their running number.
    if (partNumber.test(firstText(row)) && filledCells(row) === 2) {
      this.leave(row, 'section-title')
      return true
    }
    const text = textOf(written.item)
    const besideAbove = previous !== null && previous.source.row === row.number - 1
    if (besideAbove) addDoubt(previous, guess('item', 'name-may-continue', { otherRow: row.number, text }))
    if (besideAbove && !hasParty && openingBracket.test(text) && !held(written.specification)) {
      this.leave(row, 'continuation')
      return true
    }
    this.pending = { row: row.number, text }
    return false
  }

  finish(): readonly LeftOut[] {
    if (this.last) this.emit(this.last)
    this.last = null
    return this.leftOut
  }
}

function firstText(row: SheetRow): string {
  for (const cell of row.cells) {
    if (typeof cell === 'number') return ''
    if (cell !== null && cell !== '') {
      const text = normaliseText(cell)
      if (text !== '') return text
    }
  }
  return ''
}

function filledCells(row: SheetRow): number {
  let filled = 0
  for (const cell of row.cells) if (held(cell)) filled += 1
  return filled
}
