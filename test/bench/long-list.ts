import { fromDayNumber, toDayNumber } from '../../core/civil-date.ts'
import { buildWorkbook } from '../api/intake/build-archive.ts'
import { createRandom } from '../db/random.ts'

/** An XLSX list of deliveries as Excel writes it: shared strings, a style for dates, references in every cell. */
export function buildLongList(count: number): Uint8Array {
  const { next, between, pick } = createRandom(100)
  const strings = new Map<string, number>()
  const shared = (text: string): string => {
    let index = strings.get(text)
    if (index === undefined) {
      index = strings.size
      strings.set(text, index)
    }
    return String(index)
  }
  const letters = 'ABCDEFGHIJ'
  const parts: string[] = []
  const add = (rowNumber: number, cells: readonly (string | number | { readonly day: number })[]) => {
    const tags = cells.map((cell, index) => {
      const reference = `r="${letters[index]}${rowNumber}"`
      if (typeof cell === 'string')
        return cell === '' ? `<c ${reference}/>` : `<c ${reference} t="s"><v>${shared(cell)}</v></c>`
      if (typeof cell === 'number') return `<c ${reference}><v>${cell}</v></c>`
      return `<c ${reference} s="1"><v>${cell.day}</v></c>`
    })
    parts.push(`<row r="${rowNumber}">${tags.join('')}</row>`)
  }
  add(1, ['序号', '供货单位', '品名', '规格型号', '计量单位', '数量', '批号', '生产日期', '有效期至', '备注'])
  // Name, specification, unit: each with units that its item knows, as in a list that is mostly in order.
  const goods: readonly (readonly [string, string, string])[] = [
    ['医用防护口罩', '25只/盒', '盒'],
    ['N95口罩', '', '只'],
    ['医用外科口罩', '50只/盒', '箱'],
    ['稳健医用外科口罩', '50只/盒', '盒'],
    ['医用防护服', '50套/箱', '套'],
    ['护目镜', '', '副'],
    ['一次性检查手套', '50双/盒', '盒'],
    ['84消毒液', '500ml*30瓶', '瓶'],
    ['一次性鞋套', '100双/包', '包'],
    ['口罩', '', '只'],
  ]
  const excelDay = (date: string) => toDayNumber(date) + 25_569
  for (let line = 1; line <= count; line += 1) {
    const made = excelDay(fromDayNumber(toDayNumber('2026-01-01') + between(0, 299)))
    const [name, specification, unit] = pick(goods)
    add(line + 1, [
      line,
      `顺德第${between(1, 97)}防护用品有限公司`,
      name,
      specification,
      unit,
      between(1, 3000),
      `2026${String(between(0, 99_999)).padStart(5, '0')}A`,
      { day: made },
      { day: made + 730 },
      next() < 0.2 ? '急用' : '',
    ])
  }
  const sharedStrings = [...strings.keys()].map((text) => `<si><t>${text}</t></si>`).join('')
  return buildWorkbook({
    sheets: { 清单: `<sheetData>${parts.join('')}</sheetData>` },
    sharedStrings,
    styles: '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>',
  })
}
