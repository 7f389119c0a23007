import type { LotThere } from '../core/opening.ts'
import { all, type Reader } from './statement.ts'

/** What a stocktake covers that begins the books: no category of items is called so. */
export const openingCategory = 'opening'

/** Lots that a depot has some of. */
export const lotsThere = (db: Reader, depotId: number): LotThere[] =>
  all<LotThere>(
    db,
    `SELECT t.lot_id AS lotId, t.item_id AS itemId, t.number AS lot, t.expires_on AS expiresOn, b.on_hand AS onHandBase
     FROM balance b JOIN lot t USING (lot_id) WHERE b.place_id = ? AND b.on_hand > 0 ORDER BY t.lot_id`,
    depotId,
  )
