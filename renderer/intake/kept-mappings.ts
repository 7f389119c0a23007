import type { Field, IntakeKind } from '../../core/intake/header-words.ts'
import { type Mapping, mappingOf } from '../../core/intake/layout.ts'
import { isField } from './fields.ts'
import type { Reading } from './list-reader.ts'
import type { ListRow } from './list-rows.ts'

/**
 * What to remember of the layouts of which rows were taken: their columns, and the fields whose blanks the clerk has
 * confirmed to mean “as above”.
 * @param read the rows as they were read, with all their doubts.
 */
export function mappingsToKeep(
  reading: Reading | null,
  kind: IntakeKind,
  read: readonly ListRow[],
  taken: readonly ListRow[],
): Mapping[] {
  if (reading === null) return []
  const takenKeys = new Set(taken.map((row) => row.key))
  return reading.tables.flatMap((table, index) => {
    if (!taken.some((row) => row.table === index)) return []
    const carried = new Set<Field>()
    for (const { key, row } of read) {
      if (!takenKeys.has(key)) continue
      for (const reason of row.reasons)
        if (reason.code === 'carried-down' && isField(reason.field)) carried.add(reason.field)
    }
    return [mappingOf(kind, table.layout, table.recognition, [...carried])]
  })
}
