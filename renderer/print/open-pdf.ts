import { getDocument, type PDFDocumentProxy, type PDFPageProxy, PDFWorker } from 'pdfjs-dist'
import PdfWorker from 'pdfjs-dist/build/pdf.worker.min.mjs?worker'
import type { PdfReading } from './make-pdf.ts'

/**
 * One for the window, and ours: a worker that pdf.js makes for a document ends with it, and a document that is opened
 * while the one before is still being closed would be refused.
 */
let worker: PDFWorker | null = null

/** Opens a PDF for showing; call `close` when it is no longer shown. */
export async function openPdfDocument(
  bytes: Uint8Array,
): Promise<{ pdf: PDFDocumentProxy; close: () => Promise<void> }> {
  worker ??= new PDFWorker({ port: new PdfWorker({ name: 'pdf' }) as unknown as null, verbosity: 0 })
  // pdf.js takes the buffer over to its worker: a copy, so that the PDF can still be saved.
  const task = getDocument({ data: Uint8Array.from(bytes), worker, useWasm: false, verbosity: 0 })
  return { pdf: await task.promise, close: () => task.destroy() }
}

export async function textOfPage(page: PDFPageProxy): Promise<string> {
  const content = await page.getTextContent()
  return content.items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join('')
}

export async function readPdfPages(bytes: Uint8Array): Promise<PdfReading> {
  const { pdf, close } = await openPdfDocument(bytes)
  return {
    pages: pdf.numPages,
    textOf: async (number) => textOfPage(await pdf.getPage(number)),
    close,
  }
}
