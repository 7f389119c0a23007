import type { CivilDate } from './civil-date.ts'
import { buildGs1, canHoldGs1, canWriteGs1Date, normaliseGtin, parseGs1 } from './gs1.ts'

/** lot 批号标签: what lies in a box or on a shelf, of one lot · shelf 货位标签: which item lies here · carton 箱标签: each of a number of cartons. */
export const labelKinds = ['lot', 'shelf', 'carton'] as const
export type LabelKind = (typeof labelKinds)[number]

/** Width × height in millimetres, as label rolls are sold. */
export const labelSizes = [
  { id: '50x30', widthMm: 50, heightMm: 30 },
  { id: '100x50', widthMm: 100, heightMm: 50 },
] as const
export type LabelSize = (typeof labelSizes)[number]
export type LabelSizeId = LabelSize['id']

export const labelLimits = {
  /** Of one label, and of all in one print: a roll has about 1,000. */
  copies: 1000,
  labels: 1000,
  /** AI 30 has eight digits. */
  quantityBase: 99_999_999,
  /** Printers are off by a few millimetres; more means another roll or another size. */
  offsetMm: 10,
} as const

export type LabelFacts = {
  readonly itemCode: string
  readonly gtin: string | null
  readonly lot: string
  readonly expiresOn: CivilDate | null
  /** In base units; null where the label says nothing of it. */
  readonly quantityBase: number | null
}

/** What of the facts the symbol can't hold; it stands on the label in words alone. */
export type LeftOut = 'item' | 'lot' | 'expiresOn'

export type LabelCode = {
  /**
   * What the DataMatrix holds: GS1 elements with 0x1D behind values of variable length (`gs1`), or a code of our own as
   * plain text. Null where nothing says which item it is.
   */
  readonly symbol: { readonly gs1: boolean; readonly text: string } | null
  readonly leftOut: readonly LeftOut[]
}

/**
 * What a label's DataMatrix says: 01 GTIN, or our own item code in 91 (company internal information: 240 may only stand
 * beside a GTIN), 17 expiry, 10 lot, 30 count in base units, which is what the scanner counts in (37 would need the number
 * of a logistic unit, 00 and 02). Source: GS1 General Specifications, 3.2 to 3.9. A shelf's label, which says nothing but the item, holds its
 * code as plain text, since many scanners don't say which symbol they saw and `91…` alone would be any code.
 */
export function labelCode(kind: LabelKind, facts: LabelFacts, today: CivilDate): LabelCode {
  const gtin = facts.gtin === null ? null : normaliseGtin(facts.gtin)
  const leftOut: LeftOut[] = []
  const ofLot = kind !== 'shelf'
  const lot = ofLot && facts.lot !== '' ? facts.lot : null
  const lotFits = lot !== null && canHoldGs1('10', lot)
  const expiresOn = ofLot ? facts.expiresOn : null
  const dateFits = expiresOn !== null && canWriteGs1Date(expiresOn, today)
  const internalCode = gtin === null ? facts.itemCode : null
  if (internalCode !== null && !canHoldGs1('91', internalCode)) return { symbol: null, leftOut: ['item'] }
  if (lot !== null && !lotFits) leftOut.push('lot')
  if (expiresOn !== null && !dateFits) leftOut.push('expiresOn')
  const count = ofLot ? facts.quantityBase : null
  const nothingMore = !lotFits && !dateFits && count === null
  const read = parseGs1(facts.itemCode, today)
  if (internalCode !== null && nothingMore && !read.ok && read.problem === 'not-gs1') {
    return { symbol: { gs1: false, text: internalCode }, leftOut }
  }
  const content = { gtin, internalCode, lot: lotFits ? lot : null, expiresOn: dateFits ? expiresOn : null, count }
  return { symbol: { gs1: true, text: buildGs1(content, today) }, leftOut }
}

/** The item codes that may stand for an item in a scan: 91, and 240 where another hand wrote it. */
export function ownCodeOf(other: readonly (readonly [string, string])[]): string | null {
  const values = new Map(other)
  return values.get('91') ?? values.get('240') ?? null
}
