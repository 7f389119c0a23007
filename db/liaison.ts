import { recordAudit, type Stamp } from './audit.ts'
import { all, get, type Reader, run, type Writer } from './statement.ts'

export type BlockerKind = 'raw-material' | 'machine' | 'labour' | 'transport' | 'other'
export type BlockerRecord = {
  readonly blockerId: number
  readonly supplierId: number
  readonly itemId: number | null
  readonly kind: BlockerKind
  readonly note: string
  readonly since: number
  readonly person: string
  readonly resolvedAt: number | null
}

const blockerSql = `SELECT b.blocker_id AS blockerId, b.place_id AS supplierId, b.item_id AS itemId, b.kind, b.note, b.since,
    w.name AS person, b.resolved_at AS resolvedAt FROM blocker b JOIN person w USING (person_id)`

export const listOpenBlockers = (db: Reader) =>
  all<BlockerRecord>(db, `${blockerSql} WHERE b.resolved_at IS NULL ORDER BY b.blocker_id`)

export const getBlocker = (db: Reader, blockerId: number) =>
  get<BlockerRecord>(db, `${blockerSql} WHERE b.blocker_id = ?`, blockerId)

export function addBlocker(
  db: Writer,
  stamp: Stamp,
  row: { readonly supplierId: number; readonly itemId: number | null; readonly kind: string; readonly note: string },
): number {
  return run(
    db,
    'INSERT INTO blocker (place_id, item_id, kind, note, since, person_id) VALUES (?, ?, ?, ?, ?, ?)',
    row.supplierId,
    row.itemId,
    row.kind,
    row.note,
    stamp.at,
    stamp.personId,
  ).lastInsertRowid
}

export function resolveBlocker(db: Writer, stamp: Stamp, blockerId: number): void {
  run(
    db,
    'UPDATE blocker SET resolved_at = ?, resolved_by = ? WHERE blocker_id = ?',
    stamp.at,
    stamp.personId,
    blockerId,
  )
}

export type CallRecord = {
  readonly callSeq: number
  readonly supplierId: number
  readonly itemId: number | null
  readonly spokeWith: string
  readonly note: string
  readonly nextOn: string | null
  readonly nextWith: string
  readonly at: number
  readonly person: string
}

const callSql = `SELECT c.call_seq AS callSeq, c.place_id AS supplierId, c.item_id AS itemId, c.spoke_with AS spokeWith, c.note,
    c.next_on AS nextOn, c.next_with AS nextWith, c.at, w.name AS person FROM call_log c JOIN person w USING (person_id)`

export function listCalls(db: Reader, supplierId: number | null, limit: number): CallRecord[] {
  return all<CallRecord>(
    db,
    `${callSql} WHERE (:supplierId IS NULL OR c.place_id = :supplierId) ORDER BY c.call_seq DESC LIMIT :limit`,
    { supplierId, limit },
  )
}

/** The newest call of each supplier. */
export const listLastCalls = (db: Reader) =>
  all<CallRecord>(db, `${callSql} WHERE c.call_seq IN (SELECT max(call_seq) FROM call_log GROUP BY place_id)`)

export const getCall = (db: Reader, callSeq: number) => get<CallRecord>(db, `${callSql} WHERE c.call_seq = ?`, callSeq)

export function addCall(db: Writer, stamp: Stamp, row: Omit<CallRecord, 'callSeq' | 'at' | 'person'>): number {
  return run(
    db,
    `INSERT INTO call_log (place_id, item_id, spoke_with, note, next_on, next_with, at, person_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    row.supplierId,
    row.itemId,
    row.spokeWith,
    row.note,
    row.nextOn,
    row.nextWith,
    stamp.at,
    stamp.personId,
  ).lastInsertRowid
}

export type SupplierDetail = {
  readonly contacts: readonly { readonly name: string; readonly post: string; readonly phone: string }[]
  readonly licences: readonly {
    readonly itemId: number | null
    readonly number: string
    readonly standard: string
    readonly validUntil: string | null
  }[]
}

export function getSupplierDetail(db: Reader, placeId: number): SupplierDetail {
  return {
    contacts: all(db, 'SELECT name, post, phone FROM supplier_contact WHERE place_id = ? ORDER BY contact_id', placeId),
    licences: all(
      db,
      `SELECT item_id AS itemId, number, standard, valid_until AS validUntil FROM supplier_licence
       WHERE place_id = ? ORDER BY licence_id`,
      placeId,
    ),
  }
}

export function saveSupplierDetail(db: Writer, stamp: Stamp, placeId: number, detail: SupplierDetail): void {
  const before = getSupplierDetail(db, placeId)
  run(db, 'DELETE FROM supplier_contact WHERE place_id = ?', placeId)
  run(db, 'DELETE FROM supplier_licence WHERE place_id = ?', placeId)
  for (const { name, post, phone } of detail.contacts) {
    run(
      db,
      'INSERT INTO supplier_contact (place_id, name, post, phone) VALUES (?, ?, ?, ?)',
      placeId,
      name,
      post,
      phone,
    )
  }
  for (const { itemId, number, standard, validUntil } of detail.licences) {
    run(
      db,
      'INSERT INTO supplier_licence (place_id, item_id, number, standard, valid_until) VALUES (?, ?, ?, ?, ?)',
      placeId,
      itemId,
      number,
      standard,
      validUntil,
    )
  }
  recordAudit(db, stamp, { action: 'change', subject: 'supplier detail', subjectId: placeId, before, after: detail })
}

/** By supplier and item: what stands on the board besides capacity, blockers and calls. */
export type BoardFigures = {
  readonly supplierId: number
  readonly itemId: number
  readonly promisedTodayBase: number
  readonly promisedWeekBase: number
  readonly gapBase: number
  readonly lateSince: string | null
  readonly nextDueOn: string | null
}

const owed = `SELECT c.*, c.quantity_base -
    (SELECT ifnull(sum(f.quantity_base), 0) FROM fulfilment f WHERE f.commitment_id = c.commitment_id) AS owed FROM commitment c`

export function readPromised(db: Reader, today: string, weekEnd: string): BoardFigures[] {
  return all<BoardFigures>(
    db,
    `SELECT supplier_id AS supplierId, item_id AS itemId,
       sum(CASE WHEN due_on = :today THEN quantity_base ELSE 0 END) AS promisedTodayBase,
       sum(CASE WHEN due_on BETWEEN :today AND :weekEnd THEN quantity_base ELSE 0 END) AS promisedWeekBase,
       sum(CASE WHEN due_on <= :today AND owed > 0 THEN owed ELSE 0 END) AS gapBase,
       min(CASE WHEN due_on <= :today AND owed > 0 THEN due_on END) AS lateSince,
       min(CASE WHEN due_on >= :today AND owed > 0 THEN due_on END) AS nextDueOn
     FROM (${owed}) WHERE closed_at IS NULL GROUP BY supplier_id, item_id`,
    { today, weekEnd },
  )
}

/** Accepted pieces by supplier and item. */
export function readDelivered(db: Reader, from: string, today: string) {
  return all<{ supplierId: number; itemId: number; deliveredTodayBase: number; deliveredWeekBase: number }>(
    db,
    `SELECT d.supplier_id AS supplierId, l.item_id AS itemId,
       sum(CASE WHEN g.business_date = :today THEN l.accepted_base ELSE 0 END) AS deliveredTodayBase,
       sum(l.accepted_base) AS deliveredWeekBase
     FROM posting g JOIN delivery d USING (posting_seq) JOIN delivery_line l USING (posting_seq)
     WHERE g.business_date BETWEEN :from AND :today GROUP BY d.supplier_id, l.item_id`,
    { from, today },
  )
}

/** Delivered of what was promised for those days by supplier and item, in percent, at most 100. */
export function readItemFulfilment(db: Reader, from: string, to: string): Map<string, number> {
  const rows = all<{ supplierId: number; itemId: number; promised: number; delivered: number }>(
    db,
    `SELECT supplier_id AS supplierId, item_id AS itemId, sum(quantity_base) AS promised, sum(quantity_base - owed) AS delivered
     FROM (${owed}) WHERE due_on BETWEEN ? AND ? GROUP BY supplier_id, item_id`,
    from,
    to,
  )
  return new Map(
    rows.map((row) => [
      `${row.supplierId}/${row.itemId}`,
      Math.floor((Math.min(row.promised, row.delivered) * 100) / row.promised),
    ]),
  )
}

export function readLiaisonDays(
  db: Reader,
  filter: {
    readonly supplierId: number | null
    readonly itemId: number | null
    readonly from: string
    readonly to: string
  },
): { day: string; promisedBase: number; deliveredBase: number }[] {
  return all(
    db,
    `SELECT day, sum(promised) AS promisedBase, sum(delivered) AS deliveredBase FROM (
       SELECT due_on AS day, quantity_base AS promised, 0 AS delivered FROM commitment
         WHERE due_on BETWEEN :from AND :to AND (:supplierId IS NULL OR supplier_id = :supplierId)
           AND (:itemId IS NULL OR item_id = :itemId)
       UNION ALL
       SELECT g.business_date, 0, l.accepted_base
         FROM posting g JOIN delivery d USING (posting_seq) JOIN delivery_line l USING (posting_seq)
         WHERE g.business_date BETWEEN :from AND :to AND (:supplierId IS NULL OR d.supplier_id = :supplierId)
           AND (:itemId IS NULL OR l.item_id = :itemId))
     GROUP BY day ORDER BY day`,
    filter,
  )
}

export type FulfilmentLine = {
  readonly postingSeq: number
  readonly line: number
  readonly number: string
  readonly businessDate: string
  readonly acceptedBase: number
  readonly quantityBase: number
  readonly freeBase: number
}

/** Delivery lines of the commitment's supplier and item: what each gives to it, and what each has left for it. */
export function listFulfilment(db: Reader, commitmentId: number): FulfilmentLine[] {
  return all<FulfilmentLine>(
    db,
    `SELECT l.posting_seq AS postingSeq, l.line, g.number, g.business_date AS businessDate, l.accepted_base AS acceptedBase,
       ifnull(f.quantity_base, 0) AS quantityBase,
       l.accepted_base - (SELECT ifnull(sum(x.quantity_base), 0) FROM fulfilment x
         WHERE x.posting_seq = l.posting_seq AND x.line = l.line) AS freeBase
     FROM commitment c JOIN delivery d ON d.supplier_id = c.supplier_id JOIN posting g USING (posting_seq)
       JOIN delivery_line l ON l.posting_seq = d.posting_seq AND l.item_id = c.item_id
       LEFT JOIN fulfilment f ON f.commitment_id = c.commitment_id AND f.posting_seq = l.posting_seq AND f.line = l.line
     WHERE c.commitment_id = ? AND l.accepted_base > 0
     ORDER BY l.posting_seq DESC LIMIT 500`,
    commitmentId,
  )
}

/** Sets by hand what a delivery line gives to a commitment; 0 takes it away. */
export function setFulfilment(
  db: Writer,
  stamp: Stamp,
  row: {
    readonly commitmentId: number
    readonly postingSeq: number
    readonly line: number
    readonly quantityBase: number
  },
): void {
  const { commitmentId, postingSeq, line, quantityBase } = row
  run(
    db,
    'DELETE FROM fulfilment WHERE commitment_id = ? AND posting_seq = ? AND line = ?',
    commitmentId,
    postingSeq,
    line,
  )
  if (quantityBase > 0) {
    run(
      db,
      'INSERT INTO fulfilment (commitment_id, posting_seq, line, quantity_base) VALUES (?, ?, ?, ?)',
      commitmentId,
      postingSeq,
      line,
      quantityBase,
    )
  }
  recordAudit(db, stamp, { action: 'change', subject: 'fulfilment', subjectId: commitmentId, before: null, after: row })
}

/** What a corrected delivery gave to commitments is owed again. */
export function removeFulfilmentOf(db: Writer, stamp: Stamp, postingSeq: number): void {
  const before = all(db, 'SELECT * FROM fulfilment WHERE posting_seq = ?', postingSeq)
  run(db, 'DELETE FROM fulfilment WHERE posting_seq = ?', postingSeq)
  recordAudit(db, stamp, {
    action: 'change',
    subject: 'fulfilment of delivery',
    subjectId: postingSeq,
    before,
    after: [],
  })
}
