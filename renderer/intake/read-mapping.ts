import { z } from 'zod'
import { intakeKinds } from '../../core/intake/header-words.ts'
import type { Mapping } from '../../core/intake/layout.ts'
import { fields, isField } from './fields.ts'

const field = z.string().refine(isField)
export const savedMapping = z.object({
  kind: z.enum(intakeKinds),
  layout: z.string(),
  columns: z
    .array(z.object({ index: z.int().min(0), field, unit: z.string().nullable(), multiplier: z.number() }))
    .max(300),
  carried: z.array(field).max(fields.length),
})

export const mappingOfSaved = ({ kind, layout, columns, carried }: z.infer<typeof savedMapping>): Mapping => ({
  kind,
  layout,
  columns: columns.flatMap((column) => (isField(column.field) ? [{ ...column, field: column.field }] : [])),
  carried: carried.filter(isField),
})

/** A mapping as it was kept; null when there is none or it is damaged. */
export function readMapping(text: string | undefined): Mapping | null {
  if (text === undefined) return null
  try {
    const read = savedMapping.safeParse(JSON.parse(text))
    return read.success ? mappingOfSaved(read.data) : null
  } catch {
    return null
  }
}
