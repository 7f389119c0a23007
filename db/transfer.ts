import type { Stamp } from './audit.ts'
import { appendPosting } from './ledger.ts'
import { nextNumber } from './numbering.ts'
import { virtualPlaceIds } from './place.ts'
import { all, get, type Reader, run, type Writer } from './statement.ts'

const transitPlaceId = virtualPlaceIds.transit

export type TransferHead = {
  readonly transferId: number
  readonly number: string
  readonly state: 'in-transit' | 'received'
  readonly fromId: number
  readonly fromName: string
  readonly fromNameEn: string
  readonly toId: number
  readonly toName: string
  readonly toNameEn: string
  readonly note: string
  readonly sentOn: string
  readonly receivedOn: string | null
}
export type TransferLine = {
  readonly lotId: number
  readonly lot: string
  readonly itemId: number
  readonly itemCode: string
  readonly itemName: string
  readonly itemNameEn: string
  readonly baseUnit: string
  readonly expiresOn: string | null
  readonly quantityBase: number
}
export type TransferRecord = TransferHead & { readonly lines: TransferLine[] }

const headSql = `SELECT x.transfer_id AS transferId, x.number, x.state, x.from_id AS fromId, a.name AS fromName,
    a.name_en AS fromNameEn, x.to_id AS toId, b.name AS toName, b.name_en AS toNameEn, x.note, g.business_date AS sentOn,
    r.business_date AS receivedOn
  FROM transfer x JOIN place a ON a.place_id = x.from_id JOIN place b ON b.place_id = x.to_id
    JOIN posting g ON g.posting_seq = x.sent_seq LEFT JOIN posting r ON r.posting_seq = x.received_seq`

function withLines(db: Reader, head: TransferHead): TransferRecord {
  const lines = all<TransferLine>(
    db,
    `SELECT m.lot_id AS lotId, t.number AS lot, m.item_id AS itemId, i.code AS itemCode, i.name AS itemName,
       i.name_en AS itemNameEn, i.base_unit AS baseUnit, t.expires_on AS expiresOn, sum(m.quantity_base) AS quantityBase
     FROM transfer x JOIN movement m ON m.posting_seq = x.sent_seq JOIN lot t USING (lot_id) JOIN item i ON i.item_id = m.item_id
     WHERE x.transfer_id = ? GROUP BY m.lot_id ORDER BY i.code, m.lot_id`,
    head.transferId,
  )
  return { ...head, lines }
}

export function listTransfers(db: Reader, openOnly: boolean): TransferRecord[] {
  return all<TransferHead>(
    db,
    `${headSql} WHERE :openOnly = 0 OR x.state = 'in-transit' ORDER BY x.transfer_id DESC LIMIT 1000`,
    { openOnly: openOnly ? 1 : 0 },
  ).map((head) => withLines(db, head))
}

export function getTransfer(db: Reader, transferId: number): TransferRecord | undefined {
  const head = get<TransferHead>(db, `${headSql} WHERE x.transfer_id = ?`, transferId)
  return head && withLines(db, head)
}

export function sendTransfer(
  db: Writer,
  stamp: Stamp,
  asked: {
    readonly postingId: string
    readonly fromId: number
    readonly toId: number
    readonly businessDate: string
    readonly note: string
    readonly lines: readonly { readonly lotId: number; readonly itemId: number; readonly quantityBase: number }[]
  },
): number {
  const transferId =
    get<{ next: number }>(db, 'SELECT ifnull(max(transfer_id), 0) + 1 AS next FROM transfer')?.next ?? 1
  const number = nextNumber(db, 'transfer', asked.businessDate)
  const { postingSeq } = appendPosting(db, {
    postingId: asked.postingId,
    kind: 'transfer',
    number,
    businessDate: asked.businessDate,
    at: stamp.at,
    personId: stamp.personId,
    detail: { transferId, fromId: asked.fromId, toId: asked.toId, reason: asked.note },
    movements: asked.lines.map((line) => ({ ...line, fromPlaceId: asked.fromId, toPlaceId: transitPlaceId })),
  })
  return run(
    db,
    "INSERT INTO transfer (transfer_id, number, from_id, to_id, state, note, sent_seq) VALUES (?, ?, ?, ?, 'in-transit', ?, ?)",
    transferId,
    number,
    asked.fromId,
    asked.toId,
    asked.note,
    postingSeq,
  ).lastInsertRowid
}

/** Into the other depot what arrived, to *lost* what did not. */
export function receiveTransfer(
  db: Writer,
  stamp: Stamp,
  transfer: TransferRecord,
  asked: {
    readonly postingId: string
    readonly businessDate: string
    readonly reason: string
    readonly received: ReadonlyMap<number, number>
  },
): void {
  const movements = transfer.lines.flatMap(({ lotId, itemId, quantityBase }) => {
    const arrived = asked.received.get(lotId) ?? quantityBase
    const base = { lotId, itemId, fromPlaceId: transitPlaceId }
    return [
      { ...base, toPlaceId: transfer.toId, quantityBase: arrived },
      { ...base, toPlaceId: virtualPlaceIds.lost, quantityBase: quantityBase - arrived },
    ].filter((movement) => movement.quantityBase > 0)
  })
  const { postingSeq } = appendPosting(db, {
    postingId: asked.postingId,
    kind: 'transfer',
    number: nextNumber(db, 'arrival', asked.businessDate),
    businessDate: asked.businessDate,
    at: stamp.at,
    personId: stamp.personId,
    detail: { transferId: transfer.transferId, reason: asked.reason },
    movements,
  })
  run(
    db,
    "UPDATE transfer SET state = 'received', received_seq = ? WHERE transfer_id = ?",
    postingSeq,
    transfer.transferId,
  )
}
