import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Papers } from '../../../renderer/print/paper.tsx'
import { postingPaper } from '../../../renderer/print/posting-paper.tsx'
import { stockCard } from '../../../renderer/print/stock-card-paper.tsx'
import { stocktakeSheet } from '../../../renderer/print/stocktake-sheet.tsx'
import { longName, longNameEn } from './papers.ts'
import { openPdfPrinter, type PdfPage, type PdfPrinter, readPdf, squeeze } from './pdf-printer.ts'
import { lotNumber, postingDocument, stockCardDocument, stocktakeDocument } from './table-papers.ts'

const organisation = '顺德区新冠肺炎防控指挥部物资保障组'
const zh = { language: 'zh', organisation, person: '梁启明' } as const
const category = { zh: '口罩', en: 'Masks' }

let printer: PdfPrinter
beforeAll(async () => {
  printer = await openPdfPrinter()
}, 60_000)
afterAll(() => printer.close())

const print = async (papers: Papers) => readPdf(await printer.print(papers))
const lotsOn = (page: PdfPage): string[] => squeeze(page.text).match(/L2002\d{4}/g) ?? []
const lots = (count: number) => Array.from({ length: count }, (_, index) => lotNumber(index))

function expectPages(pages: readonly PdfPage[], header: readonly string[], foot: string) {
  for (const [index, page] of pages.entries()) {
    expect(Math.round(page.width)).toBe(595)
    for (const word of header) expect(page.text, `page ${index + 1}`).toContain(word)
    expect(page.text).toContain(`第 ${index + 1} 页 / 共 ${pages.length} 页`)
    expect(squeeze(page.text)).toContain(squeeze(foot))
  }
}

describe('a stock card on paper', { timeout: 60_000 }, () => {
  it.each([1, 30])('has each of %i rows once, the oldest first, under a header row on every page', async (count) => {
    const pages = await print(stockCard(stockCardDocument(count), zh))
    expect(pages.flatMap(lotsOn)).toEqual(lots(count))
    expectPages(pages, ['日期', '单据', '收入', '发出', '结存'], '收发存明细 FH-19083 · 区应急物资一号库')
    expect(squeeze(pages[0]!.text)).toContain('期初结存500')
    const last = pages[pages.length - 1]!
    for (const word of ['制表人', '梁启明', '库管员', '审核人', `共 ${count} 行`]) expect(last.text).toContain(word)
    expect(lotsOn(last)).toContain(lotNumber(count - 1))
  })

  it('ends with the balance that what it began with, came and left make', async () => {
    const pages = await print(stockCard(stockCardDocument(6, 12_345), zh))
    // Four times 1,000 in, twice 700 out.
    expect(squeeze(pages[0]!.text)).toContain('共6行4,0001,40014,945')
    expect(pages[0]!.text).toContain('12,345')
  })

  it('begins with what was counted when the books began, which nobody sent', async () => {
    const document = stockCardDocument(3, 500)
    const opening = document.rows.map((row, index) => (index === 2 ? { ...row, kind: 'opening' } : row))
    const [page] = await print(stockCard({ ...document, rows: opening }, zh))
    const [second, first] = [document.rows[1]!, document.rows[2]!]
    expect(first.inBase).toBeGreaterThan(0)
    expect(lotsOn(page!)).toEqual(lots(3).slice(1))
    const began = second.balanceBase - second.inBase + second.outBase
    expect(squeeze(page!.text)).toContain(`期初结存${began.toLocaleString('en-US')}`)
    expect(page!.text).toContain('共 2 行')
  })

  it('never parts its totals and signatures from the last row, whatever the number of rows', async () => {
    const counts = Array.from({ length: 13 }, (_, index) => 18 + index)
    const cards = counts.map((count) => stockCard(stockCardDocument(count), { ...zh, language: 'both' }))
    const pages = await print({ ...cards[0]!, sections: cards.flatMap(({ sections }) => sections) })
    const signed = pages.filter((page) => page.text.includes('审核人'))
    expect(signed).toHaveLength(counts.length)
    for (const [index, count] of counts.entries()) expect(lotsOn(signed[index]!)).toContain(lotNumber(count - 1))
  })

  it('of nothing says so', async () => {
    const [page] = await print(stockCard(stockCardDocument(0), { ...zh, language: 'en' }))
    expect(page!.text).toContain('Nothing has come or left.')
  })
})

describe('a stocktake sheet on paper', { timeout: 60_000 }, () => {
  it.each([1, 30])('has each of %i lots once, with a column to write in on every page', async (count) => {
    const pages = await print(stocktakeSheet(stocktakeDocument(count), { ...zh, category }))
    expect(pages.flatMap(lotsOn)).toEqual(lots(count))
    expectPages(pages, ['品名', '批号', '账面数', '实盘数', '原因'], '盘点表 PD20200206-0001')
    const last = pages[pages.length - 1]!
    for (const word of ['盘点人', '监盘人', '库管员', `共 ${count} 行`]) expect(last.text).toContain(word)
    expect(lotsOn(last)).toContain(lotNumber(count - 1))
  })

  it('when blind says no book figure, not even of a lot that is counted', async () => {
    const document = stocktakeDocument(3, { blind: true })
    const lines = document.lines.map((line) => ({ ...line, countedBase: 76_000, varianceBase: -1_000 }))
    const [page] = await print(stocktakeSheet({ ...document, lines }, { ...zh, language: 'both', category }))
    for (const word of ['账面数 ', 'Variance', '77,00', '76,000', '-1,000']) expect(page!.text).not.toContain(word)
    expect(page!.text).toContain('盲盘')
  })

  it('of a posted stocktake has what was found', async () => {
    const document = stocktakeDocument(1, { state: 'posted' })
    const lines = document.lines.map((line) => ({
      ...line,
      countedBase: 76_900,
      varianceBase: -100,
      unitPriceFen: 150,
      reason: '破损',
    }))
    const [page] = await print(stocktakeSheet({ ...document, lines }, { ...zh, category }))
    expect(squeeze(page!.text)).toContain('77,00076,900-100−150.00破损')
    expect(squeeze(page!.text)).toContain('盘盈0.00元，盘亏−150.00元；0行没有单价')
  })

  it('cuts neither a name of forty characters nor a number of twelve digits', async () => {
    const document = stocktakeDocument(2, {}, true)
    const [page] = await print(stocktakeSheet(document, { ...zh, language: 'both', category }))
    const text = squeeze(page!.text)
    expect(text.split(squeeze(longName)).length - 1).toBe(2)
    expect(text.split(squeeze(longNameEn)).length - 1).toBe(2)
    expect(page!.text).toContain('123,456,789,012')
  })
})

describe('a posting on paper', { timeout: 60_000 }, () => {
  it.each([
    ['return', '退库单', 'Return slip'],
    ['write-off', '报损单', 'Write-off slip'],
    ['transfer', '移库单', 'Transfer slip'],
    ['correction', '更正单', 'Correction slip'],
  ] as const)('of a %s is a %s', async (kind, title, titleEn) => {
    const papers = postingPaper(postingDocument(30, kind, { corrects: 'RK20200205-0001' }), {
      language: 'both',
      organisation,
    })
    const pages = await print(papers)
    expect(pages.flatMap(lotsOn)).toEqual(lots(30))
    for (const word of [title, titleEn, '外箱破损', '陈国华', 'RK20200205-0001']) {
      expect(pages[0]!.text).toContain(word)
    }
    expect(pages[pages.length - 1]!.text).toContain('盖章处')
  })
})
