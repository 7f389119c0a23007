import { expect, it } from 'vitest'
import { gradesOfStandards, standardMeets } from '../../core/standard.ts'

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

it('one number is one standard, wherever it is written and however it is spaced', () => {
  for (const spelling of ['GB19083', 'gb 19083-2010', 'GB/T 19083', 'GB_19083', 'GB-19083'])
    expect(gradesOfStandards(`口罩 ${spelling}`)).toEqual(['mask-medical-protective'])
  expect(gradesOfStandards('医用外科口罩')).toEqual([])
  expect(gradesOfStandards('KN95 GB 2626-2019 / YY 0469')).toEqual(['mask-particulate', 'mask-surgical'])
  // Its number stands first in what is written as the standard of a lot; elsewhere it is a remark.
  expect(standardMeets('Q/ABC 1-2020 (参照 GB 19083)', 'GB 19083-2010')).toBe(false)
  // Examination gloves of another material meet only their own standard.
  expect(standardMeets('GB 24786-2009', 'GB 10213-2006')).toBe(false)
  expect(standardMeets('GB 24786-2009', 'GB 24786')).toBe(true)
})
