import { Checks, largestQuantity } from './checks.ts'
import { workOutExpiry } from './delivery.ts'
import type { Refusal } from './refusal.ts'
import { standardMeets } from './standard.ts'

/**
 * 期初库存: what is on the shelves of a depot when the books begin. It is a count like any other, so a lot that the books
 * have already is set to what was counted and never added to.
 */
export type OpeningLineGiven = {
  readonly itemId: number
  readonly supplierId: number | null
  readonly lot: string
  readonly madeOn: string | null
  readonly expiresOn: string | null
  readonly standard: string
  readonly countedBase: number
  /** What the clerk was told that the books have of it; 0 for a lot they don't know there. */
  readonly expectedBase: number
}

/** A lot that a depot has some of. */
export type LotThere = {
  readonly lotId: number
  readonly itemId: number
  readonly lot: string
  readonly expiresOn: string | null
  readonly onHandBase: number
}

/** `several`: which of them it is can't be told. */
export type FoundThere = { readonly kind: 'none' | 'several' } | { readonly kind: 'one'; readonly lot: LotThere }

/** The lot on the shelf that a line speaks of: the same item and number, and the same expiry where both say one. */
export function findLotThere(
  line: { readonly itemId: number; readonly lot: string; readonly expiresOn: string | null },
  there: readonly LotThere[],
): FoundThere {
  const alike = there.filter(
    (one) =>
      one.itemId === line.itemId &&
      one.lot === line.lot &&
      (one.expiresOn === null || line.expiresOn === null || one.expiresOn === line.expiresOn),
  )
  const exact = alike.filter((one) => one.expiresOn === line.expiresOn)
  const left = exact.length > 0 ? exact : alike
  if (left.length === 0) return { kind: 'none' }
  return left.length === 1 ? { kind: 'one', lot: left[0]! } : { kind: 'several' }
}

export type OpeningItem = {
  readonly code: string
  readonly name: string
  readonly standard: string
  readonly shelfLifeDays: number | null
  readonly archived: boolean
}

export type OpeningLine = {
  readonly itemId: number
  readonly supplierId: number | null
  readonly lot: string
  readonly madeOn: string | null
  readonly expiresOn: string | null
  readonly standard: string
  /** Lot of the books, or null for one that they don't know in this depot. */
  readonly lotId: number | null
  readonly countedBase: number
  readonly expectedBase: number
}

/**
 * The lots of one depot as they are counted, lines of the same lot added up; nothing counted and nothing there is left out.
 * Goods that have expired are counted too: they are on the shelf. `before` is how many lines of other depots stand before.
 */
export function decideOpening(
  given: readonly OpeningLineGiven[],
  facts: {
    readonly today: string
    readonly items: ReadonlyMap<number, OpeningItem>
    readonly there: readonly LotThere[]
  },
  before: number,
): { readonly lines: readonly OpeningLine[]; readonly refusals: readonly Refusal[] } {
  const refusals: Refusal[] = []
  const lots = new Map<string, OpeningLine>()
  const thereOf = Map.groupBy(facts.there, (one) => one.itemId)
  given.forEach((line, index) => {
    const checks = new Checks(before + index + 1)
    const item = facts.items.get(line.itemId)
    if (!item) checks.refuse('not-found', { field: 'itemId', given: line.itemId })
    else if (item.archived) checks.refuse('archived', { field: 'itemId', given: item.code, about: { name: item.name } })
    const about: { [name: string]: string } = item ? { item: item.name } : {}
    const lot = checks.text('lot', line.lot, { longest: 60 })
    const standard = checks.text('standard', line.standard, { longest: 60 })
    if (item && standard !== '' && !standardMeets(standard, item.standard))
      checks.refuse('standard-below-item', { field: 'standard', given: standard, allowed: item.standard, about })
    const madeOn = checks.dateOrNull('madeOn', line.madeOn)
    if (madeOn !== null && madeOn > facts.today)
      checks.refuse('date-in-future', { field: 'madeOn', given: madeOn, allowed: facts.today, about })
    const written = checks.dateOrNull('expiresOn', line.expiresOn)
    if (written !== null && madeOn !== null && written <= madeOn)
      checks.refuse('expiry-before-production', { field: 'expiresOn', given: written, allowed: madeOn, about })
    const countedBase = checks.whole('countedBase', line.countedBase, 0, largestQuantity)
    const expiresOn = written ?? workOutExpiry(madeOn, item?.shelfLifeDays ?? null)
    const found = findLotThere({ itemId: line.itemId, lot, expiresOn }, thereOf.get(line.itemId) ?? [])
    if (found.kind === 'several') checks.refuse('lot-several', { field: 'lot', given: lot, about })
    const onHandBase = found.kind === 'one' ? found.lot.onHandBase : 0
    if (found.kind !== 'several' && line.expectedBase !== onHandBase)
      checks.refuse('stock-changed', { field: 'expectedBase', given: line.expectedBase, allowed: onHandBase, about })
    refusals.push(...checks.refusals)
    if (checks.refusals.length > 0 || countedBase + onHandBase === 0) return
    const lotId = found.kind === 'one' ? found.lot.lotId : null
    const supplierId = lotId === null ? line.supplierId : null
    const key =
      lotId === null ? JSON.stringify([line.itemId, supplierId, lot, madeOn, expiresOn, standard]) : `${lotId}`
    const earlier = lots.get(key)
    if (earlier !== undefined && earlier.countedBase + countedBase > largestQuantity) {
      checks.whole('countedBase', earlier.countedBase + countedBase, 0, largestQuantity)
      refusals.push(...checks.refusals)
      return
    }
    lots.set(key, {
      itemId: line.itemId,
      supplierId,
      lot,
      madeOn,
      expiresOn,
      standard,
      lotId,
      countedBase: (earlier?.countedBase ?? 0) + countedBase,
      expectedBase: onHandBase,
    })
  })
  return { lines: [...lots.values()], refusals }
}
