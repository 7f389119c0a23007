import { expect, it } from 'vitest'
import { formatDays, formatMilli, formatNumber } from '../../../renderer/format.ts'
import { nameOf, text, textIn } from '../../../renderer/text/text.ts'

const bundle = text({
  zh: { lines: '共 {{count}} 行', hello: '您好，{{name}}' },
  en: { lines: { one: '{{count}} line', other: '{{count}} lines' }, hello: 'Hello {{name}}' },
})

it('fills in values, and counts as each language does', () => {
  const [zh, en] = [textIn(bundle, 'zh'), textIn(bundle, 'en')]
  expect([zh('lines', { count: 1 }), en('lines', { count: 1 }), en('lines', { count: 3 })]).toEqual([
    '共 1 行',
    '1 line',
    '3 lines',
  ])
  expect(en('hello', { name: '<b>&' })).toBe('Hello <b>&')
})

it('takes the English name where there is one and English is read', () => {
  expect(nameOf({ name: '口罩', nameEn: 'Mask' }, 'en')).toBe('Mask')
  expect(nameOf({ name: '口罩', nameEn: '' }, 'en')).toBe('口罩')
  expect(nameOf({ name: '口罩', nameEn: 'Mask' }, 'zh')).toBe('口罩')
})

it('groups numbers, and rounds days of cover down', () => {
  expect([formatNumber(1_234_567), formatNumber(null), formatMilli(33)]).toEqual(['1,234,567', '', '0.033'])
  expect([formatDays(1999), formatDays(6250), formatDays(null), formatDays(2_000_000)]).toEqual([
    '1.9',
    '6.2',
    '',
    '999+',
  ])
})
