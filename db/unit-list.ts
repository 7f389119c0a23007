import { recordAudit, type Stamp } from './audit.ts'
import { getUnit, type UnitRecord } from './place.ts'
import { all, get, type Reader, run, type Writer } from './statement.ts'

/** When and by whom a request took effect, in UTC milliseconds; what it wrote bears the same instant. */
export function requestAt(db: Reader, requestId: string): { at: number; personId: number } | undefined {
  return get(db, 'SELECT at, person_id AS personId FROM request WHERE request_id = ?', requestId)
}

/** A unit as it was before the change of that instant. */
export function unitBefore(db: Reader, placeId: number, at: number): UnitRecord | undefined {
  const row = get<{ before: string | null }>(
    db,
    `SELECT before FROM audit WHERE subject = 'unit' AND subject_id = ? AND at = ? AND action = 'change'
     ORDER BY audit_seq DESC LIMIT 1`,
    placeId,
    at,
  )
  return row?.before == null ? undefined : (JSON.parse(row.before) as UnitRecord)
}

/** Takes back the other names that units were given at that instant. */
export function removeNamesGiven(db: Writer, placeIds: readonly number[], at: number): void {
  run(
    db,
    `DELETE FROM name_alias WHERE kind = 'unit' AND at = ? AND target_id IN (SELECT value FROM json_each(?))`,
    at,
    JSON.stringify(placeIds),
  )
}

/** The list is not known as taken any more. */
export function forgetTaken(db: Writer, at: number): void {
  run(db, 'DELETE FROM list_taken WHERE at = ?', at)
}

/** Removes a unit that nothing speaks of yet. False, and nothing is done, where something does. */
export function removeUnit(db: Writer, stamp: Stamp, placeId: number): boolean {
  const used = get(
    db,
    `SELECT 1 WHERE EXISTS (SELECT 1 FROM stock_report WHERE place_id = :placeId)
       OR EXISTS (SELECT 1 FROM unit_request WHERE unit_id = :placeId)
       OR EXISTS (SELECT 1 FROM balance WHERE place_id = :placeId)
       OR EXISTS (SELECT 1 FROM round_line WHERE unit_id = :placeId)
       OR EXISTS (SELECT 1 FROM slip WHERE unit_id = :placeId)
       OR EXISTS (SELECT 1 FROM movement WHERE from_place_id = :placeId OR to_place_id = :placeId)`,
    { placeId },
  )
  if (used !== undefined) return false
  const before = getUnit(db, placeId)
  run(db, 'DELETE FROM headcount WHERE place_id = ?', placeId)
  run(db, 'DELETE FROM unit_depot WHERE unit_id = ?', placeId)
  run(db, `DELETE FROM name_alias WHERE kind = 'unit' AND target_id = ?`, placeId)
  run(db, 'DELETE FROM unit WHERE place_id = ?', placeId)
  run(db, 'DELETE FROM place WHERE place_id = ?', placeId)
  recordAudit(db, stamp, { action: 'remove', subject: 'unit', subjectId: placeId, before, after: null })
  return true
}

export const getUnits = (db: Reader, placeIds: readonly number[]): UnitRecord[] =>
  all<{ placeId: number }>(
    db,
    `SELECT place_id AS placeId FROM unit JOIN place USING (place_id)
     WHERE place_id IN (SELECT value FROM json_each(?)) ORDER BY code`,
    JSON.stringify(placeIds),
  ).map(({ placeId }) => getUnit(db, placeId)!)
