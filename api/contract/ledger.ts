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

/** A lot and how much of it, in base units. */
const lotQuantity = z.strictObject({ lotId: id, quantityBase: quantity })
const lotQuantities = z.array(lotQuantity).max(2000)

export const postingKinds = [
  'delivery',
  'dispatch',
  'return',
  'transfer',
  'stocktake',
  'write-off',
  'correction',
  'signature',
] as const

export const postingHead = z.strictObject({
  postingSeq: id,
  kind: z.enum(postingKinds),
  number: z.string(),
  businessDate: z.string(),
  at: instant,
  person: z.string(),
  /** Number of the posting that this one corrects, and of the one that corrects this. */
  corrects: z.string().nullable(),
  correctsSeq: id.nullable(),
  correctedBy: z.string().nullable(),
  correctedBySeq: id.nullable(),
  reason: z.string(),
  lines: z.int(),
  quantityBase: z.int(),
  /** Of its first movement, null where nothing moved. */
  fromName: z.string().nullable(),
  fromNameEn: z.string().nullable(),
  toName: z.string().nullable(),
  toNameEn: z.string().nullable(),
  /** How many pairs of places it moves between. */
  routes: z.int(),
})
export type PostingHead = z.infer<typeof postingHead>

export const postingLine = z.strictObject({
  line: z.int(),
  lotId: id,
  lot: z.string(),
  expiresOn: z.string().nullable(),
  itemId: id,
  itemCode: z.string(),
  itemName: z.string(),
  itemNameEn: z.string(),
  specification: z.string(),
  baseUnit: z.string(),
  fromKind: z.string(),
  fromName: z.string(),
  fromNameEn: z.string(),
  toKind: z.string(),
  toName: z.string(),
  toNameEn: z.string(),
  quantityBase: z.int(),
})
export const postingDocument = z.strictObject({
  head: postingHead,
  lines: z.array(postingLine),
  /** The document with a life of its own that this posting is a step of. */
  owner: z
    .strictObject({ kind: z.enum(['slip', 'transfer', 'stocktake']), id, number: z.string(), state: z.string() })
    .nullable(),
})
export type PostingDocument = z.infer<typeof postingDocument>

/** A lot in a depot, with what of it is free: not reserved by a slip. */
export const depotLot = z.strictObject({
  depotId: id,
  lotId: id,
  lot: z.string(),
  itemId: id,
  itemCode: z.string(),
  itemName: z.string(),
  itemNameEn: z.string(),
  specification: z.string(),
  baseUnit: z.string(),
  expiresOn: z.string().nullable(),
  hold: z.boolean(),
  onHandBase: z.int(),
  freeBase: z.int(),
})
export type DepotLot = z.infer<typeof depotLot>

/** A lot wherever it is, even where nothing of it is left. */
export const foundLot = z.strictObject({
  lotId: id,
  lot: z.string(),
  itemId: id,
  itemCode: z.string(),
  itemName: z.string(),
  itemNameEn: z.string(),
  baseUnit: z.string(),
  supplierName: z.string(),
  supplierNameEn: z.string(),
  expiresOn: z.string().nullable(),
  hold: z.boolean(),
  /** In all depots, and sent to units and not returned. */
  depotBase: z.int(),
  unitBase: z.int(),
})
export type FoundLot = z.infer<typeof foundLot>

export const returnStates = ['good', 'damaged'] as const
export const writeOffReasons = ['expired', 'damaged', 'other'] as const

export const transferRow = z.strictObject({
  transferId: id,
  number: z.string(),
  state: z.enum(['in-transit', 'received']),
  fromId: id,
  fromName: z.string(),
  fromNameEn: z.string(),
  toId: id,
  toName: z.string(),
  toNameEn: z.string(),
  note: z.string(),
  sentOn: z.string(),
  receivedOn: z.string().nullable(),
  lines: z.array(
    z.strictObject({
      lotId: id,
      lot: z.string(),
      itemId: id,
      itemCode: z.string(),
      itemName: z.string(),
      itemNameEn: z.string(),
      baseUnit: z.string(),
      expiresOn: z.string().nullable(),
      quantityBase: z.int(),
    }),
  ),
})

const flowRow = z.strictObject({
  placeId: id,
  placeName: z.string(),
  placeNameEn: z.string(),
  /** Of a supplier. */
  supplierKind: z.string().nullable(),
  itemId: id,
  itemName: z.string(),
  itemNameEn: z.string(),
  specification: z.string(),
  baseUnit: z.string(),
  quantityBase: z.int(),
})
export const ledgerFlows = z.strictObject({
  /** What came from each supplier, and what each unit was given; what went back is taken off. */
  received: z.array(flowRow),
  given: z.array(flowRow),
  /** By business date and item; days and items without any are left out. */
  days: z.array(
    z.strictObject({
      day: z.string(),
      itemId: id,
      receivedBase: z.int(),
      allocatedBase: z.int(),
      /** What units signed for that day: sent less what the signature says is missing. */
      signedBase: z.int(),
    }),
  ),
})
export type LedgerFlows = z.infer<typeof ledgerFlows>

/** What happens to stock besides deliveries and dispatches. */
export const ledger = {
  list: query(...anyone)
    .input(
      z.strictObject({
        kinds: z.array(z.enum(postingKinds)).max(10).nullable(),
        before: id.nullable(),
        limit: z.int().min(1).max(1000),
      }),
    )
    .output(z.array(postingHead)),
  get: query(...anyone)
    .input(z.strictObject({ postingSeq: id }))
    .output(postingDocument),
  /** Lots that a unit holds by the ledger (sent and not returned), for a return. */
  unitLots: query(...anyone)
    .input(z.strictObject({ unitId: id }))
    .output(
      z.array(
        z.strictObject({
          lotId: id,
          lot: z.string(),
          itemId: id,
          itemCode: z.string(),
          itemName: z.string(),
          itemNameEn: z.string(),
          baseUnit: z.string(),
          expiresOn: z.string().nullable(),
          quantityBase: z.int(),
        }),
      ),
    ),
  /** Lots with stock in a depot, or in all; by item, what leaves first before the others. */
  depotLots: query(...anyone)
    .input(z.strictObject({ depotId: id.nullable() }))
    .output(z.array(depotLot)),
  /** Lots whose number, or whose item's code, name or pinyin, holds every word; the newest first. */
  findLots: query(...anyone)
    .input(z.strictObject({ text: z.string().max(100), limit: z.int().min(1).max(200) }))
    .output(z.array(foundLot)),
  /** 退库 from a unit: good stock comes back into the depot, damaged stock is lost. */
  returnFromUnit: command(...staff)
    .input(
      z.strictObject({
        requestId,
        unitId: id,
        depotId: id,
        businessDate: civilDate,
        reason: longText,
        lines: z.array(lotQuantity.extend({ state: z.enum(returnStates) })).max(2000),
      }),
    )
    .output(postingDocument),
  /** 报损 by a manager. */
  writeOff: command(...managers)
    .input(
      z.strictObject({
        requestId,
        depotId: id,
        businessDate: civilDate,
        cause: z.enum(writeOffReasons),
        reason: longText,
        lines: lotQuantities,
      }),
    )
    .output(postingDocument),
  /**
   * Reverses a posting by a new one that names it. Refused with already-gone (about.where says to whom) when what it
   * brought is no longer there, and with not-correctable for what can't be reversed.
   */
  correct: command(...managers)
    .input(z.strictObject({ requestId, postingSeq: id, reason: longText }))
    .output(postingDocument),
  /** What came and went from one business date to another, both included. A correction counts on the day it corrects. */
  flows: query(...anyone)
    .input(z.strictObject({ from: civilDate, to: civilDate }))
    .output(ledgerFlows),
  /** Stock as it was at the end of a business date, by place and lot; depots, units and what is in transit. */
  asAt: query(...anyone)
    .input(z.strictObject({ date: civilDate, placeId: id.nullable() }))
    .output(
      z.array(
        z.strictObject({
          placeId: id,
          placeKind: z.string(),
          placeName: z.string(),
          placeNameEn: z.string(),
          itemId: id,
          lotId: id,
          lot: z.string(),
          expiresOn: z.string().nullable(),
          onHandBase: z.int(),
        }),
      ),
    ),
}

export const transfer = {
  list: query(...anyone)
    .input(z.strictObject({ openOnly: z.boolean() }))
    .output(z.array(transferRow)),
  send: command(...staff)
    .input(
      z.strictObject({
        requestId,
        fromId: id,
        toId: id,
        businessDate: civilDate,
        note: longText,
        lines: lotQuantities,
      }),
    )
    .output(transferRow),
  /** What did not arrive is lost; the reason says how. Lines that are not named arrived whole. */
  receive: command(...staff)
    .input(
      z.strictObject({
        requestId,
        transferId: id,
        businessDate: civilDate,
        reason: longText,
        lines: z.array(z.strictObject({ lotId: id, receivedBase: quantity })).max(2000),
      }),
    )
    .output(transferRow),
}

export const stocktakeHead = z.strictObject({
  stocktakeId: id,
  number: z.string(),
  depotId: id,
  depotName: z.string(),
  depotNameEn: z.string(),
  category: z.string(),
  /** Empty: all of them. */
  shelf: z.string(),
  blind: z.boolean(),
  state: z.enum(['open', 'posted', 'cancelled']),
  note: z.string(),
  startedAt: instant,
  startedBy: z.string(),
  closedAt: instant.nullable(),
  closedBy: z.string().nullable(),
  postingSeq: id.nullable(),
  lines: z.int(),
  counted: z.int(),
  differing: z.int(),
})
export const stocktakeLine = z.strictObject({
  lotId: id,
  lot: z.string(),
  itemId: id,
  /** Where it lies in the depot; empty where nobody has said. */
  shelf: z.string(),
  itemCode: z.string(),
  itemName: z.string(),
  itemNameEn: z.string(),
  specification: z.string(),
  baseUnit: z.string(),
  packName: z.string(),
  packSizeBase: z.int(),
  expiresOn: z.string().nullable(),
  /** Null in a blind stocktake as long as it is open and the lot has not been counted. */
  expectedBase: z.int().nullable(),
  countedBase: z.int().nullable(),
  /** counted − what the ledger said when it was counted. */
  varianceBase: z.int().nullable(),
  reason: z.string(),
  countedAt: instant.nullable(),
  countedBy: z.string().nullable(),
  /** Of one base unit: what it was when the stocktake was posted, else the item's today. Null where it is not known. */
  unitPriceFen: z.int().nullable(),
})
export const stocktakeDocument = z.strictObject({ head: stocktakeHead, lines: z.array(stocktakeLine) })
export type StocktakeDocument = z.infer<typeof stocktakeDocument>

/** A lot as it was counted when the books began. */
export const openingLine = z.strictObject({
  itemId: id,
  /** Null: nobody knows any more whose it is. */
  supplierId: id.nullable(),
  lot: shortText,
  madeOn: civilDate.nullable(),
  expiresOn: civilDate.nullable(),
  standard: shortText,
  countedBase: quantity,
  /** What the clerk was told that the books have of it there. */
  expectedBase: quantity,
})
export type OpeningLineInput = z.infer<typeof openingLine>

export const stocktake = {
  list: query(...anyone).output(z.array(stocktakeHead)),
  get: query(...anyone)
    .input(z.strictObject({ stocktakeId: id }))
    .output(stocktakeDocument),
  /** Every lot of the depot (of a category and on a shelf, where they are given) that has stock. */
  start: command(...staff)
    .input(
      z.strictObject({
        requestId,
        depotId: id,
        category: shortText,
        shelf: shortText.default(''),
        blind: z.boolean(),
        note: longText,
      }),
    )
    .output(stocktakeDocument),
  /**
   * countedBase null takes a count back; left out, only the reason is written and the count stands as it was taken.
   * A lot that is not on the sheet yet is added by its count.
   */
  count: command(...staff)
    .input(
      z.strictObject({
        requestId,
        stocktakeId: id,
        counts: z
          .array(z.strictObject({ lotId: id, countedBase: quantity.nullable().optional(), reason: longText }))
          .min(1)
          .max(5000),
      }),
    )
    .output(stocktakeDocument),
  /** Posts the differences, each with its reason. Lots that were not counted stay as they are. */
  post: command(...managers)
    .input(z.strictObject({ requestId, stocktakeId: id, businessDate: civilDate }))
    .output(stocktakeDocument),
  /**
   * 期初库存: what is counted on the shelves when the books begin, a posted stocktake for each depot, all of them or none.
   * A lot that the depot has already is set to what was counted. `line` of a refusal counts through all depots, from 1.
   */
  postOpening: command(...managers)
    .input(
      z.strictObject({
        requestId,
        businessDate: civilDate,
        note: longText,
        list: z
          .strictObject({ fingerprint: z.string().min(8).max(64), name: text(200), document: text(100) })
          .nullable(),
        depots: z
          .array(z.strictObject({ depotId: id, postingId: z.uuid(), lines: z.array(openingLine).min(1).max(100_000) }))
          .min(1)
          .max(50),
      }),
    )
    .output(z.strictObject({ stocktakes: z.array(stocktakeHead), lots: z.int() })),
  cancel: command(...staff)
    .input(z.strictObject({ requestId, stocktakeId: id }))
    .output(stocktakeDocument),
}

export const alertKinds = [
  'low',
  'near-expiry',
  'expired',
  'run-out',
  'promise-late',
  'unsigned',
  'hold',
  'transfer',
  'backup',
] as const

/** What needs someone, each with the way to its remedy. */
export const alert = {
  list: query(...anyone).output(
    z.array(
      z.strictObject({
        key: z.string(),
        kind: z.enum(alertKinds),
        severity: z.enum(['now', 'soon']),
        /** Words of the sentence, rendered in the reader's language. */
        about: z.record(z.string(), z.union([z.string(), z.number()])),
        /** Page of the remedy. */
        path: z.string(),
        snoozedUntil: z.string().nullable(),
      }),
    ),
  ),
  snooze: command(...anyone)
    .input(z.strictObject({ requestId, key: z.string().max(100), untilOn: civilDate.nullable() }))
    .output(z.strictObject({ saved: z.boolean() })),
}
