import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { addDelivery } from '../../db/delivery.ts'
import { appendPosting } from '../../db/ledger.ts'
import { openDatabase } from '../../db/open.ts'
import { connection, type Database, get, transact } from '../../db/statement.ts'
import { type District, seedDistrict } from '../db/district.ts'
import { createRandom } from '../db/random.ts'

export type LargeLedger = { readonly folder: string; readonly district: District; readonly movements: number }

/** On the project's own disk, which the durable writes have to reach; not in a memory file system. */
export const benchFolder = join(import.meta.dirname, '..', '..', '.tmp', 'bench')

const made = new Map<number, LargeLedger>()
process.once('exit', () => rmSync(benchFolder, { recursive: true, force: true }))
const linesPerPosting = 40
/** A few items make up a third of what moves, as masks do; their stock cards are long. */
export const busyItems = 20

/**
 * A data folder with a ledger of about so many movements over 2,000 items and 100 depots, written by the program's own
 * code (deliveries of 40 lines, and transfers between depots), its chain whole. Made once per run and size.
 */
export function largeLedger(movements: number): LargeLedger {
  const known = made.get(movements)
  if (known) return known
  const folder = join(benchFolder, String(movements))
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const start = performance.now()
  const db = openDatabase({ folder, now: Date.now })
  const district = seedDistrict(db, { suppliers: 20, depots: 100, units: 50, items: 2000 })
  fill(db, district, movements)
  const ledger = { folder, district, movements: get<{ n: number }>(db, 'SELECT count(*) AS n FROM movement')!.n }
  db.close()
  console.log(`made a ledger of ${ledger.movements} movements in ${((performance.now() - start) / 1000).toFixed(0)} s`)
  made.set(movements, ledger)
  return ledger
}

function fill(db: Database, district: District, movements: number): void {
  // Only while the ledger is made: what is measured opens the folder anew, with the program's own settings.
  db[connection].sqlite.pragma('synchronous = OFF')
  const random = createRandom(20200206)
  const busy = district.items.slice(0, busyItems)
  const stamp = { at: Date.UTC(2020, 1, 6), personId: district.personId }
  const postings = Math.ceil(movements / linesPerPosting)
  const dayOf = (posting: number): string => {
    const day = Math.floor((posting / postings) * 365)
    return new Date(Date.UTC(2020, 1, 6) + day * 86_400_000).toISOString().slice(0, 10)
  }
  // Two lots of an item, delivered again and again: the balances grow with places and lots, not with time.
  const delivered: { lotId: number; itemId: number; depotId: number }[][] = []
  let done = 0
  while (done < postings) {
    transact(db, (writer) => {
      for (let count = 0; count < 500 && done < postings; count += 1, done += 1) {
        const businessDate = dayOf(done)
        const depotId = district.depots[done % district.depots.length]!
        if (delivered.length < 100 || random.chance(0.4)) {
          const supplierIndex = random.between(0, 1)
          const lines = Array.from({ length: linesPerPosting }, (_, index) => ({
            line: index + 1,
            itemId: random.chance(0.3) ? random.pick(busy) : random.pick(district.items),
            lot: `L${supplierIndex}`,
            madeOn: null,
            expiresOn: '2022-02-06',
            standard: 'GB 19083-2010',
            packs: null,
            packSizeBase: 10,
            countedBase: 1000,
            acceptedBase: 1000,
            rejectedBase: 0,
            rejectReason: '',
          }))
          const supplierId = district.suppliers[supplierIndex]!
          const postingSeq = addDelivery(
            writer,
            stamp,
            { postingId: random.uuid(), supplierId, depotId },
            { businessDate, noteNumber: `N${done}`, noteRepeat: false, note: '', lines },
          )
          const rows = get<{ rows: string }>(
            writer,
            `SELECT json_group_array(json_object('lotId', lot_id, 'itemId', item_id)) AS rows FROM movement WHERE posting_seq = ?`,
            postingSeq,
          )!
          const lots = JSON.parse(rows.rows) as { lotId: number; itemId: number }[]
          delivered.push(lots.map((lot) => ({ ...lot, depotId })))
          if (delivered.length > 1000) delivered.shift()
        } else {
          const from = random.pick(delivered)
          const movementsOut = from.map(({ lotId, itemId, depotId: fromPlaceId }) => ({
            lotId,
            itemId,
            fromPlaceId,
            toPlaceId: random.pick(district.depots.filter((place) => place !== fromPlaceId)),
            quantityBase: 1,
          }))
          appendPosting(writer, {
            postingId: random.uuid(),
            kind: 'transfer',
            number: `YK-${done}`,
            businessDate,
            ...stamp,
            detail: {},
            movements: movementsOut,
          })
        }
      }
    })
  }
}
