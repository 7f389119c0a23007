import { addDays, addMonths, type CivilDate } from '../civil-date.ts'
import { type DatePurpose, type DateReading, dateOfSerial, readDate } from './date-text.ts'
import type { WrittenRow } from './gather-rows.ts'
import { guess, type Reason, type ReasonCode, wrong } from './reasons.ts'
import { asText, errorValue, type RowContext, remember } from './row-context.ts'
import type { Cell } from './sheet.ts'

const emptyLot = /^(?:\/|-+|—+|无|n\/?a|none)$/i
const lotPrefix = /^(?:生产)?(?:批号|批次号?|lot|batch)\s*(?:no\.?|number|#)?\s*[:#]\s*(?=\S)/i
const severalLots = /[、,;+\n]|(?<=[A-Za-z\d])\s*(?:和|及|&)\s*(?=[A-Za-z\d])/

/** The lot number as written, its width normalised; null for a dash or nothing. */
export function readLot(cell: Cell, epoch: 1900 | 1904, reasons: Reason[]): string | null {
  const given = asText(cell)
  if (given === null || (given.length < 5 && emptyLot.test(given))) return null
  const text = given.includes(':') || given.includes('#') ? given.replace(lotPrefix, '') : given
  if (typeof cell === 'number') checkNumber(cell, text, epoch, reasons)
  else if (text.includes('E+') && /^\d(?:\.\d+)?E\+\d+$/i.test(text))
    reasons.push(wrong('lot', 'lot-damaged', { given: text }))
  else if (text.charCodeAt(4) === 45 && /^\d{4}-\d{2}-\d{2}$/.test(text))
    reasons.push(guess('lot', 'lot-is-a-date', { given: text }))
  else if (severalLots.test(text)) reasons.push(guess('lot', 'lot-several', { given: text }))
  else if (text.charCodeAt(0) === 35 && errorValue.test(text)) {
    reasons.push(wrong('lot', 'cell-error', { given: text }))
    return null
  }
  return text
}

/** Day counts of 2015 to 2027 in either calendar: a lot such as 2020-1-15 that a spreadsheet took for a day. */
function checkNumber(value: number, text: string, epoch: 1900 | 1904, reasons: Reason[]): void {
  if (value > Number.MAX_SAFE_INTEGER || !Number.isInteger(value)) {
    reasons.push(wrong('lot', 'lot-damaged', { given: text }))
    return
  }
  const day = value > 40_000 && value < 46_500 ? dateOfSerial(value, epoch) : null
  if (day !== null) reasons.push(guess('lot', 'lot-is-a-day-count', { given: text, value: day }))
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
