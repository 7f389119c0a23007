import type { CatalogueItem } from './catalogue.ts'
import type { WrittenRow } from './gather-rows.ts'
import type { IntakeKind } from './header-words.ts'
import { readQuantity } from './number-text.ts'
import { type Reason, wrong } from './reasons.ts'
import { asText } from './row-context.ts'
import { isSameUnit } from './unit-of-measure.ts'

/** Use in base units over so many days; without days, since the report before. */
export interface UsedOver {
  readonly quantityBase: number
  readonly days: number | null
}

export interface Used {
  readonly used: string | null
  readonly usedDays: string | null
  readonly usedOver: UsedOver | null
}

const noUse: Used = { used: null, usedDays: null, usedOver: null }
const quantityLimit = 1_000_000_000
const mostDays = 366
/** 12.5 a day is 125 in ten days: the books have whole pieces. */
const daysOfAverage = 10

/** What a report says was used, in the unit that its stock is counted in unless it names the base unit. */
export function readUsed(
  written: WrittenRow,
  kind: IntakeKind,
  counted: { readonly unit: string | null; readonly packBase: number | null },
  item: CatalogueItem | null,
  reasons: Reason[],
): Used {
  if (kind !== 'reports') return noUse
  const used = asText(written.used)
  const usedDays = asText(written.usedDays)
  if (used === null) return usedDays === null ? noUse : { used, usedDays, usedOver: null }
  const days = readDays(usedDays, reasons)
  return { used, usedDays, usedOver: days === undefined ? null : readBase(written, used, days, counted, item, reasons) }
}

/** Undefined where it can't be read. */
function readDays(given: string | null, reasons: Reason[]): number | null | undefined {
  if (given === null) return null
  const days = Number(given.replace(/\s*(?:天|日|days?|d)$/i, ''))
  if (Number.isInteger(days) && days >= 1 && days <= mostDays) return days
  reasons.push(wrong('usedDays', 'used-days-unreadable', { given }))
  return undefined
}

function readBase(
  written: WrittenRow,
  given: string,
  days: number | null,
  counted: { readonly unit: string | null; readonly packBase: number | null },
  item: CatalogueItem | null,
  reasons: Reason[],
): UsedOver | null {
  const read = readQuantity(written.used)
  if (read.value === null || read.doubt !== null) {
    reasons.push(wrong('used', 'used-unreadable', { given }))
    return null
  }
  const packBase = packBaseOf(read.unit, counted, item)
  if (packBase === undefined) {
    reasons.push(wrong('used', 'used-unit-differs', { given: read.unit ?? '', other: counted.unit ?? item!.baseUnit }))
    return null
  }
  // What the stock is counted in isn't known yet: that is asked for at the stock.
  if (packBase === null) return null
  const exact = Math.round(read.value * packBase * 1e6) / 1e6
  if (exact < 0 || exact > quantityLimit) {
    reasons.push(wrong('used', 'used-too-large', { given: exact }))
    return null
  }
  if (Number.isInteger(exact)) return { quantityBase: exact, days }
  if (days === 1) return { quantityBase: Math.round(exact * daysOfAverage), days: daysOfAverage }
  reasons.push(wrong('used', 'used-not-whole', { given: exact, unit: item?.baseUnit ?? counted.unit ?? '' }))
  return null
}

/** Base units in one of the unit that the use is written in; undefined where it is neither the stock's nor the base unit. */
function packBaseOf(
  unit: string | null,
  counted: { readonly unit: string | null; readonly packBase: number | null },
  item: CatalogueItem | null,
): number | null | undefined {
  if (unit === null || (counted.unit !== null && isSameUnit(unit, counted.unit))) return counted.packBase
  if (item === null) return null
  if (isSameUnit(unit, item.baseUnit)) return 1
  return undefined
}
