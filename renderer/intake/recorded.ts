import type { ItemRow } from '../../api/contract/item.ts'
import { markRecorded } from '../../core/intake/recorded-lines.ts'
import { client, type Output } from '../query.ts'
import type { ListRow } from './list-rows.ts'
import { pause } from './pause.ts'

/** What the ledger is asked for at a time. */
const mostAsked = 2000
/** How many rows are looked at before the window has its turn. */
const rowsAtOnce = 2000

export type RecordedFacts = {
  readonly items: ReadonlyMap<string, ItemRow>
  /** Whose line it is; null for nobody, or a sender who is not on file. */
  readonly supplierOf: (party: string | null) => number | null
  readonly today: string
  /** Hears how many rows have been compared with the ledger. */
  readonly onProgress?: (done: number, total: number) => void
}

type Asked = Parameters<typeof client.delivery.recorded>[0]['lines'][number]

const askedOf = ({ row }: ListRow, { items, supplierOf, today }: RecordedFacts): Asked | null => {
  const item = row.match === null ? undefined : items.get(row.match)
  if (item === undefined || row.quantityBase === null) return null
  const supplierId = supplierOf(row.party)
  // Of somebody who is not on file nothing was recorded, unless under another name: then a lot number tells.
  if (supplierId === null && row.party !== null && row.lot === null) return null
  return { supplierId, itemId: item.itemId, lot: row.lot ?? '', quantityBase: row.quantityBase, on: row.date ?? today }
}

/** What a row is known by once the clerk was told of it; written again otherwise, it is another line. */
export const recordedKey = (row: ListRow): string =>
  [row.key, row.row.party, row.row.match, row.row.lot, row.row.quantityBase, row.row.date].join('\u0001')

/** The rows with those marked that a delivery in the ledger has already. Rows that are told of before stay. */
export async function markRecordedRows(
  rows: readonly ListRow[],
  facts: RecordedFacts,
  told: Set<string>,
): Promise<readonly ListRow[]> {
  const askedAs = new Map<string, { asked: Asked; rows: number[] }>()
  // A list names the same few senders over and over.
  const suppliers = new Map<string | null, number | null>()
  const supplierOf = (party: string | null): number | null => {
    let found = suppliers.get(party)
    if (found === undefined) {
      found = facts.supplierOf(party)
      suppliers.set(party, found)
    }
    return found
  }
  const asking = { ...facts, supplierOf }
  for (const [index, row] of rows.entries()) {
    if (index > 0 && index % rowsAtOnce === 0) await pause()
    if (told.size > 0 && told.has(recordedKey(row))) continue
    const asked = askedOf(row, asking)
    if (asked === null) continue
    const key = `${asked.supplierId}\u0001${asked.itemId}\u0001${asked.lot}\u0001${asked.quantityBase}\u0001${asked.on}`
    const before = askedAs.get(key)
    if (before) before.rows.push(index)
    else askedAs.set(key, { asked, rows: [index] })
  }
  const all = [...askedAs.values()]
  let marked: ListRow[] | null = null
  for (let at = 0; at < all.length; at += mostAsked) {
    if (all.length > mostAsked) facts.onProgress?.(at, all.length)
    const portion = all.slice(at, at + mostAsked)
    const found: Output<typeof client.delivery.recorded> = await client.delivery.recorded({
      lines: portion.map(({ asked }) => asked),
    })
    for (const { index, number, postingSeq, businessDate } of found) {
      marked ??= [...rows]
      for (const rowAt of portion[index]!.rows) {
        const before = rows[rowAt]!
        told.add(recordedKey(before))
        const row = markRecorded(before.row, { document: number, postingSeq, on: businessDate })
        marked[rowAt] = { ...before, row }
      }
    }
  }
  return marked ?? rows
}
