import { expect, it } from 'vitest'
import { fulfilmentPercent, stateOf } from '../../../renderer/supplier/promise-state.ts'

it('says where a promise stands on a day', () => {
  const promise = (closedAt: number | null, outstandingBase: number, dueOn: string) => ({
    closedAt,
    outstandingBase,
    dueOn,
  })
  expect(stateOf(promise(1, 5, '2026-01-01'), '2026-11-24')).toBe('closed')
  expect(stateOf(promise(null, 0, '2026-01-01'), '2026-11-24')).toBe('done')
  expect(stateOf(promise(null, 5, '2026-11-23'), '2026-11-24')).toBe('overdue')
  expect(stateOf(promise(null, 5, '2026-11-24'), '2026-11-24')).toBe('open')
})

it('rounds fulfilment down, so that 99.9 is not 100', () => {
  expect([fulfilmentPercent(1000, 999), fulfilmentPercent(1000, 1000), fulfilmentPercent(0, 0)]).toEqual([
    99,
    100,
    null,
  ])
})
