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
        FROM chosen CROSS JOIN movement m USING (posting_seq) JOIN place f ON f.place_id = m.from_place_id WHERE f.kind = '${kind}'
      UNION ALL
      SELECT m.to_place_id, m.item_id, ${kind === 'supplier' ? '-' : ''}m.quantity_base, m.posting_seq
        FROM chosen CROSS JOIN movement m USING (posting_seq) JOIN place t ON t.place_id = m.to_place_id WHERE t.kind = '${kind}')
    GROUP BY place_id, item_id HAVING quantity <> 0) s
    JOIN place p USING (place_id) JOIN item i USING (item_id) LEFT JOIN supplier u USING (place_id)
  ORDER BY s.first, i.code`

/**
 * What came from each supplier and what each unit was given between two business dates, both included, by item; what went
 * back taken off, and what comes to nothing left out.
 */
export function readFlows(db: Reader, from: string, to: string): { received: FlowRecord[]; given: FlowRecord[] } {
  return {
    received: all<FlowRecord>(db, flowSql('supplier'), { from, to }),
    given: all<FlowRecord>(db, flowSql('unit'), { from, to }),
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
export function readDayFlows(db: Reader, from: string, to: string): DayFlowRecord[] {
  return all<DayFlowRecord>(
    db,
    `WITH ${chosen}
     SELECT day, item_id AS itemId, sum(received) AS receivedBase, sum(allocated) AS allocatedBase, sum(signed) AS signedBase
     FROM (
       SELECT c.day, m.item_id, iif(c.kind = 'delivery', c.sign * m.quantity_base, 0) AS received,
         iif(c.kind = 'dispatch', c.sign * m.quantity_base, 0) AS allocated, 0 AS signed
         FROM chosen c CROSS JOIN movement m USING (posting_seq) WHERE c.kind IN ('delivery', 'dispatch')
       UNION ALL
       SELECT c.day, m.item_id, 0, 0, m.quantity_base
         FROM chosen c CROSS JOIN slip s ON s.slip_id = json_extract(c.detail, '$.slipId')
           JOIN movement m ON m.posting_seq = s.posting_seq WHERE c.kind = 'signature'
       UNION ALL
       SELECT c.day, m.item_id, 0, 0, iif(t.kind = 'unit', m.quantity_base, -m.quantity_base)
         FROM chosen c CROSS JOIN movement m USING (posting_seq) JOIN place t ON t.place_id = m.to_place_id
         WHERE c.kind = 'signature')
     GROUP BY day, item_id HAVING receivedBase <> 0 OR allocatedBase <> 0 OR signedBase <> 0 ORDER BY day, item_id`,
    { from, to },
  )
}
