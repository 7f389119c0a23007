import { isCivilDate } from '../core/civil-date.ts'
import { get, type Writer } from './statement.ts'

/**
 * The next number of a kind of document on a day: `RK20200206-001`. Counts per prefix and day without a gap (a
 * transaction that is rolled back gives its number back), and grows wider after 999.
 * @param prefix letters of the kind, e.g. RK 入库, DB 调拨
 * @param day YYYY-MM-DD
 */
export function nextNumber(db: Writer, prefix: string, day: string): string {
  if (!/^[A-Z]{1,8}$/.test(prefix)) throw new Error(`not a prefix of a document number: ${JSON.stringify(prefix)}`)
  if (!isCivilDate(day)) throw new Error(`not a civil date: ${JSON.stringify(day)}`)
  const row = get<{ last: number }>(
    db,
    `INSERT INTO numbering (prefix, day, last) VALUES (?, ?, 1)
     ON CONFLICT (prefix, day) DO UPDATE SET last = last + 1 RETURNING last`,
    prefix,
    day,
  )
  if (!row) throw new Error('the running number was not given back')
  return `${prefix}${day.replaceAll('-', '')}-${String(row.last).padStart(3, '0')}`
}
