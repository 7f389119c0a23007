import { createHash } from 'node:crypto'
import type { PolicyFields } from '../core/policy.ts'
import type { RoundFacts } from '../core/round.ts'
import { recordAudit, type Stamp } from './audit.ts'
import { readNeedFacts } from './need.ts'
import { listNorms } from './norm.ts'
import { nextNumber } from './numbering.ts'
import { readDepotsOfUnits, readOpenRequests, readSubstitutes } from './round-depth.ts'
import { all, get, type Reader, run, type Writer } from './statement.ts'

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

type LotRow = {
  itemId: number
  lotId: number
  depotCode: string
  availableBase: number
  expiresOn: string | null
  hold: number
}
type ItemRow = { itemId: number; code: string; name: string; packSizeBase: number; reserveBase: number }
type UnitRow = { unitId: number; code: string; tier: number }

export type RoundScope = {
  readonly depotIds: readonly number[] | null
  readonly itemIds: readonly number[] | null
  readonly unitIds: readonly number[] | null
}

/** A list of numbers, or null for all of them, as one parameter. */
const listed = (ids: readonly number[] | null) => (ids === null ? null : JSON.stringify(ids))
const within = (column: string, name: string) =>
  `(:${name} IS NULL OR ${column} IN (SELECT value FROM json_each(:${name})))`

/** Everything a round rests on, but its policy and date, which the caller adds. */
export function readRoundFacts(
  db: Reader,
  scope: RoundScope,
): Pick<RoundFacts, 'units' | 'norms' | 'needs' | 'credits' | 'requests' | 'substitutes' | 'depotsOfUnits'> & {
  items: (Omit<RoundFacts['items'][number], 'reservePacks'> & { name: string })[]
} {
  const lots = Map.groupBy(
    all<LotRow>(
      db,
      `SELECT b.item_id AS itemId, b.lot_id AS lotId, p.code AS depotCode, b.on_hand - b.reserved AS availableBase,
         t.expires_on AS expiresOn, t.hold
       FROM balance b JOIN place p USING (place_id) JOIN lot t USING (lot_id)
       WHERE p.kind = 'depot' AND p.archived_at IS NULL AND b.on_hand > b.reserved AND ${within('b.place_id', 'depots')}
       ORDER BY t.expires_on IS NULL, t.expires_on, b.lot_id, b.place_id`,
      { depots: listed(scope.depotIds) },
    ),
    (row) => row.itemId,
  )
  const items = all<ItemRow>(
    db,
    `SELECT item_id AS itemId, code, name, pack_size_base AS packSizeBase, reserve_base AS reserveBase FROM item
     WHERE archived_at IS NULL AND ${within('item_id', 'items')} ORDER BY code`,
    { items: listed(scope.itemIds) },
  )
    // Without a choice, the items that are there; a chosen item stays, even at nothing, so that its shortfall shows.
    .filter((item) => scope.itemIds !== null || lots.has(item.itemId))
    .map((item) => ({
      ...item,
      lots: (lots.get(item.itemId) ?? []).map(({ lotId, depotCode, availableBase, expiresOn, hold }) => ({
        lotId,
        depotCode,
        availableBase,
        expiresOn,
        hold: hold === 1,
      })),
    }))
  const people = Map.groupBy(
    all<{ placeId: number; dutyId: number; people: number }>(
      db,
      'SELECT place_id AS placeId, duty_id AS dutyId, people FROM headcount ORDER BY place_id, duty_id',
    ),
    (row) => row.placeId,
  )
  const units = all<UnitRow>(
    db,
    `SELECT u.place_id AS unitId, p.code, u.tier FROM unit u JOIN place p USING (place_id)
     WHERE p.archived_at IS NULL AND ${within('u.place_id', 'units')} ORDER BY p.code`,
    { units: listed(scope.unitIds) },
  ).map((unit) => ({
    ...unit,
    headcount: (people.get(unit.unitId) ?? []).map(({ dutyId, people }) => ({ dutyId, people })),
  }))
  return {
    items,
    units,
    norms: listNorms(db),
    needs: readNeedFacts(db, null),
    credits: readCredits(db),
    requests: readOpenRequests(db),
    substitutes: readSubstitutes(db),
    depotsOfUnits: readDepotsOfUnits(db),
  }
}

/** The rounding credit that each unit carries for each item: that of its newest approved round, by `unitId/itemId`. */
function readCredits(db: Reader): Map<string, number> {
  const rows = all<{ unitId: number; itemId: number; creditMilli: number }>(
    db,
    `SELECT unit_id AS unitId, item_id AS itemId, credit_milli AS creditMilli FROM (
       SELECT l.unit_id, l.item_id, l.credit_milli,
         row_number() OVER (PARTITION BY l.unit_id, l.item_id ORDER BY l.round_id DESC) AS age
       FROM round_line l JOIN round r USING (round_id) WHERE r.state = 'approved') WHERE age = 1 AND credit_milli <> 0`,
  )
  return new Map(rows.map((row) => [`${row.unitId}/${row.itemId}`, row.creditMilli]))
}

export type NewRoundLine = {
  readonly unitId: number
  readonly itemId: number
  readonly needBase: number
  readonly stockBase: number
  readonly useMilliPerDay: number
  readonly packs: number
  readonly packSizeBase: number
  readonly quantityBase: number
  readonly pinned: boolean
  readonly rung: number
  readonly reason: string
  readonly queuePacks: number | null
  readonly creditMilli: number
}

export function addRound(
  db: Writer,
  stamp: Stamp,
  row: {
    readonly policyId: number
    readonly businessDate: string
    readonly horizonDays: number
    readonly note: string
    readonly problem: string
    readonly result: string
    readonly problemHash: string
    readonly lines: readonly NewRoundLine[]
  },
): number {
  const roundId = run(
    db,
    `INSERT INTO round (number, state, policy_id, business_date, horizon_days, note, problem, result, problem_hash,
       approved_at, approved_by) VALUES (?, 'approved', ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    nextNumber(db, 'round', row.businessDate),
    row.policyId,
    row.businessDate,
    row.horizonDays,
    row.note,
    row.problem,
    row.result,
    row.problemHash,
    stamp.at,
    stamp.personId,
  ).lastInsertRowid
  for (const line of row.lines) {
    run(
      db,
      `INSERT INTO round_line (round_id, unit_id, item_id, need_base, stock_base, use_milli_per_day, packs,
         pack_size_base, quantity_base, pinned, rung, reason, queue_packs, credit_milli)
       VALUES (:roundId, :unitId, :itemId, :needBase, :stockBase, :useMilliPerDay, :packs, :packSizeBase, :quantityBase, :pinned,
         :rung, :reason, :queuePacks, :creditMilli)`,
      { ...line, roundId, pinned: line.pinned ? 1 : 0 },
    )
  }
  recordAudit(db, stamp, {
    action: 'approve',
    subject: 'round',
    subjectId: roundId,
    before: null,
    after: { problemHash: row.problemHash },
  })
  return roundId
}

export function markRoundCancelled(db: Writer, stamp: Stamp, roundId: number): void {
  run(
    db,
    "UPDATE round SET state = 'cancelled', cancelled_at = ?, cancelled_by = ? WHERE round_id = ?",
    stamp.at,
    stamp.personId,
    roundId,
  )
  recordAudit(db, stamp, { action: 'cancel', subject: 'round', subjectId: roundId, before: null, after: null })
}

export type RoundHeadRecord = {
  readonly roundId: number
  readonly number: string
  readonly state: 'approved' | 'cancelled'
  readonly policyId: number
  readonly policyName: string
  readonly policyNameEn: string
  readonly businessDate: string
  readonly horizonDays: number
  readonly note: string
  readonly approvedAt: number
  readonly approvedBy: string
  readonly cancelledAt: number | null
  readonly units: number
  readonly items: number
  readonly packs: number
  readonly slips: number
  readonly slipsDispatched: number
}

const headSql = `SELECT r.round_id AS roundId, r.number, r.state, r.policy_id AS policyId, y.name AS policyName,
    y.name_en AS policyNameEn, r.business_date AS businessDate, r.horizon_days AS horizonDays, r.note,
    r.approved_at AS approvedAt, w.name AS approvedBy, r.cancelled_at AS cancelledAt,
    (SELECT count(DISTINCT unit_id) FROM round_line l WHERE l.round_id = r.round_id AND l.packs > 0) AS units,
    (SELECT count(DISTINCT item_id) FROM round_line l WHERE l.round_id = r.round_id AND l.packs > 0) AS items,
    (SELECT ifnull(sum(packs), 0) FROM round_line l WHERE l.round_id = r.round_id) AS packs,
    (SELECT count(*) FROM slip s WHERE s.round_id = r.round_id) AS slips,
    (SELECT count(*) FROM slip s WHERE s.round_id = r.round_id
      AND s.state IN ('dispatched', 'signed')) AS slipsDispatched
  FROM round r JOIN policy y USING (policy_id) JOIN person w ON w.person_id = r.approved_by`

export function listRounds(db: Reader, limit: number): RoundHeadRecord[] {
  return all<RoundHeadRecord>(db, `${headSql} ORDER BY r.round_id DESC LIMIT ?`, limit)
}

/** The ladder that a round was divided by, with its policy's horizon and its own. A used policy never changes. */
export function getRoundLadder(
  db: Reader,
  roundId: number,
): { rungs: PolicyFields['rungs']; policyDays: number; horizonDays: number } {
  const row = get<{ rungs: string; policyDays: number; horizonDays: number }>(
    db,
    `SELECT p.rungs, p.horizon_days AS policyDays, r.horizon_days AS horizonDays
     FROM round r JOIN policy p USING (policy_id) WHERE r.round_id = ?`,
    roundId,
  )!
  return { ...row, rungs: JSON.parse(row.rungs) as PolicyFields['rungs'] }
}

export function getRound(db: Reader, roundId: number): RoundHeadRecord | undefined {
  return get<RoundHeadRecord>(db, `${headSql} WHERE r.round_id = ?`, roundId)
}

/** Problem and result as they were approved, as JSON text. */
export function getRoundFile(db: Reader, roundId: number): { problem: string; result: string } | undefined {
  return get(db, 'SELECT problem, result FROM round WHERE round_id = ?', roundId)
}

export type RoundLineRecord = Omit<NewRoundLine, 'creditMilli'>

const lineColumns = `l.unit_id AS unitId, l.item_id AS itemId, l.need_base AS needBase, l.stock_base AS stockBase,
  l.use_milli_per_day AS useMilliPerDay, l.packs, l.pack_size_base AS packSizeBase,
  l.quantity_base AS quantityBase, l.pinned, l.rung, l.reason,
  l.queue_packs AS queuePacks`

const toLine = (row: Omit<RoundLineRecord, 'pinned'> & { pinned: number }): RoundLineRecord => ({
  ...row,
  pinned: row.pinned === 1,
})

export function listRoundLines(db: Reader, roundId: number): RoundLineRecord[] {
  return all<Omit<RoundLineRecord, 'pinned'> & { pinned: number }>(
    db,
    `SELECT ${lineColumns} FROM round_line l WHERE l.round_id = ? ORDER BY l.unit_id, l.item_id`,
    roundId,
  ).map(toLine)
}

export type ReportFilter = {
  readonly roundIds: readonly number[] | null
  readonly from: string | null
  readonly to: string | null
  readonly towns: readonly string[] | null
  readonly unitKinds: readonly string[] | null
  readonly itemIds: readonly number[] | null
}

/** Lines of approved rounds that a report shows, and the ids of their rounds. */
export function readReport(db: Reader, filter: ReportFilter): { roundIds: number[]; lines: RoundLineRecord[] } {
  const rows = all<Omit<RoundLineRecord, 'pinned'> & { pinned: number; roundId: number }>(
    db,
    `SELECT l.round_id AS roundId, ${lineColumns}
     FROM round r JOIN round_line l USING (round_id) JOIN unit u ON u.place_id = l.unit_id JOIN place p USING (place_id)
     WHERE r.state = 'approved' AND (:from IS NULL OR r.business_date >= :from) AND (:to IS NULL OR r.business_date <= :to)
       AND ${within('r.round_id', 'rounds')} AND ${within('p.town', 'towns')} AND ${within('u.unit_kind', 'kinds')}
       AND ${within('l.item_id', 'items')}
     ORDER BY l.round_id, l.unit_id, l.item_id`,
    {
      from: filter.from,
      to: filter.to,
      rounds: listed(filter.roundIds),
      towns: filter.towns === null ? null : JSON.stringify(filter.towns),
      kinds: filter.unitKinds === null ? null : JSON.stringify(filter.unitKinds),
      items: listed(filter.itemIds),
    },
  )
  return {
    roundIds: [...new Set(rows.map((row) => row.roundId))],
    lines: rows.map(({ roundId: _, ...row }) => toLine(row)),
  }
}

/** The words for a report's units and items. */
export function readReportNames(db: Reader, unitIds: readonly number[], itemIds: readonly number[]) {
  return {
    units: all<{
      unitId: number
      code: string
      name: string
      nameEn: string
      town: string
      unitKind: string
      tier: number
    }>(
      db,
      `SELECT u.place_id AS unitId, p.code, p.name, p.name_en AS nameEn, p.town, u.unit_kind AS unitKind, u.tier
       FROM unit u JOIN place p USING (place_id) WHERE u.place_id IN (SELECT value FROM json_each(?))
       ORDER BY u.tier, p.town, p.code`,
      JSON.stringify(unitIds),
    ),
    items: all<{
      itemId: number
      code: string
      name: string
      nameEn: string
      specification: string
      baseUnit: string
      packName: string
    }>(
      db,
      `SELECT item_id AS itemId, code, name, name_en AS nameEn, specification, base_unit AS baseUnit,
         pack_name AS packName FROM item WHERE item_id IN (SELECT value FROM json_each(?)) ORDER BY code`,
      JSON.stringify(itemIds),
    ),
  }
}
