import type { LotIdentity } from './ledger.ts'
import { get, run, type Writer } from './statement.ts'

/** The lot with this identity, added when it is new. The same box described in the same words is the same lot. */
export function findOrAddLot(db: Writer, lot: Omit<LotIdentity, 'lotId'>): number {
  const { itemId, supplierId, number, madeOn, expiresOn, standard } = lot
  const found = get<{ lotId: number }>(
    db,
    `SELECT lot_id AS lotId FROM lot WHERE item_id = ? AND supplier_id = ? AND number = ?
       AND ifnull(made_on, '') = ? AND ifnull(expires_on, '') = ? AND standard = ?`,
    itemId,
    supplierId,
    number,
    madeOn ?? '',
    expiresOn ?? '',
    standard,
  )
  if (found) return found.lotId
  return run(
    db,
    'INSERT INTO lot (item_id, supplier_id, number, made_on, expires_on, standard) VALUES (?, ?, ?, ?, ?, ?)',
    itemId,
    supplierId,
    number,
    madeOn,
    expiresOn,
    standard,
  ).lastInsertRowid
}
