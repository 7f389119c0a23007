import { canonicalJson } from './canonical.ts'
import type { DispatchDetail } from './ledger.ts'
import { hashRound } from './round-seal.ts'
import { dispatchLineColumns } from './slip.ts'
import { all, each, get, type Reader } from './statement.ts'
import { readStocktakeDetail } from './stocktake.ts'
import { type Difference, difference } from './verify-ledger.ts'

/**
 * The documents that have rows of their own beside the ledger. What their postings say is under the chain's hash, so each
 * row is put together again from its tables and compared with that. Rounds have a seal, which each dispatch names.
 * Work that is in no posting (a stocktake that is open, what was picked of a slip that was cancelled) has a seal in the
 * journal: verify-seals.ts.
 */
export function checkDocuments(db: Reader): Difference | null {
  return (
    checkRounds(db) ??
    checkSlipRows(db) ??
    checkSignatures(db) ??
    checkTransfers(db) ??
    checkStocktakes(db) ??
    checkHolds(db) ??
    checkNamed(db)
  )
}

type Fields = Readonly<Record<string, unknown>>

/** The first field in which the two are not the same; both have the same fields where all is well. */
function firstApart(name: string, subject: string, expected: Fields, found: Fields): Difference | null {
  for (const field of new Set([...Object.keys(expected), ...Object.keys(found)])) {
    const [a, b] = [canonicalJson(expected[field] ?? null), canonicalJson(found[field] ?? null)]
    if (a !== b) return difference(`${name}-${field}`, subject, shorten(a), shorten(b))
  }
  return null
}
const shorten = (text: string): string => (text.length > 80 ? `${text.slice(0, 80)}…` : text)

type PostingFacts = { kind: string; number: string; businessDate: string; at: number; personId: number; detail: string }
const findPosting = (db: Reader, postingSeq: number | null): PostingFacts | undefined =>
  postingSeq === null
    ? undefined
    : get<PostingFacts>(
        db,
        `SELECT kind, number, business_date AS businessDate, at, person_id AS personId, detail FROM posting
         WHERE posting_seq = ?`,
        postingSeq,
      )

const wasCancelled = (db: Reader, subject: 'slip' | 'round', id: number) =>
  get<{ at: number; personId: number }>(
    db,
    `SELECT at, person_id AS personId FROM audit WHERE subject = ? AND subject_id = ? AND action = 'cancel'
     ORDER BY audit_seq DESC LIMIT 1`,
    subject,
    id,
  )

function checkRounds(db: Reader): Difference | null {
  const rounds = each<{
    roundId: number
    number: string
    state: string
    contentHash: string
    cancelledAt: number | null
    cancelledBy: number | null
  }>(
    db,
    `SELECT round_id AS roundId, number, state, content_hash AS contentHash, cancelled_at AS cancelledAt,
       cancelled_by AS cancelledBy FROM round ORDER BY round_id`,
  )
  for (const row of rounds) {
    const subject = `round ${row.number}`
    const hash = hashRound(db, row.roundId)
    if (hash !== row.contentHash) return difference('round-hash', subject, hash, row.contentHash)
    const cancelled = wasCancelled(db, 'round', row.roundId)
    const found = firstApart(
      'round',
      subject,
      {
        state: cancelled ? 'cancelled' : 'approved',
        cancelledAt: cancelled?.at ?? null,
        cancelledBy: cancelled?.personId ?? null,
      },
      { state: row.state, cancelledAt: row.cancelledAt, cancelledBy: row.cancelledBy },
    )
    if (found) return found
  }
  return null
}

type SlipRow = {
  slipId: number
  number: string
  roundId: number
  roundHash: string
  approvedAt: number
  unitId: number
  depotId: number
  state: string
  postingSeq: number | null
  changedAt: number
  signedAt: number | null
  correctedAt: number | null
}

function checkSlipRows(db: Reader): Difference | null {
  const slips = each<SlipRow>(
    db,
    `SELECT s.slip_id AS slipId, s.number, s.round_id AS roundId, r.content_hash AS roundHash, r.approved_at AS approvedAt,
       s.unit_id AS unitId, s.depot_id AS depotId, s.state, s.posting_seq AS postingSeq, s.changed_at AS changedAt,
       n.at AS signedAt, c.at AS correctedAt
     FROM slip s JOIN round r USING (round_id) LEFT JOIN signature n USING (slip_id)
       LEFT JOIN posting c ON c.corrects_seq = s.posting_seq ORDER BY s.slip_id`,
  )
  for (const row of slips) {
    const subject = `slip ${row.number}`
    const lines = all<DispatchDetail['lines'][number]>(
      db,
      `SELECT ${dispatchLineColumns} FROM slip_line WHERE slip_id = ? ORDER BY line`,
      row.slipId,
    )
    const posting = findPosting(db, row.postingSeq)
    if (posting) {
      const { slipId, number, roundId, roundHash, unitId, depotId } = row
      const stored = { slipId, number, roundId, roundHash, unitId, depotId, lines }
      const found = firstApart('slip', subject, JSON.parse(posting.detail) as Fields, stored)
      if (found) return found
    }
    const strayed = lines.find(({ replacesLine, needBase }) => {
      if (replacesLine === null) return false
      return lines.find((other) => other.line === replacesLine)?.needBase !== needBase
    })
    if (strayed) return difference('slip-line', `${subject} line ${strayed.line}`, 'as the line it fills', 'other need')
    const { state, changedAt } = stateOf(db, row, posting)
    const found = firstApart('slip', subject, { state, changedAt }, { state: row.state, changedAt: row.changedAt })
    if (found) return found
  }
  return null
}

/** The state that a slip must be in by what was posted, signed, corrected and cancelled, and since when. */
function stateOf(db: Reader, row: SlipRow, posting: PostingFacts | undefined): { state: string; changedAt: number } {
  if (posting && row.correctedAt !== null) return { state: 'reversed', changedAt: row.correctedAt }
  if (posting && row.signedAt !== null) return { state: 'signed', changedAt: row.signedAt }
  if (posting) return { state: 'dispatched', changedAt: posting.at }
  const cancelled = wasCancelled(db, 'slip', row.slipId)
  return cancelled ? { state: 'cancelled', changedAt: cancelled.at } : { state: 'approved', changedAt: row.approvedAt }
}

function checkSignatures(db: Reader): Difference | null {
  const signatures = each<{
    slipId: number
    signedBy: string
    signedOn: string
    note: string
    postingSeq: number
    at: number
    personId: number
  }>(
    db,
    `SELECT slip_id AS slipId, signed_by AS signedBy, signed_on AS signedOn, note, posting_seq AS postingSeq, at,
       person_id AS personId FROM signature ORDER BY slip_id`,
  )
  for (const { postingSeq, ...row } of signatures) {
    const subject = `signature of slip ${row.slipId}`
    const posting = findPosting(db, postingSeq)
    if (posting?.kind !== 'signature') return difference('signature', subject, 'its posting', posting?.kind ?? null)
    const { slipId, signedBy, reason } = JSON.parse(posting.detail) as Fields
    const { at, personId, businessDate: signedOn } = posting
    const found = firstApart('signature', subject, { slipId, signedBy, signedOn, note: reason, at, personId }, row)
    if (found) return found
  }
  return null
}

function checkTransfers(db: Reader): Difference | null {
  const transfers = each<{
    transferId: number
    number: string
    fromId: number
    toId: number
    note: string
    sentSeq: number
    receivedSeq: number | null
  }>(
    db,
    `SELECT transfer_id AS transferId, number, from_id AS fromId, to_id AS toId, note, sent_seq AS sentSeq,
       received_seq AS receivedSeq FROM transfer ORDER BY transfer_id`,
  )
  for (const { sentSeq, receivedSeq, ...row } of transfers) {
    const subject = `transfer ${row.number}`
    const sent = findPosting(db, sentSeq)
    if (sent?.kind !== 'transfer') return difference('transfer', subject, 'its posting', sent?.kind ?? null)
    const { transferId, fromId, toId, reason } = JSON.parse(sent.detail) as Fields
    const found = firstApart('transfer', subject, { transferId, number: sent.number, fromId, toId, note: reason }, row)
    if (found) return found
    // That none is left out is checked from the postings' side: each that names a transfer is named by it.
    const arrival = findPosting(db, receivedSeq)
    const names = arrival && (JSON.parse(arrival.detail) as Fields).transferId
    if (receivedSeq !== null && (arrival?.kind !== 'transfer' || names !== row.transferId || receivedSeq === sentSeq)) {
      return difference('transfer-receivedSeq', subject, 'its arrival', receivedSeq)
    }
    const astray = get<{ line: number }>(
      db,
      `SELECT m.line FROM movement m JOIN place t ON t.place_id = m.to_place_id
       WHERE m.posting_seq = ? AND m.to_place_id <> ? AND t.kind <> 'lost' LIMIT 1`,
      receivedSeq,
      row.toId,
    )
    if (astray) return difference('transfer-arrival', `${subject} line ${astray.line}`, row.toId, 'another place')
  }
  return null
}

function checkStocktakes(db: Reader): Difference | null {
  const stocktakes = all<{
    stocktakeId: number
    number: string
    state: string
    postingSeq: number | null
    closedAt: number | null
    closedBy: number | null
  }>(
    db,
    `SELECT stocktake_id AS stocktakeId, number, state, posting_seq AS postingSeq, closed_at AS closedAt,
       closed_by AS closedBy FROM stocktake ORDER BY stocktake_id`,
  )
  for (const row of stocktakes) {
    if (row.postingSeq === null) continue
    const subject = `stocktake ${row.number}`
    const posting = findPosting(db, row.postingSeq)
    if (posting?.kind !== 'stocktake') return difference('stocktake', subject, 'its posting', posting?.kind ?? null)
    const found =
      firstApart(
        'stocktake',
        subject,
        JSON.parse(posting.detail) as Fields,
        readStocktakeDetail(db, row.stocktakeId),
      ) ??
      firstApart(
        'stocktake',
        subject,
        { state: 'posted', closedAt: posting.at, closedBy: posting.personId },
        { state: row.state, closedAt: row.closedAt, closedBy: row.closedBy },
      )
    if (found) return found
  }
  return null
}

function checkHolds(db: Reader): Difference | null {
  const lot = get<{ lotId: number; hold: number }>(
    db,
    `SELECT lot_id AS lotId, hold FROM lot WHERE hold <>
       EXISTS (SELECT 1 FROM lot_hold h WHERE h.lot_id = lot.lot_id AND h.closed_at IS NULL) ORDER BY lot_id LIMIT 1`,
  )
  if (lot) return difference('lot-hold', `lot ${lot.lotId}`, 1 - lot.hold, lot.hold)
  const rejected = each<{
    holdId: number
    lotId: number
    outcome: string | null
    closedAt: number | null
    closedBy: number | null
    note: string
    at: number
    personId: number
    reason: string
    movedLotId: number
  }>(
    db,
    `SELECT h.hold_id AS holdId, h.lot_id AS lotId, h.outcome, h.closed_at AS closedAt, h.closed_by AS closedBy,
       h.outcome_note AS note, g.at, g.person_id AS personId, json_extract(g.detail, '$.reason') AS reason,
       (SELECT min(m.lot_id) FROM movement m WHERE m.posting_seq = g.posting_seq) AS movedLotId
     FROM posting g JOIN lot_hold h ON h.hold_id = json_extract(g.detail, '$.holdId')
     WHERE g.kind = 'return' ORDER BY h.hold_id`,
  )
  for (const row of rejected) {
    const { lotId, outcome, closedAt, closedBy, note } = row
    const expected = {
      lotId: row.movedLotId,
      outcome: 'rejected',
      closedAt: row.at,
      closedBy: row.personId,
      note: row.reason,
    }
    const found = firstApart('hold', `hold ${row.holdId}`, expected, { lotId, outcome, closedAt, closedBy, note })
    if (found) return found
  }
  return null
}

/** A posting that names a document of its own is named by it: nobody can take the document away. */
function checkNamed(db: Reader): Difference | null {
  const documents = [
    ['signature', 'slipId', 'signature d WHERE d.slip_id = named.id AND d.posting_seq = named.seq'],
    [
      'transfer',
      'transferId',
      'transfer d WHERE d.transfer_id = named.id AND named.seq IN (d.sent_seq, d.received_seq)',
    ],
    ['stocktake', 'stocktakeId', 'stocktake d WHERE d.stocktake_id = named.id AND d.posting_seq = named.seq'],
    ['return', 'holdId', 'lot_hold d WHERE d.hold_id = named.id'],
  ] as const
  for (const [kind, field, row] of documents) {
    const stray = get<{ number: string }>(
      db,
      `SELECT number FROM (SELECT posting_seq AS seq, number, json_extract(detail, '$.${field}') AS id FROM posting
         WHERE kind = '${kind}') AS named WHERE id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM ${row}) ORDER BY seq LIMIT 1`,
    )
    if (stray) return difference(`${kind}-of-posting`, `posting ${stray.number}`, 'its document', null)
  }
  return null
}
