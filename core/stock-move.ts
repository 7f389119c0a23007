import { Checks, largestQuantity } from './checks.ts'
import { type Decision, type Refusal, refusal, refused } from './refusal.ts'

/** What the ledger says of a lot at the place that gives it up. `freeBase` is on hand less reserved. */
export type LotAt = {
  readonly lotId: number
  readonly itemId: number
  readonly lot: string
  readonly itemName: string
  readonly freeBase: number
}

export type LotQuantity = { readonly lotId: number; readonly quantityBase: number }

/**
 * Lines of a document that takes lots out of one place: whole positive quantities of lots that are there, together not
 * more than is free. Lines of nothing are left out; a document of nothing is refused.
 */
export function decideLots<Line extends LotQuantity>(
  lines: readonly Line[],
  there: ReadonlyMap<number, LotAt>,
): Decision<(Line & { readonly itemId: number })[]> {
  const refusals: Refusal[] = []
  const taken = new Map<number, number>()
  const decided: (Line & { readonly itemId: number })[] = []
  lines.forEach((line, index) => {
    if (line.quantityBase === 0) return
    const checks = new Checks(index + 1)
    const lot = there.get(line.lotId)
    const quantityBase = checks.whole('quantityBase', line.quantityBase, 1, largestQuantity)
    if (!lot) checks.refuse('not-found', { field: 'lotId', given: line.lotId })
    else if (checks.refusals.length === 0) {
      const before = taken.get(line.lotId) ?? 0
      if (before + quantityBase > lot.freeBase) {
        checks.refuse('not-enough-stock', {
          field: 'quantityBase',
          given: before + quantityBase,
          allowed: lot.freeBase,
          about: { item: lot.itemName, lot: lot.lot },
        })
      }
      taken.set(line.lotId, before + quantityBase)
      decided.push({ ...line, itemId: lot.itemId })
    }
    refusals.push(...checks.refusals)
  })
  if (refusals.length === 0 && decided.length === 0) refusals.push(refusal('nothing-to-post', { field: 'lines' }))
  return refusals.length > 0 ? refused(...refusals) : { ok: true, value: decided }
}

export type SlipDifference = {
  readonly line: number
  readonly receivedBase: number
  readonly reason: 'lost' | 'damaged' | 'miscounted'
}

export type SentLine = {
  readonly line: number
  readonly lotId: number
  readonly itemId: number
  readonly itemName: string
  readonly sentBase: number
}

/**
 * What a signature posts. Fewer than sent: lost and damaged go to *lost*, miscounted to *variance*, where the depot's
 * next stocktake finds them. More than sent can only be a miscount, and comes out of *variance*. `there` is what the unit
 * has by the ledger: what it has already sent back can't be missing as well.
 */
export function decideDifferences(
  sent: readonly SentLine[],
  given: readonly SlipDifference[],
  there: ReadonlyMap<number, LotAt>,
): Decision<{ lotId: number; itemId: number; place: 'lost' | 'variance'; fewerBase: number }[]> {
  const refusals: Refusal[] = []
  const byLine = new Map(sent.map((line) => [line.line, line]))
  const seen = new Set<number>()
  const taken = new Map<number, number>()
  const decided: { lotId: number; itemId: number; place: 'lost' | 'variance'; fewerBase: number }[] = []
  for (const difference of given) {
    const checks = new Checks(difference.line)
    const line = byLine.get(difference.line)
    if (!line || seen.has(difference.line)) {
      checks.refuse('not-found', { field: 'differences', given: difference.line })
    } else {
      seen.add(difference.line)
      const receivedBase = checks.whole('receivedBase', difference.receivedBase, 0, largestQuantity)
      const fewerBase = line.sentBase - receivedBase
      if (checks.refusals.length === 0 && fewerBase < 0 && difference.reason !== 'miscounted') {
        checks.refuse('out-of-range', {
          field: 'receivedBase',
          given: receivedBase,
          allowed: `0–${line.sentBase}`,
          about: { item: line.itemName, min: 0, max: line.sentBase },
        })
      }
      const allowed = (there.get(line.lotId)?.freeBase ?? 0) - (taken.get(line.lotId) ?? 0)
      if (checks.refusals.length === 0 && fewerBase > allowed) {
        checks.refuse('not-enough-stock', {
          field: 'receivedBase',
          given: fewerBase,
          allowed,
          about: { item: line.itemName, lot: there.get(line.lotId)?.lot ?? '' },
        })
      }
      if (checks.refusals.length === 0 && fewerBase !== 0) {
        taken.set(line.lotId, (taken.get(line.lotId) ?? 0) + fewerBase)
        const place = difference.reason === 'miscounted' ? 'variance' : 'lost'
        decided.push({ lotId: line.lotId, itemId: line.itemId, place, fewerBase })
      }
    }
    refusals.push(...checks.refusals)
  }
  return refusals.length > 0 ? refused(...refusals) : { ok: true, value: decided }
}

/** The difference that a stocktake posts for a lot: counted less what the ledger said at the moment of counting. */
export const varianceOf = (line: {
  readonly countedBase: number | null
  readonly expectedBase: number | null
}): number | null =>
  line.countedBase === null || line.expectedBase === null ? null : line.countedBase - line.expectedBase

/** What a variance is worth in fen, by the price of one base unit; null where nothing was counted or no price is known. */
export const varianceValueFen = (line: {
  readonly varianceBase: number | null
  readonly unitPriceFen: number | null
}): number | null =>
  line.varianceBase === null || line.unitPriceFen === null ? null : line.varianceBase * line.unitPriceFen
