import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fileRefusalTexts } from '../../../core/intake/file-refusal.ts'
import { intakeKinds } from '../../../core/intake/header-words.ts'
import { readList, readText, toIntakeJson } from '../../../core/intake/intake.ts'
import {
  guess,
  leftOutTexts,
  type ReasonCode,
  reasonTexts,
  renderReason,
  worstOf,
  wrong,
} from '../../../core/intake/reasons.ts'
import { type Cell, sheetOf } from '../../../core/intake/sheet.ts'
import { seed } from '../../seed.ts'
import { ordinaryCatalogue } from './lists.ts'

const codes = Object.keys(reasonTexts) as ReasonCode[]
/** What needs the ledger to be doubted is doubted where the list is on screen. */
const sources = ['core', 'renderer']
  .map((room) => new URL(`../../../${room}/intake/`, import.meta.url))
  .flatMap((folder) =>
    readdirSync(folder)
      .filter((file) => file.endsWith('.ts'))
      .map((file) => readFileSync(new URL(file, folder), 'utf8')),
  )
  .join('\n')

describe('reasons in words', () => {
  it.each(codes)('%s has a sentence in both languages, and somebody gives it', (code) => {
    expect(renderReason(guess('item', code), 'zh')).toMatch(/[\u4e00-\u9fff]/)
    expect(renderReason(guess('item', code), 'en')).toMatch(/^[^\u4e00-\u9fff]+$/)
    expect(sources.split(`'${code}'`).length, 'no code of the intake gives this reason').toBeGreaterThan(2)
  })

  it('names the data in the sentence', () => {
    const reason = guess('party', 'carried-down', { fromRow: 7, value: '甲公司' })
    expect(renderReason(reason, 'zh')).toBe('此格为空，沿用第7行的“甲公司”')
    expect(renderReason(reason, 'en')).toBe('blank here; taken from row 7: “甲公司”')
  })

  it('has words in both languages for refused files and rows left out', () => {
    for (const { zh, en } of Object.values(fileRefusalTexts)) {
      expect(zh({})).toMatch(/[\u4e00-\u9fff]/)
      expect(en({})).toMatch(/^[^\u4e00-\u9fff]+$/)
    }
    for (const { zh, en } of Object.values(leftOutTexts)) {
      expect(zh).toMatch(/[\u4e00-\u9fff]/)
      expect(en).toMatch(/^[a-z ]/)
    }
  })

  it('calls a row wrong as soon as one cell is', () => {
    expect(worstOf([])).toBe('sure')
    expect(worstOf([guess('item', 'name-similar')])).toBe('guessed')
    expect(worstOf([guess('item', 'name-similar'), wrong('lot', 'lot-damaged')])).toBe('wrong')
  })
})

describe('anything at all', () => {
  const words = [
    '品名',
    '数量',
    '单位',
    '规格',
    '有效期',
    '批号',
    '捐赠单位',
    '口罩',
    'N95口罩',
    'KN95',
    '医用防护口罩',
    '护目镜',
    '5万只',
    '200个/箱',
    '件',
    '合计',
    '甲公司',
    '2020/2/6',
    '2月6日',
    '\u200b',
    '１２',
    '(',
    '/',
    '、',
    'GB 2626',
    '#REF!',
    '1.23E+11',
    '2019-01-01',
    '制表人：',
    '定向捐赠',
  ]
  const cell: fc.Arbitrary<Cell> = fc.oneof(
    fc.constantFrom(...words),
    fc.double({ noDefaultInfinity: true, noNaN: true }),
    fc.integer(),
    fc.constant(null),
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.array(fc.constantFrom(...words), { maxLength: 4 }).map((parts) => parts.join('')),
  )
  const rows = fc.array(fc.array(cell, { maxLength: 7 }), { maxLength: 12 })

  it('is read without throwing, into rows whose status says what their reasons say, and every row of the sheet is accounted for', () => {
    fc.assert(
      fc.property(rows, fc.constantFrom(...intakeKinds), fc.boolean(), (cells, kind, withCatalogue) => {
        const sheet = sheetOf('S', cells)
        const result = readList([sheet], {
          kind,
          today: '2020-02-10',
          catalogue: withCatalogue ? ordinaryCatalogue : null,
        })
        JSON.stringify(toIntakeJson(result))
        const accounted = new Set([
          ...result.rows.map((row) => row.source.row),
          ...result.leftOut.map((row) => row.source.row),
        ])
        expect([...accounted].sort((a, b) => a - b)).toEqual(sheet.rows.map((row) => row.number))
        for (const row of result.rows) {
          expect(row.status).toBe(worstOf(row.reasons))
          // What has no reason against it could be saved as it stands.
          if (row.status === 'sure' && withCatalogue && kind === 'delivery') {
            expect(row.match).not.toBeNull()
            expect(
              Number.isInteger(row.quantityBase) && row.quantityBase! > 0 && row.quantityBase! <= 1_000_000_000,
            ).toBe(true)
          }
          if (row.item !== null && /KN95/.test(row.item)) expect(row.match).not.toBe('M-MED')
          for (const reason of row.reasons) renderReason(reason, 'en')
        }
      }),
      { seed, numRuns: 1500 },
    )
  })

  it('is pasted without throwing', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc
        .array(fc.constantFrom(...words, '\n', '\t', ',', '：', '和', ' ', '100', '万', '瓶'), { maxLength: 40 })
        .map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(text, (given) => {
        readList(readText(given, 'P'), { kind: 'delivery', today: '2020-02-10', catalogue: ordinaryCatalogue })
      }),
      { seed, numRuns: 1500 },
    )
  })
})
