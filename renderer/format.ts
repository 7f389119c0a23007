const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 3 })
const oneDecimal = new Intl.NumberFormat('en-US', { minimumFractionDigits: 1, maximumFractionDigits: 1 })

/** 1234567 → `1,234,567`; the same grouping in both languages, as in Chinese ledgers. Null is empty. */
export function formatNumber(value: number | null | undefined): string {
  return value === null || value === undefined ? '' : grouped.format(value)
}

/** Thousandths as a decimal: 24000 → `24`, 33 → `0.033`. */
export function formatMilli(milli: number | null | undefined): string {
  return milli === null || milli === undefined ? '' : grouped.format(milli / 1000)
}

/** Days of cover from thousandths, one decimal, rounded down so that 1.99 never looks like 2.0: 6250 → `6.2`. */
export function formatDays(milliDays: number | null | undefined): string {
  if (milliDays === null || milliDays === undefined) return ''
  const tenths = Math.floor(milliDays / 100)
  return tenths >= 10_000 ? '999+' : oneDecimal.format(tenths / 10)
}

/** Civil dates are shown as they are kept, `2020-02-06`: sorted at sight and the same in both languages. */
export function formatDate(date: string | null | undefined): string {
  return date ?? ''
}

const instantFormat = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short' })

/** An instant (UTC milliseconds) at the reader's clock: `2020-02-06 14:03`. */
export function formatInstant(instant: number | null | undefined): string {
  return instant === null || instant === undefined ? '' : instantFormat.format(new Date(instant))
}

/** A quantity with its unit of measure: `1,200 个`. */
export function formatQuantity(quantityBase: number, baseUnit: string): string {
  return `${formatNumber(quantityBase)} ${baseUnit}`
}

const twoDecimals = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })

/** Fen as yuan with a true minus: -123456 → `−1,234.56`. */
export function formatFen(fen: number | null | undefined): string {
  if (fen === null || fen === undefined) return ''
  return `${fen < 0 ? '−' : ''}${twoDecimals.format(Math.abs(fen) / 100)}`
}
