import { createHash } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { appendPosting, hashPosting, lotsOfDetail, newestPosting, openingHash } from '../../db/ledger.ts'
import { openMemory } from '../../db/open.ts'
import { all, type Database, get, run, transact, type Writer } from '../../db/statement.ts'
import { type District, seedDistrict } from './district.ts'
import { deliver, reserve } from './operations.ts'
import { createRandom } from './random.ts'

const random = createRandom(1)
let db: Database
let district: District
let lotId: number
let itemId: number

beforeEach(() => {
  db = openMemory()
  district = seedDistrict(db)
  itemId = district.items[0]!
  const lines = [{ itemId, lot: 'A1', expiresOn: '2021-01-01', countedBase: 100, rejectedBase: 0 }]
  const [supplierId, depotId] = [district.suppliers[0]!, district.depots[0]!]
  lotId = transact(db, (writer) => deliver(writer, district, random.uuid(), { supplierId, depotId, lines })).lotIds[0]!
})

const write = (work: (writer: Writer) => unknown): void => {
  transact(db, (writer) => void work(writer))
}
const postingOf = (quantityBase: number) => ({
  postingId: random.uuid(),
  kind: 'transfer' as const,
  number: `T${random.uuid()}`,
  businessDate: '2020-02-06',
  at: 1,
  personId: district.personId,
  detail: {},
  movements: [{ lotId, itemId, fromPlaceId: district.depots[0]!, toPlaceId: district.units[0]!, quantityBase }],
})
const onHand = (placeId: number): number | undefined =>
  get<{ onHand: number }>(db, 'SELECT on_hand AS onHand FROM balance WHERE place_id = ? AND lot_id = ?', placeId, lotId)
    ?.onHand

describe('the database refuses by itself', () => {
  it('more than there is at a depot', () => {
    expect(() => write((writer) => appendPosting(writer, postingOf(101)))).toThrow(/balance_holds/)
    expect(onHand(district.depots[0]!)).toBe(100)
    expect(all(db, 'SELECT * FROM posting')).toHaveLength(1)
  })

  it('more than is left beside what is promised, and takes exactly what is left', () => {
    const unitId = district.units[0]!
    const lines = [{ itemId, lotId, quantityBase: 60 }]
    write((writer) => reserve(writer, district, random.uuid(), { unitId, depotId: district.depots[0]!, lines }))
    expect(() => write((writer) => appendPosting(writer, postingOf(41)))).toThrow(/balance_holds/)
    write((writer) => appendPosting(writer, postingOf(40)))
    expect(onHand(district.depots[0]!)).toBe(60)
  })

  it('a promise of more than there is', () => {
    const lines = [{ itemId, lotId, quantityBase: 101 }]
    const slip = { unitId: district.units[0]!, depotId: district.depots[0]!, lines }
    expect(() => write((writer) => reserve(writer, district, random.uuid(), slip))).toThrow(/balance_holds/)
  })

  it('a promise of a lot that was never there, and one at a supplier', () => {
    const lines = [{ itemId, lotId, quantityBase: 1 }]
    for (const depotId of [district.depots[1]!, district.suppliers[0]!]) {
      expect(() =>
        write((writer) => reserve(writer, district, random.uuid(), { unitId: district.units[0]!, depotId, lines })),
      ).toThrow(/balance_holds/)
    }
  })

  it.each(['IGNORE', 'REPLACE', 'FAIL', 'ROLLBACK'])('an oversell written with OR %s', (clause) => {
    const before = all(db, 'SELECT * FROM balance')
    expect(() =>
      write((writer) =>
        run(
          writer,
          `INSERT OR ${clause} INTO movement (posting_seq, line, lot_id, item_id, from_place_id, to_place_id, quantity_base)
           VALUES (1, 2, ?, ?, ?, ?, 500)`,
          lotId,
          itemId,
          district.depots[0]!,
          district.units[0]!,
        ),
      ),
    ).toThrow(/balance_holds/)
    expect(all(db, 'SELECT * FROM balance')).toEqual(before)
  })

  it.each(['ABORT', 'IGNORE', 'REPLACE', 'FAIL', 'ROLLBACK'])(
    'moves balances that are there the same with OR %s',
    (clause) => {
      const [supplierId, depotId, unitId] = [district.suppliers[0]!, district.depots[0]!, district.units[0]!]
      const move = (at: number, from: number, to: number, quantityBase: number) =>
        write((writer) =>
          run(
            writer,
            `INSERT OR ${clause} INTO movement (posting_seq, line, lot_id, item_id, from_place_id, to_place_id, quantity_base)
           VALUES (1, ?, ?, ?, ?, ?, ?)`,
            at,
            lotId,
            itemId,
            from,
            to,
            quantityBase,
          ),
        )
      move(2, supplierId, depotId, 7)
      move(3, depotId, unitId, 30)
      move(4, unitId, supplierId, 4)
      expect([onHand(supplierId), onHand(depotId), onHand(unitId)]).toEqual([-103, 77, 26])
      expect(() => move(5, supplierId, 999_999, 1)).toThrow(/does not exist|FOREIGN KEY/)
      expect(() => move(5, 999_999, depotId, 1)).toThrow(/balance_holds|FOREIGN KEY/)
      expect([onHand(supplierId), onHand(depotId), onHand(unitId)]).toEqual([-103, 77, 26])
    },
  )

  it('quantities that are not between 1 and 10^12, and a place that moves to itself', () => {
    for (const quantityBase of [0, -1, 1_000_000_000_001]) {
      expect(() => write((writer) => appendPosting(writer, postingOf(quantityBase)))).toThrow(/CHECK/)
    }
    expect(() => write((writer) => appendPosting(writer, postingOf(1.5)))).toThrow(/whole number/)
    const toItself = postingOf(1)
    const movements = [{ ...toItself.movements[0]!, toPlaceId: district.depots[0]! }]
    expect(() => write((writer) => appendPosting(writer, { ...toItself, movements }))).toThrow(/CHECK/)
  })

  it('a lot of one item under the name of another', () => {
    const posting = postingOf(1)
    const movements = [{ ...posting.movements[0]!, itemId: district.items[1]! }]
    expect(() => write((writer) => appendPosting(writer, { ...posting, movements }))).toThrow(/FOREIGN KEY/)
  })

  it('a second correction of the same posting', () => {
    write((writer) => appendPosting(writer, { ...postingOf(1), kind: 'correction', correctsSeq: 1 }))
    expect(() =>
      write((writer) => appendPosting(writer, { ...postingOf(1), kind: 'correction', correctsSeq: 1 })),
    ).toThrow(/UNIQUE/)
  })

  it('a movement that is added to an older posting', () => {
    write((writer) => appendPosting(writer, postingOf(1)))
    expect(() =>
      write((writer) =>
        run(
          writer,
          `INSERT INTO movement (posting_seq, line, lot_id, item_id, from_place_id, to_place_id, quantity_base)
           VALUES (1, 2, ?, ?, ?, ?, 1)`,
          lotId,
          itemId,
          district.suppliers[0]!,
          district.depots[0]!,
        ),
      ),
    ).toThrow(/newest posting/)
  })

  it('a posting that does not continue the chain', () => {
    expect(() =>
      write((writer) =>
        run(
          writer,
          `INSERT INTO posting (posting_id, kind, number, business_date, at, person_id, detail, previous_hash, hash)
           VALUES (?, 'transfer', 'X', '2020-02-06', 1, ?, '{}', ?, ?)`,
          random.uuid(),
          district.personId,
          openingHash,
          'f'.repeat(64),
        ),
      ),
    ).toThrow(/hash of the one before/)
  })
})

describe('what is in the ledger stays', () => {
  const statements = [
    'UPDATE posting SET number = number',
    'DELETE FROM posting',
    'UPDATE movement SET quantity_base = 1',
    'DELETE FROM movement',
    'UPDATE delivery SET note = note',
    'DELETE FROM delivery',
    'UPDATE delivery_line SET counted_base = counted_base',
    'DELETE FROM delivery_line',
    "UPDATE lot SET number = 'other'",
    'UPDATE lot SET lot_id = lot_id + 1',
    'DELETE FROM lot',
    "UPDATE place SET kind = 'supplier' WHERE kind = 'depot'",
    'INSERT OR REPLACE INTO posting SELECT * FROM posting',
    'INSERT OR REPLACE INTO movement SELECT * FROM movement',
    'INSERT OR REPLACE INTO delivery SELECT * FROM delivery',
    'INSERT OR REPLACE INTO delivery_line SELECT * FROM delivery_line',
    'INSERT OR REPLACE INTO lot SELECT * FROM lot',
    'UPDATE OR REPLACE posting SET posting_seq = 1',
  ]
  it.each(statements)('%s is refused', (sql) => {
    const dump = () =>
      ['posting', 'movement', 'delivery', 'delivery_line', 'lot', 'place', 'balance'].map((table) =>
        all(db, `SELECT * FROM ${table}`),
      )
    const before = dump()
    expect(() => write((writer) => run(writer, sql))).toThrow(/append-only|keeps its|hash of the one before/)
    expect(dump()).toEqual(before)
  })

  it('but a lot may be put on hold', () => {
    write((writer) => run(writer, 'UPDATE lot SET hold = 1'))
    expect(get(db, 'SELECT hold FROM lot')).toEqual({ hold: 1 })
  })
})

describe('the chain', () => {
  it('starts at 64 zeros and links each posting to the one before', () => {
    write((writer) => appendPosting(writer, postingOf(1)))
    const rows = all<{ previous_hash: string; hash: string }>(
      db,
      'SELECT previous_hash, hash FROM posting ORDER BY posting_seq',
    )
    expect(rows[0]!.previous_hash).toBe(openingHash)
    expect(rows[1]!.previous_hash).toBe(rows[0]!.hash)
    expect(newestPosting(db)).toEqual({ postingSeq: 2, hash: rows[1]!.hash })
  })

  it('gives no sequence away to a posting that was rolled back', () => {
    expect(() => write((writer) => appendPosting(writer, postingOf(101)))).toThrow()
    transact(db, (writer) => expect(appendPosting(writer, postingOf(1)).postingSeq).toBe(2))
  })

  it('has the same hash on every machine', () => {
    // Written down once: a change of this value means that databases in the field no longer verify.
    const lot = { itemId: 7, supplierId: 4, madeOn: null, expiresOn: '2021-01-01', standard: 'GB 19083-2010' }
    const content = {
      postingSeq: 1,
      postingId: '018f0000-0000-7000-8000-000000000001',
      kind: 'delivery',
      number: 'RK20200206-001',
      businessDate: '2020-02-06',
      at: 1580950800000,
      personId: 2,
      correctsSeq: null,
      detailText: '{"a":[1,null,true],"b":"乙"}',
      movements: [{ lotId: 12, itemId: 7, fromPlaceId: 4, toPlaceId: 5, quantityBase: 7 }],
      lots: new Map([
        [12, { ...lot, lotId: 12, number: '批号 1' }],
        [9, { ...lot, lotId: 9, number: '' }],
      ]),
    }
    const text = [
      openingHash,
      '["frontstock-posting/1",1,"018f0000-0000-7000-8000-000000000001","delivery","RK20200206-001","2020-02-06",1580950800000,2,null]',
      '{"a":[1,null,true],"b":"乙"}',
      '[[1,12,7,4,5,7]]',
      '[[9,7,4,"",null,"2021-01-01","GB 19083-2010"],[12,7,4,"批号 1",null,"2021-01-01","GB 19083-2010"]]',
    ].join('\n')
    expect(hashPosting(openingHash, content)).toBe(createHash('sha256').update(text).digest('hex'))
  })

  it('covers a lot that a delivery names and does not move', () => {
    const lines = [{ itemId, lot: 'all broken', expiresOn: null, countedBase: 5, rejectedBase: 5 }]
    const [supplierId, depotId] = [district.suppliers[0]!, district.depots[0]!]
    write((writer) => deliver(writer, district, random.uuid(), { supplierId, depotId, lines }))
    const { detail } = get<{ detail: string }>(db, 'SELECT detail FROM posting WHERE posting_seq = 2')!
    const named = get<{ lot_id: number }>(db, "SELECT lot_id FROM lot WHERE number = 'all broken'")!.lot_id
    expect(lotsOfDetail(JSON.parse(detail))).toEqual([named])
    expect(all(db, 'SELECT * FROM movement WHERE posting_seq = 2')).toEqual([])
  })

  it('takes no broken character into a document, which the database would store as another', () => {
    expect(() => write((writer) => appendPosting(writer, { ...postingOf(1), detail: { note: '\ud800' } }))).toThrow(
      /broken character/,
    )
    write((writer) => appendPosting(writer, { ...postingOf(1), detail: { note: '\\ud800 😷' } }))
  })
})
