import { addDays, addMonths, type CivilDate } from '../civil-date.ts'
import { type DatePurpose, type DateReading, readDate } from './date-text.ts'
import type { WrittenRow } from './gather-rows.ts'
import { guess, type Reason, type ReasonCode, wrong } from './reasons.ts'
import { asText, errorValue, type RowContext, remember } from './row-context.ts'
import type { Cell } from './sheet.ts'

/** The lot number as written, its width normalised; null for a dash or nothing. */
export function readLot(cell: Cell, reasons: Reason[]): string | null {
  const text = asText(cell)
  // Most lots are plain and long enough to be none of the special cases below.
  if (text !== null && typeof cell === 'string' && text.length > 4 && !text.includes('+') && !text.startsWith('#'))
    return text
  if (text === null || /^(?:\/|-+|—+|无|n\/?a|none)$/i.test(text)) return null
  if (
    /^\d(?:\.\d+)?E\+\d+$/i.test(text) ||
    (typeof cell === 'number' && (cell > Number.MAX_SAFE_INTEGER || !Number.isInteger(cell)))
  ) {
    reasons.push(wrong('lot', 'lot-damaged', { given: text }))
  }
  if (errorValue.test(text)) {
    reasons.push(wrong('lot', 'cell-error', { given: text }))
    return null
  }
  return text
}

const dateDoubts = {
  serial: 'date-serial',
  'year-missing': 'date-year-missing',
  'month-only': 'date-month-only',
  'two-digit-year': 'date-two-digit-year',
  'day-or-month': 'date-day-or-month',
  impossible: 'date-impossible',
  unreadable: 'date-unreadable',
} as const satisfies Record<NonNullable<DateReading['doubt']>, ReasonCode>

interface Dates {
  readonly madeOn: CivilDate | null
  readonly expiresOn: CivilDate | null
  readonly date: CivilDate | null
}
const noDate: DateReading = { date: null, shelfLife: null, doubt: null }
const noDates: Dates = { madeOn: null, expiresOn: null, date: null }

export function readDates(written: WrittenRow, context: RowContext, reasons: Reason[]): Dates {
  if (written.madeOn === null && written.expiresOn === null && written.date === null && written.shelfLife === null)
    return noDates
  const read = (cell: Cell, purpose: DatePurpose, field: string): DateReading => {
    if (cell === null) return noDate
    const reading = remember(context.memory.dates[purpose], cell, () =>
      readDate(cell, { purpose, epoch: context.epoch, today: context.today }),
    )
    if (reading.doubt !== null) {
      const data = { given: asText(cell) ?? '', value: reading.date ?? '' }
      reasons.push(
        reading.date === null
          ? wrong(field, dateDoubts[reading.doubt], data)
          : guess(field, dateDoubts[reading.doubt], data),
      )
    }
    return reading
  }
  const madeOn = read(written.madeOn, 'made', 'madeOn').date
  const expiry = read(written.expiresOn, 'expiry', 'expiresOn')
  const life =
    expiry.shelfLife ??
    (expiry.date === null && written.shelfLife !== null
      ? readDate(bareMonths(written.shelfLife), { purpose: 'expiry', epoch: 1900, today: context.today }).shelfLife
      : null)
  const expiresOn =
    expiry.date ??
    fromShelfLife(life, madeOn, asText(expiry.shelfLife ? written.expiresOn : written.shelfLife), reasons)
  checkDates(madeOn, expiresOn, context, reasons)
  return { madeOn, expiresOn, date: read(written.date, 'day', 'date').date }
}

/** A shelf life of plain 24 is in months. */
const bareMonths = (cell: Cell): Cell => {
  const text = asText(cell)
  return text !== null && /^\d{1,3}$/.test(text) ? `${text}个月` : text
}

/**
 * Made on 1 March 2020 with 24 months: good through the last day before 1 March 2022. The expiry is that last day, as the
 * rules for labels of medical devices count it (made-on date plus the life, less one day).
 */
function fromShelfLife(
  life: DateReading['shelfLife'],
  madeOn: CivilDate | null,
  given: string | null,
  reasons: Reason[],
): CivilDate | null {
  if (life === null) return null
  if (madeOn === null) {
    reasons.push(wrong('expiresOn', 'expiry-needs-made-on', { given: given ?? '' }))
    return null
  }
  const value = addDays('months' in life ? addMonths(madeOn, life.months) : addDays(madeOn, life.days), -1)
  reasons.push(guess('expiresOn', 'expiry-from-shelf-life', { given: given ?? '', value }))
  return value
}

function checkDates(
  madeOn: CivilDate | null,
  expiresOn: CivilDate | null,
  context: RowContext,
  reasons: Reason[],
): void {
  if (madeOn !== null && madeOn > context.today) reasons.push(guess('madeOn', 'made-in-future', { value: madeOn }))
  if (expiresOn === null) return
  if (madeOn !== null && expiresOn < madeOn) {
    reasons.push(wrong('expiresOn', 'expiry-before-made', { value: expiresOn, made: madeOn }))
  } else if (expiresOn < context.today) {
    // What is on a shelf may well have expired; what comes in or goes out may not.
    const refuse = context.kind === 'delivery' || context.kind === 'issue'
    reasons.push((refuse ? wrong : guess)('expiresOn', 'expiry-past', { value: expiresOn }))
  } else if (expiresOn > context.memory.farExpiry) reasons.push(guess('expiresOn', 'expiry-far', { value: expiresOn }))
}
