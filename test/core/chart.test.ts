import { describe, expect, it } from 'vitest'
import { coverByDay, daysFrom, expiryByWeek, firstToRunOut, sharesOf } from '../../core/chart.ts'

describe('days of cover over time', () => {
  const days = daysFrom('2026-11-20', '2026-11-23')
  const use = new Map([
    [1, 10_000],
    [2, 1_000],
    [3, 0],
  ])

  it('are counted back from what is there now', () => {
    const after = [
      { itemId: 1, day: '2026-11-21', netBase: 100 },
      { itemId: 1, day: '2026-11-23', netBase: -30 },
      // After the range: taken back before its last day is looked at.
      { itemId: 1, day: '2026-11-24', netBase: 50 },
      { itemId: 2, day: '2026-11-22', netBase: 20 },
      { itemId: 9, day: '2026-11-22', netBase: 5 },
    ]
    const now = new Map([
      [1, 200],
      [2, 20],
    ])
    // Item 1: 80, 180, 180, 150 pieces at 10 a day; item 2: 0, 0, 20, 20 at 1 a day.
    expect(coverByDay(now, after, use, days, 10)).toEqual([
      { day: '2026-11-20', medianMilliDays: 0, shortItems: 2 },
      { day: '2026-11-21', medianMilliDays: 0, shortItems: 1 },
      { day: '2026-11-22', medianMilliDays: 18_000, shortItems: 0 },
      { day: '2026-11-23', medianMilliDays: 15_000, shortItems: 0 },
    ])
  })

  it('are none where nothing is used', () => {
    expect(coverByDay(new Map([[1, 5]]), [], new Map(), ['2026-11-20'], 7)).toEqual([
      { day: '2026-11-20', medianMilliDays: null, shortItems: 0 },
    ])
  })
})

describe('shares', () => {
  it('are of all that was given and of all that is used', () => {
    const rows = [
      { group: 'b', givenBase: 100, useMilliPerDay: 3000 },
      { group: 'a', givenBase: 50, useMilliPerDay: 0 },
      { group: 'b', givenBase: 50, useMilliPerDay: 1000 },
    ]
    expect(sharesOf(rows)).toEqual([
      { group: 'a', givenBase: 50, givenMille: 250, useMille: 0 },
      { group: 'b', givenBase: 150, givenMille: 750, useMille: 1000 },
    ])
  })

  it('of nothing are unknown, not nought', () => {
    expect(sharesOf([{ group: 'a', givenBase: 0, useMilliPerDay: 5 }])).toEqual([
      { group: 'a', givenBase: 0, givenMille: null, useMille: 1000 },
    ])
    expect(sharesOf([])).toEqual([])
  })
})

describe('expiry by week', () => {
  it('puts a lot that expires today in the first week, and what has expired before it', () => {
    const lots = [
      ['2026-11-23', 1],
      ['2020-01-01', 2],
      ['2026-11-24', 4],
      ['2026-11-30', 8],
      ['2026-12-01', 16],
      ['2027-11-24', 32],
    ] as const
    const weeks = expiryByWeek(
      lots.map(([expiresOn, onHandBase]) => ({ expiresOn, onHandBase })),
      '2026-11-24',
      2,
    )
    expect(weeks).toEqual([
      { from: null, to: '2026-11-23', lots: 2, onHandBase: 3 },
      { from: '2026-11-24', to: '2026-11-30', lots: 2, onHandBase: 12 },
      { from: '2026-12-01', to: '2026-12-07', lots: 1, onHandBase: 16 },
    ])
  })
})

describe('what runs out first', () => {
  it('is one item of each unit, the soonest first', () => {
    const rows = [
      { unitId: 1, itemId: 1, coverMilliDays: 9000 },
      { unitId: 2, itemId: 1, coverMilliDays: 5000 },
      { unitId: 1, itemId: 2, coverMilliDays: 3000 },
    ]
    expect(firstToRunOut(rows).map(({ unitId, itemId }) => [unitId, itemId])).toEqual([
      [1, 2],
      [2, 1],
    ])
  })
})
