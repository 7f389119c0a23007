import type { DraftRow } from '../../core/intake/read-row.ts'
import type { Reason, ReasonCode, Status } from '../../core/intake/reasons.ts'
import { isUnitField, unitFields } from '../../core/intake/unit-list.ts'
import type { TargetKind } from './target.ts'
import { rowsAtATime, type Work } from './work.ts'

/** What stands in a column of the draft. `place` is the unit on file that the party was taken for. */
export const listColumns = [
  'source',
  'party',
  'place',
  'category',
  'tier',
  'headcount',
  'town',
  'contact',
  'phone',
  'address',
  'unitCode',
  'alias',
  'nameEn',
  'route',
  'item',
  'match',
  'specification',
  'quantity',
  'unit',
  'quantityBase',
  'used',
  'usedDays',
  'lot',
  'madeOn',
  'expiresOn',
  'standard',
  'date',
  'note',
] as const
export type ListColumn = (typeof listColumns)[number]

/** Whether `place` is the depot where the goods of a row lie. */
export const showsDepot = (target: TargetKind): boolean => target === 'stock'

/** A row of the list on its way into the books. */
export type ListRow = {
  readonly key: number
  /** Which table of the list it is from. */
  readonly table: number
  readonly row: DraftRow
  /** The unit that the party is, where the list is of units; the depot, where it is of stock. */
  readonly placeId: number | null
}

/** What was learnt from a clerk's choices, to be kept when rows are taken. */
export type LearntName = { readonly kind: 'item' | 'unit'; readonly alias: string; readonly targetId: number }

export type ListState = { readonly rows: readonly ListRow[]; readonly learnt: readonly LearntName[] }

const columnOfField: Readonly<Record<string, ListColumn>> = {
  party: 'party',
  place: 'place',
  item: 'item',
  match: 'match',
  specification: 'specification',
  quantity: 'quantity',
  unit: 'unit',
  packBase: 'quantityBase',
  quantityBase: 'quantityBase',
  used: 'used',
  usedDays: 'usedDays',
  lot: 'lot',
  madeOn: 'madeOn',
  expiresOn: 'expiresOn',
  standard: 'standard',
  date: 'date',
  note: 'note',
}
/** Doubts about the row as a whole, or about what has no column of its own, stand at its number. */
export const columnOf = (field: string): ListColumn => columnOfField[field] ?? (isUnitField(field) ? field : 'source')

/** What heads a column: the place of stock is a depot. */
export const headingOf = (column: ListColumn, target: TargetKind): ListColumn | 'depot' =>
  column === 'place' && showsDepot(target) ? 'depot' : column

export const reasonsAt = (row: ListRow, column: ListColumn): readonly Reason[] =>
  row.row.reasons.length === 0 ? none : row.row.reasons.filter((reason) => columnOf(reason.field) === column)
const none: readonly Reason[] = []

/** What the screen adds to the doubts of the reading: a party that is no unit on file, an item that nothing was matched to. */
export type Missing = 'place-missing' | 'depot-missing' | 'item-not-chosen' | 'maker-missing'

export function missingAt(row: ListRow, column: ListColumn, target: TargetKind): Missing | null {
  if (column === 'place' && needsPlace(target) && row.placeId === null) return 'place-missing'
  if (column === 'place' && target === 'stock' && row.placeId === null) return 'depot-missing'
  if (column === 'party' && target === 'supplier' && row.row.party === null) return 'maker-missing'
  // A row without an item has its reason from the reading; one from a damaged draft may not.
  if (
    column === 'match' &&
    target !== 'item' &&
    target !== 'unit' &&
    row.row.match === null &&
    !row.row.reasons.some((one) => one.status === 'wrong')
  )
    return 'item-not-chosen'
  return null
}

export const needsPlace = (target: TargetKind): boolean => target === 'report' || target === 'request'

/** A list that is of units in any way shows which unit on file each row is. */
export const showsPlace = (target: TargetKind): boolean => needsPlace(target) || target === 'unit'

export function statusAt(row: ListRow, column: ListColumn, target: TargetKind): Status {
  if (missingAt(row, column, target) !== null) return 'wrong'
  let status: Status = 'sure'
  for (const reason of row.row.reasons) {
    if (columnOf(reason.field) !== column) continue
    if (reason.status === 'wrong') return 'wrong'
    status = 'guessed'
  }
  return status
}

export function statusOf(row: ListRow, target: TargetKind): Status {
  if (row.row.status === 'wrong') return 'wrong'
  if (missingAt(row, 'place', target) !== null || missingAt(row, 'match', target) !== null) return 'wrong'
  return missingAt(row, 'party', target) === null ? row.row.status : 'wrong'
}

/** Columns that hold something in any row, besides those that every list has. */
export function* columnsInUse(rows: readonly ListRow[], target: TargetKind): Work<ListColumn[]> {
  if (target === 'unit') {
    const shown = new Set<ListColumn>(['source', 'party', 'place', 'category', 'tier', 'headcount', 'town'])
    yield* addUsed(rows, [...unitFields, 'note'], shown)
    return listColumns.filter((column) => shown.has(column))
  }
  const always = new Set<ListColumn>(['source', 'item', 'specification', 'quantity', 'unit'])
  if (target !== 'item') for (const column of ['match', 'quantityBase'] as const) always.add(column)
  if (needsPlace(target)) for (const column of ['party', 'place', 'date'] as const) always.add(column)
  if (target === 'stock') always.add('place')
  if (target === 'delivery' || target === 'stock')
    for (const column of ['lot', 'expiresOn'] as const) always.add(column)
  if (target === 'supplier') always.add('party')
  const used = new Set(always)
  // How long it was used over is asked for where the report before doesn't say.
  if (target === 'report' && rows.some(({ row }) => row.used !== null)) used.add('usedDays')
  const never = new Set<ListColumn>(
    target === 'item'
      ? ['place', 'match', 'quantityBase', 'quantity', 'party', 'date']
      : needsPlace(target) || target === 'stock'
        ? []
        : ['place'],
  )
  const optional = listColumns.filter((column) => !always.has(column) && !never.has(column) && !isUnitField(column))
  yield* addUsed(rows, optional, used)
  return listColumns.filter((column) => used.has(column) && !never.has(column))
}

function* addUsed(rows: readonly ListRow[], columns: readonly ListColumn[], used: Set<ListColumn>): Work<void> {
  let unused = columns.filter((column) => !used.has(column))
  for (const [index, row] of rows.entries()) {
    if (unused.length === 0) return
    const found = unused.filter((column) => cellText(row, column) !== '' || reasonsAt(row, column).length > 0)
    if (found.length > 0) {
      for (const column of found) used.add(column)
      unused = unused.filter((column) => !used.has(column))
    }
    if (index % rowsAtATime === 0) yield
  }
}

/** What stands in a cell as text, without what is looked up by its number. */
export function cellText(row: ListRow, column: ListColumn): string {
  const { row: draft } = row
  switch (column) {
    case 'source':
      return String(draft.source.row)
    case 'place':
      return row.placeId === null ? '' : String(row.placeId)
    case 'match':
      return draft.match ?? ''
    case 'quantity':
      return draft.quantity === null ? '' : String(draft.quantity)
    case 'quantityBase':
      return draft.quantityBase === null ? '' : String(draft.quantityBase)
    default:
      return (isUnitField(column) ? draft.more?.[column] : draft[column]) ?? ''
  }
}

export type CellAt = { readonly index: number; readonly column: ListColumn }

/** What the list writes where a unit or a depot is asked for. */
export const givenPlace = (row: ListRow, target: TargetKind): string | null =>
  showsDepot(target) ? (row.row.more?.depot ?? null) : row.row.party

/** The next cell with a doubt behind (or before) this one, row by row and around the end; null when there is none. */
export function nextDoubt(
  rows: readonly ListRow[],
  columns: readonly ListColumn[],
  target: TargetKind,
  from: CellAt | null,
  step: 1 | -1,
): CellAt | null {
  if (rows.length === 0) return null
  const width = columns.length
  const start = from === null ? (step === 1 ? -1 : 0) : from.index * width + columns.indexOf(from.column)
  const total = rows.length * width
  for (let count = 1; count <= total; count += 1) {
    const at = (((start + step * count) % total) + total) % total
    const index = Math.floor(at / width)
    const row = rows[index]!
    if (statusOf(row, target) === 'sure') {
      // On to the end (or the beginning) of this row at once: long lists are mostly sure.
      count += step === 1 ? width - 1 - (at % width) : at % width
      continue
    }
    const column = columns[at % width]!
    if (statusAt(row, column, target) !== 'sure') return { index, column }
  }
  return null
}

/** The kind of guess that “confirm all of this kind” is about at a cell, and in how many rows it stands. */
export function guessAt(
  rows: readonly ListRow[],
  row: ListRow,
  column: ListColumn,
): { readonly code: ReasonCode; readonly rows: number } | null {
  const found = reasonsAt(row, column).find((reason) => reason.status === 'guessed')
  if (!found) return null
  let count = 0
  for (const one of rows)
    if (one.row.reasons.some((reason) => reason.status === 'guessed' && reason.code === found.code)) count += 1
  return { code: found.code, rows: count }
}
