import { daysBetween } from '../civil-date.ts'
import type { Item, Lot, Problem, UnitLine } from './problem.ts'

/** Lots that are alike to every line: same item, depot, expiry and pack size, and open to the same lines. */
export type Source = {
  /** Index in the problem's items. */
  readonly item: number
  readonly depot: string
  /** Days from the plan's date to the last day of use; Infinity for none. */
  readonly expiresIn: number
  readonly packBase: number
  readonly packs: number
  /** Usable lots, in code-point order of their names. */
  readonly lots: readonly Lot[]
}

/** What the lines of one group of items (an item, or items joined by substitution) can draw on. */
export type Supply = {
  /** By expiry (none last), then item, depot, pack size. */
  readonly sources: readonly Source[]
  /** Items of the group that have lots or a reserve, with the packs they may give: usable less reserve. */
  readonly items: readonly number[]
  /** By item of the problem: usable packs, and packs that may be given. */
  readonly usable: ReadonlyMap<number, number>
  readonly capacity: ReadonlyMap<number, number>
  /** For each line, the index of its pattern; a pattern marks with 1 the sources it may draw on. */
  readonly patternOf: Int32Array
  readonly patterns: readonly Uint8Array[]
  /** Pack sizes in use, largest first. */
  readonly sizes: readonly number[]
}

export function isUsable(lot: Lot, date: string): boolean {
  return !lot.held && lot.packs > 0 && (lot.expiresOn === null || lot.expiresOn >= date)
}

export function packBaseOf(item: Item, lot: Lot): number {
  return lot.packBase ?? item.packBase
}

export function substitutesOf(item: Item, line: UnitLine): readonly string[] {
  return line.substitutes ?? item.substitutes ?? []
}

export type SupplyLine = { readonly item: number; readonly line: UnitLine }

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Sources of a group of items. `itemOf` finds an item's index by its code. */
export function supplyOf(
  problem: Problem,
  items: readonly number[],
  lines: readonly SupplyLine[],
  itemOf: ReadonlyMap<string, number>,
): Supply {
  const byLot = lines.some(({ line }) => line.lots != null)
  const sources = sourcesOf(problem, items, byLot)
  const patterns: Uint8Array[] = []
  const patternAt = new Map<string, number>()
  const patternOf = new Int32Array(lines.length)
  const plain = new Int32Array(problem.items.length).fill(-1)
  for (let at = 0; at < lines.length; at++) {
    const { item, line } = lines[at]!
    const isPlain = line.depots === null && line.lots == null && line.substitutes == null
    let pattern = isPlain ? plain[item]! : -1
    if (pattern < 0) {
      const marks = marksOf(problem, sources, item, line, itemOf)
      const key = marks.join('')
      pattern = patternAt.get(key) ?? patterns.length
      if (pattern === patterns.length) {
        patterns.push(marks)
        patternAt.set(key, pattern)
      }
      if (isPlain) plain[item] = pattern
    }
    patternOf[at] = pattern
  }
  const usable = new Map<number, number>()
  const capacity = new Map<number, number>()
  for (const item of items) {
    let packs = 0
    for (const source of sources) if (source.item === item) packs += source.packs
    usable.set(item, packs)
    capacity.set(item, Math.max(0, packs - problem.items[item]!.reservePacks))
  }
  const sizes = [...new Set(sources.map((source) => source.packBase))].sort((a, b) => b - a)
  return { sources, items, usable, capacity, patternOf, patterns, sizes }
}

function sourcesOf(problem: Problem, items: readonly number[], byLot: boolean): readonly Source[] {
  const found = new Map<string, Source & { packs: number; lots: Lot[] }>()
  for (const index of items) {
    const item = problem.items[index]!
    const lots = item.lots.filter((lot) => isUsable(lot, problem.date))
    lots.sort((a, b) => compareText(a.lot, b.lot))
    for (const lot of lots) {
      const packBase = packBaseOf(item, lot)
      const key = JSON.stringify([index, lot.depot, lot.expiresOn, packBase, byLot ? lot.lot : ''])
      const source = found.get(key)
      if (source) {
        source.packs += lot.packs
        source.lots.push(lot)
        continue
      }
      const expiresIn = lot.expiresOn === null ? Number.POSITIVE_INFINITY : daysBetween(problem.date, lot.expiresOn)
      found.set(key, { item: index, depot: lot.depot, expiresIn, packBase, packs: lot.packs, lots: [lot] })
    }
  }
  return [...found.values()].sort(
    (a, b) =>
      (a.expiresIn === b.expiresIn ? 0 : a.expiresIn - b.expiresIn) ||
      compareText(problem.items[a.item]!.item, problem.items[b.item]!.item) ||
      compareText(a.depot, b.depot) ||
      b.packBase - a.packBase ||
      compareText(a.lots[0]!.lot, b.lots[0]!.lot),
  )
}

function marksOf(
  problem: Problem,
  sources: readonly Source[],
  item: number,
  line: UnitLine,
  itemOf: ReadonlyMap<string, number>,
): Uint8Array {
  const allowed = new Set([item])
  for (const code of substitutesOf(problem.items[item]!, line)) allowed.add(itemOf.get(code)!)
  const marks = new Uint8Array(sources.length)
  for (let at = 0; at < sources.length; at++) {
    const source = sources[at]!
    if (!allowed.has(source.item)) continue
    if (line.depots !== null && !line.depots.includes(source.depot)) continue
    // With lots restricted anywhere in the group, a source holds one lot.
    if (line.lots != null && !line.lots.includes(source.lots[0]!.lot)) continue
    marks[at] = 1
  }
  return marks
}
