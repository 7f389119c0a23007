import { describe, expect, it } from 'vitest'
import {
  estimateStock,
  isBelowShipments,
  reportsBelowShipments,
  workOutCover,
  workOutNeed,
  workOutUse,
} from '../../core/need.ts'

describe('what a unit has', () => {
  const today = '2026-11-24'

  it('is its last report less the norm since', () => {
    expect(estimateStock({ onHandBase: 100, reportedOn: '2026-11-20' }, [], 12_000, today)).toBe(52)
  })

  it('is never below nothing, so a day without stock is not charged to what came later', () => {
    const flows = [{ on: '2026-11-23', quantityBase: 50 }]
    expect(estimateStock({ onHandBase: 10, reportedOn: '2026-11-14' }, flows, 12_000, today)).toBe(38)
  })

  it('starts with the first shipment where nothing was ever reported', () => {
    expect(estimateStock(null, [{ on: '2026-11-22', quantityBase: 50 }], 12_000, today)).toBe(26)
    expect(estimateStock(null, [], 12_000, today)).toBe(0)
  })

  it('counts thousandths and rounds down to whole pieces', () => {
    expect(estimateStock({ onHandBase: 10, reportedOn: '2026-11-23' }, [], 100, today)).toBe(9)
    expect(estimateStock({ onHandBase: 10, reportedOn: today }, [], 100, today)).toBe(10)
  })
})

it('use is people by norm, cover rounds down, need rounds up', () => {
  const norms = new Map([
    [1, 4000],
    [2, 66],
  ])
  expect(
    workOutUse(
      [
        { dutyId: 1, people: 3 },
        { dutyId: 2, people: 10 },
        { dutyId: 9, people: 5 },
      ],
      norms,
    ),
  ).toBe(12_660)
  expect(workOutCover(100, 12_660)).toBe(7898)
  expect(workOutCover(100, 0)).toBeNull()
  expect(workOutNeed(100, 12_660, 14)).toBe(78)
  expect(workOutNeed(1000, 12_660, 14)).toBe(0)
})

it('a report far below what was reported before and shipped since is flagged, one within a tenth is not', () => {
  const previous = { onHandBase: 100, reportedOn: '2026-11-20' }
  const flows = [{ on: '2026-11-21', quantityBase: 100 }]
  const report = (onHandBase: number) => ({ onHandBase, reportedOn: '2026-11-24' })
  // 200 in all, 40 used: 160 expected, 20 of leeway.
  expect(isBelowShipments(previous, flows, 10_000, report(139))).toBe(true)
  expect(isBelowShipments(previous, flows, 10_000, report(140))).toBe(false)
  expect(isBelowShipments(null, flows, 10_000, report(0))).toBe(false)
})

it('flags each report of a list by the one before it of the same item and what came between, not by the newest alone', () => {
  const report = (reportSeq: number, itemId: number, reportedOn: string, onHandBase: number, at = reportSeq) => ({
    reportSeq,
    itemId,
    reportedOn,
    onHandBase,
    at,
  })
  const newestFirst = [
    report(6, 1, '2026-11-24', 95),
    report(5, 2, '2026-11-24', 0),
    report(4, 1, '2026-11-23', 100),
    report(3, 1, '2026-11-22', 10),
    report(1, 1, '2026-11-20', 100),
  ]
  // 100 of item 1 reach it on the day of report 4, after it was written: they count for report 6.
  const arrivals = [{ itemId: 1, on: '2026-11-23', at: 5, quantityBase: 100 }]
  expect([...reportsBelowShipments(newestFirst, arrivals, () => 10_000)]).toEqual([6, 3])
})
