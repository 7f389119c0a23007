import { describe, expect, it } from 'vitest'
import { readListFile } from '../../../api/intake/read-file.ts'
import { readList } from '../../../core/intake/intake.ts'
import { inWords } from '../../core/intake/messy.ts'
import { buildWorkbook } from './build-archive.ts'

const text = (ref: string, value: string): string => `<c r="${ref}" t="inlineStr"><is>${value}</is></c>`
const plain = (ref: string, value: string): string => text(ref, `<t>${value}</t>`)
const styles = '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'

describe('a workbook to the rows of the list', () => {
  it('reads a workbook of 1904 with merged senders and headings, formulas, errors, reading aids and a hidden row', async () => {
    const header = ['捐赠单位', '品名', '数量', '批号', '有效期']
      .map((word, at) => plain(`${'ABCDE'[at]}2`, word))
      .join('')
    const bytes = buildWorkbook({
      date1904: true,
      styles,
      sheets: {
        到货: `<sheetData>
          <row r="1">${plain('A1', '二月六日到货')}</row>
          <row r="2">${header}</row>
          <row r="3">${plain('A3', '甲公司')}${text('B3', '<r><t>护</t></r><r><t>目镜</t></r><rPh sb="0" eb="1"><t>フ</t></rPh>')}<c r="C3"><f>10*2</f><v>20</v></c><c r="D3"><v>20200115</v></c><c r="E3" s="1"><v>43135</v></c></row>
          <row r="4">${plain('B4', '手套')}<c r="C4" t="e"><f>X!A1</f><v>#REF!</v></c><c r="D4"><v>42383</v></c><c r="E4" s="1"><v>43135</v></c></row>
          <row r="5" hidden="1">${plain('B5', '口罩')}<c r="C5" t="str"><f>"5"&amp;"00只"</f><v>500只</v></c><c r="D5" s="1"><v>42383</v></c><c r="E5"><v>43135</v></c></row>
          <row r="6">${plain('B6', '面屏')}<c r="C6"><v>30</v></c></row>
          <row r="7">${plain('A7', '合计')}<c r="C7"><f>SUM(C3:C6)</f><v>550</v></c></row>
        </sheetData><mergeCells count="2"><mergeCell ref="A1:E1"/><mergeCell ref="A3:A5"/></mergeCells>`,
      },
    })
    const file = await readListFile(bytes, '到货.xlsx')
    if (!file.ok) throw new Error(file.refusal.code)
    expect(file.value.notes).toEqual([{ sheet: '到货', what: 'hidden-rows', count: 1 }])
    const result = readList(file.value.sheets, { kind: 'delivery', today: '2020-02-10', catalogue: null })
    expect(inWords(result)).toEqual([
      '3 sure; 甲公司; 护目镜; 20; lot 20200115; exp 2022-02-05',
      '4 wrong; 甲公司; 手套; no quantity; lot 42383; exp 2022-02-05; why cell-error lot-is-a-day-count',
      '5 guessed; 甲公司; 口罩; 500 只 = 500; lot 2020-01-15; exp 2022-02-05; why date-serial lot-is-a-date',
      '6 guessed; 甲公司; 面屏; 30; why carried-down',
      '1 left out: title',
      '7 left out: total',
    ])
  })
})
