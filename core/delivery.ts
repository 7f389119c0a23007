import { Checks, largestQuantity } from './checks.ts'
import { addDays, isCivilDate } from './civil-date.ts'
import { type Decision, refused } from './refusal.ts'
import { standardMeets } from './standard.ts'

export type DeliveryLineGiven = {
  readonly itemId: number
  readonly lot: string
  readonly madeOn: string | null
  readonly expiresOn: string | null
  readonly standard: string
  readonly packs: number | null
  readonly packSizeBase: number | null
  readonly piecesBase: number | null
  readonly acceptedBase: number | null
  readonly rejectedBase: number
  readonly rejectReason: string
}

export type DeliveryGiven = {
  readonly businessDate: string
  readonly noteNumber: string
  readonly noteRepeat: boolean
  readonly note: string
  readonly lines: readonly DeliveryLineGiven[]
}

/** What the database knows that the decision rests on. */
export type DeliveryFacts = {
  readonly today: string
  readonly supplier: { readonly name: string; readonly archived: boolean } | null
  readonly depot: { readonly name: string; readonly archived: boolean } | null
  readonly items: ReadonlyMap<
    number,
    {
      readonly code: string
      readonly name: string
      readonly standard: string
      readonly packSizeBase: number
      readonly shelfLifeDays: number | null
      readonly archived: boolean
    }
  >
  /** An earlier delivery of this supplier under the same note number. */
  readonly sameNote: { readonly postingSeq: number; readonly number: string; readonly businessDate: string } | null
}

export type DeliveryLine = {
  readonly line: number
  readonly itemId: number
  readonly lot: string
  readonly madeOn: string | null
  readonly expiresOn: string | null
  readonly standard: string
  readonly packs: number | null
  readonly packSizeBase: number
  readonly countedBase: number
  readonly acceptedBase: number
  readonly rejectedBase: number
  readonly rejectReason: string
}

export type DeliveryDecided = {
  readonly businessDate: string
  readonly noteNumber: string
  readonly noteRepeat: boolean
  readonly note: string
  readonly lines: readonly DeliveryLine[]
}

/**
 * The expiry a line gets when none is written: day of production plus shelf life. Null where either is unknown or the
 * day of production is no date. The screen shows the same day before it is saved.
 */
export function workOutExpiry(madeOn: string | null, shelfLifeDays: number | null): string | null {
  if (madeOn === null || shelfLifeDays === null || !isCivilDate(madeOn)) return null
  return madeOn > '9800-01-01' ? null : addDays(madeOn, shelfLifeDays)
}

/**
 * Turns what the clerk wrote into lines that can be posted, or into all the refusals at once. A lot number is kept as
 * one spelling (full-width characters and runs of spaces folded), so that the same lot is never two.
 */
export function decideDelivery(given: DeliveryGiven, facts: DeliveryFacts): Decision<DeliveryDecided> {
  const checks = new Checks()
  if (!facts.supplier) checks.refuse('not-found', { field: 'supplierId' })
  else if (facts.supplier.archived)
    checks.refuse('archived', { field: 'supplierId', about: { name: facts.supplier.name } })
  if (!facts.depot) checks.refuse('not-found', { field: 'depotId' })
  else if (facts.depot.archived) checks.refuse('archived', { field: 'depotId', about: { name: facts.depot.name } })
  const businessDate = checks.date('businessDate', given.businessDate)
  if (businessDate > facts.today) {
    checks.refuse('date-in-future', { field: 'businessDate', given: businessDate, allowed: facts.today })
  }
  const noteNumber = checks.text('noteNumber', given.noteNumber, { longest: 60 })
  if (facts.sameNote && noteNumber !== '' && !given.noteRepeat) {
    checks.refuse('note-number-used', {
      field: 'noteNumber',
      given: noteNumber,
      about: {
        postingSeq: facts.sameNote.postingSeq,
        number: facts.sameNote.number,
        businessDate: facts.sameNote.businessDate,
      },
    })
  }
  const note = checks.text('note', given.note, { longest: 500 })
  if (given.lines.length === 0) checks.refuse('no-lines', { field: 'lines' })
  const lines = given.lines.map((line, index) => {
    const lineChecks = new Checks(index + 1)
    const decidedLine = checkLine(lineChecks, line, index + 1, businessDate, facts)
    checks.take(lineChecks)
    return decidedLine
  })
  if (checks.refusals.length > 0) return refused(...checks.refusals)
  return checks.decide({
    businessDate,
    noteNumber,
    noteRepeat: given.noteRepeat && facts.sameNote !== null,
    note,
    lines,
  })
}

function checkLine(
  checks: Checks,
  given: DeliveryLineGiven,
  line: number,
  businessDate: string,
  facts: DeliveryFacts,
): DeliveryLine {
  const item = facts.items.get(given.itemId)
  if (!item) checks.refuse('not-found', { field: 'itemId' })
  else if (item.archived) checks.refuse('archived', { field: 'itemId', given: item.code, about: { name: item.name } })
  const about: { [name: string]: string } = item ? { item: item.name } : {}

  const lot = checks.text('lot', given.lot, { longest: 60 })
  const standard = checks.text('standard', given.standard, { longest: 60 })
  if (item && standard !== '' && !standardMeets(standard, item.standard)) {
    checks.refuse('standard-below-item', { field: 'standard', given: standard, allowed: item.standard, about })
  }
  const madeOn = checks.dateOrNull('madeOn', given.madeOn)
  if (madeOn !== null && madeOn > businessDate) {
    checks.refuse('date-in-future', { field: 'madeOn', given: madeOn, allowed: businessDate, about })
  }
  const expiresOn =
    checks.dateOrNull('expiresOn', given.expiresOn) ?? workOutExpiry(madeOn, item?.shelfLifeDays ?? null)
  if (expiresOn !== null) {
    if (madeOn !== null && expiresOn <= madeOn) {
      checks.refuse('expiry-before-production', { field: 'expiresOn', given: expiresOn, allowed: madeOn, about })
    } else if (expiresOn < businessDate) {
      checks.refuse('expired', { field: 'expiresOn', given: expiresOn, allowed: businessDate, about })
    }
  }

  const counted = checkCounted(checks, given, item?.packSizeBase ?? 1)
  const rejectedBase = checks.whole('rejectedBase', given.rejectedBase, 0, largestQuantity)
  const acceptedBase =
    given.acceptedBase === null
      ? counted.countedBase - rejectedBase
      : checks.whole('acceptedBase', given.acceptedBase, 0, largestQuantity)
  if (checks.refusals.length === 0 && (acceptedBase < 0 || acceptedBase + rejectedBase !== counted.countedBase)) {
    checks.refuse('accepted-and-rejected-exceed-counted', {
      field: given.acceptedBase === null ? 'rejectedBase' : 'acceptedBase',
      given: given.acceptedBase === null ? rejectedBase : acceptedBase + rejectedBase,
      allowed: counted.countedBase,
      about: { ...about, accepted: acceptedBase, rejected: rejectedBase, counted: counted.countedBase },
    })
  }
  const rejectReason = checks.text('rejectReason', given.rejectReason, { longest: 100 })
  if (rejectedBase > 0 && rejectReason === '') {
    checks.refuse('reject-reason-missing', { field: 'rejectReason', given: rejectedBase, about })
  }
  return {
    line,
    itemId: given.itemId,
    lot,
    madeOn,
    expiresOn,
    standard,
    ...counted,
    acceptedBase,
    rejectedBase,
    rejectReason,
  }
}

/** Packs × pack size, or pieces: one of the two must be there, and when both are they must agree. */
function checkCounted(
  checks: Checks,
  given: DeliveryLineGiven,
  itemPackSizeBase: number,
): { packs: number | null; packSizeBase: number; countedBase: number } {
  const packSizeBase = checks.whole('packSizeBase', given.packSizeBase ?? itemPackSizeBase, 1, 1_000_000)
  if (given.packs === null) {
    if (given.piecesBase === null) {
      checks.refuse('required', { field: 'packs' })
      return { packs: null, packSizeBase, countedBase: 1 }
    }
    return { packs: null, packSizeBase, countedBase: checks.whole('piecesBase', given.piecesBase, 1, largestQuantity) }
  }
  const packs = checks.whole('packs', given.packs, 1, largestQuantity)
  const countedBase = packs * packSizeBase
  if (countedBase > largestQuantity) {
    checks.refuse('out-of-range', {
      field: 'packs',
      given: countedBase,
      allowed: `1–${largestQuantity}`,
      about: { min: 1, max: largestQuantity },
    })
    return { packs, packSizeBase, countedBase: 1 }
  }
  if (given.piecesBase !== null && given.piecesBase !== countedBase) {
    checks.refuse('out-of-range', {
      field: 'piecesBase',
      given: given.piecesBase,
      allowed: countedBase,
      about: { min: countedBase, max: countedBase },
    })
  }
  return { packs, packSizeBase, countedBase }
}
