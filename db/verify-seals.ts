import { type AuditEntry, hashAudit, openingAuditHash } from './audit.ts'
import { findSeal, hashDocument, type SealedSubject } from './seal.ts'
import { each, get, type Reader } from './statement.ts'
import { type Difference, difference } from './verify-ledger.ts'

/** The journal's chain, and what stands under it: work that is in no posting (yet). */
export function checkSeals(db: Reader): Difference | null {
  return (
    walkAudit(db) ??
    // A slip that was never picked is as its round's seal says; one that has gone is in its posting.
    checkSealed(
      db,
      'slip',
      `SELECT s.slip_id AS id, s.number AS name FROM slip s WHERE s.posting_seq IS NULL AND (EXISTS (SELECT 1 FROM audit a
           WHERE a.subject = 'slip' AND a.subject_id = s.slip_id AND a.action = 'seal')
         OR EXISTS (SELECT 1 FROM slip_line l WHERE l.slip_id = s.slip_id
           AND (l.picked_packs IS NOT NULL OR l.replaces_line IS NOT NULL)))`,
    ) ??
    checkSealed(
      db,
      'stocktake',
      "SELECT stocktake_id AS id, number AS name FROM stocktake WHERE state <> 'posted' ORDER BY stocktake_id",
    ) ??
    checkSealed(db, 'hold', 'SELECT hold_id AS id, hold_id AS name FROM lot_hold ORDER BY hold_id') ??
    checkSealed(db, 'round', 'SELECT round_id AS id, number AS name FROM round ORDER BY round_id') ??
    checkNoneLost(db)
  )
}

function walkAudit(db: Reader): Difference | null {
  let previous = openingAuditHash
  let count = 0
  const entries = each<AuditEntry & { hash: string }>(
    db,
    `SELECT audit_seq AS auditSeq, at, person_id AS personId, action, subject, subject_id AS subjectId, before, after, hash
     FROM audit ORDER BY audit_seq`,
  )
  for (const { hash, ...entry } of entries) {
    count += 1
    const subject = `journal entry ${entry.auditSeq}`
    if (entry.auditSeq !== count) return difference('journal-sequence', subject, count, entry.auditSeq)
    const expected = hashAudit(previous, entry)
    if (expected !== hash) return difference('journal-hash', subject, expected, hash)
    previous = hash
  }
  const given = get<{ seq: number }>(db, "SELECT seq FROM sqlite_sequence WHERE name = 'audit'")?.seq ?? 0
  return given === count ? null : difference('journal-cut-off', 'last journal entry', given, count)
}

/** @param sql the documents that must be as their newest seal says: `id` and `name` */
function checkSealed(db: Reader, subject: SealedSubject, sql: string): Difference | null {
  for (const { id, name } of each<{ id: number; name: string | number }>(db, sql)) {
    const sealed = findSeal(db, subject, id)
    const found = hashDocument(db, subject, id)
    if (sealed !== found) return difference(`${subject}-seal`, `${subject} ${name}`, sealed ?? null, found)
  }
  return null
}

const tables = { round: 'round', slip: 'slip', stocktake: 'stocktake', hold: 'lot_hold' } as const
const ids = { round: 'round_id', slip: 'slip_id', stocktake: 'stocktake_id', hold: 'hold_id' } as const

/** What was sealed once is there: nobody can take a whole document away. */
function checkNoneLost(db: Reader): Difference | null {
  for (const subject of ['round', 'slip', 'stocktake', 'hold'] as const) {
    const lost = get<{ id: number }>(
      db,
      `SELECT subject_id AS id FROM audit WHERE subject = ? AND action = 'seal'
         AND subject_id NOT IN (SELECT ${ids[subject]} FROM ${tables[subject]}) LIMIT 1`,
      subject,
    )
    if (lost) return difference(`${subject}-lost`, `${subject} ${lost.id}`, 'there', null)
  }
  return null
}
