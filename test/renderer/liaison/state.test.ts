import { describe, expect, it } from 'vitest'
import { licenceState } from '../../../renderer/liaison/licence-state.ts'
import { type Promised, promiseState, sortPromises } from '../../../renderer/liaison/promise-state.ts'

const today = '2026-11-24'

const promise = (commitmentId: number, dueOn: string, quantityBase: number, deliveredBase: number): Promised => ({
  commitmentId,
  supplierId: 1,
  itemId: 1,
  quantityBase,
  dueOn,
  note: '',
  deliveredBase,
  outstandingBase: Math.max(0, quantityBase - deliveredBase),
  closedAt: null,
  version: 1,
})

describe('where a promise stands', () => {
  it('tells late from short, due, open, fulfilled and closed', () => {
    const late = promise(1, '2026-11-23', 100, 0)
    const states = [
      late,
      promise(2, '2026-11-23', 100, 40),
      promise(3, today, 100, 40),
      promise(4, '2026-11-25', 100, 0),
      promise(5, '2026-11-23', 100, 100),
      { ...late, closedAt: 1 },
    ].map((one) => promiseState(one, today))
    expect(states).toEqual(['late', 'short', 'due', 'open', 'done', 'closed'])
  })

  it('puts what is missing first, the oldest in front, and what is over last, the newest in front', () => {
    const rows = [
      promise(1, '2026-11-10', 10, 10),
      promise(2, '2026-11-12', 10, 10),
      promise(3, '2026-11-26', 10, 0),
      promise(4, today, 10, 0),
      promise(5, '2026-11-22', 10, 5),
      promise(6, '2026-11-20', 10, 0),
    ]
    expect(sortPromises(rows, today).map((one) => one.commitmentId)).toEqual([6, 5, 4, 3, 2, 1])
  })
})

it('marks a licence from a month before its last day, and as expired from the day after it', () => {
  const days = ['2026-12-25', '2026-12-24', today, '2026-11-23', null]
  expect(days.map((day) => licenceState(day, today))).toEqual(['valid', 'expiring', 'expiring', 'expired', 'unlimited'])
})
