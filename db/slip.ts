import { recordAudit, type Stamp } from './audit.ts'
import { appendPosting, type DispatchDetail } from './ledger.ts'
import { nextNumber } from './numbering.ts'
import { all, get, type Reader, run, type Writer } from './statement.ts'

export type NewSlipLine = {
  readonly itemId: number
  readonly lotId: number
  readonly packs: number
  readonly packSizeBase: number
  readonly needBase: number
  /** The item it stands in for; null where it is itself. */
  readonly forItemId: number | null
}

/** Writes a slip with its lines and reserves their lots; the database refuses what isn't there (`balance_holds`). */
export function addSlip(
  db: Writer,
  stamp: Stamp,
  slip: {
    readonly roundId: number
    readonly unitId: number
    readonly depotId: number
    readonly lines: readonly NewSlipLine[]
  },
  businessDate: string,
): number {
  const slipId = run(
    db,
    "INSERT INTO slip (number, round_id, unit_id, depot_id, state, changed_at) VALUES (?, ?, ?, ?, 'approved', ?)",
    nextNumber(db, 'slip', businessDate),
    slip.roundId,
    slip.unitId,
    slip.depotId,
    stamp.at,
  ).lastInsertRowid
  slip.lines.forEach((line, index) => {
    const quantityBase = line.packs * line.packSizeBase
    run(
      db,
      `INSERT INTO slip_line (slip_id, line, item_id, lot_id, packs, pack_size_base, quantity_base, need_base,
         for_item_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      slipId,
      index + 1,
      line.itemId,
      line.lotId,
      line.packs,
      line.packSizeBase,
      quantityBase,
      line.needBase,
      line.forItemId,
    )
    run(
      db,
      'INSERT INTO reservation (slip_id, line, lot_id, place_id, quantity_base) VALUES (?, ?, ?, ?, ?)',
      slipId,
      index + 1,
      line.lotId,
      slip.depotId,
      quantityBase,
    )
  })
  return slipId
}

/** A line as a dispatch's posting holds it, by the names of `DispatchDetail`. */
export const dispatchLineColumns = `line, item_id AS itemId, lot_id AS lotId, packs, pack_size_base AS packSizeBase,
  quantity_base AS quantityBase, need_base AS needBase, picked_packs AS pickedPacks, for_item_id AS forItemId,
  replaces_line AS replacesLine`

/** Turns the slip's reservation into movements. The caller has checked that it is still open. */
export function dispatchSlip(
  db: Writer,
  stamp: Stamp,
  { slipId, unitId, depotId }: { readonly slipId: number; readonly unitId: number; readonly depotId: number },
  posting: { readonly postingId: string; readonly businessDate: string },
): number {
  const slip = { slipId, unitId, depotId }
  const head = get<{ number: string; roundId: number; roundHash: string }>(
    db,
    `SELECT s.number, s.round_id AS roundId, r.content_hash AS roundHash FROM slip s JOIN round r USING (round_id)
     WHERE s.slip_id = ?`,
    slip.slipId,
  )!
  const lines = all<DispatchDetail['lines'][number]>(
    db,
    `SELECT ${dispatchLineColumns} FROM slip_line WHERE slip_id = ? ORDER BY line`,
    slip.slipId,
  )
  run(db, 'DELETE FROM reservation WHERE slip_id = ?', slip.slipId)
  const detail: DispatchDetail = { ...slip, ...head, lines }
  const { postingSeq } = appendPosting(db, {
    postingId: posting.postingId,
    kind: 'dispatch',
    number: nextNumber(db, 'dispatch', posting.businessDate),
    businessDate: posting.businessDate,
    at: stamp.at,
    personId: stamp.personId,
    detail,
    movements: lines
      .map(({ lotId, itemId, packs, pickedPacks, packSizeBase }) => ({
        lotId,
        itemId,
        fromPlaceId: slip.depotId,
        toPlaceId: slip.unitId,
        quantityBase: (pickedPacks ?? packs) * packSizeBase,
      }))
      .filter((moved) => moved.quantityBase > 0),
  })
  run(
    db,
    "UPDATE slip SET state = 'dispatched', posting_seq = ?, changed_at = ? WHERE slip_id = ?",
    postingSeq,
    stamp.at,
    slip.slipId,
  )
  return postingSeq
}

/** Releases what the slip reserved. The caller has checked that it is still open. */
export function cancelSlip(db: Writer, stamp: Stamp, slipId: number): void {
  run(db, 'DELETE FROM reservation WHERE slip_id = ?', slipId)
  run(db, "UPDATE slip SET state = 'cancelled', changed_at = ? WHERE slip_id = ?", stamp.at, slipId)
  recordAudit(db, stamp, { action: 'cancel', subject: 'slip', subjectId: slipId, before: null, after: null })
}

export type SlipState = 'approved' | 'dispatched' | 'signed' | 'cancelled' | 'reversed'

export type SlipHeadRecord = {
  readonly slipId: number
  readonly number: string
  readonly state: SlipState
  readonly roundId: number
  readonly roundNumber: string
  readonly businessDate: string
  readonly unitId: number
  readonly unitCode: string
  readonly unitName: string
  readonly unitNameEn: string
  readonly town: string
  readonly unitKind: string
  readonly tier: number
  readonly address: string
  readonly contact: string
  readonly phone: string
  readonly route: string
  readonly depotId: number
  readonly depotName: string
  readonly depotNameEn: string
  readonly preparedBy: string
  readonly approvedBy: string
  readonly approvedAt: number
  readonly dispatchedAt: number | null
  readonly dispatchNumber: string | null
  readonly signedBy: string | null
  readonly signedOn: string | null
  readonly lines: number
  readonly packs: number
}

const headSql = `SELECT s.slip_id AS slipId, s.number, s.state, s.round_id AS roundId, r.number AS roundNumber,
    r.business_date AS businessDate, s.unit_id AS unitId, p.code AS unitCode, p.name AS unitName,
    p.name_en AS unitNameEn, p.town, u.unit_kind AS unitKind, u.tier, p.address, p.contact, p.phone, u.route,
    s.depot_id AS depotId, d.name AS depotName, d.name_en AS depotNameEn, w.name AS preparedBy, w.name AS approvedBy,
    r.approved_at AS approvedAt, g.at AS dispatchedAt, g.number AS dispatchNumber,
    n.signed_by AS signedBy, n.signed_on AS signedOn,
    (SELECT count(*) FROM slip_line l WHERE l.slip_id = s.slip_id) AS lines,
    (SELECT ifnull(sum(l.packs), 0) FROM slip_line l WHERE l.slip_id = s.slip_id) AS packs
  FROM slip s JOIN round r USING (round_id) JOIN unit u ON u.place_id = s.unit_id JOIN place p ON p.place_id = s.unit_id
    JOIN place d ON d.place_id = s.depot_id JOIN person w ON w.person_id = r.approved_by
    LEFT JOIN posting g ON g.posting_seq = s.posting_seq LEFT JOIN signature n ON n.slip_id = s.slip_id`

export function listSlips(
  db: Reader,
  filter: { readonly roundId: number | null; readonly state: SlipState | null; readonly limit: number },
): SlipHeadRecord[] {
  return all<SlipHeadRecord>(
    db,
    `${headSql} WHERE (:roundId IS NULL OR s.round_id = :roundId) AND (:state IS NULL OR s.state = :state)
     ORDER BY s.slip_id DESC LIMIT :limit`,
    filter,
  )
}

export function getSlip(db: Reader, slipId: number): SlipHeadRecord | undefined {
  return get<SlipHeadRecord>(db, `${headSql} WHERE s.slip_id = ?`, slipId)
}

export type SlipLineRecord = {
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
  readonly packs: number
  readonly packSizeBase: number
  readonly quantityBase: number
  readonly pickedPacks: number | null
  readonly needBase: number
  readonly substituteFor: string | null
  readonly substituteForEn: string | null
  readonly coverAfterMilliDays: number | null
  readonly coverBeforeMilliDays: number | null
  /** As the round stored them on approval; null where it has no such line. */
  readonly reason: string | null
  readonly rung: number | null
  readonly queuePacks: number | null
}

export function listSlipLines(db: Reader, slipId: number): SlipLineRecord[] {
  return all<SlipLineRecord>(
    db,
    `SELECT l.line, l.item_id AS itemId, i.code AS itemCode, i.name AS itemName, i.name_en AS itemNameEn,
       i.specification, CASE t.standard WHEN '' THEN i.standard ELSE t.standard END AS standard,
       i.base_unit AS baseUnit, i.pack_name AS packName, t.number AS lot, t.made_on AS madeOn,
       t.expires_on AS expiresOn, l.packs, l.pack_size_base AS packSizeBase, l.quantity_base AS quantityBase,
       l.picked_packs AS pickedPacks, l.need_base AS needBase, o.name AS substituteFor, o.name_en AS substituteForEn,
       CASE WHEN n.use_milli_per_day > 0
         THEN (n.stock_base + n.quantity_base) * 1000000 / n.use_milli_per_day END AS coverAfterMilliDays,
       CASE WHEN n.use_milli_per_day > 0
         THEN n.stock_base * 1000000 / n.use_milli_per_day END AS coverBeforeMilliDays,
       n.reason, n.rung, n.queue_packs AS queuePacks
     FROM slip_line l JOIN slip s USING (slip_id) JOIN item i USING (item_id) JOIN lot t USING (lot_id)
       LEFT JOIN round_line n ON n.round_id = s.round_id AND n.unit_id = s.unit_id AND n.item_id = ifnull(l.for_item_id, l.item_id)
       LEFT JOIN item o ON o.item_id = l.for_item_id
     WHERE l.slip_id = ? ORDER BY l.line`,
    slipId,
  )
}
