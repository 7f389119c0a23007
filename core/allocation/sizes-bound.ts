import { climb } from './ladder.ts'
import { ceilingOf, type Ladder, levelOf, rungOfPack } from './order.ts'
import { canDraw, type Size } from './pack-size.ts'
import type { Bound } from './problem.ts'

/** Pieces that each line would be given if packs could be opened: the ideal that large packs are kept below. */
export function pieceTargets(pieces: Ladder, most: Float64Array, supplyBase: number): Float64Array {
  return climb(pieces, null, most, Math.max(0, supplyBase)).held
}

/** Weighted days in thousandths that a line has with so many pieces given, in a rung. */
function weightedMilliDays(pieces: Ladder, rung: number, line: number, given: number): number {
  return Math.floor(levelOf(pieces, pieces.rungs[rung]!, line, given) * 50_000_000)
}

/** The rung in which a line would get its next piece, or −1 when no pack it can draw would be allowed or is needed. */
export function openRungOf(pieces: Ladder, sizes: readonly Size[], line: number, given: number): number {
  const { requestBase, capBase } = sizes[0]?.group.lines ?? {}
  if (!requestBase || !capBase || given >= requestBase[line]!) return -1
  if (!sizes.some((size) => canDraw(size, line) && given + size.packBase <= capBase[line]!)) return -1
  return rungOfPack(pieces, line, given)
}

/**
 * The worst-off line of the first rung that is not full, and the level that no plan which fills the earlier rungs can
 * exceed there. The bound lets every line have exactly the least whole packs (of any sizes, as many as wanted, from any
 * lot) that lift it to the level: all that is relaxed only helps, so it can never be too low.
 */
export function boundOf(
  pieces: Ladder,
  sizes: readonly Size[],
  pin: Float64Array,
  quantityBase: Float64Array,
): Bound | null {
  const { count } = pieces.lines
  const open = new Int32Array(count).fill(-1)
  let rung = pieces.rungs.length
  for (let line = 0; line < count; line++) {
    if (pin[line]! >= 0) continue
    open[line] = openRungOf(pieces, sizes, line, quantityBase[line]!)
    if (open[line]! >= 0) rung = Math.min(rung, open[line]!)
  }
  if (rung === pieces.rungs.length) return null
  let worst = Number.POSITIVE_INFINITY
  for (let line = 0; line < count; line++) {
    if (open[line] === rung) worst = Math.min(worst, weightedMilliDays(pieces, rung, line, quantityBase[line]!))
  }
  let supply = 0
  for (const { packBase, group } of sizes)
    for (const packs of group.supply.capacity.values()) supply += packs * packBase
  const roundUp = roundUpTo(sizes.map((size) => size.packBase))
  const fits = (milliDays: number): boolean => {
    let wanted = 0
    for (let line = 0; line < count; line++) {
      wanted += pin[line]! >= 0 ? quantityBase[line]! : leastPieces(pieces, sizes, rung, line, milliDays, roundUp)
    }
    return wanted <= supply
  }
  let reached = worst
  let beyond = worst + 1
  const { milliDays, weight } = pieces.rungs[rung]!
  let ceiling = 0
  for (let tier = 0; tier < 10; tier++) {
    if (weight[tier]! > 0) ceiling = Math.max(ceiling, Math.ceil((milliDays[tier]! * 100) / weight[tier]!))
  }
  if (fits(ceiling)) return { rung: rung + 1, worstOffMilliDays: worst, boundMilliDays: Math.max(worst, ceiling) }
  beyond = Math.max(beyond, ceiling)
  while (beyond - reached > 1) {
    const middle = Math.floor((reached + beyond) / 2)
    if (fits(middle)) reached = middle
    else beyond = middle
  }
  return { rung: rung + 1, worstOffMilliDays: worst, boundMilliDays: reached }
}

/** Least whole packs, in pieces, with which a line has the earlier rungs full and stands at a level of this rung. */
function leastPieces(
  pieces: Ladder,
  sizes: readonly Size[],
  rung: number,
  line: number,
  milliDays: number,
  roundUp: (base: number) => number,
): number {
  const { stock, use, tier } = pieces.lines
  const { requestBase, capBase } = sizes[0]!.group.lines
  if (!sizes.some((size) => canDraw(size, line))) return 0
  let wanted = 0
  for (let earlier = 0; earlier < rung; earlier++) {
    wanted = Math.max(wanted, ceilingOf(pieces, pieces.rungs[earlier]!, line))
  }
  const own = pieces.rungs[rung]!
  const weight = own.weight[tier[line]!]!
  if (weight > 0) {
    // Rounded down by more than the products can be off, so that the bound errs on the high side.
    const level = Math.ceil(((milliDays * weight * use[line]!) / 100_000_000) * (1 - 1e-12) - stock[line]!)
    wanted = Math.max(wanted, Math.min(level, ceilingOf(pieces, own, line)))
  }
  wanted = Math.min(wanted, requestBase[line]!)
  const packs = roundUp(Math.max(0, wanted))
  const cap = capBase[line]!
  // A line that its cap keeps from one more pack waits no longer, whatever it holds: that may take less.
  const smallest = Math.min(...sizes.filter((size) => canDraw(size, line)).map((size) => size.packBase))
  const closed = cap === Number.POSITIVE_INFINITY ? cap : roundUp(Math.max(0, cap - smallest + 1))
  const least = Math.min(packs <= cap ? packs : Number.POSITIVE_INFINITY, closed)
  // Where no combination of packs does it, the bound lets the line have nothing.
  return least <= cap && least < Number.POSITIVE_INFINITY ? least : 0
}

const exactUpTo = 200_000

/** Rounds up to the least number of pieces that packs of these sizes can make. */
function roundUpTo(sizes: readonly number[]): (base: number) => number {
  const unit = sizes.reduce((a, b) => greatestCommonDivisor(a, b))
  const steps = sizes.map((size) => size / unit)
  const largest = Math.max(...steps)
  // Beyond the product of the two, every multiple of the unit can be made (Frobenius).
  const limit = Math.min(...steps) * largest
  if (limit > exactUpTo) return (base) => Math.ceil(base / unit) * unit
  const makes = new Uint8Array(limit + largest + 1)
  makes[0] = 1
  for (let at = 0; at < makes.length; at++) {
    if (makes[at] === 1) for (const step of steps) if (at + step < makes.length) makes[at + step] = 1
  }
  const next = new Int32Array(limit + 1)
  let upper = limit
  for (let at = limit; at >= 0; at--) {
    if (makes[at] === 1) upper = at
    next[at] = upper
  }
  return (base) => {
    const at = Math.ceil(base / unit)
    return (at <= limit ? next[at]! : at) * unit
  }
}

function greatestCommonDivisor(a: number, b: number): number {
  let [x, y] = [a, b]
  while (y !== 0) [x, y] = [y, x % y]
  return x
}
