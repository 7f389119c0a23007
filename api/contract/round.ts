import { z } from 'zod'
import type { Plan, Problem } from '../../core/allocation/problem.ts'
import {
  anyone,
  civilDate,
  command,
  id,
  instant,
  longText,
  managers,
  quantity,
  query,
  requestId,
  shortText,
  staff,
} from './base.ts'

export const roundings = ['runs-out-first', 'nearest', 'least-over'] as const

export const rungSchema = z.strictObject({
  tiers: z.array(z.int()).max(10),
  days: quantity,
  weightPercent: z.record(z.string(), quantity).optional(),
  /** What people call the rung; not there or empty where it has no name. */
  name: shortText.optional(),
  nameEn: shortText.optional(),
})

export const policyRow = z.strictObject({
  policyId: id,
  name: z.string(),
  nameEn: z.string(),
  rounding: z.enum(roundings),
  horizonDays: z.int(),
  rungs: z.array(rungSchema),
  /** Days that the rolling horizon looks ahead; null is off. */
  rollingDays: z.int().nullable(),
  nearExpiry: z.boolean(),
  /** By an approved round: it can't be changed any more, only copied. */
  used: z.boolean(),
  archivedAt: instant.nullable(),
  version: z.int(),
})
export type PolicyRow = z.infer<typeof policyRow>

export const policy = {
  list: query(...anyone)
    .input(z.strictObject({ archived: z.boolean() }))
    .output(z.array(policyRow)),
  save: command(...managers)
    .input(
      z.strictObject({
        requestId,
        policyId: id.nullable(),
        version: z.int().nullable(),
        name: shortText,
        nameEn: shortText,
        rounding: z.enum(roundings),
        horizonDays: quantity,
        rungs: z.array(rungSchema).max(30),
        rollingDays: quantity.nullable().default(null),
        nearExpiry: z.boolean().default(false),
      }),
    )
    .output(policyRow),
  archive: command(...managers)
    .input(z.strictObject({ requestId, policyId: id, archived: z.boolean() }))
    .output(policyRow),
}

/** What a round is about. The same choice gives the same problem as long as nothing in stock or needs has changed. */
export const roundChoice = z.strictObject({
  /** null: all depots. */
  depotIds: z.array(id).max(100).nullable(),
  /** null: every item that is in stock there. */
  itemIds: z.array(id).max(2000).nullable(),
  /** null: every unit. */
  unitIds: z.array(id).max(20_000).nullable(),
  policyId: id,
  /** null: the policy's own. */
  horizonDays: quantity.nullable(),
  /** Held back per item, in packs, instead of the item's own reserve. */
  reserves: z.array(z.strictObject({ itemId: id, packs: quantity })).max(2000),
})
export type RoundChoice = z.infer<typeof roundChoice>

export const pin = z.strictObject({ unitId: id, itemId: id, packs: quantity })
export type Pin = z.infer<typeof pin>

export const roundHead = z.strictObject({
  roundId: id,
  number: z.string(),
  state: z.enum(['approved', 'cancelled']),
  policyId: id,
  policyName: z.string(),
  policyNameEn: z.string(),
  businessDate: z.string(),
  horizonDays: z.int(),
  note: z.string(),
  approvedAt: instant,
  approvedBy: z.string(),
  cancelledAt: instant.nullable(),
  units: z.int(),
  items: z.int(),
  packs: z.int(),
  slips: z.int(),
  slipsDispatched: z.int(),
})
export type RoundHead = z.infer<typeof roundHead>

export const roundLine = z.strictObject({
  unitId: id,
  itemId: id,
  needBase: z.int(),
  stockBase: z.int(),
  useMilliPerDay: z.int(),
  packs: z.int(),
  packSizeBase: z.int(),
  quantityBase: z.int(),
  pinned: z.boolean(),
  rung: z.int(),
  reason: z.string(),
  queuePacks: z.int().nullable(),
})

export const roundDocument = z.strictObject({ head: roundHead, lines: z.array(roundLine) })
export type RoundDocument = z.infer<typeof roundDocument>

/** Which round lines a report shows; null is all. */
export const reportFilter = z.strictObject({
  roundIds: z.array(id).max(1000).nullable(),
  from: civilDate.nullable(),
  to: civilDate.nullable(),
  towns: z.array(z.string()).max(1000).nullable(),
  unitKinds: z.array(z.string()).max(100).nullable(),
  itemIds: z.array(id).max(2000).nullable(),
})

export const round = {
  list: query(...anyone)
    .input(z.strictObject({ limit: z.int().min(1).max(1000) }))
    .output(z.array(roundHead)),
  get: query(...anyone)
    .input(z.strictObject({ roundId: id }))
    .output(roundDocument),
  /**
   * The problem as it stands now, in the plan file's form (unit and item are codes; lots are lot ids as text, depots
   * codes), for the screen to solve with its pins, and its hash, to be given back on approval.
   */
  prepare: query(...anyone)
    .input(roundChoice)
    .output(
      z.strictObject({
        problem: z.custom<Problem>(),
        problemHash: z.string(),
        units: z.array(z.strictObject({ unitId: id, code: z.string() })),
        items: z.array(z.strictObject({ itemId: id, code: z.string() })),
        /** Newest stock report each line rests on. */
        reports: z.array(z.strictObject({ unitId: id, itemId: id, reportedOn: z.string() })),
      }),
    ),
  /**
   * Solves the same problem again with the pins, reserves the lots and numbers the slips, in one transaction.
   * Refusals: plan-inputs-changed (one for each item whose supply differs: about.item, given = packs when planned,
   * allowed = packs now; or field 'needs'), pins-exceed-supply, nothing-allocated.
   */
  approve: command(...managers)
    .input(
      z.strictObject({
        requestId,
        choice: roundChoice,
        pins: z.array(pin).max(200_000),
        problemHash: z.string().max(64),
        /** Packs of each item that the plan was made with, so that a refusal can say what has changed. */
        supply: z.array(z.strictObject({ itemId: id, packs: z.int() })).max(2000),
        note: longText,
      }),
    )
    .output(z.strictObject({ head: roundHead, slipIds: z.array(id) })),
  /** Cancels every slip of the round that has not been dispatched, and releases its lots. */
  cancel: command(...managers)
    .input(z.strictObject({ requestId, roundId: id }))
    .output(roundHead),
  /** The approved plan as a problem and a result that anyone can check (cli verify-plan). */
  file: query(...anyone)
    .input(z.strictObject({ roundId: id }))
    .output(z.strictObject({ problem: z.custom<Problem>(), result: z.custom<Plan>() })),
  /** 分配汇总表: lines of approved rounds with the words that a report needs. */
  report: query(...anyone)
    .input(reportFilter)
    .output(
      z.strictObject({
        rounds: z.array(roundHead),
        units: z.array(
          z.strictObject({
            unitId: id,
            code: z.string(),
            name: z.string(),
            nameEn: z.string(),
            town: z.string(),
            unitKind: z.string(),
            tier: z.int(),
          }),
        ),
        items: z.array(
          z.strictObject({
            itemId: id,
            code: z.string(),
            name: z.string(),
            nameEn: z.string(),
            specification: z.string(),
            baseUnit: z.string(),
            packName: z.string(),
          }),
        ),
        lines: z.array(roundLine),
      }),
    ),
}

export const slipStates = ['approved', 'dispatched', 'signed', 'cancelled', 'reversed'] as const

export const slipLine = z.strictObject({
  line: z.int(),
  itemId: id,
  itemCode: z.string(),
  itemName: z.string(),
  itemNameEn: z.string(),
  specification: z.string(),
  standard: z.string(),
  baseUnit: z.string(),
  packName: z.string(),
  lot: z.string(),
  madeOn: z.string().nullable(),
  expiresOn: z.string().nullable(),
  packs: z.int(),
  packSizeBase: z.int(),
  quantityBase: z.int(),
  /** Null until picked; fewer than `packs` where the shelf had fewer. */
  pickedPacks: z.int().nullable(),
  needBase: z.int(),
  /** The item it stands in for, where it is a substitute. */
  substituteFor: z.string().nullable(),
  substituteForEn: z.string().nullable(),
  /** Cover of the unit after the round, in thousandths of a day; null where nothing is used. */
  coverAfterMilliDays: z.int().nullable(),
  /** Why the round gave so much, as it was stored on approval; null where the round has no such line. */
  why: z
    .strictObject({
      reason: z.string(),
      /** Of the last pack; 0 where there is none or it was pinned. */
      rung: z.int(),
      rungName: z.string(),
      rungNameEn: z.string(),
      /** Up to how many days the rung fills; null without a rung. */
      rungDays: z.number().nullable(),
      horizonDays: z.int(),
      coverBeforeMilliDays: z.int().nullable(),
      /** The next pack would be so many-th in line; null when it takes no more. */
      queuePacks: z.int().nullable(),
    })
    .nullable(),
})

export const slipHead = z.strictObject({
  slipId: id,
  number: z.string(),
  state: z.enum(slipStates),
  roundId: id,
  roundNumber: z.string(),
  businessDate: z.string(),
  unitId: id,
  unitCode: z.string(),
  unitName: z.string(),
  unitNameEn: z.string(),
  town: z.string(),
  unitKind: z.string(),
  tier: z.int(),
  address: z.string(),
  contact: z.string(),
  phone: z.string(),
  route: z.string(),
  depotId: id,
  depotName: z.string(),
  depotNameEn: z.string(),
  preparedBy: z.string(),
  approvedBy: z.string(),
  approvedAt: instant,
  dispatchedAt: instant.nullable(),
  dispatchNumber: z.string().nullable(),
  signedBy: z.string().nullable(),
  signedOn: z.string().nullable(),
  lines: z.int(),
  packs: z.int(),
})
export type SlipHead = z.infer<typeof slipHead>

export const slipDocument = z.strictObject({ head: slipHead, lines: z.array(slipLine) })
export type SlipDocument = z.infer<typeof slipDocument>

export const slip = {
  list: query(...anyone)
    .input(
      z.strictObject({
        roundId: id.nullable(),
        state: z.enum(slipStates).nullable(),
        limit: z.int().min(1).max(10_000),
      }),
    )
    .output(z.array(slipHead)),
  /** In the order asked for. */
  get: query(...anyone)
    .input(z.strictObject({ slipIds: z.array(id).min(1).max(2000) }))
    .output(z.array(slipDocument)),
  /** Turns the reservation into movements. Refused with slip-not-open when dispatched or cancelled before. */
  dispatch: command(...staff)
    .input(z.strictObject({ requestId, slipId: id, businessDate: civilDate }))
    .output(slipDocument),
  /**
   * What was found on the shelf, by line. Fewer than planned is a short pick: with `replan` other lots of the depot fill
   * the line where there are any (as further lines, to be picked as well), else it stays short.
   */
  pick: command(...staff)
    .input(
      z.strictObject({
        requestId,
        slipId: id,
        lines: z.array(z.strictObject({ line: z.int().positive(), packs: quantity })).max(2000),
        replan: z.boolean(),
      }),
    )
    .output(slipDocument),
  /** 签收: who took it and when. Each difference is posted with its reason; lines that are not named came whole. */
  sign: command(...staff)
    .input(
      z.strictObject({
        requestId,
        slipId: id,
        signedBy: shortText,
        signedOn: civilDate,
        note: longText,
        differences: z
          .array(
            z.strictObject({
              line: z.int().positive(),
              receivedBase: quantity,
              reason: z.enum(['lost', 'damaged', 'miscounted']),
            }),
          )
          .max(2000),
      }),
    )
    .output(slipDocument),
  /** Finds a slip by its number, as its QR code says it. */
  find: query(...anyone)
    .input(z.strictObject({ number: shortText }))
    .output(slipHead.nullable()),
  /** Releases what was reserved. */
  cancel: command(...managers)
    .input(z.strictObject({ requestId, slipId: id }))
    .output(slipDocument),
}
