import type { CatalogueItem } from '../../core/intake/catalogue.ts'
import {
  chooseItem,
  confirmGuesses,
  type EditableField,
  type EditContext,
  editRow,
} from '../../core/intake/draft-rows.ts'
import type { DraftRow } from '../../core/intake/read-row.ts'
import type { ReasonCode } from '../../core/intake/reasons.ts'
import {
  findUnit,
  isUnitField,
  markUnit,
  placeKeyOf,
  remarkUnit,
  type UnitFacts,
  type UnitField,
  unitFields,
} from '../../core/intake/unit-list.ts'
import { isSameUnit } from '../../core/intake/unit-of-measure.ts'
import { nameKey, tidyText } from '../../core/text.ts'
import { columnOf, type LearntName, type ListColumn, type ListRow, type ListState, reasonsAt } from './list-rows.ts'
import { rowsAtATime, type Work } from './work.ts'

/** What a clerk does with the rows, each as one step that can be undone. A step that changes nothing gives the same state. */
export type History = {
  readonly now: ListState
  readonly past: readonly ListState[]
  readonly future: readonly ListState[]
}

const mostSteps = 100
/** Each step keeps the rows as they were: fewer are kept of a long list. */
const mostRowsKept = 2_000_000
const stepsKept = ({ rows }: ListState): number =>
  Math.max(10, Math.min(mostSteps, Math.floor(mostRowsKept / Math.max(1, rows.length))))

export const begin = (state: ListState): History => ({ now: state, past: [], future: [] })

export function step(history: History, next: ListState): History {
  if (next === history.now) return history
  return { now: next, past: [...history.past, history.now].slice(-stepsKept(next)), future: [] }
}

export function undo(history: History): History {
  const before = history.past[history.past.length - 1]
  if (before === undefined) return history
  return { now: before, past: history.past.slice(0, -1), future: [history.now, ...history.future] }
}

export function redo(history: History): History {
  const [next, ...future] = history.future
  return next === undefined ? history : { now: next, past: [...history.past, history.now], future }
}

function* mapRows(state: ListState, change: (row: ListRow) => ListRow, atATime = rowsAtATime): Work<ListState> {
  let changed = false
  const rows: ListRow[] = []
  for (const row of state.rows) {
    const next = change(row)
    if (next !== row) changed = true
    if (rows.push(next) % atATime === 0) yield
  }
  return changed ? { ...state, rows } : state
}

/** Rows that are read again take longer each. */
const readAtATime = 8

/** Keys of names that lists write over and over: each way of writing is worked out once. */
function keysOnce(): (name: string) => string {
  const keys = new Map<string, string>()
  return (name) => {
    const known = keys.get(name)
    if (known !== undefined) return known
    const key = nameKey(name)
    keys.set(name, key)
    return key
  }
}

const withDraft = (row: ListRow, draft: DraftRow): ListRow => (draft === row.row ? row : { ...row, row: draft })

/** Confirms the guesses of one cell. What is wrong stays wrong. */
export function* confirmCell(state: ListState, key: number, column: ListColumn): Work<ListState> {
  return yield* mapRows(state, (row) => {
    if (row.key !== key) return row
    const fields = new Set(reasonsAt(row, column).map((reason) => reason.field))
    let draft = row.row
    for (const field of fields) draft = confirmGuesses(draft, { field })
    return withDraft(row, draft)
  })
}

export function* confirmKind(state: ListState, code: ReasonCode): Work<ListState> {
  return yield* mapRows(state, (row) => withDraft(row, confirmGuesses(row.row, { code })))
}

export function* deleteRow(state: ListState, key: number): Work<ListState> {
  const rows = state.rows.filter((row) => row.key !== key)
  return rows.length === state.rows.length ? state : { ...state, rows }
}

export type EditFacts = {
  readonly context: EditContext
  readonly newKey: () => number
  /** Which unit a party is. */
  readonly findPlace: (party: string | null) => number | null
  /** Where the list is of units: what is known of them. */
  readonly units?: UnitFacts | null
}

const editable: ReadonlySet<ListColumn> = new Set<ListColumn>([
  ...unitFields,
  'party',
  'item',
  'specification',
  'quantity',
  'used',
  'usedDays',
  'unit',
  'lot',
  'madeOn',
  'expiresOn',
  'standard',
  'date',
  'note',
])
export const isTextColumn = (column: ListColumn): column is (EditableField | UnitField) & ListColumn =>
  editable.has(column)

/** A cell typed over. A cell in which several items with their quantities were typed becomes several rows. */
export function* editCell(
  state: ListState,
  key: number,
  column: EditableField | UnitField,
  text: string,
  facts: EditFacts,
): Work<ListState> {
  const index = state.rows.findIndex((row) => row.key === key)
  const row = state.rows[index]
  if (row === undefined) return state
  if (facts.units != null)
    return yield* mapRows(state, (one) => (one === row ? editUnit(one, column, text, facts.units!) : one))
  if (isUnitField(column)) return state
  const drafts = editRow(row.row, column, text, facts.context)
  const placeId = column === 'party' ? facts.findPlace(drafts[0]?.party ?? null) : row.placeId
  const rows = drafts.map(
    (draft, at): ListRow => ({ ...row, key: at === 0 ? row.key : facts.newKey(), row: draft, placeId }),
  )
  return { ...state, rows: [...state.rows.slice(0, index), ...rows, ...state.rows.slice(index + 1)] }
}

function editUnit(row: ListRow, column: EditableField | UnitField, text: string, facts: UnitFacts): ListRow {
  const written = tidyText(text)
  const draft: DraftRow = isUnitField(column)
    ? { ...row.row, more: { ...row.row.more, [column]: written } }
    : { ...row.row, [column]: written === '' ? null : written }
  // Under another name, or another code, it may be another unit.
  const placeId = column === 'party' || column === 'unitCode' ? findUnit(draft, facts) : row.placeId
  const marked =
    placeId === row.placeId ? remarkUnit(row.row, draft, column, placeId, facts) : markUnit(draft, placeId, facts)
  return { ...row, row: marked, placeId }
}

/** The unit on file that a row is, as the clerk says; null for a new one. Its other name is learnt. */
export function* chooseUnitFor(
  state: ListState,
  key: number,
  placeId: number | null,
  facts: UnitFacts,
): Work<ListState> {
  const chosen = state.rows.find((row) => row.key === key)
  if (chosen === undefined) return state
  const changed = yield* mapRows(state, (row) => {
    if (row.key !== key) return row
    const draft = placeId === row.placeId ? row.row : markUnit(row.row, placeId, facts)
    return { ...row, placeId, row: confirmGuesses(draft, { field: 'place' }) }
  })
  const { party } = chosen.row
  if (party === null || placeId === null) return changed
  const known = facts.byName.get(nameKey(party))?.includes(placeId) ?? false
  return known ? changed : learn(changed, { kind: 'unit', alias: party, targetId: placeId })
}

/**
 * The item chosen for a row, and for all rows that write the same name and have no better answer. The choice is learnt
 * as another name of the item.
 */
export function* chooseItemFor(
  state: ListState,
  key: number,
  item: CatalogueItem,
  itemId: number,
  context: EditContext,
): Work<ListState> {
  const chosen = state.rows.find((row) => row.key === key)
  if (chosen === undefined) return state
  const keyOf = keysOnce()
  const name = chosen.row.item === null ? null : nameKey(chosen.row.item)
  const changed = yield* mapRows(
    state,
    (row) => {
      const alike =
        name !== null &&
        row.row.item !== null &&
        row.row.reasons.some((reason) => reason.field === 'match') &&
        keyOf(row.row.item) === name
      return row.key === key || alike ? withDraft(row, chooseItem(row.row, item, context)) : row
    },
    readAtATime,
  )
  if (chosen.row.item === null || name === nameKey(item.name)) return changed
  return learn(changed, { kind: 'item', alias: chosen.row.item, targetId: itemId })
}

/** The units that were made for rows of which none was on file, by `placeKeyOf`. */
export function* placeUnits(state: ListState, made: ReadonlyMap<string, number>): Work<ListState> {
  return yield* mapRows(state, (row) => {
    const placeId = row.placeId === null ? made.get(placeKeyOf(row.row)) : undefined
    return placeId === undefined ? row : { ...row, placeId }
  })
}

/** The unit chosen for a row, and for all rows of the same party that have none. */
export function* choosePlaceFor(state: ListState, key: number, placeId: number): Work<ListState> {
  const chosen = state.rows.find((row) => row.key === key)
  if (chosen === undefined) return state
  const place = chosen.row.party === null ? null : placeKeyOf(chosen.row)
  const changed = yield* mapRows(state, (row) => {
    const alike = place !== null && row.placeId === null && placeKeyOf(row.row) === place
    if (row.key !== key && !alike) return row
    return { ...row, placeId, row: confirmGuesses(confirmGuesses(row.row, { field: 'party' }), { field: 'place' }) }
  })
  // Of two units of one name the name says nothing.
  const keyOf = keysOnce()
  const named = nameKey(chosen.row.party ?? '')
  let elsewhere = false
  for (const [index, { row }] of state.rows.entries()) {
    if (index % rowsAtATime === 0) yield
    if (keyOf(row.party ?? '') !== named || placeKeyOf(row) === place) continue
    elsewhere = true
    break
  }
  return chosen.row.party === null || elsewhere
    ? changed
    : learn(changed, { kind: 'unit', alias: chosen.row.party, targetId: placeId })
}

function learn(state: ListState, name: LearntName): ListState {
  const key = nameKey(name.alias)
  const others = state.learnt.filter((one) => one.kind !== name.kind || nameKey(one.alias) !== key)
  return { ...state, learnt: [...others, name] }
}

/** How many base units one pack of a row holds, asked once for all rows with the same item and unit. */
export function* setPackSize(
  state: ListState,
  key: number,
  packBase: number,
  context: EditContext,
  baseUnit: string,
): Work<ListState> {
  const asked = state.rows.find((row) => row.key === key)
  if (asked === undefined || asked.row.unit === null) return state
  const { match, unit } = asked.row
  return yield* mapRows(
    state,
    (row) => {
      const alike =
        row.row.match === match &&
        row.row.unit !== null &&
        isSameUnit(row.row.unit, unit) &&
        row.row.reasons.some((reason) => columnOf(reason.field) === 'quantityBase' || reason.field === 'unit')
      if (row.key !== key && !alike) return row
      const [draft] = editRow(row.row, 'specification', `${packBase}${baseUnit}/${unit}`, context)
      // The clerk has just said it: that it was read from a specification is no doubt any more.
      return withDraft(row, confirmGuesses(confirmGuesses(draft!, { field: 'packBase' }), { field: 'unit' }))
    },
    readAtATime,
  )
}
