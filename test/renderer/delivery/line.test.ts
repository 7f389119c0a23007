import { describe, expect, it } from 'vitest'
import { blankLine, itemNamed, type LineField, offerItems, withCell } from '../../../renderer/delivery/line.ts'
import { catalogue } from './items.ts'

const typed = (field: LineField, text: string, itemId: number | null = 1) =>
  withCell({ ...blankLine('k'), itemId }, field, text, catalogue)

describe('a cell of a delivery line', () => {
  it.each([
    ['20200206', '2020-02-06'],
    ['2020/2/6', '2020-02-06'],
    ['２０２０年２月６日', '2020-02-06'],
    ['2020.02.06', '2020-02-06'],
    ['2月6日', '2020-02-06'],
    ['12/30', '2019-12-30'],
  ])('reads the day of production %s', (text, date) => {
    expect(typed('madeOn', text).cells.madeOn).toBe(date)
  })

  it('takes the year that an expiry without one must have, and says that it did', () => {
    const line = typed('expiresOn', '1月5日')
    expect(line.cells.expiresOn).toBe('2021-01-05')
    expect(line.doubts.expiresOn).toEqual({ code: 'year-missing', typed: '1月5日' })
  })

  it('keeps what it cannot read as it was typed', () => {
    expect(typed('madeOn', '2020-02-30').cells.madeOn).toBe('2020-02-30')
    expect(typed('packs', '十几箱吧').cells.packs).toBe('十几箱吧')
    expect(typed('packs', '3箱+5个').cells.packs).toBe('3箱+5个')
  })

  it.each([
    ['１２', '12'],
    ['1,200', '1200'],
    ['1.2万', '12000'],
    ['两千', '2000'],
    ['-3', '-3'],
    ['0.5', '0.5'],
  ])('reads the number %s', (text, number) => {
    expect(typed('packs', text).cells.packs).toBe(number)
  })

  it('puts pieces that were typed as packs where they belong, and packs that were typed as pieces', () => {
    expect(typed('packs', '5000只').cells).toMatchObject({ packs: '', piecesBase: '5000' })
    expect(typed('packs', '5000个').cells).toMatchObject({ packs: '', piecesBase: '5000' })
    expect(typed('piecesBase', '20箱').cells).toMatchObject({ packs: '20', piecesBase: '' })
    expect(typed('packs', '20箱').cells).toMatchObject({ packs: '20', piecesBase: '' })
  })

  it('doubts a pack of another kind', () => {
    const line = typed('packs', '20盒')
    expect(line.cells.packs).toBe('20')
    expect(line.doubts.packs).toEqual({ code: 'unit-differs', typed: '20盒' })
    expect(withCell(line, 'packs', '21', catalogue).doubts.packs).toBeUndefined()
  })

  it('folds full-width characters and runs of spaces in a lot number', () => {
    expect(typed('lot', ' Ａ２０　 01\u200b ').cells.lot).toBe('A20 01')
  })

  it('takes an item by its code or whole name, however it is written, and leaves the rest as text', () => {
    expect(typed('item', 'ｋｚ－０１', null)).toMatchObject({ itemId: 1, cells: { item: '' } })
    expect(typed('item', '医用 外科口罩', null).itemId).toBe(1)
    expect(typed('item', 'SURGICAL MASK', null).itemId).toBe(1)
    expect(typed('item', '口罩', null)).toMatchObject({ itemId: null, cells: { item: '口罩' } })
    expect(typed('item', '旧口罩', null).itemId).toBeNull()
    expect(typed('item', '', 1).itemId).toBeNull()
  })
})

describe('items offered while typing', () => {
  const names = (text: string) => offerItems(text, catalogue).map((item) => item.code)

  it('are found by initials, pinyin, Chinese and code', () => {
    expect(names('yyfhf')).toEqual(['FHF-1'])
    expect(names('waike')).toEqual(['KZ-01'])
    expect(names('防护服')).toEqual(['FHF-1'])
    expect(names('kz-02')).toEqual(['KZ-02'])
    expect(names('prot mask')).toEqual(['KZ-02'])
  })

  it('put what this manufacturer has promised before the others that fit as well', () => {
    expect(names('yy')).toEqual(['KZ-02', 'FHF-1', 'KZ-01'])
    expect(names('')).toEqual(['KZ-02'])
  })

  it('never are archived', () => {
    expect(names('jkz')).toEqual([])
    expect(itemNamed('OLD-1', catalogue)).toBeNull()
  })
})
