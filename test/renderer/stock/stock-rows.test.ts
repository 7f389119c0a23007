import { describe, expect, it } from 'vitest'
import { blankItem } from '../../../renderer/item/item-fields.ts'
import { coverMark, expiryMark } from '../../../renderer/stock/cover-mark.ts'
import { stockRows } from '../../../renderer/stock/stock-rows.ts'

const item = (itemId: number, code: string) => ({ ...blankItem, itemId, code, name: code })
const at = (itemId: number, depotId: number, onHandBase: number, earliestExpiresOn: string | null) => ({
  itemId,
  depotId,
  onHandBase,
  reservedBase: 1,
  availableBase: onHandBase - 1,
  unusableBase: 0,
  earliestExpiresOn,
})
const stock = {
  rows: [at(1, 10, 5, '2027-01-01'), at(1, 11, 7, '2026-12-01'), at(2, 10, 3, null)],
  cover: [
    { itemId: 1, useMilliPerDay: 1000, availableBase: 10, coverMilliDays: 10_000 },
    { itemId: 3, useMilliPerDay: 500, availableBase: 0, coverMilliDays: 0 },
  ],
}
const items = [item(1, 'B'), item(2, 'A'), item(3, 'C')]

describe('the stock grid', () => {
  it('adds up the depots, takes the earliest expiry, and puts the shortest cover first', () => {
    const rows = stockRows(items, stock, null)
    expect(
      rows.map((row) => [row.item.code, row.onHandBase, row.availableBase, row.earliestExpiresOn, row.coverMilliDays]),
    ).toEqual([
      ['C', 0, 0, null, 0],
      ['B', 12, 10, '2026-12-01', 10_000],
      ['A', 3, 2, null, null],
    ])
  })

  it('shows one depot alone', () => {
    const row = stockRows(items, stock, 10).find(({ item: { code } }) => code === 'B')!
    expect([row.onHandBase, row.earliestExpiresOn, [...row.byDepot.keys()]]).toEqual([5, '2027-01-01', [10]])
  })
})

it('marks cover by the setting', () => {
  expect([null, 0, 6999, 7000, 13_999, 14_000].map((cover) => coverMark(cover, 7))).toEqual([
    'unused',
    'out',
    'short',
    'low',
    'low',
    'enough',
  ])
})

it('marks a lot as expired the day after its last', () => {
  expect(
    ['2026-11-23', '2026-11-24', '2027-02-22', '2027-02-23', null].map((day) => expiryMark(day, '2026-11-24', 90)),
  ).toEqual(['expired', 'near', 'near', 'usable', 'usable'])
})
