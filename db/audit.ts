import { createHash } from 'node:crypto'
import { canonicalJson } from './canonical.ts'
import { get, type Reader, run, type Writer } from './statement.ts'

/** Who writes and when: handed through every write, never fetched. */
export type Stamp = { readonly at: number; readonly personId: number }

/** An audit entry as it is stored; `before` and `after` are canonical JSON. */
export type AuditEntry = {
  readonly auditSeq: number
  readonly at: number
  readonly personId: number
  readonly action: string
  readonly subject: string
  readonly subjectId: number | null
  readonly before: string | null
  readonly after: string | null
}

/** What the first entry names as its predecessor. */
export const openingAuditHash: string = '0'.repeat(64)

/** The journal is a chain of its own, as the ledger is: an entry that is changed or taken away breaks it. */
export function hashAudit(previousHash: string, entry: AuditEntry): string {
  const { auditSeq, at, personId, action, subject, subjectId, before, after } = entry
  const content = JSON.stringify([
    'frontstock-audit/1',
    auditSeq,
    at,
    personId,
    action,
    subject,
    subjectId,
    before,
    after,
  ])
  return createHash('sha256').update(`${previousHash}\n${content}`).digest('hex')
}

/** Notes a change of a row that isn't in the ledger. `before` is null for a new row. */
export function recordAudit(
  db: Writer,
  stamp: Stamp,
  row: {
    readonly action: string
    readonly subject: string
    readonly subjectId: number | null
    readonly before: unknown
    readonly after: unknown
  },
): void {
  const newest = newestAudit(db)
  const { action, subject, subjectId } = row
  const textOf = (value: unknown) => (value === null || value === undefined ? null : canonicalJson(value))
  const entry: AuditEntry = {
    auditSeq: newest.auditSeq + 1,
    at: stamp.at,
    personId: stamp.personId,
    action,
    subject,
    subjectId,
    before: textOf(row.before),
    after: textOf(row.after),
  }
  run(
    db,
    `INSERT INTO audit (audit_seq, at, person_id, action, subject, subject_id, before, after, hash)
     VALUES (:auditSeq, :at, :personId, :action, :subject, :subjectId, :before, :after, :hash)`,
    { ...entry, hash: hashAudit(newest.hash, entry) },
  )
}

function newestAudit(db: Reader): { auditSeq: number; hash: string } {
  return (
    get<{ auditSeq: number; hash: string }>(
      db,
      'SELECT audit_seq AS auditSeq, hash FROM audit ORDER BY audit_seq DESC LIMIT 1',
    ) ?? { auditSeq: 0, hash: openingAuditHash }
  )
}
