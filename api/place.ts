import { Checks } from '../core/checks.ts'
import { addDays } from '../core/civil-date.ts'
import { decideCommitment } from '../core/commitment.ts'
import {
  isBelowShipments,
  normsByItem,
  reportsBelowShipments,
  runsOutOn,
  workOutNeed,
  workOutUnitNeed,
  workOutUse,
} from '../core/need.ts'
import { decideDepot, decideReport, decideSupplier, decideUnit, type SupplierFields } from '../core/place.ts'
import { type Refusal, refusal } from '../core/refusal.ts'
import { newestStated, spansOfUse, useLookbackDays, usesDiffer } from '../core/use.ts'
import type { Stamp } from '../db/audit.ts'
import { closeCommitment, getCommitment, listCommitments, saveCommitment } from '../db/commitment.ts'
import { getItem } from '../db/item.ts'
import { addReport, listArrivals, listReports, readNeedFacts, readReportBefore, reportedBefore } from '../db/need.ts'
import { listDuties, listNorms } from '../db/norm.ts'
import {
  archivePlace,
  getPlace,
  getPlaceByCode,
  getSupplier,
  getUnit,
  listDepots,
  listSuppliers,
  listUnits,
  type PlaceKind,
  placeOnHand,
  type SupplierRecord,
  saveDepot,
  saveSupplier,
  saveUnit,
} from '../db/place.ts'
import { listPolicies } from '../db/policy.ts'
import { listUnitDepots, saveUnitDepot } from '../db/round-depth.ts'
import type { Reader, Writer } from '../db/statement.ts'
import { readUseFacts } from '../db/use.ts'
import type { SupplierRow } from './contract/place.ts'
import { expectVersion } from './item.ts'
import { os, refuse, runCommand } from './procedure.ts'
import { Refused, settle } from './refused.ts'
import { searchText } from './search-text.ts'
import { toUnit } from './to-unit.ts'
import { unitList } from './unit-list.ts'

const toSupplier = (record: SupplierRecord): SupplierRow => ({
  ...record,
  supplierKind: record.supplierKind as SupplierRow['supplierKind'],
  capacity: [...record.capacity],
})

/** The checks that every place has: a version that was read, a code that is free. */
function expectPlace(
  db: Reader,
  kind: PlaceKind,
  input: { placeId: number | null; version: number | null },
  code: string,
): void {
  if (input.placeId !== null) expectVersion(getPlace(db, kind, input.placeId), 'placeId', input.placeId, input.version)
  const holder = getPlaceByCode(db, kind, code)
  if (holder && holder.placeId !== input.placeId) {
    refuse(refusal('code-taken', { field: 'code', given: code, about: { name: holder.name } }))
  }
}

export const unit = {
  list: os.unit.list.handler(({ input, context }) => listUnits(context.desk.database, input.archived).map(toUnit)),

  save: os.unit.save.handler(({ input, context, path }) =>
    runCommand(
      context,
      path,
      input,
      ['unit'],
      (db, stamp) => {
        const fields = settle(decideUnit(input))
        expectPlace(db, 'unit', input, fields.code)
        const duties = new Set(listDuties(db).map((duty) => duty.dutyId))
        const unknown = fields.headcount.find(({ dutyId }) => !duties.has(dutyId))
        if (unknown) refuse(refusal('not-found', { field: 'headcount', given: unknown.dutyId }))
        const search = searchText(fields.code, fields.name, fields.nameEn, fields.town)
        return { placeId: saveUnit(db, stamp, input.placeId, fields, search) }
      },
      (db, { placeId }) => toUnit(getUnit(db, placeId)!),
    ),
  ),

  archive: os.unit.archive.handler(({ input, context, path }) =>
    runCommand(
      context,
      path,
      input,
      ['unit'],
      (db, stamp) => {
        if (!getUnit(db, input.placeId)) refuse(refusal('not-found', { field: 'placeId', given: input.placeId }))
        archivePlace(db, stamp, 'unit', input.placeId, input.archived)
        return { placeId: input.placeId }
      },
      (db, { placeId }) => toUnit(getUnit(db, placeId)!),
    ),
  ),

  ...unitList,

  depots: os.unit.depots.handler(({ context }) => listUnitDepots(context.desk.database)),

  saveDepot: os.unit.saveDepot.handler(({ input, context, path }) =>
    runCommand(
      context,
      path,
      input,
      ['unit'],
      (db, stamp) => {
        if (!getPlace(db, 'unit', input.unitId)) refuse(refusal('not-found', { field: 'unitId', given: input.unitId }))
        if (!getPlace(db, 'depot', input.depotId))
          refuse(refusal('not-found', { field: 'depotId', given: input.depotId }))
        const checks = new Checks()
        const metres = checks.whole('metres', input.metres, 0, 10_000_000)
        if (checks.refusals.length > 0) refuse(...checks.refusals)
        saveUnitDepot(db, stamp, { unitId: input.unitId, depotId: input.depotId, allowed: input.allowed, metres })
        return { unitId: input.unitId, depotId: input.depotId }
      },
      (db, { unitId, depotId }) => listUnitDepots(db).find((row) => row.unitId === unitId && row.depotId === depotId)!,
    ),
  ),

  need: os.unit.need.handler(({ input, context }) => {
    const db = context.desk.database
    const today = context.desk.businessDate()
    const row = getUnit(db, input.placeId)
    if (!row) refuse(refusal('not-found', { field: 'placeId', given: input.placeId }))
    const horizonDays = listPolicies(db, false)[0]?.horizonDays ?? 14
    const norms = normsByItem(listNorms(db))
    const facts = readNeedFacts(db, input.placeId)
    const used = readUseFacts(db, addDays(today, -useLookbackDays), input.placeId)
    const itemIds = new Set([...norms.keys(), ...[...facts.keys()].map((key) => Number(key.split('/')[1]))])
    return [...itemIds]
      .sort((a, b) => a - b)
      .map((itemId) => {
        const need = workOutUnitNeed(row, itemId, norms.get(itemId) ?? new Map(), facts, today)
        const { useMilliPerDay, stockBase, coverMilliDays } = need
        const { reported, flows } = need.facts
        const useFacts = used.get(`${input.placeId}/${itemId}`) ?? { reports: [], flows: [] }
        const span = spansOfUse(useFacts).at(-1)
        const stated = newestStated(useFacts.reports)
        const before = reported ? readReportBefore(db, input.placeId, itemId) : null
        return {
          itemId,
          useMilliPerDay,
          stockBase,
          reportedBase: reported?.onHandBase ?? null,
          reportedOn: reported?.reportedOn ?? null,
          shippedSinceBase: flows.reduce((sum, flow) => sum + flow.quantityBase, 0),
          coverMilliDays,
          needBase: workOutNeed(stockBase, useMilliPerDay, horizonDays),
          runsOutOn: runsOutOn(stockBase, useMilliPerDay, today),
          actual: span === undefined ? null : { milliPerDay: span.milliPerDay, source: span.source },
          actualRunsOutOn: span === undefined ? null : runsOutOn(stockBase, span.milliPerDay, today),
          statedMilliPerDay: stated,
          useDiffers: stated !== null && span?.source === 'reported' && usesDiffer(stated, span.milliPerDay),
          belowShipments:
            before !== null && reported
              ? isBelowShipments(before.previous, before.flows, useMilliPerDay, reported)
              : false,
        }
      })
      .filter((need) => need.useMilliPerDay > 0 || need.stockBase > 0 || need.reportedOn !== null)
  }),
}

export const report = {
  list: os.report.list.handler(({ input, context }) => {
    const db = context.desk.database
    const headcount = getUnit(db, input.placeId)?.headcount ?? []
    const norms = normsByItem(listNorms(db))
    const reports = listReports(db, input.placeId)
    const below = reportsBelowShipments(reports, listArrivals(db, input.placeId), (itemId) =>
      workOutUse(headcount, norms.get(itemId) ?? new Map()),
    )
    return reports.map((row) => ({ ...row, belowShipments: below.has(row.reportSeq) }))
  }),

  save: os.report.save.handler(({ input, context, path }) =>
    runCommand(
      context,
      path,
      input,
      ['report', 'unit'],
      (db, stamp) => {
        const refusals: Refusal[] = []
        const today = context.desk.businessDate()
        input.reports.forEach((given, index) => {
          const since = reportedBefore(db, given.placeId, given.itemId, given.reportedOn)
          const decision = decideReport(given, today, since, index + 1)
          const unit = getPlace(db, 'unit', given.placeId)
          const item = getItem(db, given.itemId)
          if (!unit) refusals.push(refusal('not-found', { line: index + 1, field: 'placeId', given: given.placeId }))
          if (!item) refusals.push(refusal('not-found', { line: index + 1, field: 'itemId', given: given.itemId }))
          if (!decision.ok) refusals.push(...decision.refusals)
          else if (unit && item)
            addReport(db, stamp, { ...decision.value, placeId: given.placeId, itemId: given.itemId })
        })
        if (refusals.length > 0) refuse(...refusals)
        return { saved: input.reports.length }
      },
      (_db, receipt) => receipt,
    ),
  ),
}

function saveOneSupplier(
  db: Writer,
  stamp: Stamp,
  given: SupplierFields & { readonly placeId: number | null; readonly version: number | null },
): number {
  const fields = settle(decideSupplier(given))
  expectPlace(db, 'supplier', given, fields.code)
  const unknown = fields.capacity.find(({ itemId }) => !getItem(db, itemId))
  if (unknown) refuse(refusal('not-found', { field: 'capacity', given: unknown.itemId }))
  const search = searchText(fields.code, fields.name, fields.nameEn, fields.town)
  return saveSupplier(db, stamp, given.placeId, fields, search)
}

export const supplier = {
  list: os.supplier.list.handler(({ input, context }) =>
    listSuppliers(context.desk.database, input.archived).map(toSupplier),
  ),

  save: os.supplier.save.handler(({ input, context, path }) =>
    runCommand(
      context,
      path,
      input,
      ['supplier'],
      (db, stamp) => ({ placeId: saveOneSupplier(db, stamp, input) }),
      (db, { placeId }) => toSupplier(getSupplier(db, placeId)!),
    ),
  ),

  saveList: os.supplier.saveList.handler(({ input, context, path }) =>
    runCommand(
      context,
      path,
      input,
      ['supplier'],
      (db, stamp) => {
        const refusals: Refusal[] = []
        const placeIds: number[] = []
        input.suppliers.forEach((given, index) => {
          try {
            placeIds.push(saveOneSupplier(db, stamp, given))
          } catch (error) {
            if (!(error instanceof Refused)) throw error
            refusals.push(...error.refusals.map((one) => ({ ...one, line: index + 1 })))
          }
        })
        if (refusals.length > 0) refuse(...refusals.slice(0, 200))
        return { placeIds }
      },
      (db, { placeIds }) => placeIds.map((placeId) => toSupplier(getSupplier(db, placeId)!)),
    ),
  ),

  archive: os.supplier.archive.handler(({ input, context, path }) =>
    runCommand(
      context,
      path,
      input,
      ['supplier'],
      (db, stamp) => {
        if (!getSupplier(db, input.placeId)) refuse(refusal('not-found', { field: 'placeId', given: input.placeId }))
        archivePlace(db, stamp, 'supplier', input.placeId, input.archived)
        return { placeId: input.placeId }
      },
      (db, { placeId }) => toSupplier(getSupplier(db, placeId)!),
    ),
  ),
}

export const depot = {
  list: os.depot.list.handler(({ input, context }) => listDepots(context.desk.database, input.archived)),

  save: os.depot.save.handler(({ input, context, path }) =>
    runCommand(
      context,
      path,
      input,
      ['depot'],
      (db, stamp) => {
        const fields = settle(decideDepot(input))
        expectPlace(db, 'depot', input, fields.code)
        return {
          placeId: saveDepot(
            db,
            stamp,
            input.placeId,
            fields,
            searchText(fields.code, fields.name, fields.nameEn, fields.town),
          ),
        }
      },
      (db, { placeId }) => getPlace(db, 'depot', placeId)!,
    ),
  ),

  archive: os.depot.archive.handler(({ input, context, path }) =>
    runCommand(
      context,
      path,
      input,
      ['depot', 'stock'],
      (db, stamp) => {
        const row = getPlace(db, 'depot', input.placeId)
        if (!row) refuse(refusal('not-found', { field: 'placeId', given: input.placeId }))
        const onHand = placeOnHand(db, input.placeId)
        if (input.archived && onHand > 0) {
          refuse(refusal('in-use', { field: 'placeId', given: onHand, allowed: 0, about: { name: row.name } }))
        }
        archivePlace(db, stamp, 'depot', input.placeId, input.archived)
        return { placeId: input.placeId }
      },
      (db, { placeId }) => getPlace(db, 'depot', placeId)!,
    ),
  ),
}

export const commitment = {
  list: os.commitment.list.handler(({ input, context }) =>
    listCommitments(context.desk.database, input.supplierId, input.openOnly),
  ),

  save: os.commitment.save.handler(({ input, context, path }) =>
    runCommand(
      context,
      path,
      input,
      ['commitment', 'supplier'],
      (db, stamp) => {
        const fields = settle(decideCommitment(input))
        if (input.commitmentId !== null) {
          const row = expectVersion(
            getCommitment(db, input.commitmentId),
            'commitmentId',
            input.commitmentId,
            input.version,
          )
          if (fields.quantityBase < row.deliveredBase) {
            refuse(
              refusal('out-of-range', {
                field: 'quantityBase',
                given: fields.quantityBase,
                allowed: `≥ ${row.deliveredBase}`,
                about: { min: row.deliveredBase, max: 1_000_000_000 },
              }),
            )
          }
        }
        const supplier = getPlace(db, 'supplier', input.supplierId)
        if (!supplier) refuse(refusal('not-found', { field: 'supplierId', given: input.supplierId }))
        if (!getItem(db, input.itemId)) refuse(refusal('not-found', { field: 'itemId', given: input.itemId }))
        const { supplierId, itemId } = input
        return { commitmentId: saveCommitment(db, stamp, input.commitmentId, { ...fields, supplierId, itemId }) }
      },
      (db, { commitmentId }) => getCommitment(db, commitmentId)!,
    ),
  ),

  close: os.commitment.close.handler(({ input, context, path }) =>
    runCommand(
      context,
      path,
      input,
      ['commitment', 'supplier'],
      (db, stamp) => {
        if (!getCommitment(db, input.commitmentId)) {
          refuse(refusal('not-found', { field: 'commitmentId', given: input.commitmentId }))
        }
        closeCommitment(db, stamp, input.commitmentId, input.closed)
        return { commitmentId: input.commitmentId }
      },
      (db, { commitmentId }) => getCommitment(db, commitmentId)!,
    ),
  ),
}
