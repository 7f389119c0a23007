import { describe, expect, it } from 'vitest'
import { byItem, byLot, type LotThen } from '../../../renderer/ledger/stock-as-at.ts'

const row = (
  placeId: number,
  placeKind: string,
  itemId: number,
  lotId: number,
  onHandBase: number,
  expiresOn: string | null,
) =>
  ({
    placeId,
    placeKind,
    placeName: `处${placeId}`,
    placeNameEn: '',
    itemId,
    lotId,
    lot: `L${lotId}`,
    expiresOn,
    onHandBase,
  }) satisfies LotThen

const rows = [
  row(10, 'depot', 1, 100, 500, null),
  row(10, 'depot', 1, 101, 250, '2028-01-01'),
  row(10, 'depot', 1, 102, 50, '2027-01-01'),
  row(10, 'depot', 2, 103, 7, null),
  row(20, 'unit', 1, 100, 40, null),
  row(4, 'transit', 1, 101, 3, '2028-01-01'),
]

describe('stock as at a date', () => {
  it('is shown by lot, of one kind of place or of all', () => {
    expect(byLot(rows, null)).toHaveLength(6)
    expect(byLot(rows, 'depot').map((one) => one.id)).toEqual(['10/100', '10/101', '10/102', '10/103'])
    expect(byLot(rows, 'transit').map((one) => one.onHandBase)).toEqual([3])
  })

  it('is added up by item and place, with the earliest expiry, and loses nothing', () => {
    expect(byItem(rows, 'depot').map((one) => [one.itemId, one.lots, one.onHandBase, one.expiresOn])).toEqual([
      [1, 3, 800, '2027-01-01'],
      [2, 1, 7, null],
    ])
    const sum = (list: readonly { onHandBase: number }[]) => list.reduce((total, one) => total + one.onHandBase, 0)
    expect(sum(byItem(rows, null))).toBe(sum(byLot(rows, null)))
  })
})
