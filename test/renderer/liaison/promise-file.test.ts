import { expect, it } from 'vitest'
import { sheetOf } from '../../../core/intake/sheet.ts'
import { promisesOfFile } from '../../../renderer/liaison/promise-file.ts'
import { createItemReader, readSheet, type SheetItem } from '../../../renderer/liaison/promise-sheet.ts'

const item = (itemId: number, code: string, name: string, specification: string): SheetItem => ({
  itemId,
  code,
  name,
  nameEn: '',
  specification,
  search: `${name} ${code}`.toLowerCase(),
  baseUnit: '只',
  packName: '箱',
  packSizeBase: 2000,
})
const items = [
  item(1, 'M-0469', '医用外科口罩', '挂耳式'),
  item(2, 'G-S', '检查手套', 'S'),
  item(3, 'G-L', '检查手套', 'L'),
]
const byId = new Map(items.map((one) => [one.itemId, one]))
let id = 0
const facts = {
  today: '2026-11-24',
  readItem: createItemReader(items, []),
  makerNames: ['顺德康护医疗用品厂', '康护'],
  idOf: () => {
    id += 1
    return `row-${id}`
  },
}

it('reads promises by the headings of a file: titles, an item written once, packs, 万, days without a year, totals', () => {
  const { rows, others } = promisesOfFile(
    [
      sheetOf('承诺', [
        ['十一月供货承诺表', null, null, null, null, null],
        ['承诺交货日期', '品名', '规格型号', '数量', '单位', '备注'],
        ['11月25日', '医用外科口罩', '', '5万', '只', '早班'],
        ['2026/11/26', null, null, 20, '箱', null],
        ['2026-12-01', '检查手套', 'L', '1,200', '只', null],
        [46357, '检查手套', 'S', 300, '只', null],
        ['合计', null, null, 71500, null, null],
        [null, '合计', null, 71500, null, null],
      ]),
    ],
    facts,
  )
  expect(others).toBe(0)
  const { promises, problems } = readSheet(rows, 9, byId)
  expect(promises.map(({ itemId, quantityBase, dueOn, note }) => [itemId, quantityBase, dueOn, note])).toEqual([
    [1, 50_000, '2026-11-25', '早班'],
    [1, 40_000, '2026-11-26', ''],
    [3, 1200, '2026-12-01', ''],
    [2, 300, '2026-12-01', ''],
  ])
  expect(problems).toEqual([])
})

it('takes the multiplier of a heading, and leaves out the rows of other manufacturers', () => {
  const { rows, others } = promisesOfFile(
    [
      sheetOf('s', [
        ['生产企业', '物资', '承诺数量（万只）', '日期'],
        ['康护', 'M-0469', 1.5, '11月30日'],
        ['北滘净安', 'M-0469', 3, '11月30日'],
        [null, 'M-0469', 4, '11月30日'],
      ]),
    ],
    facts,
  )
  expect(others).toBe(2)
  expect(readSheet(rows, 9, byId).promises).toMatchObject([{ itemId: 1, quantityBase: 15_000, dueOn: '2026-11-30' }])
})

it('takes a file without headings in the order of the columns on screen, and keeps what it can not read', () => {
  const { rows } = promisesOfFile(
    [
      sheetOf('s', [
        ['M-0469', '700', '20261130', '夜班'],
        ['火星口罩', '约5', '下周'],
      ]),
    ],
    facts,
  )
  expect(rows.map(({ item: one, quantity, dueOn, note }) => [one, quantity, dueOn, note])).toEqual([
    [1, 700, '2026-11-30', '夜班'],
    ['火星口罩', '约5', '下周', ''],
  ])
})
