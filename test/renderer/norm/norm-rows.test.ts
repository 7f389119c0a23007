import { expect, it } from 'vitest'
import { milliOf, normRows } from '../../../renderer/norm/norm-rows.ts'

it('keeps three decimals and refuses a fourth', () => {
  expect([0.033, 24, 0, null, '', 0.066].map((value) => milliOf(value, 'duty-1', 'x'))).toEqual([
    33, 24_000, 0, 0, 0, 66,
  ])
  expect(milliOf(0.0335, 'duty-1', 'x')).toMatchObject({
    code: 'out-of-range',
    field: 'duty-1',
    given: 0.0335,
    allowed: 'x',
  })
  expect(milliOf(-1, 'duty-1', 'x')).toMatchObject({ code: 'out-of-range' })
  expect(milliOf('two', 'duty-1', 'x')).toMatchObject({ code: 'number-expected', given: 'two' })
})

it('has a row for every item, also one without a norm', () => {
  const rows = normRows(
    [
      { itemId: 1, label: 'a', search: 'a', baseUnit: 'pcs' },
      { itemId: 2, label: 'b', search: 'b', baseUnit: 'pcs' },
    ],
    [{ dutyId: 5, itemId: 2, milliPerPersonDay: 100 }],
  )
  expect(rows.map((row) => [...row.milliByDuty])).toEqual([[], [[5, 100]]])
})
