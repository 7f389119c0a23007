import { detectDelimiter, parseDelimited } from '../../core/intake/delimited.ts'
import type { FileRefusal } from '../../core/intake/file-refusal.ts'
import { readText } from '../../core/intake/intake.ts'
import type { Sheet } from '../../core/intake/sheet.ts'
import { Archive, ArchiveRefused, type Inflate } from './archive.ts'
import { decodeText, type TextEncoding } from './decode-text.ts'
import { readWorkbook, type WorkbookNote } from './workbook.ts'

/**
 * A dropped file as sheets: XLSX, CSV, TSV or plain text. Runs in a worker of Node or of a browser: it uses nothing that
 * only one of them has.
 *
 * XLSX is read here and not by a library because of what was measured on 100,000 × 10 rows: a general reader took 2.1 s
 * and 610 MB and keeps neither merged cells nor the 1904 calendar, which lists need.
 */
export const maxFileBytes = 20 * 1_048_576
/** Rows with content per sheet: the 100,000 of a list, and room for titles, headers and totals. */
const maxSheetRows = 101_000
const maxColumns = 256

export interface FileReading {
  readonly sheets: readonly Sheet[]
  readonly format: 'xlsx' | 'text'
  readonly encoding: TextEncoding | null
  readonly notes: readonly WorkbookNote[]
}

export type FileResult =
  | { readonly ok: true; readonly value: FileReading }
  | { readonly ok: false; readonly refusal: FileRefusal }

const refuse = (code: FileRefusal['code'], data: FileRefusal['data'] = {}): FileResult => ({
  ok: false,
  refusal: { code, data },
})

/** Reads a file's bytes. An aborted signal throws its reason; everything about the file itself comes back as a refusal. */
export async function readListFile(
  bytes: Uint8Array,
  name: string,
  signal?: AbortSignal,
  inflate?: Inflate,
): Promise<FileResult> {
  if (bytes.length === 0) return refuse('file-empty')
  if (bytes.length > maxFileBytes) return refuse('file-too-large', { bytes: bytes.length, allowed: maxFileBytes })
  const other = otherFormat(bytes)
  if (other) return { ok: false, refusal: other }
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return readArchive(bytes, signal, inflate)
  return readTextFile(bytes, name)
}

async function readArchive(
  bytes: Uint8Array,
  signal: AbortSignal | undefined,
  inflate: Inflate | undefined,
): Promise<FileResult> {
  try {
    const archive = new Archive(bytes, inflate)
    if (archive.has('xl/workbook.bin')) return refuse('file-xlsb')
    if (archive.has('content.xml') && archive.has('mimetype')) return refuse('file-ods')
    if (archive.has('word/document.xml')) return refuse('file-not-a-list', { kind: 'DOCX' })
    if (![...archive.entries.keys()].some((entry) => /workbook\.xml$|^_rels\/\.rels$/.test(entry)))
      return refuse('file-not-a-list', { kind: 'ZIP' })
    const workbook = await readWorkbook(archive, { maxRows: maxSheetRows, maxColumns }, signal)
    if (workbook.sheets.every((sheet) => sheet.rows.length === 0)) return refuse('file-empty')
    return { ok: true, value: { sheets: workbook.sheets, format: 'xlsx', encoding: null, notes: workbook.notes } }
  } catch (error) {
    if (error instanceof ArchiveRefused) return { ok: false, refusal: error.refusal }
    throw error
  }
}

function readTextFile(bytes: Uint8Array, name: string): FileResult {
  const decoded = decodeText(bytes)
  if ('code' in decoded) return { ok: false, refusal: decoded }
  const start = decoded.text.slice(0, 2000).trimStart()
  if (/^(?:<!doctype html|<html|<table|<\?xml)/i.test(start)) return refuse('file-html')
  const delimiter = detectDelimiter(decoded.text)
  if (delimiter !== null && parseDelimited(decoded.text, delimiter, maxSheetRows + 1).rows.length > maxSheetRows) {
    return refuse('too-many-rows', { sheet: name, allowed: maxSheetRows })
  }
  const sheets = readText(decoded.text, name.replace(/\.[^.]*$/, ''))
  if (sheets.every((sheet) => sheet.rows.length === 0)) return refuse('file-empty')
  return { ok: true, value: { sheets, format: 'text', encoding: decoded.encoding, notes: [] } }
}

const oleMagic = [0xd0, 0xcf, 0x11, 0xe0]

function otherFormat(bytes: Uint8Array): FileRefusal | null {
  if (oleMagic.every((byte, index) => bytes[index] === byte)) {
    return { code: holdsEncryptedPackage(bytes) ? 'file-encrypted' : 'file-xls', data: {} }
  }
  // BIFF2 to BIFF4, which Excel wrote without a container until 1993 and some instruments still do.
  if (bytes[0] === 0x09 && (bytes[1] === 0x00 || bytes[1] === 0x02 || bytes[1] === 0x04) && bytes[3] === 0x00)
    return { code: 'file-xls', data: {} }
  const head = String.fromCharCode(...bytes.subarray(0, 8))
  if (head.startsWith('%PDF')) return { code: 'file-not-a-list', data: { kind: 'PDF' } }
  if (head.startsWith('\u0089PNG') || head.startsWith('\u00ff\u00d8\u00ff') || head.startsWith('GIF8')) {
    return { code: 'file-not-a-list', data: { kind: 'image' } }
  }
  return null
}

/** A workbook with a password is an OLE container with a stream of this name, in UTF-16. */
function holdsEncryptedPackage(bytes: Uint8Array): boolean {
  const mark = [...'EncryptedPackage'].flatMap((letter) => [letter.charCodeAt(0), 0])
  let at = bytes.indexOf(mark[0]!)
  while (at !== -1) {
    if (mark.every((byte, index) => bytes[at + index] === byte)) return true
    at = bytes.indexOf(mark[0]!, at + 1)
  }
  return false
}
