export type Bookmark = {
  readonly title: string
  /** In the file, from 1. */
  readonly page: number
}

/**
 * Bookmarks for a PDF as Chromium writes it, added behind its end (an incremental update, ISO 32000-1, 7.5.6): its own
 * outlines need tagged PDF, which takes twice as long over a thousand slips and makes the file ten times as large.
 * @returns the same bytes where the file is built in another way; a print without bookmarks is still a print.
 */
export function addBookmarks(pdf: Uint8Array, bookmarks: readonly Bookmark[]): Uint8Array {
  const file = readFile(pdf)
  if (file === null || bookmarks.length === 0) return pdf
  const pages = pagesUnder(file, file.pages)
  if (bookmarks.some(({ page }) => pages[page - 1] === undefined)) return pdf
  const outline = file.size
  const first = outline + 1
  const catalog = file.bodyOf(file.root)
  const objects: (readonly [number, string])[] = [
    [
      file.root,
      `${catalog.slice(catalog.indexOf('<<'), catalog.lastIndexOf('>>'))}\n/Outlines ${outline} 0 R\n/PageMode /UseOutlines>>`,
    ],
    [
      outline,
      `<</Type /Outlines\n/First ${first} 0 R\n/Last ${first + bookmarks.length - 1} 0 R\n/Count ${bookmarks.length}>>`,
    ],
    ...bookmarks.map(({ title, page }, index): [number, string] => {
      const before = index > 0 ? `\n/Prev ${first + index - 1} 0 R` : ''
      const next = index < bookmarks.length - 1 ? `\n/Next ${first + index + 1} 0 R` : ''
      const dest = `[${pages[page - 1]} 0 R /XYZ null null null]`
      return [first + index, `<</Title ${textString(title)}\n/Parent ${outline} 0 R${before}${next}\n/Dest ${dest}>>`]
    }),
  ]
  let added = '\n'
  const offsets: number[] = []
  for (const [number, body] of objects) {
    offsets.push(pdf.length + added.length)
    added += `${number} 0 obj\n${body}\nendobj\n`
  }
  const table = pdf.length + added.length
  const entry = (offset: number) => `${String(offset).padStart(10, '0')} 00000 n \n`
  const [catalogAt, ...others] = offsets
  added += `xref\n${file.root} 1\n${entry(catalogAt!)}${outline} ${others.length}\n${others.map(entry).join('')}`
  const trailer = file.trailer.replace(/\/Size \d+/, `/Size ${outline + others.length}`)
  added += `trailer\n${trailer.slice(0, trailer.lastIndexOf('>>'))}\n/Prev ${file.table}>>\nstartxref\n${table}\n%%EOF\n`
  const bytes = new Uint8Array(pdf.length + added.length)
  bytes.set(pdf)
  // Everything added is ASCII: titles stand in hexadecimal digits.
  for (let index = 0; index < added.length; index++) bytes[pdf.length + index] = added.charCodeAt(index)
  return bytes
}

type PdfFile = {
  readonly trailer: string
  /** Where the table of objects stands. */
  readonly table: number
  readonly size: number
  readonly root: number
  readonly pages: number
  readonly bodyOf: (object: number) => string
}

/** A file with one plain table of objects, as Skia writes it; null for any other. */
function readFile(pdf: Uint8Array): PdfFile | null {
  // One character for each byte, so that offsets are those of the file.
  const text = new TextDecoder('latin1').decode(pdf)
  const table = Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(text.slice(-200))?.[1] ?? Number.NaN)
  const head = /^xref\s+0 (\d+)\s*?\n/.exec(text.slice(table, table + 40))
  if (Number.isNaN(table) || head === null) return null
  const entries = table + head[0].length
  const size = Number(head[1])
  const trailer = /trailer\s*(<<[\s\S]*>>)\s*startxref/.exec(text.slice(entries + size * 20))?.[1]
  const root = Number(/\/Root (\d+) 0 R/.exec(trailer ?? '')?.[1] ?? Number.NaN)
  const bodyOf = (object: number) => {
    const offset = Number(text.slice(entries + object * 20, entries + object * 20 + 10))
    return text.slice(offset, text.indexOf('endobj', offset))
  }
  if (trailer === undefined || Number.isNaN(root) || trailer.includes('/Encrypt')) return null
  const pages = Number(/\/Pages (\d+) 0 R/.exec(bodyOf(root))?.[1] ?? Number.NaN)
  return Number.isNaN(pages) ? null : { trailer, table, size, root, pages, bodyOf }
}

/** The objects of the pages, in their order. */
function pagesUnder(file: PdfFile, node: number): number[] {
  const kids = /\/Kids\s*\[([^\]]*)\]/.exec(file.bodyOf(node))?.[1]
  if (kids === undefined) return [node]
  return [...kids.matchAll(/(\d+) 0 R/g)].flatMap(([, object]) => pagesUnder(file, Number(object)))
}

/** UTF-16 with its byte order mark, in hexadecimal digits. */
function textString(text: string): string {
  let digits = 'FEFF'
  for (let index = 0; index < text.length; index++) digits += text.charCodeAt(index).toString(16).padStart(4, '0')
  return `<${digits}>`
}
