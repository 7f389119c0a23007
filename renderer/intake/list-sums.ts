import type { Status } from '../../core/intake/reasons.ts'
import { type RecordedLine, recordedIn } from '../../core/intake/recorded-lines.ts'
import { nameKey } from '../../core/text.ts'
import { columnsInUse, type ListColumn, type ListRow, statusOf } from './list-rows.ts'
import type { TargetKind } from './target.ts'
import { rowsAtATime, type Work } from './work.ts'

export type Counts = Readonly<Record<Status, number>>
export type Sender = { readonly name: string; readonly rows: number }
export type Repeated = { readonly line: RecordedLine; readonly rows: number }

/** What is said of a list as a whole when it is first shown. */
export type ListSums = {
  readonly counts: Counts
  readonly columns: readonly ListColumn[]
  readonly senders: readonly Sender[]
  readonly repeated: readonly Repeated[]
}

export function* sumUp(rows: readonly ListRow[], target: TargetKind): Work<ListSums> {
  return {
    counts: yield* countRows(rows, target),
    columns: yield* columnsInUse(rows, target),
    senders: yield* sendersOf(rows),
    repeated: yield* repeatedIn(rows),
  }
}

export function* countRows(rows: readonly ListRow[], target: TargetKind): Work<Counts> {
  const counts = { sure: 0, guessed: 0, wrong: 0 }
  let count = 0
  for (const row of rows) {
    counts[statusOf(row, target)] += 1
    count += 1
    if (count % rowsAtATime === 0) yield
  }
  return counts
}

/** Senders with how many rows each has, the largest first. */
export function* sendersOf(rows: readonly Pick<ListRow, 'row'>[]): Work<Sender[]> {
  const senders = new Map<string, { name: string; rows: number }>()
  // Lists write a name the same way over and over: its key is worked out once for each way.
  const written = new Map<string, { name: string; rows: number }>()
  let count = 0
  for (const { row } of rows) {
    count += 1
    if (count % rowsAtATime === 0) yield
    if (row.party === null) continue
    let sender = written.get(row.party)
    if (sender === undefined) {
      const key = nameKey(row.party)
      sender = senders.get(key) ?? { name: row.party, rows: 0 }
      senders.set(key, sender)
      written.set(row.party, sender)
    }
    sender.rows += 1
  }
  return [...senders.values()].sort((a, b) => b.rows - a.rows)
}

/** The lines in the ledger that rows repeat, with how many rows say the same. */
export function* repeatedIn(rows: readonly ListRow[]): Work<Repeated[]> {
  const found = new Map<number, Repeated>()
  for (let at = 0; at < rows.length; at += rowsAtATime) {
    for (const one of recordedIn(rows.slice(at, at + rowsAtATime).map(({ row }) => row))) {
      const before = found.get(one.line.postingSeq)
      found.set(one.line.postingSeq, before === undefined ? one : { ...before, rows: before.rows + one.rows })
    }
    yield
  }
  return [...found.values()]
}
