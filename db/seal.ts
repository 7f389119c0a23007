import { createHash } from 'node:crypto'
import { recordAudit, type Stamp } from './audit.ts'
import { canonicalJson } from './canonical.ts'
import { hashRound } from './round-seal.ts'
import { all, get, type Reader, run, type Writer } from './statement.ts'
import { readStocktakeDetail } from './stocktake.ts'

/**
 * Work that is in no posting: stocktakes that are open or were cancelled, what was picked of a slip before it goes, holds,
 * rounds before their first dispatch. After each change the hash of all that the document says goes into the journal,
 * whose chain covers it; `verify` puts the document together again and compares.
 */
export type SealedSubject = 'round' | 'slip' | 'stocktake' | 'hold'

export function sealDocument(db: Writer, stamp: Stamp, subject: SealedSubject, subjectId: number): void {
  const after = { hash: hashDocument(db, subject, subjectId) }
  recordAudit(db, stamp, { action: 'seal', subject, subjectId, before: null, after })
}

/** Once all of a round is written. Each dispatch names the hash in its posting as well. */
export function sealRound(db: Writer, stamp: Stamp, roundId: number): void {
  run(db, 'UPDATE round SET content_hash = ? WHERE round_id = ?', hashRound(db, roundId), roundId)
  sealDocument(db, stamp, 'round', roundId)
}

/** Hex sha256 over all that the document's rows say. */
export function hashDocument(db: Reader, subject: SealedSubject, subjectId: number): string {
  // A round's slips and its state go on; hashRound knows which rows are as they were approved.
  if (subject === 'round') return hashRound(db, subjectId)
  const content = canonicalJson(contents[subject](db, subjectId))
  return createHash('sha256').update(`frontstock-${subject}/1\n${content}`).digest('hex')
}

const contents = {
  slip: (db: Reader, slipId: number) =>
    all(
      db,
      `SELECT line, item_id, lot_id, packs, pack_size_base, quantity_base, need_base, picked_packs, for_item_id, replaces_line
       FROM slip_line WHERE slip_id = ? ORDER BY line`,
      slipId,
    ),
  stocktake: (db: Reader, stocktakeId: number) => ({
    ...readStocktakeDetail(db, stocktakeId),
    ...get<{ state: string; closedAt: number | null; closedBy: number | null }>(
      db,
      'SELECT state, closed_at AS closedAt, closed_by AS closedBy FROM stocktake WHERE stocktake_id = ?',
      stocktakeId,
    ),
  }),
  hold: (db: Reader, holdId: number) => get(db, 'SELECT * FROM lot_hold WHERE hold_id = ?', holdId) ?? null,
} as const

/** The hash of the newest seal in the journal, or undefined when it was never sealed. */
export function findSeal(db: Reader, subject: SealedSubject, subjectId: number): string | undefined {
  return get<{ hash: string }>(
    db,
    `SELECT json_extract(after, '$.hash') AS hash FROM audit WHERE subject = ? AND subject_id = ? AND action = 'seal'
     ORDER BY audit_seq DESC LIMIT 1`,
    subject,
    subjectId,
  )?.hash
}
