import { describe, expect, it } from 'vitest'
import { solve } from '../../../core/allocation/solve.ts'
import { diffPlans } from '../../../renderer/allocation/plan-diff.ts'
import { readRoundDraft, writeRoundDraft } from '../../../renderer/allocation/round-draft.ts'
import type { PinChange } from '../../../renderer/allocation/round-model.ts'
import { isOwnLadder, problemOf, undoSteps } from '../../../renderer/allocation/round-model.ts'
import { changeState, openState, type RoundAction, type RoundState } from '../../../renderer/allocation/round-state.ts'
import { packsOf } from '../../../renderer/allocation/solve-round.ts'
import { seed } from '../../seed.ts'
import { districtProblem, inputsOf, randomOf } from './district.ts'

const choice = { depotIds: null, itemIds: null, unitIds: null, policyId: 1, horizonDays: null, reserves: [] }
const inputs = inputsOf(districtProblem(30, 6, seed))
const opened = () => openState(choice, inputs)
const after = (state: RoundState, ...actions: RoundAction[]) => actions.reduce(changeState, state)
const pin = (...changes: PinChange[]): RoundAction => ({ kind: 'pin', changes })

/** Every cell of the plan as text, to compare two plans whole. */
function cells(state: RoundState): string[] {
  return [...state.solved.items.values()].flatMap((plan) =>
    plan.units.map((unit, at) => `${unit} ${plan.item} ${plan.packs[at]}`),
  )
}

/** What the engine says of the whole problem at once. */
function wholePlan(state: RoundState): string[] {
  const outcome = solve(problemOf(state.round.inputs, state.round.work))
  if (!outcome.ok) throw new Error('refused')
  return outcome.plan.lines.map((line) => `${line.unit} ${line.item} ${line.packs}`)
}

describe('a round in work', () => {
  it('has the plan of the whole problem, though it is solved item by item', () => {
    const state = opened()
    expect(cells(state)).toEqual(wholePlan(state))
    const pinned = after(state, pin({ unit: 'U0001', item: 'I001', packs: 2 }), {
      kind: 'adjust',
      change: { horizonDays: 9, floorDays: { 1: 3 }, reservePacks: { I002: 5 } },
      going: null,
    })
    expect(pinned.refused).toBeNull()
    expect(cells(pinned)).toEqual(wholePlan(pinned))
  })

  it('solves only the item of a pin again', () => {
    const state = opened()
    const pinned = after(state, pin({ unit: 'U0001', item: 'I003', packs: 1 }))
    const kept = [...pinned.solved.items].filter(([item, plan]) => state.solved.items.get(item) === plan)
    expect(kept.map(([item]) => item)).toEqual(['I001', 'I002', 'I004', 'I005', 'I006'])
  })

  it('pins a cell that had no line, as the server does', () => {
    const unit = inputs.problem.units.find(({ lines }) => !lines.some((line) => line.item === 'I001'))!
    const pinned = after(opened(), pin({ unit: unit.unit, item: 'I001', packs: 3 }))
    expect(packsOf(pinned.solved, unit.unit, 'I001')).toBe(3)
    expect(packsOf(after(pinned, { kind: 'undo' }).solved, unit.unit, 'I001')).toBeNull()
  })

  it('refuses a pin beyond the supply and leaves everything as it was', () => {
    const state = opened()
    const refused = after(state, pin({ unit: 'U0002', item: 'I001', packs: 1_000_000 }))
    expect(refused.refused?.cell).toEqual({ unit: 'U0002', item: 'I001', packs: 1_000_000 })
    expect(refused.refused?.plans[0]?.refusal).toMatchObject({ kind: 'pins-above-supply', pinnedPacks: 1_000_000 })
    expect(refused.round).toBe(state.round)
    expect(refused.solved).toBe(state.solved)
  })

  it('refuses a reserve that would leave too little for the pins', () => {
    const supply = inputs.problem.items[0]!.lots.reduce((sum, lot) => sum + lot.packs, 0)
    const pinned = after(opened(), pin({ unit: 'U0002', item: 'I001', packs: 10 }))
    const refused = after(pinned, { kind: 'adjust', change: { reservePacks: { I001: supply - 9 } }, going: null })
    expect(refused.refused?.plans.map((plan) => plan.item)).toEqual(['I001'])
    expect(refused.round.work).toBe(pinned.round.work)
  })

  it('undoes and redoes pins and sliders, fifty steps back', () => {
    const state = opened()
    let here = state
    for (let step = 0; step < undoSteps + 5; step++) {
      here = after(here, pin({ unit: 'U0001', item: 'I001', packs: step % 2 }))
    }
    const end = cells(here)
    for (let step = 0; step < undoSteps + 5; step++) here = after(here, { kind: 'undo' })
    expect(here.round.past).toHaveLength(0)
    expect(here.round.work.pins.get('I001')?.get('U0001')).toBe(0)
    for (let step = 0; step < undoSteps + 5; step++) here = after(here, { kind: 'redo' })
    expect(cells(here)).toEqual(end)
  })

  it('makes one step of a slider that is dragged, and another of the next drag', () => {
    const drag = (days: number): RoundAction => ({ kind: 'adjust', change: { horizonDays: days }, going: 'horizon' })
    const state = opened()
    const dragged = after(state, drag(13), drag(12), drag(11), { kind: 'end-step' }, drag(10))
    expect(dragged.round.past).toHaveLength(2)
    expect(dragged.round.past.map(({ work }) => work.adjustment.horizonDays)).toEqual([null, 11])
    expect(cells(after(dragged, { kind: 'undo' }, { kind: 'undo' }))).toEqual(cells(state))
  })

  it('keeps the plan before a drag to compare with, however long the drag', () => {
    const state = opened()
    const dragged = after(
      state,
      { kind: 'adjust', change: { horizonDays: 12 }, going: 'horizon' },
      { kind: 'adjust', change: { horizonDays: 6 }, going: 'horizon' },
    )
    expect(dragged.before).toBe(state.solved)
  })

  it('swaps two scenarios and comes back', () => {
    const a = after(opened(), pin({ unit: 'U0001', item: 'I001', packs: 0 }), { kind: 'keep-scenario' })
    const b = after(a, { kind: 'adjust', change: { horizonDays: 5 }, going: null })
    const swapped = after(b, { kind: 'swap-scenario' })
    expect(cells(swapped)).toEqual(cells(a))
    expect(swapped.scenario?.work).toBe(b.round.work)
    expect(cells(after(swapped, { kind: 'swap-scenario' }))).toEqual(cells(b))
  })

  it('keeps the pins on new stock and names those whose unit is gone', () => {
    const pinned = after(
      opened(),
      pin({ unit: 'U0001', item: 'I001', packs: 1 }, { unit: 'U0002', item: 'I001', packs: 2 }),
    )
    const less = {
      ...inputs,
      units: inputs.units.filter((unit) => unit.code !== 'U0002'),
      problem: {
        ...inputs.problem,
        units: inputs.problem.units.filter((unit) => unit.unit !== 'U0002'),
        items: inputs.problem.items.map((item) => ({ ...item, lots: item.lots.slice(0, 1) })),
      },
    }
    const rebased = after(pinned, { kind: 'rebase', inputs: less, choice })
    expect(rebased.dropped).toEqual([{ unit: 'U0002', item: 'I001', packs: 2 }])
    expect(packsOf(rebased.solved, 'U0001', 'I001')).toBe(1)
    expect(cells(rebased)).toEqual(wholePlan(rebased))
    expect(rebased.before).toBe(pinned.solved)
  })

  it('undoes and redoes a choice of items, depots or policy like every other step, with the pins and the plan of each side', () => {
    const pinned = after(opened(), pin({ unit: 'U0001', item: 'I001', packs: 1 }))
    const other = { ...choice, itemIds: [2], policyId: choice.policyId + 1 }
    const fewer = {
      ...inputs,
      items: inputs.items.filter((item) => item.code !== 'I001'),
      problem: {
        ...inputs.problem,
        items: inputs.problem.items.filter((item) => item.item !== 'I001'),
        units: inputs.problem.units.map((unit) => ({
          ...unit,
          lines: unit.lines.filter((line) => line.item !== 'I001'),
        })),
      },
    }
    const chosen = after(pinned, { kind: 'rebase', inputs: fewer, choice: other })
    expect([chosen.round.choice, chosen.round.past.length, chosen.dropped.length]).toEqual([other, 2, 1])
    const undone = after(chosen, { kind: 'undo' })
    expect(undone.round.choice).toEqual(choice)
    expect(cells(undone)).toEqual(cells(pinned))
    expect(undone.refused).toBeNull()
    const redone = after(undone, { kind: 'redo' })
    expect(redone.round.choice).toEqual(other)
    expect(cells(redone)).toEqual(cells(chosen))
    // The same choice read again is no step, and the steps of that choice go on from what there is now.
    const again = after(undone, { kind: 'rebase', inputs: { ...inputs }, choice })
    expect([again.round.past.length, again.round.future.length]).toEqual([1, 1])
    expect(cells(after(again, { kind: 'redo' }))).toEqual(cells(chosen))
  })

  it('survives being written as a draft and read again', () => {
    const state = after(opened(), pin({ unit: 'U0003', item: 'I002', packs: 4 }), {
      kind: 'adjust',
      change: { horizonDays: 10, tiltPercent: { 1: 200 }, reservePacks: { I001: 2 } },
      going: null,
    })
    const read = readRoundDraft(writeRoundDraft({ choice, work: state.round.work, note: '' }))!
    expect(cells(openState(read.choice, inputs, read.work))).toEqual(cells(state))
    expect(readRoundDraft('{"format":"something else"}')).toBeNull()
    expect(readRoundDraft('not JSON')).toBeNull()
  })

  it('knows when the ladder is no longer the policy’s', () => {
    const with_ = (change: Parameters<typeof changeState>[1]) => {
      const { round } = after(opened(), change)
      return isOwnLadder(round.inputs, round.work)
    }
    expect(with_({ kind: 'adjust', change: { horizonDays: 10 }, going: null })).toBe(false)
    expect(with_({ kind: 'adjust', change: { reservePacks: { I001: 1 } }, going: null })).toBe(false)
    expect(with_({ kind: 'adjust', change: { horizonDays: 21 }, going: null })).toBe(false)
    expect(with_({ kind: 'adjust', change: { floorDays: { 2: 1 } }, going: null })).toBe(true)
  })
})

describe('the difference of two plans', () => {
  it('is exactly the cells that differ, gains and losses of packs in balance with what is left', () => {
    const random = randomOf(seed)
    let state = opened()
    for (let turn = 0; turn < 40; turn++) {
      const unit = `U${String(1 + Math.floor(random() * 30)).padStart(4, '0')}`
      const item = `I00${1 + Math.floor(random() * 6)}`
      const next = after(state, pin({ unit, item, packs: random() < 0.3 ? null : Math.floor(random() * 12) }))
      if (next.refused) continue
      const diff = diffPlans(state.solved, next.solved)
      const moved = new Set(cells(next).filter((cell) => !cells(state).includes(cell)))
      const named = diff.moves.filter((move) => packsOf(next.solved, move.unit, move.item) !== null)
      expect(new Set(named.map((move) => `${move.unit} ${move.item} ${move.packsAfter}`))).toEqual(
        new Set(
          [...moved].filter(
            (cell) => !cell.endsWith(' 0') || named.some((move) => cell.startsWith(`${move.unit} ${move.item} `)),
          ),
        ),
      )
      const left = (one: RoundState) => [...one.solved.items.values()].reduce((sum, plan) => sum + plan.leftPacks, 0)
      expect(diff.gainedPacks - diff.lostPacks).toBe(left(state) - left(next))
      state = next
    }
  })

  it('says nothing when nothing has changed', () => {
    const state = opened()
    expect(diffPlans(state.solved, state.solved).moves).toEqual([])
    expect(diffPlans(state.alone, state.solved).moves).toEqual([])
  })
})
