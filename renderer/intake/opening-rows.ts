import type { ItemRow } from '../../api/contract/item.ts'
import type { OpeningLineInput } from '../../api/contract/ledger.ts'
import type { DepotRow } from '../../api/contract/place.ts'
import { workOutExpiry } from '../../core/delivery.ts'
import { guess, type Reason, worstOf, wrong } from '../../core/intake/reasons.ts'
import { findLotThere, type LotThere } from '../../core/opening.ts'
import { nameKey, normaliseText } from '../../core/text.ts'
import type { ListRow, ListState } from './list-rows.ts'
import { rowsAtATime, type Work } from './work.ts'

/** The depot that a row names; where it names none, the only one there is. */
export function createDepotFinder(depots: readonly DepotRow[]): (written: string | undefined) => number | null {
  const byName = new Map<string, number>()
  for (const depot of depots)
    for (const name of [depot.name, depot.nameEn, depot.code])
      if (nameKey(name) !== '') byName.set(nameKey(name), depot.placeId)
  const only = depots.length === 1 ? depots[0]!.placeId : null
  return (written) => {
    const key = nameKey(written ?? '')
    return key === '' ? only : (byName.get(key) ?? null)
  }
}

/** The depot chosen for a row, and for all rows that say the same and have none. */
export function* chooseDepotFor(state: ListState, key: number, depotId: number): Work<ListState> {
  const chosen = state.rows.find((row) => row.key === key)
  if (chosen === undefined) return state
  const written = nameKey(chosen.row.more?.depot ?? '')
  const rows: ListRow[] = []
  for (const row of state.rows) {
    const alike = row.key === key || (row.placeId === null && nameKey(row.row.more?.depot ?? '') === written)
    if (rows.push(alike ? { ...row, placeId: depotId } : row) % rowsAtATime === 0) yield
  }
  return { ...state, rows }
}

export type OpeningFacts = {
  readonly items: ReadonlyMap<string, ItemRow>
  /** By depot: the lots that it has some of. */
  readonly there: ReadonlyMap<number, readonly LotThere[]>
  readonly findSupplier: (party: string | null) => number | null
}

/** What is counted of which lot, and what the books have of it there; null where the row can't say it yet. */
function countedOf(row: ListRow, facts: OpeningFacts) {
  const item = row.row.match === null ? undefined : facts.items.get(row.row.match)
  const { quantityBase, madeOn } = row.row
  if (item === undefined || row.placeId === null || quantityBase === null) return null
  const lot = normaliseText(row.row.lot ?? '')
  const expiresOn = row.row.expiresOn ?? workOutExpiry(madeOn, item.shelfLifeDays)
  const there = facts.there.get(row.placeId) ?? []
  return { item, lot, quantityBase, found: findLotThere({ itemId: item.itemId, lot, expiresOn }, there) }
}

/** What a row is known by once the clerk was told of it; written again otherwise, it is asked anew. */
const toldKey = (row: ListRow, onHandBase: number): string =>
  [row.key, row.placeId, row.row.match, row.row.lot, row.row.expiresOn, row.row.quantityBase, onHandBase].join('\u0001')

/**
 * The rows with those marked whose lot the books have already, or whose maker they don't know. What the clerk was told of
 * before isn't said again.
 */
export function markOpening(rows: readonly ListRow[], facts: OpeningFacts, told: Set<string>): readonly ListRow[] {
  let changed = false
  const marked = rows.map((row) => {
    const doubts: Reason[] = []
    const counted = countedOf(row, facts)
    const onHandBase = counted?.found.kind === 'one' ? counted.found.lot.onHandBase : 0
    const key = toldKey(row, onHandBase)
    if (counted !== null && !told.has(key)) {
      if (counted.found.kind === 'several') doubts.push(wrong('expiresOn', 'lot-several-there', { given: counted.lot }))
      else if (onHandBase > 0 && onHandBase !== counted.quantityBase)
        doubts.push(guess('quantityBase', 'lot-already-there', { onHand: onHandBase, counted: counted.quantityBase }))
      told.add(key)
    }
    const { party } = row.row
    const partyKey = `${row.key}\u0001${party}`
    if (party !== null && facts.findSupplier(party) === null && !told.has(partyKey)) {
      told.add(partyKey)
      doubts.push(guess('party', 'maker-not-on-file', { given: party }))
    }
    if (doubts.length === 0) return row
    changed = true
    const reasons = [...row.row.reasons.filter((one) => !doubts.some(({ code }) => code === one.code)), ...doubts]
    return { ...row, row: { ...row.row, reasons, status: worstOf(reasons) } }
  })
  return changed ? marked : rows
}

export type OpeningDepot = { readonly depotId: number; readonly rows: ListRow[]; readonly lines: OpeningLineInput[] }

/** Rows as what is counted in each depot, in the order in which the depots are first named. */
export function openingDepots(rows: readonly ListRow[], facts: OpeningFacts): OpeningDepot[] {
  const depots = new Map<number, OpeningDepot>()
  for (const row of rows) {
    const counted = countedOf(row, facts)
    if (counted === null || row.placeId === null) continue
    const depot = depots.get(row.placeId) ?? { depotId: row.placeId, rows: [], lines: [] }
    depots.set(row.placeId, depot)
    depot.rows.push(row)
    depot.lines.push({
      itemId: counted.item.itemId,
      supplierId: facts.findSupplier(row.row.party),
      lot: counted.lot,
      madeOn: row.row.madeOn,
      expiresOn: row.row.expiresOn,
      standard: row.row.standard ?? '',
      countedBase: counted.quantityBase,
      expectedBase: counted.found.kind === 'one' ? counted.found.lot.onHandBase : 0,
    })
  }
  return [...depots.values()]
}
