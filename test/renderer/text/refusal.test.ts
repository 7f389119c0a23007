import { describe, expect, it } from 'vitest'
import { refusal, refusalCodes } from '../../../core/refusal.ts'
import { fieldLabel, refusalSentence, refusalText } from '../../../renderer/text/refusal.ts'
import { languages } from '../../../renderer/text/text.ts'

describe('a refusal in words', () => {
  it('names line, field, what was given and what is allowed, in both languages', () => {
    const one = refusal('out-of-range', {
      line: 3,
      field: 'packs',
      given: 1_000_000_001,
      about: { min: 1, max: 1_000_000_000, item: '医用外科口罩' },
    })
    expect(refusalText(one, 'zh')).toBe(
      '第 3 行 · 医用外科口罩 · 箱数：“1,000,000,001”超出范围；应为 1 – 1,000,000,000',
    )
    expect(refusalText(one, 'en')).toBe(
      'Line 3 · 医用外科口罩 · Packs: "1,000,000,001" is out of range; allowed: 1 – 1,000,000,000',
    )
  })

  it('names the earlier delivery of a note number', () => {
    const one = refusal('note-number-used', {
      field: 'noteNumber',
      given: 'S-1',
      about: { number: 'RK20261124-001', postingSeq: 7 },
    })
    for (const language of languages) expect(refusalText(one, language)).toContain('RK20261124-001')
  })

  it('leaves no mark unfilled, whatever a refusal lacks', () => {
    for (const code of refusalCodes) {
      for (const language of languages) {
        const sentence = refusalSentence(refusal(code), language)
        expect([code, /\{\{|\}\}|undefined|null/.test(sentence)]).toEqual([code, false])
      }
    }
  })

  it('labels a field by the last part of its path, and an unknown one by itself', () => {
    expect(fieldLabel('lines.3.expiresOn', 'en')).toBe('Expires on')
    expect(fieldLabel('somethingElse', 'zh')).toBe('somethingElse')
  })
})
