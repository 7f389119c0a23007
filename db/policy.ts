import type { PolicyFields } from '../core/policy.ts'
import { recordAudit, type Stamp } from './audit.ts'
import { all, get, type Reader, run, type Writer } from './statement.ts'

export type PolicyRecord = PolicyFields & {
  readonly policyId: number
  readonly used: boolean
  readonly archivedAt: number | null
  readonly version: number
}

type Row = Omit<PolicyRecord, 'rungs' | 'used' | 'nearExpiry'> & { rungs: string; used: number; nearExpiry: number }

const columns = `policy_id AS policyId, name, name_en AS nameEn, rounding, horizon_days AS horizonDays, rungs, used,
  rolling_days AS rollingDays, near_expiry AS nearExpiry,
  archived_at AS archivedAt, version`

const toRecord = (row: Row): PolicyRecord => ({
  ...row,
  rungs: JSON.parse(row.rungs) as PolicyFields['rungs'],
  used: row.used === 1,
  nearExpiry: row.nearExpiry === 1,
})

export function listPolicies(db: Reader, archived: boolean): PolicyRecord[] {
  return all<Row>(
    db,
    `SELECT ${columns} FROM policy WHERE (archived_at IS NOT NULL) = ? ORDER BY policy_id`,
    archived ? 1 : 0,
  ).map(toRecord)
}

export function getPolicy(db: Reader, policyId: number): PolicyRecord | undefined {
  const row = get<Row>(db, `SELECT ${columns} FROM policy WHERE policy_id = ?`, policyId)
  return row && toRecord(row)
}

export function getPolicyByName(db: Reader, name: string): PolicyRecord | undefined {
  const row = get<Row>(db, `SELECT ${columns} FROM policy WHERE name = ?`, name)
  return row && toRecord(row)
}

export function savePolicy(db: Writer, stamp: Stamp, policyId: number | null, fields: PolicyFields): number {
  const { name, nameEn, rounding, horizonDays, rollingDays } = fields
  const nearExpiry = fields.nearExpiry ? 1 : 0
  const values = { name, nameEn, rounding, horizonDays, rollingDays, nearExpiry, rungs: JSON.stringify(fields.rungs) }
  const before = policyId === null ? null : getPolicy(db, policyId)
  let saved = policyId
  if (saved === null) {
    saved = run(
      db,
      `INSERT INTO policy (name, name_en, rounding, horizon_days, rungs, rolling_days, near_expiry)
       VALUES (:name, :nameEn, :rounding, :horizonDays, :rungs, :rollingDays, :nearExpiry)`,
      values,
    ).lastInsertRowid
  } else {
    run(
      db,
      `UPDATE policy SET name = :name, name_en = :nameEn, rounding = :rounding, horizon_days = :horizonDays,
         rungs = :rungs, rolling_days = :rollingDays, near_expiry = :nearExpiry, version = version + 1 WHERE policy_id = :saved`,
      { ...values, saved },
    )
  }
  recordAudit(db, stamp, {
    action: policyId === null ? 'add' : 'change',
    subject: 'policy',
    subjectId: saved,
    before,
    after: values,
  })
  return saved
}

export function markPolicyUsed(db: Writer, policyId: number): void {
  run(db, 'UPDATE policy SET used = 1 WHERE policy_id = ?', policyId)
}

export function archivePolicy(db: Writer, stamp: Stamp, policyId: number, archived: boolean): void {
  run(
    db,
    'UPDATE policy SET archived_at = ?, version = version + 1 WHERE policy_id = ?',
    archived ? stamp.at : null,
    policyId,
  )
  recordAudit(db, stamp, {
    action: archived ? 'archive' : 'restore',
    subject: 'policy',
    subjectId: policyId,
    before: null,
    after: null,
  })
}
