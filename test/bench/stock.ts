import { openDatabase } from '../../db/open.ts'
import { connection, type Database } from '../../db/statement.ts'
import { readCard, readStock } from '../../db/stock.ts'
import { busyItems, type LargeLedger, largeLedger } from './large-ledger.ts'
import { type Row, row, takeTurns } from './row.ts'

/** The stock grid and the first screen of a stock card, over 2,000 items in 100 depots. */
export async function rows(): Promise<Row[]> {
  const million = largeLedger(1_000_000)
  const result = await measure(million, '1 M')
  if (process.env.FRONTSTOCK_DEEP === '1') {
    const tenMillion = await measure(largeLedger(10_000_000), '10 M')
    const again = await measure(million, '1 M')
    for (const [index, name] of ['stock grid', 'stock card'].entries()) {
      result.push(
        row(
          { task: `${name}, 10 M against 1 M`, ours: '10 M movements', baseline: '1 M movements' },
          { baselineMs: again[index]!.oursMs, oursMs: tenMillion[index]!.oursMs },
          { ratio: 1.2 },
        ),
      )
    }
  }
  return result
}

async function measure(ledger: LargeLedger, size: string): Promise<Row[]> {
  const db = openDatabase({ folder: ledger.folder, now: Date.now })
  try {
    const { sqlite } = db[connection]
    const balances = sqlite.prepare('SELECT place_id, lot_id, item_id, on_hand, reserved FROM balance')
    const grid = await takeTurns(
      15,
      () => balances.all(),
      () => readStock(db, '2021-02-05'),
    )
    return [
      row(
        {
          task: `stock grid, 2,000 items × 100 depots, ${size} movements (${readStock(db, '2021-02-05').length} cells)`,
          ours: 'readStock',
          baseline: `all ${balances.all().length} balances`,
        },
        grid,
        { ratio: 1.5 },
      ),
      await measureCard(db, ledger, size),
    ]
  } finally {
    db.close()
  }
}

/** Different items and depots in turn, the same for both, so that neither reads a warm page that the other paid for. */
async function measureCard(db: Database, ledger: LargeLedger, size: string): Promise<Row> {
  const { sqlite } = db[connection]
  const newest = sqlite.prepare(
    `SELECT * FROM movement WHERE to_place_id = ? AND item_id = ? ORDER BY movement_seq DESC LIMIT 100`,
  )
  const { items, depots } = ledger.district
  const busiest = items.slice(0, busyItems)
  const measured = await takeTurns(
    30,
    () => {
      for (const itemId of busiest) newest.all(depots[0]!, itemId)
    },
    () => {
      for (const itemId of busiest) readCard(db, { itemId, depotId: depots[0]!, before: null, limit: 100 })
    },
  )
  return row(
    {
      task: `stock card, first screen, ${size} movements (${busyItems} cards of 100 rows)`,
      ours: 'readCard',
      baseline: 'newest 100 rows by index',
    },
    measured,
    { ratio: 3 },
  )
}
