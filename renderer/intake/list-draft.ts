import { z } from 'zod'
import type { Mapping } from '../../core/intake/layout.ts'
import { type ReasonCode, reasonTexts, worstOf } from '../../core/intake/reasons.ts'
import type { GoneRow } from './gone-rows.ts'
import type { LearntName, ListRow } from './list-rows.ts'
import { mappingOfSaved, savedMapping } from './read-mapping.ts'
import { type TargetKind, targetKinds } from './target.ts'

/** A list put aside with the rows that wait for an answer. */
export type ListDraft = {
  readonly target: TargetKind
  readonly name: string
  readonly fingerprint: string
  readonly sender: string
  readonly rows: readonly ListRow[]
  readonly learnt: readonly LearntName[]
  /** What was taken of the list before. */
  readonly gone: readonly GoneRow[]
  /** What its columns were taken for. */
  readonly mappings: readonly Mapping[]
  /** Where its tables began, by their place among them. */
  readonly tables: readonly { readonly sheet: string; readonly headerRow: number | null }[]
  /** Its cells, so that its columns can be chosen anew (`writeSheets`); null when they were too many to be kept. */
  readonly sheets: string | null
}

export const listDraftKind = 'intake'
export const listDraftKey = (id: string): string => `intake:${id}`
/** What the server keeps of one draft at most. */
export const mostDraftCharacters = 5_000_000

const text = z.string().nullable()
const number = z.number().nullable()
const code = z.custom<ReasonCode>((value) => typeof value === 'string' && value in reasonTexts)
const reason = z.object({
  field: z.string(),
  status: z.enum(['guessed', 'wrong']),
  code,
  data: z.record(z.string(), z.union([z.string(), z.number()])),
})
const savedRow = z.object({
  table: z.int(),
  placeId: z.int().nullable(),
  row: z.object({
    source: z.object({ sheet: z.string(), row: z.int() }),
    party: text,
    item: text,
    code: text,
    gtin: text,
    match: text,
    specification: text,
    unit: text,
    quantity: number,
    packBase: number,
    quantityBase: number,
    used: text.default(null),
    usedDays: text.default(null),
    usedOver: z.object({ quantityBase: z.number(), days: number }).nullable().default(null),
    lot: text,
    madeOn: text,
    expiresOn: text,
    standard: text,
    date: text,
    note: text,
    more: z.record(z.string(), z.string()).nullable(),
    reasons: z.array(reason),
  }),
})
const savedDraft = z.object({
  version: z.literal(1),
  target: z.enum(targetKinds),
  name: z.string(),
  fingerprint: z.string(),
  sender: z.string(),
  rows: z.array(savedRow).max(100_000),
  learnt: z.array(z.object({ kind: z.enum(['item', 'unit']), alias: z.string(), targetId: z.int() })),
  gone: z.array(z.object({ sheet: z.string(), row: z.int(), part: z.string().nullable() })),
  mappings: z.array(savedMapping),
  tables: z.array(z.object({ sheet: z.string(), headerRow: z.int().nullable() })),
  sheets: z.string().nullable(),
})

export function writeListDraft(draft: ListDraft): string {
  const rows = draft.rows.map(({ table, placeId, row: { status: _, ...row } }) => ({ table, placeId, row }))
  return JSON.stringify({ version: 1, ...draft, rows })
}

/** Null when the text is no draft of this form. */
export function readListDraft(content: string, newKey: () => number): ListDraft | null {
  let json: unknown
  try {
    json = JSON.parse(content)
  } catch {
    return null
  }
  const read = savedDraft.safeParse(json)
  if (!read.success) return null
  const { version: _, rows, mappings, ...draft } = read.data
  return {
    ...draft,
    mappings: mappings.map(mappingOfSaved),
    rows: rows.map(({ table, placeId, row }) => ({
      key: newKey(),
      table,
      placeId,
      row: { ...row, status: worstOf(row.reasons) },
    })),
  }
}
