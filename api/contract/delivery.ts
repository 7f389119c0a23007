import { z } from 'zod'
import {
  anyone,
  civilDate,
  command,
  id,
  instant,
  longText,
  quantity,
  query,
  requestId,
  shortText,
  staff,
} from './base.ts'
import { supplierKinds } from './place.ts'

/** One line as the clerk has it. Counted is packs × pack size, or pieces where there are no packs. */
export const deliveryLineInput = z.strictObject({
  itemId: id,
  lot: text100(),
  madeOn: civilDate.nullable(),
  /** Worked out from the item's shelf life where null and the day of production is known. */
  expiresOn: civilDate.nullable(),
  standard: shortText,
  packs: quantity.nullable(),
  packSizeBase: quantity.nullable(),
  /** Pieces, where the note does not count packs. */
  piecesBase: quantity.nullable(),
  /** null: all that was counted and not rejected. */
  acceptedBase: quantity.nullable(),
  rejectedBase: quantity,
  rejectReason: text100(),
})
export type DeliveryLineInput = z.infer<typeof deliveryLineInput>

function text100() {
  return z.string().max(100)
}

export const deliveryLineRow = z.strictObject({
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
  packs: z.int().nullable(),
  packSizeBase: z.int(),
  countedBase: z.int(),
  acceptedBase: z.int(),
  rejectedBase: z.int(),
  rejectReason: z.string(),
})

export const deliveryHead = z.strictObject({
  postingSeq: id,
  number: z.string(),
  businessDate: z.string(),
  at: instant,
  person: z.string(),
  supplierId: id,
  supplierName: z.string(),
  supplierNameEn: z.string(),
  depotId: id,
  depotName: z.string(),
  depotNameEn: z.string(),
  noteNumber: z.string(),
  note: z.string(),
  lines: z.int(),
  acceptedBase: z.int(),
  rejectedBase: z.int(),
})
export type DeliveryHead = z.infer<typeof deliveryHead>

export const deliveryDocument = z.strictObject({ head: deliveryHead, lines: z.array(deliveryLineRow) })
export type DeliveryDocument = z.infer<typeof deliveryDocument>

/** The lines of one sender of a list. */
export const senderLines = z.strictObject({
  /** Id of the delivery this becomes, made where the clerk acted. */
  postingId: z.uuid(),
  supplierId: id.nullable(),
  /** A sender who is not on file yet; one of the same name that somebody added meanwhile is taken instead. */
  newSupplier: z.strictObject({ name: shortText, supplierKind: z.enum(supplierKinds) }).nullable(),
  /** Names as the list writes them, remembered for a supplier that is called otherwise. */
  writtenAs: z.array(z.string().max(200)).max(1000),
  /** How many of its lines were handed over before, by `stageLines` under the same request id; they come first. */
  staged: z.int().min(0).max(200_000).default(0),
  lines: z.array(deliveryLineInput).max(100_000),
})
export type SenderLines = z.infer<typeof senderLines>

/** A list of several senders, to be posted. */
export const listToPost = z.strictObject({
  requestId,
  depotId: id,
  businessDate: civilDate,
  note: longText,
  inspect: z.boolean().default(false),
  /** The list they come from, to be known again. */
  list: z.strictObject({ fingerprint: z.string().min(8).max(64), name: z.string().max(200) }).nullable(),
  deliveries: z.array(senderLines).min(1).max(5000),
})
export type ListToPost = z.infer<typeof listToPost>

/** Lines of a list that is too long for one message, by the place of their sender in the list and of the first in its lines. */
export const linesToStage = z.strictObject({
  requestId,
  portions: z
    .array(
      z.strictObject({
        sender: z.int().min(0).max(4999),
        from: z.int().min(0).max(200_000),
        lines: z.array(deliveryLineInput).min(1).max(2000),
      }),
    )
    .min(1)
    .max(2000),
})
export type LinesToStage = z.infer<typeof linesToStage>

export const postedList = z.strictObject({
  deliveries: z.array(deliveryHead),
  newSuppliers: z.int(),
})
export type PostedList = z.infer<typeof postedList>

/** A line to look for among what was recorded. `supplierId` null: of anybody. */
export const lineToFind = z.strictObject({
  supplierId: id.nullable(),
  itemId: id,
  lot: z.string().max(100),
  quantityBase: quantity,
  on: civilDate,
})
export type LineToFind = z.infer<typeof lineToFind>

export const delivery = {
  /** Newest first; `before` is the last postingSeq of the page before. */
  list: query(...anyone)
    .input(z.strictObject({ before: id.nullable(), limit: z.int().min(1).max(1000), supplierId: id.nullable() }))
    .output(z.array(deliveryHead)),
  get: query(...anyone)
    .input(z.strictObject({ postingSeq: id }))
    .output(deliveryDocument),
  /** What this manufacturer has promised, delivered and still owes, by item: stands beside the lines. */
  promises: query(...anyone)
    .input(z.strictObject({ supplierId: id }))
    .output(
      z.array(
        z.strictObject({
          itemId: id,
          promisedBase: z.int(),
          deliveredBase: z.int(),
          outstandingBase: z.int(),
          nextDueOn: z.string().nullable(),
        }),
      ),
    ),
  /**
   * Posts to the ledger. Refusals: no-lines, note-number-used (about.postingSeq, about.number name the earlier one),
   * and by line: archived, out-of-range, whole-number-expected, expiry-before-production, expired …
   */
  post: command(...staff)
    .input(
      z.strictObject({
        requestId,
        supplierId: id,
        depotId: id,
        businessDate: civilDate,
        noteNumber: text100(),
        /** The clerk says: another delivery under a number that is already there. */
        noteRepeat: z.boolean(),
        note: longText,
        /** Received as expected, to be inspected: its lots are on hold until released or rejected. */
        inspect: z.boolean().default(false),
        lines: z.array(deliveryLineInput).max(5000),
      }),
    )
    .output(deliveryDocument),
  /**
   * A list of several senders: one delivery for each, all of them or none. Refusals as in `post`, their lines counted
   * through all senders; and of a sender (about.sender): required, not-found, archived, too-long. `stopped` when
   * `stopList` came in time; `lines-missing` when lines it names as staged are not there (any more): they are staged again.
   */
  postList: command(...staff)
    .input(listToPost)
    .output(postedList),
  /** Hands over lines before the `postList` of the same request id. They are kept for ten minutes and change nothing. */
  stageLines: query(...staff)
    .input(linesToStage)
    .output(z.strictObject({ staged: z.int() })),
  /** How far the posting of one's own list is, in lines; null when none with that id is under way. */
  listProgress: query(...staff)
    .input(z.strictObject({ requestId }))
    .output(z.strictObject({ done: z.int(), total: z.int() }).nullable()),
  /** Asks that one's own list not be posted after all: `postList` then refuses with `stopped`, unless it was done before. */
  stopList: query(...staff)
    .input(z.strictObject({ requestId }))
    .output(z.strictObject({ stopping: z.boolean() })),
  /**
   * Lines of deliveries that say the same as these: supplier, item, lot and quantity, counted or accepted, within 14 days. At most one
   * for each, the newest; `index` is the place in what was asked.
   */
  recorded: query(...staff)
    .input(z.strictObject({ lines: z.array(lineToFind).max(5000) }))
    .output(z.array(z.strictObject({ index: z.int(), postingSeq: id, number: z.string(), businessDate: z.string() }))),
}
