import { z } from 'zod'
import { numberedKinds } from '../../core/numbering.ts'
import { type SignedDocument, signedDocuments, signerRoles, signPlaces } from '../../core/signer.ts'
import { administrators, anyone, command, id, instant, query, requestId, shortText, staff, text } from './base.ts'

const signer = z.strictObject({
  of: z.enum(signerRoles),
  title: shortText,
  titleEn: shortText,
  name: shortText,
})

const documentSigners = z.partialRecord(
  z.enum(signedDocuments as readonly [SignedDocument, ...SignedDocument[]]),
  z.array(z.enum(signPlaces)).max(signPlaces.length),
)

export const settingsRow = z.strictObject({
  organisation: z.string(),
  organisationEn: z.string(),
  /** Minutes east of UTC at the depot: decides the business date. */
  utcOffsetMinutes: z.int(),
  /** An item is short when the district's available stock lasts fewer days than this. */
  shortBelowDays: z.int(),
  nearExpiryDays: z.int(),
  /** A dispatched slip that nobody has signed for so many days stands on Today. */
  unsignedAfterDays: z.int(),
  /** What stands in the room for the seal; empty for the documents' own word. */
  sealLine: z.string(),
  sealLineEn: z.string(),
  /** Of each kind of document, such as `DB{yyyymmdd}-{nnn}`. */
  numberPatterns: z.record(z.enum(numberedKinds), z.string()),
  /** Every pattern that slips have had, for reading their QR codes. */
  slipPatterns: z.array(z.string()),
  signers: z.array(signer),
  /** Who signs which document, where that is not the default; the order is that on paper. */
  documentSigners,
})

export const setting = {
  get: query(...anyone).output(settingsRow),
  save: command(...administrators)
    .input(
      z.strictObject({
        requestId,
        organisation: shortText,
        organisationEn: shortText,
        utcOffsetMinutes: z.number(),
        shortBelowDays: z.number(),
        nearExpiryDays: z.number(),
        unsignedAfterDays: z.number().default(3),
      }),
    )
    .output(settingsRow),
  /** What stands on documents: the seal's line, the pattern of each kind's numbers, and who signs under which title. */
  saveDocuments: command(...administrators)
    .input(
      z.strictObject({
        requestId,
        sealLine: shortText,
        sealLineEn: shortText,
        numberPatterns: z.record(z.enum(numberedKinds), shortText),
        signers: z.array(signer).max(50),
        documentSigners: documentSigners.default({}),
      }),
    )
    .output(settingsRow),
  /** First start: fills the empty database with the demonstration district, through the real procedures. */
  fillDemonstration: command(...administrators)
    .input(z.strictObject({ requestId }))
    .output(z.strictObject({ done: z.boolean() })),
  /** First start: remembers that the user chose to begin with nothing. */
  startEmpty: command(...administrators)
    .input(z.strictObject({ requestId, organisation: shortText, depotName: shortText }))
    .output(z.strictObject({ done: z.boolean() })),
}

/** Work not yet saved, kept as it is typed. */
export const draft = {
  get: query(...staff)
    .input(z.strictObject({ key: text(100) }))
    .output(z.strictObject({ content: z.string(), updatedAt: instant }).nullable()),
  list: query(...staff)
    .input(z.strictObject({ kind: text(40) }))
    .output(z.array(z.strictObject({ key: z.string(), content: z.string(), updatedAt: instant }))),
  /** content is JSON text, at most 5 MB. Not a numbered request: the newest simply stands. */
  put: query(...staff)
    .input(z.strictObject({ key: text(100), kind: text(40), content: z.string().max(5_000_000) }))
    .output(z.strictObject({ updatedAt: instant })),
  remove: query(...staff)
    .input(z.strictObject({ key: text(100) }))
    .output(z.strictObject({ removed: z.boolean() })),
}

/** Ctrl+K: finds items, units, manufacturers, deliveries, rounds and slips by Chinese, pinyin, initials, code, number. */
export const search = {
  find: query(...anyone)
    .input(z.strictObject({ text: text(100), limit: z.int().min(1).max(50) }))
    .output(
      z.array(
        z.strictObject({
          kind: z.enum(['item', 'unit', 'supplier', 'depot', 'delivery', 'round', 'slip']),
          id,
          code: z.string(),
          name: z.string(),
          nameEn: z.string(),
        }),
      ),
    ),
}

const dayAmounts = z.array(z.strictObject({ day: z.string(), receivedBase: z.int(), allocatedBase: z.int() }))

/** Today: what needs someone, and two charts. */
export const today = {
  get: query(...anyone).output(
    z.strictObject({
      businessDate: z.string(),
      /** Items whose stock lasts fewer days than the setting, the shortest first. */
      short: z.array(
        z.strictObject({
          itemId: id,
          code: z.string(),
          name: z.string(),
          nameEn: z.string(),
          baseUnit: z.string(),
          availableBase: z.int(),
          useMilliPerDay: z.int(),
          coverMilliDays: z.int(),
        }),
      ),
      /** Units that run out of an item within the setting's days, the soonest first. */
      runningOut: z.array(
        z.strictObject({
          unitId: id,
          unitName: z.string(),
          unitNameEn: z.string(),
          tier: z.int(),
          itemId: id,
          itemName: z.string(),
          itemNameEn: z.string(),
          coverMilliDays: z.int(),
        }),
      ),
      runningOutCount: z.int(),
      nearExpiry: z.array(
        z.strictObject({
          itemId: id,
          itemName: z.string(),
          itemNameEn: z.string(),
          lot: z.string(),
          depotName: z.string(),
          depotNameEn: z.string(),
          expiresOn: z.string(),
          onHandBase: z.int(),
          baseUnit: z.string(),
        }),
      ),
      /** Promises due up to today and not yet delivered, the oldest first. */
      due: z.array(
        z.strictObject({
          commitmentId: id,
          supplierId: id,
          supplierName: z.string(),
          supplierNameEn: z.string(),
          itemName: z.string(),
          itemNameEn: z.string(),
          baseUnit: z.string(),
          outstandingBase: z.int(),
          dueOn: z.string(),
        }),
      ),
      drafts: z.array(z.strictObject({ key: z.string(), kind: z.string(), updatedAt: instant })),
      slipsToDispatch: z.int(),
      /** Dispatched and not signed for longer than the setting, the oldest first. */
      unsigned: z.array(
        z.strictObject({
          slipId: id,
          number: z.string(),
          unitName: z.string(),
          unitNameEn: z.string(),
          dispatchedOn: z.string(),
        }),
      ),
      holdsOpen: z.int(),
      transfersOpen: z.int(),
      stocktakesOpen: z.int(),
      roundsOpen: z.array(z.strictObject({ roundId: id, number: z.string(), waiting: z.int() })),
      /** Days of cover by category, in thousandths. */
      coverByCategory: z.array(z.strictObject({ category: z.string(), coverMilliDays: z.int() })),
      /** The last 14 days; pieces of every item, in base units. */
      days: dayAmounts,
    }),
  ),
}
