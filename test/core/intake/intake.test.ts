import { describe, expect, it } from 'vitest'
import { lineKey } from '../../../core/intake/check-list.ts'
import { IntakeCancelled, readList, readText, toIntakeJson } from '../../../core/intake/intake.ts'
import { mappingKey, mappingOf } from '../../../core/intake/layout.ts'
import { type Cell, sheetOf } from '../../../core/intake/sheet.ts'
import { codesOf, inShort, ordinaryCatalogue, readRows } from './lists.ts'

const header = ['捐赠单位', '品名', '规格', '数量']

describe('finding the table', () => {
  it('finds the header below title rows and leaves the titles, totals and signatures out, saying so', () => {
    const result = readRows([
      ['某某市接收捐赠物资公示'],
      ['（1月22日—1月28日）'],
      [],
      header,
      ['甲公司', '护目镜', '', '10副'],
      ['乙公司', '隔离衣', '', '20件'],
      ['合计', '', '', '30'],
      ['制表人：张三', '审核：李四'],
    ])
    expect(inShort(result)).toEqual([
      ['甲公司', '护目镜', 10, '副'],
      ['乙公司', '隔离衣', 20, '件'],
    ])
    expect(result.leftOut.map((row) => [row.source.row, row.why])).toEqual([
      [1, 'title'],
      [2, 'title'],
      [4, 'header'],
      [7, 'total'],
      [8, 'footnote'],
    ])
  })

  it.each([['合计'], ['总计：'], ['小 计'], ['Total'], ['Grand total'], ['合计（箱）']])(
    'leaves out a row that begins with %j',
    (word) => {
      const result = readRows([header, ['甲公司', '护目镜', '', '10副'], [word, '', '', '10']])
      expect(result.rows).toHaveLength(1)
      expect(result.leftOut.at(-1)?.why).toBe('total')
    },
  )

  it('keeps an item whose name merely begins like a total', () => {
    expect(
      inShort(
        readRows([
          ['品名', '数量'],
          ['合计算器', 3],
          ['总计划本', 4],
        ]),
      ),
    ).toEqual([
      [null, '合计算器', 3, null],
      [null, '总计划本', 4, null],
    ])
  })

  it('leaves out a number alone that is the sum of the rows above, and keeps one that is not', () => {
    const rows = [
      ['品名', '数量'],
      ['护目镜', 10],
      ['隔离衣', 20],
    ]
    expect(readRows([...rows, ['', 30]]).leftOut.at(-1)).toMatchObject({ why: 'total', source: { row: 4 } })
    const other = readRows([...rows, ['', 31]])
    expect(other.rows).toHaveLength(3)
    expect(codesOf(other.rows[2])).toContain('carried-down')
  })

  it('reads a second table under the first, and a header that is only repeated as the same table', () => {
    const result = readRows([
      ['品名', '数量'],
      ['护目镜', 10],
      ['品名', '数量'],
      ['隔离衣', 20],
      [],
      ['批号', '物资名称', '供应商', 'Qty'],
      ['L1', '手术衣', '丙公司', 5],
    ])
    expect(result.tables.map((table) => [table.headerRow, table.rows.length])).toEqual([
      [1, 2],
      [6, 1],
    ])
    expect(result.rows[2]).toMatchObject({
      item: '手术衣',
      lot: 'L1',
      party: '丙公司',
      quantity: 5,
      source: { row: 7 },
    })
    expect(result.leftOut.find((row) => row.source.row === 3)?.why).toBe('repeated-header')
  })

  it('offers the tables of every sheet', () => {
    const result = readList(
      [
        sheetOf('一', [
          ['品名', '数量'],
          ['护目镜', 1],
        ]),
        sheetOf('二', [
          ['Item', 'Qty'],
          ['gown', 2],
        ]),
      ],
      {
        kind: 'delivery',
        today: '2020-02-10',
        catalogue: null,
      },
    )
    expect(result.tables.map((table) => table.sheet)).toEqual(['一', '二'])
    expect(result.rows.map((row) => row.source)).toEqual([
      { sheet: '一', row: 2 },
      { sheet: '二', row: 2 },
    ])
  })

  it('joins a heading that runs over two rows', () => {
    const result = readRows([
      ['序号', '物资', '', '日期', ''],
      ['', '品名', '规格', '生产日期', '有效期至'],
      [1, '护目镜', 'A', '2020/1/1', '2022/1/1'],
    ])
    expect(result.rows[0]).toMatchObject({
      item: '护目镜',
      specification: 'A',
      madeOn: '2020-01-01',
      expiresOn: '2022-01-01',
    })
  })
})

describe('recognising the columns', () => {
  const wanted = {
    party: '甲公司',
    item: '护目镜',
    specification: '10副/箱',
    unit: '副',
    quantity: 30,
    lot: 'A-12',
    expiresOn: '2022-06-30',
  }
  const chinese = {
    party: '供货单位',
    item: '物资名称',
    specification: '规格型号',
    unit: '计量单位',
    quantity: '实收数量',
    lot: '生产批号',
    expiresOn: '有效期至',
  }
  const english = {
    party: 'Supplier',
    item: 'Item description',
    specification: 'Specification',
    unit: 'UoM',
    quantity: 'Qty received',
    lot: 'Lot No.',
    expiresOn: 'Expiry date',
  }
  const fields = Object.keys(wanted) as (keyof typeof wanted)[]

  it.each([
    ['Chinese', chinese],
    ['English', english],
  ])('in any order, with %s headings', (_, headings) => {
    // Every rotation of the seven columns, forwards and backwards.
    for (let turn = 0; turn < fields.length * 2; turn += 1) {
      const order = [...fields.slice(turn % 7), ...fields.slice(0, turn % 7)]
      if (turn >= 7) order.reverse()
      const result = readRows([
        order.map((field) => headings[field]),
        order.map((field) => wanted[field]),
        order.map((field) => wanted[field]),
      ])
      expect(result.rows[0], order.join()).toMatchObject(wanted)
      expect(result.rows[0]?.status).toBe('sure')
    }
  })

  it('tells 单位 the unit of measure from 单位 the organisation by what stands below', () => {
    expect(
      readRows([
        ['品名', '单位', '数量'],
        ['护目镜', '副', 1],
        ['口罩', '只', 2],
      ]).rows[1],
    ).toMatchObject({ unit: '只', party: null })
    expect(
      readRows(
        [
          ['品名', '单位', '数量'],
          ['护目镜', '大良医院', 1],
          ['口罩', '容桂街道', 2],
        ],
        { kind: 'issue' },
      ).rows[1],
    ).toMatchObject({
      party: '容桂街道',
      unit: null,
    })
  })

  it('takes the quantity that the kind of list is about', () => {
    const rows = [
      ['单位名称', '品名', '需求数量', '实发数量', '库存'],
      ['大良医院', '护目镜', 30, 20, 5],
    ]
    expect(readRows(rows, { kind: 'issue' }).rows[0]?.quantity).toBe(20)
    expect(readRows(rows, { kind: 'units' }).rows[0]?.quantity).toBe(30)
    expect(readRows(rows, { kind: 'reports' }).rows[0]?.quantity).toBe(5)
  })

  it('lays the unit and multiplier of a heading on its column', () => {
    const result = readRows([
      ['品名', '数量（万只）'],
      ['口罩', 1.5],
      ['手套', '2万'],
    ])
    expect(inShort(result)).toEqual([
      [null, '口罩', 15_000, '只'],
      [null, '手套', 20_000, '只'],
    ])
  })

  it('recognises a block without headings by its content, as a guess', () => {
    const result = readRows([
      ['顺德某某公司', '护目镜', '20副', 'A-2001'],
      ['佛山某某厂', '医用外科口罩', '3000只', 'A-2002'],
      ['大良街道', '隔离衣', '50件', 'A-2003'],
    ])
    expect(inShort(result)).toEqual([
      ['顺德某某公司', '护目镜', 20, '副'],
      ['佛山某某厂', '医用外科口罩', 3000, '只'],
      ['大良街道', '隔离衣', 50, '件'],
    ])
    for (const row of result.rows) {
      expect(row.status).toBe('guessed')
      expect(codesOf(row)).toContain('column-guessed')
    }
  })

  it('says which columns it made nothing of', () => {
    const result = readRows([
      ['品名', '数量', '星座'],
      ['护目镜', 1, '白羊'],
    ])
    expect(result.tables[0]?.recognition.unused).toEqual([{ index: 2, heading: '星座' }])
  })

  it('turns units × items into lines, skipping empty cells and zeros', () => {
    const result = readRows(
      [
        ['单位', '医用外科口罩', '护目镜', '隔离衣'],
        ['大良医院', 100, 0, 5],
        ['容桂街道', '', 20, ''],
        ['合计', 100, 20, 5],
      ],
      { kind: 'issue', catalogue: ordinaryCatalogue },
    )
    expect(inShort(result)).toEqual([
      ['大良医院', '医用外科口罩', 100, null],
      ['大良医院', '隔离衣', 5, null],
      ['容桂街道', '护目镜', 20, null],
    ])
  })
})

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

describe('quantities, units and packs', () => {
  const one = (cells: readonly Cell[], headings = ['品名', '规格', '单位', '数量']) =>
    readRows([headings, cells], { catalogue: ordinaryCatalogue }).rows[0]!

  it.each<[string, readonly Cell[], number, number]>([
    ['the item’s own unit', ['医用外科口罩', '', '只', 300], 1, 300],
    ['another word for one', ['医用外科口罩', '', '个', 300], 1, 300],
    ['a pack on file', ['医用外科口罩', '', '盒', 6], 50, 300],
    ['a pack in the specification', ['护目镜', '20副/盒', '盒', 6], 20, 120],
    ['a pack over two layers', ['84消毒液', '', '', '2箱'], 30, 60],
    ['a specification that leads to a pack on file', ['医用防护口罩', '20盒/箱', '箱', 2], 500, 1000],
    ['a unit with its size in brackets', ['手术衣', '', '包(10件)', 3], 10, 30],
    ['件 of a garment', ['医用防护服', '50套/箱', '套', 700], 1, 700],
    ['goggles by the pair of glasses', ['护目镜', '', '个', 25], 1, 25],
    ['万 in the cell', ['医用外科口罩', '', '只', '1.5万'], 1, 15_000],
    ['half a pack', ['医用外科口罩', '', '箱', 0.5], 2000, 1000],
  ])('converts for sure: %s', (_, cells, packBase, quantityBase) => {
    const row = one(cells)
    expect(row).toMatchObject({ packBase, quantityBase, status: 'sure', reasons: [] })
  })

  it.each<[string, readonly Cell[], number, string]>([
    ['no unit at all', ['医用外科口罩', '', '', 300], 300, 'unit-missing'],
    ['件 where the specification says 箱', ['手术衣', '10件/箱', '包', 3], 30, 'pack-unit-differs'],
    ['eighty of a hundred, or a hundred of eighty', ['医用帽', '80箱*100', '箱', 80], 8000, 'pack-guessed'],
    [
      'a pack size that the catalogue contradicts',
      ['医用外科口罩', '1000只/箱', '箱', 2],
      2000,
      'pack-differs-from-item',
    ],
    ['a unit in the cell and another in the column', ['医用外科口罩', '', '盒', '300只'], 300, 'unit-two'],
    ['pairs counted singly', ['一次性使用医用口罩', '', '双', 3], 6, 'pack-guessed'],
    ['an amount about', ['护目镜', '', '副', '约30'], 30, 'quantity-approximate'],
  ])('converts as a guess: %s', (_, cells, quantityBase, code) => {
    const row = one(cells)
    expect(row).toMatchObject({ quantityBase, status: 'guessed' })
    expect(codesOf(row)).toContain(code)
  })

  it.each<[string, readonly Cell[], string]>([
    ['件 against 个', ['防护面罩', '', '件', 4], 'piece-or-case'],
    ['a pack nobody knows', ['医用防护口罩', '', '箱', 4], 'pack-unknown'],
    ['a unit nobody knows', ['护目镜', '', '筲', 4], 'unit-unknown'],
    ['a pack size that does not come out', ['一次性鞋套', '250双/12箱', '箱', 12], 'pack-unreadable'],
    ['a part of a piece', ['护目镜', '', '副', 2.5], 'quantity-not-whole'],
    ['zero', ['护目镜', '', '副', 0], 'quantity-not-positive'],
    ['below zero', ['护目镜', '', '副', -3], 'quantity-negative'],
    ['above the limit', ['护目镜', '', '副', 2_000_000_000], 'quantity-too-large'],
    ['above the limit once converted', ['医用外科口罩', '', '箱', 900_000_000], 'quantity-too-large'],
    ['no number', ['护目镜', '', '副', '待定'], 'quantity-unreadable'],
    ['two numbers', ['护目镜', '', '', '10箱+5副'], 'quantity-mixed'],
    ['nothing', ['护目镜', '', '副', ''], 'quantity-missing'],
    ['an error of the spreadsheet', ['护目镜', '', '副', '#REF!'], 'cell-error'],
  ])('asks: %s', (_, cells, code) => {
    const row = one(cells)
    expect(row).toMatchObject({ quantityBase: null, status: 'wrong' })
    expect(codesOf(row)).toContain(code)
  })

  it('multiplies packs by their size, and doubts a total that disagrees', () => {
    const headings = ['品名', '件数', '装箱数', '数量']
    expect(one(['护目镜', 5, 20, 100], headings).reasons.map((reason) => reason.code)).not.toContain(
      'packs-do-not-multiply',
    )
    expect(codesOf(one(['护目镜', 5, 20, 90], headings))).toContain('packs-do-not-multiply')
    expect(one(['护目镜', 5, 20, ''], headings)).toMatchObject({
      quantity: 5,
      unit: '件',
      packBase: 20,
      quantityBase: 100,
    })
  })

  it('allows a stock of zero', () => {
    const row = readRows(
      [
        ['单位名称', '品名', '库存'],
        ['大良医院', '护目镜', 0],
      ],
      { kind: 'reports' },
    ).rows[0]
    expect(row).toMatchObject({ quantity: 0, status: 'sure' })
  })

  it('takes a bare 1 in a list of needs as “needed, amount unknown”, and one 箱 as one 箱', () => {
    const result = readRows(
      [
        ['医院名称', '品名', '需求'],
        ['大良医院', '护目镜', 1],
        ['大良医院', '口罩', '1箱'],
        ['大良医院', '手套', 2],
      ],
      { kind: 'units' },
    )
    expect(result.rows.map(codesOf)).toEqual([['one-may-mean-unknown'], [], []])
  })

  it('doubts the ones of a column in which a third are ones', () => {
    const rows = Array.from({ length: 12 }, (_, index) => [`医院${index}`, '护目镜', index < 6 ? '1副' : `${index}0副`])
    const pieces = rows.map(([unit, item, amount]) => [unit!, item!, amount!.replace('副', '个')])
    const marked = readRows([['医院名称', '品名', '需求'], ...pieces], { kind: 'units' }).rows
    expect(marked.filter((row) => codesOf(row).includes('one-may-mean-unknown'))).toHaveLength(6)
  })
})

describe('lots and dates', () => {
  const headings = ['品名', '数量', '批号', '生产日期', '有效期']
  const one = (lot: Cell, madeOn: Cell, expiresOn: Cell, epoch: 1900 | 1904 = 1900) =>
    readRows([headings, ['护目镜', '5副', lot, madeOn, expiresOn]], { sheet: { epoch } }).rows[0]!

  it('reads a lot number without changing it, and full-width ones as plain ones', () => {
    expect(one('007-A', '', '').lot).toBe('007-A')
    expect(one(20200101, '', '').lot).toBe('20200101')
    expect(one('Ａ１２\u200b', '', '').lot).toBe('A12')
    expect(one('/', '', '').lot).toBeNull()
    expect(codesOf(one('1.23E+11', '', ''))).toEqual(['lot-damaged'])
    expect(codesOf(one(1.2345678901234567e19, '', ''))).toEqual(['lot-damaged'])
  })

  it('reads day counts in the calendar of the workbook, as guesses', () => {
    expect(one('L', 43831, 44561)).toMatchObject({ madeOn: '2020-01-01', expiresOn: '2021-12-31', status: 'guessed' })
    expect(one('L', 42369, 43099, 1904)).toMatchObject({ madeOn: '2020-01-01', expiresOn: '2021-12-31' })
  })

  it('works an expiry out from a shelf life', () => {
    expect(one('L', '2020-01-01', '24个月')).toMatchObject({ expiresOn: '2021-12-31', status: 'guessed' })
    expect(codesOf(one('L', '', '2年'))).toEqual(['expiry-needs-made-on'])
    const row = readRows([
      ['品名', '数量', '生产日期', '保质期'],
      ['护目镜', '5副', '2020-01-31', 1],
    ]).rows[0]
    expect(row?.expiresOn).toBe('2020-02-28')
  })

  it.each<[string, Cell, Cell, string, string]>([
    ['expired', '2019-01-01', '2020-01-01', 'wrong', 'expiry-past'],
    ['expired before it was made', '2020-01-01', '2019-06-01', 'wrong', 'expiry-before-made'],
    ['good for eleven years', '2020-01-01', '2031-06-01', 'guessed', 'expiry-far'],
    ['made next week', '2020-02-17', '2022-01-01', 'guessed', 'made-in-future'],
    ['on the 30th of February', '', '2022-02-30', 'wrong', 'date-impossible'],
    ['in words', '', '明年', 'wrong', 'date-unreadable'],
  ])('marks a lot %s', (_, madeOn, expiresOn, status, code) => {
    const row = one('L', madeOn, expiresOn)
    expect(row.status).toBe(status)
    expect(codesOf(row)).toContain(code)
  })

  it('takes today as not yet expired, and expired goods on a shelf as a question only', () => {
    expect(one('L', '', '2020-02-10').status).toBe('sure')
    const shelf = readRows([headings, ['护目镜', '5副', 'L', '', '2020-01-01']], { kind: 'stock' }).rows[0]
    expect(shelf?.status).toBe('guessed')
  })
})

describe('what only the whole list shows', () => {
  it('doubts names filled down by dragging and matches them as the first, and leaves real series alone', () => {
    const result = readRows(
      [
        ['品名', '数量'],
        ['N95口罩', '10只'],
        ['N96口罩', '10只'],
        ['N97口罩', '20只'],
        ['N98口罩', '30只'],
      ],
      { catalogue: ordinaryCatalogue },
    )
    expect(result.rows.map((row) => [row.item, row.match, row.status])).toEqual([
      ['N95口罩', 'M-N95', 'sure'],
      ['N96口罩', 'M-N95', 'guessed'],
      ['N97口罩', 'M-N95', 'guessed'],
      ['N98口罩', 'M-N95', 'guessed'],
    ])
    expect(codesOf(result.rows[3])).toEqual(['drag-filled'])
    const series = readRows([
      ['品名', '数量'],
      ['1860口罩', '10只'],
      ['1870口罩', '10只'],
      ['9123口罩', '20只'],
    ])
    expect(series.rows.flatMap(codesOf)).toEqual([])
  })

  it('doubts N96 and KN97 wherever they stand, for there are none', () => {
    const result = readRows(
      [
        ['品名', '数量'],
        ['KN97口罩', '10只'],
        ['手套', '10双'],
        ['N100口罩', '5只'],
        ['N99口罩', '5只'],
      ],
      { catalogue: ordinaryCatalogue },
    )
    expect(result.rows.map((row) => codesOf(row).includes('drag-filled'))).toEqual([true, false, false, false])
  })

  it('doubts a number far above the usual of the list, or of the item on file', () => {
    const usual = [10, 20, 15, 12, 30].map((amount) => ['护目镜', `${amount}副`])
    const result = readRows([['品名', '数量'], ...usual, ['护目镜', '1500副'], ['护目镜', '200副']])
    expect(result.rows.map(codesOf).map((codes) => codes.includes('quantity-far-above-usual'))).toEqual([
      false,
      false,
      false,
      false,
      false,
      true,
      false,
    ])
    const catalogue = ordinaryCatalogue.map((item) =>
      item.code === 'G-GOG' ? { ...item, usualQuantityBase: 50 } : item,
    )
    const alone = readRows(
      [
        ['品名', '数量'],
        ['护目镜', '5000副'],
      ],
      { catalogue },
    )
    expect(alone.rows[0]?.reasons).toEqual([
      {
        field: 'quantity',
        status: 'guessed',
        code: 'quantity-far-above-usual',
        data: { given: 5000, usual: 50, times: 100 },
      },
    ])
  })

  it('doubts a line that repeats one of this list or of another delivery', () => {
    const rows = [
      ['捐赠单位', '品名', '数量', '批号'],
      ['甲公司', '护目镜', '10副', 'L1'],
      ['甲公司', '护目镜', '10副', 'L1'],
      ['甲公司', '护目镜', '10副', 'L2'],
    ]
    const first = readRows(rows)
    expect(first.rows.map(codesOf)).toEqual([[], ['repeats-row'], []])
    const again = readRows(rows, { knownLines: new Map([[lineKey(first.rows[2]!), 'R-0001']]) })
    expect(again.rows[2]?.reasons).toEqual([
      { field: 'row', status: 'guessed', code: 'repeats-line', data: { document: 'R-0001' } },
    ])
  })
})

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
