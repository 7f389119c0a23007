import { describe, expect, it } from 'vitest'
import type { Cell } from '../../../core/intake/sheet.ts'
import { codesOf, ordinaryCatalogue, readRows } from './lists.ts'

describe('quantities, units and packs', () => {
  const one = (cells: readonly Cell[], headings = ['品名', '规格', '单位', '数量']) =>
    readRows([headings, cells], { catalogue: ordinaryCatalogue }).rows[0]!

  it.each<[string, readonly Cell[], number, number]>([
    ['the item’s own unit', ['医用外科口罩', '', '只', 300], 1, 300],
    ['another word for one', ['医用外科口罩', '', '个', 300], 1, 300],
    ['a pack on file', ['医用外科口罩', '', '盒', 6], 50, 300],
    ['a pack in the specification', ['护目镜', '20副/盒', '盒', 6], 20, 120],
    ['a pack over two layers', ['84消毒液', '', '', '2箱'], 30, 60],
    ['a specification that leads to a pack on file', ['医用防护口罩', '20盒/箱', '箱', 2], 500, 1000],
    ['a unit with its size in brackets', ['手术衣', '', '包(10件)', 3], 10, 30],
    ['件 of a garment', ['医用防护服', '50套/箱', '套', 700], 1, 700],
    ['goggles by the pair of glasses', ['护目镜', '', '个', 25], 1, 25],
    ['万 in the cell', ['医用外科口罩', '', '只', '1.5万'], 1, 15_000],
    ['half a pack', ['医用外科口罩', '', '箱', 0.5], 2000, 1000],
  ])('converts for sure: %s', (_, cells, packBase, quantityBase) => {
    const row = one(cells)
    expect(row).toMatchObject({ packBase, quantityBase, status: 'sure', reasons: [] })
  })

  it.each<[string, readonly Cell[], number, string]>([
    ['no unit at all', ['医用外科口罩', '', '', 300], 300, 'unit-missing'],
    ['件 where the specification says 箱', ['手术衣', '10件/箱', '包', 3], 30, 'pack-unit-differs'],
    ['eighty of a hundred, or a hundred of eighty', ['医用帽', '80箱*100', '箱', 80], 8000, 'pack-guessed'],
    [
      'a pack size that the catalogue contradicts',
      ['医用外科口罩', '1000只/箱', '箱', 2],
      2000,
      'pack-differs-from-item',
    ],
    ['a unit in the cell and another in the column', ['医用外科口罩', '', '盒', '300只'], 300, 'unit-two'],
    ['pairs counted singly', ['一次性使用医用口罩', '', '双', 3], 6, 'pack-guessed'],
    ['an amount about', ['护目镜', '', '副', '约30'], 30, 'quantity-approximate'],
  ])('converts as a guess: %s', (_, cells, quantityBase, code) => {
    const row = one(cells)
    expect(row).toMatchObject({ quantityBase, status: 'guessed' })
    expect(codesOf(row)).toContain(code)
  })

  it.each<[string, readonly Cell[], string]>([
    ['件 against 个', ['防护面罩', '', '件', 4], 'piece-or-case'],
    ['a pack nobody knows', ['医用防护口罩', '', '箱', 4], 'pack-unknown'],
    ['a unit nobody knows', ['护目镜', '', '筲', 4], 'unit-unknown'],
    ['a pack size that does not come out', ['一次性鞋套', '250双/12箱', '箱', 12], 'pack-unreadable'],
    ['a part of a piece', ['护目镜', '', '副', 2.5], 'quantity-not-whole'],
    ['zero', ['护目镜', '', '副', 0], 'quantity-not-positive'],
    ['below zero', ['护目镜', '', '副', -3], 'quantity-negative'],
    ['above the limit', ['护目镜', '', '副', 2_000_000_000], 'quantity-too-large'],
    ['above the limit once converted', ['医用外科口罩', '', '箱', 900_000_000], 'quantity-too-large'],
    ['no number', ['护目镜', '', '副', '待定'], 'quantity-unreadable'],
    ['two numbers', ['护目镜', '', '', '10箱+5副'], 'quantity-mixed'],
    ['nothing', ['护目镜', '', '副', ''], 'quantity-missing'],
    ['an error of the spreadsheet', ['护目镜', '', '副', '#REF!'], 'cell-error'],
  ])('asks: %s', (_, cells, code) => {
    const row = one(cells)
    expect(row).toMatchObject({ quantityBase: null, status: 'wrong' })
    expect(codesOf(row)).toContain(code)
  })

  it('multiplies packs by their size, and doubts a total that disagrees', () => {
    const headings = ['品名', '件数', '装箱数', '数量']
    expect(one(['护目镜', 5, 20, 100], headings).reasons.map((reason) => reason.code)).not.toContain(
      'packs-do-not-multiply',
    )
    expect(codesOf(one(['护目镜', 5, 20, 90], headings))).toContain('packs-do-not-multiply')
    expect(one(['护目镜', 5, 20, ''], headings)).toMatchObject({
      quantity: 5,
      unit: '件',
      packBase: 20,
      quantityBase: 100,
    })
  })

  it('reads a pack size written out under a heading of pack sizes, in a list of items too', () => {
    expect(one(['护目镜', '20副/盒', '盒', 3], ['品名', '装箱数', '单位', '数量'])).toMatchObject({
      packBase: 20,
      quantityBase: 60,
    })
    const items = readRows(
      [
        ['名称', '计量单位', '装箱数'],
        ['护目镜', '副', 40],
      ],
      { kind: 'items' },
    )
    expect(items.rows[0]).toMatchObject({ item: '护目镜', unit: '副', more: { packSize: '40' }, status: 'sure' })
  })

  it('allows a stock of zero', () => {
    const row = readRows(
      [
        ['单位名称', '品名', '库存'],
        ['大良医院', '护目镜', 0],
      ],
      { kind: 'reports' },
    ).rows[0]
    expect(row).toMatchObject({ quantity: 0, status: 'sure' })
  })

  it('takes a bare 1 in a list of needs as “needed, amount unknown”, and one 箱 as one 箱', () => {
    const result = readRows(
      [
        ['医院名称', '品名', '需求'],
        ['大良医院', '护目镜', 1],
        ['大良医院', '口罩', '1箱'],
        ['大良医院', '手套', 2],
      ],
      { kind: 'units' },
    )
    expect(result.rows.map(codesOf)).toEqual([['one-may-mean-unknown'], [], []])
  })

  it('doubts the ones of a column in which a third are ones', () => {
    const rows = Array.from({ length: 12 }, (_, index) => [`医院${index}`, '护目镜', index < 6 ? '1副' : `${index}0副`])
    const pieces = rows.map(([unit, item, amount]) => [unit!, item!, amount!.replace('副', '个')])
    const marked = readRows([['医院名称', '品名', '需求'], ...pieces], { kind: 'units' }).rows
    expect(marked.filter((row) => codesOf(row).includes('one-may-mean-unknown'))).toHaveLength(6)
  })
})
