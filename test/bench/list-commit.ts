import { cpSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { closeDesk, openDesk, soloPerson } from '../../api/desk.ts'
import { clientFor } from '../../api/router.ts'
import { openDatabase } from '../../db/open.ts'
import { all, connection, type Database } from '../../db/statement.ts'
import { createRandom } from '../db/random.ts'
import { benchFolder } from './large-ledger.ts'
import { type Row, row, takeTurns } from './row.ts'

const lines = 100_000
const senders = 97
const today = '2026-11-24'
const random = createRandom(97)
const nothing = { nameEn: '', town: '', address: '', contact: '', phone: '', note: '' }

/**
 * A list of 100,000 lines of new lots into the ledger as a delivery for each of 97 senders, durable, through the whole
 * procedure, against the same rows put into the same tables by prepared inserts in one transaction, with the triggers
 * taken away: what any durable double entry of so many lines costs on this machine, whatever reads the list.
 */
export async function rows(): Promise<Row[]> {
  const folder = join(benchFolder, `list-${process.pid}`)
  const rawFolder = `${folder}-raw`
  for (const one of [folder, rawFolder]) {
    rmSync(one, { recursive: true, force: true })
    mkdirSync(one, { recursive: true })
  }
  const desk = openDesk({ folder, version: 'bench' })
  const world = await makeWorld(desk)
  closeDesk(desk)
  cpSync(folder, rawFolder, { recursive: true })
  const ours = openDesk({ folder, version: 'bench' })
  const raw = openDatabase({ folder: rawFolder, now: Date.now })
  try {
    const measured = await takeTurns(3, insertRaw(raw, world), post(ours, world))
    return [
      row(
        {
          task: 'list of 100,000 lines into the ledger, durable',
          ours: 'delivery.postList, on a thread of its own',
          baseline: 'the same rows by prepared inserts',
        },
        measured,
        { ratio: 3 },
      ),
    ]
  } finally {
    closeDesk(ours)
    raw.close()
    for (const one of [folder, rawFolder]) rmSync(one, { recursive: true, force: true })
  }
}

type Desk = ReturnType<typeof openDesk>
type World = { readonly depotId: number; readonly itemIds: readonly number[]; readonly supplierIds: readonly number[] }

async function makeWorld(desk: Desk): Promise<World> {
  const client = clientFor({ desk, person: soloPerson(desk) })
  const added = () => ({ requestId: random.uuid(), version: null, ...nothing })
  const { placeId: depotId } = await client.depot.save({ ...added(), placeId: null, code: 'D01', name: '仓库' })
  const itemIds: number[] = []
  for (let index = 1; index <= 10; index += 1) {
    const { itemId } = await client.item.save({
      requestId: random.uuid(),
      itemId: null,
      version: null,
      code: `M-${index}`,
      name: `口罩 ${index}`,
      nameEn: '',
      category: 'mask',
      specification: '',
      standard: '',
      baseUnit: '只',
      packName: '箱',
      packSizeBase: 1,
      shelfLifeDays: null,
      reserveBase: 0,
      unitPriceFen: null,
    })
    itemIds.push(itemId)
  }
  const supplierIds: number[] = []
  for (let index = 1; index <= senders; index += 1) {
    const { placeId } = await client.supplier.save({
      ...added(),
      placeId: null,
      code: `S-${index}`,
      name: `顺德第${index}防护用品有限公司`,
      supplierKind: 'donor',
      licence: '',
      capacity: [],
    })
    supplierIds.push(placeId)
  }
  return { depotId, itemIds, supplierIds }
}

/** Line by line, each of a lot of its own: which sender, which item. */
function* linesOf({ supplierIds, itemIds }: World, round: number) {
  for (let line = 0; line < lines; line += 1)
    yield {
      supplier: line % supplierIds.length,
      itemId: itemIds[line % itemIds.length]!,
      lot: `${round}-${line}A`,
      quantityBase: 1 + (line % 3000),
    }
}

function post(desk: Desk, world: World): () => Promise<unknown> {
  const client = clientFor({ desk, person: soloPerson(desk) })
  let round = 0
  return () => {
    round += 1
    const deliveries = world.supplierIds.map((supplierId) => ({
      postingId: random.uuid(),
      supplierId,
      newSupplier: null,
      writtenAs: [],
      lines: [] as Parameters<typeof client.delivery.postList>[0]['deliveries'][number]['lines'],
    }))
    for (const { supplier, itemId, lot, quantityBase } of linesOf(world, round))
      deliveries[supplier]!.lines.push({
        itemId,
        lot,
        madeOn: '2026-01-01',
        expiresOn: '2028-01-01',
        standard: '',
        packs: null,
        packSizeBase: null,
        piecesBase: quantityBase,
        acceptedBase: null,
        rejectedBase: 0,
        rejectReason: '',
      })
    return client.delivery.postList({
      requestId: random.uuid(),
      depotId: world.depotId,
      businessDate: desk.businessDate(),
      note: '',
      inspect: false,
      list: null,
      deliveries,
    })
  }
}

function insertRaw(db: Database, world: World): () => void {
  const { sqlite } = db[connection]
  for (const { name } of all<{ name: string }>(db, "SELECT name FROM sqlite_schema WHERE type = 'trigger'"))
    sqlite.exec(`DROP TRIGGER ${name}`)
  const insert = (table: string, columns: readonly string[]) =>
    sqlite.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`)
  const posting = insert(
    'posting',
    'posting_id kind number business_date at person_id detail previous_hash hash'.split(' '),
  )
  const delivery = insert('delivery', ['posting_seq', 'supplier_id', 'depot_id'])
  const lot = insert('lot', ['item_id', 'supplier_id', 'number', 'made_on', 'expires_on'])
  const movement = insert(
    'movement',
    'posting_seq line lot_id item_id from_place_id to_place_id quantity_base'.split(' '),
  )
  const balance = insert('balance', ['place_id', 'lot_id', 'item_id', 'bounded', 'on_hand'])
  const deliveryLine = insert(
    'delivery_line',
    'posting_seq line item_id lot_id pack_size_base counted_base accepted_base rejected_base'.split(' '),
  )
  let round = 0
  return () => {
    round += 1
    sqlite.exec('BEGIN IMMEDIATE')
    const seqs = world.supplierIds.map((supplierId, index) => {
      const number = `R${round}-${index}-`
      const hash = number.padEnd(64, '0')
      const seq = posting.run(random.uuid(), 'delivery', number, today, Date.now(), 1, '{}', hash, hash).lastInsertRowid
      delivery.run(seq, supplierId, world.depotId)
      return seq
    })
    let line = 0
    for (const { supplier, itemId, lot: number, quantityBase } of linesOf(world, round)) {
      line += 1
      const [seq, supplierId] = [seqs[supplier]!, world.supplierIds[supplier]!]
      const lotId = lot.run(itemId, supplierId, number, '2026-01-01', '2028-01-01').lastInsertRowid
      movement.run(seq, line, lotId, itemId, supplierId, world.depotId, quantityBase)
      balance.run(supplierId, lotId, itemId, 0, -quantityBase)
      balance.run(world.depotId, lotId, itemId, 1, quantityBase)
      deliveryLine.run(seq, line, itemId, lotId, 1, quantityBase, quantityBase, 0)
    }
    sqlite.exec('COMMIT')
  }
}
