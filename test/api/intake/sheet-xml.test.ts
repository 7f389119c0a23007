import { expect, it } from 'vitest'
import { createSheetReader } from '../../../api/intake/sheet-xml.ts'
import { createRandom } from '../../db/random.ts'
import { seed } from '../../seed.ts'

const options = { sharedStrings: ['口罩', '甲厂'], dateStyles: [], epoch: 1900, maxRows: 1000, maxColumns: 50 } as const
const encode = (text: string) => new TextEncoder().encode(text)

const rows = Array.from(
  { length: 60 },
  (_, row) =>
    `<row r="${row + 1}"><c r="A${row + 1}" t="s"><v>${row % 2}</v></c><c r="B${row + 1}"><v>${row * 7}</v></c>` +
    `<c r="C${row + 1}" t="inlineStr"><is><t>批号 &lt;${row}&gt;</t></is></c><c/></row>`,
)
const sheets = {
  plain: `<?xml version="1.0"?><worksheet><sheetData>${rows.join('\n')}</sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells></worksheet>`,
  prefixed: `<x:worksheet><x:sheetData>${rows.join('').replaceAll('<', '<x:').replaceAll('<x:/', '</x:')}</x:sheetData></x:worksheet>`,
  'with ends of rows in comments and CDATA': `<worksheet><sheetData>${rows.slice(0, 30).join('<!-- </row><row r="9"><c r="A9"><v>5</v></c></row> -->')}<row r="31"><c r="A31" t="inlineStr"><is><t><![CDATA[</row>]]></t></is></c></row>${rows.slice(31).join('')}</sheetData></worksheet>`,
  'cut off': `<worksheet><sheetData>${rows.join('').slice(0, -40)}`,
}

it.each(Object.entries(sheets))('reads a sheet that arrives in parts as it reads it whole (%s)', (_, xml) => {
  const bytes = encode(xml)
  const whole = createSheetReader(options).finish(bytes)
  expect(whole.rows.length).toBeGreaterThan(25)
  const { between } = createRandom(seed)
  for (let round = 0; round < 200; round += 1) {
    const reader = createSheetReader(options)
    // As it inflates: what has not arrived yet is nothing but zeros.
    const arriving = new Uint8Array(bytes.length)
    for (let filled = 0; filled < bytes.length; ) {
      const next = Math.min(bytes.length, filled + between(1, bytes.length >> 2))
      arriving.set(bytes.subarray(filled, next), filled)
      filled = next
      reader.part(arriving, filled)
    }
    expect(reader.finish(arriving)).toEqual(whole)
  }
})
