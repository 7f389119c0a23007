import type { DraftRow } from '../../core/intake/read-row.ts'
import { nameKey } from '../../core/text.ts'
import type { Reading } from './list-reader.ts'
import type { ListRow } from './list-rows.ts'
import type { TargetKind } from './target.ts'

/** What was taken of a sheet's row: all of it, or one of several things that one row says. */
export type GoneRow = { readonly sheet: string; readonly row: number; readonly part: string | null }

const rowKey = ({ sheet, row }: { readonly sheet: string; readonly row: number }): string => `${row}\u0001${sheet}`
const partOf = ({ party, item, quantity, lot }: DraftRow): string => [party, item, quantity, lot].join('\u0001')

/** Of which rows of the sheet nothing is left to take, so that reading it again doesn't bring them back. */
export function goneRows(
  taken: readonly ListRow[],
  rest: readonly ListRow[],
  target: TargetKind,
  reading: Reading | null,
): GoneRow[] {
  const left = new Set(rest.map(({ row }) => rowKey(row.source)))
  const gone = taken.map(
    ({ row }): GoneRow => ({ ...row.source, part: left.has(rowKey(row.source)) ? partOf(row) : null }),
  )
  if (target !== 'unit' || reading === null) return gone
  // A unit is one row of the draft, whatever number of rows of the sheet said something of it.
  const names = new Set(taken.map(({ row }) => nameKey(row.party ?? '')))
  for (const { row } of reading.rows)
    if (row.party !== null && names.has(nameKey(row.party)) && !left.has(rowKey(row.source)))
      gone.push({ ...row.source, part: null })
  return gone
}

/** The list without what was taken of it before. */
export function withoutGone(reading: Reading, gone: readonly GoneRow[]): Reading {
  if (gone.length === 0) return reading
  const whole = new Set<string>()
  const parts = new Set<string>()
  for (const one of gone) {
    if (one.part === null) whole.add(rowKey(one))
    else parts.add(`${rowKey(one)}\u0001${one.part}`)
  }
  const rows = reading.rows.filter(
    ({ row }) => !whole.has(rowKey(row.source)) && !parts.has(`${rowKey(row.source)}\u0001${partOf(row)}`),
  )
  return { ...reading, rows }
}
