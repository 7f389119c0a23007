import type { Person, Role } from '../core/role.ts'
import { recordAudit, type Stamp } from './audit.ts'
import { all, get, type Reader, run, type Writer } from './statement.ts'

export function getPerson(db: Reader, personId: number): Person | undefined {
  const row = get<{ personId: number; name: string; roles: string }>(
    db,
    'SELECT person_id AS personId, name, roles FROM person WHERE person_id = ? AND archived_at IS NULL',
    personId,
  )
  return row && { ...row, roles: JSON.parse(row.roles) as Role[] }
}

export function addPerson(db: Writer, person: { readonly name: string; readonly roles: readonly Role[] }): number {
  return run(db, 'INSERT INTO person (name, roles) VALUES (?, ?)', person.name, JSON.stringify(person.roles))
    .lastInsertRowid
}

export function renamePerson(db: Writer, stamp: Stamp, personId: number, name: string): void {
  const before = getPerson(db, personId)?.name ?? null
  run(db, 'UPDATE person SET name = ? WHERE person_id = ?', name, personId)
  recordAudit(db, stamp, { action: 'change', subject: 'person', subjectId: personId, before, after: name })
}

/** Settings by name, as they were saved; what was never saved has its default in api/setting.ts. */
export function readSettings(db: Reader): Map<string, unknown> {
  const rows = all<{ name: string; value: string }>(db, 'SELECT name, value FROM setting')
  return new Map(rows.map((row) => [row.name, JSON.parse(row.value) as unknown]))
}

export function saveSetting(db: Writer, stamp: Stamp, name: string, value: unknown): void {
  const before = get<{ value: string }>(db, 'SELECT value FROM setting WHERE name = ?', name)
  run(
    db,
    'INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
    name,
    JSON.stringify(value),
  )
  recordAudit(db, stamp, {
    action: 'change',
    subject: `setting ${name}`,
    subjectId: null,
    before: before?.value ?? null,
    after: value,
  })
}

/** Nothing has been entered: no item, no place but the virtual ones, no posting. */
export function isEmpty(db: Reader): boolean {
  return (
    get<{ some: number }>(
      db,
      `SELECT EXISTS (SELECT 1 FROM item) OR EXISTS (SELECT 1 FROM place WHERE kind IN ('depot', 'unit', 'supplier'))
         OR EXISTS (SELECT 1 FROM posting) AS some`,
    )!.some === 0
  )
}

export type DraftRecord = {
  readonly key: string
  readonly kind: string
  readonly content: string
  readonly updatedAt: number
}

const draftColumns = 'draft_key AS key, kind, content, updated_at AS updatedAt'

export function getDraft(db: Reader, personId: number, key: string): DraftRecord | undefined {
  return get<DraftRecord>(db, `SELECT ${draftColumns} FROM draft WHERE draft_key = ? AND person_id = ?`, key, personId)
}

export function listDrafts(db: Reader, personId: number, kind: string | null): DraftRecord[] {
  return all<DraftRecord>(
    db,
    `SELECT ${draftColumns} FROM draft WHERE person_id = :personId AND (:kind IS NULL OR kind = :kind)
     ORDER BY updated_at DESC`,
    { personId, kind },
  )
}

/** The newest stands. A key belongs to the person who made it. */
export function putDraft(
  db: Writer,
  stamp: Stamp,
  draft: { readonly key: string; readonly kind: string; readonly content: string },
): boolean {
  const { changes } = run(
    db,
    `INSERT INTO draft (draft_key, person_id, kind, content, updated_at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET content = excluded.content, updated_at = excluded.updated_at
       WHERE person_id = excluded.person_id`,
    draft.key,
    stamp.personId,
    draft.kind,
    draft.content,
    stamp.at,
  )
  return changes === 1
}

export function removeDraft(db: Writer, personId: number, key: string): boolean {
  return run(db, 'DELETE FROM draft WHERE draft_key = ? AND person_id = ?', key, personId).changes === 1
}
