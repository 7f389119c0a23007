import { describe, expect, it } from 'vitest'
import { refusal } from '../../../core/refusal.ts'
import type { CellValue } from '../../../renderer/grid/cell-value.ts'
import {
  batchLost,
  batchRefused,
  batchSaved,
  countedOf,
  emptySheet,
  linesOf,
  nextUncounted,
  overlaySheet,
  problemOf,
  reasonOf,
  type SheetLine,
  summarise,
  takeBatch,
  typeCounts,
} from '../../../renderer/stocktake/count-sheet.ts'
import { readCount } from '../../../renderer/stocktake/count-text.ts'

const line = (lotId: number, change: Partial<SheetLine> = {}): SheetLine => ({
  lotId,
  lot: `L${lotId}`,
  shelf: '',
  itemId: 1,
  itemCode: 'M-1',
  itemName: '口罩',
  itemNameEn: '',
  specification: '',
  baseUnit: '只',
  packName: '盒',
  packSizeBase: 50,
  expiresOn: null,
  expectedBase: 100,
  countedBase: null,
  varianceBase: null,
  reason: '',
  countedAt: null,
  countedBy: null,
  unitPriceFen: null,
  ...change,
})
const counted = (lotId: number, countedBase: number, reason = '') =>
  line(lotId, { countedBase, varianceBase: countedBase - 100, reason })
const edit = (rowId: number, columnId: string, after: CellValue) => ({
  rowId: String(rowId),
  columnId,
  before: null,
  after,
})

describe('counts on their way', () => {
  const lines = [line(1), line(2), counted(3, 98, '漏计')]

  it('go together, in the order of the sheet, with the reason that stands there already', () => {
    const sheet = typeCounts(emptySheet, [edit(3, 'counted', 99), edit(1, 'counted', 0), edit(2, 'reason', '受潮')])
    const batch = takeBatch(sheet, lines)!
    expect(batch.counts).toEqual([
      { lotId: 1, countedBase: 0, reason: '' },
      { lotId: 2, reason: '受潮' },
      { lotId: 3, countedBase: 99, reason: '漏计' },
    ])
    expect(takeBatch(batch.sheet, lines)).toBeNull()
  })

  it('take a count back when it is emptied, and never send what is no number', () => {
    const sheet = typeCounts(emptySheet, [edit(3, 'counted', null), edit(1, 'counted', '十二')])
    expect(takeBatch(sheet, lines)!.counts).toEqual([{ lotId: 3, countedBase: null, reason: '漏计' }])
    expect(problemOf(sheet, lines[0]!, 'counted')).toMatchObject({ code: 'number-expected', given: '十二' })
    const [first] = overlaySheet(lines, sheet)
    expect(countedOf(first!)).toBe('十二')
  })

  it('keep what is typed while others are under way, and send it after them', () => {
    const first = takeBatch(typeCounts(emptySheet, [edit(1, 'counted', 5), edit(2, 'counted', 6)]), lines)!
    const more = typeCounts(first.sheet, [edit(2, 'counted', 7), edit(2, 'reason', '短少')])
    const saved = batchSaved(more)
    expect(takeBatch(saved, lines)!.counts).toEqual([{ lotId: 2, countedBase: 7, reason: '短少' }])
    const row = overlaySheet(lines, saved)
    expect([countedOf(row[0]!), countedOf(row[1]!), reasonOf(row[1]!)]).toEqual([null, 7, '短少'])
  })

  it('hold back only what was refused, until it is changed', () => {
    const batch = takeBatch(typeCounts(emptySheet, [edit(1, 'counted', -5), edit(2, 'counted', 6)]), lines)!
    const no = refusal('out-of-range', { line: 1, field: 'countedBase', given: -5 })
    const after = batchRefused(batch.sheet, batch.counts, [no])
    expect(takeBatch(after, lines)!.counts.map(({ lotId }) => lotId)).toEqual([2])
    expect(problemOf(after, lines[0]!, 'counted')).toEqual(no)
    expect(problemOf(after, lines[0]!, 'reason')).toBeNull()
    const mended = typeCounts(after, [edit(1, 'counted', 5)])
    expect(problemOf(mended, lines[0]!, 'counted')).toBeNull()
    expect(takeBatch(mended, lines)!.counts.map(({ lotId }) => lotId)).toEqual([1, 2])
  })

  it('are all held back when the sheet itself is refused, and go again as they were after a lost connection', () => {
    const batch = takeBatch(typeCounts(emptySheet, [edit(1, 'counted', 5)]), lines)!
    const closed = batchRefused(batch.sheet, batch.counts, [refusal('stocktake-not-open', { field: 'stocktakeId' })])
    expect(takeBatch(closed, lines)).toBeNull()
    expect(problemOf(closed, lines[0]!, 'counted')?.code).toBe('stocktake-not-open')
    expect(takeBatch(batchLost(batch.sheet), lines)!.counts).toEqual(batch.counts)
  })
})

describe('a count sheet', () => {
  const lines = [line(1), counted(2, 100), counted(3, 108), counted(4, 90, '破损'), line(5)]

  it('shows what is not counted and what differs', () => {
    expect(linesOf(lines, 'uncounted').map(({ lotId }) => lotId)).toEqual([1, 5])
    expect(linesOf(lines, 'differing').map(({ lotId }) => lotId)).toEqual([3, 4])
    expect(linesOf(lines, 'all')).toBe(lines)
  })

  it('says what posting will do and which reasons are missing', () => {
    const sum = summarise(lines)
    expect([sum.lines, sum.counted, sum.surplus, sum.shortage]).toEqual([5, 3, 1, 1])
    expect(sum.withoutReason.map(({ lotId }) => lotId)).toEqual([3])
  })

  it('values surplus and shortage apart, and says how many lines have no price', () => {
    const priced = (lotId: number, countedBase: number, unitPriceFen: number | null) => ({
      ...counted(lotId, countedBase),
      unitPriceFen,
    })
    const sum = summarise([priced(1, 103, 150), priced(2, 90, 20), priced(3, 95, 1), priced(4, 1, null), line(5)])
    expect([sum.surplusFen, sum.shortageFen, sum.withoutPrice]).toEqual([450, -205, 1])
  })

  it('knows the line to count next, round the end', () => {
    expect(nextUncounted(lines, null)?.lotId).toBe(1)
    expect(nextUncounted(lines, 1)?.lotId).toBe(5)
    expect(nextUncounted(lines, 5)?.lotId).toBe(1)
    expect(nextUncounted([counted(2, 1)], null)).toBeNull()
  })
})

describe('a count as it is written', () => {
  it('may be packs and loose pieces', () => {
    expect(readCount('3*50+12')).toBe(162)
    expect(readCount('３×５０ ＋ １２')).toBe(162)
    expect(readCount('2x24 + 1x50')).toBe(98)
    expect(readCount('7+5')).toBe(12)
  })

  it('is otherwise a number, nothing, or the text that it is', () => {
    expect(readCount('1,200')).toBe(1200)
    expect(readCount(' ')).toBeNull()
    expect(readCount('3*')).toBe('3*')
    expect(readCount('2*3*4')).toBe('2*3*4')
    expect(readCount('-1+5')).toBe('-1+5')
    expect(readCount('abc')).toBe('abc')
  })
})
