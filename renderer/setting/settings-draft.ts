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

/** The offsets from UTC that are in use somewhere, in minutes. */
const offsets = [
  -720, -660, -600, -570, -540, -480, -420, -360, -300, -240, -210, -180, -120, -60, 0, 60, 120, 180, 210, 240, 270,
  300, 330, 345, 360, 390, 420, 480, 525, 540, 570, 600, 630, 660, 720, 765, 780, 840,
]

/** Those, and the one that is set. */
export const offsetsWith = (set: number): number[] =>
  offsets.includes(set) ? offsets : [...offsets, set].sort((left, right) => left - right)

/** `UTC+08:00` for 480. */
export function offsetName(minutes: number): string {
  const two = (part: number) => String(part).padStart(2, '0')
  const size = Math.abs(minutes)
  return `UTC${minutes < 0 ? '−' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`
}
