import type { ItemFields } from '../core/item.ts'
import { recordAudit, type Stamp } from './audit.ts'
import { all, get, type Reader, run, type Writer } from './statement.ts'

export type ItemRecord = ItemFields & {
  readonly itemId: number
  readonly search: string
  readonly archivedAt: number | null
  readonly version: number
}

const columns = `item_id AS itemId, code, name, name_en AS nameEn, category, specification, standard,
  base_unit AS baseUnit, pack_name AS packName, pack_size_base AS packSizeBase, shelf_life_days AS shelfLifeDays,
  reserve_base AS reserveBase, unit_price_fen AS unitPriceFen, search, archived_at AS archivedAt, version`

export function listItems(db: Reader, archived: boolean): ItemRecord[] {
  return all<ItemRecord>(
    db,
    `SELECT ${columns} FROM item WHERE (archived_at IS NOT NULL) = ? ORDER BY code`,
    archived ? 1 : 0,
  )
}

export function getItem(db: Reader, itemId: number): ItemRecord | undefined {
  return get<ItemRecord>(db, `SELECT ${columns} FROM item WHERE item_id = ?`, itemId)
}

export function getItemByCode(db: Reader, code: string): ItemRecord | undefined {
  return get<ItemRecord>(db, `SELECT ${columns} FROM item WHERE code = ?`, code)
}

/** Writes a new item (itemId null) or the next version of one. The code's uniqueness is the caller's to check. */
export function saveItem(db: Writer, stamp: Stamp, itemId: number | null, fields: ItemFields, search: string): number {
  const values = { ...fields, search }
  if (itemId === null) {
    const { lastInsertRowid } = run(
      db,
      `INSERT INTO item (code, name, name_en, category, specification, standard, base_unit, pack_name, pack_size_base,
         shelf_life_days, reserve_base, unit_price_fen, search)
       VALUES (:code, :name, :nameEn, :category, :specification, :standard, :baseUnit, :packName, :packSizeBase,
         :shelfLifeDays, :reserveBase, :unitPriceFen, :search)`,
      values,
    )
    recordAudit(db, stamp, { action: 'add', subject: 'item', subjectId: lastInsertRowid, before: null, after: fields })
    return lastInsertRowid
  }
  const before = getItem(db, itemId)
  run(
    db,
    `UPDATE item SET code = :code, name = :name, name_en = :nameEn, category = :category,
       specification = :specification, standard = :standard, base_unit = :baseUnit, pack_name = :packName,
       pack_size_base = :packSizeBase, shelf_life_days = :shelfLifeDays, reserve_base = :reserveBase,
       unit_price_fen = :unitPriceFen, search = :search, version = version + 1
     WHERE item_id = :itemId`,
    { ...values, itemId },
  )
  recordAudit(db, stamp, { action: 'change', subject: 'item', subjectId: itemId, before, after: fields })
  return itemId
}

export function archiveItem(db: Writer, stamp: Stamp, itemId: number, archived: boolean): void {
  run(
    db,
    'UPDATE item SET archived_at = ?, version = version + 1 WHERE item_id = ?',
    archived ? stamp.at : null,
    itemId,
  )
  const action = archived ? 'archive' : 'restore'
  recordAudit(db, stamp, { action, subject: 'item', subjectId: itemId, before: null, after: null })
}

/** Pieces of an item in all depots. */
export function itemOnHand(db: Reader, itemId: number): number {
  return get<{ onHand: number }>(
    db,
    'SELECT ifnull(sum(b.on_hand), 0) AS onHand FROM balance b JOIN place p USING (place_id) WHERE b.item_id = ? AND p.kind = ?',
    itemId,
    'depot',
  )!.onHand
}
