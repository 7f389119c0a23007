import { daysBetween } from '../../core/civil-date.ts'

export type LicenceState = 'valid' | 'expiring' | 'expired' | 'unlimited'

/** A licence should be renewed a month before it ends. */
export const expiringDays = 30

/** @param validUntil the last day on which it is valid; null is without end. */
export function licenceState(validUntil: string | null, today: string): LicenceState {
  if (validUntil === null) return 'unlimited'
  const days = daysBetween(today, validUntil)
  if (days < 0) return 'expired'
  return days <= expiringDays ? 'expiring' : 'valid'
}
