import { canonicalJson } from './canonical.ts'
import { run, type Writer } from './statement.ts'

/** Who writes and when: handed through every write, never fetched. */
export type Stamp = { readonly at: number; readonly personId: number }

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
  run(
    db,
    'INSERT INTO audit (at, person_id, action, subject, subject_id, before, after) VALUES (?, ?, ?, ?, ?, ?, ?)',
    stamp.at,
    stamp.personId,
    row.action,
    row.subject,
    row.subjectId,
    row.before === null || row.before === undefined ? null : canonicalJson(row.before),
    row.after === null || row.after === undefined ? null : canonicalJson(row.after),
  )
}
