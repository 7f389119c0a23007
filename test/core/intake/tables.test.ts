import { describe, expect, it } from 'vitest'
import { readList } from '../../../core/intake/intake.ts'
import { sheetOf } from '../../../core/intake/sheet.ts'
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

  it('keeps the zeros of what units have: they have none left', () => {
    const result = readRows(
      [
        ['单位', '医用外科口罩', '护目镜'],
        ['大良医院', 0, '0'],
        ['容桂街道', '', 20],
      ],
      { kind: 'reports', catalogue: ordinaryCatalogue },
    )
    expect(inShort(result)).toEqual([
      ['大良医院', '医用外科口罩', 0, null],
      ['大良医院', '护目镜', 0, null],
      ['容桂街道', '护目镜', 20, null],
    ])
  })
})
