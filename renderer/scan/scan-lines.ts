import type { ItemRow } from '../../api/contract/item.ts'
import { type Gs1Data, type Gs1Problem, normaliseGtin, parseGs1 } from '../../core/gs1.ts'
import { ownCodeOf } from '../../core/label.ts'
import { normaliseText } from '../../core/text.ts'
import { blankLine, type DraftLine, isBlank } from '../delivery/line.ts'
import { type Lines, type NewKey, replaceLines } from '../delivery/lines.ts'

/** What a scan says, whichever form it came in. */
export type Scanned = {
  /** Under which it is remembered: the GTIN of 14 digits, or the code as it was scanned. */
  readonly code: string
  readonly lot: string
  readonly madeOn: string | null
  readonly expiresOn: string | null
  /** Pieces (30) or packs (37) that the label counts. */
  readonly pieces: number | null
  readonly packs: number | null
}

export type ScanReading =
  | { readonly ok: true; readonly scanned: Scanned }
  | { readonly ok: false; readonly problem: Gs1Problem; readonly given: string }

/** Reads what a scanner sent. A code that is no GS1 string is somebody's own and stands for itself. */
export function readScan(text: string, today: string): ScanReading {
  const read = parseGs1(text, today)
  if (read.ok) {
    const { data } = read
    const other = new Map(data.other)
    const contained = other.get('02')
    const gtin = data.gtin ?? (contained === undefined ? null : normaliseGtin(contained))
    // Our own labels of items without a GTIN have our code of the item.
    const code = gtin ?? ownCodeOf(data.other)
    if (code === null) return { ok: false, problem: 'not-gs1', given: text.slice(0, 40) }
    return { ok: true, scanned: { ...datesOf(data), ...countOf(data, contained !== undefined), code } }
  }
  if (read.problem === 'not-gs1') {
    const code = normaliseText(text.replace(/^\][A-Za-z]\d/, '')).slice(0, 100)
    if (code !== '')
      return { ok: true, scanned: { code, lot: '', madeOn: null, expiresOn: null, pieces: null, packs: null } }
  }
  return { ok: false, problem: read.problem, given: read.at }
}

const datesOf = (data: Gs1Data) => ({
  lot: data.lot ?? '',
  madeOn: data.madeOn,
  expiresOn: data.expiresOn ?? data.bestBefore,
})

/** With the number of what a case holds (02) the count is of packs; otherwise it is of pieces. */
const countOf = (data: Gs1Data, ofPacks: boolean) => ({
  pieces: ofPacks ? null : data.count,
  packs: ofPacks ? data.count : null,
})

export type KnownCode = { readonly code: string; readonly itemId: number; readonly packSizeBase: number }

/** The item of a code: as a clerk has said once, or the item whose own code it is. Null when it has to be asked. */
export function findCode(
  code: string,
  codes: readonly KnownCode[],
  items: ReadonlyMap<number, ItemRow>,
): { readonly item: ItemRow; readonly packSizeBase: number } | null {
  const key = normaliseGtin(code) ?? code
  const known = codes.find((one) => (normaliseGtin(one.code) ?? one.code) === key)
  const learnt = known === undefined ? undefined : items.get(known.itemId)
  if (known !== undefined && learnt !== undefined && learnt.archivedAt === null)
    return { item: learnt, packSizeBase: known.packSizeBase }
  for (const item of items.values()) {
    if (item.archivedAt !== null) continue
    if (item.code.toLowerCase() === code.toLowerCase() || (normaliseGtin(item.code) ?? '') === key)
      return { item, packSizeBase: item.packSizeBase }
  }
  return null
}

export type Counted = {
  readonly lines: Lines
  readonly key: string
  /** What stands on the line now. */
  readonly packs: number | null
  readonly pieces: number | null
  readonly again: boolean
}

/**
 * Counts a scan into the lines of a delivery, as one step: one pack more on the line of the same item, lot and dates, or
 * a new line before the blank one. A label that says nothing of dates counts on the line of its lot.
 */
export function countScan(
  lines: Lines,
  scanned: Scanned,
  item: ItemRow,
  packSizeBase: number,
  newKey: NewKey,
): Counted {
  const index = lines.now.findLastIndex((line) => isSameLine(line, scanned, item, packSizeBase))
  const before = lines.now[index]
  const inPieces = scanned.pieces !== null
  const add = scanned.pieces ?? scanned.packs ?? 1
  if (before !== undefined) {
    const field = inPieces ? 'piecesBase' : 'packs'
    const count = Number(before.cells[field]) + add
    const { [field]: _, ...doubts } = before.doubts
    const changed = { ...before, cells: { ...before.cells, [field]: String(count) }, doubts }
    return {
      lines: replaceLines(lines, lines.now.with(index, changed), newKey),
      key: before.key,
      packs: inPieces ? null : count,
      pieces: inPieces ? count : null,
      again: true,
    }
  }
  const blank = blankLine(newKey())
  const line: DraftLine = {
    ...blank,
    itemId: item.itemId,
    cells: {
      ...blank.cells,
      lot: scanned.lot,
      madeOn: scanned.madeOn ?? '',
      expiresOn: scanned.expiresOn ?? '',
      ...(inPieces
        ? { piecesBase: String(add) }
        : { packs: String(add), packSizeBase: packSizeBase === item.packSizeBase ? '' : String(packSizeBase) }),
    },
  }
  const written = lines.now.findLastIndex((one) => !isBlank(one)) + 1
  return {
    lines: replaceLines(lines, lines.now.toSpliced(written, 0, line), newKey),
    key: line.key,
    packs: inPieces ? null : add,
    pieces: inPieces ? add : null,
    again: false,
  }
}

function isSameLine(line: DraftLine, scanned: Scanned, item: ItemRow, packSizeBase: number): boolean {
  const { cells } = line
  if (line.itemId !== item.itemId || cells.lot !== scanned.lot) return false
  if (scanned.expiresOn !== null && cells.expiresOn !== scanned.expiresOn) return false
  if (scanned.madeOn !== null && cells.madeOn !== scanned.madeOn) return false
  if (scanned.pieces !== null) return cells.packs === '' && /^\d+$/.test(cells.piecesBase)
  const size = cells.packSizeBase === '' ? item.packSizeBase : Number(cells.packSizeBase)
  // Pieces or what was accepted were written by hand for so many packs: one more would contradict them.
  return /^\d+$/.test(cells.packs) && cells.piecesBase === '' && cells.acceptedBase === '' && size === packSizeBase
}
