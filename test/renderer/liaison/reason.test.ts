import { describe, expect, it } from 'vitest'
import type { BoardRow } from '../../../api/contract/liaison.ts'
import { filterBoard, needsCall, noFilter, reasonsOf, reliabilityBySupplier } from '../../../renderer/liaison/reason.ts'
import { whyCall } from '../../../renderer/liaison/why-words.ts'
import { liaisonText } from '../../../renderer/text/liaison.ts'
import { textIn } from '../../../renderer/text/text.ts'

const today = '2026-11-24'

const quiet: BoardRow = {
  supplierId: 1,
  itemId: 7,
  capacityPerDayBase: null,
  promisedTodayBase: 0,
  promisedWeekBase: 0,
  deliveredTodayBase: 0,
  deliveredWeekBase: 0,
  gapBase: 0,
  lateSince: null,
  nextDueOn: null,
  fulfilmentPercent: null,
  blockers: [],
  lastCall: null,
  runsOutOn: null,
  runsOutUnit: null,
  runsOutUnitEn: null,
  runsOutTier: null,
  unitsBelowTwoDays: 0,
}

const blocker = {
  blockerId: 1,
  supplierId: 1,
  itemId: null,
  kind: 'raw-material' as const,
  note: '',
  since: 0,
  person: '',
  resolvedAt: null,
}

const call = {
  callSeq: 1,
  supplierId: 1,
  itemId: null,
  spokeWith: '梁经理',
  note: '',
  nextOn: '2026-11-23',
  nextWith: '梁经理',
  at: 0,
  person: '',
}

const missed: BoardRow = {
  ...quiet,
  gapBase: 3000,
  lateSince: '2026-11-22',
  runsOutOn: '2026-11-25',
  runsOutUnit: '北滘检疫站',
  runsOutUnitEn: 'Beijiao station',
  runsOutTier: 1,
}

const words = (row: BoardRow, language: 'zh' | 'en') =>
  whyCall(row, { t: textIn(liaisonText, language), language, today, measure: language === 'zh' ? '只' : 'pcs' })

describe('why a manufacturer is called', () => {
  it('says who runs out when, what is owed and for how long', () => {
    expect(words(missed, 'zh')).toBe('北滘检疫站（1 级）明天用完 · 欠 3,000 只 · 已逾期 2 天')
    expect(words(missed, 'en')).toBe('Beijiao station (tier 1) runs out tomorrow · 3,000 pcs owed · 2 days late')
  })

  it('names a blocker once and a call that was agreed for an earlier day', () => {
    const row = { ...quiet, blockers: [blocker, { ...blocker, blockerId: 2 }], lastCall: call }
    expect(words(row, 'zh')).toBe('原料受阻 · 约定联系已过 1 天（梁经理）')
    expect(words(row, 'en')).toBe('blocked: raw material · agreed call is 1 day past (梁经理)')
  })

  it('says that what is owed since today is due today, not late', () => {
    expect(words({ ...quiet, gapBase: 200, lateSince: today, promisedTodayBase: 200 }, 'zh')).toBe(
      '欠 200 只 · 今天到期',
    )
  })

  it('has nothing to say of a call agreed for tomorrow, or of a unit that lasts more than a week', () => {
    expect(
      reasonsOf({ ...quiet, lastCall: { ...call, nextOn: '2026-11-25' }, runsOutOn: '2026-12-02' }, today),
    ).toEqual([])
  })

  it('takes a unit that has run out before today as running out today', () => {
    expect(words({ ...missed, runsOutOn: '2026-11-20' }, 'zh')).toMatch(/^北滘检疫站（1 级）今天用完/)
  })
})

describe('what stands on the board', () => {
  const five = { ...quiet, itemId: 8, runsOutOn: '2026-11-29', runsOutUnit: 'x', runsOutTier: 2 }
  const two = { ...five, itemId: 9, runsOutOn: '2026-11-26' }

  it('collapses rows with nothing to say, and rows that only run out in some days', () => {
    expect([quiet, five, two, missed].map((row) => needsCall(row, today))).toEqual([false, false, true, true])
    expect(filterBoard([quiet, five, two, missed], noFilter, today)).toEqual([two, missed])
    expect(filterBoard([quiet, five], { ...noFilter, all: true }, today)).toEqual([quiet, five])
  })

  it('keeps only what is owed, only what is blocked, one item or one manufacturer', () => {
    const blocked = { ...quiet, supplierId: 2, blockers: [blocker] }
    const rows = [missed, two, blocked]
    expect(filterBoard(rows, { ...noFilter, gapOnly: true }, today)).toEqual([missed])
    expect(filterBoard(rows, { ...noFilter, blockedOnly: true }, today)).toEqual([blocked])
    expect(filterBoard(rows, { ...noFilter, itemId: 9 }, today)).toEqual([two])
    expect(filterBoard(rows, { ...noFilter, supplierId: 2 }, today)).toEqual([blocked])
  })

  it('takes the mean of the items of a manufacturer, the lowest first, without those that promised nothing', () => {
    const rows = [
      { ...quiet, supplierId: 1, fulfilmentPercent: 100 },
      { ...quiet, supplierId: 1, fulfilmentPercent: 51 },
      { ...quiet, supplierId: 2, fulfilmentPercent: 40 },
      { ...quiet, supplierId: 3 },
    ]
    expect(reliabilityBySupplier(rows)).toEqual([
      { supplierId: 2, percent: 40, items: 1 },
      { supplierId: 1, percent: 75, items: 2 },
    ])
  })
})
