import type { LotAt } from '../core/stock-move.ts'
import type { PostingKind } from './ledger.ts'
import { all, get, type Reader, tuples } from './statement.ts'

export type PostingHeadRecord = {
  readonly postingSeq: number
  readonly kind: PostingKind
  readonly number: string
  readonly businessDate: string
  readonly at: number
  readonly person: string
  readonly corrects: string | null
  readonly correctsSeq: number | null
  readonly correctedBy: string | null
  readonly correctedBySeq: number | null
  readonly reason: string
  readonly lines: number
  readonly quantityBase: number
  /** Of its first movement, null where nothing moved. */
  readonly fromName: string | null
  readonly fromNameEn: string | null
  readonly toName: string | null
  readonly toNameEn: string | null
  /** How many pairs of places it moves between. */
  readonly routes: number
}

const headSql = `SELECT g.posting_seq AS postingSeq, g.kind, g.number, g.business_date AS businessDate, g.at, w.name AS person,
    c.number AS corrects, g.corrects_seq AS correctsSeq, k.number AS correctedBy, k.posting_seq AS correctedBySeq, ifnull(json_extract(g.detail, '$.reason'), '') AS reason,
    (SELECT count(*) FROM movement m WHERE m.posting_seq = g.posting_seq) AS lines,
    (SELECT ifnull(sum(m.quantity_base), 0) FROM movement m WHERE m.posting_seq = g.posting_seq) AS quantityBase,
    a.name AS fromName, a.name_en AS fromNameEn, b.name AS toName, b.name_en AS toNameEn,
    (SELECT count(DISTINCT m.from_place_id || '/' || m.to_place_id) FROM movement m WHERE m.posting_seq = g.posting_seq) AS routes
  FROM posting g JOIN person w USING (person_id) LEFT JOIN posting c ON c.posting_seq = g.corrects_seq
    LEFT JOIN posting k ON k.corrects_seq = g.posting_seq
    LEFT JOIN movement f ON f.posting_seq = g.posting_seq
      AND f.line = (SELECT min(m.line) FROM movement m WHERE m.posting_seq = g.posting_seq)
    LEFT JOIN place a ON a.place_id = f.from_place_id LEFT JOIN place b ON b.place_id = f.to_place_id`

export function listPostings(
  db: Reader,
  page: { readonly kinds: readonly string[] | null; readonly before: number | null; readonly limit: number },
): PostingHeadRecord[] {
  return all<PostingHeadRecord>(
    db,
    `${headSql} WHERE (:before IS NULL OR g.posting_seq < :before)
       AND (:kinds IS NULL OR g.kind IN (SELECT value FROM json_each(:kinds))) ORDER BY g.posting_seq DESC LIMIT :limit`,
    { kinds: page.kinds === null ? null : JSON.stringify(page.kinds), before: page.before, limit: page.limit },
  )
}

export type PostingLineRecord = {
  readonly line: number
  readonly lotId: number
  readonly lot: string
  readonly expiresOn: string | null
  readonly itemId: number
  readonly itemCode: string
  readonly itemName: string
  readonly itemNameEn: string
  readonly specification: string
  readonly baseUnit: string
  readonly fromKind: string
  readonly fromName: string
  readonly fromNameEn: string
  readonly toKind: string
  readonly toName: string
  readonly toNameEn: string
  readonly quantityBase: number
}

export function getPosting(
  db: Reader,
  postingSeq: number,
): { head: PostingHeadRecord; lines: PostingLineRecord[] } | undefined {
  const head = get<PostingHeadRecord>(db, `${headSql} WHERE g.posting_seq = ?`, postingSeq)
  if (!head) return undefined
  const lines = all<PostingLineRecord>(
    db,
    `SELECT m.line, m.lot_id AS lotId, t.number AS lot, t.expires_on AS expiresOn, m.item_id AS itemId, i.code AS itemCode,
       i.name AS itemName, i.name_en AS itemNameEn, i.specification, i.base_unit AS baseUnit, a.kind AS fromKind,
       a.name AS fromName, a.name_en AS fromNameEn, b.kind AS toKind, b.name AS toName, b.name_en AS toNameEn,
       m.quantity_base AS quantityBase
     FROM movement m JOIN lot t USING (lot_id) JOIN item i ON i.item_id = m.item_id
       JOIN place a ON a.place_id = m.from_place_id JOIN place b ON b.place_id = m.to_place_id
     WHERE m.posting_seq = ? ORDER BY m.line`,
    postingSeq,
  )
  return { head, lines }
}

/** The movements of a posting as they were made, for its reversal. */
export function listMovements(db: Reader, postingSeq: number) {
  return all<{ lotId: number; itemId: number; fromPlaceId: number; toPlaceId: number; quantityBase: number }>(
    db,
    `SELECT lot_id AS lotId, item_id AS itemId, from_place_id AS fromPlaceId, to_place_id AS toPlaceId,
       quantity_base AS quantityBase FROM movement WHERE posting_seq = ? ORDER BY line`,
    postingSeq,
  )
}

/** Lots at a place with what is free of them (on hand less reserved). */
export function readLotsAt(db: Reader, placeId: number): Map<number, LotAt & { onHandBase: number }> {
  const rows = all<LotAt & { onHandBase: number }>(
    db,
    `SELECT b.lot_id AS lotId, b.item_id AS itemId, t.number AS lot, i.name AS itemName, b.on_hand - b.reserved AS freeBase,
       b.on_hand AS onHandBase
     FROM balance b JOIN lot t USING (lot_id) JOIN item i ON i.item_id = b.item_id
     WHERE b.place_id = ? AND b.on_hand > 0`,
    placeId,
  )
  return new Map(rows.map((row) => [row.lotId, row]))
}

export function listUnitLots(db: Reader, unitId: number) {
  return all<{
    lotId: number
    lot: string
    itemId: number
    itemCode: string
    itemName: string
    itemNameEn: string
    baseUnit: string
    expiresOn: string | null
    quantityBase: number
  }>(
    db,
    `SELECT b.lot_id AS lotId, t.number AS lot, b.item_id AS itemId, i.code AS itemCode, i.name AS itemName,
       i.name_en AS itemNameEn, i.base_unit AS baseUnit, t.expires_on AS expiresOn, b.on_hand AS quantityBase
     FROM balance b JOIN lot t USING (lot_id) JOIN item i ON i.item_id = b.item_id
     WHERE b.place_id = ? AND b.on_hand > 0 ORDER BY i.code, t.expires_on IS NULL, t.expires_on, b.lot_id`,
    unitId,
  )
}

export type DepotLotRecord = {
  readonly depotId: number
  readonly lotId: number
  readonly lot: string
  readonly itemId: number
  readonly itemCode: string
  readonly itemName: string
  readonly itemNameEn: string
  readonly specification: string
  readonly baseUnit: string
  readonly expiresOn: string | null
  readonly hold: boolean
  readonly onHandBase: number
  readonly freeBase: number
}

/** Lots with stock in a depot (null: in all of them), by item, earliest expiry first, those without one last. */
export function listDepotLots(db: Reader, depotId: number | null): DepotLotRecord[] {
  return all<Omit<DepotLotRecord, 'hold'> & { hold: number }>(
    db,
    `SELECT b.place_id AS depotId, b.lot_id AS lotId, t.number AS lot, b.item_id AS itemId, i.code AS itemCode,
       i.name AS itemName, i.name_en AS itemNameEn, i.specification, i.base_unit AS baseUnit, t.expires_on AS expiresOn,
       t.hold, b.on_hand AS onHandBase, b.on_hand - b.reserved AS freeBase
     FROM balance b JOIN place p USING (place_id) JOIN lot t USING (lot_id) JOIN item i ON i.item_id = b.item_id
     WHERE p.kind = 'depot' AND b.on_hand > 0 AND (:depotId IS NULL OR b.place_id = :depotId)
     ORDER BY i.code, t.expires_on IS NULL, t.expires_on, b.lot_id, b.place_id`,
    { depotId },
  ).map((row) => ({ ...row, hold: row.hold === 1 }))
}

export type FoundLotRecord = Omit<DepotLotRecord, 'depotId' | 'specification' | 'onHandBase' | 'freeBase'> & {
  readonly supplierName: string
  readonly supplierNameEn: string
  readonly depotBase: number
  readonly unitBase: number
}

/** Lots by their number or their item, newest first, whether or not anything of them is left. `text` is in lower case. */
export function findLots(db: Reader, text: string, limit: number): FoundLotRecord[] {
  const words = text.split(' ').filter((word) => word !== '')
  if (words.length === 0) return []
  const parameters: Record<string, string | number> = { limit }
  // Every character as it stands: LIKE would give % and _ of the user a meaning.
  const conditions = words.map((word, index) => {
    parameters[`word${index}`] = word
    return `instr(lower(t.number) || ' ' || i.search, :word${index}) > 0`
  })
  const held = (kind: string) => `(SELECT ifnull(sum(b.on_hand), 0) FROM balance b JOIN place p USING (place_id)
       WHERE b.lot_id = t.lot_id AND p.kind = '${kind}')`
  return all<Omit<FoundLotRecord, 'hold'> & { hold: number }>(
    db,
    `SELECT t.lot_id AS lotId, t.number AS lot, t.item_id AS itemId, i.code AS itemCode, i.name AS itemName,
       i.name_en AS itemNameEn, i.base_unit AS baseUnit, s.name AS supplierName, s.name_en AS supplierNameEn,
       t.expires_on AS expiresOn, t.hold, ${held('depot')} AS depotBase, ${held('unit')} AS unitBase
     FROM lot t JOIN item i USING (item_id) JOIN place s ON s.place_id = t.supplier_id
     WHERE ${conditions.join(' AND ')} ORDER BY instr(lower(t.number), :word0) <> 1, t.lot_id DESC LIMIT :limit`,
    parameters,
  ).map((row) => ({ ...row, hold: row.hold === 1 }))
}

/** Where pieces of a lot went from a place after a posting: names and quantities, for "it went to". */
export function listGoneFrom(
  db: Reader,
  lotId: number,
  placeId: number,
  afterSeq: number,
): { name: string; nameEn: string; quantityBase: number }[] {
  return all(
    db,
    `SELECT name, nameEn, sum(quantityBase) AS quantityBase FROM (
       SELECT p.name, ifnull(nullif(p.name_en, ''), p.name) AS nameEn, m.quantity_base AS quantityBase FROM movement m JOIN place p ON p.place_id = m.to_place_id
         WHERE m.lot_id = :lotId AND m.from_place_id = :placeId AND m.posting_seq > :afterSeq
       UNION ALL
       SELECT s.number || ' ' || p.name, s.number || ' ' || ifnull(nullif(p.name_en, ''), p.name), r.quantity_base FROM reservation r JOIN slip s USING (slip_id)
         JOIN place p ON p.place_id = s.unit_id WHERE r.lot_id = :lotId AND r.place_id = :placeId)
     GROUP BY name, nameEn ORDER BY quantityBase DESC, name`,
    { lotId, placeId, afterSeq },
  )
}

export type StockAsAt = {
  readonly placeId: number
  readonly placeKind: string
  readonly placeName: string
  readonly placeNameEn: string
  readonly itemId: number
  readonly lotId: number
  readonly lot: string
  readonly expiresOn: string | null
  readonly onHandBase: number
}

/**
 * Stock at the end of a business date: the balances less what has moved since, or what had moved until then, whichever
 * are fewer postings. Of one place, only what came to it and left it is read. Movements are netted here and only the lots
 * and places that are left get their names: joined and sorted in SQL, a million movements take several times as long.
 */
export function readStockAsAt(db: Reader, date: string, placeId: number | null): StockAsAt[] {
  const { since, until } = get<{ since: number; until: number }>(
    db,
    `SELECT (SELECT count(*) FROM posting WHERE business_date > :date) AS since,
       (SELECT count(*) FROM posting WHERE business_date <= :date) AS until`,
    { date },
  )!
  const isBack = since < until
  const places = tuples<[number, string, string, string]>(
    db,
    `SELECT place_id, kind, name, name_en FROM place
     WHERE kind IN ('depot', 'unit', 'transit') AND (:placeId IS NULL OR place_id = :placeId) ORDER BY kind, code`,
    { placeId },
  )
  const own = placeId === null ? {} : { placeId }
  /** What came to each place less what left it, by lot. */
  const net = new Map(places.map(([id]) => [id, new Map<number, number>()]))
  const add = (place: number, lotId: number, quantity: number) => {
    const lots = net.get(place)
    if (lots !== undefined) lots.set(lotId, (lots.get(lotId) ?? 0) + quantity)
  }
  const sql = movedSql(isBack ? '>' : '<=', placeId === null)
  for (const [from, to, lotId, quantity] of tuples<[number, number, number, number]>(db, sql, { date, ...own })) {
    add(to, lotId, quantity)
    add(from, lotId, -quantity)
  }
  const stock = new Map(places.map(([id]) => [id, { lotIds: [] as number[], onHand: [] as number[] }]))
  const put = (place: number, lotId: number, onHand: number) => {
    const there = onHand === 0 ? undefined : stock.get(place)
    there?.lotIds.push(lotId)
    there?.onHand.push(onHand)
  }
  if (isBack) {
    const where = placeId === null ? '' : 'WHERE place_id = :placeId'
    // Whatever has ever moved has its balance, be it nothing.
    const balances = `SELECT place_id, lot_id, on_hand FROM balance ${where}`
    for (const [place, lotId, onHand] of tuples<[number, number, number]>(db, balances, own)) {
      put(place, lotId, onHand - (net.get(place)?.get(lotId) ?? 0))
    }
  } else for (const [place, lots] of net) for (const [lotId, quantity] of lots) put(place, lotId, quantity)
  const facts = readLots(db, placeId === null ? null : (stock.get(placeId)?.lotIds ?? []))
  const rows: StockAsAt[] = []
  for (const [id, placeKind, placeName, placeNameEn] of places) {
    const { lotIds, onHand } = stock.get(id)!
    for (const at of byRank(lotIds.map((lotId) => facts.get(lotId)!.rank))) {
      const { lotId, itemId, lot, expiresOn } = facts.get(lotIds[at]!)!
      const onHandBase = onHand[at]!
      rows.push({ placeId: id, placeKind, placeName, placeNameEn, itemId, lotId, lot, expiresOn, onHandBase })
    }
  }
  return rows
}

/** Positions in the order of their ranks, which differ; numbers sorted as such, which is several times a comparison. */
function byRank(ranks: readonly number[]): number[] {
  const span = ranks.length
  const keys = Float64Array.from(ranks, (rank, at) => rank * span + at)
  return Array.from(keys.sort(), (key) => key % span)
}

/** What moved after a date or up to it: of all places from the dates on, of one place from its own movements on. */
function movedSql(when: '>' | '<=', isAll: boolean): string {
  const columns = 'SELECT m.from_place_id, m.to_place_id, m.lot_id, m.quantity_base'
  if (isAll)
    return `${columns} FROM posting g CROSS JOIN movement m USING (posting_seq) WHERE g.business_date ${when} :date`
  return (['to_place_id', 'from_place_id'] as const)
    .map(
      (own) => `${columns} FROM movement m CROSS JOIN posting g USING (posting_seq)
        WHERE m.${own} = :placeId AND g.business_date ${when} :date`,
    )
    .join(' UNION ALL ')
}

/** A lot with its place in the order of item, expiry and age. */
type LotFacts = {
  readonly rank: number
  readonly lotId: number
  readonly itemId: number
  readonly lot: string
  readonly expiresOn: string | null
}

/** Lots by id: those named, or (null) all. */
function readLots(db: Reader, lotIds: readonly number[] | null): Map<number, LotFacts> {
  const rows = tuples<[number, number, string, string | null]>(
    db,
    `SELECT t.lot_id, t.item_id, t.number, t.expires_on
     FROM ${lotIds === null ? 'lot t' : 'json_each(:lots) CROSS JOIN lot t ON t.lot_id = value'}
     ORDER BY t.item_id, t.expires_on, t.lot_id`,
    lotIds === null ? {} : { lots: JSON.stringify(lotIds) },
  )
  return new Map(
    rows.map(([lotId, itemId, lot, expiresOn], rank) => [lotId, { rank, lotId, itemId, lot, expiresOn }] as const),
  )
}

/** The document that a posting belongs to, where it is one with a state of its own. */
export function readOwner(db: Reader, postingSeq: number) {
  return {
    slip: get<{ slipId: number; state: string; number: string }>(
      db,
      'SELECT slip_id AS slipId, state, number FROM slip WHERE posting_seq = ?',
      postingSeq,
    ),
    signedSlip: get<{ slipId: number; state: string; number: string }>(
      db,
      `SELECT s.slip_id AS slipId, s.state, s.number FROM signature g JOIN slip s USING (slip_id) WHERE g.posting_seq = ?`,
      postingSeq,
    ),
    transfer: get<{ transferId: number; state: string; number: string }>(
      db,
      'SELECT transfer_id AS transferId, state, number FROM transfer WHERE sent_seq = ? OR received_seq = ?',
      postingSeq,
      postingSeq,
    ),
    stocktake: get<{ stocktakeId: number; state: string; number: string }>(
      db,
      'SELECT stocktake_id AS stocktakeId, state, number FROM stocktake WHERE posting_seq = ?',
      postingSeq,
    ),
  }
}
