import { ceilingOf, comparePacks, doubt, type Ladder, levelOf, type Place, rungOfPack } from './order.ts'
import type { Solution } from './solution.ts'

/** Packs that a line could still be given, in order: from what it holds up to the end of the rungs, request and cap. */
type Waiting = {
  readonly solution: Solution
  /** For each line, the rung (from 0) of its next pack, or −1. */
  readonly nextRung: Int32Array
}

function waitingOf(solution: Solution): Waiting {
  const { ladder, packs, most } = solution
  const nextRung = new Int32Array(ladder.lines.count)
  for (let line = 0; line < nextRung.length; line++) {
    nextRung[line] = packs[line]! < most[line]! ? rungOfPack(ladder, line, packs[line]!) : -1
  }
  return { solution, nextRung }
}

/** First and last (exclusive) pack of a line that waits in a rung. */
function span(waiting: Waiting, line: number, rung: number): readonly [number, number] {
  const { ladder, packs, most } = waiting.solution
  let first = packs[line]!
  for (let earlier = 0; earlier < rung; earlier++) {
    first = Math.max(first, ceilingOf(ladder, ladder.rungs[earlier]!, line))
  }
  const last = Math.min(ceilingOf(ladder, ladder.rungs[rung]!, line), most[line]!)
  return [first, last]
}

/** Packs of a span that precede a place of the same rung. Only an estimate close to a whole number is in doubt. */
function packsBefore(ladder: Ladder, line: number, first: number, last: number, place: Place, level: number): number {
  const rung = ladder.rungs[place.rung]!
  const { perMilliDay, stockPacks } = ladder.scale
  const slope = rung.weight[ladder.lines.tier[line]!]! * perMilliDay[line]! * 500_000
  const estimate = level * slope - stockPacks[line]! - ladder.shift / 2
  if (estimate < first - doubt) return 0
  if (estimate > last + doubt) return last - first
  let pack = Math.ceil(estimate)
  const over = pack - estimate
  if (over >= doubt && over <= 1 - doubt) return Math.min(last, Math.max(first, pack)) - first
  pack = Math.min(last, Math.max(first, pack))
  while (pack > first && comparePacks(ladder, rung, line, pack - 1, place.line, place.pack) >= 0) pack--
  while (pack < last && comparePacks(ladder, rung, line, pack, place.line, place.pack) < 0) pack++
  return pack - first
}

export type QueuePlace = {
  /** With so many more packs, this line would get its next. */
  readonly queuePacks: number
  /** Lines whose next pack comes first. */
  readonly linesAhead: number
}

/** Place of a line's next pack among those that wait for the same lots; null when it can take no more. O(lines). */
export function queuePlaceOf(solution: Solution, line: number): QueuePlace | null {
  const waiting = waitingOf(solution)
  const own = waiting.nextRung[line]!
  if (own < 0 || !solution.isExact) return null
  const { ladder, packs, stops } = solution
  const place = { rung: own, line, pack: packs[line]! }
  const level = levelOf(ladder, ladder.rungs[own]!, line, packs[line]!)
  let queuePacks = 1
  let linesAhead = 0
  for (let other = 0; other < ladder.lines.count; other++) {
    const start = waiting.nextRung[other]!
    if (start < 0 || other === line || stops?.[other] !== stops?.[line]) continue
    let ahead = 0
    for (let rung = start; rung <= own; rung++) {
      const [first, last] = span(waiting, other, rung)
      if (last <= first) continue
      ahead += rung < own ? last - first : packsBefore(ladder, other, first, last, place, level)
    }
    queuePacks += ahead
    if (ahead > 0) linesAhead++
  }
  return { queuePacks, linesAhead }
}

/**
 * Places of all lines at once, NaN where a line can take no more. The next packs of a rung are sorted; every waiting
 * pack of a line then falls between two of them, and running sums give the places. A line with more waiting packs than
 * there are lines is counted line by line instead.
 */
export function queuePlacesOf(solution: Solution): Float64Array {
  const { ladder, stops } = solution
  const waiting = waitingOf(solution)
  const places = new Float64Array(ladder.lines.count).fill(Number.NaN)
  if (!solution.isExact) return places
  const queues = new Map<number, number[]>()
  for (let line = 0; line < ladder.lines.count; line++) {
    if (waiting.nextRung[line]! < 0) continue
    const queue = queues.get(stops?.[line] ?? 0)
    if (queue) queue.push(line)
    else queues.set(stops?.[line] ?? 0, [line])
  }
  for (const queue of queues.values()) {
    let before = 0
    for (let rung = 0; rung < ladder.rungs.length; rung++) {
      const next = nextOf(waiting, queue, rung)
      const ahead = new Float64Array(next.places.length + 1)
      let total = 0
      for (const line of queue) {
        const [first, last] = span(waiting, line, rung)
        if (last <= first) continue
        total += last - first
        countAhead(waiting, line, first, last, rung, next, ahead)
      }
      let running = before
      next.places.forEach(({ line }, at) => {
        running += ahead[at]!
        places[line] = running + 1
      })
      before += total
    }
  }
  return places
}

/** The next packs of the lines that wait in a rung, in order, and their levels. */
type Next = { readonly places: readonly Place[]; readonly levels: Float64Array }

function nextOf(waiting: Waiting, queue: readonly number[], rung: number): Next {
  const { ladder, packs } = waiting.solution
  const prepared = ladder.rungs[rung]!
  const next: { place: Place; level: number }[] = []
  for (const line of queue) {
    if (waiting.nextRung[line] !== rung) continue
    const place = { rung, line, pack: packs[line]! }
    next.push({ place, level: levelOf(ladder, prepared, line, place.pack) })
  }
  next.sort(
    (a, b) =>
      a.level - b.level || comparePacks(ladder, prepared, a.place.line, a.place.pack, b.place.line, b.place.pack),
  )
  return { places: next.map(({ place }) => place), levels: Float64Array.from(next, ({ level }) => level) }
}

/** Adds a line's waiting packs to `ahead`: at each position, those that lie between the next pack before it and it. */
function countAhead(
  waiting: Waiting,
  line: number,
  first: number,
  last: number,
  rung: number,
  { places, levels }: Next,
  ahead: Float64Array,
): void {
  const { ladder } = waiting.solution
  const prepared = ladder.rungs[rung]!
  const all = last - first
  if (all * 4 > levels.length) {
    const slope = prepared.weight[ladder.lines.tier[line]!]! * ladder.scale.perMilliDay[line]! * 500_000
    const offset = ladder.scale.stockPacks[line]! + ladder.shift / 2 + first
    let counted = 0
    for (let at = 0; at < levels.length && counted < all; at++) {
      const estimate = levels[at]! * slope - offset
      if (estimate < -doubt) continue
      let before = Math.ceil(estimate)
      const over = before - estimate
      if (over < doubt || over > 1 - doubt) {
        before = packsBefore(ladder, line, first, last, places[at]!, levels[at]!)
      } else if (before > all) before = all
      ahead[at] = ahead[at]! + before - counted
      counted = before
    }
    return
  }
  let low = 0
  for (let pack = first; pack < last; pack++) {
    const level = levelOf(ladder, prepared, line, pack)
    let high = levels.length
    while (low < high) {
      const middle = (low + high) >> 1
      const other = levels[middle]!
      const place = places[middle]!
      // A next pack is not ahead of itself.
      const isBefore =
        level === other ? comparePacks(ladder, prepared, line, pack, place.line, place.pack) < 0 : level < other
      if (isBefore) high = middle
      else low = middle + 1
    }
    if (low === levels.length) return
    ahead[low] = ahead[low]! + 1
  }
}
