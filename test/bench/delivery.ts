import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createRouterClient } from '@orpc/server'
import { createChanges } from '../../api/context.ts'
import { router } from '../../api/router.ts'
import { hashPosting } from '../../db/ledger.ts'
import { openDatabase } from '../../db/open.ts'
import { all, connection, type Database } from '../../db/statement.ts'
import { createRandom } from '../db/random.ts'
import { benchFolder, type LargeLedger, largeLedger } from './large-ledger.ts'
import { type Row, row, takeTurns } from './row.ts'

const lineCount = 40
const random = createRandom(40)

/**
 * A delivery of 40 lines of new lots, through the whole procedure (roles, schema, decision, lots, ledger with its hash,
 * balances, commitments, the request's record, and the answer read back), against the same rows put into the same
 * tables by prepared inserts in one transaction, with the triggers taken away. Both durable, both on a ledger of a
 * million movements.
 */
export async function rows(): Promise<Row[]> {
  const million = largeLedger(1_000_000)
  const measured = await measure(million, 60)
  const result = [
    row(
      {
        task: `delivery of ${lineCount} lines, durable, beside 1 M movements`,
        ours: 'delivery.post',
        baseline: 'the same rows by prepared inserts',
      },
      measured,
      { ratio: 3 },
    ),
  ]
  if (process.env.FRONTSTOCK_DEEP === '1') {
    const tenMillion = await measure(largeLedger(10_000_000), 60)
    const again = await measure(million, 60)
    result.push(
      row(
        { task: `delivery of ${lineCount} lines, 10 M against 1 M`, ours: '10 M movements', baseline: '1 M movements' },
        { baselineMs: again.oursMs, oursMs: tenMillion.oursMs },
        { ratio: 1.2 },
      ),
    )
  }
  return result
}

async function measure(ledger: LargeLedger, repeats: number) {
  const rawFolder = join(benchFolder, `${ledger.movements}-raw`)
  rmSync(rawFolder, { recursive: true, force: true })
  cpSync(ledger.folder, rawFolder, { recursive: true })
  const ours = openDatabase({ folder: ledger.folder, now: Date.now })
  const raw = openDatabase({ folder: rawFolder, now: Date.now })
  try {
    return await takeTurns(repeats, insertRaw(raw, ledger), postThroughApi(ours, ledger))
  } finally {
    ours.close()
    raw.close()
    rmSync(rawFolder, { recursive: true, force: true })
  }
}

/** The same lines for both: items, quantities and lots that come one after the other. */
function createLines(ledger: LargeLedger) {
  let lotNumber = 0
  return () =>
    Array.from({ length: lineCount }, (_, index) => {
      lotNumber += 1
      return {
        itemId: ledger.district.items[(lotNumber * 7 + index) % ledger.district.items.length]!,
        lot: `B${lotNumber}`,
        quantityBase: 1000,
      }
    })
}

function postThroughApi(db: Database, ledger: LargeLedger): () => Promise<unknown> {
  const { district } = ledger
  const desk = {
    database: db,
    changes: createChanges(),
    now: Date.now,
    businessDate: () => '2021-02-05',
    log: (line: string) => console.log(line),
    version: 'bench',
    backups: null,
  }
  const person = { personId: district.personId, name: '李四', roles: ['clerk', 'manager'] as const }
  const client = createRouterClient(router, { context: { desk, person } })
  const nextLines = createLines(ledger)
  let note = 0
  return () => {
    note += 1
    return client.delivery.post({
      requestId: random.uuid(),
      supplierId: district.suppliers[3]!,
      depotId: district.depots[0]!,
      businessDate: '2021-02-05',
      noteNumber: `BENCH-${note}`,
      noteRepeat: false,
      note: '',
      lines: nextLines().map(({ itemId, lot, quantityBase }) => ({
        itemId,
        lot,
        madeOn: '2021-01-01',
        expiresOn: '2023-01-01',
        standard: '',
        packs: null,
        packSizeBase: null,
        piecesBase: quantityBase,
        acceptedBase: quantityBase,
        rejectedBase: 0,
        rejectReason: '',
      })),
    })
  }
}

function insertRaw(db: Database, ledger: LargeLedger): () => void {
  const { sqlite } = db[connection]
  for (const { name } of all<{ name: string }>(db, "SELECT name FROM sqlite_schema WHERE type = 'trigger'")) {
    sqlite.exec(`DROP TRIGGER ${name}`)
  }
  const insert = (table: string, columns: string) =>
    sqlite.prepare(
      `INSERT INTO ${table} (${columns}) VALUES (${columns
        .split(',')
        .map(() => '?')
        .join(', ')})`,
    )
  const lot = insert('lot', 'item_id, supplier_id, number, made_on, expires_on, standard')
  const posting = insert(
    'posting',
    'posting_id, kind, number, business_date, at, person_id, detail, previous_hash, hash',
  )
  const movement = insert('movement', 'posting_seq, line, lot_id, item_id, from_place_id, to_place_id, quantity_base')
  const balance = insert('balance', 'place_id, lot_id, item_id, bounded, on_hand')
  const delivery = insert('delivery', 'posting_seq, supplier_id, depot_id, note_number, note_repeat, note')
  const line = insert(
    'delivery_line',
    'posting_seq, line, item_id, lot_id, packs, pack_size_base, counted_base, accepted_base, rejected_base, reject_reason',
  )
  const request = insert('request', 'request_id, procedure, content_hash, answer, person_id, at')
  const { suppliers, depots, personId } = ledger.district
  const [supplierId, depotId] = [suppliers[3]!, depots[0]!]
  const nextLines = createLines(ledger)
  const detail = JSON.stringify({
    lines: nextLines().map(({ itemId, quantityBase }, index) => ({
      acceptedBase: quantityBase,
      countedBase: quantityBase,
      itemId,
      line: index + 1,
      lotId: 1_000_000 + index,
      packSizeBase: 10,
      packs: null,
      rejectReason: '',
      rejectedBase: 0,
    })),
  })
  let number = 0
  return () => {
    number += 1
    const id = random.uuid()
    // Hashes are made beforehand: the baseline only has to put them in.
    const hash = hashPosting(id, {
      postingSeq: number,
      postingId: id,
      kind: '',
      number: '',
      businessDate: '',
      at: 0,
      personId,
      correctsSeq: null,
      detailText: '',
      movements: [],
      lots: new Map(),
    })
    sqlite.exec('BEGIN IMMEDIATE')
    const seq = posting.run(
      id,
      'delivery',
      `BN-${number}`,
      '2021-02-05',
      Date.now(),
      personId,
      detail,
      hash,
      hash,
    ).lastInsertRowid
    delivery.run(seq, supplierId, depotId, `BENCH-${number}`, 0, '')
    for (const [index, { itemId, lot: lotNumber, quantityBase }] of nextLines().entries()) {
      const lotId = lot.run(itemId, supplierId, lotNumber, '2021-01-01', '2023-01-01', '').lastInsertRowid
      movement.run(seq, index + 1, lotId, itemId, supplierId, depotId, quantityBase)
      balance.run(supplierId, lotId, itemId, 0, -quantityBase)
      balance.run(depotId, lotId, itemId, 1, quantityBase)
      line.run(seq, index + 1, itemId, lotId, null, 10, quantityBase, quantityBase, 0, '')
    }
    request.run(id, 'delivery.post', hash, '{"postingSeq":1}', personId, Date.now())
    sqlite.exec('COMMIT')
  }
}
