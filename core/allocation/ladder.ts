import {
  comparePacks,
  comparePlaces,
  type Ladder,
  levelOf,
  type Place,
  type PreparedRung,
  rungOfPack,
} from './order.ts'

export type Climb = {
  /** Packs that each line holds at the end, those below `from` included. */
  readonly held: Float64Array
  readonly granted: number
  /** The certificate: the last granted pack precedes the first refused one. Null where nothing was granted or refused. */
  readonly last: Place | null
  readonly first: Place | null
}

/**
 * Gives the first `capacity` packs in order, of those that stand from `from` (inclusive) to `top` (exclusive) in each
 * line; packs below `from` are there already. Exact: see `levelOf`. O(lines) for each rung and for each of a few tries at
 * the level at which the supply ends; never a step for each pack.
 */
export function climb(ladder: Ladder, from: Float64Array | null, top: Float64Array, capacity: number): Climb {
  const { count, stock, use, tier } = ladder.lines
  const held = from ? from.slice() : new Float64Array(count)
  const ceilings = new Float64Array(count)
  const perPack = 1_000_000 * ladder.packBase
  let left = capacity
  for (let at = 0; at < ladder.rungs.length; at++) {
    const rung = ladder.rungs[at]!
    const { milliDays } = rung
    let total = 0
    for (let line = 0; line < count; line++) {
      let ceiling = Math.ceil((milliDays[tier[line]!]! * use[line]! - 1_000_000 * stock[line]!) / perPack)
      const most = top[line]!
      if (ceiling > most) ceiling = most
      const before = held[line]!
      // Not `<`: the ceiling of a small negative number is −0, which must not be kept.
      if (!(ceiling > before)) ceiling = before
      ceilings[line] = ceiling
      total += ceiling - before
    }
    if (total > left) {
      const { lastLine, nextLine } = cutRung(ladder, rung, held, ceilings, left)
      const last =
        lastLine < 0 ? lastGranted(ladder, from, held) : { rung: at, line: lastLine, pack: held[lastLine]! - 1 }
      return { held, granted: capacity, last, first: { rung: at, line: nextLine, pack: held[nextLine]! } }
    }
    left -= total
    held.set(ceilings)
  }
  return { held, granted: capacity - left, last: lastGranted(ladder, from, held), first: null }
}

/** Reused between calls: the window is small, and a fresh array for each of hundreds of items would be mostly garbage. */
let windowLevel = new Float64Array(256)
let windowLine = new Int32Array(256)
let windowPack = new Float64Array(256)

function growWindow(): void {
  const size = windowLevel.length * 2
  const level = new Float64Array(size)
  level.set(windowLevel)
  windowLevel = level
  const line = new Int32Array(size)
  line.set(windowLine)
  windowLine = line
  const pack = new Float64Array(size)
  pack.set(windowPack)
  windowPack = pack
}

/**
 * Raises `held` by the first `supply` packs of a rung that cannot all be given; returns the lines of the last granted
 * pack (−1 for none) and of the first refused one. Throws when the result is not the first packs: that would be a bug, never bad input.
 */
function cutRung(ladder: Ladder, rung: PreparedRung, held: Float64Array, ceilings: Float64Array, supply: number): Ends {
  const active = activeLines(ladder, rung, held, ceilings)
  let { low, high } = bracket(active, supply)
  for (let widen = 1e-15; ; widen *= 16) {
    const size = collectWindow(ladder, rung, active, low, high)
    const below = active.below
    if (below <= supply && below + size >= supply) {
      select(ladder, rung, size, supply - below)
      for (let at = 0; at < active.count; at++) held[active.line[at]!] = active.mark[at]!
      for (let at = 0; at < supply - below; at++) held[windowLine[at]!] = held[windowLine[at]!]! + 1
      return certify(ladder, rung, active, held)
    }
    low = Math.max(0, low - widen * (low + Number.MIN_VALUE))
    high = high + widen * high
    if (!(widen < 1)) {
      low = 0
      high = Number.POSITIVE_INFINITY
    }
  }
}

/** Lines that compete in a rung, packed together, with level · slope − offset ≈ the packs whose level lies below it. */
type Active = {
  count: number
  /** Packs certainly below the window, after `collectWindow`. */
  below: number
  readonly line: Int32Array
  readonly slope: Float64Array
  readonly offset: Float64Array
  readonly first: Float64Array
  readonly last: Float64Array
  /** Packs held below the window, after `collectWindow`. */
  readonly mark: Float64Array
}

function activeLines(ladder: Ladder, rung: PreparedRung, held: Float64Array, ceilings: Float64Array): Active {
  const { count, stock, use, tier } = ladder.lines
  const active: Active = {
    count: 0,
    below: 0,
    line: new Int32Array(count),
    slope: new Float64Array(count),
    offset: new Float64Array(count),
    first: new Float64Array(count),
    last: new Float64Array(count),
    mark: new Float64Array(count),
  }
  const half = 0.5 / ladder.packBase
  let at = 0
  for (let line = 0; line < count; line++) {
    if (ceilings[line]! <= held[line]!) continue
    active.line[at] = line
    active.slope[at] = rung.weight[tier[line]!]! * use[line]! * half
    active.offset[at] = 2 * stock[line]! * half + ladder.shift * 0.5
    active.first[at] = held[line]!
    active.last[at] = ceilings[line]!
    at++
  }
  active.count = at
  return active
}

/**
 * Two levels between which the supply ends, close enough that few packs lie between them. Newton steps on the piecewise
 * linear count, kept inside the bracket by bisection. Counts here may be off by rounding: the window makes good for it.
 */
function bracket(active: Active, supply: number): { low: number; high: number } {
  const { count, slope, offset, first, last } = active
  let slopes = 0
  let sum = supply
  let highest = 0
  for (let at = 0; at < count; at++) {
    slopes += slope[at]!
    sum += offset[at]! + first[at]!
  }
  const enough = Math.max(32, count >> 4)
  let low = 0
  let high = Number.POSITIVE_INFINITY
  let lowCount = 0
  let highCount = Number.POSITIVE_INFINITY
  let level = sum / slopes
  for (let tries = 0; tries < 60; tries++) {
    let packs = 0
    let rising = 0
    for (let at = 0; at < count; at++) {
      const start = first[at]!
      const reached = Math.ceil(level * slope[at]! - offset[at]!)
      if (reached <= start) continue
      const end = last[at]!
      if (reached < end) {
        packs += reached - start
        rising += slope[at]!
      } else packs += end - start
    }
    if (packs > supply) {
      high = level
      highCount = packs
    } else {
      low = level
      lowCount = packs
    }
    const between = highCount - lowCount
    if (between <= enough || (tries > 16 && between <= 2 * count)) break
    const aim = packs > supply ? supply - enough / 3 : supply + enough / 3
    level = rising > 0 ? level + (aim - packs) / rising : Number.NaN
    if (level > low && level < high && tries % 8 !== 7) continue
    if (high === Number.POSITIVE_INFINITY) {
      for (let at = 0; at < count; at++) highest = Math.max(highest, (last[at]! + offset[at]!) / slope[at]!)
      level = highest * (1 + 1e-12)
      if (low >= level) break
    } else {
      level = low + (high - low) / 2
      if (level <= low || level >= high) break
    }
  }
  return { low, high }
}

/** Finds all packs with low ≤ level < high, by their exactly rounded levels, and how many are below. */
function collectWindow(ladder: Ladder, rung: PreparedRung, active: Active, low: number, high: number): number {
  const { count, slope, offset, first, last } = active
  let size = 0
  let below = 0
  for (let at = 0; at < count; at++) {
    const line = active.line[at]!
    const start = first[at]!
    const end = last[at]!
    const guess = low * slope[at]! - offset[at]!
    let pack = Math.ceil(guess)
    if (!(pack > start)) pack = start
    if (pack > end) pack = end
    // Only a guess close to a whole number can be wrong, and then by one.
    while (pack > start && levelOf(ladder, rung, line, pack - 1) >= low) pack--
    let level = 0
    while (pack < end) {
      level = levelOf(ladder, rung, line, pack)
      if (level >= low) break
      pack++
    }
    active.mark[at] = pack
    below += pack - start
    while (pack < end && level < high) {
      if (size === windowLevel.length) growWindow()
      windowLevel[size] = level
      windowLine[size] = line
      windowPack[size] = pack
      size++
      pack++
      if (pack < end) level = levelOf(ladder, rung, line, pack)
    }
  }
  active.below = below
  return size
}

function compareInWindow(ladder: Ladder, rung: PreparedRung, a: number, b: number): number {
  const x = windowLevel[a]!
  const y = windowLevel[b]!
  if (x !== y) return x < y ? -1 : 1
  if (a === b) return 0
  return comparePacks(ladder, rung, windowLine[a]!, windowPack[a]!, windowLine[b]!, windowPack[b]!)
}

function swapInWindow(a: number, b: number): void {
  const level = windowLevel[a]!
  windowLevel[a] = windowLevel[b]!
  windowLevel[b] = level
  const line = windowLine[a]!
  windowLine[a] = windowLine[b]!
  windowLine[b] = line
  const pack = windowPack[a]!
  windowPack[a] = windowPack[b]!
  windowPack[b] = pack
}

/** Quickselect (Hoare) with the middle of three as pivot: afterwards the first `wanted` of the window are its smallest. */
function select(ladder: Ladder, rung: PreparedRung, size: number, wanted: number): void {
  let left = 0
  let right = size - 1
  while (left < right && wanted > left && wanted <= right) {
    const middle = (left + right) >> 1
    if (compareInWindow(ladder, rung, middle, left) < 0) swapInWindow(middle, left)
    if (compareInWindow(ladder, rung, right, left) < 0) swapInWindow(right, left)
    if (compareInWindow(ladder, rung, right, middle) < 0) swapInWindow(right, middle)
    if (right - left < 3) return
    swapInWindow(middle, right - 1)
    const pivot = right - 1
    let i = left
    let j = pivot
    for (;;) {
      do i++
      while (compareInWindow(ladder, rung, i, pivot) < 0)
      do j--
      while (compareInWindow(ladder, rung, j, pivot) > 0)
      if (i >= j) break
      swapInWindow(i, j)
    }
    swapInWindow(i, pivot)
    if (wanted <= i) right = i - 1
    else left = i + 1
  }
}

type Ends = { readonly lastLine: number; readonly nextLine: number }

/** Checks that every granted pack of the rung precedes every refused one. */
function certify(ladder: Ladder, rung: PreparedRung, active: Active, held: Float64Array): Ends {
  let lastLine = -1
  let lastLevel = -1
  let nextLine = -1
  let nextLevel = Number.POSITIVE_INFINITY
  for (let at = 0; at < active.count; at++) {
    const line = active.line[at]!
    const packs = held[line]!
    if (packs > active.first[at]!) {
      const level = levelOf(ladder, rung, line, packs - 1)
      if (
        level > lastLevel ||
        (level === lastLevel && comparePacks(ladder, rung, line, packs - 1, lastLine, held[lastLine]! - 1) > 0)
      ) {
        lastLine = line
        lastLevel = level
      }
    }
    if (packs < active.last[at]!) {
      const level = levelOf(ladder, rung, line, packs)
      if (
        level < nextLevel ||
        (level === nextLevel && comparePacks(ladder, rung, line, packs, nextLine, held[nextLine]!) < 0)
      ) {
        nextLine = line
        nextLevel = level
      }
    }
  }
  if (nextLine < 0) throw new Error('allocation certificate: a rung was cut and nothing was refused')
  if (lastLine >= 0 && comparePacks(ladder, rung, lastLine, held[lastLine]! - 1, nextLine, held[nextLine]!) >= 0) {
    throw new Error('allocation certificate: a granted pack does not precede a refused one')
  }
  return { lastLine, nextLine }
}

/** The largest place below what the lines hold, from `from` on. */
function lastGranted(ladder: Ladder, from: Float64Array | null, held: Float64Array): Place | null {
  let last: Place | null = null
  for (let line = 0; line < ladder.lines.count; line++) {
    const pack = held[line]! - 1
    if (pack < (from ? from[line]! : 0)) continue
    const rung = rungOfPack(ladder, line, pack)
    if (last && rung < last.rung) continue
    const place = { rung, line, pack }
    if (!last || comparePlaces(ladder, place, last) > 0) last = place
  }
  return last
}
