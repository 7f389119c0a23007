import { ORPCError } from '@orpc/server'
import { closeDesk, openMemoryDesk, soloPerson } from '../../api/desk.ts'
import { clientFor } from '../../api/router.ts'
import { all, get } from '../../db/statement.ts'
import { verifyDatabase } from '../../db/verify.ts'
import { deliveryOf, line, makeWorld } from '../api/world.ts'
import { createRandom } from '../db/random.ts'
import type { Suite } from './result.ts'

const minute = 60_000
const day = 24 * 60 * minute

/** The civil date of an instant at so many minutes from UTC, by another way than the program's: the platform's calendar. */
const dateAt = (at: number, offsetMinutes: number): string => {
  const local = new Date(at + offsetMinutes * minute)
  const pad = (value: number) => String(value).padStart(2, '0')
  return `${local.getUTCFullYear()}-${pad(local.getUTCMonth() + 1)}-${pad(local.getUTCDate())}`
}
const nextDate = (date: string): string => dateAt(Date.parse(`${date}T00:00:00Z`) + day, 0)

const edges = [
  Date.UTC(2024, 1, 28, 23, 59, 59),
  Date.UTC(2024, 1, 29, 12),
  Date.UTC(2028, 1, 29, 0, 0, 1),
  Date.UTC(2027, 1, 28, 23, 30),
  Date.UTC(2026, 11, 31, 23, 59),
  Date.UTC(2100, 1, 28, 18),
]
const offsets = [-720, -210, 0, 345, 480, 840]

/**
 * A clock that jumps by years, forwards and back, days before and after 29 February, and every time zone there is. The
 * business date is the calendar's, today is taken and tomorrow refused, the ledger keeps its order, and it verifies.
 */
export const clock: Suite = async ({ deep, seed }) => {
  const cases = deep ? 300 : 30
  const random = createRandom(seed)
  const tally = {
    postings: 0,
    'wrong dates': 0,
    'tomorrow taken': 0,
    'order lost': 0,
    'not verified': 0,
    'as at wrong': 0,
  }
  for (let index = 0; index < cases; index += 1) {
    let now = random.pick(edges) + random.between(-2, 2) * day
    const desk = openMemoryDesk({ now: () => now })
    const client = clientFor({ desk, person: soloPerson(desk) })
    const world = await makeWorld(client)
    const utcOffsetMinutes = index < offsets.length ? offsets[index]! : random.between(-720, 840)
    await client.setting.save({
      requestId: random.uuid(),
      organisation: '',
      organisationEn: '',
      utcOffsetMinutes,
      shortBelowDays: 7,
      nearExpiryDays: 90,
      unsignedAfterDays: 3,
    })
    const received = new Map<string, number>()
    for (let jump = 0; jump < 12; jump += 1) {
      now += random.pick([-3 * 365 * day, -day, -90 * minute, 1, 90 * minute, day, 366 * day])
      const today = dateAt(now, utcOffsetMinutes)
      if (desk.businessDate() !== today) tally['wrong dates'] += 1
      const lots = line(world.surgical.itemId, { lot: `L${jump}`, madeOn: null, expiresOn: '2120-02-29', packs: 1 })
      const post = (businessDate: string) =>
        client.delivery.post(deliveryOf(world, [lots], { requestId: random.uuid(), businessDate }))
      await post(today)
      received.set(today, (received.get(today) ?? 0) + 50)
      tally.postings += 1
      try {
        await post(nextDate(today))
        tally['tomorrow taken'] += 1
      } catch (error) {
        if (!(error instanceof ORPCError && JSON.stringify(error.data).includes('date-in-future'))) throw error
      }
      await client.alert.list()
      await client.today.get()
    }
    const sequence = all<{ postingSeq: number; lot: string }>(
      desk.database,
      `SELECT m.posting_seq AS postingSeq, t.number AS lot FROM movement m JOIN lot t USING (lot_id) ORDER BY m.posting_seq`,
    )
    if (sequence.some(({ lot }, at) => lot !== `L${at}`)) tally['order lost'] += 1
    for (const date of received.keys()) {
      const expected = [...received].reduce((sum, [on, quantity]) => (on <= date ? sum + quantity : sum), 0)
      const rows = await client.ledger.asAt({ date, placeId: world.depot.placeId })
      const found = rows.reduce((sum, row) => sum + row.onHandBase, 0)
      if (found !== expected) tally['as at wrong'] += 1
    }
    if (get(desk.database, "SELECT 1 FROM posting WHERE business_date NOT GLOB '????-??-??'")) tally['wrong dates'] += 1
    if (!verifyDatabase(desk.database).ok) tally['not verified'] += 1
    await closeDesk(desk)
  }
  const { postings, ...failures } = tally
  return [
    {
      fault: 'clock jumps, 29 February, zones ±14 h',
      ran: true,
      ok: Object.values(failures).every((value) => value === 0) && postings === cases * 12,
      counts: { cases, ...tally },
    },
  ]
}
