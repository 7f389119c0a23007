import { z } from 'zod'
import { unitKinds } from '../../core/place.ts'
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

export { unitKinds }

export const supplierKinds = ['manufacturer', 'donor', 'allotted', 'purchase'] as const

const placeFields = {
  code: shortText,
  name: shortText,
  nameEn: shortText,
  town: shortText,
  address: longText,
  contact: shortText,
  phone: shortText,
  note: longText,
}
const placeRow = {
  placeId: id,
  ...placeFields,
  search: z.string(),
  archivedAt: instant.nullable(),
  version: z.int(),
}

const tier = z.union([z.literal(1), z.literal(2), z.literal(3)])
const headcount = z.array(z.strictObject({ dutyId: id, people: quantity })).max(100)

export const unitRow = z.strictObject({
  ...placeRow,
  unitKind: z.enum(unitKinds),
  tier,
  route: z.string(),
  headcount,
  /** Date of the newest stock report of any item, or null. */
  lastReportedOn: z.string().nullable(),
})
export type UnitRow = z.infer<typeof unitRow>

/** What a unit uses, has and needs of one item, and from where the numbers come. */
export const needRow = z.strictObject({
  itemId: id,
  useMilliPerDay: z.int(),
  /** Last report − norm use since + shipped since, never below zero. */
  stockBase: z.int(),
  reportedBase: z.int().nullable(),
  reportedOn: z.string().nullable(),
  shippedSinceBase: z.int(),
  /** Days the estimated stock lasts, in thousandths; null where nothing is used. */
  coverMilliDays: z.int().nullable(),
  /** For the horizon of the default policy. */
  needBase: z.int(),
  /** The report lies below what our own shipments imply by more than the norm explains. */
  belowShipments: z.boolean(),
  /** What it really uses a day: by two counts, else as it states, else implied by our shipments; null where unknown. */
  actual: z.strictObject({ milliPerDay: z.int(), source: z.enum(['reported', 'stated', 'implied']) }).nullable(),
  /** What the newest report that states its use says of it, by the day. */
  statedMilliPerDay: z.int().nullable(),
  /** What it states and what its counts say differ by more than a tenth: someone should ask. */
  useDiffers: z.boolean(),
  /** The day the estimate runs out at that use; null where that is not known. */
  actualRunsOutOn: z.string().nullable(),
  /** The day the estimate runs out; null where nothing is used. */
  runsOutOn: z.string().nullable(),
})

export const unitDepotRow = z.strictObject({ unitId: id, depotId: id, allowed: z.boolean(), metres: z.int() })

/** A unit as a list describes it. A new one (placeId null) without a code gets the next of ours. */
export const unitOfList = z.strictObject({
  placeId: id.nullable(),
  version: z.int().nullable(),
  ...placeFields,
  unitKind: z.enum(unitKinds),
  tier: z.number(),
  route: shortText,
  headcount,
  aliases: z.array(shortText).max(20),
})
export type UnitOfList = z.infer<typeof unitOfList>

export const unit = {
  list: query(...anyone)
    .input(z.strictObject({ archived: z.boolean() }))
    .output(z.array(unitRow)),
  save: command(...staff)
    .input(
      z.strictObject({
        requestId,
        placeId: id.nullable(),
        version: z.int().nullable(),
        ...placeFields,
        unitKind: z.enum(unitKinds),
        tier: z.number(),
        route: shortText,
        headcount,
      }),
    )
    .output(unitRow),
  /** All the units of a list or none of them; `line` of a refusal is the place in `units`, from 1. */
  saveList: command(...staff)
    .input(
      z.strictObject({
        requestId,
        units: z.array(unitOfList).min(1).max(5000),
        /** The list they come from, to be known again. */
        list: z
          .strictObject({ fingerprint: z.string().min(8).max(64), name: text(200), document: text(100) })
          .nullable(),
      }),
    )
    .output(z.strictObject({ added: z.int(), changed: z.int(), units: z.array(unitRow) })),
  /** Takes a saved list back: what it changed is as it was, what it added is gone. Refused once anything was built upon it. */
  undoList: command(...staff)
    .input(z.strictObject({ requestId, saved: requestId }))
    .output(z.strictObject({ removed: z.int(), restored: z.int() })),
  archive: command(...managers)
    .input(z.strictObject({ requestId, placeId: id, archived: z.boolean() }))
    .output(unitRow),
  /** Which depots a unit may draw on and how far they are. A unit without rows draws on all. */
  depots: query(...anyone).output(z.array(unitDepotRow)),
  saveDepot: command(...managers)
    .input(z.strictObject({ requestId, unitId: id, depotId: id, allowed: z.boolean(), metres: quantity }))
    .output(unitDepotRow),
  need: query(...anyone)
    .input(z.strictObject({ placeId: id }))
    .output(z.array(needRow)),
}

export const reportRow = z.strictObject({
  reportSeq: id,
  placeId: id,
  itemId: id,
  onHandBase: z.int(),
  /** What it says it used, over so many days up to this report; both or neither. */
  usedBase: z.int().nullable(),
  usedDays: z.int().nullable(),
  reportedOn: z.string(),
  at: instant,
  person: z.string(),
  /** Lies below what the report before it and our own shipments leave after the norm's use: someone should ask. */
  belowShipments: z.boolean(),
})

/** Stock reports of units. */
export const report = {
  list: query(...anyone)
    .input(z.strictObject({ placeId: id }))
    .output(z.array(reportRow)),
  save: command(...staff)
    .input(
      z.strictObject({
        requestId,
        reports: z
          .array(
            z.strictObject({
              placeId: id,
              itemId: id,
              onHandBase: quantity,
              reportedOn: civilDate,
              /** What it used; without days: since its report before. */
              used: z.strictObject({ quantityBase: quantity, days: quantity.nullable() }).optional(),
            }),
          )
          .min(1)
          .max(20_000),
      }),
    )
    .output(z.strictObject({ saved: z.int() })),
}

/** 申领 of units: they cap what a unit is given, and count until a round gave something or they are withdrawn. */
export const request = {
  list: query(...anyone)
    .input(z.strictObject({ unitId: id.nullable(), openOnly: z.boolean() }))
    .output(
      z.array(
        z.strictObject({
          requestSeq: id,
          unitId: id,
          itemId: id,
          quantityBase: z.int(),
          requestedOn: z.string(),
          note: z.string(),
          at: instant,
          person: z.string(),
          open: z.boolean(),
          withdrawn: z.boolean(),
          /** What the norm says for the horizon of the default policy. */
          normBase: z.int(),
          /** Above that: flagged, not rewarded. */
          aboveNorm: z.boolean(),
        }),
      ),
    ),
  save: command(...staff)
    .input(
      z.strictObject({
        requestId,
        requests: z
          .array(
            z.strictObject({ unitId: id, itemId: id, quantityBase: quantity, requestedOn: civilDate, note: longText }),
          )
          .min(1)
          .max(20_000),
      }),
    )
    .output(z.strictObject({ saved: z.int() })),
  withdraw: command(...staff)
    .input(z.strictObject({ requestId, requestSeq: id }))
    .output(z.strictObject({ withdrawn: z.boolean() })),
}

export const supplierRow = z.strictObject({
  ...placeRow,
  supplierKind: z.enum(supplierKinds),
  licence: z.string(),
  capacity: z.array(z.strictObject({ itemId: id, perDayBase: quantity })).max(500),
  /** Instant of the newest delivery, for "last used first"; null where there is none. */
  lastDeliveryAt: instant.nullable(),
})
export type SupplierRow = z.infer<typeof supplierRow>

/** A supplier as it is kept; a new one has no placeId. */
const supplierFields = {
  placeId: id.nullable(),
  version: z.int().nullable(),
  ...placeFields,
  supplierKind: z.enum(supplierKinds),
  licence: shortText,
  capacity: z.array(z.strictObject({ itemId: id, perDayBase: quantity })).max(500),
}

export const supplier = {
  /** Last used first. */
  list: query(...anyone)
    .input(z.strictObject({ archived: z.boolean() }))
    .output(z.array(supplierRow)),
  save: command(...staff)
    .input(z.strictObject({ requestId, ...supplierFields }))
    .output(supplierRow),
  /** All the suppliers of a list or none of them; `line` of a refusal is the place in `suppliers`, from 1. */
  saveList: command(...staff)
    .input(z.strictObject({ requestId, suppliers: z.array(z.strictObject(supplierFields)).min(1).max(5000) }))
    .output(z.array(supplierRow)),
  archive: command(...managers)
    .input(z.strictObject({ requestId, placeId: id, archived: z.boolean() }))
    .output(supplierRow),
}

export const depotRow = z.strictObject(placeRow)
export type DepotRow = z.infer<typeof depotRow>

export const depot = {
  list: query(...anyone)
    .input(z.strictObject({ archived: z.boolean() }))
    .output(z.array(depotRow)),
  save: command(...managers)
    .input(z.strictObject({ requestId, placeId: id.nullable(), version: z.int().nullable(), ...placeFields }))
    .output(depotRow),
  archive: command(...managers)
    .input(z.strictObject({ requestId, placeId: id, archived: z.boolean() }))
    .output(depotRow),
}

const shelfRow = z.strictObject({ itemId: id, shelf: z.string() })

/** 货位: where in a depot an item lies. An item has one shelf in a depot, or none. */
export const shelf = {
  list: query(...anyone)
    .input(z.strictObject({ depotId: id }))
    .output(z.array(shelfRow)),
  /** An empty name takes the item off its shelf. */
  save: command(...staff)
    .input(
      z.strictObject({
        requestId,
        depotId: id,
        shelves: z
          .array(z.strictObject({ itemId: id, shelf: shortText }))
          .min(1)
          .max(5000),
      }),
    )
    .output(z.array(shelfRow)),
}

export const commitmentRow = z.strictObject({
  commitmentId: id,
  supplierId: id,
  itemId: id,
  quantityBase: z.int(),
  dueOn: z.string(),
  note: z.string(),
  deliveredBase: z.int(),
  outstandingBase: z.int(),
  closedAt: instant.nullable(),
  version: z.int(),
})

/** 供货承诺 of manufacturers. Deliveries fulfil the oldest first. */
export const commitment = {
  list: query(...anyone)
    .input(z.strictObject({ supplierId: id.nullable(), openOnly: z.boolean() }))
    .output(z.array(commitmentRow)),
  save: command(...managers)
    .input(
      z.strictObject({
        requestId,
        commitmentId: id.nullable(),
        version: z.int().nullable(),
        supplierId: id,
        itemId: id,
        quantityBase: quantity,
        dueOn: civilDate,
        note: longText,
      }),
    )
    .output(commitmentRow),
  close: command(...managers)
    .input(z.strictObject({ requestId, commitmentId: id, closed: z.boolean() }))
    .output(commitmentRow),
}
