import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createCanvas } from '@napi-rs/canvas'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'

const wasm = readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'))
prepareZXingModule({ overrides: { wasmBinary: Uint8Array.from(wasm).buffer } })

/** A label's page as a printer of 300 dpi puts it on paper, and what a barcode reader sees there. */
export type ReadLabel = {
  readonly widthMm: number
  readonly heightMm: number
  /** With the symbology identifier, as a scanner sends it. */
  readonly codes: readonly string[]
  readonly text: string
}

export async function readLabels(bytes: Uint8Array): Promise<ReadLabel[]> {
  const task = getDocument({ data: Uint8Array.from(bytes), verbosity: 0 })
  const pdf = await task.promise
  const labels: ReadLabel[] = []
  for (let number = 1; number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number)
    const [, , width, height] = page.view as [number, number, number, number]
    const viewport = page.getViewport({ scale: 300 / 72 })
    const canvas = createCanvas(Math.ceil(viewport.width), Math.ceil(viewport.height))
    await page.render({ canvas: canvas as unknown as HTMLCanvasElement, viewport }).promise
    const found = await readBarcodes(Uint8Array.from(canvas.toBuffer('image/png')), { formats: ['DataMatrix'] })
    const content = await page.getTextContent()
    labels.push({
      widthMm: (width * 25.4) / 72,
      heightMm: (height * 25.4) / 72,
      codes: found.map(({ symbologyIdentifier, text }) => symbologyIdentifier + text),
      text: content.items.map((item) => ('str' in item ? item.str : '')).join(''),
    })
  }
  await task.destroy()
  return labels
}
