import type { Stamp } from './audit.ts'
import { appendPosting, type NewMovement } from './ledger.ts'
import { nextNumber } from './numbering.ts'
import { all, get, type Reader, run, type Writer } from './statement.ts'

export type StocktakeHead = {
  readonly stocktakeId: number
  readonly number: string
  readonly depotId: number
  readonly depotName: string
  readonly depotNameEn: string
  readonly category: string
  readonly shelf: string
  readonly blind: boolean
  readonly state: 'open' | 'posted' | 'cancelled'
  readonly note: string
  readonly startedAt: number
  readonly startedBy: string
  readonly closedAt: number | null
  readonly closedBy: string | null
  readonly postingSeq: number | null
  readonly lines: number
  readonly counted: number
  readonly differing: number
}

const headSql = `SELECT k.stocktake_id AS stocktakeId, k.number, k.depot_id AS depotId, p.name AS depotName,
    p.name_en AS depotNameEn, k.category, k.shelf, k.blind, k.state, k.note, k.started_at AS startedAt, w.name AS startedBy,
    k.closed_at AS closedAt, c.name AS closedBy, k.posting_seq AS postingSeq,
    (SELECT count(*) FROM stocktake_line l WHERE l.stocktake_id = k.stocktake_id) AS lines,
    (SELECT count(counted_base) FROM stocktake_line l WHERE l.stocktake_id = k.stocktake_id) AS counted,
    (SELECT count(*) FROM stocktake_line l WHERE l.stocktake_id = k.stocktake_id AND l.counted_base <> l.expected_base) AS differing
  FROM stocktake k JOIN place p ON p.place_id = k.depot_id JOIN person w ON w.person_id = k.started_by
    LEFT JOIN person c ON c.person_id = k.closed_by`

const toHead = (row: Omit<StocktakeHead, 'blind'> & { blind: number }): StocktakeHead => ({
  ...row,
  blind: row.blind === 1,
})

export const listStocktakes = (db: Reader): StocktakeHead[] =>
  all<Omit<StocktakeHead, 'blind'> & { blind: number }>(db, `${headSql} ORDER BY k.stocktake_id DESC LIMIT 500`).map(
    toHead,
  )

export function getStocktake(db: Reader, stocktakeId: number): StocktakeHead | undefined {
  const row = get<Omit<StocktakeHead, 'blind'> & { blind: number }>(
    db,
    `${headSql} WHERE k.stocktake_id = ?`,
    stocktakeId,
  )
  return row && toHead(row)
}

export type StocktakeLineRecord = {
  readonly lotId: number
  readonly lot: string
  readonly itemId: number
  /** Where it lies in the depot now; empty where nobody has said. */
  readonly shelf: string
  readonly itemCode: string
  readonly itemName: string
  readonly itemNameEn: string
  readonly specification: string
  readonly baseUnit: string
  readonly packName: string
  readonly packSizeBase: number
  readonly expiresOn: string | null
  readonly startedBase: number
  readonly countedBase: number | null
  readonly expectedBase: number | null
  readonly reason: string
  readonly countedAt: number | null
  readonly countedBy: string | null
  /** Of one base unit: the one it was posted with, or the item's today. */
  readonly unitPriceFen: number | null
}

export function listStocktakeLines(db: Reader, stocktakeId: number): StocktakeLineRecord[] {
  return all<StocktakeLineRecord>(
    db,
    `SELECT l.lot_id AS lotId, t.number AS lot, t.item_id AS itemId, ifnull(s.name, '') AS shelf, i.code AS itemCode, i.name AS itemName,
       i.name_en AS itemNameEn, i.specification, i.base_unit AS baseUnit, i.pack_name AS packName,
       i.pack_size_base AS packSizeBase, t.expires_on AS expiresOn, l.started_base AS startedBase,
       l.counted_base AS countedBase, l.expected_base AS expectedBase, l.reason, l.counted_at AS countedAt,
       w.name AS countedBy, CASE k.state WHEN 'posted' THEN l.unit_price_fen ELSE i.unit_price_fen END AS unitPriceFen
     FROM stocktake_line l JOIN stocktake k USING (stocktake_id) JOIN lot t USING (lot_id) JOIN item i USING (item_id) LEFT JOIN person w ON w.person_id = l.counted_by
       LEFT JOIN shelf s ON s.depot_id = k.depot_id AND s.item_id = t.item_id
     WHERE l.stocktake_id = ? ORDER BY s.name IS NULL, s.name, i.code, t.expires_on IS NULL, t.expires_on, l.lot_id`,
    stocktakeId,
  )
}

/** A stocktake with no lot on its sheet yet. */
export function addStocktakeHead(
  db: Writer,
  stamp: Stamp,
  asked: {
    readonly depotId: number
    readonly category: string
    readonly shelf: string
    readonly blind: boolean
    readonly note: string
  },
  businessDate: string,
): number {
  return run(
    db,
    `INSERT INTO stocktake (number, depot_id, category, shelf, blind, state, note, started_at, started_by)
     VALUES (?, ?, ?, ?, ?, 'open', ?, ?, ?)`,
    nextNumber(db, 'stocktake', businessDate),
    asked.depotId,
    asked.category,
    asked.shelf,
    asked.blind ? 1 : 0,
    asked.note,
    stamp.at,
    stamp.personId,
  ).lastInsertRowid
}

/** A stocktake of every lot that the depot has some of. */
export function addStocktake(
  db: Writer,
  stamp: Stamp,
  asked: Parameters<typeof addStocktakeHead>[2],
  businessDate: string,
): number {
  const stocktakeId = addStocktakeHead(db, stamp, asked, businessDate)
  run(
    db,
    `INSERT INTO stocktake_line (stocktake_id, lot_id, started_base)
     SELECT :stocktakeId, b.lot_id, b.on_hand FROM balance b JOIN item i USING (item_id)
     WHERE b.place_id = :depotId AND b.on_hand > 0 AND (:category = '' OR i.category = :category)
       AND (:shelf = '' OR EXISTS (SELECT 1 FROM shelf s WHERE s.depot_id = b.place_id AND s.item_id = b.item_id AND s.name = :shelf))`,
    { stocktakeId, depotId: asked.depotId, category: asked.category, shelf: asked.shelf },
  )
  return stocktakeId
}

/** What the ledger says of a lot at a depot now. */
export function lotOnHand(db: Reader, depotId: number, lotId: number): { onHandBase: number; reservedBase: number } {
  return (
    get<{ onHandBase: number; reservedBase: number }>(
      db,
      'SELECT on_hand AS onHandBase, reserved AS reservedBase FROM balance WHERE place_id = ? AND lot_id = ?',
      depotId,
      lotId,
    ) ?? { onHandBase: 0, reservedBase: 0 }
  )
}

/** Notes a count beside what the ledger says at this moment; null takes it back. */
export function setCount(
  db: Writer,
  stamp: Stamp,
  row: {
    readonly stocktakeId: number
    readonly lotId: number
    readonly countedBase: number | null
    readonly expectedBase: number | null
    readonly reason: string
  },
): void {
  run(
    db,
    `INSERT INTO stocktake_line (stocktake_id, lot_id, started_base, counted_base, expected_base, reason, counted_at, counted_by)
     VALUES (:stocktakeId, :lotId, 0, :countedBase, :expectedBase, :reason, :at, :personId)
     ON CONFLICT DO UPDATE SET counted_base = excluded.counted_base, expected_base = excluded.expected_base,
       reason = excluded.reason, counted_at = excluded.counted_at, counted_by = excluded.counted_by`,
    {
      ...row,
      at: row.countedBase === null ? null : stamp.at,
      personId: row.countedBase === null ? null : stamp.personId,
    },
  )
}

/** Says why a lot differs and leaves its count, and what the ledger said then, as they are. False where it isn't on the sheet. */
export function setReason(
  db: Writer,
  row: { readonly stocktakeId: number; readonly lotId: number; readonly reason: string },
): boolean {
  return (
    run(db, 'UPDATE stocktake_line SET reason = :reason WHERE stocktake_id = :stocktakeId AND lot_id = :lotId', row)
      .changes === 1
  )
}

/** What a stocktake's posting holds: all that its rows say, so that the chain covers them. `reason` is its note. */
export type StocktakeDetail = {
  readonly stocktakeId: number
  readonly number: string
  readonly depotId: number
  readonly category: string
  readonly shelf: string
  readonly blind: number
  readonly reason: string
  readonly startedAt: number
  readonly startedBy: number
  readonly lines: readonly StocktakeDetailLine[]
}
type StocktakeDetailLine = {
  readonly lotId: number
  readonly startedBase: number
  readonly countedBase: number | null
  readonly expectedBase: number | null
  readonly reason: string
  readonly countedAt: number | null
  readonly countedBy: number | null
  readonly unitPriceFen: number | null
}

export function readStocktakeDetail(db: Reader, stocktakeId: number): StocktakeDetail {
  const head = get<Omit<StocktakeDetail, 'lines'>>(
    db,
    `SELECT stocktake_id AS stocktakeId, number, depot_id AS depotId, category, shelf, blind, note AS reason,
       started_at AS startedAt, started_by AS startedBy FROM stocktake WHERE stocktake_id = ?`,
    stocktakeId,
  )
  if (!head) throw new Error(`stocktake ${stocktakeId} does not exist`)
  const lines = all<StocktakeDetailLine>(
    db,
    `SELECT lot_id AS lotId, started_base AS startedBase, counted_base AS countedBase, expected_base AS expectedBase, reason,
       counted_at AS countedAt, counted_by AS countedBy, unit_price_fen AS unitPriceFen
     FROM stocktake_line WHERE stocktake_id = ? ORDER BY lot_id`,
    stocktakeId,
  )
  return { ...head, lines }
}

/** Keeps the prices of the day, posts the differences (none, where nothing differed) and closes the stocktake. */
export function postStocktake(
  db: Writer,
  stamp: Stamp,
  stocktakeId: number,
  posting: { readonly postingId: string; readonly businessDate: string; readonly movements: readonly NewMovement[] },
): void {
  run(
    db,
    `UPDATE stocktake_line SET unit_price_fen =
       (SELECT i.unit_price_fen FROM lot t JOIN item i USING (item_id) WHERE t.lot_id = stocktake_line.lot_id)
     WHERE stocktake_id = ?`,
    stocktakeId,
  )
  const { postingSeq } = appendPosting(db, {
    ...posting,
    kind: 'stocktake',
    number: nextNumber(db, 'variance', posting.businessDate),
    at: stamp.at,
    personId: stamp.personId,
    detail: readStocktakeDetail(db, stocktakeId),
  })
  close(db, stamp, stocktakeId, 'posted', postingSeq)
}

export const cancelStocktake = (db: Writer, stamp: Stamp, stocktakeId: number): void =>
  close(db, stamp, stocktakeId, 'cancelled', null)

function close(
  db: Writer,
  stamp: Stamp,
  stocktakeId: number,
  state: 'posted' | 'cancelled',
  postingSeq: number | null,
): void {
  run(
    db,
    'UPDATE stocktake SET state = ?, posting_seq = ?, closed_at = ?, closed_by = ? WHERE stocktake_id = ?',
    state,
    postingSeq,
    stamp.at,
    stamp.personId,
    stocktakeId,
  )
}

export const countOpenStocktakes = (db: Reader): number =>
  get<{ open: number }>(db, "SELECT count(*) AS open FROM stocktake WHERE state = 'open'")!.open
