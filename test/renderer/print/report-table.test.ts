import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type RoundReport, splitColumns, tabulateReport } from '../../../renderer/print/report-table.ts'
import { seed } from '../../seed.ts'
import { roundReport } from './papers.ts'

describe('the allocation report', () => {
  it('shows what was asked, what was given and how long it lasts', () => {
    const table = tabulateReport(roundReport(3, 2))
    expect(table.cell(400, 101)).toEqual({ requestedBase: 501, allocatedBase: 200, packs: 2, coverMilliDays: 7_500 })
    expect(table.itemTotal(101)).toEqual({ requestedBase: 1503, allocatedBase: 600, packs: 6, coverMilliDays: 7_500 })
    expect(table.unitPacks(400)).toBe(4)
    expect(table.packs).toBe(12)
  })

  it('adds up rounds, and takes the cover of the newest', () => {
    const report = roundReport(1, 1)
    const first = report.lines[0]!
    const table = tabulateReport({
      ...report,
      lines: [first, { ...first, stockBase: 260, packs: 1, quantityBase: 100 }],
    })
    expect(table.cell(400, 100)).toEqual({ requestedBase: 1000, allocatedBase: 300, packs: 3, coverMilliDays: 9_000 })
  })

  it('has no cover where nothing is used, and rounds cover down', () => {
    const report = roundReport(1, 1)
    const line = report.lines[0]!
    const none = tabulateReport({ ...report, lines: [{ ...line, useMilliPerDay: 0 }] })
    expect(none.cell(400, 100)!.coverMilliDays).toBeNull()
    const third = tabulateReport({
      ...report,
      lines: [{ ...line, stockBase: 0, packs: 1, packSizeBase: 1, quantityBase: 1, useMilliPerDay: 3000 }],
    })
    expect(third.cell(400, 100)!.coverMilliDays).toBe(333)
  })

  it('leaves out units and items that have no line, and puts units in order of tier, town and code', () => {
    const report = roundReport(6, 2)
    const lines = report.lines.filter((line) => line.unitId !== 401 && line.itemId === 100)
    const table = tabulateReport({ ...report, lines })
    expect(table.items.map((item) => item.itemId)).toEqual([100])
    expect(table.units.map((unit) => [unit.tier, unit.unitId])).toEqual([
      [1, 400],
      [1, 403],
      [2, 404],
      [3, 402],
      [3, 405],
    ])
  })

  it('loses and invents nothing: sums by unit and by item agree with the lines', () => {
    const line = fc.record({
      unitId: fc.integer({ min: 400, max: 405 }),
      itemId: fc.integer({ min: 100, max: 104 }),
      packs: fc.integer({ min: 0, max: 1000 }),
      packSizeBase: fc.integer({ min: 1, max: 5000 }),
      needBase: fc.integer({ min: 0, max: 1_000_000 }),
    })
    fc.assert(
      fc.property(fc.array(line, { maxLength: 60 }), (drawn) => {
        const base = roundReport(6, 5)
        const lines: RoundReport['lines'] = drawn.map((each) => ({
          ...base.lines[0]!,
          ...each,
          quantityBase: each.packs * each.packSizeBase,
        }))
        const table = tabulateReport({ ...base, lines })
        const packs = lines.reduce((sum, each) => sum + each.packs, 0)
        expect(table.packs).toBe(packs)
        expect(table.units.reduce((sum, unit) => sum + table.unitPacks(unit.unitId), 0)).toBe(packs)
        for (const item of table.items) {
          const mine = lines.filter((each) => each.itemId === item.itemId)
          expect(table.itemTotal(item.itemId).allocatedBase).toBe(
            mine.reduce((sum, each) => sum + each.packs * each.packSizeBase, 0),
          )
          expect(table.itemTotal(item.itemId).requestedBase).toBe(mine.reduce((sum, each) => sum + each.needBase, 0))
        }
      }),
      { seed, numRuns: 200 },
    )
  })
})

describe('columns of a wide report', () => {
  it('go to the next page when the page is full, in order, and none is lost', () => {
    expect(splitColumns([30, 30, 30, 50, 10], (width) => width, 100)).toEqual([
      [30, 30, 30],
      [50, 10],
    ])
  })

  it('take a page of their own when wider than one', () => {
    expect(splitColumns([10, 400, 10], (width) => width, 100)).toEqual([[10], [400], [10]])
  })

  it('make no page when there are none', () => {
    expect(splitColumns([], () => 1, 100)).toEqual([])
  })
})
