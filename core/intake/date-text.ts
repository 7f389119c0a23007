import { addDays, type CivilDate, civilDate, daysInMonth, fromDayNumber } from '../civil-date.ts'
import { normaliseText } from '../text.ts'

/**
 * Dates as they are written in lists. What a date is for decides what a month alone means: goods expire at the end of
 * the month and were made at its start. `day` is the day of a document, which has been; `coming` one that is promised or
 * agreed.
 */
export type DatePurpose = 'expiry' | 'made' | 'day' | 'coming'

export interface DateReading {
  readonly date: CivilDate | null
  /** Months or days of shelf life, where the cell says `24个月` or `2年` in place of a date. */
  readonly shelfLife: { readonly months: number } | { readonly days: number } | null
  readonly doubt: null | DateDoubt
}

/**
 * `serial`: a bare number read as a day count; `year-missing`; `month-only`; `two-digit-year`; `day-or-month`: 3/4/2020;
 * `impossible`: 2020-02-30; `unreadable`.
 */
export type DateDoubt =
  | 'serial'
  | 'year-missing'
  | 'month-only'
  | 'two-digit-year'
  | 'day-or-month'
  | 'impossible'
  | 'unreadable'

export interface DateContext {
  readonly purpose: DatePurpose
  /** The year Excel counts from in this workbook. */
  readonly epoch: 1900 | 1904
  /** The business date, which supplies a missing year. */
  readonly today: CivilDate
}

/**
 * A day count of a spreadsheet as a date. 1900 counts 1900-01-01 as 1 and, wrongly, has a 29 February 1900 (60), for which
 * there is no date: null. 1904 counts 1904-01-01 as 0. A time of day (the fraction) is left out. Null outside 1900 to 9999.
 * (ECMA-376 part 1, 18.17.4.1.)
 */
export function dateOfSerial(serial: number, epoch: 1900 | 1904): CivilDate | null {
  // Half a second of tolerance: a day saved as a fraction may come back a hair short of midnight.
  const day = Math.floor(serial + 0.5 / 86_400)
  if (!Number.isFinite(day) || day < 0 || day > 2_958_465) return null
  if (epoch === 1904) return day > 2_957_003 ? null : fromDayNumber(day - 24_107)
  if (day === 0 || day === 60) return null
  return fromDayNumber(day < 60 ? day - 25_568 : day - 25_569)
}

const nothing: DateReading = { date: null, shelfLife: null, doubt: null }
const emptyWords = /^(?:-+|—+|\/+|\\+|无|没有|未知|不详|长期|长期有效|n\/?a|none|nil|unknown|\?+)$/i

const yearFirst =
  /^(\d{4})\s*[-/.年、,\s]\s*(\d{1,2})\s*(?:[-/.月、,\s]\s*(\d{1,2}))?\s*[日号月]?\/?(?:[\sT]+\d{1,2}[:时].*)?$/
const monthAndYear = /^(0?[1-9]|1[0-2])\s*[-/.]\s*(20\d{2})$/
/** What people write around a date, and what doesn't change it. */
const around =
  /^(?:(?:有效期?|使用期限|失效日?期?|到期日?|保质期|生产日期|exp(?:iry)?|mfg|mfd|use by|best before)\.?\s*(?:date)?\s*)?[:至到]?\s*(.*?)\s*(?:\(?(?:星期|周|礼拜)[一二三四五六日天]\)?|止)?$/i
const packed = /^(\d{4})(\d{2})(\d{2})$/
const packedShort = /^(\d{2})(\d{2})(\d{2})$/
const packedMonth = /^(20\d{2})(0[1-9]|1[0-2])$/
const monthDay = /^(\d{1,2})\s*(?:月|\/|\.|-)\s*(\d{1,2})\s*[日号]?$/
const twoDigitYear = /^(\d{1,2})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?$/
const dayFirst = /^(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4})$/
const named =
  /^(?:(\d{1,2})(?:st|nd|rd|th)?[\s-]+([a-z]{3,9})\.?,?[\s-]+(\d{4}|\d{2})|([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4}))$/i
const namedMonth = /^([a-z]{3,9})\.?[\s-]+(\d{4}|\d{1,2})$/i
const life =
  /^(?:保质期|有效期|shelf life)?\s*:?\s*(\d+(?:\.5)?|[一二两三四五六七八九十]|半)\s*(?:个)?\s*(年|月|天|日|years?|months?|days?)(半)?$/i
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

export function readDate(cell: string | number | null, context: DateContext): DateReading {
  if (cell === null || cell === '') return nothing
  if (typeof cell === 'number') return readNumber(cell, context)
  const text = normaliseText(cell)
  if (text === '' || emptyWords.test(text)) return nothing
  return readPlain(text, context) ?? readDressed(text, context) ?? { date: null, shelfLife: null, doubt: 'unreadable' }
}

const readPlain = (text: string, context: DateContext): DateReading | null =>
  readYearFirst(text, context) ??
  readMonthDay(text, context) ??
  readShort(text, context) ??
  readNamed(text, context) ??
  readLife(text) ??
  readSerialText(text, context)

/** `有效期至2022.02`, `2020年2月6日（周四）`, `二〇二〇年二月六日`. */
function readDressed(text: string, context: DateContext): DateReading | null {
  const inner = withPlainDigits(around.exec(text)?.[1] ?? text)
  return inner === text || inner === '' ? null : readPlain(inner, context)
}

const chineseDigits = '〇一二三四五六七八九'

/** The year is written digit by digit, month and day are counted: 二〇二〇年十二月二十六日. */
function withPlainDigits(text: string): string {
  const found =
    /^([〇零○一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月(?:([一二三四五六七八九十]{1,3})日)?$/.exec(text)
  if (!found) return text
  const year = [...found[1]!].map((digit) => ('零○'.includes(digit) ? 0 : chineseDigits.indexOf(digit))).join('')
  const count = (word: string): number => {
    const [tens, ones] = word.includes('十') ? word.split('十') : ['', word]
    const digit = (one: string | undefined) => (one ? chineseDigits.indexOf(one) : 0)
    return (word.includes('十') ? (tens === '' ? 1 : digit(tens)) * 10 : 0) + digit(ones)
  }
  return `${year}-${count(found[2]!)}${found[3] ? `-${count(found[3])}` : ''}`
}

function readNumber(value: number, context: DateContext): DateReading {
  // 20200206 typed as a number.
  if (Number.isInteger(value) && value >= 19_000_101 && value <= 99_991_231) {
    return dated(Math.floor(value / 10_000), Math.floor(value / 100) % 100, value % 100, null)
  }
  const sixDigits = Number.isInteger(value) ? readSixDigits(String(value), context) : null
  if (sixDigits !== null) return sixDigits
  // 2022.02 typed as a number. Of 2022.1 the earlier month is taken: it may have been 2022.10, and nothing is kept too long.
  const month = Math.round((value % 1) * 100)
  if (value > 2000 && value < 2100 && month > 0 && Math.abs(value - Math.floor(value) - month / 100) < 1e-9)
    return monthOnly(Math.floor(value), month % 10 === 0 ? month / 10 : month, context)
  // 2.6 typed as a number.
  if (value > 1 && value < 13 && !Number.isInteger(value) && context.purpose === 'day') {
    const day = readMonthDay(String(value), context)
    if (day !== null) return day
  }
  // Day counts of 1982 to 2119; anything else in a date column is no date.
  const low = context.epoch === 1904 ? 28_500 : 30_000
  if (value < low || value > 80_000) return { date: null, shelfLife: null, doubt: 'unreadable' }
  const date = dateOfSerial(value, context.epoch)
  return date === null
    ? { date: null, shelfLife: null, doubt: 'unreadable' }
    : { date, shelfLife: null, doubt: 'serial' }
}

function dated(year: number, month: number, day: number, doubt: DateReading['doubt']): DateReading {
  const date = civilDate(year, month, day)
  return date === null ? { date: null, shelfLife: null, doubt: 'impossible' } : { date, shelfLife: null, doubt }
}

function monthOnly(year: number, month: number, context: DateContext): DateReading {
  if (month < 1 || month > 12) return { date: null, shelfLife: null, doubt: 'impossible' }
  return dated(year, month, context.purpose === 'expiry' ? daysInMonth(year, month) : 1, 'month-only')
}

function readYearFirst(text: string, context: DateContext): DateReading | null {
  const found = yearFirst.exec(text) ?? packed.exec(text)
  if (found) {
    const year = Number(found[1])
    const month = Number(found[2])
    return found[3] === undefined ? monthOnly(year, month, context) : dated(year, month, Number(found[3]), null)
  }
  const month = monthAndYear.exec(text)
  return month ? monthOnly(Number(month[2]), Number(month[1]), context) : readSixDigits(text, context)
}

/** How far from today the year of six digits may lie, so that 200206 is a day of 2020 and not a month of 2002. */
const mostYearsOff = 15

/** `202002` is a month, `200206` a day. */
function readSixDigits(text: string, context: DateContext): DateReading | null {
  const month = packedMonth.exec(text)
  if (month && Math.abs(Number(month[1]) - Number(context.today.slice(0, 4))) <= mostYearsOff)
    return monthOnly(Number(month[1]), Number(month[2]), context)
  const day = packedShort.exec(text)
  if (!day) return null
  const century = Math.floor(Number(context.today.slice(0, 4)) / 100) * 100
  const read = dated(century + Number(day[1]), Number(day[2]), Number(day[3]), 'two-digit-year')
  return read.date === null ? null : read
}

/** A promised day without a year lies at most so far back; before that the next year is meant. */
const mostDaysBack = 90

/**
 * `2月6日`, `2/6`: the year is the one that puts the day last before today, or next after it for an expiry. A coming day
 * may lately have gone by, and lies ahead otherwise.
 */
function readMonthDay(text: string, context: DateContext): DateReading | null {
  const found = monthDay.exec(text)
  if (!found) return null
  const month = Number(found[1])
  const day = Number(found[2])
  const thisYear = Number(context.today.slice(0, 4))
  const isAhead = context.purpose === 'expiry' || context.purpose === 'coming'
  const earliest = context.purpose === 'coming' ? addDays(context.today, -mostDaysBack) : context.today
  let best: CivilDate | null = null
  for (const year of [thisYear - 1, thisYear, thisYear + 1]) {
    const date = civilDate(year, month, day)
    if (date === null) continue
    if (isAhead) {
      if (date >= earliest && (best === null || date < best)) best = date
    } else if (date <= context.today && (best === null || date > best)) {
      best = date
    }
  }
  return best === null
    ? { date: null, shelfLife: null, doubt: 'impossible' }
    : { date: best, shelfLife: null, doubt: 'year-missing' }
}

function readShort(text: string, context: DateContext): DateReading | null {
  const full = dayFirst.exec(text)
  if (full) {
    const first = Number(full[1])
    const second = Number(full[2])
    const year = Number(full[3])
    if (first > 12) return dated(year, second, first, null)
    if (second > 12) return dated(year, first, second, null)
    return dated(year, second, first, first === second ? null : 'day-or-month')
  }
  const short = twoDigitYear.exec(text)
  if (!short) return null
  const century = Math.floor(Number(context.today.slice(0, 4)) / 100) * 100
  const [first, second, third] = [Number(short[1]), Number(short[2]), Number(short[3])]
  const yearFirst = dated(century + first, second, third, 'two-digit-year')
  if (yearFirst.date !== null) return yearFirst
  // 1/31/22 and 31/1/22 can only be read with the year behind.
  const yearLast = dated(century + third, first, second, 'two-digit-year')
  return yearLast.date !== null ? yearLast : dated(century + third, second, first, 'two-digit-year')
}

const monthOf = (word: string): number => months.indexOf(word.slice(0, 3).toLowerCase()) + 1

function readNamed(text: string, context: DateContext): DateReading | null {
  const found = named.exec(text)
  if (found) {
    const month = monthOf(found[2] ?? found[4]!)
    if (month === 0) return null
    const day = Number(found[1] ?? found[5])
    const year = found[3] ?? found[6]!
    if (year.length === 2) {
      return dated(
        Math.floor(Number(context.today.slice(0, 4)) / 100) * 100 + Number(year),
        month,
        day,
        'two-digit-year',
      )
    }
    return dated(Number(year), month, day, null)
  }
  const month = namedMonth.exec(text)
  if (!month || monthOf(month[1]!) === 0) return null
  // Feb-22 is a month where goods are made and expire, and a day where something happens.
  const isDay = context.purpose === 'day' || context.purpose === 'coming' || month[2]!.length === 1
  if (month[2]!.length < 4 && isDay) return readMonthDay(`${monthOf(month[1]!)}/${month[2]}`, context)
  const century = month[2]!.length === 2 ? Math.floor(Number(context.today.slice(0, 4)) / 100) * 100 : 0
  return monthOnly(century + Number(month[2]), monthOf(month[1]!), context)
}

function readLife(text: string): DateReading | null {
  const found = life.exec(text)
  if (!found) return null
  const word = found[1]!
  const count =
    word === '半' ? 0.5 : (['', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十'].indexOf(word) + 1 || 0) - 1
  const amount = (/\d/.test(word) ? Number(word) : word === '两' ? 2 : count) + (found[3] ? 0.5 : 0)
  const unit = found[2]!.toLowerCase()
  if (unit === '天' || unit === '日' || unit.startsWith('day'))
    return { date: null, shelfLife: { days: amount }, doubt: null }
  const inMonths = unit === '年' || unit.startsWith('year') ? amount * 12 : amount
  return Number.isInteger(inMonths) && inMonths > 0
    ? { date: null, shelfLife: { months: inMonths }, doubt: null }
    : { date: null, shelfLife: null, doubt: 'unreadable' }
}

/** A day count that arrived as text, from a CSV file or a paste. */
function readSerialText(text: string, context: DateContext): DateReading | null {
  return /^\d{5}(?:\.\d+)?$/.test(text) ? readNumber(Number(text), context) : null
}
