import { z } from 'zod'
import { blankLine, type DraftLine, isBlank } from './line.ts'
import type { NewKey } from './lines.ts'

/** The head of a delivery as it is being written. */
export type DraftHead = {
  readonly supplierId: number | null
  readonly depotId: number | null
  readonly businessDate: string
  readonly noteNumber: string
  readonly noteRepeat: boolean
  readonly note: string
  /** Its lots are on hold until somebody has inspected them. */
  readonly inspect: boolean
}

export type Draft = {
  /** Made when the draft was begun, and kept: the same delivery sent again after a crash takes effect once. */
  readonly requestId: string
  readonly head: DraftHead
  readonly lines: readonly DraftLine[]
  /** Lists of which lines were taken: once posted, they are known again. */
  readonly lists: readonly TakenList[]
}

export type TakenList = { readonly fingerprint: string; readonly name: string }

export const draftKind = 'delivery'
export const draftKeyOf = (requestId: string): string => `delivery:${requestId}`

const text = z.string().max(500)
const savedDraft = z.object({
  version: z.literal(1),
  requestId: z.uuid(),
  head: z.object({
    supplierId: z.int().nullable(),
    depotId: z.int().nullable(),
    businessDate: text,
    noteNumber: text,
    noteRepeat: z.boolean(),
    note: text,
    inspect: z.boolean().default(false),
  }),
  lists: z
    .array(z.object({ fingerprint: z.string().max(64), name: text }))
    .max(100)
    .default([]),
  lines: z.array(z.object({ itemId: z.int().nullable(), cells: z.record(z.string(), z.string()) })).max(5000),
})

/** Only what was written: blank lines, empty cells and the steps to undo are left out. */
export function writeDraft(draft: Draft): string {
  const lines = draft.lines
    .filter((line) => !isBlank(line))
    .map(({ itemId, cells }) => ({
      itemId,
      cells: Object.fromEntries(Object.entries(cells).filter(([, value]) => value !== '')),
    }))
  return JSON.stringify({ version: 1, requestId: draft.requestId, head: draft.head, lists: draft.lists, lines })
}

/** Null when the text is no draft of this form: a damaged draft must not keep the screen from opening. */
export function readDraft(content: string, newKey: NewKey): Draft | null {
  let json: unknown
  try {
    json = JSON.parse(content)
  } catch {
    return null
  }
  const read = savedDraft.safeParse(json)
  if (!read.success) return null
  const { requestId, head, lines, lists } = read.data
  return {
    requestId,
    head,
    lists,
    lines: lines.map(({ itemId, cells }) => {
      const blank = blankLine(newKey())
      const known = Object.keys(blank.cells).map((field) => [field, cells[field] ?? ''] as const)
      return { ...blank, itemId, cells: { ...blank.cells, ...Object.fromEntries(known) } }
    }),
  }
}

/** Whether anything is written that would be missed. Manufacturer, depot and date are filled in by themselves. */
export function isWorthKeeping(draft: Pick<Draft, 'head' | 'lines'>): boolean {
  return draft.head.noteNumber !== '' || draft.head.note !== '' || draft.lines.some((line) => !isBlank(line))
}
