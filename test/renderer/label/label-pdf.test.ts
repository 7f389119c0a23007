import { mkdirSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inProject } from '../../../build/project.ts'
import { labelKinds, labelSizes } from '../../../core/label.ts'
import { type Label, type LabelOptions, labelPapers, testLabelPapers } from '../../../renderer/label/label-paper.tsx'
import { printLanguages } from '../../../renderer/print/paper.tsx'
import { readScan } from '../../../renderer/scan/scan-lines.ts'
import { openPdfPrinter, type PdfPrinter, squeeze } from '../print/pdf-printer.ts'
import { readLabels } from './read-label.ts'

const today = '2026-11-24'
const longName = '一次性使用医用防护口罩（折叠式、无菌、独立包装、耳挂式、大号、带鼻夹、四十字）'
const longNameEn = 'Sterile fluid-resistant protective mask (long)'
const label: Label = {
  itemCode: 'M-0469',
  itemName: '医用外科口罩',
  itemNameEn: 'Surgical mask',
  specification: '17.5×9.5 cm，三层',
  standard: 'YY 0469-2011',
  baseUnit: '只',
  gtin: '06901234567892',
  lot: '261101A',
  expiresOn: '2028-10-31',
  quantityBase: 2000,
  shelf: 'A-03-2',
  copies: 1,
}
const longest: Label = {
  ...label,
  itemCode: 'GOWN-ISOLATION-LEVEL-3-LARGE-000001',
  itemName: longName,
  itemNameEn: longNameEn,
  specification: '175 cm × 95 cm，独立包装，50 件/箱',
  gtin: null,
  lot: 'LOT-2026-11-24/ABCDE',
  quantityBase: 99_999_999,
  copies: 2,
}
const options: LabelOptions = {
  kind: 'lot',
  size: labelSizes[0],
  language: 'zh',
  today,
  offset: { xMm: 0, yMm: 0 },
}

let printer: PdfPrinter
beforeAll(async () => {
  printer = await openPdfPrinter()
}, 60_000)
afterAll(() => printer.close())

const keep = (name: string, bytes: Uint8Array) => {
  if (process.env.FRONTSTOCK_SHOTS !== '1') return
  mkdirSync(inProject('.tmp', 'shots'), { recursive: true })
  writeFileSync(inProject('.tmp', 'shots', `${name}.pdf`), bytes)
}
const print = async (labels: readonly Label[], change: Partial<LabelOptions> = {}) => {
  const bytes = await printer.print(labelPapers(labels, { ...options, ...change }))
  keep(`label-${change.kind ?? 'lot'}-${(change.size ?? options.size).id}-${change.language ?? 'zh'}`, bytes)
  return readLabels(bytes)
}

describe('labels as a PDF', { timeout: 120_000 }, () => {
  it.each(labelSizes)(
    'of $id are one page of that size each, and the scanner reads back what they say',
    async (size) => {
      const pages = await print([label, { ...label, gtin: null, lot: 'B(2)/7', copies: 2 }], { size })
      expect(pages).toHaveLength(3)
      for (const page of pages) {
        expect(Math.abs(page.widthMm - size.widthMm)).toBeLessThan(0.2)
        expect(Math.abs(page.heightMm - size.heightMm)).toBeLessThan(0.2)
        expect(page.codes).toHaveLength(1)
      }
      const read = pages.map(({ codes }) => readScan(codes[0]!, today))
      const scanned = { madeOn: null, expiresOn: '2028-10-31', pieces: 2000, packs: null }
      expect(read[0]).toEqual({ ok: true, scanned: { ...scanned, code: '06901234567892', lot: '261101A' } })
      expect(read[1]).toEqual({ ok: true, scanned: { ...scanned, code: 'M-0469', lot: 'B(2)/7' } })
      expect(read[2]).toEqual(read[1])
      for (const word of ['医用外科口罩', '批号', '261101A', '有效期', '2028-10-31', '2,000 只', 'M-0469']) {
        expect(squeeze(pages[0]!.text)).toContain(squeeze(word))
      }
    },
  )

  it('of a shelf say the item, and are read back as it', async () => {
    const [own, gtin] = await print([{ ...label, gtin: null }, label], { kind: 'shelf', language: 'en' })
    expect(readScan(own!.codes[0]!, today)).toMatchObject({ ok: true, scanned: { code: 'M-0469', lot: '' } })
    expect(readScan(gtin!.codes[0]!, today)).toMatchObject({ ok: true, scanned: { code: '06901234567892' } })
    for (const word of ['Surgical mask', 'A-03-2', 'YY 0469-2011']) expect(own!.text).toContain(word)
    expect(own!.text).not.toMatch(/261101A|医用外科口罩/)
  })

  it('of cartons are numbered', async () => {
    const pages = await print([{ ...label, copies: 3 }], { kind: 'carton', size: labelSizes[1] })
    expect(pages.map(({ text }) => /\d \/ 3/.exec(text)?.[0])).toEqual(['1 / 3', '2 / 3', '3 / 3'])
  })

  it('hold the longest names, lots and quantities: nothing is cut, in any language, size or kind', async () => {
    for (const size of labelSizes) {
      for (const kind of labelKinds) {
        for (const language of printLanguages) {
          const which = `${kind} ${size.id} ${language}`
          const papers = labelPapers([longest], { ...options, kind, size, language })
          expect(await printer.overflowOf(papers), which).toEqual([])
          // The fullest of them is decoded; that nothing is cut shows without printing.
          if (language !== 'both') continue
          const pages = await print([longest], { kind, size, language })
          expect(pages, which).toHaveLength(2)
          const text = squeeze(pages[0]!.text)
          expect(text, which).toContain(squeeze(longName))
          expect(text, which).toContain(squeeze(longNameEn))
          if (kind !== 'shelf') expect(text, which).toContain('99,999,999')
          expect(readScan(pages[1]!.codes[0]!, today), which).toMatchObject({
            ok: true,
            scanned: { code: longest.itemCode, ...(kind === 'shelf' ? {} : { lot: longest.lot, pieces: 99_999_999 }) },
          })
        }
      }
    }
  })

  it('move by the offset without taking another page, and a test page says it', async () => {
    const offset = { xMm: -1.5, yMm: 10 }
    const moved = await print([label], { offset })
    expect(moved).toHaveLength(1)
    const bytes = await printer.print(testLabelPapers({ ...options, offset }))
    keep('label-test-page', bytes)
    const [test, ...more] = await readLabels(bytes)
    expect(more).toEqual([])
    expect(test!.text).toContain('X -1.5 mm，Y 10 mm')
    expect(test!.text).toContain('50 × 30 mm')
  })
})
