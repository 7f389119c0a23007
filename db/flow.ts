import { all, type Reader } from './statement.ts'

/**
 * The postings of a span of business dates. A correction belongs to the day of what it corrects: a delivery written down
 * by mistake on the 5th and corrected on the 7th was never received, on either day.
 */
const chosen = `chosen AS MATERIALIZED (
    SELECT posting_seq, business_date AS day, kind, detail, 1 AS sign FROM posting
      WHERE business_date BETWEEN :from AND :to AND corrects_seq IS NULL
    UNION ALL
    SELECT k.posting_seq, g.business_date, g.kind, g.detail, -1 FROM posting g JOIN posting k ON k.corrects_seq = g.posting_seq
      WHERE g.business_date BETWEEN :from AND :to)`

/**
 * Of one depot (null: of all): what it took or gave itself, what units signed for of its slips, and what came back to it
 * spoilt, which goes from the unit to *lost*.
 */
const ofDepot = `(:depotId IS NULL OR m.from_place_id = :depotId OR m.to_place_id = :depotId OR (chosen.kind = 'signature'
    AND :depotId = (SELECT depot_id FROM slip WHERE slip_id = json_extract(chosen.detail, '$.slipId')))
    OR (chosen.kind = 'return' AND :depotId = json_extract(chosen.detail, '$.depotId')))`

export type FlowRecord = {
  readonly placeId: number
  readonly placeName: string
  readonly placeNameEn: string
  readonly supplierKind: string | null
  readonly itemId: number
  readonly itemName: string
  readonly itemNameEn: string
  readonly specification: string
  readonly baseUnit: string
  readonly quantityBase: number
}

const flowSql = (kind: 'supplier' | 'unit') => `WITH ${chosen}
  SELECT s.place_id AS placeId, p.name AS placeName, p.name_en AS placeNameEn, u.supplier_kind AS supplierKind,
    s.item_id AS itemId, i.name AS itemName, i.name_en AS itemNameEn, i.specification, i.base_unit AS baseUnit,
    s.quantity AS quantityBase
  FROM (SELECT place_id, item_id, sum(quantity) AS quantity, min(posting_seq) AS first FROM (
      SELECT m.from_place_id AS place_id, m.item_id, ${kind === 'supplier' ? '' : '-'}m.quantity_base AS quantity, m.posting_seq
        FROM chosen CROSS JOIN movement m USING (posting_seq) JOIN place f ON f.place_id = m.from_place_id WHERE f.kind = '${kind}' AND ${ofDepot}
      UNION ALL
      SELECT m.to_place_id, m.item_id, ${kind === 'supplier' ? '-' : ''}m.quantity_base, m.posting_seq
        FROM chosen CROSS JOIN movement m USING (posting_seq) JOIN place t ON t.place_id = m.to_place_id WHERE t.kind = '${kind}' AND ${ofDepot})
    GROUP BY place_id, item_id HAVING sum(quantity) <> 0) s
    JOIN place p USING (place_id) JOIN item i USING (item_id) LEFT JOIN supplier u USING (place_id)
  ORDER BY s.first, i.code`

/**
 * What came from each supplier and what each unit was given between two business dates, both included, by item; what went
 * back taken off, and what comes to nothing left out. `depotId` for what one depot took and gave.
 */
export function readFlows(
  db: Reader,
  from: string,
  to: string,
  depotId: number | null = null,
): { received: FlowRecord[]; given: FlowRecord[] } {
  return {
    received: all<FlowRecord>(db, flowSql('supplier'), { from, to, depotId }),
    given: all<FlowRecord>(db, flowSql('unit'), { from, to, depotId }),
  }
}

export type DayFlowRecord = {
  readonly day: string
  readonly itemId: number
  readonly receivedBase: number
  readonly allocatedBase: number
  readonly signedBase: number
}

/**
 * By business date and item: accepted from deliveries, sent off on slips, and signed for (what was sent less what the
 * signature says is missing, on the day it was signed).
 */
export function readDayFlows(db: Reader, from: string, to: string, depotId: number | null = null): DayFlowRecord[] {
  return all<DayFlowRecord>(
    db,
    `WITH ${chosen}
     SELECT day, item_id AS itemId, sum(received) AS receivedBase, sum(allocated) AS allocatedBase, sum(signed) AS signedBase
     FROM (
       SELECT chosen.day, m.item_id, iif(chosen.kind = 'delivery', chosen.sign * m.quantity_base, 0) AS received,
         iif(chosen.kind = 'dispatch', chosen.sign * m.quantity_base, 0) AS allocated, 0 AS signed
         FROM chosen CROSS JOIN movement m USING (posting_seq) WHERE chosen.kind IN ('delivery', 'dispatch') AND ${ofDepot}
       UNION ALL
       SELECT chosen.day, m.item_id, 0, 0, m.quantity_base
         FROM chosen CROSS JOIN slip s ON s.slip_id = json_extract(chosen.detail, '$.slipId')
           JOIN movement m ON m.posting_seq = s.posting_seq WHERE chosen.kind = 'signature' AND ${ofDepot}
       UNION ALL
       SELECT chosen.day, m.item_id, 0, 0, iif(t.kind = 'unit', m.quantity_base, -m.quantity_base)
         FROM chosen CROSS JOIN movement m USING (posting_seq) JOIN place t ON t.place_id = m.to_place_id
         WHERE chosen.kind = 'signature' AND ${ofDepot})
     GROUP BY day, item_id HAVING receivedBase <> 0 OR allocatedBase <> 0 OR signedBase <> 0 ORDER BY day, item_id`,
    { from, to, depotId },
  )
}
