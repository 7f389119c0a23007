/**
 * Civil dates: a business date or an expiry is a day in a calendar, not an instant, so it is kept as `YYYY-MM-DD` text
 * and never passes through `Date`, whose zone would move it by a day. Proleptic Gregorian calendar, years 0001 to 9999.
 */

/** `YYYY-MM-DD`, a day that exists. Sorts as text in calendar order. */
export type CivilDate = string

export interface CivilDateParts {
  readonly year: number
  readonly month: number
  readonly day: number
}

const shape = /^(\d{4})-(\d{2})-(\d{2})$/
const daysBeforeMonth = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334]

function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
}

/** Days in a month (1 to 12) of a year; 0 for a month that doesn't exist. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28
  if (month === 4 || month === 6 || month === 9 || month === 11) return 30
  return Number.isInteger(month) && month >= 1 && month <= 12 ? 31 : 0
}

/** The text of a day, or null when there is no such day (30 February, month 13, year 0). */
export function civilDate(year: number, month: number, day: number): CivilDate | null {
  if (!Number.isInteger(year) || year < 1 || year > 9999) return null
  if (!Number.isInteger(day) || day < 1 || day > daysInMonth(year, month)) return null
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

/** Reads strict `YYYY-MM-DD`; null for anything else. Lists with other ways to write a date are `core/intake/`'s task. */
export function parseCivilDate(text: string): CivilDateParts | null {
  const found = shape.exec(text)
  if (!found) return null
  const year = Number(found[1])
  const month = Number(found[2])
  const day = Number(found[3])
  return civilDate(year, month, day) === null ? null : { year, month, day }
}

export function isCivilDate(text: string): boolean {
  return parseCivilDate(text) !== null
}

function partsOf(date: CivilDate): CivilDateParts {
  const parts = parseCivilDate(date)
  if (!parts) throw new RangeError(`not a civil date: ${JSON.stringify(date)} (expected YYYY-MM-DD)`)
  return parts
}

/** Days since 1970-01-01 (negative before it). Throws a RangeError when the text is not a civil date. */
export function toDayNumber(date: CivilDate): number {
  const { year, month, day } = partsOf(date)
  const y = year - 1
  const leapDays = Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400)
  const beforeMonth = daysBeforeMonth[month - 1]! + (month > 2 && isLeapYear(year) ? 1 : 0)
  // 719162 = days from 0001-01-01 to 1970-01-01.
  return y * 365 + leapDays + beforeMonth + day - 1 - 719162
}

/** The day with this number of days since 1970-01-01. Throws a RangeError outside years 0001 to 9999. */
export function fromDayNumber(dayNumber: number): CivilDate {
  // Howard Hinnant, "chrono-compatible low-level date algorithms", civil_from_days.
  const z = dayNumber + 719468
  const era = Math.floor(z / 146097)
  const dayOfEra = z - era * 146097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  const date = civilDate(yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  if (date === null) throw new RangeError(`day number out of range: ${dayNumber}`)
  return date
}

/** `days` may be negative. */
export function addDays(date: CivilDate, days: number): CivilDate {
  if (!Number.isInteger(days)) throw new RangeError(`days must be a whole number, got ${days}`)
  return fromDayNumber(toDayNumber(date) + days)
}

/** Adds calendar months, keeping the day where the month has it and taking the month's last day where it has not. */
export function addMonths(date: CivilDate, months: number): CivilDate {
  const { year, month, day } = partsOf(date)
  const index = year * 12 + (month - 1) + months
  const newYear = Math.floor(index / 12)
  const newMonth = index - newYear * 12 + 1
  const moved = civilDate(newYear, newMonth, Math.min(day, daysInMonth(newYear, newMonth)))
  if (moved === null) throw new RangeError(`date out of range: ${date} + ${months} months`)
  return moved
}

/** Days from the first to the second: 1 from a day to the next, negative when the second is earlier. */
export function daysBetween(from: CivilDate, to: CivilDate): number {
  return toDayNumber(to) - toDayNumber(from)
}

/** −1, 0 or 1, for sorting. Text order is calendar order for well-formed dates. */
export function compareCivilDates(a: CivilDate, b: CivilDate): -1 | 0 | 1 {
  return a < b ? -1 : a > b ? 1 : 0
}

/** ISO weekday: 1 is Monday, 7 is Sunday. */
export function weekdayOf(date: CivilDate): 1 | 2 | 3 | 4 | 5 | 6 | 7 {
  // 1970-01-01 was a Thursday.
  const index = (((toDayNumber(date) + 3) % 7) + 7) % 7
  return (index + 1) as 1 | 2 | 3 | 4 | 5 | 6 | 7
}
