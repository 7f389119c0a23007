import { describe, expect, it } from 'vitest'
import type { ItemRow } from '../../../api/contract/item.ts'
import {
  decideTypedLabel,
  deliverySources,
  gtinOf,
  labelCell,
  readLabelRows,
  stockSources,
  type TypedLabel,
} from '../../../renderer/label/label-rows.ts'
import { parseLabelSettings, readOffset } from '../../../renderer/label/label-settings.ts'
import { noTypedCells, typeInto } from '../../../renderer/ledger/typed-cells.ts'
import { refusalText } from '../../../renderer/text/refusal.ts'

const item: ItemRow = {
  itemId: 1,
  code: 'M-0469',
  name: '医用外科口罩',
  nameEn: 'Surgical mask',
  category: 'mask',
  specification: '三层',
  standard: 'YY 0469-2011',
  baseUnit: '只',
  packName: '箱',
  packSizeBase: 2000,
  shelfLifeDays: 730,
  reserveBase: 0,
  unitPriceFen: null,
  search: 'm-0469',
  archivedAt: null,
  version: 1,
}
const items = new Map([[1, item]])
const codes = [
  { code: '6901234567892', itemId: 1, packSizeBase: 50 },
  { code: '06901234567892', itemId: 2, packSizeBase: 2000 },
]
const lots = [
  { lotId: 7, depotId: 1, number: 'A1', expiresOn: '2028-10-31', standard: '', onHandBase: 9000 },
  { lotId: 8, depotId: 1, number: 'B1', expiresOn: null, standard: 'GB 1', onHandBase: 30 },
]
const sources = stockSources(item, lots, codes)
const type = (rowId: string, columnId: string, after: string | number | null) =>
  typeInto(noTypedCells, [{ rowId, columnId, after }])
const numbers = (kind: 'lot' | 'shelf' | 'carton', typed = noTypedCells) =>
  readLabelRows(kind, sources, typed).labels.map((label) => [label.quantityBase, label.copies])
const problem = (columnId: string, after: string | number | null) => {
  const { problems, count } = readLabelRows('lot', sources, type('lot-8-1', columnId, after))
  expect(count).toBe(0)
  return problems.map(({ columnId: column, refusal }) => [
    column,
    refusalText(refusal, 'zh'),
    refusalText(refusal, 'en'),
  ])
}

describe('rows of labels', () => {
  it('are the lots in stock, with what each kind of label says of them', () => {
    expect(sources.map(({ lot, standard, gtin }) => [lot, standard, gtin])).toEqual([
      ['A1', 'YY 0469-2011', '06901234567892'],
      ['B1', 'GB 1', '06901234567892'],
    ])
    expect(numbers('lot')).toEqual([
      [9000, 1],
      [30, 1],
    ])
    // Whole cartons only: a label must not promise what is not in the box.
    expect(numbers('carton')).toEqual([
      [2000, 4],
      [30, 1],
    ])
    expect(numbers('shelf')).toEqual([
      [null, 1],
      [null, 1],
    ])
  })

  it('are the lines of a delivery of which something was accepted', () => {
    const line = {
      line: 1,
      itemId: 1,
      itemCode: 'M-0469',
      itemName: '医用外科口罩',
      itemNameEn: '',
      specification: '',
      standard: '',
      baseUnit: '只',
      packName: '箱',
      lot: 'A1',
      madeOn: null,
      expiresOn: null,
      packs: 3,
      packSizeBase: 50,
      countedBase: 150,
      acceptedBase: 150,
      rejectedBase: 0,
      rejectReason: '',
    }
    const rejected = { ...line, line: 2, acceptedBase: 0, rejectedBase: 150 }
    const head = { number: 'RK1' } as Parameters<typeof deliverySources>[0]['head']
    const found = deliverySources({ head, lines: [line, rejected] }, items, codes)
    expect(found.map(({ rowId, lot, totalBase }) => [rowId, lot, totalBase])).toEqual([['line-1', 'A1', 150]])
    expect(labelCell('carton', found[0]!, {}, 'copies')).toBe(3)
  })

  it('take what is typed over them, and a quantity may be left out', () => {
    expect(numbers('carton', type('lot-7-1', 'copies', 2))[0]).toEqual([2000, 2])
    expect(numbers('lot', type('lot-7-1', 'quantity', null))[0]).toEqual([null, 1])
  })

  it.each([
    ['copies', 0, '第 2 行 · 份数：“0”超出范围；应为 1 – 1,000', 'Line 2 · Copies: '],
    ['copies', 10_000, '第 2 行 · 份数：“10,000”超出范围；应为 1 – 1,000', 'Line 2 · Copies: '],
    ['copies', 1.5, '第 2 行 · 份数：“1.5”不是整数；请填写整数', 'Line 2 · Copies: '],
    ['copies', '两份', '第 2 行 · 份数：“两份”不是数字；请填写数字', 'Line 2 · Copies: '],
    ['copies', null, '第 2 行 · 份数：必须填写', 'Line 2 · Copies: '],
    ['quantity', 100_000_000, '第 2 行 · 数量：“100,000,000”超出范围；应为 1 – 99,999,999', 'Line 2 · Quantity: '],
  ] as const)('refuse %s of %s in both languages', (column, given, zh, en) => {
    expect(problem(column, given)).toEqual([[column, zh, expect.stringContaining(en)]])
  })

  it('refuse more labels in one print than a roll has', () => {
    const typed = typeInto(noTypedCells, [
      { rowId: 'lot-7-1', columnId: 'copies', after: 600 },
      { rowId: 'lot-8-1', columnId: 'copies', after: 401 },
    ])
    const { tooMany, count } = readLabelRows('lot', sources, typed)
    expect(count).toBe(1001)
    expect(refusalText(tooMany!, 'zh')).toBe('标签总数：“1,001”超出范围；应为 1 – 1,000')
    expect(refusalText(tooMany!, 'en')).toContain('Labels in all')
  })

  it('know a GTIN by what was taught, or by the code of the item', () => {
    expect(gtinOf(item, [])).toBeNull()
    expect(gtinOf({ ...item, code: '6901234567892' }, [])).toBe('06901234567892')
    const two = [...codes, { code: '06901234567892', itemId: 1, packSizeBase: 2000 }]
    expect(gtinOf(item, two)).toBe('06901234567892')
    expect(gtinOf(item, [{ code: 'OWN', itemId: 1, packSizeBase: 50 }])).toBeNull()
  })
})

describe('a label typed by hand', () => {
  const typed: TypedLabel = {
    itemId: 1,
    lot: ' A1 ',
    expiresOn: '2028-10-31',
    quantity: '1,200',
    copies: '3',
    shelf: '',
  }

  it('is a row of what was typed', () => {
    const decision = decideTypedLabel(typed, items, codes, 'typed-1')
    if (!decision.ok) throw new Error('refused')
    expect(decision.value).toMatchObject({ lot: 'A1', expiresOn: '2028-10-31', gtin: '06901234567892' })
    expect(readLabelRows('carton', [decision.value], noTypedCells).labels[0]).toMatchObject({
      quantityBase: 1200,
      copies: 3,
    })
  })

  it('is refused with all that is wrong with it at once', () => {
    const wrong = { itemId: null, lot: 'x'.repeat(61), expiresOn: '2026-02-30', quantity: '-5', copies: '0', shelf: '' }
    const decision = decideTypedLabel(wrong, items, codes, 'typed-1')
    expect(decision.ok ? [] : decision.refusals.map(({ code, field }) => [field, code])).toEqual([
      ['itemId', 'required'],
      ['lot', 'too-long'],
      ['expiresOn', 'date-invalid'],
      ['quantityBase', 'out-of-range'],
      ['copies', 'out-of-range'],
    ])
  })
})

describe('the offset of this machine', () => {
  it('is millimetres with one decimal', () => {
    const read = ['-1.5', '0', '', '２', '1.26', '−3'].map((text) => readOffset(text, 'offsetX'))
    expect(read.map((one) => (one.ok ? one.value : null))).toEqual([-1.5, 0, 0, 2, 1.3, -3])
  })

  it.each([
    ['10.1', '“10.1”超出范围；应为 -10 – 10'],
    ['-99', '“-99”超出范围；应为 -10 – 10'],
    ['一', '“一”不是数字；请填写数字'],
  ])('of %s is refused in both languages', (given, sentence) => {
    const read = readOffset(given, 'offsetY')
    if (read.ok) throw new Error('taken')
    expect(refusalText(read.refusals[0]!, 'zh')).toBe(`向下偏移（mm）：${sentence}`)
    expect(refusalText(read.refusals[0]!, 'en')).toContain('Shift down (mm)')
  })

  it('is read back whatever else was written there', () => {
    const kept = { kind: 'carton', size: '100x50', xMm: -1.5, yMm: 2 }
    expect(parseLabelSettings(JSON.stringify(kept))).toEqual(kept)
    const nothing = { kind: 'lot', size: '50x30', xMm: 0, yMm: 0 }
    for (const text of [null, '', '{', '[]', '7', '{"xMm":99,"kind":"x"}'])
      expect(parseLabelSettings(text)).toEqual(nothing)
  })
})
