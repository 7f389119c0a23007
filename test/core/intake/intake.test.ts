import { describe, expect, it } from 'vitest'
import { IntakeCancelled, readList, readText, toIntakeJson } from '../../../core/intake/intake.ts'
import { mappingKey, mappingOf } from '../../../core/intake/layout.ts'
import { inShort, ordinaryCatalogue, readRows } from './lists.ts'

const header = ['捐赠单位', '品名', '规格', '数量']

describe('a block from a spreadsheet, a file of text, a message', () => {
  it('reads a pasted block', () => {
    const sheets = readText('品名\t数量\t有效期\r\n"护目镜\n(大)"\t1,200副\t2021/12/31\r\n', '粘贴')
    const result = readList(sheets, { kind: 'delivery', today: '2020-02-10', catalogue: null })
    expect(result.rows[0]).toMatchObject({ item: '护目镜 (大)', quantity: 1200, unit: '副', expiresOn: '2021-12-31' })
  })

  it.each([
    [
      '顺德医院：医用口罩5万只、消毒液1000瓶',
      [
        ['顺德医院', '医用口罩', 50_000, '只'],
        ['顺德医院', '消毒液', 1000, '瓶'],
      ],
    ],
    [
      '收到广东某某公司捐赠的医用外科口罩2000只，防护服50套。',
      [
        ['广东某某公司', '医用外科口罩', 2000, '只'],
        ['广东某某公司', '防护服', 50, '套'],
      ],
    ],
    [
      '医用口罩：5万只\n消毒液：1000瓶',
      [
        [null, '医用口罩', 50_000, '只'],
        [null, '消毒液', 1000, '瓶'],
      ],
    ],
    [
      '大良街道：\n1. N95口罩 500只\n2、护目镜 20副\n谢谢！',
      [
        ['大良街道', 'N95口罩', 500, '只'],
        ['大良街道', '护目镜', 20, '副'],
      ],
    ],
    [
      '容桂医院急需N95口罩1000个、防护服200套',
      [
        ['容桂医院', 'N95口罩', 1000, '个'],
        ['容桂医院', '防护服', 200, '套'],
      ],
    ],
    [
      'From Acme Ltd: 500 boxes gloves, 200 N95 masks',
      [
        ['Acme Ltd', 'gloves', 500, 'boxes'],
        ['Acme Ltd', 'N95 masks', 200, null],
      ],
    ],
  ])('reads the message %j', (text, expected) => {
    const result = readList(readText(text, '消息'), { kind: 'delivery', today: '2020-02-10', catalogue: null })
    expect(inShort(result)).toEqual(expected)
  })

  it.each<[string, (string | number | null)[][]]>([
    ['@物资组 北滘医院 申请：\n手套 2000双', [['北滘医院', '手套', 2000, '双']]],
    ['刚刚到货：\n护目镜 20箱（10副/箱）\n批号 20200201', [[null, '护目镜', 20, '箱']]],
    [
      '今天库存 N95口罩剩200个，防护服还有50套',
      [
        [null, 'N95口罩', 200, '个'],
        [null, '防护服', 50, '套'],
      ],
    ],
    ['各位：84消毒液 500ml*30瓶 10箱', [[null, '84消毒液', 10, '箱']]],
  ])('takes what stands around the items for what it is: %j', (text, expected) => {
    const result = readList(readText(text, '消息'), { kind: 'delivery', today: '2020-02-10', catalogue: null })
    expect(inShort(result)).toEqual(expected)
  })

  it('lists the lines of a message that it made nothing of', () => {
    const result = readList(readText('张三 2020/2/6 10:30\n护目镜20副\n明天再说', '消息'), {
      kind: 'delivery',
      today: '2020-02-10',
      catalogue: null,
    })
    expect(result.rows).toHaveLength(1)
    expect(result.leftOut.filter((row) => row.why === 'nothing-said').map((row) => row.source.row)).toEqual([1, 3])
  })
})

describe('memory', () => {
  const rows = [
    ['来的', '东西', '多少'],
    ['甲公司', '护目镜', '10副'],
    ['', '手套', '20双'],
  ]

  it('reads the same layout by the columns that were confirmed, and carries blanks without asking', () => {
    const before = readRows(rows)
    const { layout, recognition } = before.tables[0]!
    const mapping = mappingOf(
      'delivery',
      layout,
      {
        ...recognition,
        columns: recognition.columns
          .filter((column) => column.field !== 'party')
          .concat({ index: 0, field: 'party', heading: '', by: 'heading', unit: null, multiplier: 1 }),
      },
      ['party'],
    )
    const stored = new Map([[mappingKey('甲公司', layout), JSON.stringify(mapping)]])
    const after = readRows(rows, { findMapping: (key) => JSON.parse(stored.get(mappingKey('甲 公司', key)) ?? 'null') })
    expect(after.tables[0]?.fromMemory).toBe(true)
    expect(after.rows.map((row) => [row.party, row.item, row.quantity, row.status])).toEqual([
      ['甲公司', '护目镜', 10, 'sure'],
      ['甲公司', '手套', 20, 'sure'],
    ])
  })

  it('gives the same fingerprint to the same cells, and another to others', () => {
    expect(readRows(rows).fingerprint).toBe(readRows(rows.map((row) => [...row])).fingerprint)
    expect(readRows(rows).fingerprint).not.toBe(readRows([...rows, ['', '口罩', '1只']]).fingerprint)
    expect(
      readRows([
        ['a', 'b'],
        ['c', 1],
      ]).fingerprint,
    ).not.toBe(
      readRows([
        ['a', 'b'],
        ['c', 2],
      ]).fingerprint,
    )
  })
})

describe('limits, progress and the printed form', () => {
  const many = [['品名', '数量'], ...Array.from({ length: 5000 }, (_, index) => [`物资${index}`, `${index + 1}件`])]

  it('says what lies beyond the limit of rows', () => {
    const result = readRows(many, { maxRows: 4990 })
    expect(result.rows).toHaveLength(4990)
    expect(result.leftOut.filter((row) => row.why === 'beyond-limit')).toHaveLength(10)
  })

  it('reports its progress and stops when told to', () => {
    const seen: number[] = []
    readRows(many, { onProgress: (done) => void seen.push(done) })
    expect(seen).toEqual([2000, 4000, 5000])
    expect(() => readRows(many, { onProgress: () => false })).toThrow(IntakeCancelled)
  })

  it('prints the agreed shape', () => {
    const result = readRows([header, ['甲公司', '医用外科口罩', '50只/盒', '20盒'], ['合计', '', '', 20]], {
      catalogue: ordinaryCatalogue,
    })
    const json = JSON.parse(JSON.stringify(toIntakeJson(result)))
    expect(Object.keys(json)).toEqual(['layout', 'header', 'rows', 'leftOut'])
    expect(json.header).toEqual({ sheet: 'Sheet1', row: 1, cells: header })
    expect(json.rows).toEqual([
      {
        source: { sheet: 'Sheet1', row: 2 },
        party: '甲公司',
        item: '医用外科口罩',
        match: 'M-SUR',
        specification: '50只/盒',
        unit: '盒',
        quantity: 20,
        packBase: 50,
        quantityBase: 1000,
        lot: null,
        expiresOn: null,
        status: 'sure',
        reasons: [],
      },
    ])
    expect(json.leftOut.at(-1)).toEqual({ source: { sheet: 'Sheet1', row: 3 }, why: 'total', text: '合计 | 20' })
  })
})
