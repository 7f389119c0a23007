import { describe, expect, it } from 'vitest'
import { confirmGuesses } from '../../../core/intake/draft-rows.ts'
import { renderReason } from '../../../core/intake/reasons.ts'
import { markRecorded, recordedIn } from '../../../core/intake/recorded-lines.ts'
import type { Cell } from '../../../core/intake/sheet.ts'
import { codesOf, ordinaryCatalogue, readRows } from './lists.ts'

describe('lots and dates', () => {
  const headings = ['品名', '数量', '批号', '生产日期', '有效期']
  const one = (lot: Cell, madeOn: Cell, expiresOn: Cell, epoch: 1900 | 1904 = 1900) =>
    readRows([headings, ['护目镜', '5副', lot, madeOn, expiresOn]], { sheet: { epoch } }).rows[0]!

  it('reads a lot number without changing it, and full-width ones as plain ones', () => {
    expect(one('007-A', '', '').lot).toBe('007-A')
    expect(one(20200101, '', '').lot).toBe('20200101')
    expect(one('Ａ１２\u200b', '', '').lot).toBe('A12')
    expect(one('/', '', '').lot).toBeNull()
    expect(codesOf(one('1.23E+11', '', ''))).toEqual(['lot-damaged'])
    expect(codesOf(one(1.2345678901234567e19, '', ''))).toEqual(['lot-damaged'])
  })

  it('reads day counts in the calendar of the workbook, as guesses', () => {
    expect(one('L', 43831, 44561)).toMatchObject({ madeOn: '2020-01-01', expiresOn: '2021-12-31', status: 'guessed' })
    expect(one('L', 42369, 43099, 1904)).toMatchObject({ madeOn: '2020-01-01', expiresOn: '2021-12-31' })
  })

  it('works an expiry out from a shelf life', () => {
    expect(one('L', '2020-01-01', '24个月')).toMatchObject({ expiresOn: '2021-12-31', status: 'guessed' })
    expect(codesOf(one('L', '', '2年'))).toEqual(['expiry-needs-made-on'])
    const row = readRows([
      ['品名', '数量', '生产日期', '保质期'],
      ['护目镜', '5副', '2020-01-31', 1],
    ]).rows[0]
    expect(row?.expiresOn).toBe('2020-02-28')
  })

  it.each<[string, Cell, Cell, string, string]>([
    ['expired', '2019-01-01', '2020-01-01', 'wrong', 'expiry-past'],
    ['expired before it was made', '2020-01-01', '2019-06-01', 'wrong', 'expiry-before-made'],
    ['good for eleven years', '2020-01-01', '2031-06-01', 'guessed', 'expiry-far'],
    ['made next week', '2020-02-17', '2022-01-01', 'guessed', 'made-in-future'],
    ['on the 30th of February', '', '2022-02-30', 'wrong', 'date-impossible'],
    ['in words', '', '明年', 'wrong', 'date-unreadable'],
  ])('marks a lot %s', (_, madeOn, expiresOn, status, code) => {
    const row = one('L', madeOn, expiresOn)
    expect(row.status).toBe(status)
    expect(codesOf(row)).toContain(code)
  })

  it('takes today as not yet expired, and expired goods on a shelf as a question only', () => {
    expect(one('L', '', '2020-02-10').status).toBe('sure')
    const shelf = readRows([headings, ['护目镜', '5副', 'L', '', '2020-01-01']], { kind: 'stock' }).rows[0]
    expect(shelf?.status).toBe('guessed')
  })
})

describe('what only the whole list shows', () => {
  it('doubts names filled down by dragging and matches them as the first, and leaves real series alone', () => {
    const result = readRows(
      [
        ['品名', '数量'],
        ['N95口罩', '10只'],
        ['N96口罩', '10只'],
        ['N97口罩', '20只'],
        ['N98口罩', '30只'],
      ],
      { catalogue: ordinaryCatalogue },
    )
    expect(result.rows.map((row) => [row.item, row.match, row.status])).toEqual([
      ['N95口罩', 'M-N95', 'sure'],
      ['N96口罩', 'M-N95', 'guessed'],
      ['N97口罩', 'M-N95', 'guessed'],
      ['N98口罩', 'M-N95', 'guessed'],
    ])
    expect(codesOf(result.rows[3])).toEqual(['drag-filled'])
    const series = readRows([
      ['品名', '数量'],
      ['1860口罩', '10只'],
      ['1870口罩', '10只'],
      ['9123口罩', '20只'],
    ])
    expect(series.rows.flatMap(codesOf)).toEqual([])
  })

  it('doubts N96 and KN97 wherever they stand, for there are none', () => {
    const result = readRows(
      [
        ['品名', '数量'],
        ['KN97口罩', '10只'],
        ['手套', '10双'],
        ['N100口罩', '5只'],
        ['N99口罩', '5只'],
      ],
      { catalogue: ordinaryCatalogue },
    )
    expect(result.rows.map((row) => codesOf(row).includes('drag-filled'))).toEqual([true, false, false, false])
  })

  it('doubts a number far above the usual of the list, or of the item on file', () => {
    const usual = [10, 20, 15, 12, 30].map((amount) => ['护目镜', `${amount}副`])
    const result = readRows([['品名', '数量'], ...usual, ['护目镜', '1500副'], ['护目镜', '200副']])
    expect(result.rows.map(codesOf).map((codes) => codes.includes('quantity-far-above-usual'))).toEqual([
      false,
      false,
      false,
      false,
      false,
      true,
      false,
    ])
    const catalogue = ordinaryCatalogue.map((item) =>
      item.code === 'G-GOG' ? { ...item, usualQuantityBase: 50 } : item,
    )
    const alone = readRows(
      [
        ['品名', '数量'],
        ['护目镜', '5000副'],
      ],
      { catalogue },
    )
    expect(alone.rows[0]?.reasons).toEqual([
      {
        field: 'quantity',
        status: 'guessed',
        code: 'quantity-far-above-usual',
        data: { given: 5000, usual: 50, times: 100 },
      },
    ])
  })

  it('doubts a line that repeats one of this list', () => {
    const rows = [
      ['捐赠单位', '品名', '数量', '批号'],
      ['甲公司', '护目镜', '10副', 'L1'],
      ['甲公司', '护目镜', '10副', 'L1'],
      ['甲公司', '护目镜', '10副', 'L2'],
    ]
    const first = readRows(rows)
    expect(first.rows.map(codesOf)).toEqual([[], ['repeats-row'], []])
  })

  it('doubts a line that a delivery has already, once, and says which', () => {
    const [row] = readRows([
      ['捐赠单位', '品名', '数量', '批号'],
      ['甲公司', '护目镜', '10副', 'L1'],
    ]).rows
    const line = { document: 'RK20261120-003', postingSeq: 7, on: '2026-11-20' }
    const marked = markRecorded(row!, line)
    expect(row!.status).toBe('sure')
    expect(marked.status).toBe('guessed')
    expect(marked.reasons).toEqual([{ field: 'row', status: 'guessed', code: 'repeats-line', data: line }])
    expect(renderReason(marked.reasons[0]!, 'zh')).toContain('RK20261120-003')
    expect(markRecorded(marked, { ...line, document: 'RK20261121-001', postingSeq: 8 })).toBe(marked)
    expect(recordedIn([row!, marked, marked])).toEqual([{ line, rows: 2 }])
    expect(confirmGuesses(marked, { field: 'row' }).status).toBe('sure')
  })
})
