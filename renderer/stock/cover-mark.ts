import { daysBetween } from '../../core/civil-date.ts'

/** How urgent a cover is: nothing left, below the line of the settings, below twice the line, or enough. */
export type CoverMark = 'out' | 'short' | 'low' | 'enough' | 'unused'

/** @param shortBelowDays the setting: an item is short when it lasts fewer days. */
export function coverMark(coverMilliDays: number | null, shortBelowDays: number): CoverMark {
  if (coverMilliDays === null) return 'unused'
  if (coverMilliDays === 0) return 'out'
  if (coverMilliDays < shortBelowDays * 1000) return 'short'
  return coverMilliDays < shortBelowDays * 2000 ? 'low' : 'enough'
}

/** Said with the number, so that the colour is never alone. */
export const coverSigns: Readonly<Record<CoverMark, string>> = {
  out: '✕',
  short: '▼',
  low: '▽',
  enough: '',
  unused: '',
}

export type ExpiryMark = 'expired' | 'near' | 'usable'

/** Where a lot's last day of use lies; one without expiry is usable. */
export function expiryMark(expiresOn: string | null, today: string, nearExpiryDays: number): ExpiryMark {
  if (expiresOn === null) return 'usable'
  const days = daysBetween(today, expiresOn)
  return days < 0 ? 'expired' : days <= nearExpiryDays ? 'near' : 'usable'
}
