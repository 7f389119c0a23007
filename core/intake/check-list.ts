import { nameKey } from '../text.ts'
import type { CatalogueItem } from './catalogue.ts'
import type { IntakeKind } from './header-words.ts'
import type { NameMatcher } from './match-name.ts'
import { type DraftRow, isPieceOrNone } from './read-row.ts'
import { guess, type Reason, worstOf, wrong } from './reasons.ts'

/** What only the whole list shows: names filled down by dragging, numbers far above the usual, lines that repeat. */
export interface ListContext {
  readonly kind: IntakeKind
  readonly catalogue: readonly CatalogueItem[]
  readonly matcher: NameMatcher | null
}

/** How many times the usual a number must be to be doubted: a slip of two digits, less what lists vary by themselves. */
const farAbove = 50
const fewestForUsual = 4

function doubt(row: DraftRow, reason: Reason): void {
  row.reasons = [...row.reasons, reason]
  row.status = worstOf(row.reasons)
}

export function checkList(rows: readonly DraftRow[], context: ListContext): DraftRow[] {
  const checked = markDragFilled(rows, context.matcher)
  markFarAboveUsual(checked, context)
  markOnes(checked, context.kind)
  markRepeats(checked)
  return checked
}

/** Who, what, how much, which lot and day: two lines with the same key are the same line twice. */
function lineKey(
  row: Pick<DraftRow, 'party' | 'match' | 'item' | 'specification' | 'quantity' | 'unit' | 'lot' | 'date'>,
): string {
  return [
    nameKey(row.party ?? ''),
    row.match ?? nameKey(row.item ?? ''),
    nameKey(row.specification ?? ''),
    row.quantity ?? '',
    row.unit ?? '',
    row.lot ?? '',
    row.date ?? '',
  ].join('\u0001')
}

const trailing = /^(.*?)(\d+)(\D*)$/
const impossibleGrade = /(?<![A-Za-z\d])(K?N)\s?(9[1-46-8])(?!\d)/i

/**
 * N95, N96, N97 under each other: three in a row that differ by one in their last number were dragged, not typed. N96 is
 * doubted wherever it stands, because there is no such class (GB 2626: 90, 95, 100; NIOSH: 95, 99, 100).
 */
function markDragFilled(rows: readonly DraftRow[], matcher: NameMatcher | null): DraftRow[] {
  const out = [...rows]
  const known = new Map<string, Numbered | null>()
  const numberOf = (item: string | null): Numbered | null => {
    if (item === null) return null
    let number = known.get(item)
    if (number === undefined) {
      number = numbered(item)
      known.set(item, number)
    }
    return number
  }
  let start = 0
  while (start < rows.length) {
    const first = numberOf(rows[start]!.item)
    let end = start + 1
    if (first) {
      while (end < rows.length) {
        const next = numberOf(rows[end]!.item)
        if (
          !next ||
          next.before !== first.before ||
          next.after !== first.after ||
          next.number !== first.number + (end - start)
        )
          break
        end += 1
      }
    }
    const run = end - start
    const dragged = first !== null && (run >= 3 || (run === 2 && impossibleGrade.test(rows[start + 1]!.item ?? '')))
    for (let at = start; at < end; at += 1) {
      const row = rows[at]!
      if (dragged && at > start) out[at] = asDragged(row, rows[start]!)
      else if (!dragged && first !== null && row.item !== null && impossibleGrade.test(row.item))
        out[at] = asImpossible(row, matcher)
    }
    start = end
  }
  return out
}

interface Numbered {
  readonly before: string
  readonly number: number
  readonly after: string
}

function numbered(item: string): Numbered | null {
  const found = trailing.exec(item)
  return found && found[2]!.length <= 9 ? { before: found[1]!, number: Number(found[2]), after: found[3]! } : null
}

/** The row keeps its name as written; its match is the first row's, as a guess. */
function asDragged(row: DraftRow, first: DraftRow): DraftRow {
  const kept = row.reasons.filter((reason) => reason.field !== 'match')
  const reasons = [...kept, guess('item', 'drag-filled', { first: first.item ?? '' })]
  // With no match the first row's own doubt goes along: this row is no better known than that one.
  if (first.match === null) reasons.push(...first.reasons.filter((reason) => reason.field === 'match'))
  return { ...row, match: first.match, reasons, status: worstOf(reasons) }
}

function asImpossible(row: DraftRow, matcher: NameMatcher | null): DraftRow {
  const meant = (row.item ?? '').replace(impossibleGrade, (_, letters: string) => `${letters}95`)
  const kept = row.reasons.filter((reason) => reason.field !== 'match')
  const match = matcher?.match(meant, row.standard ?? '').item ?? null
  const reasons = [
    ...kept,
    match === null && matcher !== null
      ? wrong('item', 'drag-filled', { first: meant })
      : guess('item', 'drag-filled', { first: meant }),
  ]
  return { ...row, match: match?.code ?? null, reasons, status: worstOf(reasons) }
}

function markFarAboveUsual(rows: readonly DraftRow[], context: ListContext): void {
  const usualOf = new Map<string, number>()
  for (const item of context.catalogue)
    if (item.usualQuantityBase !== null && item.usualQuantityBase > 0) usualOf.set(item.code, item.usualQuantityBase)
  // Matched rows are compared in the base unit; others by name, within one unit.
  const matched = new Map<string, DraftRow[]>()
  const named = new Map<string, Map<string | null, DraftRow[]>>()
  for (const row of rows) {
    if (row.quantity === null || row.item === null) continue
    if (row.match !== null && row.quantityBase !== null) listUnder(matched, row.match).push(row)
    else {
      let byUnit = named.get(row.item)
      if (byUnit === undefined) {
        byUnit = new Map()
        named.set(row.item, byUnit)
      }
      listUnder(byUnit, row.unit).push(row)
    }
  }
  for (const [code, group] of matched) markGroup(group, (row) => row.quantityBase!, usualOf.get(code))
  for (const byUnit of named.values())
    for (const group of byUnit.values()) markGroup(group, (row) => row.quantity!, undefined)
}

function listUnder<Key>(groups: Map<Key, DraftRow[]>, key: Key): DraftRow[] {
  let group = groups.get(key)
  if (group === undefined) {
    group = []
    groups.set(key, group)
  }
  return group
}

function markGroup(group: readonly DraftRow[], amount: (row: DraftRow) => number, onFile: number | undefined): void {
  if (onFile === undefined && group.length <= fewestForUsual) return
  const usual = onFile ?? medianOf(group, amount)
  if (usual <= 0) return
  for (const row of group) {
    const times = Math.round(amount(row) / usual)
    if (times >= farAbove)
      doubt(row, guess('quantity', 'quantity-far-above-usual', { given: amount(row), usual, times }))
  }
}

/** Of large groups a spread of a thousand is enough to know what is usual. */
function medianOf(group: readonly DraftRow[], amount: (row: DraftRow) => number): number {
  const count = Math.min(group.length, 1001)
  const step = group.length / count
  const sorted = new Float64Array(count)
  for (let index = 0; index < count; index += 1) sorted[index] = amount(group[Math.floor(index * step)]!)
  sorted.sort()
  return sorted[(count - 1) >> 1]!
}

/** Where a third of a list says 1 of a thing counted singly, the 1 is a tick. A 1 with no unit at all was doubted already. */
function markOnes(rows: readonly DraftRow[], kind: IntakeKind): void {
  if (kind === 'reports' || kind === 'stock' || kind === 'items') return
  const counted = rows.filter((row) => row.quantity !== null && row.unit !== null && isPieceOrNone(row.unit))
  const ones = counted.filter((row) => row.quantity === 1)
  if (ones.length < 5 || ones.length < counted.length * 0.3) return
  for (const row of ones) {
    if (!row.reasons.some((reason) => reason.code === 'one-may-mean-unknown'))
      doubt(row, guess('quantity', 'one-may-mean-unknown'))
  }
}

/** A number for each distinct text, so that a row is compared by small numbers and not by building a long key. */
function createInterner(): (text: string | null) => number {
  const numbers = new Map<string, number>()
  return (text) => {
    if (text === null) return 0
    let number = numbers.get(text)
    if (number === undefined) {
      number = numbers.size + 1
      numbers.set(text, number)
    }
    return number
  }
}

function markRepeats(rows: readonly DraftRow[]): void {
  const intern = createInterner()
  const keys = new Map<string, string>()
  const keyOf = (text: string | null): string => {
    if (text === null) return ''
    let key = keys.get(text)
    if (key === undefined) {
      key = nameKey(text)
      keys.set(text, key)
    }
    return key
  }
  // A table of chains: rows under one hash are compared by their full key, so a collision costs time, never a wrong mark.
  const heads = new Int32Array(2 ** Math.ceil(Math.log2(rows.length + 1) + 1))
  const next = new Int32Array(rows.length + 1)
  const hashes = new Int32Array(rows.length + 1)
  const mask = heads.length - 1
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows[index]!
    if (row.quantity === null && row.lot === null) continue
    let hash = intern(keyOf(row.party))
    hash = Math.imul(hash, spread) + intern(row.match ?? keyOf(row.item))
    hash = Math.imul(hash, spread) + intern(keyOf(row.specification))
    hash = Math.imul(hash, spread) + intern(row.unit)
    hash = Math.imul(hash, spread) + intern(row.date)
    hash = Math.imul(hash, spread) + hashText(row.lot ?? '')
    hash = Math.imul(hash, spread) + (row.quantity ?? -1)
    hash = Math.imul(hash ^ (hash >>> 15), spread)
    const head = (hash >>> 7) & mask
    let found = heads[head]!
    let key: string | null = null
    while (found !== 0) {
      if (hashes[found] === hash) {
        key ??= lineKey(row)
        if (lineKey(rows[found - 1]!) === key) break
      }
      found = next[found]!
    }
    if (found === 0) {
      hashes[index + 1] = hash
      next[index + 1] = heads[head]!
      heads[head] = index + 1
      continue
    }
    const before = rows[found - 1]!
    if (before.source.sheet !== row.source.sheet || before.source.row !== row.source.row)
      doubt(row, guess('row', 'repeats-row', { row: before.source.row }))
  }
}

/** An odd number without a pattern in its bits (2^32 over the golden ratio), which carries every bit upwards. */
const spread = 0x9e3779b1

function hashText(text: string): number {
  let hash = text.length
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash
}
