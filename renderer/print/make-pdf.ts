import { firstPagesOf } from './contents.tsx'
import type { Breaks } from './long-table.tsx'
import { countPages, pageNumberOf } from './page-counts.ts'
import { likelyPages, type PaperOptions, type Papers, paperEnd, paperStart, sectionHtml } from './paper.tsx'
import { addBookmarks } from './pdf-bookmarks.ts'
import { planBreaks } from './plan-breaks.ts'
import type { OpenRuler } from './ruler.ts'

/** `measure`: `done` of `total` rows of long tables. `lay-out`: `done` of `total` documents are laid out. `print`: the browser prints; `round` is 1, or more when page counts had to be put right. */
export type PdfProgress =
  | { readonly stage: 'measure'; readonly done: number; readonly total: number }
  | { readonly stage: 'lay-out'; readonly done: number; readonly total: number }
  | { readonly stage: 'print'; readonly round: number }
  | { readonly stage: 'count'; readonly round: number }

/** What is needed to know of a printed PDF. Pages from 1. */
export type PdfReading = {
  readonly pages: number
  readonly textOf: (page: number) => Promise<string>
  readonly close: () => Promise<void>
}

export type PdfMaking = {
  readonly fontFaces: string
  readonly makePdf: (html: string, signal: AbortSignal) => Promise<Uint8Array>
  readonly openRuler: (page: string) => Promise<OpenRuler>
  readonly openPdf: (bytes: Uint8Array) => Promise<PdfReading>
  readonly onProgress: (progress: PdfProgress) => void
  readonly signal: AbortSignal
}

const sectionsBetweenPauses = 12
const longestStretchMs = 12
/** Lets the window draw and hear a click on Cancel. */
const pause = () => new Promise<void>((resolve) => setTimeout(resolve, 0))

/** As `papersHtml`, in slices, so that a window with a thousand slips to lay out stays alive. Throws when aborted. */
export async function layOutPapers(
  papers: Papers,
  options: PaperOptions,
  onProgress: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<string> {
  const total = papers.sections.length
  const parts = [paperStart(papers, options)]
  let since = performance.now()
  const rest = async (done: number) => {
    onProgress(done, total)
    await pause()
    signal.throwIfAborted()
    since = performance.now()
  }
  for (let index = 0; index < total; index++) {
    if (index % sectionsBetweenPauses === 0 && total > sectionsBetweenPauses) await rest(index)
    for (const piece of sectionHtml(papers, index, options)) {
      parts.push(piece)
      if (performance.now() - since > longestStretchMs) await rest(index)
    }
  }
  parts.push(paperEnd)
  return parts.join('')
}

/** The papers with their long tables cut into pages. Also for papers that no PDF is made of. */
export async function cutPapers(
  papers: Papers,
  making: Pick<PdfMaking, 'fontFaces' | 'openRuler' | 'onProgress' | 'signal'>,
  slackMm = leastSlackMm,
): Promise<PaperOptions> {
  const { fontFaces, openRuler, onProgress, signal } = making
  if (papers.sections.every(({ tables }) => tables === undefined || tables.length === 0)) return { fontFaces }
  const onRows = async (done: number, total: number) => {
    onProgress({ stage: 'measure', done, total })
    await pause()
    signal.throwIfAborted()
  }
  const breaks = await planBreaks(papers, { fontFaces }, { openRuler, onRows, slackMm })
  const pages = papers.sections.map(({ likelyPages: guess }, index) => pagesOf(breaks.get(index)) ?? guess)
  return { fontFaces, breaks, pages }
}

const leastSlackMm = 2.5
const moreSlackMm = 6
const pagesOf = (breaks: readonly Breaks[] | undefined): number | undefined =>
  breaks?.reduce((sum, table) => sum + table.length, 0)

/**
 * Prints documents to one PDF in which each says its own page n of m. How many pages a document takes is known only once
 * it is printed; where the first guess was wrong, the print is made again with the counts. Also gives the HTML that was
 * printed, for a printer to print the same.
 */
export async function makePapersPdf(papers: Papers, making: PdfMaking): Promise<{ bytes: Uint8Array; html: string }> {
  const { signal, onProgress } = making
  const count = papers.sections.length
  let slackMm = leastSlackMm
  let options = await cutPapers(papers, making, slackMm)
  for (let round = 1; ; round++) {
    const html = await layOutPapers(
      papers,
      options,
      (done, total) => onProgress({ stage: 'lay-out', done, total }),
      signal,
    )
    onProgress({ stage: 'print', round })
    const bytes = await making.makePdf(html, signal)
    signal.throwIfAborted()
    const cut = options.breaks !== undefined
    // CSS counts the pages of a print with one document by itself, and a label is one page.
    if ((count === 1 && !cut) || papers.sheet) return { bytes, html }
    onProgress({ stage: 'count', round })
    const promised = options.pages ?? likelyPages(papers)
    const counts = await countOf(papers, promised, bytes, making)
    if (counts?.every((pages, index) => pages === promised[index])) {
      return { bytes: withBookmarks(papers, counts, bytes), html }
    }
    if (round === mostRounds) return { bytes, html }
    if (cut && !keptTo(options, counts)) {
      // The printing browser made the rows of a long table higher than this window did: less on each page.
      slackMm += moreSlackMm
      options = await cutPapers(papers, making, slackMm)
    } else if (counts !== null) options = { ...options, pages: counts }
    else if (options.shareShort === false) return { bytes, html }
    else options = { ...options, shareShort: false }
  }
}

const mostRounds = 4

/** Each document of a pile, to leaf through it on a screen. */
function withBookmarks(papers: Papers, pages: readonly number[], bytes: Uint8Array): Uint8Array {
  if (papers.sections.length === 1) return bytes
  const firstPages = firstPagesOf(pages)
  const bookmarks = papers.sections.map(({ bookmark, foot }, index) => ({
    title: bookmark ?? foot,
    page: firstPages[index]!,
  }))
  return addBookmarks(bytes, bookmarks)
}

/** Whether each document with long tables took the pages into which they were cut. */
function keptTo(options: PaperOptions, counts: readonly number[] | null): boolean {
  return [...(options.breaks ?? [])].every(([index, breaks]) => counts?.[index] === pagesOf(breaks))
}

/** Pages of each document, or null where the feet of the pages say no such thing. */
async function countOf(
  papers: Papers,
  promised: readonly number[],
  bytes: Uint8Array,
  making: PdfMaking,
): Promise<number[] | null> {
  const pdf = await making.openPdf(bytes)
  try {
    const count = papers.sections.length
    if (count === 1) return [pdf.pages]
    if (await isAsPromised(papers, promised, pdf)) return [...promised]
    const numbers: (number | null)[] = []
    for (let page = 1; page <= pdf.pages; page++) {
      numbers.push(pageNumberOf(await pdf.textOf(page)))
      making.signal.throwIfAborted()
    }
    return countPages(numbers, count)
  } finally {
    await pdf.close()
  }
}

/**
 * Whether a print of mostly short documents took the pages that it promises, without reading all of them: where the
 * others end where they should and no page is too many, each short one has its single page.
 */
async function isAsPromised(papers: Papers, promised: readonly number[], pdf: PdfReading): Promise<boolean> {
  if (pdf.pages !== promised.reduce((sum, pages) => sum + pages, 0)) return false
  const numberOn = async (page: number) => (page > pdf.pages ? 1 : pageNumberOf(await pdf.textOf(page)))
  let before = 0
  for (const [index, section] of papers.sections.entries()) {
    const pages = promised[index]!
    if (!section.short || pages !== 1) {
      if ((await numberOn(before + pages)) !== pages || (await numberOn(before + pages + 1)) !== 1) return false
    }
    before += pages
  }
  return true
}
