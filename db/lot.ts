import type { LotIdentity } from './ledger.ts'
import { get, run, type Writer } from './statement.ts'

/**
 * The lot with this identity, added when it is new. The same box described in the same words is the same lot. Most lots
 * that a delivery names are new, so adding comes first.
 */
export function findOrAddLot(db: Writer, lot: Omit<LotIdentity, 'lotId'>): number {
  const { itemId, supplierId, number, madeOn, expiresOn, standard } = lot
  const added = run(
    db,
    `INSERT INTO lot (item_id, supplier_id, number, made_on, expires_on, standard) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (item_id, supplier_id, number, ifnull(made_on, ''), ifnull(expires_on, ''), standard) DO NOTHING`,
    itemId,
    supplierId,
    number,
    madeOn,
    expiresOn,
    standard,
  )
  if (added.changes === 1) return added.lastInsertRowid
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
  if (!found) throw new Error(`lot ${number} is neither new nor there`)
  return found.lotId
}
