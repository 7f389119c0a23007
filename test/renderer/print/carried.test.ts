import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deliveryReport } from '../../../renderer/print/delivery-report.tsx'
import { breakTable } from '../../../renderer/print/long-table.tsx'
import type { Papers } from '../../../renderer/print/paper.tsx'
import { allocationReport } from '../../../renderer/print/report-paper.tsx'
import { stockCard } from '../../../renderer/print/stock-card-paper.tsx'
import { createRandom } from '../../db/random.ts'
import { seed } from '../../seed.ts'
import { organisation } from './documents.ts'
import { deliveryDocument, roundReport } from './papers.ts'
import { openPdfPrinter, type PdfPrinter, readPdf } from './pdf-printer.ts'
import { stockCardDocument } from './table-papers.ts'

let printer: PdfPrinter
beforeAll(async () => {
  printer = await openPdfPrinter()
}, 60_000)
afterAll(() => printer.close())

const zh = { language: 'zh', organisation, person: '梁启明' } as const

/** The text of each page, and that the table was printed once, on the pages into which it was cut. */
async function pagesOf(papers: Papers): Promise<string[]> {
  const { bytes, prints } = await printer.make(papers)
  expect(prints).toBe(1)
  return (await readPdf(bytes)).map(({ text }) => text.replaceAll(/\s+/g, ' '))
}

const figures = (text: string | undefined): number[] =>
  (text?.match(/[\d,]+/g) ?? []).map((figure) => Number(figure.replaceAll(',', '')))
const after = (page: string, word: string, count: number): number[] => figures(page.split(word)[1]).slice(0, count)

describe('what is carried from page to page', { timeout: 120_000 }, () => {
  it('on a stock card is what came, what went and the balance so far', async () => {
    const document = stockCardDocument(200, 12_345)
    const oldestFirst = [...document.rows].reverse()
    const pages = await pagesOf(stockCard(document, zh))
    expect(pages.length).toBeGreaterThan(3)
    let done = 0
    for (const [index, page] of pages.entries()) {
      if (index > 0) {
        const sum = (of: 'inBase' | 'outBase') => oldestFirst.slice(0, done).reduce((total, row) => total + row[of], 0)
        const expected = [sum('inBase'), sum('outBase'), oldestFirst[done - 1]!.balanceBase]
        expect(after(page, '承前页', 3), `page ${index + 1}`).toEqual(expected)
        expect(after(pages[index - 1]!, '过次页', 3), `page ${index}`).toEqual(expected)
      }
      done += page.match(/L2002\d{4}/g)!.length
    }
    expect(pages[0]).not.toContain('承前页')
    expect(pages.at(-1)).not.toContain('过次页')
    const last = oldestFirst.at(-1)!
    expect(after(pages.at(-1)!, '共 200 行', 3).at(2)).toBe(last.balanceBase)
  })

  it('in an allocation report is what was asked and given so far, of every item and in packs', async () => {
    const report = roundReport(90, 12)
    // Every unit and item another figure, so that no two sums are alike.
    const random = createRandom(seed)
    const lines = report.lines.map((line) => ({
      ...line,
      needBase: random.between(1, 9000),
      packs: random.between(1, 9),
    }))
    const options = {
      ...zh,
      date: '2020-02-06',
      madeBy: '',
      chosen: { dates: '', towns: '', unitKinds: '', items: '' },
    }
    const pages = await pagesOf(allocationReport({ ...report, lines }, { ...options, measures: ['requested'] }))
    const unitIds = new Map(report.units.map(({ name, unitId }) => [name, unitId]))
    let above: number[] = []
    let carriedOver = 0
    for (const [index, page] of pages.entries()) {
      const isNew = !page.includes('承前页')
      if (isNew) above = []
      const ids = new Set(above)
      const before = lines.filter(({ unitId }) => ids.has(unitId))
      if (!isNew) {
        const found = after(page, '承前页', 40)
        const packs = before.reduce((sum, line) => sum + line.packs, 0)
        const at = found.indexOf(packs)
        expect(at, `page ${index + 1}: ${packs} packs`).toBeGreaterThan(0)
        const sums = new Set(
          report.items.map(({ itemId }) =>
            before.filter((line) => line.itemId === itemId).reduce((sum, line) => sum + line.needBase, 0),
          ),
        )
        for (const figure of found.slice(0, at)) expect(sums, `page ${index + 1}`).toContain(figure)
        expect(after(pages[index - 1]!, '过次页', at + 1)).toEqual(found.slice(0, at + 1))
        carriedOver += 1
      }
      above.push(...(page.match(/(?:大良|容桂|北滘)第\d+防疫卡口/g) ?? []).map((name) => unitIds.get(name)!))
    }
    expect(carriedOver).toBeGreaterThan(2)
  })

  it('in a report of deliveries is the sum of the item that is open, under its name', async () => {
    const document = deliveryDocument(160)
    const pages = await pagesOf(deliveryReport([document], zh))
    expect(pages.length).toBeGreaterThan(3)
    const lineOf = new Map(document.lines.map((line) => [line.lot, line]))
    const seen = new Map<number, number>()
    let carriedOver = 0
    for (const [index, page] of pages.entries()) {
      const [, brought] = page.split('承前页')
      if (brought !== undefined) {
        const item = document.lines.find(({ itemCode }) => brought.trimStart().startsWith(itemCode))!
        const [, rest] = brought.split(item.baseUnit)
        expect(figures(rest)[0], `page ${index + 1}`).toBe(seen.get(item.itemId))
        expect(after(pages[index - 1]!, '过次页', 1)).toEqual([seen.get(item.itemId)])
        carriedOver += 1
      }
      for (const lot of page.match(/L2002\d{4}/g) ?? []) {
        const { itemId, acceptedBase } = lineOf.get(lot)!
        seen.set(itemId, (seen.get(itemId) ?? 0) + acceptedBase)
      }
      // No item's name at the foot of a page without a line under it.
      expect(page).not.toMatch(/(FH-19083|SM-0469|PC-19082|GL-10213|HR-500)[^L]*第 \d+ 页/)
    }
    expect(carriedOver).toBeGreaterThan(1)
    const sums = pages.join(' ').split('小计').slice(1)
    expect(sums.map((text) => figures(text)[1])).toEqual(
      [...new Set(document.lines.map(({ itemCode }) => itemCode))]
        .sort()
        .map((code) => document.lines.reduce((sum, line) => sum + (line.itemCode === code ? line.acceptedBase : 0), 0)),
    )
  })
})

describe('cutting a table into pages', () => {
  const heights = (rows: number[], close = 10) => ({ head: 10, first: 0, rows, carried: 5, close })

  it('fills each page, keeps room for what is carried, and the totals with the last row', () => {
    const ten = Array.from({ length: 10 }, () => 10)
    // 100 hold the header, five to eight rows and what is carried.
    expect(breakTable(heights(ten), 100, 0)).toEqual([0, 8])
    expect(breakTable(heights(ten), 100, 30)).toEqual([0, 5])
    expect(breakTable(heights(ten), 200, 0)).toEqual([0])
    expect(breakTable(heights(ten, 75), 100, 0)).toEqual([0, 8, 9])
    expect(breakTable(heights([]), 100, 0)).toEqual([0])
  })

  it('never exceeds a page, loses no row and parts none that stay together, whatever the heights', () => {
    const random = createRandom(seed)
    for (let round = 0; round < 300; round++) {
      const rows = Array.from({ length: random.between(1, 80) }, () => random.between(3, 30))
      const table = heights(rows, random.between(5, 40))
      const together = (index: number) => index % 5 === 0
      const room = random.between(140, 240)
      const breaks = breakTable(table, room, 20, together)
      expect(breaks[0]).toBe(0)
      for (const [page, from] of breaks.entries()) {
        const next = breaks[page + 1]
        const own = rows.slice(from, next ?? rows.length)
        expect(own.length).toBeGreaterThan(0)
        const used =
          table.head +
          (page === 0 ? 20 : table.carried) +
          own.reduce((sum, height) => sum + height, 0) +
          (next === undefined ? table.close : table.carried)
        expect(used, JSON.stringify({ rows, room, breaks, close: table.close })).toBeLessThanOrEqual(room)
        if (next !== undefined) expect(together(next - 1)).toBe(false)
      }
    }
  })
})
