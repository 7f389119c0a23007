import { describe, expect, it } from 'vitest'
import { type DatePurpose, dateOfSerial, readDate } from '../../../core/intake/date-text.ts'
import { readChineseNumeral, readQuantity } from '../../../core/intake/number-text.ts'
import { countByPackSize, readPackSize } from '../../../core/intake/pack-size.ts'
import { isSameUnit, knownUnit } from '../../../core/intake/unit-of-measure.ts'

describe('a quantity as written', () => {
  it.each([
    ['198件', 198, '件'],
    ['5万', 50_000, null],
    ['1.5万只', 15_000, '只'],
    ['1.1万', 11_000, null],
    ['2千盒', 2000, '盒'],
    ['3百', 300, null],
    ['１２００', 1200, null],
    ['１，２００ 只', 1200, '只'],
    ['1,200', 1200, null],
    ['1,234,567个', 1_234_567, '个'],
    ['两千', 2000, null],
    ['三千五百个', 3500, '个'],
    ['十箱', 10, '箱'],
    ['8400人份', 8400, '人份'],
    ['2 boxes', 2, 'boxes'],
    ['2,000pcs', 2000, 'pcs'],
    ['10k', 10_000, null],
    ['.5箱', 0.5, '箱'],
    ['\u200b300\u00a0盒', 300, '盒'],
    [42, 42, null],
  ])('reads %j for sure', (given, value, unit) => {
    expect(readQuantity(given)).toEqual({ value, unit, doubt: null, leftover: null })
  })

  it.each([
    ['约3000', 3000, 'approximate'],
    ['≥500', 500, 'approximate'],
    ['3千余件', 3000, 'approximate'],
    ['100左右', 100, 'approximate'],
    ['100-200', 200, 'range'],
    ['100个（含损）', 100, 'leftover'],
    ['5套/人', 5, 'leftover'],
    ['1,20', 120, 'comma'],
  ])('reads %j and doubts it', (given, value, doubt) => {
    expect(readQuantity(given)).toMatchObject({ value, doubt })
  })

  it.each(['待定', '若干', '10箱+5个', 'N95（10万）', '一万二', '百余件'])('does not make a number of %j', (given) => {
    expect(readQuantity(given).value).toBeNull()
  })

  it('leaves open what a Chinese numeral leaves open', () => {
    expect(readChineseNumeral('一百二十')).toBe(120)
    expect(readChineseNumeral('两万零五十')).toBe(20_050)
    expect(readChineseNumeral('一亿')).toBe(100_000_000)
    expect(readChineseNumeral('一千二')).toBeNull()
  })
})

describe('a pack size in a specification', () => {
  it.each([
    ['200个/箱', '箱', '个', 200],
    ['12瓶/箱', '箱', '瓶', 12],
    ['2500/箱', '箱', '只', 2500],
    ['5L*4瓶/件', '件', '瓶', 4],
    ['10支*42盒/箱', '箱', '支', 420],
    ['10支*42盒/箱', '箱', '盒', 42],
    ['10支*42盒/箱', '盒', '支', 10],
    ['每箱200只', '箱', '只', 200],
    ['一箱200个', '箱', '只', 200],
    ['1箱=200只', '箱', '只', 200],
    ['box of 50', '盒', '只', 50],
    ['50 pcs/box', 'box', '只', 50],
    ['100盒/件(4瓶装)', '件', '瓶', 400],
    ['50片/袋*40袋/箱', '箱', '片', 2000],
    ['50只/盒 40盒/箱', '箱', '只', 2000],
    ['50只/盒,2000只/箱', '箱', '只', 2000],
    ['50只/盒,2000只/箱', '盒', '只', 50],
  ])('%j: one %s holds so many %s: %i, for sure', (text, written, base, count) => {
    expect(countByPackSize(readPackSize(text), written, base)).toEqual({ count, doubt: null })
  })

  it.each([
    ['80箱*100', '箱', '只', 100],
    ['12件*100个', '件', '个', 100],
    ['500ml*30瓶', '箱', '瓶', 30],
    ['100只装', '盒', '只', 100],
    ['1*100', '盒', '只', 100],
    ['20*50只/箱', '箱', '只', 1000],
    ['400个/件', '箱', '个', 400],
  ])('%j: one %s holds so many %s: %i, as a guess', (text, written, base, count) => {
    const found = countByPackSize(readPackSize(text), written, base)
    expect(found?.count).toBe(count)
    expect(found?.doubt).not.toBeNull()
  })

  it.each([
    '50kg/桶',
    '500公斤/桶',
    '500ml',
    '17.5cm*9.5cm',
    '175×95mm',
    'L码',
    '658.00',
    'GB 19083-2010',
    'YC-J-0400106（50）',
    'PD680',
    '',
  ])('finds none in %j', (text) => {
    expect(readPackSize(text).steps).toEqual([])
  })

  it('gives no size where two are written or none comes out whole', () => {
    expect(countByPackSize(readPackSize('348瓶/箱 324瓶/箱'), '箱', '瓶')).toBeNull()
    expect(readPackSize('250双/12箱')).toEqual({ steps: [], doubt: 'not-whole' })
  })
})

describe('units of measure', () => {
  it('takes the words for one single thing as one unit, and packs as packs', () => {
    expect(isSameUnit('只', 'pcs')).toBe(true)
    expect(isSameUnit('个', '片')).toBe(true)
    expect(isSameUnit('箱', 'Carton')).toBe(true)
    expect(isSameUnit('件', '个')).toBe(false)
    expect(isSameUnit('瓶', '个')).toBe(false)
    expect(isSameUnit('盒', '箱')).toBe(false)
    expect(knownUnit('ＰＣＳ．')?.unit).toBe('只')
    expect(knownUnit('某某')).toBeNull()
  })
})

describe('a date as written', () => {
  const read = (cell: string | number, purpose: DatePurpose = 'expiry', epoch: 1900 | 1904 = 1900) =>
    readDate(cell, { purpose, epoch, today: '2020-02-10' })

  it.each([
    ['2020/2/6', '2020-02-06'],
    ['2020-02-06 10:30:00', '2020-02-06'],
    ['2020.02.06', '2020-02-06'],
    ['2020年2月6日', '2020-02-06'],
    ['20200206', '2020-02-06'],
    [20200206, '2020-02-06'],
    ['２０２０／２／６', '2020-02-06'],
    ['Feb 6, 2021', '2021-02-06'],
    ['6 February 2021', '2021-02-06'],
    ['13/4/2020', '2020-04-13'],
    ['2024-02-29', '2024-02-29'],
  ])('reads %j as %s for sure', (given, date) => {
    expect(read(given)).toEqual({ date, shelfLife: null, doubt: null })
  })

  it.each([
    [43867, 'serial', '2020-02-06'],
    ['43867', 'serial', '2020-02-06'],
    ['2020年2月', 'month-only', '2020-02-29'],
    ['202203', 'month-only', '2022-03-31'],
    ['3/4/2020', 'day-or-month', '2020-04-03'],
    ['22-2-6', 'two-digit-year', '2022-02-06'],
    ['2月6日', 'year-missing', '2021-02-06'],
  ])('reads %j and doubts it: %s', (given, doubt, date) => {
    expect(read(given)).toMatchObject({ date, doubt })
  })

  it.each([
    ['2020.02.30', 'impossible'],
    ['2023-02-29', 'impossible'],
    ['20201301', 'impossible'],
    ['abc', 'unreadable'],
    [5, 'unreadable'],
  ])('makes no date of %j: %s', (given, doubt) => {
    expect(read(given)).toMatchObject({ date: null, doubt })
  })

  it('takes a date without a year from the past for what has happened and from the future for an expiry', () => {
    expect(read('2月6日', 'day').date).toBe('2020-02-06')
    expect(read('12月30日', 'made').date).toBe('2019-12-30')
    expect(read('12月30日', 'expiry').date).toBe('2020-12-30')
  })

  it('puts a coming day without a year ahead, or lately gone by', () => {
    const coming = (cell: string) => read(cell, 'coming')
    expect(['2月20日', '10/30', '1月2日', '11月12日', '11月11日'].map((day) => coming(day).date)).toEqual([
      '2020-02-20',
      '2020-10-30',
      '2020-01-02',
      '2019-11-12',
      '2020-11-11',
    ])
    expect(coming('2月29日')).toMatchObject({ date: '2020-02-29', doubt: 'year-missing' })
    expect(coming('2月30日')).toMatchObject({ date: null, doubt: 'impossible' })
  })

  it('takes the first day of a bare month for what was made and the last for what expires', () => {
    expect(read('2020年2月', 'made').date).toBe('2020-02-01')
    expect(read('2020年2月', 'expiry').date).toBe('2020-02-29')
  })

  it('knows a shelf life from a date, and an empty mark from both', () => {
    expect(read('24个月').shelfLife).toEqual({ months: 24 })
    expect(read('两年').shelfLife).toEqual({ months: 24 })
    expect(read('半年').shelfLife).toEqual({ months: 6 })
    expect(read('90天').shelfLife).toEqual({ days: 90 })
    expect(read('长期')).toEqual({ date: null, shelfLife: null, doubt: null })
    expect(read('/')).toEqual({ date: null, shelfLife: null, doubt: null })
  })

  it('counts days as Excel does, in both calendars and around its day that never was', () => {
    expect(dateOfSerial(1, 1900)).toBe('1900-01-01')
    expect(dateOfSerial(59, 1900)).toBe('1900-02-28')
    expect(dateOfSerial(60, 1900)).toBeNull()
    expect(dateOfSerial(61, 1900)).toBe('1900-03-01')
    expect(dateOfSerial(43867.999999, 1900)).toBe('2020-02-07')
    expect(dateOfSerial(43867.4, 1900)).toBe('2020-02-06')
    expect(dateOfSerial(2_958_465, 1900)).toBe('9999-12-31')
    expect(dateOfSerial(0, 1904)).toBe('1904-01-01')
    expect(dateOfSerial(42405, 1904)).toBe('2020-02-06')
    expect(dateOfSerial(Number.NaN, 1900)).toBeNull()
  })
})
