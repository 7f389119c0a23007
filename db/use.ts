import type { UseFacts } from '../core/use.ts'
import { all, type Reader } from './statement.ts'

type Mutable<Rows> = Rows extends readonly (infer Row)[] ? Row[] : never

/**
 * Reports and arrivals since a business date, by unit and item (`placeId/itemId`), of one unit or of all. What the unit
 * sent back, and what its signatures say never came, is negative.
 */
export function readUseFacts(db: Reader, since: string, placeId: number | null): Map<string, UseFacts> {
  const facts = new Map<string, { reports: Mutable<UseFacts['reports']>; flows: Mutable<UseFacts['flows']> }>()
  const at = (row: { placeId: number; itemId: number }) => {
    const key = `${row.placeId}/${row.itemId}`
    const found = facts.get(key) ?? { reports: [], flows: [] }
    facts.set(key, found)
    return found
  }
  const reports = all<{
    placeId: number
    itemId: number
    onHandBase: number
    usedBase: number | null
    usedDays: number | null
    reportedOn: string
    at: number
  }>(
    db,
    `SELECT place_id AS placeId, item_id AS itemId, on_hand_base AS onHandBase, used_base AS usedBase,
       used_days AS usedDays, reported_on AS reportedOn, at
     FROM stock_report WHERE reported_on >= :since AND (:placeId IS NULL OR place_id = :placeId) ORDER BY report_seq`,
    { since, placeId },
  )
  for (const { onHandBase, usedBase, usedDays, reportedOn, at: writtenAt, ...pair } of reports) {
    const used = usedBase === null || usedDays === null ? null : { quantityBase: usedBase, days: usedDays }
    at(pair).reports.push({ onHandBase, used, reportedOn, at: writtenAt })
  }
  const half = (end: 'to' | 'from', sign: '' | '-') => `
    SELECT m.${end}_place_id AS placeId, m.item_id AS itemId, g.business_date AS "on", g.at,
      ${sign}m.quantity_base AS quantityBase
    FROM posting g CROSS JOIN movement m USING (posting_seq) JOIN unit u ON u.place_id = m.${end}_place_id
      JOIN place other ON other.place_id = m.${end === 'to' ? 'from' : 'to'}_place_id
    WHERE g.business_date >= :since AND (:placeId IS NULL OR u.place_id = :placeId)
      AND other.kind IN ('depot', 'lost', 'variance')`
  const flows = all<{ placeId: number; itemId: number; on: string; at: number; quantityBase: number }>(
    db,
    `SELECT placeId, itemId, "on", at, sum(quantityBase) AS quantityBase
     FROM (${half('to', '')} UNION ALL ${half('from', '-')}) GROUP BY placeId, itemId, "on", at`,
    { since, placeId },
  )
  for (const { on, at: postedAt, quantityBase, ...pair } of flows) {
    at(pair).flows.push({ on, at: postedAt, quantityBase })
  }
  return facts
}
