import { type Ladder, type PreparedRung, scaleOf } from './order.ts'
import { groupWith, type Size, splitSizes, stockWith } from './pack-size.ts'
import type { Group, Prepared } from './prepare.ts'
import { planRestricted, shortSet } from './restricted.ts'
import { boundOf, pieceTargets } from './sizes-bound.ts'
import { repair } from './sizes-repair.ts'
import { type Portion, pinsAbove, type Solution, type SolutionOrRefusal } from './solution.ts'

/**
 * Divides items whose lots come in several pack sizes, or that share lots with substitutes of another size. Not proven
 * best (whole packs of several sizes are a knapsack): the largest packs first, each line only up to its share of an ideal
 * division in single pieces; then the smaller; then what is left; then packs are exchanged as long as that lifts a lower
 * line. `bound` says what no plan can exceed.
 */
export function planSizes(
  prepared: Prepared,
  group: Group,
  pin: Float64Array,
  rungs: readonly PreparedRung[],
  horizonMilliDays: number,
): SolutionOrRefusal {
  const { lines } = group
  const pieces: Ladder = { lines, scale: scaleOf(lines, 1), rungs, packBase: 1, shift: 0 }
  const sizes = splitSizes(prepared, group)
  for (let line = 0; line < lines.count; line++) {
    if (pin[line]! <= 0) continue
    const packBase = prepared.problem.items[lines.item[line]!]!.packBase
    const own = sizes.find((size) => size.packBase === packBase)
    if (!own) return { ok: false, refusal: pinsAbove(prepared, group, pin, null, 0) }
    own.given[line] = pin[line]!
  }
  for (const size of sizes) {
    const short = shortSet(prepared, size.group, size.packBase, size.given)
    if (short) return { ok: false, refusal: pinsAbove(prepared, size.group, size.given, short.allowance, short.supply) }
  }
  const most = lines.requestBase.map((request, line) => (pin[line]! >= 0 ? 0 : Math.min(request, lines.capBase[line]!)))
  const targets = pieceTargets(pieces, most, totalBase(sizes) - givenBase(sizes))
  for (const size of sizes) extend(prepared, pieces, sizes, size, pin, targets)
  for (const size of sizes) extend(prepared, pieces, sizes, size, pin, null)
  repair(prepared, pieces, sizes, pin)
  const packs = new Float64Array(lines.count)
  const quantityBase = new Float64Array(lines.count)
  for (const { packBase, given } of sizes) {
    for (let line = 0; line < lines.count; line++) {
      packs[line] = packs[line]! + given[line]!
      quantityBase[line] = quantityBase[line]! + given[line]! * packBase
    }
  }
  const portions: Portion[] = sizes.map((size) => ({ group: size.group, packBase: size.packBase, packs: size.given }))
  const solution: Solution = {
    group,
    ladder: pieces,
    horizonMilliDays,
    most,
    packs,
    portions,
    pin,
    last: null,
    first: null,
    tight: null,
    stops: null,
    isExact: false,
    bound: boundOf(pieces, sizes, pin, quantityBase),
    service: null,
  }
  return { ok: true, solution }
}

function totalBase(sizes: readonly Size[]): number {
  let total = 0
  for (const { packBase, group } of sizes) for (const packs of group.supply.capacity.values()) total += packs * packBase
  return total
}

function givenBase(sizes: readonly Size[]): number {
  let total = 0
  for (const { packBase, given } of sizes) for (const packs of given) total += packs * packBase
  return total
}

/** Gives more packs of a size, in order, up to the targets (in pieces given) or to request and cap. */
function extend(
  prepared: Prepared,
  pieces: Ladder,
  sizes: readonly Size[],
  size: Size,
  pin: Float64Array,
  targets: Float64Array | null,
): void {
  const { lines } = size.group
  const { packBase } = size
  const group = groupWith(pieces, sizes, size)
  if (shortSet(prepared, group, packBase, size.given)) return
  const stock = stockWith(pieces, sizes, null)
  const most = stock.map((held, line) => {
    if (pin[line]! >= 0) return 0
    const given = held - pieces.lines.stock[line]!
    const asked = Math.ceil((lines.requestBase[line]! - given) / packBase)
    const capped = Math.floor((lines.capBase[line]! - given) / packBase)
    const wanted = targets ? Math.floor((targets[line]! - given) / packBase) : Number.POSITIVE_INFINITY
    return Math.max(0, Math.min(asked, capped, wanted))
  })
  const held = { ...lines, stock }
  const scale = scaleOf(held, packBase)
  const ladder: Ladder = { lines: held, scale, rungs: pieces.rungs, packBase, shift: prepared.shift }
  size.given = planRestricted(prepared, group, ladder, most, size.given).packs
  size.group = group
}
