import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { allocationSlips } from '../../../renderer/print/allocation-slip.tsx'
import { goodsReceipts } from '../../../renderer/print/goods-receipt.tsx'
import { makePapersPdf } from '../../../renderer/print/make-pdf.ts'
import type { Papers } from '../../../renderer/print/paper.tsx'
import { pickLists } from '../../../renderer/print/pick-list.tsx'
import { allocationReport } from '../../../renderer/print/report-paper.tsx'
import { deliveryDocument, longName, longNameEn, roundReport, slipDocument } from './papers.ts'
import { openPdf, openPdfPrinter, type PdfPage, type PdfPrinter, readPdf, squeeze } from './pdf-printer.ts'

const organisation = '顺德区新冠肺炎防控指挥部物资保障组'
const chosen = { dates: '', towns: '', unitKinds: '', items: '' }
const reportOptions = {
  language: 'zh',
  organisation,
  date: '2020-02-06',
  madeBy: '梁启明',
  measures: [],
  chosen,
} as const

let printer: PdfPrinter
beforeAll(async () => {
  printer = await openPdfPrinter()
}, 60_000)
afterAll(() => printer.close())

const print = async (papers: Papers) => readPdf(await printer.print(papers))
/** As the preview makes it, with the pages counted. */
async function makePdf(papers: Papers): Promise<{ pages: PdfPage[]; rounds: number }> {
  const { bytes, prints } = await printer.make(papers)
  return { pages: await readPdf(bytes), rounds: prints }
}
const lotsOn = (page: PdfPage): string[] => squeeze(page.text).match(/L2002\d{4}/g) ?? []

describe('a goods receipt on paper', { timeout: 60_000 }, () => {
  it.each([1, 30])('has each of %i lines once, in order, under a header row on every page', async (count) => {
    const pages = await print(goodsReceipts([deliveryDocument(count)], { language: 'zh', organisation }))
    const document = deliveryDocument(count)
    expect(pages.flatMap(lotsOn)).toEqual(document.lines.map((line) => line.lot))
    for (const [index, page] of pages.entries()) {
      expect(Math.round(page.width)).toBe(595)
      expect(Math.round(page.height)).toBe(842)
      for (const word of ['序号', '品名', '规格型号', '批号', '有效期', '执行标准']) expect(page.text).toContain(word)
      expect(page.text).toContain(`第 ${index + 1} 页 / 共 ${pages.length} 页`)
      expect(page.text).toContain('RK20200206-0007')
    }
    expect(pages.length).toBe(count === 30 ? 2 : 1)
    const last = pages[pages.length - 1]!
    for (const word of ['采购', '质检', '库管', '制单人', '陈国华', '盖章处', `共 ${count} 行`]) {
      expect(last.text).toContain(word)
    }
  })

  it('says what was rejected and why', async () => {
    const document = deliveryDocument(2)
    const lines = document.lines.map((line) => ({
      ...line,
      acceptedBase: 900,
      rejectedBase: 60,
      rejectReason: '外箱破损',
    }))
    const [page] = await print(goodsReceipts([{ ...document, lines }], { language: 'both', organisation }))
    expect(squeeze(page!.text)).toContain('拒收60：外箱破损rejected60:外箱破损')
  })
})

describe('an allocation slip on paper', { timeout: 60_000 }, () => {
  it('says from where, to whom, of which round, and who signs', async () => {
    const [page] = await print(allocationSlips([slipDocument(3)], { language: 'zh', organisation, copies: 1 }))
    for (const word of [
      '调拨单（出库单）',
      'DB20200206-0021',
      'FP20200206-0002',
      '区应急物资一号库',
      '顺德区第一人民医院发热门诊',
      '黎淑仪',
      '0757-22318000',
      '甲子路 1 号',
      '需求数',
      '本次数量',
      '3 盒 × 50',
      '发后可用 7.5 天',
      '合计 9 个整包装',
      '领用人',
      '领用部门负责人',
      '库管员',
      '制单人',
      '审批人',
      '梁启明',
      '盖章处',
      '第 1 页 / 共 1 页',
    ])
      expect(page!.text, word).toContain(word)
  })

  it('never parts the signatures from the last line, whatever the number of lines', async () => {
    const documents = Array.from({ length: 22 }, (_, index) => slipDocument(12 + index, { number: `DB-${12 + index}` }))
    const pages = await print(allocationSlips(documents, { language: 'zh', organisation, copies: 1 }))
    const signed = pages.filter((page) => page.text.includes('领用部门负责人'))
    expect(signed).toHaveLength(documents.length)
    for (const [index, page] of signed.entries()) {
      const last = documents[index]!.lines[documents[index]!.lines.length - 1]!
      expect(lotsOn(page), `${documents[index]!.lines.length} lines`).toContain(last.lot)
      expect(page.text).toContain('盖章处')
    }
  })

  it('counts the pages of each slip by itself, whatever the first guess was', async () => {
    const slips = [2, 60, 1, 30].map((lines, index) => slipDocument(lines, { number: `DB-${index + 1}` }))
    const papers = allocationSlips(slips, { language: 'both', organisation, copies: 1 })
    const { pages, rounds } = await makePdf({
      ...papers,
      sections: papers.sections.map((section) => ({ ...section, likelyPages: 1 })),
    })
    expect(rounds).toBe(2)
    const numbers = pages.map((page) => page.text.match(/DB-\d/g)!.at(-1)!)
    for (const number of ['DB-1', 'DB-2', 'DB-3', 'DB-4']) {
      const mine = pages.filter((_, index) => numbers[index] === number)
      for (const [index, page] of mine.entries()) {
        const n = index + 1
        expect(page.text).toContain(`第 ${n} 页 / 共 ${mine.length} 页 · Page ${n} of ${mine.length}`)
      }
    }
    expect(numbers.filter((number) => number === 'DB-2').length).toBeGreaterThan(2)
    expect(numbers).toEqual([...numbers].sort())
  })

  it('is printed once when the guess was right', async () => {
    const slips = Array.from({ length: 12 }, (_, index) => slipDocument(3, { number: `DB-${index + 10}` }))
    const { pages, rounds } = await makePdf(allocationSlips(slips, { language: 'zh', organisation, copies: 1 }))
    expect(rounds).toBe(1)
    expect(pages.map((page) => page.text.match(/DB-\d+/)![0])).toEqual(slips.map((slip) => slip.head.number))
    for (const page of pages) expect(page.text).toContain('第 1 页 / 共 1 页')
  })

  it('with few lines but very long texts is still counted right', async () => {
    const long = slipDocument(9, { number: 'DB-2' })
    const lines = long.lines.map((line) => ({ ...line, itemName: longName.repeat(4), lot: 'L'.repeat(90) }))
    const slips = [slipDocument(2, { number: 'DB-1' }), { ...long, lines }, slipDocument(2, { number: 'DB-3' })]
    const { pages, rounds } = await makePdf(allocationSlips(slips, { language: 'zh', organisation, copies: 1 }))
    expect(rounds).toBe(3)
    const feet = pages.map((page) => page.text.match(/第 \d+ 页 \/ 共 \d+ 页/g)!.at(-1))
    const middle = pages.length - 2
    expect(middle).toBeGreaterThan(1)
    expect(feet).toEqual([
      '第 1 页 / 共 1 页',
      ...Array.from({ length: middle }, (_, index) => `第 ${index + 1} 页 / 共 ${middle} 页`),
      '第 1 页 / 共 1 页',
    ])
  })

  it('stops when it is cancelled', async () => {
    const slips = Array.from({ length: 40 }, () => slipDocument(3))
    const cancel = new AbortController()
    const made = makePapersPdf(allocationSlips(slips, { language: 'zh', organisation, copies: 3 }), {
      fontFaces: '',
      makePdf: () => Promise.reject(new Error('printed after all')),
      openPdf,
      openRuler: printer.openRuler,
      onProgress: (progress) => {
        if (progress.stage === 'lay-out' && progress.done > 30) cancel.abort()
      },
      signal: cancel.signal,
    })
    await expect(made).rejects.toThrow('abort')
  })

  it('comes in three copies for the unit, the storekeeper and the accounts', async () => {
    const pages = await print(allocationSlips([slipDocument(2)], { language: 'zh', organisation, copies: 3 }))
    expect(pages).toHaveLength(3)
    for (const [index, copy] of ['第一联 领用单位', '第二联 库管', '第三联 记账'].entries()) {
      expect(pages[index]!.text).toContain(copy)
      expect(pages[index]!.text).toContain('第 1 页 / 共 1 页')
    }
  })

  it('cuts neither a name of forty characters nor a number of twelve digits, in any language', async () => {
    for (const language of ['zh', 'en', 'both'] as const) {
      const document = slipDocument(2, { unitName: longName, unitNameEn: longNameEn })
      const lines = document.lines.map((line) => ({
        ...line,
        itemName: longName,
        itemNameEn: longNameEn,
        specification: longName,
        lot: 'LOT-2020-0000-1111-2222-3333-4444-5555-6',
        needBase: 123_456_789_012,
        quantityBase: 987_654_321_098,
        packs: 123_456_789_012,
      }))
      const pages = await print(allocationSlips([{ ...document, lines }], { language, organisation, copies: 1 }))
      const text = squeeze(pages.map((page) => page.text).join(''))
      if (language !== 'en') expect(text.split(squeeze(longName)).length - 1).toBeGreaterThanOrEqual(3)
      if (language !== 'zh') expect(text.split(squeeze(longNameEn)).length - 1).toBeGreaterThanOrEqual(3)
      expect(text).toContain('LOT-2020-0000-1111-2222-3333-4444-5555-6')
      // Numbers never wrap: they are whole in the text as it stands.
      expect(pages[0]!.text).toContain('123,456,789,012')
      expect(pages[0]!.text).toContain('987,654,321,098')
    }
  })

  it('is all inside the page: nothing is cut at the right edge', async () => {
    const { getDocument } = await import('pdfjs-dist/legacy/build/pdf.mjs')
    const document = slipDocument(1)
    const lines = document.lines.map((line) => ({
      ...line,
      itemName: longName,
      needBase: 123_456_789_012,
      quantityBase: 987_654_321_098,
    }))
    const bytes = await printer.print(
      allocationSlips([{ ...document, lines }], { language: 'both', organisation, copies: 1 }),
    )
    const task = getDocument({ data: Uint8Array.from(bytes), verbosity: 0 })
    const page = await (await task.promise).getPage(1)
    const content = await page.getTextContent()
    const right = content.items.map((item) => ('str' in item ? (item.transform[4] as number) + item.width : 0))
    await task.destroy()
    // 12 mm of margin are 34 points.
    expect(Math.max(...right)).toBeLessThan(595 - 33)
  })

  it('says for what a substitute stands', async () => {
    const document = slipDocument(1)
    const lines = [{ ...document.lines[0]!, substituteFor: '医用防护口罩', substituteForEn: 'Medical protective mask' }]
    const [page] = await print(allocationSlips([{ ...document, lines }], { language: 'en', organisation, copies: 1 }))
    expect(page!.text.replace(/\s+/g, ' ')).toContain('in place of Medical protective mask')
  })

  it('of a cancelled slip says so', async () => {
    const [page] = await print(
      allocationSlips([slipDocument(1, { state: 'cancelled' })], { language: 'both', organisation, copies: 1 }),
    )
    expect(page!.text).toContain('已作废 CANCELLED')
  })

  it('has the rare characters and signs that names and remarks need', async () => {
    const rare = '珺喆堃璟①≥→✓℃Ⅲ'
    const [page] = await print(
      allocationSlips([slipDocument(1, { contact: rare })], { language: 'zh', organisation, copies: 1 }),
    )
    expect(squeeze(page!.text)).toContain(rare)
  })

  const asked = { organisation, copies: 1, reasons: true } as const

  it('says why each line is what it is when asked, in the language of the paper or in both, and not unasked', async () => {
    const zh = '理由：第 4 级“倾斜补足”，补到 7 天；货已分完，余下的给了会更早用完的单位；可用 1.9 → 7.5 天；'
    const en = 'Why: rung 4, Tilted to the front, up to 7 days; supply ended; the rest went to units that would run out'
    for (const [language, said] of [
      ['zh', [zh]],
      ['en', [en]],
      ['both', [zh, en]],
    ] as const) {
      const [page] = await print(allocationSlips([slipDocument(1)], { ...asked, language }))
      for (const words of said) expect(squeeze(page!.text)).toContain(squeeze(words))
      expect(squeeze(page!.text).includes(squeeze(en))).toBe(language !== 'zh')
    }
    const [silent] = await print(allocationSlips([slipDocument(1)], { organisation, copies: 1, language: 'zh' }))
    expect(silent!.text).not.toContain('理由')
  })

  it('says the reason once for the lots of one item, and its own for every reason and none', async () => {
    const { head, lines } = slipDocument(10)
    const why = lines[0]!.why!
    const reasons = ['pin', 'need', 'floor', 'level', 'tie', 'cap', 'expiry', 'source']
    const different = reasons.map((reason, index) => ({
      ...lines[index]!,
      why: { ...why, reason, rung: reason === 'pin' ? 0 : 2, rungDays: reason === 'pin' ? null : 2, rungName: '' },
    }))
    const second = { ...lines[7]!, lot: 'L-SECOND', why: different[7]!.why }
    const silent = { ...lines[8]!, why: null }
    const document = { head, lines: [...different, second, silent] }
    const text = squeeze(
      (await print(allocationSlips([document], { ...asked, language: 'zh' }))).map((p) => p.text).join(' '),
    )
    expect(text.match(/理由：/g)).toHaveLength(8)
    expect(text).toContain(squeeze('理由：由审批人指定，不按策略；'))
    expect(text).toContain(squeeze('理由：第 2 级“Tilted to the front”，补到 2 天；14 天的需求已满足；'))
    expect(text).not.toMatch(/\{\{|why-|undefined/)
  })

  it.each([1, 30, 400])('keeps each reason whole on the page of its line, of %i lines', async (count) => {
    const pages = await print(allocationSlips([slipDocument(count)], { ...asked, language: 'both' }))
    const places: number[] = []
    for (const page of pages) {
      const text = squeeze(page.text)
      const here = [...text.matchAll(/排第(\d+)位/g)].map((match) => Number(match[1]))
      expect([...text.matchAll(/number(\d+)inline/g)].map((match) => Number(match[1]))).toEqual(here)
      expect(lotsOn(page)).toHaveLength(here.length)
      places.push(...here)
    }
    expect(places).toEqual(Array.from({ length: count }, (_, index) => index + 31))
    expect(squeeze(pages.at(-1)!.text)).toContain(squeeze('盖章处'))
  })

  it.each([30])('of %i lines loses none', async (count) => {
    const pages = await print(allocationSlips([slipDocument(count)], { language: 'zh', organisation, copies: 1 }))
    expect(pages.flatMap(lotsOn)).toEqual(slipDocument(count).lines.map((line) => line.lot))
    for (const page of pages) expect(page.text).toContain('本次数量')
  })
})

describe('a pick list on paper', { timeout: 60_000 }, () => {
  it('has a sheet for each depot with what to take, for whom, and room for the difference', async () => {
    const pages = await print(
      pickLists([slipDocument(4), slipDocument(4, { depotId: 4, depotName: '二号库', unitName: '容桂医院' })], {
        language: 'zh',
        organisation,
        date: '2020-02-06',
      }),
    )
    expect(pages).toHaveLength(2)
    expect(pages[0]!.text).toContain('区应急物资一号库')
    expect(pages[1]!.text).toContain('二号库')
    for (const word of ['拣货单', '差异', '去向', '拣货人', '复核人', '共 4 行', '合计 12 个整包装']) {
      expect(pages[0]!.text, word).toContain(word)
    }
    expect(squeeze(pages[1]!.text)).toContain('容桂医院3')
  })
})

describe('an allocation report on paper', { timeout: 60_000 }, () => {
  it('lies across the page, repeats its header rows and spreads its items over pages, losing none', async () => {
    const pages = await print(allocationReport(roundReport(60, 12), reportOptions))
    const text = squeeze(pages.map((page) => page.text).join(''))
    for (const page of pages) {
      expect(page.width).toBeGreaterThan(page.height)
      for (const word of ['单位名称', '级别', '需求', '分配', '可用天数']) expect(page.text).toContain(word)
    }
    for (const item of roundReport(60, 12).items) expect(text).toContain(squeeze(item.name))
    const parts = [...text.matchAll(/第(\d)部分\/共(\d)部分/g)]
    expect([...new Set(parts.map((found) => found[1]))]).toEqual(
      Array.from({ length: Number(parts[0]![2]) }, (_, index) => String(index + 1)),
    )
    // Every unit stands once in each part.
    for (const unit of roundReport(60, 12).units) {
      expect(text.split(unit.name).length - 1).toBe(Number(parts[0]![2]))
    }
    // Totals close each part; the report is signed once, at its end.
    expect(text.match(/合计30,000/g)).toHaveLength(1)
    expect(pages.filter((page) => page.text.includes('审核人'))).toHaveLength(1)
    expect(pages.at(-1)!.text).toContain('审核人')
    expect(pages.at(-1)!.text).toContain(`第 ${pages.length} 页 / 共 ${pages.length} 页`)
  })

  it('makes columns wide enough for twelve digits', async () => {
    const report = roundReport(2, 3)
    const lines = report.lines.map((line) => ({
      ...line,
      packs: 1,
      packSizeBase: 98_765_432_109,
      quantityBase: 98_765_432_109,
      needBase: 123_456_789_012,
    }))
    const bytes = await printer.print(allocationReport({ ...report, lines }, reportOptions))
    const pages = await readPdf(bytes)
    const text = pages.map((page) => page.text).join('\n')
    expect(text.match(/123,456,789,012/g)).toHaveLength(6)
    expect(text.match(/197,530,864,218/g)).toHaveLength(3)
  })

  it('shows one figure an item when that is asked for, and says when there is nothing', async () => {
    const pages = await print(allocationReport(roundReport(5, 9), { ...reportOptions, measures: ['allocated'] }))
    expect(pages).toHaveLength(1)
    expect(pages[0]!.text).not.toContain('可用天数')
    const [empty] = await print(
      allocationReport({ rounds: [], units: [], items: [], lines: [] }, { ...reportOptions, language: 'both' }),
    )
    expect(empty!.text).toContain('所选范围内没有分配记录')
    expect(empty!.text).toContain('Nothing was allocated')
  })
})
