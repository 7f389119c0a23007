import { ceilingOf, comparePacks, type Ladder, levelOf, type Place, rungOfPack } from './order.ts'
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

/** Packs of a span that precede a place of the same rung; the estimate is off by one at most, and is put right exactly. */
function packsBefore(ladder: Ladder, line: number, first: number, last: number, place: Place): number {
  const rung = ladder.rungs[place.rung]!
  const weighted = rung.weight[ladder.lines.tier[line]!]! * ladder.lines.use[line]!
  const level = levelOf(ladder, rung, place.line, place.pack)
  const estimate = (level * weighted - 2 * ladder.lines.stock[line]!) / (2 * ladder.packBase) - ladder.shift / 2
  let pack = Math.min(last, Math.max(first, Math.ceil(estimate)))
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
  let queuePacks = 1
  let linesAhead = 0
  for (let other = 0; other < ladder.lines.count; other++) {
    const start = waiting.nextRung[other]!
    if (start < 0 || other === line || stops?.[other] !== stops?.[line]) continue
    let ahead = 0
    for (let rung = start; rung <= own; rung++) {
      const [first, last] = span(waiting, other, rung)
      if (last <= first) continue
      ahead += rung < own ? last - first : packsBefore(ladder, other, first, last, place)
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
  const { ladder, packs, stops } = solution
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
      const prepared = ladder.rungs[rung]!
      const next = queue.filter((line) => waiting.nextRung[line] === rung)
      next.sort((a, b) => comparePacks(ladder, prepared, a, packs[a]!, b, packs[b]!))
      const ahead = new Float64Array(next.length + 1)
      let total = 0
      for (const line of queue) {
        const [first, last] = span(waiting, line, rung)
        if (last <= first) continue
        total += last - first
        countAhead(waiting, line, first, last, rung, next, ahead)
      }
      let running = before
      for (let at = 0; at < next.length; at++) {
        running += ahead[at]!
        places[next[at]!] = running + 1
      }
      before += total
    }
  }
  return places
}

/** Adds a line's waiting packs to `ahead`: at each position, those that lie between the next pack before it and it. */
function countAhead(
  waiting: Waiting,
  line: number,
  first: number,
  last: number,
  rung: number,
  next: readonly number[],
  ahead: Float64Array,
): void {
  const { ladder, packs } = waiting.solution
  if (last - first > next.length) {
    let counted = 0
    for (let at = 0; at < next.length; at++) {
      const other = next[at]!
      const before = packsBefore(ladder, line, first, last, { rung, line: other, pack: packs[other]! })
      ahead[at] = ahead[at]! + before - counted
      counted = before
    }
    return
  }
  const prepared = ladder.rungs[rung]!
  let low = 0
  for (let pack = first; pack < last; pack++) {
    let high = next.length
    while (low < high) {
      const middle = (low + high) >> 1
      const other = next[middle]!
      // A next pack is not ahead of itself.
      if (comparePacks(ladder, prepared, line, pack, other, packs[other]!) < 0) high = middle
      else low = middle + 1
    }
    if (low === next.length) return
    ahead[low] = ahead[low]! + 1
  }
}
