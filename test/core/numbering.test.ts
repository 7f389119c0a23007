import { describe, expect, it } from 'vitest'
import { checkPatterns, defaultPatterns, isNumberPattern, numberStem } from '../../core/numbering.ts'

describe('a pattern of document numbers', () => {
  it('holds capitals, digits, signs and dates, and ends in the running number set off from digits', () => {
    for (const pattern of ['DB{yyyymmdd}-{nnn}', 'SD/{yy}{mm}/{n}', 'A{n}', 'GZ-{yyyy}.{mm}.{dd}-{nnnnnnnn}']) {
      expect(isNumberPattern(pattern), pattern).toBe(true)
    }
    for (const pattern of [
      '',
      'DB',
      '{nnn}',
      'DB{nnn}{nnn}',
      'DB{nnn}号',
      'db-{nnn}',
      'DB{yyyymmdd}{nnn}',
      'DB1{nnn}',
      'DB-{nnnnnnnnn}',
      'DB-{yyy}-{nnn}',
      '1DB-{nnn}',
      'DB {nnn}',
      `D${'B'.repeat(40)}-{nnn}`,
    ]) {
      expect(isNumberPattern(pattern), pattern).toBe(false)
    }
  })

  it('becomes what stands before the number on a day', () => {
    expect(numberStem('DB{yyyymmdd}-{nnn}', '2020-02-06')).toEqual({ stem: 'DB20200206-', digits: 3 })
    expect(numberStem('S{yy}.{mm}.{dd}.{yyyy}/{yyyymm}_{n}', '2020-02-06')).toEqual({
      stem: 'S20.02.06.2020/202002_',
      digits: 1,
    })
    expect(() => numberStem('DB', '2020-02-06')).toThrow(/not a pattern/)
  })

  it('is refused with its kind when it is none, or when another kind has it', () => {
    expect(checkPatterns(defaultPatterns)).toEqual([])
    expect(checkPatterns({ ...defaultPatterns, slip: 'DB', round: 'RK{yyyymmdd}-{nnnn}' })).toMatchObject([
      { code: 'number-pattern-taken', field: 'numberPatterns.round', given: 'RK{yyyymmdd}-{nnnn}' },
      { code: 'number-pattern-invalid', field: 'numberPatterns.slip', given: 'DB', allowed: 'DB{yyyymmdd}-{nnn}' },
    ])
  })
})
