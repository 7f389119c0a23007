import { Checks } from './checks.ts'
import type { Decision } from './refusal.ts'

export type ItemFields = {
  readonly code: string
  readonly name: string
  readonly nameEn: string
  readonly category: string
  readonly specification: string
  readonly standard: string
  readonly baseUnit: string
  readonly packName: string
  readonly packSizeBase: number
  readonly shelfLifeDays: number | null
  readonly reserveBase: number
  /**
   * Price of one base unit in fen (0.01 yuan), null where it is not known. By the base unit, as quantities are: a price by
   * the pack would mean something else on the day the pack size is corrected, and lots come in packs of several sizes.
   */
  readonly unitPriceFen: number | null
}

/** Checks the fields of an item and cleans its texts. Refusals name the field. */
export function decideItem(given: ItemFields): Decision<ItemFields> {
  const checks = new Checks()
  return checks.decide({
    code: checks.text('code', given.code, { longest: 60, required: true }),
    name: checks.text('name', given.name, { longest: 60, required: true }),
    nameEn: checks.text('nameEn', given.nameEn, { longest: 60 }),
    category: given.category,
    specification: checks.text('specification', given.specification, { longest: 60 }),
    standard: checks.text('standard', given.standard, { longest: 60 }),
    baseUnit: checks.text('baseUnit', given.baseUnit, { longest: 20, required: true }),
    packName: checks.text('packName', given.packName, { longest: 20, required: true }),
    packSizeBase: checks.whole('packSizeBase', given.packSizeBase, 1, 1_000_000),
    shelfLifeDays: checks.wholeOrNull('shelfLifeDays', given.shelfLifeDays, 1, 36_500),
    reserveBase: checks.whole('reserveBase', given.reserveBase, 0, 1_000_000_000),
    unitPriceFen: checks.wholeOrNull('unitPriceFen', given.unitPriceFen, 1, 100_000_000),
  })
}

/** A norm is thousandths of the base unit per person and day; 0 takes it away. */
export function decideNorm(milliPerPersonDay: number): Decision<number> {
  const checks = new Checks()
  return checks.decide(checks.whole('milliPerPersonDay', milliPerPersonDay, 0, 1_000_000_000))
}

export function decideDuty(given: {
  readonly code: string
  readonly name: string
  readonly nameEn: string
}): Decision<{ code: string; name: string; nameEn: string }> {
  const checks = new Checks()
  return checks.decide({
    code: checks.text('code', given.code, { longest: 60, required: true }),
    name: checks.text('name', given.name, { longest: 60, required: true }),
    nameEn: checks.text('nameEn', given.nameEn, { longest: 60 }),
  })
}
