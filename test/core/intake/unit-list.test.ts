import { describe, expect, it } from 'vitest'
import { readList, readText } from '../../../core/intake/intake.ts'
import { renderReason } from '../../../core/intake/reasons.ts'
import {
  findUnit,
  type KnownUnit,
  markUnit,
  mergeUnitRows,
  remarkUnit,
  unitFacts,
  unitToSave,
} from '../../../core/intake/unit-list.ts'

const duties = [
  { dutyId: 1, code: 'inpatient', name: '住院医护', nameEn: 'Inpatient health worker' },
  { dutyId: 2, code: 'cleaner', name: '保洁消杀', nameEn: 'Cleaner' },
  { dutyId: 3, code: 'screening', name: '检疫筛查', nameEn: 'Screening worker' },
]
const known: KnownUnit = {
  placeId: 7,
  code: 'DL-H1',
  name: '大良医院',
  nameEn: 'Daliang hospital',
  town: '大良',
  address: '',
  contact: '梁主任',
  phone: '22220000',
  note: '',
  unitKind: 'designated-hospital',
  tier: 1,
  route: '',
  headcount: [
    { dutyId: 1, people: 80 },
    { dutyId: 2, people: 10 },
  ],
}
const facts = unitFacts([known], [{ alias: '顺德大良人民医院', targetId: 7 }], duties)

function unitsOf(text: string) {
  const result = readList(readText(text, '单位'), {
    kind: 'units',
    today: '2026-11-24',
    catalogue: [],
    duties: duties.flatMap(({ name, nameEn }) => [name, nameEn]),
  })
  return mergeUnitRows(result.rows, facts).map((row) => {
    const placeId = findUnit(row, facts)
    const marked = markUnit(row, placeId, facts)
    return { placeId, row: marked, codes: marked.reasons.map(({ field, code }) => `${field} ${code}`) }
  })
}
const one = (text: string) => unitsOf(text)[0]!

describe('a list of units', () => {
  it('is read by its columns: kind, tier, people by duty, contact, phone, town, code, aliases', () => {
    const found = one(
      [
        '顺德区一线单位名单',
        '序号\t单位名称\t单位编码\t单位类型\t级别\t住院医护\t保洁消杀人数\t镇街\t联系人\t联系电话\t地址\t简称\t线路\t备注',
        '1\t容桂医院\tRG-H1\t定点医院\t1级\t86\t18\t容桂\t黄医生\t13800000000\t容桂大道1号\t容医、桂医\t南线\t夜班有人',
      ].join('\n'),
    )
    expect(found.codes).toEqual([])
    expect(unitToSave(found.row, null, facts)).toEqual({
      code: 'RG-H1',
      name: '容桂医院',
      nameEn: '',
      town: '容桂',
      address: '容桂大道1号',
      contact: '黄医生',
      phone: '13800000000',
      route: '南线',
      note: '夜班有人',
      unitKind: 'designated-hospital',
      tier: 1,
      headcount: [
        { dutyId: 1, people: 86 },
        { dutyId: 2, people: 18 },
      ],
      aliases: ['容医', '桂医'],
    })
  })

  it('is read in English as well', () => {
    const found = one(
      'Unit name,Kind,Tier,Cleaner,Phone,Town,Alias\nLunjiao fever clinic,Fever clinic,Tier 1,6,0757-1234,Lunjiao,LJ clinic',
    )
    expect(found.codes).toEqual([])
    expect(unitToSave(found.row, null, facts)).toMatchObject({
      unitKind: 'fever-clinic',
      tier: 1,
      headcount: [{ dutyId: 2, people: 6 }],
      aliases: ['LJ clinic'],
    })
  })

  it.each([
    ['大良医院', 7],
    ['Daliang Hospital', 7],
    ['DL-H1', 7],
    ['顺德大良人民医院', 7],
    ['大良中医院', null],
  ])('finds %s again by name, English name, code or alias', (name, placeId) => {
    expect(one(`单位名称\t电话\n${name}\t22220000`).placeId).toBe(placeId)
  })

  it('shows what would change of a unit on file as doubts, and nothing where it says the same', () => {
    const same = one('单位名称\t类型\t联系人\t住院医护\n大良医院\t定点医院\t梁主任\t80')
    expect(same.codes).toEqual([])
    const found = one('单位名称\t级别\t联系人\t地址\t住院医护\n大良医院\t2\t陈主任\t清晖路5号\t90')
    expect(found.row.status).toBe('guessed')
    expect(found.codes.sort()).toEqual([
      'address adds-to-file',
      'contact differs-from-file',
      'headcount differs-from-file',
      'tier differs-from-file',
    ])
    const said = found.row.reasons.map((reason) => renderReason(reason, 'zh')).join('；')
    expect(said).toContain('档案里是“梁主任”，名单写“陈主任”')
    expect(said).toContain('档案里是“住院医护 80”，名单写“住院医护 90”')
    // What the list doesn't speak of stands.
    expect(unitToSave(found.row, 7, facts)).toMatchObject({
      code: 'DL-H1',
      name: '大良医院',
      phone: '22220000',
      contact: '陈主任',
      headcount: [
        { dutyId: 2, people: 10 },
        { dutyId: 1, people: 90 },
      ],
    })
  })

  it('guesses a kind by the name and a tier by the kind, and says so; where the name tells nothing it asks', () => {
    expect(one('单位名称\t电话\n陈村社区卫生服务中心\t1234567').codes).toEqual([
      'category kind-by-name',
      'tier tier-by-kind',
    ])
    expect(one('单位名称\t电话\n十堰市慈善总会\t1234567').codes).toEqual(['category kind-missing'])
    expect(one('单位名称\t类型\n某某单位\t气象台').codes).toEqual(['category kind-unknown'])
    expect(one('单位名称\t级别\t类型\n某某单位\t特级\t公安').codes).toEqual(['tier tier-unknown'])
  })

  it.each([
    [
      '住院医护20人、保洁消杀 5',
      [],
      [
        [1, 20],
        [2, 5],
      ],
    ],
    ['住院医护 1,200', [], [[1, 1200]]],
    ['86', ['headcount duty-by-kind'], [[1, 86]]],
    ['保洁 5', ['headcount duty-read-as'], [[2, 5]]],
    ['厨师 3', ['headcount duty-unknown'], []],
    ['若干', ['headcount people-unreadable'], []],
    ['保洁消杀 5；保洁消杀 6', ['headcount duty-twice'], [[2, 6]]],
    ['住院医护 2000001', ['headcount people-too-many'], []],
  ])('reads people in one cell: %s', (text, codes, people) => {
    const found = one(`单位名称\t类型\t级别\t人数\n容桂医院\t定点医院\t1\t${text}`)
    expect(found.codes).toEqual(codes)
    const unit = unitToSave(found.row, null, facts)
    expect(unit?.headcount.map(({ dutyId, people: count }) => [dutyId, count])).toEqual(people)
  })

  it('refuses a phone that a spreadsheet made a number, a code or an alias of another unit, a code given twice', () => {
    const rows = unitsOf(
      [
        '单位名称\t单位编码\t类型\t级别\t电话\t别名',
        '甲卡口\tK1\t卡口\t2\t1.38E+10\t',
        '乙卡口\tK1\t卡口\t2\t\t',
        '丙卡口\tDL-H1\t卡口\t2\t\t',
        '丁卡口\tK4\t卡口\t2\t\t大良医院',
      ].join('\n'),
    )
    expect(rows.map(({ codes }) => codes)).toEqual([
      ['phone phone-damaged'],
      ['unitCode unit-code-twice'],
      // By its code it is the hospital, of which the list says another kind and tier: never taken over unseen.
      ['category differs-from-file', 'tier differs-from-file'],
      ['alias alias-of-another'],
    ])
    expect(rows[2]!.row.status).toBe('guessed')
  })

  it('is one unit where rows repeat a name, says where they contradict, and keeps two towns apart', () => {
    const rows = unitsOf(
      [
        '单位名称\t类型\t级别\t镇街\t电话\t物资\t数量',
        '甲卡口\t卡口\t2\t大良\t\t医用口罩\t500',
        '甲卡口\t\t\t\t22223333\t防护服\t20',
        '甲卡口\t\t\t\t22224444\t护目镜\t20',
        '甲卡口\t卡口\t2\t容桂\t\t护目镜\t20',
      ].join('\n'),
    )
    expect(rows.map(({ codes }) => codes)).toEqual([['phone unit-rows-differ'], ['party unit-in-two-towns']])
    expect(rows[0]!.row.more?.phone).toBe('22223333')
  })

  it('asks whose a row without a name is, and leaves totals and titles out', () => {
    const rows = unitsOf(
      '单位名称\t类型\t级别\t电话\n一、医院\t\t\t\n容桂医院\t定点医院\t1\t1234567\n\t发热门诊\t1\t7654321\n合计\t\t\t2',
    )
    expect(rows.map(({ row, codes }) => [row.party, codes])).toEqual([
      ['容桂医院', []],
      [null, ['party party-missing']],
    ])
  })

  it('says that a new name is near one on file', () => {
    expect(one('单位名称\t类型\t级别\n大良医院（新院）\t定点医院\t1').codes).toEqual(['place unit-similar'])
    expect(one('单位名称\t类型\t级别\n勒流医院\t定点医院\t1').codes).toEqual([])
  })

  it('asks only about what was typed: other answers stay', () => {
    const found = one('单位名称\t联系人\t地址\n大良医院\t陈主任\t清晖路5号')
    const answered = { ...found.row, reasons: found.row.reasons.filter(({ field }) => field !== 'contact') }
    const typed = { ...answered, more: { ...answered.more, address: '清晖路6号' } }
    const row = remarkUnit(answered, typed, 'address', 7, facts)
    expect(row.reasons.map(({ field, data }) => [field, data.given])).toEqual([['address', '清晖路6号']])
  })
})
