import { describe, expect, it } from 'vitest'
import { codesOf, inShort, ordinaryCatalogue, readRows } from './lists.ts'

const header = ['捐赠单位', '品名', '规格', '数量']

describe('rows that lean on their neighbours', () => {
  it('carries a blank sender and a blank item down, as guesses that name their row', () => {
    const result = readRows([
      header,
      ['甲公司', '口罩', '10片/件', '20片'],
      ['', '手套', '', '5双'],
      ['', '', '20片/件', '40片'],
    ])
    expect(inShort(result)).toEqual([
      ['甲公司', '口罩', 20, '片'],
      ['甲公司', '手套', 5, '双'],
      ['甲公司', '手套', 40, '片'],
    ])
    expect(result.rows[0]?.status).toBe('sure')
    expect(result.rows[1]?.reasons).toEqual([
      { field: 'party', status: 'guessed', code: 'carried-down', data: { fromRow: 2, value: '甲公司' } },
    ])
    expect(codesOf(result.rows[2])).toEqual(['carried-down', 'carried-down'])
  })

  it('does not carry an item to a row that names its own sender', () => {
    const result = readRows([header, ['甲公司', '口罩', '', '20片'], ['乙公司', '', '', '40片']])
    expect(result.rows[1]).toMatchObject({ party: '乙公司', item: null, status: 'wrong' })
    expect(codesOf(result.rows[1])).toEqual(['item-missing'])
  })

  it('fills merged cells down for sure, and never beyond the merge', () => {
    const result = readRows(
      [header, ['甲公司', '口罩', '', '20片'], [null, '手套', '', '5双'], [null, '护目镜', '', '6副']],
      {
        sheet: { merges: [{ top: 2, left: 1, bottom: 3, right: 1 }] },
      },
    )
    expect(result.rows.map((row) => [row.party, row.status])).toEqual([
      ['甲公司', 'sure'],
      ['甲公司', 'sure'],
      ['甲公司', 'guessed'],
    ])
  })

  it('doubts a row beside one that has an item and no quantity: a name broken over rows, or a shared quantity', () => {
    const result = readRows([
      header,
      ['甲公司', '折叠式口罩', '', '4箱'],
      ['', '自吸过滤', '', ''],
      ['', '面罩', '', '12只'],
      ['乙公司', '手套', '', '2双'],
    ])
    expect(result.rows.map((row) => row.status)).toEqual(['guessed', 'wrong', 'guessed', 'sure'])
    expect(codesOf(result.rows[0])).toEqual(['name-may-continue'])
    expect(codesOf(result.rows[2])).toContain('name-may-continue')
  })

  it('joins a specification that goes on in the next row', () => {
    const result = readRows([header, ['甲公司', '口服液', '20191104', '84件'], ['', '', '80盒/件', '']])
    expect(result.rows).toHaveLength(1)
    expect(result.rows[0]).toMatchObject({
      specification: '20191104 80盒/件',
      packBase: 80,
      quantityBase: 6720,
      status: 'guessed',
    })
    expect(result.leftOut.at(-1)).toMatchObject({ why: 'continuation', source: { row: 3 } })
  })

  it('does not take a destination in the sender column for a sender', () => {
    const result = readRows([
      header,
      ['甲公司', '口罩', '', '20片'],
      ['定向捐赠协和医院', '手套', '', '5双'],
      ['', '护目镜', '', '6副'],
    ])
    expect(result.rows.map((row) => row.party)).toEqual(['甲公司', '甲公司', '甲公司'])
    expect(codesOf(result.rows[1])).toEqual(['party-is-a-note'])
    expect(result.rows[1]?.note).toBe('定向捐赠协和医院')
  })
})

describe('several items in one cell', () => {
  it.each([
    [
      'N95（10万）/护目镜（1千）',
      [
        ['N95', 100_000, null],
        ['护目镜', 1000, null],
      ],
    ],
    [
      '医用口罩5万只、消毒液1000瓶',
      [
        ['医用口罩', 50_000, '只'],
        ['消毒液', 1000, '瓶'],
      ],
    ],
    [
      '5万只医用口罩和1000瓶消毒液',
      [
        ['医用口罩', 50_000, '只'],
        ['消毒液', 1000, '瓶'],
      ],
    ],
    [
      '口罩 1,000只,手套2,000双',
      [
        ['口罩', 1000, '只'],
        ['手套', 2000, '双'],
      ],
    ],
  ])('splits %s', (cell, expected) => {
    for (const rows of [
      [
        ['捐赠单位', '物资'],
        ['甲公司', cell],
      ],
      [
        ['捐赠单位', '品名', '数量'],
        ['甲公司', cell, ''],
      ],
      [
        ['捐赠单位', '品名', '数量'],
        ['甲公司', '', cell],
      ],
    ]) {
      const result = readRows(rows)
      expect(result.rows.map((row) => [row.item, row.quantity, row.unit])).toEqual(expected)
      for (const row of result.rows) {
        expect(row).toMatchObject({ party: '甲公司', status: 'guessed', source: { row: 2 } })
        expect(codesOf(row)).toContain('split-from-one-cell')
      }
    }
  })

  it.each([
    'N95口罩',
    '84消毒液',
    '3M1860',
    'PM2.5口罩',
    '2001型过滤防颗粒呼吸器',
    '试剂盒（2019-nCov）',
    '0.2ml 8联管',
    '口罩（100只）',
    '双氧水',
    '一次性口罩',
  ])('leaves %s with its own quantity whole', (name) => {
    const result = readRows([
      ['品名', '数量'],
      [name, '20盒'],
    ])
    expect(inShort(result)).toEqual([[null, name, 20, '盒']])
    expect(codesOf(result.rows[0])).not.toContain('split-from-one-cell')
  })

  it('never takes one of several names for the item when another says a grade that the item is not', () => {
    const rows = [
      ['品名', '规格', '标准', '数量'],
      ['KN95/医用防护口罩', '', '', '500只'],
      ['KN95型号A/箱装', '', '医用防护口罩', '500只'],
      ['医用防护口罩 | N95口罩', '', 'GB 19083-2010', '500只'],
    ]
    // Also where the catalogue has no item for the other name.
    for (const catalogue of [ordinaryCatalogue, ordinaryCatalogue.filter((one) => one.code !== 'M-N95')]) {
      const result = readRows(rows, { catalogue })
      expect(result.rows.map((row) => [row.match, row.status])).toEqual([
        [null, 'wrong'],
        [null, 'wrong'],
        ['M-MED', 'guessed'],
      ])
    }
  })

  it('asks where several items share one quantity, and takes several names of one item as one', () => {
    const result = readRows(
      [
        ['品名', '数量'],
        ['酒精棉片、湿纸巾', '10箱'],
        ['医用防护口罩 | N95口罩', '5盒'],
        ['防冲击眼罩/护目镜/防护眼镜', '6副'],
      ],
      {
        catalogue: ordinaryCatalogue,
      },
    )
    expect(result.rows.map((row) => [row.match, row.status])).toEqual([
      [null, 'wrong'],
      [null, 'wrong'],
      ['G-GOG', 'guessed'],
    ])
    expect(codesOf(result.rows[0])).toContain('several-items-one-quantity')
    expect(codesOf(result.rows[1])).toContain('several-items-one-quantity')
    expect(codesOf(result.rows[2])).toEqual(['alternative-names'])
  })
})
