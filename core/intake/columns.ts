import { normaliseText } from '../text.ts'
import { readFamily } from './grade.ts'
import { type Field, type HeaderMeaning, type Heading, type IntakeKind, readHeading } from './header-words.ts'
import { findItemColumns, type ItemColumn } from './item-columns.ts'
import { readQuantityCell } from './number-text.ts'
import { readPackSize } from './pack-size.ts'
import { type Cell, isBlank, type SheetRow } from './sheet.ts'
import { knownUnit, readUnitText } from './unit-of-measure.ts'

export interface Column {
  /** 0-based position in the sheet. */
  readonly index: number
  readonly field: Field
  /** The heading as written (normalised); empty when the table has none here. */
  readonly heading: string
  readonly by: 'heading' | 'content' | 'memory'
  /** The unit and multiplier that the heading lays on the column: `数量（万只）`. */
  readonly unit: string | null
  readonly multiplier: number
  /** What the headings leave open about this column; none once a clerk has confirmed it. */
  readonly doubt?: { readonly code: 'one-of-several-columns' | 'other-side'; readonly others: string }
}

export interface Recognition {
  readonly columns: readonly Column[]
  readonly itemColumns: readonly ItemColumn[]
  /** Columns with content that nothing was made of: 0-based position and heading. */
  readonly unused: readonly { readonly index: number; readonly heading: string }[]
}

/** What the cells of a column look like, in shares of the filled ones. */
export interface ColumnContent {
  readonly filled: number
  readonly number: number
  readonly numberWithUnit: number
  readonly unitWord: number
  readonly date: number
  readonly pack: number
  readonly organisation: number
  readonly item: number
  readonly lot: number
  readonly phone: number
  readonly standard: number
  readonly counts: boolean
  readonly distinct: number
}

const sampleSize = 120
export const organisationWords =
  /公司|集团|厂$|工厂|医院|卫生院|卫生服务|门诊|诊所|中心|协会|商会|基金会|红十字|慈善|委员会|街道|镇$|村$|社区|居委|学校|中学|小学|大学|学院|幼儿园|派出所|公安|交警|环卫|检疫站|卡口|隔离点|个人|人士|匿名|办事处|管理局|有限|\b(?:co|ltd|inc|corp|hospital|clinic|school|company|factory|foundation|ward)\b/i
const dateLike = /^\d{4}[-/.年]\d{1,2}(?:[-/.月]\d{1,2})?日?(?:\s.*)?$|^\d{1,2}月\d{1,2}日$|^20\d{6}$/
const phoneLike = /^(?:\+?86)?1[3-9]\d{9}$|^0\d{2,3}-?\d{7,8}(?:-\d+)?$/
const lotLike = /^(?=.*\d)[A-Z0-9][A-Z0-9\-./]{3,19}$/i
const standardLike = /(?:GB|YY|EN|ASTM|ISO)\s*(?:\/\s*T)?\s*-?\s*[A-Z]?\d{3,5}/i

const isUnitWord = (text: string): boolean =>
  knownUnit(text.replace(/\s*\(.*\)$/, '')) !== null || (/[万千百亿/每]/.test(text) && readUnitText(text) !== null)

function describeColumn(cells: readonly Cell[], isKnownItem: (name: string) => boolean): ColumnContent {
  const count = {
    number: 0,
    numberWithUnit: 0,
    unitWord: 0,
    date: 0,
    pack: 0,
    organisation: 0,
    item: 0,
    lot: 0,
    phone: 0,
    standard: 0,
  }
  const seen = new Set<string>()
  let filled = 0
  let rising = 0
  let previous: number | null = null
  for (const cell of cells) {
    if (isBlank(cell)) continue
    const text = typeof cell === 'number' ? String(cell) : normaliseText(cell as string)
    if (text === '') continue
    filled += 1
    seen.add(text)
    const numeric = typeof cell === 'number' || /^-?[\d,]+(?:\.\d+)?$/.test(text)
    if (numeric) {
      count.number += 1
      const value = Number(text.replaceAll(',', ''))
      if (previous === null ? value === 1 : value === previous + 1) rising += 1
      previous = value
    }
    if (dateLike.test(text) && !(typeof cell === 'number' && cell < 19_000_101)) count.date += 1
    if (isUnitWord(text)) count.unitWord += 1
    else if (!numeric) {
      const quantity = readQuantityCell(text)
      if (quantity.value !== null && quantity.doubt !== 'leftover' && quantity.doubt !== 'mixed')
        count.numberWithUnit += 1
      if (readPackSize(text).steps.length > 0) count.pack += 1
      if (organisationWords.test(text)) count.organisation += 1
      if (readFamily(text) !== null || isKnownItem(text)) count.item += 1
      if (standardLike.test(text)) count.standard += 1
      if (phoneLike.test(text)) count.phone += 1
      if (lotLike.test(text) && !dateLike.test(text)) count.lot += 1
    } else if (phoneLike.test(text)) {
      count.phone += 1
    }
  }
  const share = (n: number) => (filled === 0 ? 0 : n / filled)
  return {
    filled,
    number: share(count.number),
    numberWithUnit: share(count.numberWithUnit),
    unitWord: share(count.unitWord),
    date: share(count.date),
    pack: share(count.pack),
    organisation: share(count.organisation),
    item: share(count.item),
    lot: share(count.lot),
    phone: share(count.phone),
    standard: share(count.standard),
    counts: filled >= 3 && rising >= filled - 1,
    distinct: share(seen.size),
  }
}

const receivedFirst: readonly HeaderMeaning[] = [
  'receivedQuantity',
  'plainQuantity',
  'issuedQuantity',
  'plannedQuantity',
  'neededQuantity',
  'capacityQuantity',
  'stockQuantity',
]
const quantityOrder: Readonly<Record<IntakeKind, readonly HeaderMeaning[]>> = {
  delivery: receivedFirst,
  items: receivedFirst,
  issue: ['issuedQuantity', 'plainQuantity', 'neededQuantity', 'plannedQuantity', 'receivedQuantity', 'stockQuantity'],
  units: ['neededQuantity', 'plainQuantity', 'plannedQuantity', 'issuedQuantity', 'receivedQuantity', 'stockQuantity'],
  suppliers: ['capacityQuantity', 'plainQuantity', 'plannedQuantity', 'stockQuantity'],
  reports: ['stockQuantity', 'plainQuantity', 'receivedQuantity', 'neededQuantity', 'openingQuantity'],
  stock: ['stockQuantity', 'openingQuantity', 'plainQuantity', 'receivedQuantity'],
}
export const partyOrder: Readonly<Record<IntakeKind, readonly HeaderMeaning[]>> = {
  delivery: ['sender', 'organisation', 'recipient'],
  items: ['sender', 'organisation'],
  stock: ['sender', 'organisation'],
  suppliers: ['sender', 'organisation', 'recipient'],
  issue: ['recipient', 'organisation', 'sender'],
  units: ['recipient', 'organisation', 'sender'],
  reports: ['recipient', 'organisation', 'sender'],
}
const partyMeanings: ReadonlySet<HeaderMeaning> = new Set(['sender', 'recipient', 'organisation'])
const quantityMeanings: ReadonlySet<HeaderMeaning> = new Set([...receivedFirst, 'openingQuantity'])

export interface Candidate {
  readonly index: number
  readonly text: string
  readonly heading: Heading | null
  readonly content: ColumnContent
}

const useMeanings: ReadonlySet<HeaderMeaning> = new Set(['used', 'usedADay', 'usedDays'])

/** Only units report what they used: anywhere else 用量 may well be the quantity that is asked for. */
function headingFor(text: string, kind: IntakeKind): Heading | null {
  const heading = text === '' ? null : readHeading(text)
  return heading !== null && useMeanings.has(heading.meaning) && kind !== 'reports' ? null : heading
}

/** The content is looked at when something asks for it: most columns are known by their heading alone. */
function candidateOf(
  index: number,
  text: string,
  cells: readonly Cell[],
  kind: IntakeKind,
  isKnownItem: (name: string) => boolean,
): Candidate {
  let content: ColumnContent | null = null
  return {
    index,
    text,
    heading: headingFor(text, kind),
    get content() {
      content ??= describeColumn(cells, isKnownItem)
      return content
    },
  }
}

/** Recognises the columns of a table by its headings (null: it has none) and, where they say nothing, by the cells. */
export function recogniseColumns(
  headings: readonly string[] | null,
  rows: readonly SheetRow[],
  kind: IntakeKind,
  isKnownItem: (name: string) => boolean,
  isDuty: (heading: string) => boolean = () => false,
): Recognition {
  const sample = rows.length <= sampleSize ? rows : [...rows.slice(0, sampleSize / 2), ...every(rows, sampleSize / 2)]
  let width = headings?.length ?? 0
  for (const row of sample) width = Math.max(width, row.cells.length)
  const candidates: Candidate[] = []
  for (let index = 0; index < width; index += 1) {
    const text = headings === null ? '' : normaliseText(headings[index] ?? '')
    const cells = sample.map((row) => row.cells[index] ?? null)
    if (text === '' && cells.every(isBlank)) continue
    candidates.push(candidateOf(index, text, cells, kind, isKnownItem))
  }
  const columns = byHeadings(candidates, kind)
  if (kind === 'units') takeDuties(candidates, columns, isDuty)
  const itemColumns = findItemColumns(candidates, columns, kind, isKnownItem)
  if (itemColumns.length === 0) byContent(candidates, columns, kind)
  // In a list of units alone the code is the unit's: there is no item that it could be of.
  if (kind === 'units' && itemColumns.length === 0 && !columns.some(({ field }) => field === 'item'))
    for (const [at, column] of columns.entries())
      if (column.field === 'code') columns[at] = { ...column, field: 'unitCode' }
  const used = new Set([...columns.map((column) => column.index), ...itemColumns.map((column) => column.index)])
  const unused = candidates
    .filter((candidate) => !used.has(candidate.index) && candidate.content.filled > 0)
    .map((candidate) => ({ index: candidate.index, heading: candidate.text }))
  return { columns: columns.sort((a, b) => a.index - b.index), itemColumns, unused }
}

function every(rows: readonly SheetRow[], count: number): SheetRow[] {
  const step = rows.length / count
  return Array.from({ length: count }, (_, index) => rows[Math.floor(index * step)]!)
}

function byHeadings(candidates: readonly Candidate[], kind: IntakeKind): Column[] {
  const meant = candidates
    .filter((candidate) => candidate.heading !== null && candidate.heading.score >= 0.5)
    .map((candidate) => ({
      candidate,
      index: candidate.index,
      text: candidate.text,
      heading: candidate.heading!,
      meaning: settleMeaning(candidate, kind),
    }))
  const columns: Column[] = []
  const take = (candidate: (typeof meant)[number], field: Field) => {
    const { unit, multiplier } = candidate.heading
    const column: Column = { index: candidate.index, field, heading: candidate.text, by: 'heading', unit, multiplier }
    const doubt = field === 'quantity' ? rivalsOf(candidate) : field === 'party' ? otherSide(candidate) : undefined
    columns.push(doubt === undefined ? column : { ...column, doubt })
  }
  /** 数量 | 单位 | 数量 | 单位: nothing says which of two counts. */
  const rivalsOf = (candidate: (typeof meant)[number]): Column['doubt'] => {
    const rivals = meant.filter(
      (one) =>
        one !== candidate &&
        one.meaning === candidate.meaning &&
        one.heading.score === candidate.heading.score &&
        one.candidate.content.filled > 0,
    )
    return rivals.length === 0
      ? undefined
      : { code: 'one-of-several-columns', others: rivals.map((one) => one.text).join('、') }
  }
  /** 去向 in a list of what came says where it went, and not who sent it. */
  const otherSide = (candidate: (typeof meant)[number]): Column['doubt'] =>
    candidate.meaning === (partyOrder[kind][0] === 'sender' ? 'recipient' : 'sender')
      ? { code: 'other-side', others: '' }
      : undefined
  const pick = (order: readonly HeaderMeaning[]) => {
    for (const meaning of order) {
      const found = meant
        .filter((candidate) => candidate.meaning === meaning)
        .sort(
          (a, b) =>
            b.heading.score - a.heading.score ||
            Number(b.candidate.content.filled > 0) - Number(a.candidate.content.filled > 0),
        )
      if (found[0]) return found[0]
    }
    return null
  }
  const party = pick(partyOrder[kind])
  const quantity = pick(quantityOrder[kind])
  const taken = new Set<Field>()
  for (const candidate of meant) {
    const { meaning } = candidate
    let field: Field
    if (partyMeanings.has(meaning)) field = candidate === party ? 'party' : 'otherParty'
    else if (quantityMeanings.has(meaning)) field = candidate === quantity ? 'quantity' : 'otherQuantity'
    else field = meaning as Field
    if (taken.has(field) && !severalAllowed.has(field) && !(kind === 'units' && field === 'town')) continue
    taken.add(field)
    take(candidate, field)
  }
  return columns
}

const severalAllowed: ReadonlySet<Field> = new Set<Field>(['otherQuantity', 'otherParty', 'note'])

/** People by duty, a column for each: 住院医护 | 检疫筛查. Their headings say whose number it is. */
function takeDuties(candidates: readonly Candidate[], columns: Column[], isDuty: (heading: string) => boolean): void {
  for (const { index, text } of candidates) {
    if (text === '' || !isDuty(text)) continue
    const at = columns.findIndex((column) => column.index === index)
    const column: Column = { index, field: 'headcount', heading: text, by: 'heading', unit: null, multiplier: 1 }
    if (at === -1) columns.push(column)
    else columns[at] = column
  }
}

const openMeanings: ReadonlySet<HeaderMeaning> = new Set([
  'unitOrOrganisation',
  'name',
  'code',
  'shelfLife',
  'plainQuantity',
  'unit',
])

/** Headings with two meanings are settled by what stands below them. */
function settleMeaning(candidate: Candidate, kind: IntakeKind): HeaderMeaning {
  const { meaning } = candidate.heading!
  if (!openMeanings.has(meaning)) return meaning
  const { content } = candidate
  if (meaning === 'unitOrOrganisation') {
    if (content.unitWord >= 0.5) return 'unit'
    if (content.filled === 0) return kind === 'units' || kind === 'suppliers' ? 'organisation' : 'unit'
    if (content.organisation > content.unitWord) return 'organisation'
    if (content.unitWord > 0) return 'unit'
    // Not one unit of measure in a list that is of places: a station is called as no pattern knows.
    return kind === 'units' || kind === 'suppliers' || kind === 'reports' ? 'organisation' : 'unit'
  }
  if (meaning === 'name') {
    if (content.organisation > content.item) return 'organisation'
    return kind === 'units' || kind === 'suppliers' ? 'organisation' : 'item'
  }
  if (meaning === 'code' && content.counts) return 'sequence'
  if (meaning === 'shelfLife' && content.date >= 0.5) return 'expiresOn'
  if (meaning === 'unit' && content.numberWithUnit >= 0.6) return 'plainQuantity'
  if (meaning === 'plainQuantity' && content.unitWord >= 0.6) return 'unit'
  return meaning
}

/** Fills the fields that no heading named, each from the column whose cells look most like it. */
function byContent(candidates: readonly Candidate[], columns: Column[], kind: IntakeKind): void {
  const free = () => {
    const used = new Set(columns.map((column) => column.index))
    // A heading that says something else is believed; only columns without one, or with words nobody knows, are up for it.
    return candidates.filter(
      (candidate) =>
        !used.has(candidate.index) && candidate.content.filled > 0 && (candidate.heading?.score ?? 0) < 0.5,
    )
  }
  const has = (field: Field) => columns.some((column) => column.field === field)
  const assign = (field: Field, score: (content: ColumnContent) => number, atLeast: number) => {
    if (has(field)) return
    let best: Candidate | null = null
    let bestScore = atLeast
    for (const candidate of free()) {
      const value = score(candidate.content)
      if (value > bestScore) {
        best = candidate
        bestScore = value
      }
    }
    if (best) columns.push({ index: best.index, field, heading: best.text, by: 'content', unit: null, multiplier: 1 })
  }
  assign('sequence', (c) => (c.counts ? 1 : 0), 0.5)
  assign('phone', (c) => c.phone, 0.7)
  assign('item', (c) => c.item - c.organisation, 0.3)
  assign('unit', (c) => c.unitWord, 0.6)
  assign('quantity', (c) => (c.date >= 0.5 ? 0 : c.numberWithUnit * 1.2 + c.number), 0.6)
  assign('specification', (c) => c.pack, 0.5)
  assign('standard', (c) => c.standard, 0.5)
  const dates = free().filter((candidate) => candidate.content.date >= 0.6)
  const wanted: Field[] = dates.length >= 2 ? ['madeOn', 'expiresOn'] : ['date']
  for (const field of wanted) {
    if (has(field)) continue
    const next = dates.find((candidate) => !columns.some((column) => column.index === candidate.index))
    if (next) columns.push({ index: next.index, field, heading: next.text, by: 'content', unit: null, multiplier: 1 })
  }
  assign('party', (c) => c.organisation, kind === 'units' || kind === 'suppliers' ? 0.3 : 0.4)
  assign('lot', (c) => c.lot, 0.8)
  // Names nobody knows are still names: with a quantity found, the fullest column of short words is the item.
  if (!has('item') && has('quantity') && kind !== 'units' && kind !== 'suppliers') {
    assign(
      'item',
      (c) => (c.number + c.numberWithUnit + c.date + c.unitWord + c.organisation < 0.3 ? c.distinct : 0),
      0,
    )
  }
}
