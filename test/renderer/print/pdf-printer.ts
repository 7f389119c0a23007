import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { basename, join } from 'node:path'
import { getDocument, type PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import type { Page } from 'playwright-core'
import { cutPapers, makePapersPdf, type PdfReading } from '../../../renderer/print/make-pdf.ts'
import { type Papers, papersHtml } from '../../../renderer/print/paper.tsx'
import { measureIn, type OpenRuler } from '../../../renderer/print/ruler.ts'
import { closeChromium, launchChromium } from '../../e2e/chromium.ts'

const project = join(import.meta.dirname, '..', '..', '..')
const fontFolder = join(project, 'node_modules', '@fontsource', 'noto-sans-sc')

/** The font rules as the application's bundle has them: addresses at the page's own origin. */
const fontFaces = ['400.css', '700.css']
  .map((name) => readFileSync(join(fontFolder, name), 'utf8').replaceAll('url(./files/', 'url(/fonts/'))
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

/** Gives documents addresses of their own, and fonts that the browser keeps from one to the next, as in the application. */
async function servePapers() {
  const documents = new Map<string, string>()
  const missing: string[] = []
  const server = createServer((request, response) => {
    const path = request.url ?? ''
    const html = documents.get(path)
    if (html !== undefined) {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(html)
      return
    }
    const file = join(fontFolder, 'files', basename(path))
    if (!path.startsWith('/fonts/') || !existsSync(file)) {
      missing.push(path)
      response.writeHead(404).end()
      return
    }
    response.writeHead(200, { 'content-type': 'font/woff2', 'cache-control': 'max-age=86400, immutable' })
    response.end(readFileSync(file))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return { documents, missing, origin: `http://127.0.0.1:${port}`, close: () => server.close() }
}

export async function openPdfPrinter(): Promise<PdfPrinter> {
  const browser = await launchChromium()
  const context = await browser.newContext()
  const server = await servePapers()
  let opened = 0
  const openPage = async (html: string) => {
    opened += 1
    const path = `/${opened}.html`
    server.documents.set(path, html)
    const page = await context.newPage()
    await page.goto(`${server.origin}${path}`)
    server.documents.delete(path)
    return page
  }
  const withPage = async <Value>(html: string, work: (page: Page) => Promise<Value>): Promise<Value> => {
    const page = await openPage(html)
    try {
      await page.evaluate('document.fonts.ready.then(() => 0)')
      const { missing } = server
      if (missing.length > 0) throw new Error(`a document asks for ${missing.join(', ')}`)
      return await work(page)
    } finally {
      await page.close()
    }
  }
  const printHtml = (html: string) =>
    withPage(html, (page) => page.pdf({ preferCSSPageSize: true, printBackground: true }))
  const openRuler = async (html: string): Promise<OpenRuler> => {
    const page = await openPage(html)
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
    async close() {
      await closeChromium()
      server.close()
    },
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
  for (let number = 1; number <= pdf.numPages; number++) pages.push(await readPage(pdf, number))
  await task.destroy()
  return pages
}

async function readPage(pdf: PDFDocumentProxy, number: number): Promise<PdfPage> {
  const page = await pdf.getPage(number)
  const content = await page.getTextContent()
  const [, , width, height] = page.view as [number, number, number, number]
  const text = content.items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join('')
  const pieces = content.items.flatMap((item) =>
    'str' in item
      ? [{ text: item.str, x: Number(item.transform[4]), y: Number(item.transform[5]), width: item.width }]
      : [],
  )
  page.cleanup()
  return { text, width, height, pieces }
}

/** As the preview reads its PDF, page by page as asked, with the build of pdf.js that runs in Node. */
export async function openPdf(bytes: Uint8Array): Promise<PdfReading> {
  const task = getDocument({ data: Uint8Array.from(bytes), verbosity: 0 })
  const pdf = await task.promise
  return {
    pages: pdf.numPages,
    textOf: async (number) => (await readPage(pdf, number)).text,
    close: () => task.destroy(),
  }
}

/** A name may wrap anywhere: compare without the white space that wrapping put in. */
export const squeeze = (text: string): string => text.replace(/\s+/g, '')
