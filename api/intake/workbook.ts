import type { Sheet } from '../../core/intake/sheet.ts'
import { type Archive, ArchiveRefused } from './archive.ts'
import { createSheetReader } from './sheet-xml.ts'
import { decodeXmlText, undoXmlText } from './xml-text.ts'

/** The sheets of an XLSX workbook, hidden sheets left out. Throws `ArchiveRefused`. */
export interface WorkbookLimits {
  readonly maxRows: number
  readonly maxColumns: number
}

export interface WorkbookNote {
  readonly sheet: string
  readonly what: 'hidden-sheet' | 'hidden-rows' | 'columns-cut'
  readonly count: number
}

export interface Workbook {
  readonly sheets: readonly Sheet[]
  readonly notes: readonly WorkbookNote[]
}

export async function readWorkbook(archive: Archive, limits: WorkbookLimits, signal?: AbortSignal): Promise<Workbook> {
  const workbookPath = await findWorkbook(archive, signal)
  const folder = workbookPath.slice(0, workbookPath.lastIndexOf('/') + 1)
  const workbook = await readXml(archive, workbookPath, signal)
  const relations = await readRelations(
    archive,
    `${folder}_rels/${workbookPath.slice(folder.length)}.rels`,
    folder,
    signal,
  )
  const epoch = /<(?:\w+:)?workbookPr\b[^>]*\bdate1904\s*=\s*["'](?:1|true)["']/i.test(workbook) ? 1904 : 1900
  const byType = (type: string) =>
    [...relations.values()].find((relation) => relation.type.endsWith(`/${type}`))?.target
  const stringsPath = byType('sharedStrings')
  const stylesPath = byType('styles')
  const sharedStrings =
    stringsPath && archive.has(stringsPath) ? readSharedStrings(await archive.read(stringsPath, signal)) : []
  const dateStyles =
    stylesPath && archive.has(stylesPath) ? readDateStyles(await readXml(archive, stylesPath, signal)) : []
  const sheets: Sheet[] = []
  const notes: WorkbookNote[] = []
  for (const tag of workbook.match(/<(?:\w+:)?sheet\s[^>]*>/g) ?? []) {
    const name = undoXmlText(attribute(tag, 'name') ?? `Sheet${sheets.length + 1}`)
    const relation = relations.get(/\s(?:\w+:)?id\s*=\s*["']([^"']*)["']/.exec(tag)?.[1] ?? '')
    if (!relation || !archive.has(relation.target) || !relation.type.endsWith('/worksheet')) continue
    const state = attribute(tag, 'state')
    if (state === 'hidden' || state === 'veryHidden') {
      notes.push({ sheet: name, what: 'hidden-sheet', count: 1 })
      continue
    }
    const reader = createSheetReader({ sharedStrings, dateStyles, epoch, ...limits })
    const bytes = await archive.read(relation.target, signal, reader.part)
    refuseDocumentType(bytes)
    const xml = reader.finish(bytes)
    if (xml.tooManyRows)
      throw new ArchiveRefused({ code: 'too-many-rows', data: { sheet: name, allowed: limits.maxRows } })
    if (xml.hiddenRows > 0) notes.push({ sheet: name, what: 'hidden-rows', count: xml.hiddenRows })
    if (xml.tooManyColumns) notes.push({ sheet: name, what: 'columns-cut', count: limits.maxColumns })
    sheets.push({ name, rows: xml.rows, merges: xml.merges, epoch })
  }
  return { sheets, notes }
}

async function readXml(archive: Archive, path: string, signal: AbortSignal | undefined): Promise<string> {
  const bytes = await archive.read(path, signal)
  refuseDocumentType(bytes)
  return new TextDecoder().decode(bytes)
}

/** No workbook declares a document type; one that does wants its entities expanded. */
function refuseDocumentType(bytes: Uint8Array): void {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 4096))
  if (/<!DOCTYPE/i.test(head)) throw new ArchiveRefused({ code: 'archive-hostile', data: { what: 'a document type' } })
}

const attribute = (tag: string, name: string): string | undefined =>
  new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`)
    .exec(tag)
    ?.slice(1)
    .find((value) => value !== undefined)

async function findWorkbook(archive: Archive, signal: AbortSignal | undefined): Promise<string> {
  if (archive.has('_rels/.rels')) {
    for (const relation of (await readRelations(archive, '_rels/.rels', '', signal)).values()) {
      if (relation.type.endsWith('/officeDocument') && archive.has(relation.target)) return relation.target
    }
  }
  if (archive.has('xl/workbook.xml')) return 'xl/workbook.xml'
  throw new ArchiveRefused({ code: 'archive-damaged', data: {} })
}

interface Relation {
  readonly type: string
  readonly target: string
}

async function readRelations(
  archive: Archive,
  path: string,
  folder: string,
  signal: AbortSignal | undefined,
): Promise<Map<string, Relation>> {
  const relations = new Map<string, Relation>()
  if (!archive.has(path)) return relations
  const xml = await readXml(archive, path, signal)
  for (const tag of xml.match(/<(?:\w+:)?Relationship\s[^>]*>/g) ?? []) {
    const id = attribute(tag, 'Id')
    const target = undoXmlText(attribute(tag, 'Target') ?? '')
    if (id === undefined) continue
    relations.set(id, { type: attribute(tag, 'Type') ?? '', target: resolve(folder, target) })
  }
  return relations
}

function resolve(folder: string, target: string): string {
  if (target.startsWith('/')) return target.slice(1)
  const parts: string[] = []
  for (const part of `${folder}${target}`.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '.' && part !== '') parts.push(part)
  }
  return parts.join('/')
}

const open = 60
const close = 62
const colon = 58
const slash = 47

/** `<si>` after `<si>`: the text of all runs, without the reading aids (`rPh`). */
function readSharedStrings(bytes: Uint8Array): string[] {
  refuseDocumentType(bytes)
  const strings: string[] = []
  let current = ''
  let aid = false
  const { length: size } = bytes
  let at = 0
  for (;;) {
    // Tags are a few bytes off: loops beat calls of indexOf half a million times over.
    while (at < size && bytes[at] !== open) at += 1
    if (at >= size) return strings
    const closing = bytes[at + 1] === slash
    const start = closing ? at + 2 : at + 1
    let name = start
    let nameEnd = start
    while (nameEnd < size && bytes[nameEnd]! > 32 && bytes[nameEnd] !== slash && bytes[nameEnd] !== close) {
      if (bytes[nameEnd] === colon && name === start) name = nameEnd + 1
      nameEnd += 1
    }
    let end = nameEnd
    while (end < size && bytes[end] !== close) end += 1
    if (end >= size) return strings
    const length = nameEnd - name
    const empty = bytes[end - 1] === slash
    if (length === 2 && bytes[name] === 115 && bytes[name + 1] === 105 /* si */) {
      if (closing || empty) strings.push(current)
      current = ''
    } else if (length === 3 && bytes[name] === 114 && bytes[name + 1] === 80 /* rPh */) {
      aid = !closing && !empty
    } else if (length === 1 && bytes[name] === 116 /* t */ && !closing && !empty && !aid) {
      let stop = end
      while (stop < size && bytes[stop] !== open) stop += 1
      if (stop >= size) return strings
      current += decodeXmlText(bytes, end + 1, stop)
      at = stop
      continue
    }
    at = end
  }
}

/** ECMA-376 part 1, 18.8.30: built-in formats that are dates (45 to 47 and 18 to 21 are times of day alone). */
const builtInDates = new Set([14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58])

/** For each cell style, whether its number format shows a date. */
function readDateStyles(xml: string): boolean[] {
  const custom = new Map<number, boolean>()
  for (const tag of xml.match(/<(?:\w+:)?numFmt\s[^>]*>/g) ?? []) {
    custom.set(Number(attribute(tag, 'numFmtId')), isDateFormat(undoXmlText(attribute(tag, 'formatCode') ?? '')))
  }
  const styles = /<(?:\w+:)?cellXfs\b[^>]*>([\s\S]*?)<\/(?:\w+:)?cellXfs>/.exec(xml)?.[1] ?? ''
  return (styles.match(/<(?:\w+:)?xf\b[^>]*>/g) ?? []).map((tag) => {
    const id = Number(attribute(tag, 'numFmtId') ?? 0)
    return custom.get(id) ?? builtInDates.has(id)
  })
}

/** A format with a year or a day in it, outside of quoted text, colours and conditions. */
export function isDateFormat(format: string): boolean {
  // [h] counts hours beyond a day and so is a time; other brackets hold colours, conditions and languages.
  const plain = (format.split(';')[0] ?? '').replace(/\[h+\]/gi, 'h').replace(/"[^"]*"|\\.|_.|\*.|\[[^\]]*\]/g, '')
  if (/general/i.test(plain) || /[0#?]/.test(plain)) return false
  return /[yd年日]/i.test(plain) || /^[^hs]*m[^hs]*$/i.test(plain)
}
