import { type Refusal, refusal } from '../../core/refusal.ts'
import type { CellEdit, CellValue } from './cell-value.ts'
import { choicesOf, type GridColumn } from './column.ts'

/**
 * A list whose rows are saved one by one: what was typed lies over the row that the ledger has, until the row is saved.
 * A refused row keeps what was typed. Pure state; `use-row-edits.ts` sends it.
 */
export type EditRow<Row> = {
  readonly key: string
  /** The row as it was last read; for a new row, the blank it began from. */
  readonly base: Row
  readonly isNew: boolean
  /** By column id. */
  readonly patch: Readonly<Record<string, CellValue>>
  readonly state: RowState
  readonly refusals: readonly Refusal[]
}
export type RowState = 'saved' | 'typed' | 'saving' | 'refused'

type Overlay = {
  readonly isNew: boolean
  readonly patch: Readonly<Record<string, CellValue>>
  /** What is under way; null when nothing is. */
  readonly sent: Readonly<Record<string, CellValue>> | null
  readonly refusals: readonly Refusal[]
}
export type RowEdits = ReadonlyMap<string, Overlay>

export const noRowEdits: RowEdits = new Map()

function withRow(edits: RowEdits, key: string, change: (row: Overlay) => Overlay | null): RowEdits {
  const next = new Map(edits)
  const changed = change(edits.get(key) ?? { isNew: false, patch: {}, sent: null, refusals: [] })
  if (changed === null) next.delete(key)
  else next.set(key, changed)
  return next
}

export function addRow(edits: RowEdits, key: string): RowEdits {
  return withRow(edits, key, () => ({ isNew: true, patch: {}, sent: null, refusals: [] }))
}

/** Takes the typed values; a row's refusals stand until it is sent again, but not for a cell that has changed since. */
export function typeCells(
  edits: RowEdits,
  cells: readonly CellEdit[],
  fieldOf: (columnId: string) => string,
): RowEdits {
  let next = edits
  for (const { rowId, columnId, after } of cells) {
    next = withRow(next, rowId, (row) => ({
      ...row,
      patch: { ...row.patch, [columnId]: after },
      refusals: row.refusals.filter(({ field }) => field !== fieldOf(columnId)),
    }))
  }
  return next
}

export function sendRow(edits: RowEdits, key: string): RowEdits {
  return withRow(edits, key, (row) => ({ ...row, sent: row.patch, refusals: [] }))
}

/** The row was saved as it was sent, under `savedKey`; what was typed since stays, over the saved row. */
export function rowSaved(edits: RowEdits, key: string, savedKey: string): RowEdits {
  const row = edits.get(key)
  if (!row) return edits
  const sent = row.sent ?? {}
  const patch = Object.fromEntries(
    Object.entries(row.patch).filter(([id, value]) => !(id in sent) || sent[id] !== value),
  )
  const next = new Map(edits)
  next.delete(key)
  if (Object.keys(patch).length > 0) next.set(savedKey, { isNew: false, patch, sent: null, refusals: [] })
  return next
}

/** A row as it was saved, for as long as the list still has the row that was sent. */
export type SavedRow<Row> = {
  readonly row: Row
  /** What it was sent from; null for a new one. */
  readonly from: Row | null
  /** The list as it was read then. */
  readonly list: readonly Row[] | undefined
}
export type SavedRows<Row> = ReadonlyMap<string, SavedRow<Row>>

/** A list that is read again has the saved row; one that was read before the save and came after it has not. */
function hasCaughtUp<Row>(listed: Row, { row, from }: SavedRow<Row>): boolean {
  const [had, has] = [versionOf(row), versionOf(listed)]
  return had !== null && has !== null ? has >= had : listed !== from
}

function versionOf(row: unknown): number | null {
  const version: unknown = typeof row === 'object' && row !== null ? Reflect.get(row, 'version') : null
  return typeof version === 'number' ? version : null
}

/**
 * The list with the rows that were saved since it was read, new ones first: what is typed next lies over what the
 * ledger has now, and is sent with its version and its other cells.
 */
export function withSaved<Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
  saved: SavedRows<Row>,
): readonly Row[] {
  if (saved.size === 0) return rows
  const keys = new Set(rows.map(keyOf))
  const fresh = [...saved].filter(([key, { list }]) => !keys.has(key) && list === rows).map(([, { row }]) => row)
  return [
    ...fresh,
    ...rows.map((row) => {
      const known = saved.get(keyOf(row))
      return known === undefined || hasCaughtUp(row, known) ? row : known.row
    }),
  ]
}

/** Forgets the saved rows that the list has by now, or no longer has at all. */
export function forgetSaved<Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
  saved: SavedRows<Row>,
): SavedRows<Row> {
  if (saved.size === 0) return saved
  const byKey = new Map(rows.map((row) => [keyOf(row), row]))
  const still = [...saved].filter(([key, one]) => {
    const listed = byKey.get(key)
    return listed === undefined ? one.list === rows : !hasCaughtUp(listed, one)
  })
  return still.length === saved.size ? saved : new Map(still)
}

export function rowRefused(edits: RowEdits, key: string, refusals: readonly Refusal[]): RowEdits {
  return withRow(edits, key, (row) => ({ ...row, sent: null, refusals }))
}

/** Forgets what was typed in a row; a new row goes away. */
export function discardRow(edits: RowEdits, key: string): RowEdits {
  return withRow(edits, key, () => null)
}

export function hasTyped(edits: RowEdits, key: string): boolean {
  const row = edits.get(key)
  return row !== undefined && Object.keys(row.patch).length > 0
}

/** The rows of the list with what was typed over them; new rows first, where the eye is. */
export function overlay<Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
  blank: Row,
  edits: RowEdits,
): EditRow<Row>[] {
  const fresh = [...edits].filter(([, row]) => row.isNew).map(([key, row]) => editRow(key, blank, row))
  return [
    ...fresh,
    ...rows.map((row) => {
      const key = keyOf(row)
      return editRow(key, row, edits.get(key))
    }),
  ]
}

function editRow<Row>(key: string, base: Row, row: Overlay | undefined): EditRow<Row> {
  if (!row) return { key, base, isNew: false, patch: {}, state: 'saved', refusals: [] }
  const state: RowState = row.sent !== null ? 'saving' : row.refusals.length > 0 ? 'refused' : 'typed'
  return { key, base, isNew: row.isNew, patch: row.patch, state, refusals: row.refusals }
}

/** The name that the reader reads comes first: the English one right after the code for readers of English. */
export function namesInOrder<Row>(fields: readonly Field<Row>[], language: 'zh' | 'en'): Field<Row>[] {
  const english = fields.find(({ id }) => id === 'nameEn')
  const rest = fields.filter((field) => field !== english)
  const at = rest.findIndex(({ id }) => id === 'name') + (language === 'en' ? 0 : 1)
  return english && at >= 0 ? rest.toSpliced(at, 0, english) : [...fields]
}

/** A column of such a list: `read` is the value of the row as it was read. */
export type Field<Row> = Omit<GridColumn<EditRow<Row>>, 'value'> & {
  readonly read: (row: Row) => CellValue
  /** Name in the contract, where it isn't the column's id. */
  readonly field?: string
  /** Characters that a text may have; 60 where it is left out. */
  readonly longest?: number
}

export function fieldColumn<Row>(field: Field<Row>): GridColumn<EditRow<Row>> {
  const { read, field: _, ...column } = field
  return { ...column, value: (row) => cellOf(field, row) }
}

export function cellOf<Row>(field: Field<Row>, row: EditRow<Row>): CellValue {
  const typed = row.patch[field.id]
  return typed === undefined ? field.read(row.base) : typed
}

/** The whole row as typed, by column id. */
export function valuesOf<Row>(fields: readonly Field<Row>[], row: EditRow<Row>): Record<string, CellValue> {
  return Object.fromEntries(fields.map((field) => [field.id, cellOf(field, row)]))
}

/** The contract takes no longer text; told here, so that the sentence says how long it is. */
export function tooLong(field: string, text: string, longest = 60): Refusal[] {
  const { length } = text.trim()
  return length > longest ? [refusal('too-long', { field, given: length, allowed: longest })] : []
}

/** What can be told without asking: a text too long, a number column that holds text, a choice that isn't one. */
export function typedProblems<Row>(fields: readonly Field<Row>[], row: EditRow<Row>): Refusal[] {
  return fields.flatMap((field) => {
    const value = cellOf(field, row)
    if (value === null || value === '') return []
    const name = field.field ?? field.id
    if (field.kind === 'text') return tooLong(name, String(value), field.longest)
    if (field.kind === 'number' && typeof value === 'string')
      return [refusal('number-expected', { field: name, given: value })]
    if (field.kind === 'choice' && !choicesOf(fieldColumn(field), row).some((choice) => choice.value === value)) {
      const labels = choicesOf(fieldColumn(field), row).map(({ label }) => label)
      const allowed = labels.length > 8 ? `${labels.slice(0, 8).join('、')}…` : labels.join('、')
      return [refusal('malformed', { field: name, given: value, allowed })]
    }
    return []
  })
}

/** The refusal that a cell shows; one that belongs to no column stands in the first. */
export function refusalAt<Row>(fields: readonly Field<Row>[], row: EditRow<Row>, columnId: string): Refusal | null {
  if (row.refusals.length === 0) return null
  const field = fields.find(({ id }) => id === columnId)
  if (!field) return null
  const own = row.refusals.find((one) => one.field === (field.field ?? field.id))
  if (own) return own
  if (field !== fields[0]) return null
  const names = new Set(fields.map(({ id, field: name }) => name ?? id))
  return row.refusals.find((one) => one.field === null || !names.has(one.field)) ?? null
}
