import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { chromium } from 'playwright-core'
import { build } from 'vite'
import { inProject } from '../../build/project.ts'
import { createHeadless } from '../../hub/headless.ts'
import { loadFonts } from '../../hub/load-fonts.ts'
import type { PdfMaking, PdfProgress } from '../../renderer/print/make-pdf.ts'
import { findTestChromium } from '../e2e/chromium.ts'
import { readPdf } from '../e2e/pdf-text.ts'
import { benchFolder } from './large-ledger.ts'
import { median, type Row, row } from './row.ts'

const slips = 1000
const rounds = 3

/**
 * A thousand allocation slips to one PDF as the preview makes it (laid out, printed by the hub's browser, pages counted,
 * bookmarks) against the same HTML printed by a bare Chromium.
 */
export async function rows(): Promise<Row[]> {
  const { makePapersPdf, allocationSlips, slipDocument } = await bundledPapers()
  const { executable, args, env } = await findTestChromium()
  Object.assign(process.env, env)
  const fontFolder = inProject('node_modules', '@fontsource', 'noto-sans-sc')
  const page = { html: '' }
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://paper').pathname
    if (!path.startsWith('/fonts/')) {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
      return void response.end(page.html)
    }
    response.writeHead(200, { 'content-type': 'font/woff2', 'cache-control': 'max-age=3600' })
    response.end(readFileSync(join(fontFolder, 'files', path.slice('/fonts/'.length))))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const fontFaces = ['400.css', '700.css']
    .map((name) => readFileSync(join(fontFolder, name), 'utf8').replaceAll('url(./files/', `url(${origin}/fonts/`))
    .join('\n')
  const headless = createHeadless({ executable, args, snap: false }, () => {})
  const documents = Array.from({ length: slips }, (_, index) =>
    slipDocument(5 + (index % 7), {
      slipId: index + 1,
      number: `DB20200206-${String(index + 1).padStart(4, '0')}`,
      unitName: `第${index + 1}防疫卡口`,
    }),
  )
  const make = async (signal: AbortSignal, onProgress: (progress: PdfProgress) => void = () => {}) => {
    const papers = allocationSlips(documents, { language: 'zh', organisation: '顺德区指挥部', copies: 1 })
    return makePapersPdf(papers, {
      fontFaces,
      makePdf: (html, stop) => {
        page.html = html
        return headless.printPdf(`${origin}/`, stop)
      },
      openRuler: async () => ({ measure: async () => [], close: () => {} }),
      openPdf,
      onProgress,
      signal,
    })
  }
  const bare = async (): Promise<Buffer> => {
    const browser = await chromium.launch({ executablePath: executable, args: [...args] })
    try {
      const tab = await browser.newPage()
      await tab.goto(`${origin}/`)
      await tab.evaluate(loadFonts)
      return await tab.pdf({ preferCSSPageSize: true, printBackground: true })
    } finally {
      await browser.close()
    }
  }
  try {
    mkdirSync(benchFolder, { recursive: true })
    const { signal } = new AbortController()
    const first = await make(signal)
    page.html = first.html
    const pages = (await readPdf(first.bytes)).length
    const same = (await readPdf(await bare())).length
    if (pages !== same) throw new Error(`${pages} pages, and ${same} by bare Chromium`)

    const times: { ours: number[]; bare: number[]; delay: number[] } = { ours: [], bare: [], delay: [] }
    let memory = { own: 0, browser: 0 }
    for (let round = 0; round < rounds; round++) {
      const turns = [
        async () => {
          // A browser that has just started, like the other.
          await headless.close()
          const watch = watchMemory()
          const loop = monitorEventLoopDelay({ resolution: 5 })
          loop.enable()
          const start = performance.now()
          await make(signal)
          times.ours.push(performance.now() - start)
          loop.disable()
          times.delay.push(loop.max / 1e6)
          const most = watch.stop()
          memory = { own: Math.max(memory.own, most.own), browser: Math.max(memory.browser, most.browser) }
        },
        async () => {
          const start = performance.now()
          await bare()
          times.bare.push(performance.now() - start)
        },
      ]
      for (const turn of round % 2 === 0 ? turns : turns.reverse()) await turn()
    }
    const stopped = await cancelled(make)
    console.log(
      `1,000 slips: ${pages} pages, ${(first.bytes.length / 1e6).toFixed(1)} MB; at most ` +
        `${memory.own} MB in this process and ${memory.browser} MB in the printing browser; the window answers within ` +
        `${Math.max(...times.delay).toFixed(0)} ms; stopped ${stopped.toFixed(0)} ms after Cancel`,
    )
    return [
      row(
        {
          task: `1,000 allocation slips to one PDF (${pages} pages)`,
          ours: 'makePapersPdf, browser started anew',
          baseline: 'the same HTML by bare Chromium, fonts awaited',
        },
        { baselineMs: median(times.bare), oursMs: median(times.ours) },
        { ratio: 1.3 },
      ),
    ]
  } finally {
    await headless.close()
    server.closeAllConnections()
    server.close()
  }
}

type Bundle = typeof import('../renderer/print/papers-entry.ts')

/** The layout is JSX, which Node does not run as it is. */
async function bundledPapers(): Promise<Bundle> {
  const outDir = join(benchFolder, 'papers')
  await build({
    root: inProject(),
    configFile: false,
    logLevel: 'warn',
    build: { ssr: inProject('test', 'renderer', 'print', 'papers-entry.ts'), outDir, emptyOutDir: true, minify: false },
    define: { 'process.env.NODE_ENV': '"production"' },
    ssr: { noExternal: true },
  })
  process.env.NODE_ENV = 'production'
  return (await import(join(outDir, 'papers-entry.js'))) as Bundle
}

/** As the preview reads a PDF, each page when it is asked for. */
const openPdf: PdfMaking['openPdf'] = async (bytes) => {
  const { getDocument } = await import('pdfjs-dist/legacy/build/pdf.mjs')
  const task = getDocument({ data: Uint8Array.from(bytes), verbosity: 0 })
  const pdf = await task.promise
  return {
    pages: pdf.numPages,
    textOf: async (number) => {
      const { items } = await (await pdf.getPage(number)).getTextContent()
      return items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join('')
    },
    close: () => task.destroy(),
  }
}

/** Milliseconds from Cancel, half a second into the printing, until the making has ended. */
async function cancelled(
  make: (signal: AbortSignal, onProgress: (progress: PdfProgress) => void) => Promise<unknown>,
): Promise<number> {
  const controller = new AbortController()
  let stoppedAt = 0
  const stop = () => {
    stoppedAt = performance.now()
    controller.abort(new Error('cancelled'))
  }
  try {
    await make(controller.signal, ({ stage }) => stage === 'print' && void setTimeout(stop, 500))
  } catch (error) {
    if (!controller.signal.aborted) throw error
    return performance.now() - stoppedAt
  }
  throw new Error('the making ended before it was cancelled')
}

/** The most resident memory, in MB, of this process and of the browser that it has started with all its parts. */
function watchMemory(): { stop: () => { own: number; browser: number } } {
  const most = { own: 0, browser: 0 }
  const timer = setInterval(() => {
    most.own = Math.max(most.own, Math.round(process.memoryUsage.rss() / 1e6))
    most.browser = Math.max(most.browser, Math.round(childrenBytes(process.pid) / 1e6))
  }, 100)
  return {
    stop: () => {
      clearInterval(timer)
      return most
    },
  }
}

/** Resident memory of all descendants; 0 where the system doesn't tell. */
function childrenBytes(parent: number): number {
  const byParent = new Map<number, number[]>()
  const pages = new Map<number, number>()
  for (const name of existsSync('/proc') ? readdirSync('/proc') : []) {
    if (!/^\d+$/.test(name)) continue
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
      const [, ppid] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      byParent.set(Number(ppid), [...(byParent.get(Number(ppid)) ?? []), Number(name)])
      pages.set(Number(name), Number(readFileSync(`/proc/${name}/statm`, 'utf8').split(' ')[1]))
    } catch {
      // It has ended meanwhile.
    }
  }
  const sum = (pid: number): number =>
    (byParent.get(pid) ?? []).reduce((bytes, child) => bytes + (pages.get(child) ?? 0) * 4096 + sum(child), 0)
  return sum(parent)
}
