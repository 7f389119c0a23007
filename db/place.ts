import type { PlaceFields, SupplierFields, UnitFields } from '../core/place.ts'
import { recordAudit, type Stamp } from './audit.ts'
import { all, get, type Reader, run, type Writer } from './statement.ts'

/** The places that the first migration makes. */
export const virtualPlaceIds = { consumed: 1, lost: 2, variance: 3, transit: 4 } as const

export type PlaceKind = 'depot' | 'unit' | 'supplier'

export type PlaceRecord = PlaceFields & {
  readonly placeId: number
  readonly search: string
  readonly archivedAt: number | null
  readonly version: number
}
export type UnitRecord = PlaceRecord & Omit<UnitFields, keyof PlaceFields> & { readonly lastReportedOn: string | null }
export type SupplierRecord = PlaceRecord &
  Omit<SupplierFields, keyof PlaceFields> & { readonly lastDeliveryAt: number | null }

const columns = `p.place_id AS placeId, p.code, p.name, p.name_en AS nameEn, p.town, p.address, p.contact, p.phone, p.note,
  p.search, p.archived_at AS archivedAt, p.version`

export function listDepots(db: Reader, archived: boolean): PlaceRecord[] {
  return all<PlaceRecord>(
    db,
    `SELECT ${columns} FROM place p WHERE p.kind = 'depot' AND (p.archived_at IS NOT NULL) = ? ORDER BY p.code`,
    archived ? 1 : 0,
  )
}

/** A place of that kind, archived or not. */
export function getPlace(db: Reader, kind: PlaceKind, placeId: number): PlaceRecord | undefined {
  return get<PlaceRecord>(db, `SELECT ${columns} FROM place p WHERE p.kind = ? AND p.place_id = ?`, kind, placeId)
}

export function getPlaceByCode(db: Reader, kind: PlaceKind, code: string): PlaceRecord | undefined {
  return get<PlaceRecord>(db, `SELECT ${columns} FROM place p WHERE p.kind = ? AND p.code = ?`, kind, code)
}

type UnitRow = Omit<UnitRecord, 'headcount'>

const unitColumns = `${columns}, u.unit_kind AS unitKind, u.tier, u.route,
  (SELECT max(r.reported_on) FROM stock_report r WHERE r.place_id = p.place_id) AS lastReportedOn`

function withHeadcount(
  rows: readonly UnitRow[],
  people: readonly { placeId: number; dutyId: number; people: number }[],
) {
  const byPlace = Map.groupBy(people, (row) => row.placeId)
  return rows.map((row) => ({
    ...row,
    headcount: (byPlace.get(row.placeId) ?? []).map(({ dutyId, people }) => ({ dutyId, people })),
  }))
}

export function listUnits(db: Reader, archived: boolean): UnitRecord[] {
  const rows = all<UnitRow>(
    db,
    `SELECT ${unitColumns} FROM unit u JOIN place p USING (place_id)
     WHERE (p.archived_at IS NOT NULL) = ? ORDER BY u.tier, p.code`,
    archived ? 1 : 0,
  )
  return withHeadcount(
    rows,
    all(db, 'SELECT place_id AS placeId, duty_id AS dutyId, people FROM headcount ORDER BY place_id, duty_id'),
  )
}

export function getUnit(db: Reader, placeId: number): UnitRecord | undefined {
  const row = get<UnitRow>(
    db,
    `SELECT ${unitColumns} FROM unit u JOIN place p USING (place_id) WHERE p.place_id = ?`,
    placeId,
  )
  if (!row) return undefined
  return withHeadcount(
    [row],
    all(
      db,
      'SELECT place_id AS placeId, duty_id AS dutyId, people FROM headcount WHERE place_id = ? ORDER BY duty_id',
      placeId,
    ),
  )[0]
}

type SupplierRow = Omit<SupplierRecord, 'capacity'>

const supplierColumns = `${columns}, s.supplier_kind AS supplierKind, s.licence,
  (SELECT max(g.at) FROM delivery d JOIN posting g USING (posting_seq) WHERE d.supplier_id = p.place_id) AS lastDeliveryAt`

function withCapacity(
  rows: readonly SupplierRow[],
  capacity: readonly { placeId: number; itemId: number; perDayBase: number }[],
) {
  const byPlace = Map.groupBy(capacity, (row) => row.placeId)
  return rows.map((row) => ({
    ...row,
    capacity: (byPlace.get(row.placeId) ?? []).map(({ itemId, perDayBase }) => ({ itemId, perDayBase })),
  }))
}

/** Last used first, then by code: the one that stands at the door was mostly here yesterday. */
export function listSuppliers(db: Reader, archived: boolean): SupplierRecord[] {
  const rows = all<SupplierRow>(
    db,
    `SELECT ${supplierColumns} FROM supplier s JOIN place p USING (place_id)
     WHERE (p.archived_at IS NOT NULL) = ? ORDER BY lastDeliveryAt IS NULL, lastDeliveryAt DESC, p.code`,
    archived ? 1 : 0,
  )
  return withCapacity(
    rows,
    all(
      db,
      'SELECT place_id AS placeId, item_id AS itemId, per_day_base AS perDayBase FROM capacity ORDER BY place_id, item_id',
    ),
  )
}

export function getSupplier(db: Reader, placeId: number): SupplierRecord | undefined {
  const row = get<SupplierRow>(
    db,
    `SELECT ${supplierColumns} FROM supplier s JOIN place p USING (place_id) WHERE p.place_id = ?`,
    placeId,
  )
  if (!row) return undefined
  return withCapacity(
    [row],
    all(
      db,
      'SELECT place_id AS placeId, item_id AS itemId, per_day_base AS perDayBase FROM capacity WHERE place_id = ? ORDER BY item_id',
      placeId,
    ),
  )[0]
}

function savePlace(
  db: Writer,
  kind: PlaceKind,
  placeId: number | null,
  { code, name, nameEn, town, address, contact, phone, note }: PlaceFields,
  search: string,
): number {
  const values = { code, name, nameEn, town, address, contact, phone, note, search }
  if (placeId === null) {
    return run(
      db,
      `INSERT INTO place (kind, code, name, name_en, town, address, contact, phone, note, search)
       VALUES (:kind, :code, :name, :nameEn, :town, :address, :contact, :phone, :note, :search)`,
      { ...values, kind },
    ).lastInsertRowid
  }
  run(
    db,
    `UPDATE place SET code = :code, name = :name, name_en = :nameEn, town = :town, address = :address,
       contact = :contact, phone = :phone, note = :note, search = :search, version = version + 1
     WHERE place_id = :placeId`,
    { ...values, placeId },
  )
  return placeId
}

/** The next free code of ours under a prefix: `JZ-001`, `JZ-002` … Codes that people gave otherwise stay theirs. */
export function nextCode(db: Reader, kind: PlaceKind, prefix: string): string {
  const last = get<{ last: number }>(
    db,
    `SELECT ifnull(max(CAST(substr(code, :from) AS INTEGER)), 0) AS last FROM place
     WHERE kind = :kind AND code GLOB :pattern AND substr(code, :from) NOT GLOB '*[^0-9]*'`,
    { kind, from: prefix.length + 2, pattern: `${prefix}-[0-9]*` },
  )
  return `${prefix}-${String((last?.last ?? 0) + 1).padStart(3, '0')}`
}

export function saveDepot(
  db: Writer,
  stamp: Stamp,
  placeId: number | null,
  fields: PlaceFields,
  search: string,
): number {
  const before = placeId === null ? null : getPlace(db, 'depot', placeId)
  const saved = savePlace(db, 'depot', placeId, fields, search)
  recordAudit(db, stamp, {
    action: placeId === null ? 'add' : 'change',
    subject: 'depot',
    subjectId: saved,
    before,
    after: fields,
  })
  return saved
}

export function saveUnit(db: Writer, stamp: Stamp, placeId: number | null, fields: UnitFields, search: string): number {
  const before = placeId === null ? null : getUnit(db, placeId)
  const saved = savePlace(db, 'unit', placeId, fields, search)
  run(
    db,
    `INSERT INTO unit (place_id, unit_kind, tier, route) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET unit_kind = excluded.unit_kind, tier = excluded.tier, route = excluded.route`,
    saved,
    fields.unitKind,
    fields.tier,
    fields.route,
  )
  run(db, 'DELETE FROM headcount WHERE place_id = ?', saved)
  for (const { dutyId, people } of fields.headcount) {
    run(db, 'INSERT INTO headcount (place_id, duty_id, people) VALUES (?, ?, ?)', saved, dutyId, people)
  }
  recordAudit(db, stamp, {
    action: placeId === null ? 'add' : 'change',
    subject: 'unit',
    subjectId: saved,
    before,
    after: fields,
  })
  return saved
}

export function saveSupplier(
  db: Writer,
  stamp: Stamp,
  placeId: number | null,
  fields: SupplierFields,
  search: string,
): number {
  const before = placeId === null ? null : getSupplier(db, placeId)
  const saved = savePlace(db, 'supplier', placeId, fields, search)
  run(
    db,
    `INSERT INTO supplier (place_id, supplier_kind, licence) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET supplier_kind = excluded.supplier_kind, licence = excluded.licence`,
    saved,
    fields.supplierKind,
    fields.licence,
  )
  run(db, 'DELETE FROM capacity WHERE place_id = ?', saved)
  for (const { itemId, perDayBase } of fields.capacity) {
    run(db, 'INSERT INTO capacity (place_id, item_id, per_day_base) VALUES (?, ?, ?)', saved, itemId, perDayBase)
  }
  recordAudit(db, stamp, {
    action: placeId === null ? 'add' : 'change',
    subject: 'supplier',
    subjectId: saved,
    before,
    after: fields,
  })
  return saved
}

export function archivePlace(db: Writer, stamp: Stamp, kind: PlaceKind, placeId: number, archived: boolean): void {
  run(
    db,
    'UPDATE place SET archived_at = ?, version = version + 1 WHERE place_id = ?',
    archived ? stamp.at : null,
    placeId,
  )
  recordAudit(db, stamp, {
    action: archived ? 'archive' : 'restore',
    subject: kind,
    subjectId: placeId,
    before: null,
    after: null,
  })
}

/** Pieces of all items in a place. */
export function placeOnHand(db: Reader, placeId: number): number {
  return get<{ onHand: number }>(
    db,
    'SELECT ifnull(sum(on_hand), 0) AS onHand FROM balance WHERE place_id = ?',
    placeId,
  )!.onHand
}

export function placeKindOf(db: Reader, placeId: number): string | undefined {
  return get<{ kind: string }>(db, 'SELECT kind FROM place WHERE place_id = ?', placeId)?.kind
}
