import { GlobalWorkerOptions, getDocument, type PDFDocumentProxy, type PDFPageProxy } from 'pdfjs-dist'
import PdfWorker from 'pdfjs-dist/build/pdf.worker.min.mjs?worker'
import type { PdfReading } from './make-pdf.ts'

let worker: Worker | null = null

/** Opens a PDF for showing; call `close` when it is no longer shown. */
export async function openPdfDocument(
  bytes: Uint8Array,
): Promise<{ pdf: PDFDocumentProxy; close: () => Promise<void> }> {
  worker ??= new PdfWorker({ name: 'pdf' })
  GlobalWorkerOptions.workerPort = worker
  // pdf.js takes the buffer over to its worker: a copy, so that the PDF can still be saved.
  const task = getDocument({ data: Uint8Array.from(bytes), useWasm: false, verbosity: 0 })
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
