import type { CommitmentFields } from '../core/commitment.ts'
import { recordAudit, type Stamp } from './audit.ts'
import { all, get, type Reader, run, type Writer } from './statement.ts'

export type CommitmentRecord = CommitmentFields & {
  readonly commitmentId: number
  readonly supplierId: number
  readonly itemId: number
  readonly deliveredBase: number
  readonly outstandingBase: number
  readonly closedAt: number | null
  readonly version: number
}

const selected = `SELECT commitment_id AS commitmentId, supplier_id AS supplierId, item_id AS itemId,
    quantity_base AS quantityBase, due_on AS dueOn, note, delivered AS deliveredBase,
    CASE WHEN closed_at IS NULL THEN quantity_base - delivered ELSE 0 END AS outstandingBase,
    closed_at AS closedAt, version
  FROM (SELECT c.*, (SELECT ifnull(sum(f.quantity_base), 0) FROM fulfilment f WHERE f.commitment_id = c.commitment_id)
    AS delivered FROM commitment c)`

/** Open: not closed and not yet delivered in full. */
export function listCommitments(db: Reader, supplierId: number | null, openOnly: boolean): CommitmentRecord[] {
  return all<CommitmentRecord>(
    db,
    `${selected} WHERE (:supplierId IS NULL OR supplier_id = :supplierId)
       AND (:openOnly = 0 OR (closed_at IS NULL AND delivered < quantity_base)) ORDER BY due_on, commitment_id`,
    { supplierId, openOnly: openOnly ? 1 : 0 },
  )
}

export function getCommitment(db: Reader, commitmentId: number): CommitmentRecord | undefined {
  return get<CommitmentRecord>(db, `${selected} WHERE commitment_id = ?`, commitmentId)
}

export function saveCommitment(
  db: Writer,
  stamp: Stamp,
  commitmentId: number | null,
  fields: CommitmentFields & { readonly supplierId: number; readonly itemId: number },
): number {
  const { supplierId, itemId, quantityBase, dueOn, note } = fields
  const values = { supplierId, itemId, quantityBase, dueOn, note }
  const before = commitmentId === null ? null : getCommitment(db, commitmentId)
  let saved = commitmentId
  if (saved === null) {
    saved = run(
      db,
      `INSERT INTO commitment (supplier_id, item_id, quantity_base, due_on, note)
       VALUES (:supplierId, :itemId, :quantityBase, :dueOn, :note)`,
      values,
    ).lastInsertRowid
  } else {
    run(
      db,
      `UPDATE commitment SET supplier_id = :supplierId, item_id = :itemId, quantity_base = :quantityBase,
         due_on = :dueOn, note = :note, version = version + 1 WHERE commitment_id = :saved`,
      { ...values, saved },
    )
  }
  const action = commitmentId === null ? 'add' : 'change'
  recordAudit(db, stamp, { action, subject: 'commitment', subjectId: saved, before, after: values })
  return saved
}

export function closeCommitment(db: Writer, stamp: Stamp, commitmentId: number, closed: boolean): void {
  run(
    db,
    'UPDATE commitment SET closed_at = ?, version = version + 1 WHERE commitment_id = ?',
    closed ? stamp.at : null,
    commitmentId,
  )
  const action = closed ? 'close' : 'reopen'
  recordAudit(db, stamp, { action, subject: 'commitment', subjectId: commitmentId, before: null, after: null })
}

export function addFulfilment(
  db: Writer,
  row: {
    readonly commitmentId: number
    readonly postingSeq: number
    readonly line: number
    readonly quantityBase: number
  },
): void {
  run(
    db,
    'INSERT INTO fulfilment (commitment_id, posting_seq, line, quantity_base) VALUES (?, ?, ?, ?)',
    row.commitmentId,
    row.postingSeq,
    row.line,
    row.quantityBase,
  )
}
