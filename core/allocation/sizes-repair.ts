import { ceilingOf, type Ladder, levelOf } from './order.ts'
import { canDraw, groupWith, type Size } from './pack-size.ts'
import type { Prepared } from './prepare.ts'
import { shortSet } from './restricted.ts'
import { openRungOf } from './sizes-bound.ts'

/** Work that the repair may do, so that a large item ends in time; the same on every machine. */
const evaluations = 2_000_000
const checks = 300

/** Line −1 is the depot: its packs are what is left, and it is never worse off. */
const depot = -1

type Exchange = {
  readonly receiver: number
  readonly donor: number
  /** The receiver gets one pack of `gets` and gives back `returns` packs of `back`. */
  readonly gets: Size
  readonly back: Size | null
  readonly returns: number
}

/**
 * Exchanges packs between two lines, or a line and the depot, as long as the lower of the two comes out higher (leximin
 * over rung and level): first for the lowest line that can be helped, then again from the start. Changes `given`.
 */
export function repair(prepared: Prepared, pieces: Ladder, sizes: readonly Size[], pin: Float64Array): void {
  const { count } = pieces.lines
  const budget = { evaluations, checks }
  const held = new Float64Array(count)
  for (const { packBase, given } of sizes) {
    for (let line = 0; line < count; line++) held[line] = held[line]! + given[line]! * packBase
  }
  const state: State = { prepared, pieces, sizes, pin, held, budget, isOpen: isOpenToAll(prepared, sizes) }
  for (let rounds = 0; rounds < 4 * count + 16; rounds++) {
    takeBack(state)
    if (!improve(state)) return
  }
  takeBack(state)
}

/** Takes back what a line does not need: a large pack given late may have made smaller ones superfluous. */
function takeBack({ pieces, sizes, pin, held }: State): void {
  for (let line = 0; line < pieces.lines.count; line++) {
    if (pin[line]! >= 0) continue
    let reach = 0
    for (const rung of pieces.rungs) reach = Math.max(reach, ceilingOf(pieces, rung, line))
    for (const size of sizes) {
      reach = Math.min(reach, size.group.lines.requestBase[line]!)
      while (size.given[line]! > 0 && held[line]! - size.packBase >= reach) {
        size.given[line] = size.given[line]! - 1
        held[line] = held[line]! - size.packBase
      }
    }
  }
}

type State = {
  readonly prepared: Prepared
  readonly pieces: Ladder
  readonly sizes: readonly Size[]
  readonly pin: Float64Array
  readonly held: Float64Array
  readonly budget: { evaluations: number; checks: number }
  /** Every line may draw on every source: counts alone decide what can be carried. */
  readonly isOpen: boolean
}

function isOpenToAll(prepared: Prepared, sizes: readonly Size[]): boolean {
  if (prepared.problem.nearExpiry === true) return false
  return sizes.every(({ group }) => group.supply.patterns.every((pattern) => pattern.every((mark) => mark === 1)))
}

/** Where a line stands: rung of its next piece (after the last when it is served), and its level there. */
function standing(state: State, line: number, given: number): readonly [number, number] {
  const rung = openRungOf(state.pieces, state.sizes, line, given)
  if (rung < 0) return [state.pieces.rungs.length, 0]
  return [rung, levelOf(state.pieces, state.pieces.rungs[rung]!, line, given)]
}

function isLower(a: readonly [number, number], b: readonly [number, number]): boolean {
  return a[0] !== b[0] ? a[0] < b[0] : a[1] < b[1]
}

function improve(state: State): boolean {
  const { pieces, pin, held } = state
  const lines: { line: number; at: readonly [number, number] }[] = []
  for (let line = 0; line < pieces.lines.count; line++) {
    if (pin[line]! >= 0) continue
    const at = standing(state, line, held[line]!)
    if (at[0] < pieces.rungs.length) lines.push({ line, at })
  }
  lines.sort((a, b) => a.at[0] - b.at[0] || a.at[1] - b.at[1] || a.line - b.line)
  for (const { line, at } of lines.slice(0, 8)) {
    for (let donor = depot; donor < pieces.lines.count; donor++) {
      if (donor === line || (donor >= 0 && pin[donor]! >= 0)) continue
      for (const exchange of exchangesOf(state, line, donor)) {
        if (state.budget.evaluations-- <= 0) return false
        if (!improves(state, exchange, at) || !apply(state, exchange)) continue
        return true
      }
    }
  }
  return false
}

function* exchangesOf(state: State, receiver: number, donor: number): Generator<Exchange> {
  for (const gets of state.sizes) {
    if (available(gets, donor) <= 0 || !canDraw(gets, receiver)) continue
    yield { receiver, donor, gets, back: null, returns: 0 }
    for (const back of state.sizes) {
      if (back.packBase >= gets.packBase || (donor >= 0 && !canDraw(back, donor))) continue
      const most = Math.min(back.given[receiver]!, Math.ceil(gets.packBase / back.packBase) - 1, 3)
      for (let returns = 1; returns <= most; returns++) yield { receiver, donor, gets, back, returns }
    }
  }
}

function available(size: Size, line: number): number {
  if (line !== depot) return size.given[line]!
  let left = 0
  for (const packs of size.group.supply.capacity.values()) left += packs
  for (const packs of size.given) left -= packs
  return left
}

function improves(state: State, exchange: Exchange, now: readonly [number, number]): boolean {
  const { receiver, donor, gets, back, returns } = exchange
  const change = gets.packBase - (back ? back.packBase * returns : 0)
  const { capBase } = gets.group.lines
  const got = state.held[receiver]! + change
  if (got > capBase[receiver]!) return false
  const receives = standing(state, receiver, got)
  if (!isLower(now, receives)) return false
  if (donor === depot) return true
  return isLower(now, standing(state, donor, state.held[donor]! - change))
}

/** Carries out an exchange unless the lots cannot carry it. */
function apply(state: State, exchange: Exchange): boolean {
  move(state, exchange, 1)
  if (state.isOpen) return true
  const touched = exchange.back ? [exchange.gets, exchange.back] : [exchange.gets]
  const groups = touched.map((size) => groupWith(state.pieces, state.sizes, size))
  const all = state.sizes.map((size) => groups[touched.indexOf(size)] ?? groupWith(state.pieces, state.sizes, size))
  const fits = state.sizes.every((size, at) => {
    if (state.budget.checks-- <= 0) return false
    return !shortSet(state.prepared, all[at]!, size.packBase, size.given)
  })
  if (!fits) {
    move(state, exchange, -1)
    return false
  }
  state.sizes.forEach((size, at) => {
    size.group = all[at]!
  })
  return true
}

function move(state: State, exchange: Exchange, sign: 1 | -1): void {
  const { receiver, donor, gets, back, returns } = exchange
  const pass = (size: Size, from: number, to: number, packs: number): void => {
    const amount = packs * sign
    if (from !== depot) {
      size.given[from] = size.given[from]! - amount
      state.held[from] = state.held[from]! - amount * size.packBase
    }
    if (to !== depot) {
      size.given[to] = size.given[to]! + amount
      state.held[to] = state.held[to]! + amount * size.packBase
    }
  }
  pass(gets, donor, receiver, 1)
  if (back) pass(back, receiver, donor, returns)
}
