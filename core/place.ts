import { Checks, largestQuantity } from './checks.ts'
import { daysBetween } from './civil-date.ts'
import type { Decision } from './refusal.ts'
import type { StatedUse } from './use.ts'

export const unitKinds = [
  'designated-hospital',
  'fever-clinic',
  'isolation-point',
  'joint-quarantine-station',
  'checkpoint',
  'town-street',
  'village-committee',
  'police',
  'sanitation',
  'school',
  'enterprise',
] as const
export type UnitKind = (typeof unitKinds)[number]

export type PlaceFields = {
  readonly code: string
  readonly name: string
  readonly nameEn: string
  readonly town: string
  readonly address: string
  readonly contact: string
  readonly phone: string
  readonly note: string
}

export type UnitFields = PlaceFields & {
  readonly unitKind: string
  readonly tier: number
  readonly route: string
  readonly headcount: readonly { readonly dutyId: number; readonly people: number }[]
}

export type SupplierFields = PlaceFields & {
  readonly supplierKind: string
  readonly licence: string
  readonly capacity: readonly { readonly itemId: number; readonly perDayBase: number }[]
}

function cleanPlace(checks: Checks, given: PlaceFields): PlaceFields {
  return {
    code: checks.text('code', given.code, { longest: 60, required: true }),
    name: checks.text('name', given.name, { longest: 60, required: true }),
    nameEn: checks.text('nameEn', given.nameEn, { longest: 60 }),
    town: checks.text('town', given.town, { longest: 60 }),
    address: checks.text('address', given.address, { longest: 200 }),
    contact: checks.text('contact', given.contact, { longest: 60 }),
    phone: checks.text('phone', given.phone, { longest: 60 }),
    note: checks.text('note', given.note, { longest: 500 }),
  }
}

export function decideDepot(given: PlaceFields): Decision<PlaceFields> {
  const checks = new Checks()
  return checks.decide(cleanPlace(checks, given))
}

/** 0 people at a duty takes the duty away. */
export function decideUnit(given: UnitFields): Decision<UnitFields> {
  const checks = new Checks()
  return checks.decide({
    ...cleanPlace(checks, given),
    unitKind: given.unitKind,
    tier: checks.oneOf('tier', given.tier, [1, 2, 3]),
    route: checks.text('route', given.route, { longest: 60 }),
    headcount: given.headcount
      .map(({ dutyId, people }) => ({ dutyId, people: checks.whole('headcount', people, 0, 1_000_000) }))
      .filter(({ people }) => people > 0),
  })
}

/** 0 a day takes the capacity for that item away. */
export function decideSupplier(given: SupplierFields): Decision<SupplierFields> {
  const checks = new Checks()
  return checks.decide({
    ...cleanPlace(checks, given),
    supplierKind: given.supplierKind,
    licence: checks.text('licence', given.licence, { longest: 60 }),
    capacity: given.capacity
      .map(({ itemId, perDayBase }) => ({
        itemId,
        perDayBase: checks.whole('capacity', perDayBase, 0, largestQuantity),
      }))
      .filter(({ perDayBase }) => perDayBase > 0),
  })
}

export type GivenReport = {
  readonly onHandBase: number
  readonly reportedOn: string
  /** What it says it used; without days: since the report before. */
  readonly used?: { readonly quantityBase: number; readonly days: number | null } | undefined
}

/** The most days that a report states its use of. */
export const mostUsedDays = 366

/**
 * A stock report: what the unit has of one item on a day that isn't after today, and what it says it used. `line` is
 * 1-based in the sheet; `before` is the day of the newest report of an earlier day.
 */
export function decideReport(
  given: GivenReport,
  today: string,
  before: string | null,
  line: number | null,
): Decision<{ onHandBase: number; reportedOn: string; used: StatedUse | null }> {
  const checks = new Checks(line)
  const onHandBase = checks.whole('onHandBase', given.onHandBase, 0, largestQuantity)
  const reportedOn = checks.date('reportedOn', given.reportedOn)
  if (reportedOn > today) checks.refuse('date-in-future', { field: 'reportedOn', given: reportedOn, allowed: today })
  return checks.decide({ onHandBase, reportedOn, used: decideUse(checks, given.used, reportedOn, before) })
}

function decideUse(
  checks: Checks,
  given: GivenReport['used'],
  reportedOn: string,
  before: string | null,
): StatedUse | null {
  if (given === undefined) return null
  const quantityBase = checks.whole('usedBase', given.quantityBase, 0, largestQuantity)
  const days = given.days ?? (before === null || checks.refusals.length > 0 ? null : daysBetween(before, reportedOn))
  if (days === null) {
    // Nothing to count the days from: the use would be of nobody knows how long.
    if (given.days === null && before === null) checks.refuse('used-days-missing', { field: 'usedDays' })
    return null
  }
  return { quantityBase, days: checks.whole('usedDays', days, 1, mostUsedDays) }
}
