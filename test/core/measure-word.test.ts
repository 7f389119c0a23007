import { describe, expect, it } from 'vitest'
import { englishMeasure } from '../../core/measure-word.ts'

describe('a unit of measure for readers of English', () => {
  it('has a word however the list wrote it', () => {
    expect(['只', '隻', '瓶', '双', '对', '公斤', '毫升', '人份', '卷'].map((word) => englishMeasure(word))).toEqual([
      'pcs',
      'pcs',
      'bottles',
      'pairs',
      'pairs',
      'kg',
      'mL',
      'tests',
      'rolls',
    ])
  })

  it('tells a garment from a case', () => {
    expect([englishMeasure('件'), englishMeasure('件', 'packs'), englishMeasure('大箱', 'packs')]).toEqual([
      'pcs',
      'cases',
      'cartons',
    ])
  })

  it('stays as it was written where no word is known, or it is no Chinese one', () => {
    for (const word of ['摞', 'ctn', 'Stück', '', '半打']) expect(englishMeasure(word)).toBe(word)
  })
})
