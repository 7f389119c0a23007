import { readStockAsAt } from '../../db/document.ts'
import { readDayFlows, readFlows } from '../../db/flow.ts'
import { openDatabase } from '../../db/open.ts'
import { connection, type Database } from '../../db/statement.ts'
import { readCard } from '../../db/stock.ts'
import { busyItems, largeLedger } from './large-ledger.ts'
import { type Row, row, takeTurns } from './row.ts'

/**
 * The reports on a ledger of 1 M movements over a year, each against raw SQL that reads the same rows by index and does
 * nothing with them.
 */
export async function rows(): Promise<Row[]> {
  const ledger = largeLedger(1_000_000)
  const db = openDatabase({ folder: ledger.folder, now: Date.now })
  try {
    const { items, depots } = ledger.district
    return [
      await wholeCards(db, items.slice(0, busyItems), depots.slice(0, 10)),
      await dayReport(db, 'daily report (来往与当日收发)', '2020-12-01', '2020-12-01', 3),
      await dayReport(db, 'public notice of a month', '2020-11-01', '2020-11-30', 3),
      await asAt(db, 'a month back', '2021-01-05', null, 2),
      await asAt(db, 'half a year back', '2020-08-06', null, 2),
      await asAt(db, 'half a year back, one depot', '2020-08-06', depots[0]!, 2),
    ]
  } finally {
    db.close()
  }
}

/** 收发存明细: every row of 200 cards, in pages as the window reads them. */
function wholeCards(db: Database, items: readonly number[], depots: readonly number[]): Promise<Row> {
  const { sqlite } = db[connection]
  const came = sqlite.prepare('SELECT * FROM movement WHERE to_place_id = ? AND item_id = ? ORDER BY movement_seq DESC')
  const left = sqlite.prepare(
    'SELECT * FROM movement WHERE from_place_id = ? AND item_id = ? ORDER BY movement_seq DESC',
  )
  let count = 0
  const each = (work: (itemId: number, depotId: number) => number) => {
    count = 0
    for (const itemId of items) for (const depotId of depots) count += work(itemId, depotId)
    return count
  }
  const raw = () => each((itemId, depotId) => came.all(depotId, itemId).length + left.all(depotId, itemId).length)
  const ours = () => each((itemId, depotId) => readCard(db, { itemId, depotId, before: null, limit: 1000 }).length)
  if (raw() !== ours()) throw new Error('the cards have other rows than the ledger')
  return takeTurns(10, raw, ours).then((measured) =>
    row(
      {
        task: `stock cards, whole: ${items.length * depots.length} cards, ${count} rows of 1 M`,
        ours: 'readCard, names and balances',
        baseline: 'the same movements by index',
      },
      measured,
      { ratio: 3 },
    ),
  )
}

async function dayReport(db: Database, task: string, from: string, to: string, ratio: number): Promise<Row> {
  const { sqlite } = db[connection]
  const raw = sqlite.prepare(
    `SELECT m.* FROM posting g CROSS JOIN movement m USING (posting_seq) WHERE g.business_date BETWEEN ? AND ?`,
  )
  const measured = await takeTurns(
    15,
    () => raw.all(from, to),
    () => {
      readFlows(db, from, to)
      readDayFlows(db, from, to)
    },
  )
  return row(
    {
      task: `${task}: ${raw.all(from, to).length} movements of 1 M`,
      ours: 'readFlows and readDayFlows',
      baseline: 'the same movements by index',
    },
    measured,
    { ratio },
  )
}

async function asAt(db: Database, when: string, date: string, placeId: number | null, ratio: number): Promise<Row> {
  const { sqlite } = db[connection]
  const place = placeId === null ? '' : ` AND ${placeId} IN (m.from_place_id, m.to_place_id)`
  const balances = sqlite.prepare(
    `SELECT place_id, lot_id, item_id, on_hand FROM balance${placeId === null ? '' : ` WHERE place_id = ${placeId}`}`,
  )
  const after = sqlite.prepare(
    `SELECT m.from_place_id, m.to_place_id, m.lot_id, m.quantity_base FROM posting g CROSS JOIN movement m USING (posting_seq)
     WHERE g.business_date > ?${place}`,
  )
  const measured = await takeTurns(
    7,
    () => [balances.all(), after.all(date)],
    () => readStockAsAt(db, date, placeId),
  )
  return row(
    {
      task: `stock as at ${when}: ${readStockAsAt(db, date, placeId).length} lots at places`,
      ours: 'readStockAsAt',
      baseline: `${balances.all().length} balances and ${after.all(date).length} later movements by index`,
    },
    measured,
    { ratio },
  )
}
