import { usableBefore } from './allowance.ts'

/**
 * Whole packs from a few sources to many lines whose amounts are fixed: minimum-cost flow by successive shortest paths,
 * one line after another, over the sources only (an arc from source a to b is the cheapest line that can move a pack from
 * a to b). Whole amounts come out by themselves.
 */
export type Transport = {
  readonly lines: number
  readonly sources: number
  /** Packs wanted by each line. */
  readonly amount: Float64Array
  /** Packs in each source; sources stand by expiry. */
  readonly packs: Float64Array
  readonly expiresIn: Float64Array
  /** Sources may be held together by a common limit (an item's supply less its reserve). */
  readonly pool: Int32Array
  readonly poolPacks: Float64Array
  /** lines × sources: cost of a pack, −1 where the line may not draw. */
  readonly cost: Float64Array
  /** For near expiry: what bounds the draw on sources that expire by a date; null where expiry holds nothing back. */
  readonly consumption: { readonly use: Float64Array; readonly stock: Float64Array; readonly packBase: number } | null
}

/** `flow` is lines × sources; `short` marks sources that cannot carry what depends on them. */
export type Assignment =
  | { readonly ok: true; readonly flow: Float64Array }
  | { readonly ok: false; readonly short: Uint8Array }

/** Cheapest line to move a pack from one source to another; −2 is not known, −1 is none. */
type Moves = { readonly line: Int32Array; readonly cost: Float64Array }

type State = {
  readonly transport: Transport
  readonly flow: Float64Array
  readonly used: Float64Array
  readonly poolUsed: Float64Array
  readonly moves: Moves
  readonly distance: Float64Array
  readonly via: Int32Array
  readonly viaLine: Int32Array
}

export function assign(transport: Transport): Assignment {
  const { lines, sources, poolPacks } = transport
  const state: State = {
    transport,
    flow: new Float64Array(lines * sources),
    used: new Float64Array(sources),
    poolUsed: new Float64Array(poolPacks.length),
    moves: { line: new Int32Array(sources * sources).fill(-1), cost: new Float64Array(sources * sources) },
    distance: new Float64Array(sources),
    via: new Int32Array(sources),
    viaLine: new Int32Array(sources),
  }
  for (let line = 0; line < lines; line++) {
    let left = transport.amount[line]!
    while (left > 0) {
      const direct = directSource(state, line)
      if (direct >= 0) {
        left -= push(state, line, direct, -1, left)
        continue
      }
      const end = shortestPath(state, line)
      if (end < 0) return { ok: false, short: reached(state) }
      left -= push(state, line, end, end, left)
    }
  }
  return { ok: true, flow: state.flow }
}

function room(state: State, source: number): number {
  const { packs, pool, poolPacks } = state.transport
  return Math.min(packs[source]! - state.used[source]!, poolPacks[pool[source]!]! - state.poolUsed[pool[source]!]!)
}

/** The cheapest source of a line where it has room: no path over other sources can be cheaper than its first step. */
function directSource(state: State, line: number): number {
  const { sources, cost } = state.transport
  let best = -1
  for (let at = 0; at < sources; at++) {
    const own = cost[line * sources + at]!
    if (own < 0) continue
    const least = best < 0 ? Number.POSITIVE_INFINITY : cost[line * sources + best]!
    if (own > least || (own === least && room(state, best) > 0)) continue
    if (slackToEnter(state, line, at) > 0) best = at
  }
  return best >= 0 && room(state, best) > 0 ? best : -1
}

/** Packs that a line may still take from a source without holding more than it uses before some expiry. */
function slackToEnter(state: State, line: number, source: number): number {
  return slackBetween(state, line, source, Number.POSITIVE_INFINITY)
}

/** Least slack of the limits of dates from the source's up to (not including) `until`. */
function slackBetween(state: State, line: number, source: number, until: number): number {
  const { consumption, sources, expiresIn } = state.transport
  if (!consumption) return Number.POSITIVE_INFINITY
  const from = expiresIn[source]!
  let drawn = 0
  let slack = Number.POSITIVE_INFINITY
  for (let at = 0; at < sources; at++) {
    drawn += state.flow[line * sources + at]!
    const date = expiresIn[at]!
    if (date < from || (at + 1 < sources && expiresIn[at + 1] === date)) continue
    if (date >= until) break
    const limit = usableBefore(consumption.use[line]!, consumption.stock[line]!, consumption.packBase, date)
    slack = Math.min(slack, limit - drawn)
  }
  return slack
}

/** Packs that a line can move from source a to source b. */
function movable(state: State, line: number, a: number, b: number): number {
  const { sources, cost, expiresIn } = state.transport
  const flow = state.flow[line * sources + a]!
  if (flow <= 0 || cost[line * sources + b]! < 0) return 0
  if (expiresIn[b]! >= expiresIn[a]!) return flow
  return Math.min(flow, slackBetween(state, line, b, expiresIn[a]!))
}

function bestMove(state: State, a: number, b: number): number {
  const { lines, sources, cost } = state.transport
  const { moves } = state
  const pair = a * sources + b
  if (moves.line[pair] !== -2) return moves.line[pair]!
  let best = -1
  let least = Number.POSITIVE_INFINITY
  for (let line = 0; line < lines; line++) {
    if (state.flow[line * sources + a]! <= 0) continue
    const step = cost[line * sources + b]! - cost[line * sources + a]!
    if (step < least && movable(state, line, a, b) > 0) {
      least = step
      best = line
    }
  }
  moves.line[pair] = best
  moves.cost[pair] = least
  return best
}

/** After a line's flow has changed: its moves may have become possible, impossible, or stay. */
function refreshMoves(state: State, line: number): void {
  const { sources, cost } = state.transport
  const { moves } = state
  for (let a = 0; a < sources; a++) {
    const holds = state.flow[line * sources + a]! > 0
    for (let b = 0; b < sources; b++) {
      if (a === b) continue
      const pair = a * sources + b
      const known = moves.line[pair]!
      if (known === -2) continue
      if (known === line) {
        if (movable(state, line, a, b) <= 0) moves.line[pair] = -2
        continue
      }
      if (!holds || cost[line * sources + b]! < 0) continue
      const step = cost[line * sources + b]! - cost[line * sources + a]!
      if ((known === -1 || step < moves.cost[pair]!) && movable(state, line, a, b) > 0) {
        moves.line[pair] = line
        moves.cost[pair] = step
      }
    }
  }
}

const fromLine = -1
const byPool = -1

/** Bellman–Ford over the sources; returns the cheapest source with room, or −1. Ties go to the fewest steps. */
function shortestPath(state: State, line: number): number {
  const { sources, cost, pool, packs, poolPacks } = state.transport
  const { distance, via, viaLine, used, poolUsed } = state
  for (let at = 0; at < sources; at++) {
    const own = cost[line * sources + at]!
    const open = own >= 0 && slackToEnter(state, line, at) > 0
    distance[at] = open ? own : Number.POSITIVE_INFINITY
    via[at] = fromLine
    viaLine[at] = line
  }
  for (let round = 0; round < sources; round++) {
    let changed = false
    const before = distance.slice()
    for (let a = 0; a < sources; a++) {
      if (before[a] === Number.POSITIVE_INFINITY) continue
      const poolFull = poolUsed[pool[a]!]! >= poolPacks[pool[a]!]! && used[a]! < packs[a]!
      for (let b = 0; b < sources; b++) {
        if (a === b) continue
        const mover = bestMove(state, a, b)
        const reach = mover >= 0 ? before[a]! + state.moves.cost[a * sources + b]! : Number.POSITIVE_INFINITY
        if (reach < distance[b]!) {
          distance[b] = reach
          via[b] = a
          viaLine[b] = mover
          changed = true
        }
        // Within a pool that is used up, a pack of one source can stand in for a pack of another.
        if (poolFull && pool[b] === pool[a] && used[b]! > 0 && before[a]! < distance[b]!) {
          distance[b] = before[a]!
          via[b] = a
          viaLine[b] = byPool
          changed = true
        }
      }
    }
    if (!changed) break
  }
  let end = -1
  for (let at = 0; at < sources; at++) {
    if (distance[at] === Number.POSITIVE_INFINITY || room(state, at) <= 0) continue
    if (end < 0 || distance[at]! < distance[end]!) end = at
  }
  return end
}

/** Sends up to `most` packs of a line along the path found (or straight to `end` when `pathEnd` is −1). */
function push(state: State, line: number, end: number, pathEnd: number, most: number): number {
  const { sources, pool, packs } = state.transport
  const { flow, used, poolUsed, via, viaLine } = state
  let amount = Math.min(most, room(state, end))
  let first = end
  if (pathEnd >= 0) {
    for (let b = end; via[b] !== fromLine; b = via[b]!) {
      const a = via[b]!
      first = a
      const limit = viaLine[b] === byPool ? Math.min(packs[a]! - used[a]!, used[b]!) : movable(state, viaLine[b]!, a, b)
      amount = Math.min(amount, limit)
    }
  }
  amount = Math.min(amount, slackToEnter(state, line, first))
  used[end] = used[end]! + amount
  poolUsed[pool[end]!] = poolUsed[pool[end]!]! + amount
  const touched = new Set([line])
  if (pathEnd >= 0) {
    for (let b = end; via[b] !== fromLine; b = via[b]!) {
      const a = via[b]!
      const mover = viaLine[b]!
      if (mover === byPool) {
        used[a] = used[a]! + amount
        used[b] = used[b]! - amount
        continue
      }
      flow[mover * sources + a] = flow[mover * sources + a]! - amount
      flow[mover * sources + b] = flow[mover * sources + b]! + amount
      touched.add(mover)
    }
  }
  flow[line * sources + first] = flow[line * sources + first]! + amount
  for (const each of touched) refreshMoves(state, each)
  return amount
}

function reached(state: State): Uint8Array {
  return Uint8Array.from(state.distance, (distance) => (distance < Number.POSITIVE_INFINITY ? 1 : 0))
}
