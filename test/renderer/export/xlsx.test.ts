import { readSheet } from 'read-excel-file/node'
import { expect, it } from 'vitest'
import type { Sheet } from '../../../renderer/export/sheet.ts'
import { columnWidths, sheetName, xlsxBytes, xlsxData } from '../../../renderer/export/xlsx.ts'

const sheet: Sheet = {
  name: '库存: 一号库 [全部]',
  columns: [
    { header: '品名', kind: 'text' },
    { header: '数量', kind: 'number' },
    { header: '有效期', kind: 'date' },
  ],
  rows: [
    ['医用防护口罩', 12_000, '2022-01-27'],
    ['=1+1', 2.5, null],
    ['00123', -7, '不详'],
    ['', 987_654_321_098, '2024-02-29'],
  ],
}

it('has numbers as numbers, dates as dates, and text as text that never runs', () => {
  const [head, first, second, third] = xlsxData(sheet)
  expect(head).toMatchObject([{ value: '品名', fontWeight: 'bold' }, { align: 'right' }, {}])
  expect(first).toMatchObject([
    { type: String, value: '医用防护口罩' },
    { type: Number, value: 12_000, format: '#,##0' },
    { type: Date, value: new Date('2022-01-27T00:00:00Z'), format: 'yyyy-mm-dd' },
  ])
  expect(second).toMatchObject([{ type: String, value: '=1+1' }, { type: Number, value: 2.5 }, null])
  expect(third).toMatchObject([{ type: String, value: '00123' }, { value: -7 }, { type: String, value: '不详' }])
})

it('is read back by a spreadsheet reader as it was', async () => {
  const rows = await readSheet(Buffer.from(await xlsxBytes(sheet)))
  expect(rows).toEqual([
    ['品名', '数量', '有效期'],
    ['医用防护口罩', 12_000, new Date('2022-01-27T00:00:00Z')],
    ['=1+1', 2.5, null],
    ['00123', -7, '不详'],
    [null, 987_654_321_098, new Date('2024-02-29T00:00:00Z')],
  ])
})

it('freezes the header row and writes no formula', async () => {
  const { unzipSync, strFromU8 } = await import('fflate')
  const files = unzipSync(await xlsxBytes(sheet))
  const xml = strFromU8(files['xl/worksheets/sheet1.xml']!)
  expect(xml).toMatch(/<pane [^>]*ySplit="1"[^>]*state="frozen"/)
  expect(xml).not.toContain('<f>')
})

it('gives every column the width of what stands in it, within reason', () => {
  expect(columnWidths(sheet)).toEqual([14, 19, 12])
  expect(columnWidths({ ...sheet, rows: [['长'.repeat(100), 1, null]] })[0]).toBe(48)
})

it('has a name that a workbook allows', () => {
  expect(sheetName(sheet.name)).toBe('库存  一号库  全部')
  expect(sheetName('[]')).toBe('Sheet1')
})
