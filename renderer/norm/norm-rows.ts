import { type Refusal, refusal } from '../../core/refusal.ts'
import type { CellValue } from '../grid/cell-value.ts'

/** One item and its norms by duty, in thousandths of the base unit per person and day. */
export type NormRow = {
  readonly itemId: number
  readonly item: string
  readonly search: string
  readonly baseUnit: string
  readonly milliByDuty: ReadonlyMap<number, number>
}

export const dutyColumn = (dutyId: number) => `duty-${dutyId}`

/** Rows of the matrix: every item, in the order of the list. */
export function normRows(
  items: readonly {
    readonly itemId: number
    readonly label: string
    readonly search: string
    readonly baseUnit: string
  }[],
  norms: readonly { readonly dutyId: number; readonly itemId: number; readonly milliPerPersonDay: number }[],
): NormRow[] {
  const byItem = Map.groupBy(norms, ({ itemId }) => itemId)
  return items.map(({ itemId, label, search, baseUnit }) => ({
    itemId,
    item: label,
    search,
    baseUnit,
    milliByDuty: new Map(
      (byItem.get(itemId) ?? []).map(({ dutyId, milliPerPersonDay }) => [dutyId, milliPerPersonDay]),
    ),
  }))
}

/**
 * A norm as it was typed (pieces) in thousandths. Null, nothing typed, is 0. More than three decimals can't be kept.
 * @param allowed what is allowed, in the reader's words.
 */
export function milliOf(value: CellValue | undefined, field: string, allowed: string): number | Refusal {
  if (value === null || value === undefined || value === '') return 0
  if (typeof value === 'string') return refusal('number-expected', { field, given: value })
  const milli = Math.round(value * 1000)
  // 0.033 × 1000 is 33.000000000000004: near enough is meant, a fourth decimal is not.
  if (Math.abs(value * 1000 - milli) > 1e-6 || milli < 0)
    return refusal('out-of-range', { field, given: value, allowed })
  return milli
}
