import {
  comparePacks,
  comparePlaces,
  doubt,
  type Ladder,
  levelOf,
  type Place,
  type PreparedRung,
  packsTo,
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

/** Scratch space, reused between calls: fresh arrays for hundreds of items would be mostly garbage. */
let ceilings = new Float64Array(0)

/**
 * Gives the first `capacity` packs in order, of those that stand from `from` (inclusive) to `top` (exclusive) in each
 * line; packs below `from` are there already. Exact: see `levelOf`. O(lines) for each rung and for each of a few tries at
 * the level at which the supply ends; never a step for each pack.
 */
export function climb(ladder: Ladder, from: Float64Array | null, top: Float64Array, capacity: number): Climb {
  const held = from ? from.slice() : new Float64Array(ladder.lines.count)
  if (ceilings.length < held.length) ceilings = new Float64Array(held.length)
  let left = capacity
  for (let at = 0; at < ladder.rungs.length; at++) {
    const rung = ladder.rungs[at]!
    const total = isForAll(ladder, rung) ? raiseAll(ladder, rung, held, top) : raiseTiers(ladder, rung, held, top)
    if (total > left) {
      const { lastLine, nextLine } = cutRung(ladder, rung, held, left)
      const last =
        lastLine < 0 ? lastGranted(ladder, from, held) : { rung: at, line: lastLine, pack: held[lastLine]! - 1 }
      return { held, granted: capacity, last, first: { rung: at, line: nextLine, pack: held[nextLine]! } }
    }
    left -= total
    held.set(ceilings.subarray(0, held.length))
  }
  return { held, granted: capacity - left, last: lastGranted(ladder, from, held), first: null }
}

function isForAll(ladder: Ladder, rung: PreparedRung): boolean {
  const { byTier } = ladder.scale
  for (let tier = 0; tier < byTier.length; tier++)
    if (byTier[tier]!.length > 0 && rung.milliDays[tier] === 0) return false
  return true
}

/** Puts into `ceilings` how far a rung would raise each line, and returns the packs that this takes. */
function raiseAll(ladder: Ladder, { milliDays }: PreparedRung, held: Float64Array, top: Float64Array): number {
  const { tier } = ladder.lines
  const { perMilliDay, stockPacks } = ladder.scale
  const count = held.length
  const raised = ceilings
  let total = 0
  for (let line = 0; line < count; line++) {
    const days = milliDays[tier[line]!]!
    const estimate = days * perMilliDay[line]! - stockPacks[line]!
    let ceiling = Math.ceil(estimate)
    const over = ceiling - estimate
    if (over < doubt || over > 1 - doubt) ceiling = packsTo(ladder, days, line)
    const most = top[line]!
    if (ceiling > most) ceiling = most
    const before = held[line]!
    // Not `<`: the ceiling of a small negative number is −0, which must not be kept.
    if (!(ceiling > before)) ceiling = before
    raised[line] = ceiling
    total += ceiling - before
  }
  return total
}

/** As `raiseAll` for a rung that some tiers are not in: only the lines of the others are looked at. */
function raiseTiers(ladder: Ladder, { milliDays }: PreparedRung, held: Float64Array, top: Float64Array): number {
  const { perMilliDay, stockPacks, byTier } = ladder.scale
  const raised = ceilings
  raised.set(held)
  let total = 0
  for (let tier = 0; tier < byTier.length; tier++) {
    const days = milliDays[tier]!
    const lines = byTier[tier]!
    if (days === 0) continue
    for (let at = 0; at < lines.length; at++) {
      const line = lines[at]!
      const estimate = days * perMilliDay[line]! - stockPacks[line]!
      let ceiling = Math.ceil(estimate)
      const over = ceiling - estimate
      if (over < doubt || over > 1 - doubt) ceiling = packsTo(ladder, days, line)
      const most = top[line]!
      if (ceiling > most) ceiling = most
      const before = held[line]!
      if (!(ceiling > before)) continue
      raised[line] = ceiling
      total += ceiling - before
    }
  }
  return total
}

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
 * pack (−1 for none) and of the first refused one. Throws when the result is not the first packs: that would be a bug,
 * never bad input.
 */
function cutRung(ladder: Ladder, rung: PreparedRung, held: Float64Array, supply: number): Ends {
  const active = activeLines(ladder, rung, held)
  let { low, high } = bracket(active, supply)
  for (let widen = 1e-15; ; widen *= 16) {
    const size = collectWindow(ladder, rung, active, low, high)
    const wanted = supply - active.below
    if (wanted >= 0 && wanted <= size) {
      select(ladder, rung, size, wanted)
      for (let at = 0; at < active.count; at++) held[active.line[at]!] = active.mark[at]!
      for (let at = 0; at < wanted; at++) held[windowLine[at]!] = held[windowLine[at]!]! + 1
      return wanted > 0 && wanted < size
        ? certifyWindow(ladder, rung, size, wanted)
        : certifyLines(ladder, rung, active, held)
    }
    low = Math.max(0, low - widen * low)
    high = high + widen * high
    if (!(widen < 1)) {
      low = 0
      high = Number.POSITIVE_INFINITY
    }
  }
}

type Ends = { readonly lastLine: number; readonly nextLine: number }

/** Lines that compete in a rung, packed together, with level · slope − offset ≈ the packs whose level lies below it. */
type Active = {
  count: number
  /** Packs below the window, after `collectWindow`. */
  below: number
  line: Int32Array
  slope: Float64Array
  offset: Float64Array
  first: Float64Array
  last: Float64Array
  /** Packs held below the window, after `collectWindow`. */
  mark: Float64Array
}

function activeOf(size: number): Active {
  return {
    count: 0,
    below: 0,
    line: new Int32Array(size),
    slope: new Float64Array(size),
    offset: new Float64Array(size),
    first: new Float64Array(size),
    last: new Float64Array(size),
    mark: new Float64Array(size),
  }
}

let scratch = activeOf(0)

function activeLines(ladder: Ladder, { weight }: PreparedRung, held: Float64Array): Active {
  const { perMilliDay, stockPacks } = ladder.scale
  const { tier } = ladder.lines
  const count = held.length
  if (scratch.line.length < count) scratch = activeOf(count)
  const { line: lines, slope, offset, first, last } = scratch
  const half = ladder.shift * 0.5
  const raised = ceilings
  let at = 0
  for (let line = 0; line < count; line++) {
    const before = held[line]!
    const ceiling = raised[line]!
    if (ceiling <= before) continue
    lines[at] = line
    slope[at] = weight[tier[line]!]! * perMilliDay[line]! * 500_000
    offset[at] = stockPacks[line]! + half
    first[at] = before
    last[at] = ceiling
    at++
  }
  scratch.count = at
  return scratch
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
  const { count, line: lines, slope, offset, first, last, mark } = active
  let size = 0
  let below = 0
  for (let at = 0; at < count; at++) {
    const start = first[at]!
    const end = last[at]!
    const estimate = low * slope[at]! - offset[at]!
    const whole = Math.ceil(estimate)
    // Most lines have no pack in the window, and no doubt about it.
    if (whole - estimate >= doubt && high * slope[at]! - offset[at]! < whole - doubt && whole - estimate <= 1 - doubt) {
      const reached = whole <= start ? start : Math.min(whole, end)
      mark[at] = reached
      below += reached - start
      continue
    }
    let pack = firstPack(ladder, rung, lines[at]!, low, estimate, start, end)
    mark[at] = pack
    below += pack - start
    if (pack === end) continue
    const beyond = firstPack(ladder, rung, lines[at]!, high, high * slope[at]! - offset[at]!, pack, end)
    for (; pack < beyond; pack++) {
      if (size === windowLevel.length) growWindow()
      windowLevel[size] = levelOf(ladder, rung, lines[at]!, pack)
      windowLine[size] = lines[at]!
      windowPack[size] = pack
      size++
    }
  }
  active.below = below
  return size
}

/** First pack from `start` whose level is not below `level`, at most `end`. Exact where the estimate is in doubt. */
function firstPack(
  ladder: Ladder,
  rung: PreparedRung,
  line: number,
  level: number,
  estimate: number,
  start: number,
  end: number,
): number {
  if (estimate < start - doubt) return start
  if (estimate > end + doubt) return end
  let pack = Math.ceil(estimate)
  const over = pack - estimate
  if (over >= doubt && over <= 1 - doubt) return pack <= start ? start : Math.min(pack, end)
  pack = Math.min(end, Math.max(start, pack))
  while (pack > start && levelOf(ladder, rung, line, pack - 1) >= level) pack--
  while (pack < end && levelOf(ladder, rung, line, pack) < level) pack++
  return pack
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

/**
 * The ends of a window that was selected: everything below it precedes, and everything above it follows, both of its
 * parts. Checks that the granted part precedes the refused one.
 */
function certifyWindow(ladder: Ladder, rung: PreparedRung, size: number, wanted: number): Ends {
  let last = 0
  for (let at = 1; at < wanted; at++) if (compareInWindow(ladder, rung, at, last) > 0) last = at
  let next = wanted
  for (let at = wanted + 1; at < size; at++) if (compareInWindow(ladder, rung, at, next) < 0) next = at
  if (compareInWindow(ladder, rung, last, next) >= 0) throw new Error(outOfOrder)
  return { lastLine: windowLine[last]!, nextLine: windowLine[next]! }
}

const outOfOrder = 'allocation certificate: a granted pack does not precede a refused one'

/** As `certifyWindow` where all or none of the window was granted: over all lines. */
function certifyLines(ladder: Ladder, rung: PreparedRung, active: Active, held: Float64Array): Ends {
  let lastLine = -1
  let nextLine = -1
  for (let at = 0; at < active.count; at++) {
    const line = active.line[at]!
    const packs = held[line]!
    if (packs > active.first[at]!) {
      if (lastLine < 0 || comparePacks(ladder, rung, line, packs - 1, lastLine, held[lastLine]! - 1) > 0)
        lastLine = line
    }
    if (packs < active.last[at]!) {
      if (nextLine < 0 || comparePacks(ladder, rung, line, packs, nextLine, held[nextLine]!) < 0) nextLine = line
    }
  }
  if (nextLine < 0) throw new Error('allocation certificate: a rung was cut and nothing was refused')
  if (lastLine >= 0 && comparePacks(ladder, rung, lastLine, held[lastLine]! - 1, nextLine, held[nextLine]!) >= 0) {
    throw new Error(outOfOrder)
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
