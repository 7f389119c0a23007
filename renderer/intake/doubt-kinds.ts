import type { Doubt, Reason, ReasonCode } from '../../core/intake/reasons.ts'
import { columnOf, type ListColumn, type ListRow, type Missing, missingAt, statusOf } from './list-rows.ts'
import type { TargetKind } from './target.ts'
import { rowsAtATime, type Work } from './work.ts'

/** All doubts of a list that have the same reason: in how many rows, and one of them as the example. */
export type DoubtKind = {
  readonly code: ReasonCode | Missing
  readonly status: Doubt
  readonly column: ListColumn
  readonly rows: number
  readonly first: ListRow
  /** Null where the screen itself asks for something that the row lacks. */
  readonly reason: Reason | null
}

const askedFor = ['place', 'party', 'match'] as const

/** What is wrong first, then what is guessed; the most frequent first. One walk over the rows. */
export function* doubtKinds(rows: readonly ListRow[], target: TargetKind): Work<DoubtKind[]> {
  const kinds = new Map<string, DoubtKind>()
  const inRow = new Set<string>()
  const count = (kind: Omit<DoubtKind, 'rows'>) => {
    const key = `${kind.status}/${kind.code}`
    if (inRow.has(key)) return
    inRow.add(key)
    const known = kinds.get(key)
    kinds.set(key, known ? { ...known, rows: known.rows + 1 } : { ...kind, rows: 1 })
  }
  let walked = 0
  for (const row of rows) {
    walked += 1
    if (walked % rowsAtATime === 0) yield
    if (statusOf(row, target) === 'sure') continue
    inRow.clear()
    for (const reason of row.row.reasons) {
      const { code, status } = reason
      count({ code, status, column: columnOf(reason.field), first: row, reason })
    }
    for (const column of askedFor) {
      const code = missingAt(row, column, target)
      if (code !== null) count({ code, status: 'wrong', column, first: row, reason: null })
    }
  }
  return [...kinds.values()].sort((left, right) =>
    left.status === right.status ? right.rows - left.rows : left.status === 'wrong' ? -1 : 1,
  )
}
