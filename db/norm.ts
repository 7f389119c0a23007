import { recordAudit, type Stamp } from './audit.ts'
import { all, get, type Reader, run, type Writer } from './statement.ts'

export type DutyRecord = {
  readonly dutyId: number
  readonly code: string
  readonly name: string
  readonly nameEn: string
}
export type NormRecord = { readonly dutyId: number; readonly itemId: number; readonly milliPerPersonDay: number }

export function listDuties(db: Reader): DutyRecord[] {
  return all<DutyRecord>(db, 'SELECT duty_id AS dutyId, code, name, name_en AS nameEn FROM duty ORDER BY sort, duty_id')
}

export function getDutyByCode(db: Reader, code: string): DutyRecord | undefined {
  return get<DutyRecord>(db, 'SELECT duty_id AS dutyId, code, name, name_en AS nameEn FROM duty WHERE code = ?', code)
}

export function saveDuty(
  db: Writer,
  stamp: Stamp,
  dutyId: number | null,
  fields: { readonly code: string; readonly name: string; readonly nameEn: string },
): number {
  const saved =
    dutyId ??
    run(
      db,
      `INSERT INTO duty (code, name, name_en, sort)
       VALUES (:code, :name, :nameEn, (SELECT ifnull(max(sort), 0) + 1 FROM duty))`,
      fields,
    ).lastInsertRowid
  if (dutyId !== null) {
    run(db, 'UPDATE duty SET code = :code, name = :name, name_en = :nameEn WHERE duty_id = :dutyId', {
      ...fields,
      dutyId,
    })
  }
  const action = dutyId === null ? 'add' : 'change'
  recordAudit(db, stamp, { action, subject: 'duty', subjectId: saved, before: null, after: fields })
  return saved
}

export function listNorms(db: Reader): NormRecord[] {
  return all<NormRecord>(
    db,
    'SELECT duty_id AS dutyId, item_id AS itemId, milli_per_person_day AS milliPerPersonDay FROM norm ORDER BY duty_id, item_id',
  )
}

/** 0 removes the norm. */
export function saveNorm(db: Writer, stamp: Stamp, norm: NormRecord): void {
  const before = get<{ milliPerPersonDay: number }>(
    db,
    'SELECT milli_per_person_day AS milliPerPersonDay FROM norm WHERE duty_id = ? AND item_id = ?',
    norm.dutyId,
    norm.itemId,
  )
  if (norm.milliPerPersonDay === 0)
    run(db, 'DELETE FROM norm WHERE duty_id = ? AND item_id = ?', norm.dutyId, norm.itemId)
  else {
    run(
      db,
      `INSERT INTO norm (duty_id, item_id, milli_per_person_day) VALUES (?, ?, ?)
       ON CONFLICT DO UPDATE SET milli_per_person_day = excluded.milli_per_person_day`,
      norm.dutyId,
      norm.itemId,
      norm.milliPerPersonDay,
    )
  }
  recordAudit(db, stamp, {
    action: 'change',
    subject: 'norm',
    subjectId: norm.itemId,
    before: before ?? null,
    after: norm,
  })
}
