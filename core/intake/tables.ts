import { normaliseText } from '../text.ts'
import { readFamily } from './grade.ts'
import { readHeading } from './header-words.ts'
import type { LeftOutWhy } from './reasons.ts'
import { type Cell, isBlank, type Sheet, type SheetRow, spreadMerges } from './sheet.ts'
import { partsOf, rowOfPart } from './side-by-side.ts'

/**
 * Finds the tables in a sheet: a header row under title rows, its data rows, the totals and signatures below, and perhaps
 * another table under those.
 */
export interface RawTable {
  readonly sheet: string
  readonly epoch: 1900 | 1904
  /** The row number of the header, or null when the table has none. */
  readonly headerRow: number | null
  /** Headings by column, a heading over two rows joined; null when the table has none. */
  readonly headings: readonly string[] | null
  /** The rows above the header, which may say what all of it is counted in, or from whom it is. */
  readonly titles: readonly SheetRow[]
  readonly rows: readonly SheetRow[]
  readonly leftOut: readonly LeftOut[]
}

export interface LeftOut {
  readonly source: { readonly sheet: string; readonly row: number }
  readonly why: LeftOutWhy
  readonly text: string
}

const shown = (cell: Cell | undefined): string =>
  cell === null || cell === undefined ? '' : typeof cell === 'number' ? String(cell) : normaliseText(cell)

/** The words of a row, for showing what was left out. */
export function rowText(row: SheetRow): string {
  const text = row.cells
    .map(shown)
    .filter((cell) => cell !== '')
    .join(' | ')
  return text.length > 80 ? `${text.slice(0, 79)}…` : text
}

export interface HeaderScore {
  readonly meanings: number
  readonly isHeader: boolean
}

/** A header row: at least two cells that are headings, and at least half of its filled cells. Numbers speak against it. */
export function scoreHeader(row: SheetRow): HeaderScore {
  let filled = 0
  let strong = 0
  let weak = 0
  let numbers = 0
  const meanings = new Set<string>()
  for (const cell of row.cells) {
    if (isBlank(cell)) continue
    const text = shown(cell)
    if (text === '') continue
    filled += 1
    if (typeof cell === 'number') {
      numbers += 1
      continue
    }
    const heading = readHeading(text)
    if (heading === null) continue
    meanings.add(heading.meaning)
    if (heading.score >= 0.9) strong += 1
    else weak += 1
  }
  const isHeader =
    numbers === 0 &&
    meanings.size >= 2 &&
    (strong >= 2 || (strong >= 1 && weak >= 1)) &&
    (strong + weak) / filled >= 0.5
  return { meanings: meanings.size, isHeader: isHeader || isHeaderByItsFirst(row, filled, strong, numbers) }
}

/** 单位 | 口罩 | 防护服 | 护目镜: one heading and the names of things, which only a list of units × items has. */
function isHeaderByItsFirst(row: SheetRow, filled: number, strong: number, numbers: number): boolean {
  return numbers === 0 && filled >= 3 && strong >= 1 && strong < filled && isPlainWords(row)
}

function isPlainWords(row: SheetRow): boolean {
  const texts = row.cells.map(shown).filter((text) => text !== '')
  const first = readHeading(texts[0] ?? '')
  return (
    first !== null &&
    first.score >= 0.9 &&
    ['sequence', 'recipient', 'organisation', 'unitOrOrganisation', 'name', 'town'].includes(first.meaning) &&
    texts.every((text) => text.length <= 20 && !/^\d/.test(text.replace(/^(?:84|75)/, ''))) &&
    new Set(texts).size === texts.length
  )
}

const headingsOf = (row: SheetRow): string[] => row.cells.map(shown)

/** Every heading of the repeated row stands where the table's own header has the same one; other cells may hold anything. */
function repeatsHeader(row: SheetRow, headings: readonly string[]): boolean {
  let same = 0
  for (let index = 0; index < row.cells.length; index += 1) {
    const text = shown(row.cells[index])
    if (text === '') continue
    if (text === headings[index]) same += 1
    else if ((readHeading(text)?.score ?? 0) >= 0.9) return false
  }
  return same >= 2
}

export function findTables(given: Sheet): RawTable[] {
  const sheet = spreadMerges(given)
  const tables: RawTable[] = []
  const rows = sheet.rows
  let leftOut: LeftOut[] = []
  let titles: SheetRow[] = []
  let current: {
    headerRow: number | null
    headings: string[] | null
    titles: readonly SheetRow[]
    rows: SheetRow[]
    leftOut: LeftOut[]
  } | null = null
  const leave = (row: SheetRow, why: LeftOutWhy): LeftOut => ({
    source: { sheet: sheet.name, row: row.number },
    why,
    text: rowText(row),
  })
  const close = () => {
    if (current) tables.push(...apart({ sheet: sheet.name, epoch: sheet.epoch, ...current }))
    current = null
  }
  for (let at = 0; at < rows.length; at += 1) {
    const row = rows[at]!
    const mayBeHeader = row.cells.some((cell) => typeof cell === 'string' && cell !== '') && looksLikeWords(row)
    if (mayBeHeader && scoreHeader(row).isHeader) {
      const headings = headingsOf(row)
      if (current?.headings && repeatsHeader(row, current.headings)) {
        current.leftOut.push(leave(row, 'repeated-header'))
        continue
      }
      if (current) titles = current.rows.slice(-3)
      close()
      const below = rows[at + 1]
      const joined = below ? joinSecondHeader(row, below, rows[at + 2]) : null
      const header: LeftOut[] = [...leftOut, leave(row, 'header')]
      if (joined && below) {
        header.push(leave(below, 'header'))
        at += 1
      }
      current = {
        headerRow: row.number,
        headings: joined ?? headings,
        titles,
        rows: [],
        leftOut: header,
      }
      leftOut = []
      titles = []
      continue
    }
    if (current) current.rows.push(row)
    else if (at < 40 && hasHeaderBelow(rows, at)) {
      leftOut.push(leave(row, 'title'))
      titles.push(row)
    } else {
      current = { headerRow: null, headings: null, titles, rows: [row], leftOut }
      leftOut = []
    }
  }
  close()
  const unread = (sheet.unread ?? []).map(
    ({ row, text }): LeftOut => ({ source: { sheet: sheet.name, row }, why: 'nothing-said', text }),
  )
  const first = tables[0]
  return first && unread.length > 0
    ? [{ ...first, leftOut: [...first.leftOut, ...unread] }, ...tables.slice(1)]
    : tables
}

/** Tables side by side, each with the rows that have something in it. */
function apart(table: RawTable): RawTable[] {
  const parts = table.headings === null ? [] : partsOf(table.headings)
  if (parts.length < 2) return [table]
  return parts.map((part, index) => ({
    ...table,
    headings: table.headings!.map((text, column) => (column >= part.from && column < part.to ? text : '')),
    rows: table.rows.map((row) => rowOfPart(row, part)).filter((row) => row !== null),
    leftOut: index === 0 ? table.leftOut : [],
  }))
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57

/** Cheap test that keeps the row-by-row search for another header fast: no heading is a number or a date. */
function looksLikeWords(row: SheetRow): boolean {
  let words = 0
  for (const cell of row.cells) {
    if (typeof cell === 'number') return false
    if (cell === null || cell === '') continue
    if (cell.length > 40 || (isDigit(cell.charCodeAt(0)) && isDigit(cell.charCodeAt(cell.length - 1)))) return false
    words += 1
  }
  return words >= 2
}

function hasHeaderBelow(rows: readonly SheetRow[], from: number): boolean {
  for (let at = from + 1; at < Math.min(rows.length, from + 40); at += 1)
    if (scoreHeader(rows[at]!).isHeader) return true
  return false
}

const isDigits = (cell: Cell | undefined): boolean => typeof cell === 'string' && /^\s*[\d,]+\s*$/.test(cell)

/**
 * A heading over two rows: the second has no numbers, is mostly headings too, and fills cells that the first left empty.
 * Names of things count as headings where numbers stand below them: 防护类 over 防护服 | 护目镜.
 */
function joinSecondHeader(first: SheetRow, second: SheetRow, third: SheetRow | undefined): string[] | null {
  if (second.number !== first.number + 1) return null
  let filled = 0
  let headings = 0
  let fills = 0
  for (let index = 0; index < second.cells.length; index += 1) {
    const cell = second.cells[index]
    if (isBlank(cell)) continue
    if (typeof cell === 'number') return null
    const text = shown(cell)
    filled += 1
    const overNumbers = typeof third?.cells[index] === 'number' || isDigits(third?.cells[index])
    if ((readHeading(text)?.score ?? 0) >= 0.6 || (overNumbers && readFamily(text) !== null)) headings += 1
    if (isBlank(first.cells[index])) fills += 1
  }
  if (filled === 0 || headings / filled < 0.5 || fills === 0) return null
  const width = Math.max(first.cells.length, second.cells.length)
  return Array.from({ length: width }, (_, index) => {
    const lower = shown(second.cells[index])
    return lower === '' ? shown(first.cells[index]) : lower
  })
}
