import { defaultPatterns, type NumberedKind, type NumberPatterns, numberStem } from '../core/numbering.ts'
import { get, type Reader, type Writer } from './statement.ts'

/** The patterns in force: what is set for a kind, else the program's own. */
export function readNumberPatterns(db: Reader): NumberPatterns {
  const row = get<{ value: string }>(db, "SELECT value FROM setting WHERE name = 'numberPatterns'")
  return row ? { ...defaultPatterns, ...(JSON.parse(row.value) as Partial<NumberPatterns>) } : defaultPatterns
}

/**
 * The next number of a kind of document on a day: `RK20200206-001`. Counts without a gap (a transaction that is rolled
 * back gives its number back), and grows wider after 999. What stands before the running number has the counter, whatever
 * kind or pattern it comes from: so no number is ever given twice, not after a pattern was changed and changed back.
 * @param day YYYY-MM-DD
 */
export function nextNumber(db: Writer, kind: NumberedKind, day: string): string {
  const { stem, digits } = numberStem(readNumberPatterns(db)[kind], day)
  const row = get<{ last: number }>(
    db,
    `INSERT INTO numbering (stem, last) VALUES (?, 1)
     ON CONFLICT (stem) DO UPDATE SET last = last + 1 RETURNING last`,
    stem,
  )
  if (!row) throw new Error('the running number was not given back')
  return `${stem}${String(row.last).padStart(digits, '0')}`
}
