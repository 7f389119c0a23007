import type { RoundChoice } from '../../api/contract/round.ts'
import type { Adjustment } from './adjustment.ts'
import {
  adjust,
  changeWork,
  endStep,
  noWork,
  type OpenRound,
  type PinChange,
  pinCells,
  type RoundInputs,
  rebaseRound,
  redo,
  startRound,
  undo,
  type Work,
} from './round-model.ts'
import { type ItemPlan, newlyRefused, type Solved, solveWork } from './solve-round.ts'

/** A plan put aside to compare with: its work and what came of it. */
type Scenario = { readonly work: Work; readonly solved: Solved }

/** An edit that was not made because it would leave items without a plan. */
export type EditRefusal = {
  readonly plans: readonly ItemPlan[]
  /** The edited cell; null when a slider or an undo was refused. */
  readonly cell: { readonly unit: string; readonly item: string; readonly packs: number } | null
}

/** A round on the screen: the work, its plan, and the plans that it is compared with. */
export type RoundState = {
  readonly round: OpenRound
  readonly solved: Solved
  /** The policy by itself: no pin, no slider. */
  readonly alone: Solved
  /** The plan before the last change; for a slider, before it was touched. */
  readonly before: Solved
  readonly scenario: Scenario | null
  readonly refused: EditRefusal | null
  /** Pins that fell away because their unit or item is no longer in the round. */
  readonly dropped: readonly PinChange[]
}

export type RoundAction =
  | { readonly kind: 'pin'; readonly changes: readonly PinChange[] }
  | { readonly kind: 'adjust'; readonly change: Partial<Adjustment>; readonly going: string | null }
  | { readonly kind: 'work'; readonly work: Work }
  | { readonly kind: 'end-step' }
  | { readonly kind: 'undo' }
  | { readonly kind: 'redo' }
  | { readonly kind: 'rebase'; readonly inputs: RoundInputs; readonly choice: RoundChoice }
  | { readonly kind: 'keep-scenario' }
  | { readonly kind: 'swap-scenario' }
  | { readonly kind: 'drop-scenario' }
  | { readonly kind: 'clear-refusal' }

export function openState(choice: RoundChoice, inputs: RoundInputs, work: Work = noWork): RoundState {
  const alone = solveWork(inputs, noWork)
  const { round, dropped } = rebaseRound(startRound(choice, inputs, work), inputs)
  const solved = solveWork(inputs, round.work, alone)
  return { round, solved, alone, before: solved, scenario: null, refused: null, dropped }
}

/** A change is made whole or refused whole; what it does not touch is not solved again. */
export function changeState(state: RoundState, action: RoundAction): RoundState {
  const { round } = state
  switch (action.kind) {
    case 'pin': {
      const [only] = action.changes.length === 1 ? action.changes : []
      const cell = only && only.packs !== null ? { unit: only.unit, item: only.item, packs: only.packs } : null
      return move(state, pinCells(round, action.changes), cell)
    }
    case 'adjust':
      return move(state, adjust(round, action.change, action.going), null)
    case 'work':
      return move(state, changeWork(round, action.work), null)
    case 'end-step':
      return { ...state, round: endStep(round) }
    case 'undo':
      return move(state, undo(round), null)
    case 'redo':
      return move(state, redo(round), null)
    case 'rebase': {
      const rebased = rebaseRound(round, action.inputs, action.choice)
      return onOtherInputs(state, rebased.round, rebased.dropped)
    }
    case 'keep-scenario':
      return { ...state, scenario: { work: round.work, solved: state.solved } }
    case 'swap-scenario': {
      if (!state.scenario) return state
      const here: Scenario = { work: round.work, solved: state.solved }
      return { ...move(state, changeWork(round, state.scenario.work), null), scenario: here }
    }
    case 'drop-scenario':
      return { ...state, scenario: null }
    case 'clear-refusal':
      return state.refused || state.dropped.length > 0 ? { ...state, refused: null, dropped: [] } : state
  }
}

function onOtherInputs(state: RoundState, round: OpenRound, dropped: readonly PinChange[]): RoundState {
  const alone = solveWork(round.inputs, noWork)
  const solved = solveWork(round.inputs, round.work, alone)
  return { round, solved, alone, before: state.solved, scenario: null, refused: null, dropped }
}

function move(state: RoundState, round: OpenRound, cell: EditRefusal['cell']): RoundState {
  if (round === state.round) return state.refused ? { ...state, refused: null } : state
  // A step over a choice has inputs of its own: nothing solved on the others holds there.
  if (round.inputs !== state.round.inputs) return onOtherInputs(state, round, [])
  const solved = solveWork(round.inputs, round.work, state.solved)
  const plans = newlyRefused(state.solved, solved)
  if (plans.length > 0) return { ...state, refused: { plans, cell } }
  const isSameStep = round.going !== null && round.going === state.round.going
  return { ...state, round, solved, before: isSameStep ? state.before : state.solved, refused: null, dropped: [] }
}
