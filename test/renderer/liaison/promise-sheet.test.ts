import { describe, expect, it } from 'vitest'
import {
  blankSheetRow,
  createItemReader,
  readSheet,
  readSheetDay,
  readSheetQuantity,
  rowsOfPeriod,
  type SheetItem,
  type SheetRow,
} from '../../../renderer/liaison/promise-sheet.ts'

const today = '2026-11-24'
const item = (itemId: number, code: string, name: string, specification: string, search: string): SheetItem => ({
  itemId,
  code,
  name,
  nameEn: '',
  specification,
  search,
  baseUnit: '只',
  packName: '箱',
  packSizeBase: 2000,
})
const surgical = item(1, 'M-0469', '医用外科口罩', '挂耳式', 'yywkkz m-0469')
const small = item(2, 'G-S', '检查手套', 'S', 'jcst g-s')
const large = item(3, 'G-L', '检查手套', 'L', 'jcst g-l')
const items = [surgical, small, large]
const byId = new Map(items.map((one) => [one.itemId, one]))

const row = (id: string, part: Partial<SheetRow>): SheetRow => ({ ...blankSheetRow(id), ...part })

describe('the items of a pasted sheet', () => {
  const read = createItemReader(items, [
    { key: '外科罩', targetId: 1 },
    { key: '旧物', targetId: 99 },
  ])

  it('knows an item by code, name, name with specification, a learnt name, and initials', () => {
    const typed = ['m-0469', '医用外科口罩', '检查手套 L', '检查手套（S）', '外科罩', 'yywk']
    expect(typed.map(read)).toEqual([1, 1, 3, 2, 1, 1])
  })

  it('leaves a name that two items bear, an unknown one and one of an archived item as they were typed', () => {
    expect(['检查手套', '防火毯', '旧物', ' '].map(read)).toEqual(['检查手套', '防火毯', '旧物', null])
  })
})

describe('quantities and days of a pasted sheet', () => {
  it('reads 万, separators and days without a year, and leaves doubtful ones as text', () => {
    expect(['1,200', '5万', '约3000', '20箱', ''].map(readSheetQuantity)).toEqual([
      1200,
      50_000,
      '约3000',
      '20箱',
      null,
    ])
    const days = ['2026/11/30', '11月30日', '20261130', '下周']
    expect(days.map((day) => readSheetDay(day, today))).toEqual(['2026-11-30', '2026-11-30', '2026-11-30', '下周'])
  })

  it('puts a day without a year near today: lately gone by, or ahead', () => {
    const days = ['11月20日', '12月31日', '1月2日', '8月26日', '8月25日']
    expect(days.map((day) => readSheetDay(day, today))).toEqual([
      '2026-11-20',
      '2026-12-31',
      '2027-01-02',
      '2026-08-26',
      '2027-08-25',
    ])
  })
})

describe('a sheet of promises', () => {
  it('takes the rows that say something, with packs in base units', () => {
    const { promises, rowIds, problems } = readSheet(
      [
        row('a', { item: 1, quantity: 500, dueOn: '2026-11-25', note: '早班' }),
        row('b', {}),
        row('c', { item: 1, quantity: '20箱', dueOn: '2026-11-26' }),
        row('d', { item: 1, quantity: '300只', dueOn: '2026-11-27' }),
      ],
      5,
      byId,
    )
    expect(problems).toEqual([])
    expect(rowIds).toEqual(['a', 'c', 'd'])
    expect(promises).toEqual([
      { supplierId: 5, itemId: 1, quantityBase: 500, dueOn: '2026-11-25', note: '早班' },
      { supplierId: 5, itemId: 1, quantityBase: 40_000, dueOn: '2026-11-26', note: '' },
      { supplierId: 5, itemId: 1, quantityBase: 300, dueOn: '2026-11-27', note: '' },
    ])
  })

  it('names the row and the cell of everything that is wrong', () => {
    const { promises, problems } = readSheet(
      [
        row('a', { item: '检查手套', quantity: '20包', dueOn: '下周' }),
        row('b', { item: 1, quantity: null, dueOn: '2026-02-30' }),
        row('c', { note: '只有备注' }),
      ],
      5,
      byId,
    )
    expect(promises).toEqual([])
    expect(problems.map(({ rowId, refusal }) => [rowId, refusal.line, refusal.field, refusal.code])).toEqual([
      ['a', 1, 'itemId', 'not-found'],
      ['a', 1, 'quantityBase', 'number-expected'],
      ['a', 1, 'dueOn', 'date-invalid'],
      ['b', 2, 'quantityBase', 'required'],
      ['b', 2, 'dueOn', 'date-invalid'],
      ['c', 3, 'itemId', 'required'],
      ['c', 3, 'quantityBase', 'required'],
      ['c', 3, 'dueOn', 'required'],
    ])
  })
})

describe('a daily quantity over a period', () => {
  const period = { itemId: 1, from: '2026-12-30', to: '2027-01-02', perDay: '2千', note: '' }
  const idOf = (index: number) => `d${index}`

  it('becomes a row for each day, the first and the last included', () => {
    const { rows, refusals } = rowsOfPeriod(period, idOf)
    expect(refusals).toEqual([])
    expect(rows.map((one) => [one.item, one.quantity, one.dueOn])).toEqual([
      [1, 2000, '2026-12-30'],
      [1, 2000, '2026-12-31'],
      [1, 2000, '2027-01-01'],
      [1, 2000, '2027-01-02'],
    ])
  })

  it('refuses a period that ends before it begins or lasts longer than a year, and names every empty field', () => {
    const codes = (part: Partial<typeof period>) =>
      rowsOfPeriod({ ...period, ...part }, idOf).refusals.map((one) => [one.field, one.code])
    expect(codes({ to: '2026-12-29' })).toEqual([['to', 'out-of-range']])
    expect(codes({ to: '2028-01-01' })).toEqual([['to', 'out-of-range']])
    const empty = rowsOfPeriod({ itemId: null, from: '', to: '2026-13-01', perDay: '', note: '' }, idOf)
    expect(empty.refusals.map((one) => [one.field, one.code])).toEqual([
      ['itemId', 'required'],
      ['from', 'required'],
      ['to', 'date-invalid'],
      ['perDayBase', 'required'],
    ])
  })
})
