import { expect, it } from 'vitest'
import { standardMeets } from '../../core/standard.ts'

it('KN95 (GB 2626) never becomes a medical protective mask (GB 19083), whatever its year or spelling', () => {
  for (const spelling of ['GB 2626-2006', 'gb2626', 'GB2626-2019', 'GB 2626']) {
    expect(standardMeets(spelling, 'GB 19083-2010')).toBe(false)
    expect(standardMeets(spelling, 'YY 0469-2011')).toBe(false)
    expect(standardMeets(spelling, 'GB 2626-2006')).toBe(true)
  }
})

it('a better mask meets a lower standard, never the other way round', () => {
  expect(standardMeets('GB 19083-2010', 'YY 0469-2011')).toBe(true)
  expect(standardMeets('GB 19083-2010', 'GB 2626-2006')).toBe(true)
  expect(standardMeets('YY 0469-2011', 'YY/T 0969-2013')).toBe(true)
  expect(standardMeets('YY/T 0969-2013', 'YY 0469-2011')).toBe(false)
  expect(standardMeets('YY 0469-2011', 'GB 19083-2010')).toBe(false)
  expect(standardMeets('GB 7543-2006', 'GB 10213-2006')).toBe(true)
  expect(standardMeets('GB 10213-2006', 'GB 7543-2006')).toBe(false)
})

it('an unknown standard meets only itself, and an item without one takes any', () => {
  expect(standardMeets('EN 149:2001', 'EN 149:2001')).toBe(true)
  expect(standardMeets('EN 149:2001', 'GB 19083-2010')).toBe(false)
  expect(standardMeets('EN 149:2001', '')).toBe(true)
})
