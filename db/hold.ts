import type { Stamp } from './audit.ts'
import { sealDocument } from './seal.ts'
import { all, get, type Reader, run, type Writer } from './statement.ts'

export type HoldRecord = {
  readonly holdId: number
  readonly lotId: number
  readonly itemId: number
  readonly itemCode: string
  readonly itemName: string
  readonly itemNameEn: string
  readonly baseUnit: string
  readonly lot: string
  readonly supplierId: number
  readonly supplierName: string
  readonly supplierNameEn: string
  readonly expiresOn: string | null
  readonly standard: string
  readonly itemStandard: string
  readonly kind: 'inspection' | 'recall' | 'doubt'
  readonly reason: string
  readonly postingSeq: number | null
  readonly postingNumber: string | null
  readonly onHandBase: number
  readonly reservedBase: number
  readonly at: number
  readonly person: string
  readonly outcome: 'released' | 'rejected' | null
  readonly outcomeNote: string
  readonly closedAt: number | null
  readonly closedBy: string | null
}

const selected = `SELECT h.hold_id AS holdId, h.lot_id AS lotId, t.item_id AS itemId, i.code AS itemCode, i.name AS itemName,
    i.name_en AS itemNameEn, i.base_unit AS baseUnit, t.number AS lot, t.supplier_id AS supplierId, s.name AS supplierName,
    s.name_en AS supplierNameEn, t.expires_on AS expiresOn, t.standard, i.standard AS itemStandard, h.kind, h.reason,
    h.posting_seq AS postingSeq, g.number AS postingNumber,
    (SELECT ifnull(sum(b.on_hand), 0) FROM balance b JOIN place p USING (place_id)
      WHERE b.lot_id = h.lot_id AND p.kind = 'depot') AS onHandBase,
    (SELECT ifnull(sum(b.reserved), 0) FROM balance b WHERE b.lot_id = h.lot_id) AS reservedBase,
    h.at, w.name AS person, h.outcome, h.outcome_note AS outcomeNote, h.closed_at AS closedAt, c.name AS closedBy
  FROM lot_hold h JOIN lot t USING (lot_id) JOIN item i USING (item_id) JOIN place s ON s.place_id = t.supplier_id
    JOIN person w ON w.person_id = h.person_id LEFT JOIN person c ON c.person_id = h.closed_by
    LEFT JOIN posting g ON g.posting_seq = h.posting_seq`

export function listHolds(db: Reader, openOnly: boolean): HoldRecord[] {
  return all<HoldRecord>(
    db,
    `${selected} WHERE :openOnly = 0 OR h.closed_at IS NULL ORDER BY h.closed_at IS NOT NULL, h.hold_id DESC LIMIT 2000`,
    { openOnly: openOnly ? 1 : 0 },
  )
}

export const getHold = (db: Reader, holdId: number) => get<HoldRecord>(db, `${selected} WHERE h.hold_id = ?`, holdId)

export const lotExists = (db: Reader, lotId: number): boolean =>
  get(db, 'SELECT 1 FROM lot WHERE lot_id = ?', lotId) !== undefined

export function addHold(
  db: Writer,
  stamp: Stamp,
  row: { readonly lotId: number; readonly kind: string; readonly reason: string; readonly postingSeq: number | null },
): number {
  const holdId = run(
    db,
    'INSERT INTO lot_hold (lot_id, kind, reason, posting_seq, at, person_id) VALUES (?, ?, ?, ?, ?, ?)',
    row.lotId,
    row.kind,
    row.reason,
    row.postingSeq,
    stamp.at,
    stamp.personId,
  ).lastInsertRowid
  sealDocument(db, stamp, 'hold', holdId)
  return holdId
}

export function closeHold(
  db: Writer,
  stamp: Stamp,
  holdId: number,
  outcome: 'released' | 'rejected',
  note: string,
): void {
  run(
    db,
    'UPDATE lot_hold SET outcome = ?, outcome_note = ?, closed_at = ?, closed_by = ? WHERE hold_id = ?',
    outcome,
    note,
    stamp.at,
    stamp.personId,
    holdId,
  )
  sealDocument(db, stamp, 'hold', holdId)
}

/** What of a lot stands in depots without being reserved. */
export function listFreeStock(db: Reader, lotId: number): { placeId: number; freeBase: number }[] {
  return all(
    db,
    `SELECT b.place_id AS placeId, b.on_hand - b.reserved AS freeBase FROM balance b JOIN place p USING (place_id)
     WHERE b.lot_id = ? AND p.kind = 'depot' AND b.on_hand > b.reserved ORDER BY b.place_id`,
    lotId,
  )
}

/** Where a lot is: depots, units that were sent it, and slips that have reserved it. */
export function listWhereabouts(db: Reader, lotId: number) {
  return all<{
    placeId: number
    kind: 'depot' | 'unit' | 'slip'
    code: string
    name: string
    nameEn: string
    contact: string
    phone: string
    quantityBase: number
    lastOn: string | null
  }>(
    db,
    `SELECT p.place_id AS placeId, p.kind, p.code, p.name, p.name_en AS nameEn, p.contact, p.phone, b.on_hand AS quantityBase,
       (SELECT max(g.business_date) FROM movement m JOIN posting g USING (posting_seq)
         WHERE m.lot_id = b.lot_id AND m.to_place_id = b.place_id) AS lastOn
     FROM balance b JOIN place p USING (place_id) WHERE b.lot_id = :lotId AND p.kind IN ('depot', 'unit') AND b.on_hand > 0
     UNION ALL
     SELECT p.place_id, 'slip', s.number, p.name, p.name_en, p.contact, p.phone, r.quantity_base, NULL
     FROM reservation r JOIN slip s USING (slip_id) JOIN place p ON p.place_id = s.unit_id WHERE r.lot_id = :lotId`,
    { lotId },
  )
}

/** Lots of a slip that are on hold and would go with it; what was left on the shelf holds up nothing. */
export function heldLotsOfSlip(db: Reader, slipId: number): { line: number; lot: string; itemName: string }[] {
  return all(
    db,
    `SELECT l.line, t.number AS lot, i.name AS itemName FROM slip_line l JOIN lot t USING (lot_id) JOIN item i ON i.item_id = l.item_id
     WHERE l.slip_id = ? AND t.hold = 1 AND ifnull(l.picked_packs, l.packs) > 0 ORDER BY l.line`,
    slipId,
  )
}
