import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { allocationSlips } from '../../../renderer/print/allocation-slip.tsx'
import { withContents } from '../../../renderer/print/contents.tsx'
import { addBookmarks } from '../../../renderer/print/pdf-bookmarks.ts'
import { organisation } from './documents.ts'
import { slipDocument } from './papers.ts'
import { openPdfPrinter, type PdfPrinter, readPdf } from './pdf-printer.ts'

let printer: PdfPrinter
beforeAll(async () => {
  printer = await openPdfPrinter()
}, 60_000)
afterAll(() => printer.close())

const numberOf = (index: number): string => `DB20200206-${String(index + 1).padStart(4, '0')}`

it.each([
  [1, 1],
  [3, 2],
] as const)('a round in one file begins with which slip stands on which page, in %i copies', async (copies, prints) => {
  // One in seven slips is long and takes pages of its own.
  const documents = Array.from({ length: 44 }, (_, index) =>
    slipDocument(index % 20 === 3 ? 45 : 3, {
      slipId: index + 1,
      number: numberOf(index),
      unitName: `第${index + 1}卡口`,
    }),
  )
  const options = { language: 'zh', organisation, date: '2020-02-06' } as const
  const papers = withContents(allocationSlips(documents, { ...options, copies }), documents, options)
  // One print where the guess of the pages was right, two at most.
  const made = await printer.make(papers)
  expect(made.prints).toBeLessThanOrEqual(prints + 1)
  const pages = await readPdf(made.bytes)
  const contents = pages.filter(({ text }) => text.includes('文件页码'))
  expect(contents.length).toBeGreaterThan(1)
  for (const [index, page] of contents.entries()) {
    expect(page.text).toContain(`第 ${index + 1} 页 / 共 ${contents.length} 页`)
  }
  const rows = contents.flatMap(({ text }) => [
    ...text.replaceAll(/\s+/g, ' ').matchAll(/第(\d+)卡口 ?大良 ?(DB20200206-\d{4}) ?(\d+)/g),
  ])
  expect(rows.map(([, unit]) => Number(unit))).toEqual(documents.map((_, index) => index + 1))
  for (const [, unit, number, page] of rows) {
    const { text } = pages[Number(page) - 1]!
    expect(text, `page ${page}`).toContain(number)
    expect(text).toContain(`第${unit}卡口`)
    expect(text).toContain('第 1 页 / 共')
    if (copies === 3) expect(text).toContain('第一联')
  }

  // And so do the bookmarks of the file.
  const task = getDocument({ data: Uint8Array.from(made.bytes), verbosity: 0 })
  const pdf = await task.promise
  const outline = await pdf.getOutline()
  expect(outline).toHaveLength(1 + documents.length * copies)
  expect(outline[0]!.title).toBe('目录')
  for (const [index, { title, dest }] of outline.entries()) {
    if (index === 0) continue
    const page = await pdf.getPageIndex((dest as [{ num: number; gen: number }])[0])
    expect(pages[page]!.text).toContain(title.split(' ')[0])
    expect(pages[page]!.text).toContain('第 1 页 / 共')
  }
  // Each row of the contents leads there as well.
  const links = (await (await pdf.getPage(1)).getAnnotations()).filter(({ subtype }) => subtype === 'Link')
  expect(links.length).toBeGreaterThan(20)
  await task.destroy()
})

it('leaves a file as it is that is built in another way', () => {
  for (const text of [
    '',
    'no PDF',
    '%PDF-1.5\nstartxref\n9\n%%EOF',
    '%PDF-1.4\nxref\n0 2\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n',
  ]) {
    const bytes = new TextEncoder().encode(text)
    expect(addBookmarks(bytes, [{ title: '目录', page: 1 }])).toBe(bytes)
  }
})
