import { type Refusal, refusal } from '../../core/refusal.ts'
import type { CellValue } from '../grid/cell-value.ts'

/** The settings as they are typed: every field is text until it is sent. */
export type SettingsDraft = {
  readonly organisation: string
  readonly organisationEn: string
  readonly utcOffsetMinutes: string
  readonly shortBelowDays: string
  readonly nearExpiryDays: string
  readonly unsignedAfterDays: string
}

/** A number for the contract, or why it isn't one. */
export function numberOrRefusal(value: CellValue, field: string): number | Refusal {
  if (typeof value === 'number') return value
  return value === null ? refusal('required', { field }) : refusal('number-expected', { field, given: value })
}
