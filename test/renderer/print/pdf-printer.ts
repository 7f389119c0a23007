import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import type { Page } from 'playwright-core'
import { cutPapers, makePapersPdf, type PdfReading } from '../../../renderer/print/make-pdf.ts'
import { type Papers, papersHtml } from '../../../renderer/print/paper.tsx'
import { measureIn, type OpenRuler } from '../../../renderer/print/ruler.ts'
import { closeChromium, launchChromium } from '../../e2e/chromium.ts'

const project = join(import.meta.dirname, '..', '..', '..')
const fontFolder = join(project, 'node_modules', '@fontsource', 'noto-sans-sc')
const origin = 'http://paper.test'

/** The font rules as the application's bundle has them: addresses at the page's own origin. */
export const fontFaces = ['400.css', '700.css']
  .map((name) => readFileSync(join(fontFolder, name), 'utf8').replaceAll('url(./files/', `url(${origin}/fonts/`))
  .join('\n')

/** Where a piece of text stands, in points from the left and from the bottom. */
export type PdfPiece = { readonly text: string; readonly x: number; readonly y: number; readonly width: number }
export type PdfPage = {
  readonly text: string
  readonly width: number
  readonly height: number
  readonly pieces: readonly PdfPiece[]
}

export type PdfPrinter = {
  /** Prints in real headless Chromium, once. */
  readonly print: (papers: Papers) => Promise<Uint8Array>
  readonly printHtml: (html: string) => Promise<Uint8Array>
  /** Classes of boxes of a label that hold more than there is room for, or stand beyond its edge. */
  readonly overflowOf: (papers: Papers) => Promise<string[]>
  /** As the preview makes it: long tables cut into pages, pages counted. */
  readonly make: (papers: Papers) => Promise<{ readonly bytes: Uint8Array; readonly prints: number }>
  readonly openRuler: (page: string) => Promise<OpenRuler>
  readonly close: () => Promise<void>
}

export async function openPdfPrinter(): Promise<PdfPrinter> {
  const browser = await launchChromium()
  const openPage = async (html: string) => {
    const page = await browser.newPage({ javaScriptEnabled: true })
    const missing: string[] = []
    await page.route(`${origin}/**`, async (route) => {
      const path = new URL(route.request().url()).pathname
      if (path === '/') return route.fulfill({ contentType: 'text/html; charset=utf-8', body: html })
      if (!path.startsWith('/fonts/')) {
        missing.push(path)
        return route.abort()
      }
      return route.fulfill({
        contentType: 'font/woff2',
        body: readFileSync(join(fontFolder, 'files', path.slice('/fonts/'.length))),
      })
    })
    await page.goto(`${origin}/`)
    return { page, missing }
  }
  const withPage = async <Value>(html: string, work: (page: Page) => Promise<Value>): Promise<Value> => {
    const { page, missing } = await openPage(html)
    try {
      await page.evaluate('document.fonts.ready.then(() => 0)')
      if (missing.length > 0) throw new Error(`the document asks for ${missing.join(', ')}`)
      return await work(page)
    } finally {
      await page.close()
    }
  }
  const printHtml = (html: string) =>
    withPage(html, (page) => page.pdf({ preferCSSPageSize: true, printBackground: true }))
  const openRuler = async (html: string): Promise<OpenRuler> => {
    const { page } = await openPage(html)
    const measure = `(html) => (${measureIn.toString()})(document, html)`
    return {
      measure: async (piece) => (await page.evaluate(`(${measure})(${JSON.stringify(piece)})`)) as number[],
      close: () => void page.close(),
    }
  }
  const { signal } = new AbortController()
  const onProgress = () => {}
  return {
    async print(papers) {
      const cut = await cutPapers(papers, { fontFaces, openRuler, onProgress, signal })
      return printHtml(papersHtml(papers, cut))
    },
    printHtml,
    overflowOf: (papers) => withPage(papersHtml(papers, { fontFaces }), overflowing),
    async make(papers) {
      let prints = 0
      const makePdf = (html: string) => {
        prints += 1
        return printHtml(html)
      }
      const { bytes } = await makePapersPdf(papers, { fontFaces, makePdf, openPdf, openRuler, onProgress, signal })
      return { bytes, prints }
    },
    openRuler,
    close: closeChromium,
  }
}

const overflowing = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('.sheet')].flatMap((sheet) => {
      const edge = sheet.getBoundingClientRect()
      return [...sheet.querySelectorAll('div, dl, dd, svg')].flatMap((element) => {
        const box = element.getBoundingClientRect()
        const beyond = box.right > edge.right || box.bottom > edge.bottom || box.left < edge.left || box.top < edge.top
        // A pixel for rounding.
        const full = element.scrollHeight > element.clientHeight + 1 && getComputedStyle(element).display !== 'inline'
        return beyond || full ? [`${element.tagName} ${element.getAttribute('class')} ${element.textContent}`] : []
      })
    }),
  )

/** The text of each page, pieces joined as they stand, and the page's size in points. */
export async function readPdf(bytes: Uint8Array): Promise<PdfPage[]> {
  const task = getDocument({ data: Uint8Array.from(bytes), verbosity: 0 })
  const pdf = await task.promise
  const pages: PdfPage[] = []
  for (let number = 1; number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number)
    const content = await page.getTextContent()
    const [, , width, height] = page.view as [number, number, number, number]
    const text = content.items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join('')
    const pieces = content.items.flatMap((item) =>
      'str' in item
        ? [{ text: item.str, x: Number(item.transform[4]), y: Number(item.transform[5]), width: item.width }]
        : [],
    )
    pages.push({ text, width, height, pieces })
    page.cleanup()
  }
  await task.destroy()
  return pages
}

/** As the preview reads its PDF, with the build of pdf.js that runs in Node. */
export async function openPdf(bytes: Uint8Array): Promise<PdfReading> {
  const pages = await readPdf(bytes)
  return { pages: pages.length, textOf: async (page) => pages[page - 1]!.text, close: async () => {} }
}

/** A name may wrap anywhere: compare without the white space that wrapping put in. */
export const squeeze = (text: string): string => text.replace(/\s+/g, '')
