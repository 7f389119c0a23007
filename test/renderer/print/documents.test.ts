import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Papers, type PrintLanguage, paperWord, printLanguages } from '../../../renderer/print/paper.tsx'
import { documents, markOf, type PrintedDocument } from './documents.ts'
import { longName, longNameEn } from './papers.ts'
import { openPdfPrinter, type PdfPage, type PdfPrinter, readPdf, squeeze } from './pdf-printer.ts'

/**
 * Every document of the program at one line, at thirty and with the longest names, in each language: all of them in one
 * print, in which each has pages of its own. And at a thousand lines.
 */
let printer: PdfPrinter
beforeAll(async () => {
  printer = await openPdfPrinter()
}, 60_000)
afterAll(() => printer.close())

type Printed = { readonly document: PrintedDocument; readonly pages: readonly PdfPage[] }

async function printAll(
  some: readonly PrintedDocument[],
  lines: number,
  language: PrintLanguage,
  long: boolean,
): Promise<Printed[]> {
  const each = some.map((document) => ({ document, papers: document.papers(lines, language, long) }))
  const papers: Papers = { title: '全部', language, sections: each.flatMap(({ papers: { sections } }) => sections) }
  const pages = await readPdf((await printer.make(papers)).bytes)
  const bySection = splitPages(pages)
  expect(bySection).toHaveLength(papers.sections.length)
  return each.map(({ document, papers: { sections } }) => ({
    document,
    pages: bySection.splice(0, sections.length).flat(),
  }))
}

const foot = /第 (\d+) 页 \/ 共 (\d+) 页|Page (\d+) of (\d+)/g

/** Pages by document: each begins with its page 1 and says how many it has. */
function splitPages(pages: readonly PdfPage[]): PdfPage[][] {
  const split: PdfPage[][] = []
  for (const page of pages) {
    const found = [...page.text.matchAll(foot)].at(-1)
    if (Number(found?.[1] ?? found?.[3]) === 1) split.push([])
    split.at(-1)?.push(page)
  }
  for (const own of split) {
    for (const [index, page] of own.entries()) {
      for (const [, n, m, nEn, mEn] of [...page.text.matchAll(foot)].slice(-1)) {
        expect([Number(n ?? nEn), Number(m ?? mEn)], page.text.slice(-200)).toEqual([index + 1, own.length])
      }
    }
  }
  return split
}

const marksOn = (page: PdfPage): string[] => squeeze(page.text).match(/L2002\d{4}/g) ?? []

/** In both languages the second one stands under the first, and the reader's order of the pieces is not the page's. */
function wordsIn(language: PrintLanguage, key: Parameters<typeof paperWord>[1]): string[] {
  return (language === 'both' ? (['zh', 'en'] as const) : [language]).map((one) => squeeze(paperWord(one, key)))
}

/** No two pieces of a line over one another, and none outside the margins. */
function expectNothingCut(page: PdfPage, name: string) {
  const pieces = page.pieces.filter(({ text }) => text.trim() !== '')
  const outside = pieces.filter(({ x, width }) => x <= 27 || x + width >= page.width - 27)
  expect(outside, name).toEqual([])
  const byLine = Map.groupBy(pieces, ({ y }) => Math.round(y * 2))
  for (const line of byLine.values()) {
    line.sort((a, b) => a.x - b.x)
    const over = line.filter(({ x }, index) => {
      const before = line[index - 1]
      return before !== undefined && x <= before.x + before.width - 1.5
    })
    if (over.length > 0) expect(over, `${name}: ${line.map(({ text }) => text).join(' | ')}`).toEqual([])
  }
}

function expectWhole({ document, pages }: Printed, lines: number, language: PrintLanguage) {
  const { name, header, signers } = document
  const copies = document.copies?.(lines) ?? 1
  const marks = Array.from({ length: lines }, (_, index) => markOf(index))
  const found = pages.flatMap(marksOn)
  // A long name has its mark in each language, and a wide report each unit on each of its parts.
  const times = found.length / (lines * copies)
  expect([1, 2, 4, 6], name).toContain(times)
  // A pick list and a report have an order of their own.
  expect([...new Set(found)].sort(), name).toEqual(marks)
  for (const page of pages) {
    if (marksOn(page).length > 0) {
      const text = squeeze(page.text)
      for (const word of header.flatMap((key) => wordsIn(language, key)))
        expect(text, `${name}: ${word}`).toContain(word)
    }
    expectNothingCut(page, name)
  }
  const last = squeeze(pages.at(-1)!.text)
  expect(marksOn(pages.at(-1)!), name).not.toHaveLength(0)
  if (!['拣货单', '入库明细表'].includes(name)) expect(marksOn(pages.at(-1)!), name).toContain(marks.at(-1))
  for (const word of signers.flatMap((key) => wordsIn(language, key))) expect(last, `${name}: ${word}`).toContain(word)
}

describe.each(printLanguages)('all documents on paper, language %s', { timeout: 120_000 }, (language) => {
  it.each([
    [1, 1],
    [30, 3],
  ])('have each of %i lines once and their signatures with the last, on %i pages at most', async (lines, most) => {
    for (const one of await printAll(documents, lines, language, false)) {
      expectWhole(one, lines, language)
      expect(one.pages.length / (one.document.copies?.(lines) ?? 1), one.document.name).toBeLessThanOrEqual(most)
    }
  })

  // Each of them in one of the three languages: a thousand lines are thirty pages and more. And each in a print of its
  // own, as from its screen: in a pile, one wrong guess of how many pages it takes prints all of them once more.
  it('have each of 1,000 lines once and their signatures with the last', async () => {
    const turn = printLanguages.indexOf(language)
    const some = documents.filter((_, index) => index % printLanguages.length === turn)
    for (const document of some) {
      const [one] = await printAll([document], 1000, language, false)
      expectWhole(one!, 1000, language)
      const pages = one!.pages.length / (document.copies?.(1000) ?? 1)
      expect(pages, document.name).toBeGreaterThanOrEqual(18)
      expect(pages, document.name).toBeLessThanOrEqual(125)
    }
  })

  it('cut neither names of forty characters nor numbers of twelve digits', async () => {
    for (const one of await printAll(documents, 4, language, true)) {
      expectWhole(one, 4, language)
      const text = one.pages.map((page) => page.text).join('\n')
      const name = language === 'en' ? longNameEn : longName
      if (one.document.name !== '公示' || language !== 'en')
        expect(squeeze(text), one.document.name).toContain(squeeze(name))
      expect(text, one.document.name).toContain('123,456,789,012')
    }
  })
})
