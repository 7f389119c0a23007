import { z } from 'zod'
import { intakeKinds } from '../../core/intake/header-words.ts'
import type { Mapping } from '../../core/intake/layout.ts'
import { fields, isField } from './fields.ts'

const field = z.string().refine(isField)
const saved = z.object({
  kind: z.enum(intakeKinds),
  layout: z.string(),
  columns: z
    .array(z.object({ index: z.int().min(0), field, unit: z.string().nullable(), multiplier: z.number() }))
    .max(300),
  carried: z.array(field).max(fields.length),
})

/** A mapping as it was kept; null when there is none or it is damaged. */
export function readMapping(text: string | undefined): Mapping | null {
  if (text === undefined) return null
  try {
    const read = saved.safeParse(JSON.parse(text))
    if (!read.success) return null
    const { kind, layout } = read.data
    return {
      kind,
      layout,
      columns: read.data.columns.flatMap((column) =>
        isField(column.field) ? [{ ...column, field: column.field }] : [],
      ),
      carried: read.data.carried.filter(isField),
    }
  } catch {
    return null
  }
}
