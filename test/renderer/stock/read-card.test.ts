import { expect, it } from 'vitest'
import { readWholeCard } from '../../../renderer/stock/read-card.ts'

/** 2,500 rows of a card, newest first, each with one piece more than the one before it; ten rows a day. */
const rows = Array.from({ length: 2500 }, (_, index) => {
  const movementSeq = 2500 - index
  return {
    movementSeq,
    postingSeq: movementSeq,
    kind: 'delivery',
    number: `RK-${movementSeq}`,
    businessDate: new Date(Date.UTC(2020, 0, 1) + Math.floor(movementSeq / 10) * 86_400_000).toISOString().slice(0, 10),
    at: movementSeq,
    place: '',
    placeEn: '',
    lot: '',
    inBase: 1,
    outBase: 0,
    balanceBase: movementSeq,
    person: '',
  }
})
const asked: number[] = []
const read = async (input: { before: { movementSeq: number; balanceBase: number } | null; limit: number }) => {
  const older = rows.filter(({ movementSeq }) => movementSeq < (input.before?.movementSeq ?? Number.POSITIVE_INFINITY))
  asked.push(input.limit)
  // The balance under the last row of the page before is that of the newest one of the next.
  if (input.before !== null) expect(older[0]?.balanceBase ?? 0).toBe(input.before.balanceBase)
  return older.slice(0, input.limit)
}

it('reads every row of a card, page after page, with the balance each page ends with', async () => {
  expect(await readWholeCard({ itemId: 1, depotId: 2, from: null }, read)).toEqual(rows)
  expect(asked).toHaveLength(3)
})

it('reads only the rows of a span, and stops when it is behind', async () => {
  asked.length = 0
  const from = rows[240]!.businessDate
  const whole = await readWholeCard({ itemId: 1, depotId: 2, from }, read)
  expect(whole).toEqual(rows.filter(({ businessDate }) => businessDate >= from))
  expect(asked).toHaveLength(2)
})
