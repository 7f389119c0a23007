import type { DraftLine } from './line.ts'

export type Licence = {
  /** Null: for whatever it makes. */
  readonly itemId: number | null
  readonly number: string
  readonly validUntil: string | null
}

export type ExpiredLicence = { readonly itemId: number; readonly number: string; readonly validUntil: string }

/**
 * Items of a delivery for which the manufacturer has no licence any more on the day it came: each with the licence that
 * ended last. One for the item stands for it; only where there is none, those for all items do.
 */
export function expiredLicences(
  lines: readonly Pick<DraftLine, 'itemId'>[],
  licences: readonly Licence[],
  businessDate: string,
): ExpiredLicence[] {
  const itemIds = new Set(lines.flatMap(({ itemId }) => (itemId === null ? [] : [itemId])))
  return [...itemIds].flatMap((itemId) => {
    const own = licences.filter((one) => one.itemId === itemId)
    const counting = own.length > 0 ? own : licences.filter((one) => one.itemId === null)
    const ended = counting.filter((one) => one.validUntil !== null && one.validUntil < businessDate)
    if (ended.length === 0 || ended.length < counting.length) return []
    const last = ended.reduce((a, b) => (a.validUntil! >= b.validUntil! ? a : b))
    return [{ itemId, number: last.number, validUntil: last.validUntil! }]
  })
}
