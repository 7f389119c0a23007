import type { CivilDate } from '../civil-date.ts'
import { nameKey, normaliseText } from '../text.ts'
import type { CatalogueItem } from './catalogue.ts'
import { readChat } from './chat.ts'
import { checkList } from './check-list.ts'
import { type Recognition, recogniseColumns } from './columns.ts'
import { detectDelimiter, parseDelimited, withoutGuard } from './delimited.ts'
import { gatherRows } from './gather-rows.ts'
import { withoutPeople } from './headcount.ts'
import type { Field, IntakeKind } from './header-words.ts'
import { applyMapping, contentFingerprint, layoutKey, type Mapping } from './layout.ts'
import { createNameMatcher, type NameMatcher, type ReadPinyin } from './match-name.ts'
import { readQuantityCell } from './number-text.ts'
import { type DraftRow, readRow } from './read-row.ts'
import { guess, renderReason, worstOf } from './reasons.ts'
import { createMemory } from './row-context.ts'
import { isBlank, type Sheet, sheetOf } from './sheet.ts'
import { takeQuantity } from './split-items.ts'
import { findTables, type LeftOut, type RawTable, rowText, scoreHeader } from './tables.ts'

/** Reads a list, whatever it looks like, into draft rows with their doubts. Pure: dates, catalogue and memory are handed in. */
export interface IntakeContext {
  readonly kind: IntakeKind
  readonly today: CivilDate
  /** Null: names are read and not matched. */
  readonly catalogue: readonly CatalogueItem[] | null
  readonly readPinyin?: ReadPinyin | undefined
  /** `nameKey` of a name as written → item code, as clerks chose before. */
  readonly aliases?: ReadonlyMap<string, string> | undefined
  /** Confirmed columns for a layout, if there are any. */
  readonly findMapping?: ((layout: string) => Mapping | null) | undefined
  /** Names of duties: in a list of units a column under one of them holds people. */
  readonly duties?: readonly string[] | undefined
  /** Rows to read at most; the rest is left out and said so. */
  readonly maxRows?: number | undefined
  /** Called every few thousand rows; return false to stop, which throws an `IntakeCancelled`. */
  readonly onProgress?: ((done: number, total: number) => boolean | undefined) | undefined
}

export class IntakeCancelled extends Error {
  constructor() {
    super('intake cancelled')
    this.name = 'IntakeCancelled'
  }
}

export interface TableReading {
  readonly sheet: string
  readonly headerRow: number | null
  readonly headings: readonly string[] | null
  readonly layout: string
  readonly recognition: Recognition
  readonly fromMemory: boolean
  readonly rows: readonly DraftRow[]
  readonly leftOut: readonly LeftOut[]
}

export interface IntakeResult {
  readonly kind: IntakeKind
  /** The same for the same cells: the same file twice is recognised by it. */
  readonly fingerprint: string
  /** Tables with rows, in the order of the file. */
  readonly tables: readonly TableReading[]
  readonly rows: readonly DraftRow[]
  readonly leftOut: readonly LeftOut[]
}

const defaultMaxRows = 100_000
const progressEvery = 2000

/** Pasted text or the text of a file: a grid with separators, or a message. */
export function readText(given: string, name: string): Sheet[] {
  const text = withPlainCommas(given)
  const delimiter = detectDelimiter(text)
  if (delimiter === null || (delimiter !== '\t' && isProse(text, delimiter))) {
    const chat = readChat(text, name)
    if (chat) return [chat]
    if (delimiter === null)
      return [
        sheetOf(
          name,
          text.split(/\r\n|\r|\n/).map((line) => [line]),
        ),
      ]
  }
  return [
    sheetOf(
      name,
      parseDelimited(text, delimiter ?? ',').rows.map((row) => row.map(withoutGuard)),
    ),
  ]
}

/** 品名，数量，单位: commas of a Chinese keyboard part columns where the first line is a header. */
function withPlainCommas(text: string): string {
  const end = text.search(/[\r\n]/)
  const first = end === -1 ? '' : text.slice(0, end)
  if (first.length > 500 || !first.includes('，')) return text
  return scoreHeader({ number: 1, cells: first.split('，') }).isHeader ? text.replaceAll('，', ',') : text
}

/** What a sentence says of its things besides how many there are. */
const beside = /^(?:批号|有效期|效期|生产日期|规格|数量|lot|batch|exp)/i

/** Commas in a sentence are not columns: short text whose parts name things with their quantities is a message. */
function isProse(text: string, delimiter: ',' | ';' | '|'): boolean {
  if (text.length > 4000) return false
  const rows = parseDelimited(text, delimiter).rows.filter((row) => row.some((field) => field.trim() !== ''))
  if (rows[0] && scoreHeader({ number: 1, cells: rows[0] }).isHeader) return false
  const fields = rows
    .flat()
    .map(normaliseText)
    .filter((field) => field !== '')
  const spoken = fields.filter((field) => beside.test(field) || takeQuantity(field.replace(/[。.;]$/, '')) !== null)
  return spoken.length >= fields.length / 2
}

export function readList(sheets: readonly Sheet[], context: IntakeContext): IntakeResult {
  const matcher =
    context.catalogue === null
      ? null
      : createNameMatcher({ catalogue: context.catalogue, readPinyin: context.readPinyin, aliases: context.aliases })
  const raw = sheets.flatMap((sheet) => findTables(sheet))
  const total = raw.reduce((sum, table) => sum + table.rows.length, 0)
  const tables: TableReading[] = []
  let done = 0
  let left = context.maxRows ?? defaultMaxRows
  const tick = (count: number) => {
    done += count
    if (context.onProgress?.(done, total) === false) throw new IntakeCancelled()
  }
  for (const table of raw) {
    const allowed = table.rows.length <= left ? table : { ...table, rows: table.rows.slice(0, left) }
    left -= allowed.rows.length
    const reading = readTable(allowed, table.rows.slice(allowed.rows.length), context, matcher, tick)
    if (reading.rows.length > 0 || reading.leftOut.length > 0) tables.push(reading)
  }
  const read = tables.flatMap((table) => table.rows as DraftRow[])
  const rows = checkList(read, {
    kind: context.kind,
    catalogue: context.catalogue ?? [],
    matcher,
  })
  let at = 0
  const checked = tables.map((table) => {
    const own = rows.slice(at, at + table.rows.length)
    at += table.rows.length
    return { ...table, rows: own }
  })
  return {
    kind: context.kind,
    fingerprint: contentFingerprint(sheets),
    tables: checked,
    rows,
    leftOut: checked.flatMap((table) => table.leftOut),
  }
}

/**
 * A first row of words nobody knows over a column of quantities is still a header: 来的 | 东西 | 多少. Its cell above the
 * quantities is no quantity, and every row below has one.
 */
function takeUnknownHeader(table: RawTable, recognition: Recognition): RawTable | null {
  const first = table.rows[0]
  const quantity = recognition.columns.find((column) => column.field === 'quantity')
  if (table.headings !== null || !first || !quantity || table.rows.length < 3) return null
  const isQuantity = (row: RawTable['rows'][number]) =>
    readQuantityCell(row.cells[quantity.index] ?? null).value !== null
  const words = first.cells.filter((cell) => !isBlank(cell))
  if (isQuantity(first) || words.length < 2 || words.some((cell) => typeof cell === 'number' || cell!.length > 20))
    return null
  if (!table.rows.slice(1, 20).every(isQuantity)) return null
  return {
    ...table,
    headerRow: first.number,
    headings: first.cells.map((cell) => (cell === null ? '' : normaliseText(String(cell)))),
    rows: table.rows.slice(1),
    leftOut: [
      ...table.leftOut,
      { source: { sheet: table.sheet, row: first.number }, why: 'header', text: rowText(first) },
    ],
  }
}

function readTable(
  given: RawTable,
  beyond: RawTable['rows'],
  context: IntakeContext,
  matcher: NameMatcher | null,
  tick: (count: number) => void,
): TableReading {
  const isKnownItem = (name: string): boolean => {
    if (matcher === null) return false
    const { how } = matcher.match(name, '')
    return how === 'exact' || how === 'alias'
  }
  const duties = new Set((context.duties ?? []).map(nameKey))
  const isDuty = (heading: string): boolean => duties.has(nameKey(withoutPeople(heading)))
  const firstLook = recogniseColumns(given.headings, given.rows, context.kind, isKnownItem, isDuty)
  const table = takeUnknownHeader(given, firstLook) ?? given
  const recognised =
    table === given ? firstLook : recogniseColumns(table.headings, table.rows, context.kind, isKnownItem, isDuty)
  const layout = layoutKey(table.headings, recognised)
  const mapping = context.findMapping?.(layout) ?? null
  const recognition = mapping ? applyMapping(recognised, mapping, table.headings) : recognised
  const rowContext = {
    kind: context.kind,
    today: context.today,
    epoch: table.epoch,
    matcher,
    hasParty: recognition.columns.some((column) => column.field === 'party'),
    memory: createMemory(context.today),
  }
  const rows: DraftRow[] = []
  let since = 0
  const leftOutRows = gatherRows(
    table,
    recognition,
    context.kind,
    new Set<Field>(mapping?.carried ?? []),
    (written) => {
      for (const row of readRow(written, rowContext)) rows.push(row)
      since += 1
      if (since === progressEvery) {
        tick(since)
        since = 0
      }
    },
  )
  tick(since)
  markGuessedColumns(rows, recognition)
  const tooMany: LeftOut[] = beyond.map((row) => ({
    source: { sheet: table.sheet, row: row.number },
    why: 'beyond-limit',
    text: rowText(row),
  }))
  const leftOut = [...table.leftOut, ...leftOutRows, ...tooMany].sort((a, b) => a.source.row - b.source.row)
  return {
    sheet: table.sheet,
    headerRow: table.headerRow,
    headings: table.headings,
    layout,
    recognition,
    fromMemory: mapping !== null,
    rows,
    leftOut,
  }
}

/** A column recognised by its content alone makes each of its cells a guess until the clerk has said yes to the column. */
function markGuessedColumns(rows: readonly DraftRow[], recognition: Recognition): void {
  const guessed = recognition.columns.filter(
    (column) =>
      column.by === 'content' && ['party', 'item', 'quantity', 'lot', 'madeOn', 'expiresOn'].includes(column.field),
  )
  const reasons = guessed.map((column) => guess(column.field, 'column-guessed', { field: column.field }))
  for (const { doubt, field, heading } of recognition.columns)
    if (doubt !== undefined) reasons.push(guess(field, doubt.code, { heading, others: doubt.others }))
  if (reasons.length === 0) return
  for (const row of rows) {
    row.reasons = row.reasons.length === 0 ? reasons : [...row.reasons, ...reasons]
    row.status = worstOf(row.reasons)
  }
}

/** What `cli -- intake` prints. Fields beyond the common ones stand in `more`, and only where the list has them. */
export function toIntakeJson(result: IntakeResult): unknown {
  const first = result.tables.find((table) => table.rows.length > 0) ?? result.tables[0]
  const describe = (table: TableReading) => ({
    sheet: table.sheet,
    key: table.layout,
    headerRow: table.headerRow,
    fromMemory: table.fromMemory,
    columns: table.recognition.columns.map((column) => ({
      column: column.index + 1,
      heading: column.heading,
      field: column.field,
      by: column.by,
    })),
    itemColumns: table.recognition.itemColumns.map((column) => ({ column: column.index + 1, item: column.item })),
    unused: table.recognition.unused.map((column) => ({ column: column.index + 1, heading: column.heading })),
    rows: table.rows.length,
  })
  return {
    layout: {
      kind: result.kind,
      key: first?.layout ?? null,
      fingerprint: result.fingerprint,
      tables: result.tables.map(describe),
    },
    header: first ? { sheet: first.sheet, row: first.headerRow, cells: first.headings ?? [] } : null,
    rows: result.rows.map((row) => {
      const more: Record<string, string> = { ...row.more }
      if (row.madeOn !== null) more.madeOn = row.madeOn
      if (row.standard !== null) more.standard = row.standard
      if (row.date !== null) more.date = row.date
      if (row.note !== null) more.note = row.note
      return {
        source: row.source,
        party: row.party,
        item: row.item,
        match: row.match,
        specification: row.specification,
        unit: row.unit,
        quantity: row.quantity,
        packBase: row.packBase,
        quantityBase: row.quantityBase,
        lot: row.lot,
        expiresOn: row.expiresOn,
        status: row.status,
        reasons: row.reasons.map((reason) => ({
          ...reason,
          zh: renderReason(reason, 'zh'),
          en: renderReason(reason, 'en'),
        })),
        ...(Object.keys(more).length > 0 ? { more } : {}),
      }
    }),
    leftOut: result.leftOut,
  }
}
