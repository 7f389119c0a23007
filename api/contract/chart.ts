import { z } from 'zod'
import { anyone, civilDate, id, query } from './base.ts'

const named = { name: z.string(), nameEn: z.string() }

/** Everything that the charts page draws, of one range, depot and item. Quantities in base units. */
export const chartBoard = z.strictObject({
  businessDate: z.string(),
  shortBelowDays: z.int(),
  /** Items by the days that what is available lasts, the shortest first. */
  cover: z.array(z.strictObject({ itemId: id, code: z.string(), ...named, coverMilliDays: z.int() })),
  /** The item of each unit that runs out first, the soonest first. */
  runOut: z.array(
    z.strictObject({
      unitId: id,
      unitName: z.string(),
      unitNameEn: z.string(),
      itemId: id,
      itemName: z.string(),
      itemNameEn: z.string(),
      coverMilliDays: z.int(),
      runsOutOn: z.string(),
    }),
  ),
  days: z.array(
    z.strictObject({
      day: z.string(),
      receivedBase: z.int(),
      givenBase: z.int(),
      promisedBase: z.int(),
      deliveredBase: z.int(),
      medianMilliDays: z.int().nullable(),
      shortItems: z.int(),
      /** What units used, in base units, by where the figure is from; null where one depot is asked for. */
      used: z
        .strictObject({ reportedBase: z.int(), statedBase: z.int(), impliedBase: z.int(), normBase: z.int() })
        .nullable(),
    }),
  ),
  expiring: z.array(
    z.strictObject({
      lotId: id,
      lot: z.string(),
      itemId: id,
      itemName: z.string(),
      itemNameEn: z.string(),
      baseUnit: z.string(),
      expiresOn: z.string(),
      onHandBase: z.int(),
    }),
  ),
  /** By unit: what it was given in the range, and what it uses a day. */
  given: z.array(
    z.strictObject({
      unitId: id,
      tier: z.int(),
      town: z.string(),
      givenBase: z.int(),
      useMilliPerDay: z.int(),
    }),
  ),
})
export type ChartBoard = z.infer<typeof chartBoard>

/** Weeks of expiry that are looked ahead. */
export const expiryWeeks = 26

export const chart = {
  /** Refusals: date-invalid, date-in-future (`to`), out-of-range (more than 366 days, or `to` before `from`), not-found. */
  board: query(...anyone)
    .input(z.strictObject({ from: civilDate, to: civilDate, depotId: id.nullable(), itemId: id.nullable() }))
    .output(chartBoard),
}
