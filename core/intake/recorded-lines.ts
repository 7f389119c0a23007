import type { DraftRow } from './read-row.ts'
import { guess, worstOf } from './reasons.ts'

/** A line of a delivery that is in the ledger. */
export interface RecordedLine {
  /** The number of the delivery. */
  readonly document: string
  readonly postingSeq: number
  /** YYYY-MM-DD, the day of that delivery. */
  readonly on: string
}

/**
 * The row with the doubt that it was recorded before: the same supplier, item, lot and quantity in a delivery of nearly
 * the same day. A guess and no fault: two donors' boxes may be alike, and the clerk says so with one key.
 */
export function markRecorded(row: DraftRow, recorded: RecordedLine): DraftRow {
  if (row.reasons.some((reason) => reason.code === 'repeats-line')) return row
  const { document, postingSeq, on } = recorded
  const reasons = [...row.reasons, guess('row', 'repeats-line', { document, postingSeq, on })]
  return { ...row, reasons, status: worstOf(reasons) }
}

/** The deliveries that rows are said to repeat, with how many rows each, in the order of the rows. */
export function recordedIn(rows: readonly DraftRow[]): { readonly line: RecordedLine; readonly rows: number }[] {
  const found = new Map<number, { line: RecordedLine; rows: number }>()
  for (const row of rows) {
    for (const { code, data } of row.reasons) {
      if (code !== 'repeats-line') continue
      const postingSeq = Number(data.postingSeq)
      const before = found.get(postingSeq)
      if (before) before.rows += 1
      else
        found.set(postingSeq, { line: { document: String(data.document), postingSeq, on: String(data.on) }, rows: 1 })
    }
  }
  return [...found.values()]
}
