import type { SentLine } from '../core/stock-move.ts'
import type { Stamp } from './audit.ts'
import { all, get, type Reader, run, type Writer } from './statement.ts'

export type PickLine = {
  readonly line: number
  readonly itemId: number
  readonly lotId: number
  readonly packs: number
  readonly packSizeBase: number
  readonly pickedPacks: number | null
  readonly needBase: number
  readonly forItemId: number | null
}

export function listPickLines(db: Reader, slipId: number): PickLine[] {
  return all<PickLine>(
    db,
    `SELECT line, item_id AS itemId, lot_id AS lotId, packs, pack_size_base AS packSizeBase, picked_packs AS pickedPacks,
       need_base AS needBase, for_item_id AS forItemId FROM slip_line WHERE slip_id = ? ORDER BY line`,
    slipId,
  )
}

/** Notes what was picked of a line, and keeps reserved exactly that. */
export function setPicked(
  db: Writer,
  slip: { readonly slipId: number; readonly depotId: number },
  line: PickLine,
  pickedPacks: number,
): void {
  run(db, 'UPDATE slip_line SET picked_packs = ? WHERE slip_id = ? AND line = ?', pickedPacks, slip.slipId, line.line)
  run(db, 'DELETE FROM reservation WHERE slip_id = ? AND line = ?', slip.slipId, line.line)
  if (pickedPacks > 0) reserve(db, slip, line.line, line.lotId, pickedPacks * line.packSizeBase)
}

function reserve(
  db: Writer,
  slip: { readonly slipId: number; readonly depotId: number },
  line: number,
  lotId: number,
  quantityBase: number,
): void {
  run(
    db,
    'INSERT INTO reservation (slip_id, line, lot_id, place_id, quantity_base) VALUES (?, ?, ?, ?, ?)',
    slip.slipId,
    line,
    lotId,
    slip.depotId,
    quantityBase,
  )
}

/** A further line that fills a short one from another lot; it still has to be picked. */
export function addReplannedLine(
  db: Writer,
  slip: { readonly slipId: number; readonly depotId: number },
  short: PickLine,
  lotId: number,
  packs: number,
): void {
  const line = get<{ next: number }>(
    db,
    'SELECT max(line) + 1 AS next FROM slip_line WHERE slip_id = ?',
    slip.slipId,
  )!.next
  const quantityBase = packs * short.packSizeBase
  run(
    db,
    `INSERT INTO slip_line (slip_id, line, item_id, lot_id, packs, pack_size_base, quantity_base, need_base, for_item_id,
       replaces_line) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    slip.slipId,
    line,
    short.itemId,
    lotId,
    packs,
    short.packSizeBase,
    quantityBase,
    short.needBase,
    short.forItemId,
    short.line,
  )
  reserve(db, slip, line, lotId, quantityBase)
}

/** Free lots of an item at a depot, first-expiry first; without expired or held ones, or those that came up short. */
export function listFreeLots(
  db: Reader,
  asked: {
    readonly itemId: number
    readonly depotId: number
    readonly today: string
    readonly without: readonly number[]
  },
): { lotId: number; freeBase: number }[] {
  return all(
    db,
    `SELECT b.lot_id AS lotId, b.on_hand - b.reserved AS freeBase FROM balance b JOIN lot t USING (lot_id)
     WHERE b.item_id = ? AND b.place_id = ? AND b.on_hand > b.reserved AND t.hold = 0
       AND (t.expires_on IS NULL OR t.expires_on >= ?) AND b.lot_id NOT IN (SELECT value FROM json_each(?))
     ORDER BY t.expires_on IS NULL, t.expires_on, b.lot_id`,
    asked.itemId,
    asked.depotId,
    asked.today,
    JSON.stringify(asked.without),
  )
}

/** What left the depot on a slip, by its lines. */
export function listSentLines(db: Reader, slipId: number): SentLine[] {
  return all<SentLine>(
    db,
    `SELECT l.line, l.lot_id AS lotId, l.item_id AS itemId, i.name AS itemName,
       ifnull(l.picked_packs, l.packs) * l.pack_size_base AS sentBase
     FROM slip_line l JOIN item i USING (item_id) WHERE l.slip_id = ? AND ifnull(l.picked_packs, l.packs) > 0 ORDER BY l.line`,
    slipId,
  )
}

export function addSignature(
  db: Writer,
  stamp: Stamp,
  row: {
    readonly slipId: number
    readonly signedBy: string
    readonly signedOn: string
    readonly note: string
    readonly postingSeq: number
  },
): void {
  run(
    db,
    `INSERT INTO signature (slip_id, signed_by, signed_on, note, posting_seq, at, person_id) VALUES (?, ?, ?, ?, ?, ?, ?)`,
    row.slipId,
    row.signedBy,
    row.signedOn,
    row.note,
    row.postingSeq,
    stamp.at,
    stamp.personId,
  )
  run(db, "UPDATE slip SET state = 'signed', changed_at = ? WHERE slip_id = ?", stamp.at, row.slipId)
}

export function markSlipReversed(db: Writer, stamp: Stamp, slipId: number): void {
  run(db, "UPDATE slip SET state = 'reversed', changed_at = ? WHERE slip_id = ?", stamp.at, slipId)
}

export function findSlipByNumber(db: Reader, number: string): number | undefined {
  return get<{ slipId: number }>(db, 'SELECT slip_id AS slipId FROM slip WHERE number = ?', number)?.slipId
}

/** Dispatched up to that day and not signed, the oldest first. */
export function listUnsigned(db: Reader, upTo: string, limit: number) {
  return all<{ slipId: number; number: string; unitName: string; unitNameEn: string; dispatchedOn: string }>(
    db,
    `SELECT s.slip_id AS slipId, s.number, p.name AS unitName, p.name_en AS unitNameEn, g.business_date AS dispatchedOn
     FROM slip s JOIN posting g USING (posting_seq) JOIN place p ON p.place_id = s.unit_id
     WHERE s.state = 'dispatched' AND g.business_date <= ? ORDER BY g.business_date, s.slip_id LIMIT ?`,
    upTo,
    limit,
  )
}
