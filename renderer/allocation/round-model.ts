import type { RoundChoice } from '../../api/contract/round.ts'
import type { Problem, Rung } from '../../core/allocation/problem.ts'
import { fitRungs } from '../../core/policy.ts'
import { type PlacedPin, withPins as pinProblem } from '../../core/round.ts'
import { type Adjustment, adjustRungs, noAdjustment } from './adjustment.ts'

/**
 * What `round.prepare` gives (the problem without pins, its hash, the ids behind its codes), with the tier of each unit
 * and the policy's own ladder, which the sliders start from.
 */
export type RoundInputs = {
  readonly problem: Problem
  readonly problemHash: string
  readonly units: readonly { readonly unitId: number; readonly code: string; readonly tier: number }[]
  readonly items: readonly { readonly itemId: number; readonly code: string }[]
  readonly reports: readonly { readonly unitId: number; readonly itemId: number; readonly reportedOn: string }[]
  readonly policy: { readonly rungs: readonly Rung[]; readonly horizonDays: number }
}

/** Packs by item code, then by unit code. An item's map is a new object whenever one of its pins has changed. */
export type Pins = ReadonlyMap<string, ReadonlyMap<string, number>>

/** Everything that the manager has done in the round and may take back. */
export type Work = { readonly adjustment: Adjustment; readonly pins: Pins }

export const noWork: Work = { adjustment: noAdjustment, pins: new Map() }

/** What one step back leads to: what the round is about, what there was to divide, and what had been done. */
type Step = { readonly choice: RoundChoice; readonly inputs: RoundInputs; readonly work: Work }

/** A round that is not approved yet. */
export type OpenRound = Step & {
  /** Oldest first, at most `undoSteps`. */
  readonly past: readonly Step[]
  /** Next to redo last. */
  readonly future: readonly Step[]
  /** Name of the change that is still going on (a slider under the hand): more of it adds no further step. */
  readonly going: string | null
}

export const undoSteps = 50

/** A cell and what to do with it: so many packs, or null to take the pin away. */
export type PinChange = { readonly unit: string; readonly item: string; readonly packs: number | null }

export function startRound(choice: RoundChoice, inputs: RoundInputs, work: Work = noWork): OpenRound {
  return { choice, inputs, work, past: [], future: [], going: null }
}

/**
 * A step forward. With `going`, steps of the same name that follow one another are one step to undo, until another
 * change or `endStep` comes.
 */
export function changeWork(round: OpenRound, work: Work, going: string | null = null): OpenRound {
  if (sameWork(round.work, work)) return round
  if (going !== null && round.going === going) return { ...round, work, future: [] }
  return { ...round, work, past: withStep(round), future: [], going }
}

const stepOf = ({ choice, inputs, work }: OpenRound): Step => ({ choice, inputs, work })
const withStep = (round: OpenRound): readonly Step[] => [...round.past, stepOf(round)].slice(-undoSteps)

export function endStep(round: OpenRound): OpenRound {
  return round.going === null ? round : { ...round, going: null }
}

export function undo(round: OpenRound): OpenRound {
  const step = round.past.at(-1)
  if (!step) return round
  return { ...step, past: round.past.slice(0, -1), future: [...round.future, stepOf(round)], going: null }
}

export function redo(round: OpenRound): OpenRound {
  const step = round.future.at(-1)
  if (!step) return round
  return { ...step, past: [...round.past, stepOf(round)], future: round.future.slice(0, -1), going: null }
}

/** The pins with these changes; the same object when nothing changes. */
function withPins(pins: Pins, changes: readonly PinChange[]): Pins {
  const result = new Map(pins)
  const copied = new Map<string, Map<string, number>>()
  for (const { unit, item, packs } of changes) {
    const present = copied.get(item) ?? pins.get(item)
    if ((present?.get(unit) ?? null) === packs) continue
    let mine = copied.get(item)
    if (!mine) {
      mine = new Map(pins.get(item))
      copied.set(item, mine)
    }
    if (packs === null) mine.delete(unit)
    else mine.set(unit, packs)
  }
  if (copied.size === 0) return pins
  for (const [item, mine] of copied) {
    if (mine.size === 0) result.delete(item)
    else result.set(item, mine)
  }
  return result
}

export function countPins(pins: Pins): number {
  let count = 0
  for (const mine of pins.values()) count += mine.size
  return count
}

export function pinCells(round: OpenRound, changes: readonly PinChange[]): OpenRound {
  return changeWork(round, { ...round.work, pins: withPins(round.work.pins, changes) })
}

export function adjust(round: OpenRound, change: Partial<Adjustment>, going: string | null = null): OpenRound {
  return changeWork(round, { ...round.work, adjustment: { ...round.work.adjustment, ...change } }, going)
}

export const sameChoice = (a: RoundChoice, b: RoundChoice): boolean =>
  a === b || JSON.stringify(a) === JSON.stringify(b)

/**
 * The same work on new inputs. Another choice (depots, items, units, policy) is a step that can be undone; the same choice
 * read again is none, and gives the steps of that choice what there is now. Pins of units and items that are no longer
 * there fall away and are returned, so that the screen can name them.
 */
export function rebaseRound(
  round: OpenRound,
  inputs: RoundInputs,
  choice: RoundChoice = round.choice,
): { readonly round: OpenRound; readonly dropped: readonly PinChange[] } {
  const dropped: PinChange[] = []
  const work = keepWork(round.work, inputs, dropped)
  if (!sameChoice(round.choice, choice)) {
    return { round: { choice, inputs, work, past: withStep(round), future: [], going: null }, dropped }
  }
  // Earlier steps may name what is gone: undoing into them must not pin cells that the matrix no longer shows.
  const renewed = (step: Step): Step =>
    sameChoice(step.choice, choice) ? { choice, inputs, work: keepWork(step.work, inputs, []) } : step
  const steps = { past: round.past.map(renewed), future: round.future.map(renewed) }
  return { round: { choice, inputs, work, ...steps, going: null }, dropped }
}

function keepWork(work: Work, inputs: RoundInputs, dropped: PinChange[]): Work {
  const pins = keepPins(work.pins, inputs, dropped)
  const reservePacks: Record<string, number> = {}
  const items = new Set(inputs.items.map((item) => item.code))
  for (const [item, packs] of Object.entries(work.adjustment.reservePacks)) {
    if (items.has(item)) reservePacks[item] = packs
  }
  return { adjustment: { ...work.adjustment, reservePacks }, pins }
}

function keepPins(pins: Pins, inputs: RoundInputs, dropped: PinChange[]): Pins {
  const items = new Set(inputs.items.map((item) => item.code))
  const units = new Set(inputs.units.map((unit) => unit.code))
  const kept = new Map<string, ReadonlyMap<string, number>>()
  for (const [item, mine] of pins) {
    const left = new Map<string, number>()
    for (const [unit, packs] of mine) {
      if (items.has(item) && units.has(unit)) left.set(unit, packs)
      else dropped.push({ unit, item, packs })
    }
    if (left.size > 0) kept.set(item, left)
  }
  return kept
}

function sameWork(a: Work, b: Work): boolean {
  return a === b || (a.pins === b.pins && sameAdjustment(a.adjustment, b.adjustment))
}

function sameAdjustment(a: Adjustment, b: Adjustment): boolean {
  return (
    a.horizonDays === b.horizonDays &&
    sameNumbers(a.floorDays, b.floorDays) &&
    sameNumbers(a.tiltPercent, b.tiltPercent) &&
    sameNumbers(a.reservePacks, b.reservePacks)
  )
}

function sameNumbers(a: Readonly<Record<string, number>>, b: Readonly<Record<string, number>>): boolean {
  const names = Object.keys(a)
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name])
}

export function horizonOf(inputs: RoundInputs, work: Work): number {
  return work.adjustment.horizonDays ?? inputs.problem.horizonDays
}

/** The ladder with everything that the sliders say. */
export function rungsOf(inputs: RoundInputs, work: Work): readonly Rung[] {
  const { policy } = inputs
  return fitRungs(adjustRungs(policy.rungs, work.adjustment), policy.horizonDays, horizonOf(inputs, work))
}

/** Whether the ladder is no longer the policy's: then it must be saved under a name of its own before approval. */
export function isOwnLadder(inputs: RoundInputs, work: Work): boolean {
  const { policy } = inputs
  return adjustRungs(policy.rungs, work.adjustment) !== policy.rungs
}

/**
 * The problem with the sliders' and the pins' values in it. A pin on a cell without a line (nothing used, nothing there)
 * makes one, as on the server. `items` narrows it to those items, to solve a column alone.
 */
export function problemOf(inputs: RoundInputs, work: Work, items?: ReadonlySet<string>): Problem {
  const { problem } = inputs
  const { adjustment } = work
  const wanted = (item: string) => items === undefined || items.has(item)
  const narrow = items !== undefined && items.size < problem.items.length
  return pinProblem(
    {
      ...problem,
      horizonDays: horizonOf(inputs, work),
      rungs: rungsOf(inputs, work),
      items: problem.items
        .filter((item) => wanted(item.item))
        .map((item) => {
          const reservePacks = adjustment.reservePacks[item.item] ?? item.reservePacks
          return reservePacks === item.reservePacks ? item : { ...item, reservePacks }
        }),
      units: narrow
        ? problem.units.map((unit) => ({ ...unit, lines: unit.lines.filter((line) => wanted(line.item)) }))
        : problem.units,
    },
    placedPins(inputs, work.pins, wanted),
  )
}

function placedPins(inputs: RoundInputs, pins: Pins, wanted: (item: string) => boolean): PlacedPin[] {
  const tiers = new Map(inputs.units.map((unit) => [unit.code, unit.tier]))
  const placed: PlacedPin[] = []
  for (const [item, mine] of pins) {
    if (!wanted(item)) continue
    for (const [unit, packs] of mine) placed.push({ unit, tier: tiers.get(unit) ?? 3, item, packs })
  }
  return placed
}

/** The choice as the sliders have it, to prepare and approve with. */
export function choiceOf(round: OpenRound): RoundChoice {
  const { adjustment } = round.work
  const reserves = new Map(round.choice.reserves.map((reserve) => [reserve.itemId, reserve.packs]))
  for (const { itemId, code } of round.inputs.items) {
    const packs = adjustment.reservePacks[code]
    if (packs !== undefined) reserves.set(itemId, packs)
  }
  return {
    ...round.choice,
    horizonDays: adjustment.horizonDays ?? round.choice.horizonDays,
    reserves: [...reserves].map(([itemId, packs]) => ({ itemId, packs })).sort((a, b) => a.itemId - b.itemId),
  }
}
