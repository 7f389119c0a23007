import { describe, expect, it } from 'vitest'
import { matchChoices, parseChoice, parseDate, parseNumber, toHalfWidth } from '../../../renderer/grid/cell-value.ts'

describe('a number that was typed', () => {
  it.each([
    ['12', 12],
    ['1,200', 1200],
    ['1，200', 1200],
    ['１２０', 120],
    ['-3', -3],
    ['0.033', 0.033],
    ['  7  ', 7],
    ['', null],
    ['　', null],
  ])('reads %j as %j', (typed, value) => {
    expect(parseNumber(typed)).toBe(value)
  })

  it.each(['12a', '1,2,3', '12箱', '--1', '1e3', '.'])('keeps %j as it was typed', (typed) => {
    expect(parseNumber(typed)).toBe(typed)
  })
})

describe('a date that was typed', () => {
  it.each([
    ['2020-2-6', '2020-02-06'],
    ['2020/02/06', '2020-02-06'],
    ['2020年2月6日', '2020-02-06'],
    ['20200206', '2020-02-06'],
    ['２０２０．２．６', '2020-02-06'],
    ['', null],
  ])('reads %j as %j', (typed, value) => {
    expect(parseDate(typed)).toBe(value)
  })

  it('keeps what is no date', () => {
    expect(parseDate('tomorrow')).toBe('tomorrow')
  })
})

describe('a choice', () => {
  const choices = [
    { value: 1, label: '医用外科口罩 · 三层', search: 'm-0469 yiyongwaikekouzhao ywkkz surgical mask' },
    { value: 2, label: '一次性使用医用口罩', search: 'm-0969 yicixing ycxsyykz disposable medical mask' },
    { value: 3, label: '医用检查手套', search: 'l-10213 yyjcst gloves' },
  ]

  it('is found by Chinese, pinyin initials, code and English', () => {
    const found = (typed: string) => matchChoices(typed, choices).map(({ value }) => value)
    expect(found('外科')).toEqual([1])
    expect(found('ywkkz')).toEqual([1])
    expect(found('m-09')).toEqual([2])
    expect(found('mask')).toEqual([1, 2])
    expect(found('medical mask')).toEqual([2])
    expect(found('')).toEqual([1, 2, 3])
  })

  it('is taken when its label is pasted, or when only one fits', () => {
    expect(parseChoice('医用检查手套', choices)).toBe(3)
    expect(parseChoice('gloves', choices)).toBe(3)
    expect(parseChoice('mask', choices)).toBe('mask')
    expect(parseChoice('', choices)).toBe(null)
  })
})

it('turns full-width signs into plain ones', () => {
  expect(toHalfWidth('　ＡＢ－１２（ｘ）　')).toBe('AB-12(x)')
})
