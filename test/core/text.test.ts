import { describe, expect, it } from 'vitest'
import { nameKey, normaliseText } from '../../core/text.ts'

describe('text as people paste it', () => {
  it.each([
    ['１２３ＡＢ（只）％', '123AB(只)%'],
    ['\u200b', ''],
    ['口罩\u00a09001', '口罩 9001'],
    ['  医用\t口罩 \n ', '医用 口罩'],
    ['\ufeff品名', '品名'],
    ['口\u200d罩\u2060', '口罩'],
    ['全角　空格', '全角 空格'],
    ['a\u0000b\u0007c', 'abc'],
    ['N95、护目镜。', 'N95、护目镜。'],
    ['already plain text', 'already plain text'],
    ['double  space', 'double space'],
  ])('normalises %j to %j', (given, expected) => {
    expect(normaliseText(given)).toBe(expected)
    expect(normaliseText(expected)).toBe(expected)
  })

  it('compares names without the punctuation people put in or leave out', () => {
    expect(nameKey('KN 95（口罩）')).toBe(nameKey('kn95口罩'))
    expect(nameKey('KN95')).not.toBe(nameKey('N95'))
  })
})
