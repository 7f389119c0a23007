import type { NetOfDay } from '../core/chart.ts'
import { all, type Reader } from './statement.ts'

/** What a chart is about: business dates, both included; null is every depot, every item. */
export type ChartFilter = {
  readonly from: string
  readonly to: string
  readonly depotId: number | null
  readonly itemId: number | null
}

/** On hand in the depots now, by item, whatever its state. */
export function readDepotStock(db: Reader, { depotId, itemId }: ChartFilter): Map<number, number> {
  const rows = all<{ itemId: number; onHandBase: number }>(
    db,
    `SELECT b.item_id AS itemId, sum(b.on_hand) AS onHandBase FROM place p JOIN balance b USING (place_id)
     WHERE p.kind = 'depot' AND (:depotId IS NULL OR p.place_id = :depotId) AND (:itemId IS NULL OR b.item_id = :itemId)
     GROUP BY b.item_id`,
    { depotId, itemId },
  )
  return new Map(rows.map((row) => [row.itemId, row.onHandBase]))
}

/** What came into the depots less what left them, by item and day, on the days after `from`: for counting back from now. */
export function readNetAfter(db: Reader, { from, depotId, itemId }: ChartFilter): NetOfDay[] {
  const own = (place: 'a' | 'b') => `${place}.kind = 'depot' AND (:depotId IS NULL OR ${place}.place_id = :depotId)`
  return all(
    db,
    `SELECT m.item_id AS itemId, g.business_date AS day,
       sum(CASE WHEN ${own('b')} THEN m.quantity_base ELSE 0 END)
         - sum(CASE WHEN ${own('a')} THEN m.quantity_base ELSE 0 END) AS netBase
     FROM posting g JOIN movement m USING (posting_seq) JOIN place a ON a.place_id = m.from_place_id
       JOIN place b ON b.place_id = m.to_place_id
     WHERE g.business_date > :from AND (:itemId IS NULL OR m.item_id = :itemId) GROUP BY m.item_id, g.business_date`,
    { from, depotId, itemId },
  )
}

export type ExpiringLot = {
  readonly lotId: number
  readonly lot: string
  readonly itemId: number
  readonly itemName: string
  readonly itemNameEn: string
  readonly baseUnit: string
  readonly expiresOn: string
  readonly onHandBase: number
}

/** Lots in the depots that expire up to a day, those that have expired among them, the soonest first. */
export function listExpiring(db: Reader, until: string, { depotId, itemId }: ChartFilter): ExpiringLot[] {
  return all(
    db,
    `SELECT b.lot_id AS lotId, t.number AS lot, b.item_id AS itemId, i.name AS itemName, i.name_en AS itemNameEn,
       i.base_unit AS baseUnit, t.expires_on AS expiresOn, sum(b.on_hand) AS onHandBase
     FROM place p JOIN balance b USING (place_id) JOIN lot t USING (lot_id) JOIN item i ON i.item_id = b.item_id
     WHERE p.kind = 'depot' AND b.on_hand > 0 AND t.expires_on <= :until
       AND (:depotId IS NULL OR p.place_id = :depotId) AND (:itemId IS NULL OR b.item_id = :itemId)
     GROUP BY b.lot_id ORDER BY t.expires_on, b.lot_id`,
    { until, depotId, itemId },
  )
}
