import type { Stamp } from './audit.ts'
import { all, type Reader, run, type Writer } from './statement.ts'

export function readSnoozes(db: Reader, personId: number, today: string): Map<string, string> {
  const rows = all<{ key: string; untilOn: string }>(
    db,
    'SELECT alert_key AS key, until_on AS untilOn FROM alert_snooze WHERE person_id = ? AND until_on > ?',
    personId,
    today,
  )
  return new Map(rows.map((row) => [row.key, row.untilOn]))
}

/** null wakes it again. */
export function saveSnooze(db: Writer, stamp: Stamp, key: string, untilOn: string | null): void {
  if (untilOn === null) {
    run(db, 'DELETE FROM alert_snooze WHERE alert_key = ? AND person_id = ?', key, stamp.personId)
    return
  }
  run(
    db,
    `INSERT INTO alert_snooze (alert_key, person_id, until_on) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET until_on = excluded.until_on`,
    key,
    stamp.personId,
    untilOn,
  )
}

/** Lots with stock in a depot whose expiry lies from one day to another, the earliest first; by lot and depot. */
export function listExpiring(db: Reader, from: string, until: string, limit: number) {
  return all<{
    lotId: number
    depotId: number
    itemId: number
    itemName: string
    itemNameEn: string
    baseUnit: string
    lot: string
    expiresOn: string
    onHandBase: number
  }>(
    db,
    `SELECT b.lot_id AS lotId, b.place_id AS depotId, b.item_id AS itemId, i.name AS itemName, i.name_en AS itemNameEn,
       i.base_unit AS baseUnit, t.number AS lot, t.expires_on AS expiresOn, b.on_hand AS onHandBase
     FROM place p JOIN balance b USING (place_id) JOIN lot t USING (lot_id) JOIN item i ON i.item_id = b.item_id
     WHERE p.kind = 'depot' AND b.on_hand > 0 AND t.expires_on BETWEEN :from AND :until
     ORDER BY t.expires_on, b.lot_id, b.place_id LIMIT :limit`,
    { from, until, limit },
  )
}
