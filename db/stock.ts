import { all, get, type Reader } from './statement.ts'

export type StockRecord = {
  readonly itemId: number
  readonly depotId: number
  readonly onHandBase: number
  readonly reservedBase: number
  readonly availableBase: number
  readonly unusableBase: number
  readonly earliestExpiresOn: string | null
}

/**
 * Stock by item and depot, from the balances alone: its cost grows with what is there, not with what ever moved.
 * Available leaves out what is reserved, on hold, or expired before `today`.
 */
export function readStock(db: Reader, today: string): StockRecord[] {
  return all<StockRecord>(
    db,
    `SELECT b.item_id AS itemId, b.place_id AS depotId, sum(b.on_hand) AS onHandBase, sum(b.reserved) AS reservedBase,
       sum(CASE WHEN t.hold = 1 OR t.expires_on < :today THEN 0 ELSE b.on_hand - b.reserved END) AS availableBase,
       sum(CASE WHEN t.hold = 1 OR t.expires_on < :today THEN b.on_hand ELSE 0 END) AS unusableBase,
       min(CASE WHEN b.on_hand > 0 THEN t.expires_on END) AS earliestExpiresOn
     FROM place p JOIN balance b USING (place_id) JOIN lot t USING (lot_id)
     WHERE p.kind = 'depot' AND b.on_hand > 0
     GROUP BY b.place_id, b.item_id`,
    { today },
  )
}

export type LotStockRecord = {
  readonly lotId: number
  readonly depotId: number
  readonly number: string
  readonly supplierName: string
  readonly madeOn: string | null
  readonly expiresOn: string | null
  readonly standard: string
  readonly hold: boolean
  readonly onHandBase: number
  readonly reservedBase: number
}

/** Lots of an item with stock, in the order they should leave: earliest expiry first, those without one last. */
export function listLots(db: Reader, itemId: number, depotId: number | null): LotStockRecord[] {
  return all<Omit<LotStockRecord, 'hold'> & { hold: number }>(
    db,
    `SELECT b.lot_id AS lotId, b.place_id AS depotId, t.number, s.name AS supplierName, t.made_on AS madeOn,
       t.expires_on AS expiresOn, t.standard, t.hold, b.on_hand AS onHandBase, b.reserved AS reservedBase
     FROM balance b JOIN place p USING (place_id) JOIN lot t USING (lot_id) JOIN place s ON s.place_id = t.supplier_id
     WHERE b.item_id = :itemId AND p.kind = 'depot' AND b.on_hand > 0 AND (:depotId IS NULL OR b.place_id = :depotId)
     ORDER BY t.expires_on IS NULL, t.expires_on, b.lot_id, b.place_id`,
    { itemId, depotId },
  ).map((row) => ({ ...row, hold: row.hold === 1 }))
}

export type CardRecord = {
  readonly movementSeq: number
  readonly postingSeq: number
  readonly kind: string
  readonly number: string
  readonly businessDate: string
  readonly at: number
  readonly place: string
  readonly placeEn: string
  readonly lot: string
  readonly inBase: number
  readonly outBase: number
  readonly balanceBase: number
  readonly person: string
}

/**
 * The stock card of an item at a depot, newest first, counted back from the balance, so that the first screen costs the
 * same however long the card is.
 */
export function readCard(
  db: Reader,
  asked: {
    readonly itemId: number
    readonly depotId: number
    readonly before: { readonly movementSeq: number; readonly balanceBase: number } | null
    readonly limit: number
  },
): CardRecord[] {
  const rows = all<Omit<CardRecord, 'balanceBase'>>(
    db,
    `SELECT m.movement_seq AS movementSeq, m.posting_seq AS postingSeq, g.kind, g.number,
       g.business_date AS businessDate, g.at, o.name AS place, o.name_en AS placeEn, t.number AS lot,
       CASE WHEN m.to_place_id = :depotId THEN m.quantity_base ELSE 0 END AS inBase,
       CASE WHEN m.to_place_id = :depotId THEN 0 ELSE m.quantity_base END AS outBase, w.name AS person
     FROM (
       SELECT movement_seq FROM (SELECT movement_seq FROM movement
         WHERE to_place_id = :depotId AND item_id = :itemId AND movement_seq < :before
         ORDER BY movement_seq DESC LIMIT :limit)
       UNION ALL
       SELECT movement_seq FROM (SELECT movement_seq FROM movement
         WHERE from_place_id = :depotId AND item_id = :itemId AND movement_seq < :before
         ORDER BY movement_seq DESC LIMIT :limit)
       ORDER BY movement_seq DESC LIMIT :limit
     ) page JOIN movement m USING (movement_seq) JOIN posting g USING (posting_seq) JOIN lot t USING (lot_id)
       JOIN person w USING (person_id)
       JOIN place o ON o.place_id = CASE WHEN m.to_place_id = :depotId THEN m.from_place_id ELSE m.to_place_id END
     ORDER BY m.movement_seq DESC`,
    {
      itemId: asked.itemId,
      depotId: asked.depotId,
      before: asked.before?.movementSeq ?? Number.MAX_SAFE_INTEGER,
      limit: asked.limit,
    },
  )
  let balanceBase =
    asked.before?.balanceBase ??
    get<{ onHand: number }>(
      db,
      'SELECT ifnull(sum(on_hand), 0) AS onHand FROM balance WHERE item_id = ? AND place_id = ?',
      asked.itemId,
      asked.depotId,
    )!.onHand
  return rows.map((row) => {
    const card = { ...row, balanceBase }
    balanceBase -= row.inBase - row.outBase
    return card
  })
}
