import { describe, expect, it } from 'vitest'
import { readPinyin } from '../../../api/intake/read-pinyin.ts'
import { catalogueItem } from '../../../core/intake/catalogue.ts'
import { compareGrades, readGrade } from '../../../core/intake/grade.ts'
import { createNameMatcher } from '../../../core/intake/match-name.ts'
import { nameKey } from '../../../core/text.ts'
import { ordinaryCatalogue } from './lists.ts'

const matcher = createNameMatcher({ catalogue: ordinaryCatalogue, readPinyin })
const match = (name: string, beside = '') => {
  const { item, how, reasons } = matcher.match(name, beside)
  return [item?.code ?? null, how, ...reasons.map((reason) => `${reason.status}:${reason.code}`)]
}

describe('a name as written against the catalogue', () => {
  it.each([
    ['医用防护口罩', 'M-MED'],
    ['医用外科口罩', 'M-SUR'],
    [' 医用　外科口罩 ', 'M-SUR'],
    ['Surgical Mask', 'M-SUR'],
    ['84消毒液', 'D-084'],
    ['M-SUR', 'M-SUR'],
    ['圆帽', 'K-CAP'],
  ])('takes %j for sure', (name, code) => {
    expect(match(name)[0]).toBe(code)
    expect(match(name)).toHaveLength(2)
  })

  it.each([
    ['外科医用口罩', 'M-SUR'],
    ['稳健医用外科口罩', 'M-SUR'],
    ['KN95口罩', 'M-N95'],
    ['KN95', 'M-N95'],
    ['自吸过滤式防颗粒物呼吸器', 'M-N95'],
    ['FFP2 respirator', 'M-N95'],
    ['一次性医用口罩', 'M-DIS'],
    ['护目镜（小）', 'G-GOG'],
    ['84消毒水', 'D-084'],
    ['75%医用酒精', 'A-075'],
  ])('guesses %j', (name, code) => {
    expect(match(name)).toEqual([code, 'similar', expect.stringMatching(/^guessed:/)])
  })

  it.each([
    ['yywkkz', 'M-SUR', 'pinyin'],
    ['yiyongfanghufu', 'C-MED', 'pinyin'],
    ['医用外科口照', 'M-SUR', 'pinyin'],
  ])('reads %j by its pinyin', (name, code, how) => {
    expect(match(name)).toEqual([code, how, 'guessed:name-by-pinyin'])
  })

  it.each(['口罩', '3M口罩', '一次性口罩', '防护口罩', '医用口罩', '医用N95口罩', 'N96口罩', 'Face mask'])(
    'chooses no grade for %j, which says none or leaves it open',
    (name) => {
      expect(match(name)).toEqual([null, null, 'wrong:grade-not-stated'])
    },
  )

  it.each([
    '抗病毒口服液',
    '防化服',
    '95%酒精',
    '呼吸机',
    '简易呼吸器',
    '一次性输氧面罩',
    'PM2.5口罩',
    '社会用口罩',
    '消毒片',
  ])('knows nothing like %j', (name) => {
    expect(match(name)[0]).toBeNull()
    expect(match(name)[2]).toMatch(/^wrong:/)
  })

  it('keeps a name unknown rather than choose between two that are as near', () => {
    const two = createNameMatcher({
      catalogue: [catalogueItem({ name: '医用棉签大号' }), catalogueItem({ name: '医用棉签小号' })],
    })
    expect(two.match('医用棉签', '').reasons[0]).toMatchObject({ status: 'wrong', code: 'name-ambiguous' })
  })

  it('remembers what the clerk chose, and lets it win over the file', () => {
    const taught = createNameMatcher({ catalogue: ordinaryCatalogue, aliases: new Map([[nameKey('FM口罩'), 'M-DIS']]) })
    expect(taught.match('ＦＭ 口罩', '')).toMatchObject({ how: 'alias', reasons: [], item: { code: 'M-DIS' } })
    expect(matcher.match('FM口罩', '').item).toBeNull()
  })
})

describe('the grade as a wall', () => {
  it('never takes a KN95 for a 医用防护口罩, by name, alias, code, specification or standard', () => {
    const withoutN95 = ordinaryCatalogue.filter((item) => item.code !== 'M-N95')
    const taught = createNameMatcher({
      catalogue: withoutN95,
      readPinyin,
      aliases: new Map([
        [nameKey('KN95'), 'M-MED'],
        [nameKey('KN95口罩'), 'M-MED'],
        [nameKey('防护口罩'), 'M-MED'],
      ]),
    })
    for (const [name, beside] of [
      ['KN95', ''],
      ['KN95口罩', ''],
      ['KN95医用防护口罩', ''],
      ['医用防护口罩KN952020/2/6', ''],
      ['3MKN95医用防护口罩', ''],
      ['医用防护口罩', 'KN95'],
      ['医用防护口罩', 'GB 2626-2019'],
      ['医用防护口罩', 'GB2626'],
      ['M-MED', 'KN95'],
      ['防护口罩', 'KN95'],
      ['防护口罩', 'GB/T 32610'],
      ['FFP2口罩', ''],
    ] as const) {
      const found = taught.match(name, beside)
      expect(found.item, `${name} / ${beside}`).toBeNull()
      expect(found.reasons[0]?.status).toBe('wrong')
    }
    expect(taught.match('防护口罩', '')).toMatchObject({ how: 'alias', item: { code: 'M-MED' } })
  })

  it.each([
    ['医用外科口罩', 'YY/T 0969-2013', 'grade-conflict'],
    ['医用外科口罩', 'N95', 'grade-conflict'],
    ['一次性使用医用口罩', 'GB 19083-2010', 'grade-conflict'],
    ['医用防护口罩', 'GB 19083-2010 GB 2626-2019', 'grade-conflict'],
  ])('refuses %s beside %s: %s', (name, beside, code) => {
    expect(match(name, beside)).toEqual([null, null, `wrong:${code}`])
  })

  it('lets a standard settle what a name leaves open', () => {
    expect(match('医用口罩', 'YY 0469-2011')[0]).toBe('M-SUR')
    expect(match('医用口罩', 'YY/T 0969-2013')[0]).toBe('M-DIS')
    expect(match('口罩', 'KN95')[0]).toBe('M-N95')
    expect(match('防护口罩', 'GB19083')[0]).toBe('M-MED')
    expect(match('医用防护口罩', 'N95')).toEqual(['M-MED', 'exact'])
  })

  it('does not raise a mask above what it says, even where there is only one to choose', () => {
    const onlyMedical = createNameMatcher({ catalogue: [ordinaryCatalogue[0]!] })
    for (const name of ['口罩', '防护口罩', '医用口罩']) expect(onlyMedical.match(name, '').item).toBeNull()
    expect(onlyMedical.match('医用防护型口罩', '').item?.code).toBe('M-MED')
  })

  it('knows the kinds of thing apart', () => {
    expect(readGrade('医用面罩式雾化器').family).toBe('nebuliser')
    expect(readGrade('防护面罩').family).toBe('face-shield')
    expect(readGrade('一次性输氧面罩').family).toBe('oxygen-mask')
    expect(readGrade('防污染靴套').family).toBe('boot-cover')
    expect(compareGrades(readGrade('乳胶检查手套'), readGrade('丁腈检查手套'))).toBe('wall')
    expect(compareGrades(readGrade('儿童医用外科口罩'), readGrade('医用外科口罩'))).toBe('wall')
    expect(compareGrades(readGrade('医用外科口罩'), readGrade('医用外科口罩', 'YY 0469'))).toBe('same')
  })
})
