import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { appendPosting } from '../../db/ledger.ts'
import { openMemory } from '../../db/open.ts'
import { all, connection, type Database, get, run, transact } from '../../db/statement.ts'
import { verifyDatabase } from '../../db/verify.ts'
import { seedDistrict } from './district.ts'
import { cancel, deliver, dispatch, move, reserve } from './operations.ts'
import { createRandom } from './random.ts'
import { tamperWith } from './tamper.ts'

let db: Database

/** Two deliveries (a line rejected whole among them), a slip dispatched, one cancelled, one open, a correction. */
beforeEach(() => {
  db = openMemory()
  const district = seedDistrict(db)
  const random = createRandom(7)
  const [supplierId, otherSupplier] = district.suppliers as [number, number]
  const depotId = district.depots[0]!
  const [unitId, otherUnit] = district.units as [number, number]
  const [itemId, otherItem] = district.items as [number, number]
  transact(db, (writer) => {
    const id = random.uuid
    const { lotIds } = deliver(writer, district, id(), {
      supplierId,
      depotId,
      lines: [
        { itemId, lot: 'A1', expiresOn: '2021-01-01', countedBase: 500, rejectedBase: 20 },
        { itemId: otherItem, lot: 'B1', expiresOn: null, countedBase: 70, rejectedBase: 70 },
      ],
    })
    const lines = [{ itemId, lotId: lotIds[0]!, quantityBase: 50 }]
    const slips = [unitId, otherUnit, unitId].map((unit) =>
      reserve(writer, district, id(), { unitId: unit, depotId, lines }),
    )
    dispatch(writer, district, id(), slips[0]!)
    cancel(writer, district, id(), slips[1]!)
    const wrong = deliver(writer, district, id(), {
      supplierId: otherSupplier,
      depotId,
      lines: [{ itemId, lot: 'A2', expiresOn: '2021-02-01', countedBase: 30, rejectedBase: 0 }],
    })
    const back = wrong.movements.map((moved) => ({
      ...moved,
      fromPlaceId: moved.toPlaceId,
      toPlaceId: moved.fromPlaceId,
    }))
    move(writer, district, id(), 'correction', back, wrong.postingSeq)
  })
})
afterEach(() => db.close())

const tamper = (...statements: string[]): void => tamperWith(db, ...statements)
const foundName = (): string | undefined => verifyDatabase(db).difference?.name

describe('verify', () => {
  it('finds nothing in a ledger that the program wrote, and counts it', () => {
    const report = verifyDatabase(db)
    expect(report.difference).toBeNull()
    expect(report.counts).toEqual({
      postings: 4,
      movements: 4,
      deliveries: 2,
      lots: 3,
      balances: 5,
      reservations: 1,
      slips: 3,
    })
    expect(report.chainHash).toBe(get<{ hash: string }>(db, 'SELECT hash FROM posting WHERE posting_seq = 4')!.hash)
  })

  it('finds nothing when the triggers were taken away and put back with nothing changed', () => {
    tamper()
    expect(verifyDatabase(db).difference).toBeNull()
  })

  it('works inside a transaction too', () => {
    expect(transact(db, (writer) => verifyDatabase(writer)).ok).toBe(true)
  })

  it('finds nothing in an empty database', () => {
    expect(verifyDatabase(openMemory()).ok).toBe(true)
  })
})

/** The number of a reservation says nothing. */
const free = ['reservation.reservation_id']
/** Every column of every table that the ledger covers, but those that may change. */
const columns = ['posting', 'movement', 'lot', 'delivery', 'delivery_line', 'balance', 'reservation'].flatMap(
  (table) => {
    const schema = openMemory()
    const names = all<{ name: string }>(schema, `SELECT name FROM pragma_table_info('${table}')`).map((row) => row.name)
    schema.close()
    return names.filter((name) => !free.includes(`${table}.${name}`)).map((name) => [table, name] as const)
  },
)

describe('verify finds an outside edit', () => {
  it.each(columns)('of %s.%s, in the first row and in the last', (table, column) => {
    const key = all<{ name: string }>(db, `SELECT name FROM pragma_table_info('${table}') WHERE pk > 0 ORDER BY pk`)
      .map((row) => row.name)
      .join(', ')
    for (const order of ['ASC', 'DESC']) {
      const keyOrder = key.replaceAll(',', ` ${order},`)
      const where = `(${key}) = (SELECT ${key} FROM ${table} ORDER BY ${keyOrder} ${order} LIMIT 1)`
      const { value } = get<{ value: string | number | null }>(
        db,
        `SELECT ${column} AS value FROM ${table} WHERE ${where}`,
      )!
      // A value of the same type that stands nowhere in the ledger, so that the edit itself is possible.
      const edited =
        typeof value === 'number'
          ? `${column} + 1000`
          : value === null
            ? column === 'packs' || column === 'corrects_seq'
              ? '1'
              : "'2029-09-09'"
            : column === 'detail'
              ? `json_insert(${column}, '$.zz', 1)`
              : `CASE WHEN ${column} = '' THEN 'x' ELSE substr(${column}, 2) || CASE substr(${column}, 1, 1) WHEN 'f' THEN '0' ELSE 'f' END END`
      tamper('SAVEPOINT edit', `UPDATE ${table} SET ${column} = ${edited} WHERE ${where}`)
      expect(foundName(), `${table}.${column} ${order}`).toBeDefined()
      tamper('ROLLBACK TO edit', 'RELEASE edit')
      expect(foundName(), 'undone').toBeUndefined()
    }
  })

  it('of a quantity and of the balances with it, so that they agree', () => {
    tamper(
      'UPDATE movement SET quantity_base = quantity_base + 1 WHERE movement_seq = 1',
      'UPDATE balance SET on_hand = on_hand - 1 WHERE place_id = (SELECT from_place_id FROM movement WHERE movement_seq = 1) AND lot_id = (SELECT lot_id FROM movement WHERE movement_seq = 1)',
      'UPDATE balance SET on_hand = on_hand + 1 WHERE place_id = (SELECT to_place_id FROM movement WHERE movement_seq = 1) AND lot_id = (SELECT lot_id FROM movement WHERE movement_seq = 1)',
    )
    expect(foundName()).toBe('posting-hash')
  })

  it('of what was promised to a slip, with its reservation and balance', () => {
    tamper('UPDATE slip_line SET quantity_base = 51, packs = 51 WHERE slip_id = 1')
    expect(foundName()).toBe('slip')
  })

  it.each([
    [
      'a line of a delivery that is gone',
      'DELETE FROM delivery_line WHERE posting_seq = 1 AND line = 2',
      'delivery-lines',
    ],
    [
      'a delivery that is gone',
      'DELETE FROM delivery_line WHERE posting_seq = 1; DELETE FROM delivery WHERE posting_seq = 1',
      'delivery-row',
    ],
    [
      'a line of a delivery too many',
      'INSERT INTO delivery_line SELECT posting_seq, 9, item_id, lot_id, packs, pack_size_base, counted_base, accepted_base, rejected_base, reject_reason FROM delivery_line WHERE line = 1 AND posting_seq = 1',
      'delivery-lines',
    ],
    ['a movement that is gone', 'DELETE FROM movement WHERE movement_seq = 2', 'posting-hash'],
    ['the last movement gone', 'DELETE FROM movement WHERE movement_seq = 4', 'posting-hash'],
    [
      'a movement too many',
      'INSERT INTO movement (posting_seq, line, lot_id, item_id, from_place_id, to_place_id, quantity_base) SELECT 4, 2, lot_id, item_id, from_place_id, to_place_id, 1 FROM movement WHERE movement_seq = 1',
      'posting-hash',
    ],
    [
      'a posting cut out of the middle',
      'DELETE FROM movement WHERE posting_seq = 2; DELETE FROM posting WHERE posting_seq = 2',
      'foreign-key',
    ],
    [
      'a balance that is gone',
      'DELETE FROM balance WHERE place_id = (SELECT max(place_id) FROM balance)',
      'balance-row',
    ],
    [
      'a balance too many',
      'INSERT INTO balance SELECT 1, lot_id, item_id, 0, 0, 0 FROM lot WHERE lot_id = 1',
      'balance-row',
    ],
    ['a reservation that is gone', 'DELETE FROM reservation', 'reservation-missing'],
    [
      'a dispatched slip called back',
      "UPDATE slip SET state = 'cancelled', posting_seq = NULL WHERE state = 'dispatched'",
      'slip-of-posting',
    ],
    ['a slip of another unit', 'UPDATE slip SET unit_id = (SELECT max(place_id) FROM unit) WHERE slip_id = 1', 'slip'],
    ['a kind of place', "UPDATE place SET kind = 'supplier' WHERE kind = 'depot'", 'balance-bounded'],
  ])('%s', (_, sql, name) => {
    tamper(sql)
    const found = foundName()
    expect(found).toBe(name)
  })

  it('the newest posting cut off with all it brought, and the balances put right', () => {
    tamper(
      'DELETE FROM movement WHERE posting_seq = 4',
      'DELETE FROM posting WHERE posting_seq = 4',
      'UPDATE balance SET on_hand = 30 WHERE on_hand = 0 AND bounded = 1 AND lot_id = 3',
      'UPDATE balance SET on_hand = -30 WHERE on_hand = 0 AND bounded = 0 AND lot_id = 3',
    )
    expect(foundName()).toBe('posting-cut-off')
  })

  it('a trigger that is missing, changed or new', () => {
    const { sqlite } = db[connection]
    sqlite.exec('SAVEPOINT edit; DROP TRIGGER posting_no_update')
    expect(foundName()).toBe('schema')
    sqlite.exec('CREATE TRIGGER posting_no_update BEFORE UPDATE ON posting BEGIN SELECT 1; END')
    expect(foundName()).toBe('schema')
    sqlite.exec('ROLLBACK TO edit; CREATE TRIGGER own AFTER INSERT ON posting BEGIN SELECT 1; END')
    expect(foundName()).toBe('schema')
  })

  it('a posting that corrects one that is not before it', () => {
    const { sqlite } = db[connection]
    sqlite.pragma('foreign_keys = OFF')
    transact(db, (writer) => {
      appendPosting(writer, {
        postingId: createRandom(9).uuid(),
        kind: 'correction',
        number: 'G',
        businessDate: '2020-02-06',
        at: 1,
        personId: 1,
        correctsSeq: 5,
        detail: {},
        movements: [],
      })
    })
    expect(foundName()).toBe('posting-corrects')
  })

  it('and names the first of several', () => {
    tamper(
      "UPDATE posting SET detail = json_insert(detail, '$.zz', 1) WHERE posting_seq = 3",
      'UPDATE posting SET at = at + 1 WHERE posting_seq = 2',
    )
    expect(verifyDatabase(db).difference).toMatchObject({
      name: 'posting-hash',
      subject: expect.stringMatching(/^posting 2 \(/),
    })
  })
})

describe('verify of a large number', () => {
  it('adds up what no double can hold', () => {
    transact(db, (writer) => {
      const lot = get<{ lot_id: number; item_id: number; supplier_id: number }>(writer, 'SELECT * FROM lot')!
      const depot = get<{ place_id: number }>(writer, "SELECT place_id FROM place WHERE kind = 'depot'")!.place_id
      run(writer, 'UPDATE lot SET hold = 0')
      const movements = Array.from({ length: 9100 }, () => ({
        lotId: lot.lot_id,
        itemId: lot.item_id,
        fromPlaceId: lot.supplier_id,
        toPlaceId: depot,
        quantityBase: 999_999_999_999,
      }))
      const random = createRandom(11)
      appendPosting(writer, {
        postingId: random.uuid(),
        kind: 'transfer',
        number: 'L1',
        businessDate: '2020-02-06',
        at: 1,
        personId: 1,
        detail: {},
        movements,
      })
    })
    expect(foundName()).toBeUndefined()
    tamper('UPDATE balance SET on_hand = on_hand + 1 WHERE on_hand = (SELECT max(on_hand) FROM balance)')
    expect(foundName()).toBe('balance-on-hand')
  })
})
