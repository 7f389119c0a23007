import { z } from 'zod'
import { anyone, id, instant, query } from './base.ts'

/** One item at one depot. */
export const stockRow = z.strictObject({
  itemId: id,
  depotId: id,
  onHandBase: z.int(),
  reservedBase: z.int(),
  availableBase: z.int(),
  /** On hold or expired: part of on hand, never of available. */
  unusableBase: z.int(),
  /** Earliest expiry among the lots with stock. */
  earliestExpiresOn: z.string().nullable(),
})

/** One item over the district: what all units use a day, and how long the available stock of all depots lasts. */
export const coverRow = z.strictObject({
  itemId: id,
  useMilliPerDay: z.int(),
  availableBase: z.int(),
  coverMilliDays: z.int().nullable(),
})

export const lotRow = z.strictObject({
  lotId: id,
  depotId: id,
  number: z.string(),
  supplierName: z.string(),
  madeOn: z.string().nullable(),
  expiresOn: z.string().nullable(),
  standard: z.string(),
  hold: z.boolean(),
  onHandBase: z.int(),
  reservedBase: z.int(),
})

export const cardRow = z.strictObject({
  movementSeq: id,
  postingSeq: id,
  kind: z.string(),
  number: z.string(),
  businessDate: z.string(),
  at: instant,
  /** The other place of the movement. */
  place: z.string(),
  placeEn: z.string(),
  lot: z.string(),
  inBase: z.int(),
  outBase: z.int(),
  /** At this depot, of all lots of the item, after this row. */
  balanceBase: z.int(),
  person: z.string(),
})

export const stock = {
  grid: query(...anyone).output(z.strictObject({ rows: z.array(stockRow), cover: z.array(coverRow) })),
  lots: query(...anyone)
    .input(z.strictObject({ itemId: id, depotId: id.nullable() }))
    .output(z.array(lotRow)),
  /** 收发存明细, newest first; `before` is the last movementSeq of the page before, with the balance under it. */
  card: query(...anyone)
    .input(
      z.strictObject({
        itemId: id,
        depotId: id,
        before: z.strictObject({ movementSeq: id, balanceBase: z.int() }).nullable(),
        limit: z.int().min(1).max(1000),
      }),
    )
    .output(z.array(cardRow)),
}
