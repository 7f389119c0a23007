import { describe, expect, it } from 'vitest'
import { catalogueItemOf } from '../../../renderer/intake/known-names.ts'
import { columnsInUse, guessAt, type ListState, nextDoubt, statusOf } from '../../../renderer/intake/list-rows.ts'
import {
  begin,
  chooseItemFor,
  choosePlaceFor,
  confirmCell,
  confirmKind,
  deleteRow,
  editCell,
  redo,
  setPackSize,
  step,
  undo,
} from '../../../renderer/intake/list-steps.ts'
import { countRows } from '../../../renderer/intake/list-sums.ts'
import { atOnce } from '../../../renderer/intake/work.ts'
import { facts, items, listOf, messy } from './list.ts'

const statuses = (state: ListState) => state.rows.map((row) => statusOf(row, 'delivery'))
const surgical = items.find((item) => item.code === 'KZ-01')!

describe('the rows of a list', () => {
  it('are counted by what is sure, guessed and wrong, and doubts are gone through in their order and around', async () => {
    const { rows } = await listOf(messy)
    expect(atOnce(countRows(rows, 'delivery'))).toEqual({ sure: 0, guessed: 2, wrong: 2 })
    const columns = atOnce(columnsInUse(rows, 'delivery'))
    expect(columns).not.toContain('place')
    expect(columns).not.toContain('madeOn')
    const way: string[] = []
    let at = nextDoubt(rows, columns, 'delivery', null, 1)
    for (let count = 0; count < 30 && at !== null; count += 1) {
      const name = `${at.index} ${at.column}`
      if (way[0] === name) break
      way.push(name)
      at = nextDoubt(rows, columns, 'delivery', at, 1)
    }
    expect(way).toEqual(['0 unit', '1 party', '2 party', '2 match', '3 party', '3 match', ...way.slice(6)])
    expect(way.at(-1)).toBe('3 expiresOn')
    // Backwards is the same way back.
    const back: string[] = []
    let before = nextDoubt(rows, columns, 'delivery', { index: 0, column: 'unit' }, -1)
    for (let count = 0; count < way.length && before !== null; count += 1) {
      back.push(`${before.index} ${before.column}`)
      before = nextDoubt(rows, columns, 'delivery', before, -1)
    }
    expect(back).toEqual([...way.slice(1).reverse(), way[0]])
  })

  it('have one guess confirmed, or all of its kind, and what is wrong stays wrong', async () => {
    const state = await listOf(messy)
    expect(guessAt(state.rows, state.rows[1]!, 'party')).toEqual({ code: 'carried-down', rows: 3 })
    expect(statuses(atOnce(confirmCell(state, state.rows[1]!.key, 'party')))).toEqual([
      'guessed',
      'sure',
      'wrong',
      'wrong',
    ])
    const confirmed = atOnce(confirmKind(state, 'carried-down'))
    expect(statuses(confirmed)).toEqual(['guessed', 'sure', 'wrong', 'wrong'])
    expect(guessAt(confirmed.rows, confirmed.rows[2]!, 'party')).toBeNull()
    expect(confirmed.rows[0]).toBe(state.rows[0])
    expect(atOnce(confirmKind(confirmed, 'carried-down'))).toBe(confirmed)
    expect(atOnce(confirmCell(state, state.rows[2]!.key, 'match'))).toBe(state)
  })

  it('that write the same unknown name get the item that is chosen once, which is learnt', async () => {
    const state = atOnce(confirmKind(await listOf(messy), 'carried-down'))
    const chosen = atOnce(
      chooseItemFor(state, state.rows[2]!.key, catalogueItemOf(surgical), surgical.itemId, facts.context),
    )
    expect(chosen.rows.map((row) => row.row.match)).toEqual(['KZ-01', 'KZ-02', 'KZ-01', 'KZ-01'])
    expect(chosen.rows[3]!.row.quantityBase).toBe(10_000)
    expect(chosen.learnt).toEqual([{ kind: 'item', alias: '小蓝盾', targetId: 1 }])
    expect(chosen.rows[1]).toBe(state.rows[1])
  })

  it('are edited as the list was read: a unit with the number, several rows from several items, other doubts kept', async () => {
    const state = await listOf(messy)
    const edited = atOnce(editCell(state, state.rows[0]!.key, 'quantity', '3箱', facts))
    expect(edited.rows[0]!.row).toMatchObject({
      quantity: 3,
      unit: '箱',
      packBase: 2000,
      quantityBase: 6000,
      status: 'sure',
    })
    const dated = atOnce(editCell(state, state.rows[3]!.key, 'expiresOn', '2022年9月1日', facts))
    expect(dated.rows[3]!.row.reasons.map((reason) => reason.field)).toContain('party')
    expect(dated.rows[3]!.row.reasons.map((reason) => reason.field)).not.toContain('expiresOn')
  })

  it('are asked once how much a pack holds', async () => {
    const state = await listOf('品名\t数量\n医用防护口罩\t4箱\n医用防护口罩\t2箱\n医用防护口罩\t10个')
    expect(statuses(state)).toEqual(['wrong', 'wrong', 'sure'])
    const answered = atOnce(setPackSize(state, state.rows[0]!.key, 400, facts.context, '个'))
    expect(answered.rows.map((row) => row.row.quantityBase)).toEqual([1600, 800, 10])
    expect(statuses(answered)).toEqual(['sure', 'sure', 'sure'])
  })

  it('of a party that is no unit are wrong until it is chosen, for all its rows at once', async () => {
    const state = await listOf('单位\t品名\t库存\n甲卫生站\t医用外科口罩\t10只\n甲卫生站\t医用防护口罩\t0个', {
      kind: 'reports',
    })
    expect(state.rows.map((row) => statusOf(row, 'report'))).toEqual(['wrong', 'wrong'])
    const chosen = atOnce(choosePlaceFor(state, state.rows[1]!.key, 7))
    expect(chosen.rows.map((row) => row.placeId)).toEqual([7, 7])
    expect(chosen.learnt).toEqual([{ kind: 'unit', alias: '甲卫生站', targetId: 7 }])
    expect(chosen.rows.map((row) => statusOf(row, 'report'))).toEqual(['sure', 'sure'])
  })

  it('are taken out, and every step is taken back and done again', async () => {
    const state = await listOf(messy)
    let history = begin(state)
    history = step(history, atOnce(deleteRow(history.now, state.rows[2]!.key)))
    history = step(history, atOnce(confirmKind(history.now, 'carried-down')))
    history = step(history, atOnce(deleteRow(history.now, 999)))
    expect(history.past).toHaveLength(2)
    expect(undo(undo(history)).now).toBe(state)
    expect(undo(undo(undo(history))).now).toBe(state)
    expect(redo(redo(undo(undo(history)))).now).toBe(history.now)
  })
})
