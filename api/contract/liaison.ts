import { z } from 'zod'
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
  text,
} from './base.ts'
import { commitmentRow } from './place.ts'

export const blockerKinds = ['raw-material', 'machine', 'labour', 'transport', 'other'] as const

export const blockerRow = z.strictObject({
  blockerId: id,
  supplierId: id,
  itemId: id.nullable(),
  kind: z.enum(blockerKinds),
  note: z.string(),
  since: instant,
  person: z.string(),
  resolvedAt: instant.nullable(),
})

export const callRow = z.strictObject({
  callSeq: id,
  supplierId: id,
  itemId: id.nullable(),
  spokeWith: z.string(),
  note: z.string(),
  nextOn: z.string().nullable(),
  nextWith: z.string(),
  at: instant,
  person: z.string(),
})

/** One manufacturer and item. All quantities in base units. */
export const boardRow = z.strictObject({
  supplierId: id,
  itemId: id,
  capacityPerDayBase: z.int().nullable(),
  promisedTodayBase: z.int(),
  /** Due within today and the six days after it. */
  promisedWeekBase: z.int(),
  deliveredTodayBase: z.int(),
  /** Within the last seven days, today included. */
  deliveredWeekBase: z.int(),
  /** Due up to today and not delivered. */
  gapBase: z.int(),
  /** The oldest due date of what is in the gap. */
  lateSince: z.string().nullable(),
  nextDueOn: z.string().nullable(),
  /** Delivered of what was promised for the last 14 days, in percent, at most 100; null without promises. */
  fulfilmentPercent: z.int().nullable(),
  blockers: z.array(blockerRow),
  lastCall: callRow.nullable(),
  /** When the unit that is worst off for this item runs out, by estimate; null where nobody uses it. */
  runsOutOn: z.string().nullable(),
  runsOutUnit: z.string().nullable(),
  runsOutUnitEn: z.string().nullable(),
  runsOutTier: z.int().nullable(),
  /** Units that have less than two days of it. */
  unitsBelowTwoDays: z.int(),
})
export type BoardRow = z.infer<typeof boardRow>

export const supplierDetail = z.strictObject({
  contacts: z.array(z.strictObject({ name: shortText, post: shortText, phone: shortText })).max(50),
  licences: z
    .array(
      z.strictObject({
        itemId: id.nullable(),
        number: shortText,
        standard: shortText,
        validUntil: civilDate.nullable(),
      }),
    )
    .max(200),
  /** Other names that lists give this supplier. */
  aliases: z.array(shortText).max(200),
})

export const liaison = {
  /** 联络看板. Sorted by what the front line will miss first. */
  board: query(...anyone).output(z.array(boardRow)),
  detail: query(...anyone)
    .input(z.strictObject({ supplierId: id }))
    .output(supplierDetail),
  saveDetail: command(...staff)
    .input(z.strictObject({ requestId, supplierId: id, ...supplierDetail.shape }))
    .output(supplierDetail),
  addBlocker: command(...staff)
    .input(
      z.strictObject({ requestId, supplierId: id, itemId: id.nullable(), kind: z.enum(blockerKinds), note: longText }),
    )
    .output(blockerRow),
  resolveBlocker: command(...staff)
    .input(z.strictObject({ requestId, blockerId: id }))
    .output(blockerRow),
  calls: query(...anyone)
    .input(z.strictObject({ supplierId: id.nullable(), limit: z.int().min(1).max(1000) }))
    .output(z.array(callRow)),
  addCall: command(...staff)
    .input(
      z.strictObject({
        requestId,
        supplierId: id,
        itemId: id.nullable(),
        spokeWith: shortText,
        note: longText,
        nextOn: civilDate.nullable(),
        nextWith: shortText,
      }),
    )
    .output(callRow),
  /** Promised for and delivered on each day, of one supplier and item or of all, from the first day to the last. */
  days: query(...anyone)
    .input(z.strictObject({ supplierId: id.nullable(), itemId: id.nullable(), from: civilDate, to: civilDate }))
    .output(z.array(z.strictObject({ day: z.string(), promisedBase: z.int(), deliveredBase: z.int() }))),
  /** A daily quantity over a period becomes one commitment for each day; a pasted sheet one for each row. */
  saveCommitments: command(...managers)
    .input(
      z.strictObject({
        requestId,
        commitments: z
          .array(
            z.strictObject({ supplierId: id, itemId: id, quantityBase: quantity, dueOn: civilDate, note: longText }),
          )
          .min(1)
          .max(5000),
      }),
    )
    .output(z.array(commitmentRow)),
  /** Delivery lines that count towards a commitment, and those of the same supplier and item that could. */
  fulfilment: query(...anyone)
    .input(z.strictObject({ commitmentId: id }))
    .output(
      z.array(
        z.strictObject({
          postingSeq: id,
          line: z.int(),
          number: z.string(),
          businessDate: z.string(),
          acceptedBase: z.int(),
          /** Towards this commitment. */
          quantityBase: z.int(),
          /** Towards no commitment yet. */
          freeBase: z.int(),
        }),
      ),
    ),
  /** By hand, where oldest first was wrong: how much of a delivery line counts towards a commitment. */
  saveFulfilment: command(...managers)
    .input(
      z.strictObject({ requestId, commitmentId: id, postingSeq: id, line: z.int().positive(), quantityBase: quantity }),
    )
    .output(commitmentRow),
}

export const aliasKinds = ['item', 'unit', 'supplier'] as const

/** What lists and scanners taught the program. */
export const alias = {
  list: query(...anyone).output(
    z.strictObject({
      names: z.array(z.strictObject({ kind: z.enum(aliasKinds), key: z.string(), alias: z.string(), targetId: id })),
      codes: z.array(z.strictObject({ code: z.string(), itemId: id, packSizeBase: z.int() })),
    }),
  ),
  saveNames: command(...staff)
    .input(
      z.strictObject({
        requestId,
        names: z
          .array(z.strictObject({ kind: z.enum(aliasKinds), alias: text(200), targetId: id }))
          .min(1)
          .max(5000),
      }),
    )
    .output(z.strictObject({ saved: z.int() })),
  removeName: command(...staff)
    .input(z.strictObject({ requestId, kind: z.enum(aliasKinds), key: text(200) }))
    .output(z.strictObject({ removed: z.boolean() })),
  saveCode: command(...staff)
    .input(z.strictObject({ requestId, code: text(100), itemId: id, packSizeBase: quantity }))
    .output(z.strictObject({ code: z.string(), itemId: id, packSizeBase: z.int() })),
  mapping: query(...staff)
    .input(z.strictObject({ keys: z.array(text(300)).max(50) }))
    .output(z.array(z.strictObject({ key: z.string(), mapping: z.string() }))),
  saveMapping: command(...staff)
    .input(z.strictObject({ requestId, key: text(300), mapping: z.string().max(20_000) }))
    .output(z.strictObject({ saved: z.boolean() })),
  /** Documents that the same list became before. */
  taken: query(...staff)
    .input(z.strictObject({ fingerprint: text(64) }))
    .output(z.array(z.strictObject({ name: z.string(), document: z.string(), at: instant }))),
  rememberTaken: command(...staff)
    .input(z.strictObject({ requestId, fingerprint: text(64), name: text(200), document: text(100) }))
    .output(z.strictObject({ saved: z.boolean() })),
}

export const holdKinds = ['inspection', 'recall', 'doubt'] as const

export const holdRow = z.strictObject({
  holdId: id,
  lotId: id,
  itemId: id,
  itemCode: z.string(),
  itemName: z.string(),
  itemNameEn: z.string(),
  baseUnit: z.string(),
  lot: z.string(),
  supplierId: id,
  supplierName: z.string(),
  supplierNameEn: z.string(),
  expiresOn: z.string().nullable(),
  standard: z.string(),
  itemStandard: z.string(),
  kind: z.enum(holdKinds),
  reason: z.string(),
  postingSeq: id.nullable(),
  postingNumber: z.string().nullable(),
  /** In all depots. */
  onHandBase: z.int(),
  reservedBase: z.int(),
  at: instant,
  person: z.string(),
  outcome: z.enum(['released', 'rejected']).nullable(),
  outcomeNote: z.string(),
  closedAt: instant.nullable(),
  closedBy: z.string().nullable(),
})

/** 验收/质检 and 召回: lots that are in stock and not available. */
export const hold = {
  list: query(...anyone)
    .input(z.strictObject({ openOnly: z.boolean() }))
    .output(z.array(holdRow)),
  add: command(...staff)
    .input(z.strictObject({ requestId, lotId: id, kind: z.enum(['recall', 'doubt']), reason: longText }))
    .output(holdRow),
  /** Released lots are available at once; another open hold of the same lot keeps it. */
  release: command(...staff)
    .input(z.strictObject({ requestId, holdId: id, note: longText }))
    .output(holdRow),
  /** Sends what is in the depots and not reserved back to the supplier by a posting of the kind return. */
  reject: command(...staff)
    .input(z.strictObject({ requestId, holdId: id, note: longText }))
    .output(holdRow),
  /** Units that hold a lot, and slips under way with it: for a recall. */
  whereabouts: query(...anyone)
    .input(z.strictObject({ lotId: id }))
    .output(
      z.array(
        z.strictObject({
          placeId: id,
          kind: z.enum(['depot', 'unit', 'slip']),
          code: z.string(),
          name: z.string(),
          nameEn: z.string(),
          contact: z.string(),
          phone: z.string(),
          quantityBase: z.int(),
          lastOn: z.string().nullable(),
        }),
      ),
    ),
}
