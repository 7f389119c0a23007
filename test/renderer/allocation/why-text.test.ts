import { describe, expect, it } from 'vitest'
import { defaultPolicy } from '../../../core/allocation/default-policy.ts'
import type { LineExplanation } from '../../../core/allocation/explain.ts'
import type { Reason } from '../../../core/allocation/problem.ts'
import { noWork } from '../../../renderer/allocation/round-model.ts'
import { solveWork } from '../../../renderer/allocation/solve-round.ts'
import { whySentences } from '../../../renderer/allocation/why-text.ts'
import { allocationPanelText } from '../../../renderer/text/allocation-panel.ts'
import { textIn } from '../../../renderer/text/text.ts'
import { seed } from '../../seed.ts'
import { districtProblem, inputsOf } from './district.ts'

const rungs = defaultPolicy(14)
const unnamed = rungs.map(({ name: _, nameEn: __, ...rung }) => rung)
const words = { rungs: unnamed, horizonDays: 14, packName: '箱', language: 'zh' as const }
const zh = textIn(allocationPanelText, 'zh')
const en = textIn(allocationPanelText, 'en')

/** The line of allocation.md §3. */
const line: LineExplanation = {
  unit: 'U001',
  item: 'KN95',
  tier: 1,
  packs: 14,
  quantityBase: 280,
  stockBase: 40,
  needBase: 400,
  isRequestAboveNeed: false,
  coverBeforeMilliDays: 1900,
  coverAfterMilliDays: 6200,
  rung: 4,
  packsByRung: [
    { rung: 1, packs: 5 },
    { rung: 4, packs: 9 },
  ],
  reason: 'level',
  cutRung: 4,
  cutLevelMilliDays: 4130,
  nextRung: 4,
  nextLevelMilliDays: 4200,
  linesAhead: 14,
  queuePacks: 37,
}

describe('why a line is what it is', () => {
  it('says it in Chinese', () => {
    expect(whySentences(line, words, zh)).toEqual([
      '2 天保底：5 箱（第 1 级）',
      '按倾斜补到 7 天：9 箱（第 4 级）',
      '到此为止：还有 14 个单位会更早用完。',
      '货在第 4 级分完，断在加权 4.1 天。',
      '再多货时，它的下一箱排第 37 位。',
    ])
  })

  it('says it in English', () => {
    expect(whySentences(line, words, en)).toEqual([
      'Floor of 2 days: 5 packs (rung 1)',
      'To 7 days by the tilt: 9 packs (rung 4)',
      'Stops there: 14 units would run out sooner.',
      'Supply ended in rung 4, at 4.1 weighted days.',
      'With more supply, its next pack is number 37 in line.',
    ])
  })

  it("calls a rung by its name in the reader's language, and by the other where it has only that", () => {
    expect(whySentences(line, { ...words, rungs }, zh).slice(0, 4)).toEqual([
      '一线保底，到 2 天：5 箱（第 1 级）',
      '倾斜补足，到 7 天：9 箱（第 4 级）',
      '到此为止：还有 14 个单位会更早用完。',
      '货在第 4 级“倾斜补足”分完，断在加权 4.1 天。',
    ])
    const oneName = rungs.map(({ nameEn: _, ...rung }) => rung)
    expect(whySentences(line, { ...words, rungs, language: 'en' }, en)[0]).toBe(
      'Front-line floor, to 2 days: 5 packs (rung 1)',
    )
    expect(whySentences(line, { ...words, rungs: oneName, language: 'en' }, en)[3]).toBe(
      'Supply ended in rung 4, "倾斜补足", at 4.1 weighted days.',
    )
  })

  it('has a sentence for every reason in both languages', () => {
    const reasons: Reason[] = ['pin', 'floor', 'level', 'cap', 'expiry', 'source', 'tie', 'need']
    for (const reason of reasons) {
      for (const t of [zh, en]) {
        const said = whySentences({ ...line, reason }, words, t)
        expect(said.join('')).not.toMatch(/stop-|\{\{/)
      }
    }
  })

  it('speaks of one unit and one pack in the singular', () => {
    const one = { ...line, linesAhead: 1, packsByRung: [{ rung: 1, packs: 1 }] }
    expect(whySentences(one, words, en).slice(0, 2)).toEqual([
      'Floor of 2 days: 1 pack (rung 1)',
      'Stops there: 1 unit would run out sooner.',
    ])
  })

  it('explains every line of a district without a gap, and its packs by rung add up', () => {
    const inputs = inputsOf(districtProblem(40, 8, seed))
    const solved = solveWork(inputs, noWork)
    for (const plan of solved.items.values()) {
      plan.units.forEach((unit, at) => {
        const why = plan.explain(unit)!
        expect(why.packsByRung.reduce((sum, part) => sum + part.packs, 0)).toBe(plan.packs[at])
        expect(whySentences(why, words, zh).join('')).not.toMatch(/undefined|NaN|\{\{/)
        expect(why.coverAfterMilliDays ?? Number.NaN).toBe(plan.coverAfter[at])
      })
    }
  })
})
