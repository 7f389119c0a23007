import { usableBefore } from './allowance.ts'
import type { Transport } from './assign.ts'

/**
 * Removes splits that cost nothing to remove: as long as the lines that draw on several sources form a cycle of sources,
 * packs are passed round it until one line leaves one source. What remains is a forest, so there are at most
 * lines + sources − 1 draws. Changes `flow` in place; date order and cost stay what they are.
 */
export function cancelSplits(transport: Transport, flow: Float64Array): void {
  const { lines, sources } = transport
  for (let tries = 0; tries < lines * sources; tries++) {
    const cycle = findCycle(transport, flow)
    if (!cycle) return
    if (!pass(transport, flow, cycle) && !pass(transport, flow, reverse(cycle))) return
  }
}

/** Step n moves packs of its line from source `from` to source `to`; the `to` of each is the `from` of the next. */
type Step = { readonly line: number; readonly from: number; readonly to: number }

function reverse(cycle: readonly Step[]): Step[] {
  return cycle.map(({ line, from, to }) => ({ line, from: to, to: from })).reverse()
}

/** A cycle of sources whose steps are lines that draw on both ends, by a growing forest; null when there is none. */
function findCycle(transport: Transport, flow: Float64Array): Step[] | null {
  const { lines, sources } = transport
  const neighbours: Step[][] = Array.from({ length: sources }, () => [])
  for (let line = 0; line < lines; line++) {
    let previous = -1
    for (let at = 0; at < sources; at++) {
      if (flow[line * sources + at]! <= 0) continue
      if (previous >= 0) {
        const path = pathBetween(neighbours, at, previous)
        if (path) return [{ line, from: previous, to: at }, ...path]
        neighbours[previous]!.push({ line, from: previous, to: at })
        neighbours[at]!.push({ line, from: at, to: previous })
      }
      previous = at
    }
  }
  return null
}

function pathBetween(neighbours: readonly Step[][], start: number, end: number): Step[] | null {
  const came = new Map<number, Step | null>([[start, null]])
  const queue = [start]
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    if (next === end) {
      const path: Step[] = []
      for (let step = came.get(end); step; step = came.get(step.from)) path.unshift(step)
      return path
    }
    for (const step of neighbours[next]!) {
      if (came.has(step.to)) continue
      came.set(step.to, step)
      queue.push(step.to)
    }
  }
  return null
}

/** Passes packs round a cycle as far as it goes; false when it would cost more or expiry forbids it. */
function pass(transport: Transport, flow: Float64Array, cycle: readonly Step[]): boolean {
  const { sources, cost } = transport
  let amount = Number.POSITIVE_INFINITY
  let price = 0
  for (const { line, from, to } of cycle) {
    amount = Math.min(amount, flow[line * sources + from]!)
    price += cost[line * sources + to]! - cost[line * sources + from]!
  }
  if (price > 0) return false
  for (const { line, from, to } of cycle) {
    flow[line * sources + from] = flow[line * sources + from]! - amount
    flow[line * sources + to] = flow[line * sources + to]! + amount
  }
  if (cycle.every(({ line }) => keepsExpiry(transport, flow, line))) return true
  for (const { line, from, to } of cycle) {
    flow[line * sources + from] = flow[line * sources + from]! + amount
    flow[line * sources + to] = flow[line * sources + to]! - amount
  }
  return false
}

function keepsExpiry(transport: Transport, flow: Float64Array, line: number): boolean {
  const { consumption, sources, expiresIn } = transport
  if (!consumption) return true
  let drawn = 0
  for (let at = 0; at < sources; at++) {
    drawn += flow[line * sources + at]!
    if (at + 1 < sources && expiresIn[at + 1] === expiresIn[at]) continue
    const { use, stock, packBase } = consumption
    if (drawn > usableBefore(use[line]!, stock[line]!, packBase, expiresIn[at]!)) return false
  }
  return true
}

/** So small that every way of carrying it can be looked at. */
const small = { lines: 12, sources: 4, steps: 200_000 }

/**
 * Of all ways that cost no more, one with the fewest draws, where the transport is small (at most 12 lines and 4 sources,
 * no expiry that holds back, within 200,000 steps of branch and bound). Elsewhere `flow` stays the forest that
 * `cancelSplits` left: fewest draws at least cost is a fixed-charge transport problem, which is NP-hard. Changes `flow` in
 * place.
 */
export function fewestSplits(transport: Transport, flow: Float64Array): void {
  const { sources, amount, cost, packs, pool, poolPacks } = transport
  const lines: number[] = []
  for (let line = 0; line < transport.lines; line++) if (amount[line]! > 0) lines.push(line)
  if (transport.consumption || lines.length > small.lines || sources > small.sources) return
  let budget = 0
  let fewest = 0
  for (let at = 0; at < flow.length; at++) {
    budget += flow[at]! * (flow[at]! > 0 ? cost[at]! : 0)
    if (flow[at]! > 0) fewest++
  }
  if (fewest === lines.length) return
  const sourceRoom = packs.slice()
  const poolRoom = poolPacks.slice()
  const trial = new Float64Array(flow.length)
  /** What the lines from here on cost at the very least. */
  const least = new Float64Array(lines.length + 1)
  for (let at = lines.length - 1; at >= 0; at--) {
    let cheapest = Number.POSITIVE_INFINITY
    for (let to = 0; to < sources; to++) {
      const own = cost[lines[at]! * sources + to]!
      if (own >= 0) cheapest = Math.min(cheapest, own)
    }
    least[at] = least[at + 1]! + amount[lines[at]!]! * cheapest
  }
  let steps = 0
  const carry = (at: number, to: number, left: number, spent: number, draws: number): void => {
    // Each line that waits takes one draw at least, and so does what is left of this one.
    const waiting = lines.length - at - (at < lines.length && left === 0 ? 1 : 0)
    if (++steps > small.steps || draws + waiting >= fewest) return
    if (at === lines.length) {
      fewest = draws
      flow.set(trial)
      return
    }
    if (left === 0) {
      carry(at + 1, 0, amount[lines[at + 1]!] ?? 0, spent, draws)
      return
    }
    if (to === sources) return
    const place = lines[at]! * sources + to
    const own = cost[place]!
    const most = own < 0 ? 0 : Math.min(left, sourceRoom[to]!, poolRoom[pool[to]!]!)
    for (let take = most; take >= 0; take--) {
      const next = spent + (take > 0 ? take * own : 0)
      if (next + least[at + 1]! > budget) continue
      trial[place] = take
      sourceRoom[to]! -= take
      poolRoom[pool[to]!]! -= take
      carry(at, to + 1, left - take, next, draws + (take > 0 ? 1 : 0))
      sourceRoom[to]! += take
      poolRoom[pool[to]!]! += take
      trial[place] = 0
    }
  }
  carry(0, 0, amount[lines[0]!]!, 0, 0)
}
