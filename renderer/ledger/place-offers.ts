import type { DepotRow, UnitRow } from '../../api/contract/place.ts'
import { type Language, nameOf } from '../text/text.ts'

/** Places as the place field offers them: name, with code and town beneath. */
export function offersOf(rows: readonly (UnitRow | DepotRow)[], language: Language) {
  return rows.map((row) => ({
    id: row.placeId,
    label: nameOf(row, language),
    detail: [row.code, row.town].filter((word) => word !== '').join(' · '),
    search: row.search,
  }))
}
