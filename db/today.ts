import { all, get, type Reader } from './statement.ts'

/** Lots with stock that expire within the days given and have not expired yet, the soonest first. */
export function listNearExpiry(db: Reader, today: string, until: string, limit: number) {
  return all<{
    itemId: number
    itemName: string
    itemNameEn: string
    lot: string
    depotName: string
    depotNameEn: string
    expiresOn: string
    onHandBase: number
    baseUnit: string
  }>(
    db,
    `SELECT b.item_id AS itemId, i.name AS itemName, i.name_en AS itemNameEn, t.number AS lot, p.name AS depotName,
       p.name_en AS depotNameEn, t.expires_on AS expiresOn, b.on_hand AS onHandBase, i.base_unit AS baseUnit
     FROM place p JOIN balance b USING (place_id) JOIN lot t USING (lot_id) JOIN item i ON i.item_id = b.item_id
     WHERE p.kind = 'depot' AND b.on_hand > 0 AND t.expires_on BETWEEN :today AND :until
     ORDER BY t.expires_on, b.lot_id LIMIT :limit`,
    { today, until, limit },
  )
}

/** Promises due up to the day and not delivered in full. */
export function listDue(db: Reader, day: string, limit: number) {
  return all<{
    commitmentId: number
    supplierId: number
    supplierName: string
    supplierNameEn: string
    itemName: string
    itemNameEn: string
    baseUnit: string
    outstandingBase: number
    dueOn: string
  }>(
    db,
    `SELECT * FROM (SELECT c.commitment_id AS commitmentId, c.supplier_id AS supplierId, s.name AS supplierName,
       s.name_en AS supplierNameEn, i.name AS itemName, i.name_en AS itemNameEn, i.base_unit AS baseUnit,
       c.quantity_base - (SELECT ifnull(sum(f.quantity_base), 0) FROM fulfilment f
         WHERE f.commitment_id = c.commitment_id) AS outstandingBase, c.due_on AS dueOn
     FROM commitment c JOIN place s ON s.place_id = c.supplier_id JOIN item i USING (item_id)
     WHERE c.closed_at IS NULL AND c.due_on <= :day) WHERE outstandingBase > 0 ORDER BY dueOn, commitmentId LIMIT :limit`,
    { day, limit },
  )
}

export function countSlipsToDispatch(db: Reader): number {
  return get<{ slips: number }>(db, "SELECT count(*) AS slips FROM slip WHERE state = 'approved'")!.slips
}

/** Rounds with slips that wait to be dispatched. */
export function listOpenRounds(db: Reader): { roundId: number; number: string; waiting: number }[] {
  return all(
    db,
    `SELECT r.round_id AS roundId, r.number, count(*) AS waiting FROM slip s JOIN round r USING (round_id)
     WHERE s.state = 'approved' GROUP BY r.round_id ORDER BY r.round_id`,
  )
}
