import { describe, expect, it } from 'vitest'
import { readStockAsAt } from '../../db/document.ts'
import { openMemory } from '../../db/open.ts'
import { all, run, transact } from '../../db/statement.ts'
import { type CardRecord, readCard, readStock } from '../../db/stock.ts'
import { seed } from '../seed.ts'
import { seedDistrict } from './district.ts'
import { createModel } from './model.ts'
import { createRandom } from './random.ts'

const db = openMemory()
const district = seedDistrict(db)
const model = createModel(db, district, createRandom(seed))
for (let step = 0; step < 1500; step += 1) model.step()
transact(db, (writer) => run(writer, 'UPDATE lot SET hold = 1 WHERE lot_id % 5 = 0'))

describe(`stock after 1,500 random operations, seed ${seed}`, () => {
  it.each(['2020-02-06', '2021-03-01', '2021-03-02'])('on %s is what the balances and lots say', (today) => {
    const expected = all(
      db,
      `SELECT b.item_id AS itemId, b.place_id AS depotId, sum(b.on_hand) AS onHandBase, sum(b.reserved) AS reservedBase,
         sum(iif(t.hold = 1 OR ifnull(t.expires_on, '9') < :today, 0, b.on_hand - b.reserved)) AS availableBase,
         sum(iif(t.hold = 1 OR ifnull(t.expires_on, '9') < :today, b.on_hand, 0)) AS unusableBase,
         min(t.expires_on) AS earliestExpiresOn
       FROM balance b JOIN place p USING (place_id) JOIN lot t USING (lot_id)
       WHERE p.kind = 'depot' AND b.on_hand > 0 GROUP BY b.item_id, b.place_id ORDER BY b.item_id, b.place_id`,
      { today },
    )
    expect(expected.length).toBeGreaterThan(4)
    expect(readStock(db, today)).toEqual(expected)
  })

  it('as at any date, of all places or one, is the sum of what had moved until then', () => {
    const dates = all<{ day: string }>(db, 'SELECT DISTINCT business_date AS day FROM posting ORDER BY 1').map(
      ({ day }) => day,
    )
    const some = ['2000-01-01', ...dates.filter((_, index) => index % Math.ceil(dates.length / 8) === 0), '2999-12-31']
    for (const date of some) {
      const expected = all<{ placeId: number; lotId: number; onHandBase: number }>(
        db,
        `SELECT p.place_id AS placeId, t.lot_id AS lotId, sum(iif(m.to_place_id = p.place_id, 1, -1) * m.quantity_base) AS onHandBase
         FROM movement m JOIN posting g USING (posting_seq) JOIN lot t USING (lot_id)
           JOIN place p ON p.place_id IN (m.from_place_id, m.to_place_id)
         WHERE p.kind IN ('depot', 'unit', 'transit') AND g.business_date <= :date
         GROUP BY p.place_id, t.lot_id HAVING onHandBase <> 0
         ORDER BY p.kind, p.code, t.item_id, t.expires_on, t.lot_id`,
        { date },
      )
      const read = (placeId: number | null) =>
        readStockAsAt(db, date, placeId).map((row) => ({
          placeId: row.placeId,
          lotId: row.lotId,
          onHandBase: row.onHandBase,
        }))
      expect(read(null)).toEqual(expected)
      for (const placeId of [district.depots[0]!, district.units[0]!]) {
        expect(read(placeId)).toEqual(expected.filter((row) => row.placeId === placeId))
      }
    }
    expect(readStockAsAt(db, '2999-12-31', null).length).toBeGreaterThan(4)
  })

  it('on the cards, page after page, is every movement once, with the balance that stood after it', () => {
    for (const depotId of district.depots) {
      for (const itemId of district.items) {
        const movements = all<{ movementSeq: number; change: number; postingSeq: number; place: string; lot: string }>(
          db,
          `SELECT m.movement_seq AS movementSeq, m.posting_seq AS postingSeq, p.name AS place, t.number AS lot,
             iif(m.to_place_id = :depotId, m.quantity_base, -m.quantity_base) AS change
           FROM movement m JOIN lot t USING (lot_id)
             JOIN place p ON p.place_id = iif(m.to_place_id = :depotId, m.from_place_id, m.to_place_id)
           WHERE m.item_id = :itemId AND :depotId IN (m.from_place_id, m.to_place_id) ORDER BY m.movement_seq`,
          { depotId, itemId },
        )
        let balanceBase = 0
        const expected = movements.map(({ change, ...row }) => {
          balanceBase += change
          return { ...row, inBase: Math.max(change, 0), outBase: Math.max(-change, 0), balanceBase }
        })
        const read: CardRecord[] = []
        for (;;) {
          const last = read.at(-1)
          const before = last
            ? { movementSeq: last.movementSeq, balanceBase: last.balanceBase - last.inBase + last.outBase }
            : null
          const page = readCard(db, { itemId, depotId, before, limit: 7 })
          if (page.length === 0) break
          read.push(...page)
        }
        expect(read.reverse()).toMatchObject(expected)
        expect(read).toHaveLength(expected.length)
        expect(new Set(read.map((card) => card.person))).toEqual(new Set(['李四']))
      }
    }
  })
})
