import type { PromisedDelivery } from '../core/allocation/problem.ts'
import { recordAudit, type Stamp } from './audit.ts'
import { all, type Reader, run, type Writer } from './statement.ts'

/** Codes of the items that may be given in place of one, by its code. */
export function readSubstitutes(db: Reader): Map<string, string[]> {
  const rows = all<{ code: string; substitute: string }>(
    db,
    `SELECT i.code, s.code AS substitute FROM item_substitute x JOIN item i USING (item_id)
       JOIN item s ON s.item_id = x.substitute_id WHERE s.archived_at IS NULL ORDER BY i.code, s.code`,
  )
  return new Map(
    [...Map.groupBy(rows, (row) => row.code)].map(([code, found]) => [code, found.map((row) => row.substitute)]),
  )
}

export function listSubstitutes(db: Reader): { itemId: number; substituteId: number }[] {
  return all(
    db,
    'SELECT item_id AS itemId, substitute_id AS substituteId FROM item_substitute ORDER BY item_id, substitute_id',
  )
}

export function saveSubstitutes(db: Writer, stamp: Stamp, itemId: number, substituteIds: readonly number[]): void {
  const before = listSubstitutes(db)
    .filter((row) => row.itemId === itemId)
    .map((row) => row.substituteId)
  run(db, 'DELETE FROM item_substitute WHERE item_id = ?', itemId)
  for (const substituteId of substituteIds) {
    run(db, 'INSERT INTO item_substitute (item_id, substitute_id) VALUES (?, ?)', itemId, substituteId)
  }
  recordAudit(db, stamp, { action: 'change', subject: 'substitute', subjectId: itemId, before, after: substituteIds })
}

export type UnitDepotRecord = {
  readonly unitId: number
  readonly depotId: number
  readonly allowed: boolean
  readonly metres: number
}

export function listUnitDepots(db: Reader): UnitDepotRecord[] {
  return all<Omit<UnitDepotRecord, 'allowed'> & { allowed: number }>(
    db,
    'SELECT unit_id AS unitId, depot_id AS depotId, allowed, metres FROM unit_depot ORDER BY unit_id, depot_id',
  ).map((row) => ({ ...row, allowed: row.allowed === 1 }))
}

export function saveUnitDepot(db: Writer, stamp: Stamp, row: UnitDepotRecord): void {
  run(
    db,
    `INSERT INTO unit_depot (unit_id, depot_id, allowed, metres) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET allowed = excluded.allowed, metres = excluded.metres`,
    row.unitId,
    row.depotId,
    row.allowed ? 1 : 0,
    row.metres,
  )
  recordAudit(db, stamp, { action: 'change', subject: 'unit depot', subjectId: row.unitId, before: null, after: row })
}

export function readDepotsOfUnits(db: Reader): Map<number, { depot: string; allowed: boolean; metres: number }[]> {
  const rows = all<{ unitId: number; depot: string; allowed: number; metres: number }>(
    db,
    `SELECT x.unit_id AS unitId, p.code AS depot, x.allowed, x.metres FROM unit_depot x JOIN place p ON p.place_id = x.depot_id
     WHERE p.archived_at IS NULL ORDER BY x.unit_id, p.code`,
  )
  return new Map(
    [...Map.groupBy(rows, (row) => row.unitId)].map(([unitId, found]) => [
      unitId,
      found.map(({ depot, allowed, metres }) => ({ depot, allowed: allowed === 1, metres })),
    ]),
  )
}

export type RequestRecord = {
  readonly requestSeq: number
  readonly unitId: number
  readonly itemId: number
  readonly quantityBase: number
  readonly requestedOn: string
  readonly note: string
  readonly at: number
  readonly person: string
  /** Neither withdrawn, nor replaced by a newer one, nor answered by a round approved since. */
  readonly open: boolean
  readonly withdrawn: boolean
}

// A round that gave the unit this item after the request was written answers it.
const openRequests = `SELECT r.* FROM (SELECT q.*,
      row_number() OVER (PARTITION BY unit_id, item_id ORDER BY requested_on DESC, request_seq DESC) AS age
    FROM unit_request q WHERE withdrawn_at IS NULL) r
  WHERE r.age = 1 AND NOT EXISTS (SELECT 1 FROM round_line l JOIN round n USING (round_id)
    WHERE l.unit_id = r.unit_id AND l.item_id = r.item_id AND l.packs > 0 AND n.state = 'approved' AND n.approved_at >= r.at)`

export function readOpenRequests(db: Reader): Map<string, number> {
  const rows = all<{ unitId: number; itemId: number; quantityBase: number }>(
    db,
    `SELECT unit_id AS unitId, item_id AS itemId, quantity_base AS quantityBase FROM (${openRequests})`,
  )
  return new Map(rows.map((row) => [`${row.unitId}/${row.itemId}`, row.quantityBase]))
}

export function listRequests(db: Reader, unitId: number | null, openOnly: boolean): RequestRecord[] {
  return all<Omit<RequestRecord, 'open' | 'withdrawn'> & { open: number; withdrawn: number }>(
    db,
    `SELECT q.request_seq AS requestSeq, q.unit_id AS unitId, q.item_id AS itemId, q.quantity_base AS quantityBase,
       q.requested_on AS requestedOn, q.note, q.at, g.name AS person, o.request_seq IS NOT NULL AS open,
       q.withdrawn_at IS NOT NULL AS withdrawn
     FROM unit_request q JOIN person g USING (person_id) LEFT JOIN (${openRequests}) o USING (request_seq)
     WHERE (:unitId IS NULL OR q.unit_id = :unitId) AND (:openOnly = 0 OR o.request_seq IS NOT NULL)
     ORDER BY q.requested_on DESC, q.request_seq DESC LIMIT 5000`,
    { unitId, openOnly: openOnly ? 1 : 0 },
  ).map((row) => ({ ...row, open: row.open === 1, withdrawn: row.withdrawn === 1 }))
}

export function addRequest(
  db: Writer,
  stamp: Stamp,
  row: {
    readonly unitId: number
    readonly itemId: number
    readonly quantityBase: number
    readonly requestedOn: string
    readonly note: string
  },
): void {
  run(
    db,
    `INSERT INTO unit_request (unit_id, item_id, quantity_base, requested_on, note, at, person_id)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    row.unitId,
    row.itemId,
    row.quantityBase,
    row.requestedOn,
    row.note,
    stamp.at,
    stamp.personId,
  )
}

/** False where there is none, or it was withdrawn before. */
export function withdrawRequest(db: Writer, stamp: Stamp, requestSeq: number): boolean {
  return (
    run(
      db,
      'UPDATE unit_request SET withdrawn_at = ? WHERE request_seq = ? AND withdrawn_at IS NULL',
      stamp.at,
      requestSeq,
    ).changes === 1
  )
}

/** Promises not yet delivered, by item code; one overdue counts as due today. `haircut` gives a supplier's share of an item in percent. */
export function readPromises(
  db: Reader,
  today: string,
  haircut: (supplierId: number, itemId: number) => number,
): Map<string, PromisedDelivery[]> {
  const rows = all<{ code: string; itemId: number; supplierId: number; on: string; quantityBase: number }>(
    db,
    `SELECT * FROM (SELECT i.code, c.item_id AS itemId, c.supplier_id AS supplierId, max(c.due_on, ?) AS "on", c.quantity_base -
         (SELECT ifnull(sum(f.quantity_base), 0) FROM fulfilment f WHERE f.commitment_id = c.commitment_id) AS quantityBase
       FROM commitment c JOIN item i USING (item_id) WHERE c.closed_at IS NULL)
     WHERE quantityBase > 0 ORDER BY code, "on", supplierId`,
    today,
  )
  return new Map(
    [...Map.groupBy(rows, (row) => row.code)].map(([code, found]) => [
      code,
      found.map(({ on, quantityBase, supplierId, itemId }) => ({
        on,
        quantityBase,
        haircutPercent: haircut(supplierId, itemId),
      })),
    ]),
  )
}
