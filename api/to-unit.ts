import type { UnitRecord } from '../db/place.ts'
import type { UnitRow } from './contract/place.ts'

/** A unit of the database as the contract speaks of it. */
export const toUnit = (record: UnitRecord): UnitRow => ({
  ...record,
  unitKind: record.unitKind as UnitRow['unitKind'],
  tier: record.tier as UnitRow['tier'],
  headcount: [...record.headcount],
})
