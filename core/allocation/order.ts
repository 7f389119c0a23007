import type { Rounding } from './problem.ts'

/** Order of two codes by Unicode code point; `<` compares UTF-16 units, which differs beyond the basic plane. */
export function compareCodePoints(a: string, b: string): number {
  if (a === b) return 0
  const length = Math.min(a.length, b.length)
  for (let at = 0; at < length; at++) {
    const x = a.charCodeAt(at)
    const y = b.charCodeAt(at)
    if (x === y) continue
    const xHigh = x >= 0xd800 && x <= 0xdfff
    const yHigh = y >= 0xd800 && y <= 0xdfff
    // A surrogate stands for a code point above every plain unit.
    if (xHigh !== yHigh) return xHigh ? 1 : -1
    return x - y
  }
  return a.length - b.length
}

/**
 * Lines that compete for packs of one size, as columns. A line is a unit's need of one item. They stand in the order
 * that breaks the last tie: unit code, then item code.
 */
export type LineColumns = {
  readonly count: number
  readonly stock: Float64Array
  /** Thousandths of a piece per day. */
  readonly use: Float64Array
  readonly tier: Uint8Array
  readonly credit: Float64Array
}

/** A rung as numbers: by tier, the days it fills to (0 where the tier is not in it) in thousandths, and the weight. */
export type PreparedRung = { readonly milliDays: Float64Array; readonly weight: Float64Array }

/**
 * Lines measured in packs, rounded, for quick estimates: whatever an estimate leaves in doubt is worked out again in
 * whole numbers.
 */
export type Scale = {
  readonly packBase: number
  /** Packs used in a thousandth of a day, and packs in stock. */
  readonly perMilliDay: Float64Array
  readonly stockPacks: Float64Array
  /** Lines of each tier. */
  readonly byTier: readonly Int32Array[]
}

export function scaleOf(lines: LineColumns, packBase: number): Scale {
  const lists: number[][] = Array.from({ length: 10 }, () => [])
  for (let line = 0; line < lines.count; line++) lists[lines.tier[line]!]!.push(line)
  return {
    packBase,
    perMilliDay: lines.use.map((use) => use / (1_000_000 * packBase)),
    stockPacks: lines.stock.map((stock) => stock / packBase),
    byTier: lists.map((list) => Int32Array.from(list)),
  }
}

/** How close to a whole number an estimate of packs is in doubt: packs stay below 4·10⁹, so errors below 10⁻⁶. */
export const doubt = 1e-5

/** Everything that the place of a pack in the order depends on. */
export type Ladder = {
  readonly lines: LineColumns
  readonly scale: Scale
  readonly rungs: readonly PreparedRung[]
  readonly packBase: number
  /** 2d: 0, 1 or 2. */
  readonly shift: number
}

export function shiftOf(rounding: Rounding): number {
  return rounding === 'runs-out-first' ? 0 : rounding === 'nearest' ? 1 : 2
}

/**
 * Number of packs that lift a line to a rung's plain days: ceil((days · use − stock) / pack). May be negative.
 * The quotient of two integers below 2^53 is never rounded onto an integer that it is not, so the ceiling is exact.
 */
export function ceilingOf(ladder: Ladder, rung: PreparedRung, line: number): number {
  return packsTo(ladder, rung.milliDays[ladder.lines.tier[line]!]!, line)
}

export function packsTo(ladder: Ladder, milliDays: number, line: number): number {
  const { stock, use } = ladder.lines
  return Math.ceil((milliDays * use[line]! - 1_000_000 * stock[line]!) / (1_000_000 * ladder.packBase))
}

/** Rung (from 0) in which a line gets the pack after `pack` others, or −1 when no rung gives it. */
export function rungOfPack(ladder: Ladder, line: number, pack: number): number {
  for (let rung = 0; rung < ladder.rungs.length; rung++) {
    if (pack < ceilingOf(ladder, ladder.rungs[rung]!, line)) return rung
  }
  return -1
}

/**
 * Level of a pack: (2·stock + pack·(2k + 2d)) / (weight · use). Numerator and denominator are exact, so the quotient is
 * rounded once: a smaller float is a smaller fraction, and only equal floats need an exact comparison.
 */
export function levelOf(ladder: Ladder, rung: PreparedRung, line: number, pack: number): number {
  const { stock, use, tier } = ladder.lines
  return (2 * stock[line]! + ladder.packBase * (2 * pack + ladder.shift)) / (rung.weight[tier[line]!]! * use[line]!)
}

function compareProducts(a: number, b: number, c: number, d: number): number {
  const ab = a * b
  const cd = c * d
  if (ab <= Number.MAX_SAFE_INTEGER && cd <= Number.MAX_SAFE_INTEGER) return ab - cd
  const difference = BigInt(a) * BigInt(b) - BigInt(c) * BigInt(d)
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

/** Compares the levels of two packs in one rung, exactly. */
export function compareLevels(
  ladder: Ladder,
  rung: PreparedRung,
  line: number,
  pack: number,
  other: number,
  otherPack: number,
): number {
  const a = levelOf(ladder, rung, line, pack)
  const b = levelOf(ladder, rung, other, otherPack)
  if (a !== b) return a < b ? -1 : 1
  const { stock, use, tier } = ladder.lines
  return compareProducts(
    2 * stock[line]! + ladder.packBase * (2 * pack + ladder.shift),
    rung.weight[tier[other]!]! * use[other]!,
    2 * stock[other]! + ladder.packBase * (2 * otherPack + ladder.shift),
    rung.weight[tier[line]!]! * use[line]!,
  )
}

/** Order of two packs at the same level: larger credit, smaller weighted use, code. Zero only for the same line. */
export function compareTies(ladder: Ladder, rung: PreparedRung, line: number, other: number): number {
  const { use, tier, credit } = ladder.lines
  if (credit[line] !== credit[other]) return credit[other]! - credit[line]!
  const weighted = rung.weight[tier[line]!]! * use[line]! - rung.weight[tier[other]!]! * use[other]!
  return weighted !== 0 ? weighted : line - other
}

/** Order of two packs of one rung. */
export function comparePacks(
  ladder: Ladder,
  rung: PreparedRung,
  line: number,
  pack: number,
  other: number,
  otherPack: number,
): number {
  return compareLevels(ladder, rung, line, pack, other, otherPack) || compareTies(ladder, rung, line, other)
}

/** A pack's place in the order: rung from 0, line by index, and the packs that the line holds before it. */
export type Place = { readonly rung: number; readonly line: number; readonly pack: number }

export function comparePlaces(ladder: Ladder, a: Place, b: Place): number {
  if (a.rung !== b.rung) return a.rung - b.rung
  return comparePacks(ladder, ladder.rungs[a.rung]!, a.line, a.pack, b.line, b.pack) || a.pack - b.pack
}
