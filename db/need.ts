import type { Flow, NeedFacts, Reported } from '../core/need.ts'
import type { StatedUse } from '../core/use.ts'
import type { Stamp } from './audit.ts'
import { all, type Reader, run, type Writer } from './statement.ts'

export type ReportRecord = {
  readonly reportSeq: number
  readonly placeId: number
  readonly itemId: number
  readonly onHandBase: number
  readonly usedBase: number | null
  readonly usedDays: number | null
  readonly reportedOn: string
  readonly at: number
  readonly person: string
}

export function listReports(db: Reader, placeId: number): ReportRecord[] {
  return all<ReportRecord>(
    db,
    `SELECT r.report_seq AS reportSeq, r.place_id AS placeId, r.item_id AS itemId, r.on_hand_base AS onHandBase,
       r.used_base AS usedBase, r.used_days AS usedDays, r.reported_on AS reportedOn, r.at, g.name AS person
     FROM stock_report r JOIN person g USING (person_id)
     WHERE r.place_id = ? ORDER BY r.reported_on DESC, r.report_seq DESC LIMIT 1000`,
    placeId,
  )
}

export function addReport(
  db: Writer,
  stamp: Stamp,
  report: {
    readonly placeId: number
    readonly itemId: number
    readonly onHandBase: number
    readonly used: StatedUse | null
    readonly reportedOn: string
  },
): void {
  run(
    db,
    `INSERT INTO stock_report (place_id, item_id, on_hand_base, used_base, used_days, reported_on, at, person_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    report.placeId,
    report.itemId,
    report.onHandBase,
    report.used?.quantityBase ?? null,
    report.used?.days ?? null,
    report.reportedOn,
    stamp.at,
    stamp.personId,
  )
}

/** The day of the newest report of a unit and item before a day; null when there is none. */
export function reportedBefore(db: Reader, placeId: number, itemId: number, day: string): string | null {
  const [row] = all<{ reportedOn: string | null }>(
    db,
    'SELECT max(reported_on) AS reportedOn FROM stock_report WHERE place_id = ? AND item_id = ? AND reported_on < ?',
    placeId,
    itemId,
    day,
  )
  return row?.reportedOn ?? null
}

type ReportRow = { placeId: number; itemId: number; onHandBase: number; reportedOn: string }
type FlowRow = { placeId: number; itemId: number; on: string; quantityBase: number }

const newestReports = `SELECT place_id, item_id, on_hand_base, reported_on, at FROM (
    SELECT r.*, row_number() OVER (PARTITION BY place_id, item_id ORDER BY reported_on DESC, report_seq DESC) AS age
    FROM stock_report r WHERE :placeId IS NULL OR place_id = :placeId) WHERE age = 1`

// A posting of the report's own day counts when it was made after the report was written down.
const flowsSince = (end: 'to' | 'from', sign: 1 | -1) => `
  SELECT m.${end}_place_id AS placeId, m.item_id AS itemId, g.business_date AS "on", ${sign} * m.quantity_base AS quantityBase
  FROM unit u CROSS JOIN movement m ON m.${end}_place_id = u.place_id JOIN posting g USING (posting_seq)
    JOIN place other ON other.place_id = m.${end === 'to' ? 'from' : 'to'}_place_id
    LEFT JOIN newest n ON n.place_id = m.${end}_place_id AND n.item_id = m.item_id
  WHERE (:placeId IS NULL OR u.place_id = :placeId) AND other.kind IN ('depot', 'lost', 'variance')
    AND (n.place_id IS NULL OR g.business_date > n.reported_on OR (g.business_date = n.reported_on AND g.at > n.at))`

/** Facts by unit and item (`placeId/itemId`), of one unit or of all. A pair without an entry has no report and no flow. */
export function readNeedFacts(db: Reader, placeId: number | null): Map<string, NeedFacts> {
  const facts = new Map<string, { reported: Reported | null; flows: Flow[]; incomingBase: number }>()
  const at = (row: { placeId: number; itemId: number }) => {
    const key = `${row.placeId}/${row.itemId}`
    let found = facts.get(key)
    if (!found) {
      found = { reported: null, flows: [], incomingBase: 0 }
      facts.set(key, found)
    }
    return found
  }
  const reports = all<ReportRow>(
    db,
    `SELECT place_id AS placeId, item_id AS itemId, on_hand_base AS onHandBase, reported_on AS reportedOn
     FROM (${newestReports})`,
    { placeId },
  )
  for (const row of reports) at(row).reported = { onHandBase: row.onHandBase, reportedOn: row.reportedOn }
  const flows = all<FlowRow>(
    db,
    `WITH newest AS MATERIALIZED (${newestReports})
     SELECT placeId, itemId, "on", sum(quantityBase) AS quantityBase
     FROM (${flowsSince('to', 1)} UNION ALL ${flowsSince('from', -1)})
     GROUP BY placeId, itemId, "on" ORDER BY placeId, itemId, "on"`,
    { placeId },
  )
  for (const row of flows) at(row).flows.push({ on: row.on, quantityBase: row.quantityBase })
  const incoming = all<{ placeId: number; itemId: number; quantityBase: number }>(
    db,
    `SELECT s.unit_id AS placeId, l.item_id AS itemId, sum(ifnull(l.picked_packs, l.packs) * l.pack_size_base) AS quantityBase
     FROM slip s JOIN slip_line l USING (slip_id)
     WHERE s.state = 'approved' AND (:placeId IS NULL OR s.unit_id = :placeId) GROUP BY s.unit_id, l.item_id`,
    { placeId },
  )
  for (const row of incoming) at(row).incomingBase = row.quantityBase
  return facts
}

/**
 * The report before the newest one and what reached the unit between the two (less what it sent back, and what its
 * signatures say never came), for the burn rate and the comparison with our shipments.
 */
export function readReportBefore(
  db: Reader,
  placeId: number,
  itemId: number,
): { previous: Reported; flows: Flow[] } | null {
  const [latest, previous] = all<ReportRow & { at: number }>(
    db,
    `SELECT place_id AS placeId, item_id AS itemId, on_hand_base AS onHandBase, reported_on AS reportedOn, at
     FROM stock_report WHERE place_id = ? AND item_id = ? ORDER BY reported_on DESC, report_seq DESC LIMIT 2`,
    placeId,
    itemId,
  )
  if (!latest || !previous) return null
  const flows = all<Flow>(
    db,
    `SELECT "on", sum(quantity) AS quantityBase FROM (
       ${['to', 'from']
         .map(
           (end) => `SELECT g.business_date AS "on", ${end === 'to' ? '' : '-'}m.quantity_base AS quantity
             FROM movement m JOIN posting g USING (posting_seq)
             WHERE m.${end}_place_id = :placeId AND m.item_id = :itemId
               AND (g.business_date > :after OR (g.business_date = :after AND g.at > :afterAt))
               AND (g.business_date < :until OR (g.business_date = :until AND g.at <= :untilAt))`,
         )
         .join(' UNION ALL ')})
     GROUP BY "on" ORDER BY "on"`,
    {
      placeId,
      itemId,
      after: previous.reportedOn,
      afterAt: previous.at,
      until: latest.reportedOn,
      untilAt: latest.at,
    },
  )
  return { previous: { onHandBase: previous.onHandBase, reportedOn: previous.reportedOn }, flows }
}

/** Everything that reached a unit, oldest first, for setting each of its reports beside what was sent before it. */
export function listArrivals(
  db: Reader,
  placeId: number,
): { itemId: number; on: string; at: number; quantityBase: number }[] {
  return all(
    db,
    `SELECT m.item_id AS itemId, g.business_date AS "on", g.at, sum(m.quantity_base) AS quantityBase
     FROM movement m JOIN posting g USING (posting_seq) WHERE m.to_place_id = ?
     GROUP BY m.item_id, g.posting_seq ORDER BY m.item_id, g.business_date, g.at`,
    placeId,
  )
}

/** What all units together use of each item a day, in thousandths of its base unit. */
export function readUse(db: Reader): Map<number, number> {
  const rows = all<{ itemId: number; useMilliPerDay: number }>(
    db,
    `SELECT n.item_id AS itemId, sum(h.people * n.milli_per_person_day) AS useMilliPerDay
     FROM headcount h JOIN norm n USING (duty_id) JOIN place p USING (place_id)
     WHERE p.archived_at IS NULL GROUP BY n.item_id`,
  )
  return new Map(rows.map((row) => [row.itemId, row.useMilliPerDay]))
}
