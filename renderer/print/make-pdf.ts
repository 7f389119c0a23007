import { countPages, pageNumberOf } from './page-counts.ts'
import { likelyPages, type PaperOptions, type Papers, paperEnd, paperStart, sectionHtml } from './paper.tsx'

/** `lay-out`: `done` of `total` documents are laid out. `print`: the browser prints; `round` is 1, or more when page counts had to be put right. */
export type PdfProgress =
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
  readonly openPdf: (bytes: Uint8Array) => Promise<PdfReading>
  readonly onProgress: (progress: PdfProgress) => void
  readonly signal: AbortSignal
}

const sectionsBetweenPauses = 12
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
  for (let index = 0; index < total; index++) {
    if (index % sectionsBetweenPauses === 0 && total > sectionsBetweenPauses) {
      onProgress(index, total)
      await pause()
      signal.throwIfAborted()
    }
    parts.push(sectionHtml(papers, index, options))
  }
  parts.push(paperEnd)
  return parts.join('')
}

/**
 * Prints documents to one PDF in which each says its own page n of m. How many pages a document takes is known only once
 * it is printed; where the first guess was wrong, the print is made again with the counts. Also gives the HTML that was
 * printed, for a printer to print the same.
 */
export async function makePapersPdf(papers: Papers, making: PdfMaking): Promise<{ bytes: Uint8Array; html: string }> {
  const { signal, onProgress } = making
  const count = papers.sections.length
  let options: PaperOptions = { fontFaces: making.fontFaces }
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
    // CSS counts the pages of a print with one document by itself, and a label is one page.
    if (count === 1 || papers.sheet || round === 4) return { bytes, html }
    onProgress({ stage: 'count', round })
    const promised = options.pages ?? likelyPages(papers)
    const counts = await countOf(papers, bytes, making)
    if (counts === null && options.shareShort === false) return { bytes, html }
    if (counts === null) options = { fontFaces: making.fontFaces, shareShort: false }
    else if (counts.every((pages, index) => pages === promised[index])) return { bytes, html }
    else options = { ...options, pages: counts }
  }
}

async function countOf(papers: Papers, bytes: Uint8Array, making: PdfMaking): Promise<number[] | null> {
  const pdf = await making.openPdf(bytes)
  try {
    const count = papers.sections.length
    if (pdf.pages === count && papers.sections.every((section) => section.short)) return papers.sections.map(() => 1)
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
