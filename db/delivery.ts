import type { DeliveryDecided, DeliveryFacts, DeliveryLine } from '../core/delivery.ts'
import type { Stamp } from './audit.ts'
import { getItem } from './item.ts'
import { appendPosting, type DeliveryDetail } from './ledger.ts'
import { findOrAddLot } from './lot.ts'
import { nextNumber } from './numbering.ts'
import { getPlace } from './place.ts'
import { all, get, type Reader, run, type Writer } from './statement.ts'

/** Everything `decideDelivery` rests on, read in the transaction that will write. */
export function readDeliveryFacts(
  db: Reader,
  asked: {
    readonly supplierId: number
    readonly depotId: number
    readonly noteNumber: string
    readonly itemIds: Iterable<number>
  },
  today: string,
): DeliveryFacts {
  const supplier = getPlace(db, 'supplier', asked.supplierId)
  const depot = getPlace(db, 'depot', asked.depotId)
  const items = new Map<number, DeliveryFacts['items'] extends ReadonlyMap<number, infer Item> ? Item : never>()
  for (const itemId of new Set(asked.itemIds)) {
    const item = getItem(db, itemId)
    if (item) items.set(itemId, { ...item, archived: item.archivedAt !== null })
  }
  const sameNote =
    asked.noteNumber === ''
      ? undefined
      : get<{ postingSeq: number; number: string; businessDate: string }>(
          db,
          `SELECT d.posting_seq AS postingSeq, g.number, g.business_date AS businessDate
           FROM delivery d JOIN posting g USING (posting_seq)
           WHERE d.supplier_id = ? AND d.note_number = ? ORDER BY d.posting_seq LIMIT 1`,
          asked.supplierId,
          asked.noteNumber,
        )
  return {
    today,
    supplier: supplier ? { name: supplier.name, archived: supplier.archivedAt !== null } : null,
    depot: depot ? { name: depot.name, archived: depot.archivedAt !== null } : null,
    items,
    sameNote: sameNote ?? null,
  }
}

/** Writes the posting, its movements (what was accepted), and the delivery's own rows; `tick` hears of each line. */
export function addDelivery(
  db: Writer,
  stamp: Stamp,
  head: { readonly postingId: string; readonly supplierId: number; readonly depotId: number },
  decided: DeliveryDecided,
  tick: () => void = () => {},
): number {
  const lines = decided.lines.map((line) => ({
    ...line,
    lotId: findOrAddLot(db, {
      itemId: line.itemId,
      supplierId: head.supplierId,
      number: line.lot,
      madeOn: line.madeOn,
      expiresOn: line.expiresOn,
      standard: line.standard,
    }),
  }))
  const detail: DeliveryDetail = {
    supplierId: head.supplierId,
    depotId: head.depotId,
    noteNumber: decided.noteNumber,
    noteRepeat: decided.noteRepeat,
    note: decided.note,
    lines: lines.map(
      ({ line, itemId, lotId, packs, packSizeBase, countedBase, acceptedBase, rejectedBase, rejectReason }) => ({
        line,
        itemId,
        lotId,
        packs,
        packSizeBase,
        countedBase,
        acceptedBase,
        rejectedBase,
        rejectReason,
      }),
    ),
  }
  const { postingSeq } = appendPosting(db, {
    postingId: head.postingId,
    kind: 'delivery',
    number: nextNumber(db, 'delivery', decided.businessDate),
    businessDate: decided.businessDate,
    at: stamp.at,
    personId: stamp.personId,
    detail,
    movements: lines
      .filter((line) => line.acceptedBase > 0)
      .map((line) => ({
        lotId: line.lotId,
        itemId: line.itemId,
        fromPlaceId: head.supplierId,
        toPlaceId: head.depotId,
        quantityBase: line.acceptedBase,
      })),
  })
  run(
    db,
    'INSERT INTO delivery (posting_seq, supplier_id, depot_id, note_number, note_repeat, note) VALUES (?, ?, ?, ?, ?, ?)',
    postingSeq,
    head.supplierId,
    head.depotId,
    decided.noteNumber,
    decided.noteRepeat ? 1 : 0,
    decided.note,
  )
  for (const line of lines) {
    addLine(db, postingSeq, line)
    tick()
  }
  return postingSeq
}

function addLine(db: Writer, postingSeq: number, line: DeliveryLine & { readonly lotId: number }): void {
  run(
    db,
    `INSERT INTO delivery_line (posting_seq, line, item_id, lot_id, packs, pack_size_base, counted_base, accepted_base,
       rejected_base, reject_reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    postingSeq,
    line.line,
    line.itemId,
    line.lotId,
    line.packs,
    line.packSizeBase,
    line.countedBase,
    line.acceptedBase,
    line.rejectedBase,
    line.rejectReason,
  )
}

export type DeliveryHeadRecord = {
  readonly postingSeq: number
  readonly number: string
  readonly businessDate: string
  readonly at: number
  readonly person: string
  readonly supplierId: number
  readonly supplierName: string
  readonly supplierNameEn: string
  readonly depotId: number
  readonly depotName: string
  readonly depotNameEn: string
  readonly noteNumber: string
  readonly note: string
  readonly lines: number
  readonly acceptedBase: number
  readonly rejectedBase: number
}

const headSql = `SELECT d.posting_seq AS postingSeq, g.number, g.business_date AS businessDate, g.at, w.name AS person,
    d.supplier_id AS supplierId, s.name AS supplierName, s.name_en AS supplierNameEn,
    d.depot_id AS depotId, p.name AS depotName, p.name_en AS depotNameEn, d.note_number AS noteNumber, d.note,
    count(*) AS lines, sum(l.accepted_base) AS acceptedBase, sum(l.rejected_base) AS rejectedBase
  FROM delivery d JOIN posting g USING (posting_seq) JOIN person w USING (person_id)
    JOIN place s ON s.place_id = d.supplier_id JOIN place p ON p.place_id = d.depot_id
    JOIN delivery_line l USING (posting_seq)`

export function listDeliveries(
  db: Reader,
  page: { readonly before: number | null; readonly limit: number; readonly supplierId: number | null },
): DeliveryHeadRecord[] {
  return all<DeliveryHeadRecord>(
    db,
    `${headSql} WHERE d.posting_seq IN (
       SELECT posting_seq FROM delivery WHERE (:before IS NULL OR posting_seq < :before)
         AND (:supplierId IS NULL OR supplier_id = :supplierId) ORDER BY posting_seq DESC LIMIT :limit)
     GROUP BY d.posting_seq ORDER BY d.posting_seq DESC`,
    page,
  )
}

/** The heads of these deliveries, in the order in which they were posted. */
export const listDeliveryHeads = (db: Reader, postingSeqs: readonly number[]): DeliveryHeadRecord[] =>
  all<DeliveryHeadRecord>(
    db,
    `${headSql} WHERE d.posting_seq IN (SELECT value FROM json_each(?)) GROUP BY d.posting_seq ORDER BY d.posting_seq`,
    JSON.stringify(postingSeqs),
  )

export type RecordedLine = {
  readonly index: number
  readonly postingSeq: number
  readonly number: string
  readonly businessDate: string
}

/** How far apart in days two records of one arrival are at most: a list is handed on, and entered again a week later. */
const nearDays = 14

/**
 * The newest delivery that brought the same lot in the same quantity within 14 days, for each line that has one: counted
 * or accepted, since a list says what was sent. Without a supplier the delivery may be anybody's; without a lot number it
 * is of a lot that bears none. Movements are found by their lot, from the first of those days on.
 */
export function findRecordedLines(
  db: Reader,
  lines: readonly {
    readonly supplierId: number | null
    readonly itemId: number
    readonly lot: string
    readonly quantityBase: number
    readonly on: string
  }[],
): RecordedLine[] {
  const asked = lines.map(({ supplierId, itemId, lot, quantityBase, on }) => [
    supplierId,
    itemId,
    lot,
    quantityBase,
    on,
  ])
  return all<RecordedLine>(
    db,
    `WITH asked AS MATERIALIZED (
       SELECT key AS at, value ->> 0 AS supplier_id, value ->> 1 AS item_id, value ->> 2 AS lot,
         value ->> 3 AS quantity_base, value ->> 4 AS on_day, julianday(value ->> 4) AS day
       FROM json_each(?)),
     first AS MATERIALIZED (
       SELECT on_day, (SELECT min(posting_seq) FROM posting
         WHERE business_date >= date(on_day, '-${nearDays} days')) AS posting_seq
       FROM (SELECT DISTINCT on_day FROM asked))
     SELECT a.at AS "index", max(g.posting_seq) AS postingSeq, g.number, g.business_date AS businessDate
     FROM first f
       CROSS JOIN asked a ON a.on_day = f.on_day
       CROSS JOIN lot t ON t.item_id = a.item_id AND t.number = a.lot
         AND (a.supplier_id IS NULL OR t.supplier_id = a.supplier_id)
       CROSS JOIN posting g ON g.posting_seq IN (
           SELECT m.posting_seq FROM movement m WHERE m.lot_id = t.lot_id AND m.from_place_id = t.supplier_id
             AND m.quantity_base = a.quantity_base AND m.movement_seq >= (
               SELECT movement_seq FROM movement WHERE posting_seq >= f.posting_seq ORDER BY posting_seq, line LIMIT 1)
           UNION ALL
           SELECT l.posting_seq FROM delivery_line l WHERE l.lot_id = t.lot_id AND l.rejected_base > 0
             AND l.counted_base = a.quantity_base)
         AND g.kind = 'delivery' AND abs(julianday(g.business_date) - a.day) <= ${nearDays}
     GROUP BY a.at ORDER BY a.at`,
    JSON.stringify(asked),
  )
}

export type DeliveryLineRecord = {
  readonly line: number
  readonly itemId: number
  readonly itemCode: string
  readonly itemName: string
  readonly itemNameEn: string
  readonly specification: string
  readonly standard: string
  readonly baseUnit: string
  readonly packName: string
  readonly lot: string
  readonly madeOn: string | null
  readonly expiresOn: string | null
  readonly packs: number | null
  readonly packSizeBase: number
  readonly countedBase: number
  readonly acceptedBase: number
  readonly rejectedBase: number
  readonly rejectReason: string
}

export function getDelivery(
  db: Reader,
  postingSeq: number,
): { head: DeliveryHeadRecord; lines: DeliveryLineRecord[] } | undefined {
  const head = get<DeliveryHeadRecord>(db, `${headSql} WHERE d.posting_seq = ? GROUP BY d.posting_seq`, postingSeq)
  if (!head) return undefined
  const lines = all<DeliveryLineRecord>(
    db,
    `SELECT l.line, l.item_id AS itemId, i.code AS itemCode, i.name AS itemName, i.name_en AS itemNameEn,
       i.specification, CASE t.standard WHEN '' THEN i.standard ELSE t.standard END AS standard,
       i.base_unit AS baseUnit, i.pack_name AS packName, t.number AS lot, t.made_on AS madeOn,
       t.expires_on AS expiresOn, l.packs, l.pack_size_base AS packSizeBase, l.counted_base AS countedBase,
       l.accepted_base AS acceptedBase, l.rejected_base AS rejectedBase, l.reject_reason AS rejectReason
     FROM delivery_line l JOIN item i USING (item_id) JOIN lot t USING (lot_id) WHERE l.posting_seq = ? ORDER BY l.line`,
    postingSeq,
  )
  return { head, lines }
}

/** The lots of which a delivery brought something. */
export function lotsOfDelivery(db: Reader, postingSeq: number): number[] {
  return all<{ lotId: number }>(
    db,
    'SELECT DISTINCT lot_id AS lotId FROM delivery_line WHERE posting_seq = ? AND accepted_base > 0 ORDER BY lot_id',
    postingSeq,
  ).map((row) => row.lotId)
}
