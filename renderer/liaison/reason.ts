import type { BoardRow } from '../../api/contract/liaison.ts'
import { daysBetween } from '../../core/civil-date.ts'

/** Why a manufacturer should be called about an item; the words are the screen's. */
export type Reason =
  /** `days` until the worst-off unit runs out; 0 is today. */
  | {
      readonly kind: 'runs-out'
      readonly unit: string
      readonly unitEn: string
      readonly tier: number
      readonly days: number
    }
  | { readonly kind: 'gap'; readonly quantityBase: number }
  | { readonly kind: 'late'; readonly days: number }
  | { readonly kind: 'due-today'; readonly quantityBase: number }
  | { readonly kind: 'blocked'; readonly blocker: BoardRow['blockers'][number]['kind'] }
  /** `days` since the day that was agreed for the next call; 0 is today. */
  | { readonly kind: 'call-due'; readonly with: string; readonly days: number }

/** Within so many days a unit that runs out is worth saying. */
const saidWithinDays = 7
/** Within so many days it is a reason to call by itself. */
const urgentDays = 2

/** What there is to say of a row, what the front line misses first in front. */
export function reasonsOf(row: BoardRow, today: string): Reason[] {
  const reasons: Reason[] = []
  if (row.runsOutOn !== null) {
    const days = Math.max(0, daysBetween(today, row.runsOutOn))
    if (days <= saidWithinDays) {
      const unit = row.runsOutUnit ?? ''
      reasons.push({
        kind: 'runs-out',
        unit,
        unitEn: row.runsOutUnitEn ?? '',
        tier: row.runsOutTier ?? 0,
        days,
      })
    }
  }
  if (row.gapBase > 0) reasons.push({ kind: 'gap', quantityBase: row.gapBase })
  if (row.gapBase > 0 && row.lateSince !== null) {
    const days = daysBetween(row.lateSince, today)
    reasons.push(days > 0 ? { kind: 'late', days } : { kind: 'due-today', quantityBase: row.promisedTodayBase })
  }
  for (const blocker of new Set(row.blockers.map((one) => one.kind))) reasons.push({ kind: 'blocked', blocker })
  const next = row.lastCall?.nextOn ?? null
  if (next !== null && next <= today) {
    reasons.push({ kind: 'call-due', with: row.lastCall?.nextWith ?? '', days: daysBetween(next, today) })
  }
  return reasons
}

/** Whether something of it calls for a call now; the other rows wait behind a switch. */
export function needsCall(row: BoardRow, today: string): boolean {
  return reasonsOf(row, today).some((reason) => reason.kind !== 'runs-out' || reason.days <= urgentDays)
}

export type BoardFilter = {
  readonly supplierId: number | null
  readonly itemId: number | null
  readonly gapOnly: boolean
  readonly blockedOnly: boolean
  /** Rows with nothing to say as well. */
  readonly all: boolean
}

export const noFilter: BoardFilter = { supplierId: null, itemId: null, gapOnly: false, blockedOnly: false, all: false }

export function filterBoard(rows: readonly BoardRow[], filter: BoardFilter, today: string): BoardRow[] {
  return rows.filter(
    (row) =>
      (filter.supplierId === null || row.supplierId === filter.supplierId) &&
      (filter.itemId === null || row.itemId === filter.itemId) &&
      (!filter.gapOnly || row.gapBase > 0) &&
      (!filter.blockedOnly || row.blockers.length > 0) &&
      (filter.all || needsCall(row, today)),
  )
}

export type Reliability = { readonly supplierId: number; readonly percent: number; readonly items: number }

/**
 * Reliability by manufacturer = the mean of its items' delivered / promised of the last 14 days, because quantities of
 * masks and of litres can't be added. Manufacturers without promises in that time are left out; the lowest first.
 */
export function reliabilityBySupplier(rows: readonly BoardRow[]): Reliability[] {
  const sums = new Map<number, { sum: number; items: number }>()
  for (const { supplierId, fulfilmentPercent } of rows) {
    if (fulfilmentPercent === null) continue
    const { sum, items } = sums.get(supplierId) ?? { sum: 0, items: 0 }
    sums.set(supplierId, { sum: sum + fulfilmentPercent, items: items + 1 })
  }
  return [...sums]
    .map(([supplierId, { sum, items }]) => ({ supplierId, percent: Math.floor(sum / items), items }))
    .sort((left, right) => left.percent - right.percent || left.supplierId - right.supplierId)
}
