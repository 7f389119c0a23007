import type { StocktakeDocument } from '../../api/contract/ledger.ts'
import { type Refusal, refusal } from '../../core/refusal.ts'
import { varianceValueFen } from '../../core/stock-move.ts'
import type { CellEdit, CellValue } from '../grid/cell-value.ts'

export type SheetLine = StocktakeDocument['lines'][number]

/** What was typed of a lot and is not saved; a field that isn't there was not touched. */
export type Entry = { readonly counted?: CellValue; readonly reason?: string }

/**
 * Counts on their way: typed ones wait until the ones before them are saved, then go together. What the API refused
 * stays as it was typed, with its reason, and is not sent again until it is changed. Pure state; `use-counts.ts` sends it.
 */
export type CountSheet = {
  readonly typed: ReadonlyMap<number, Entry>
  readonly sent: ReadonlyMap<number, Entry>
  readonly refused: ReadonlyMap<number, readonly Refusal[]>
}
export const emptySheet: CountSheet = { typed: new Map(), sent: new Map(), refused: new Map() }

export type Count = { readonly lotId: number; readonly countedBase?: number | null; readonly reason: string }

export function typeCounts(sheet: CountSheet, edits: readonly CellEdit[]): CountSheet {
  const typed = new Map(sheet.typed)
  const refused = new Map(sheet.refused)
  for (const { rowId, columnId, after } of edits) {
    const lotId = Number(rowId)
    const entry = typed.get(lotId) ?? {}
    if (columnId === 'counted') typed.set(lotId, { ...entry, counted: after })
    else if (columnId === 'reason') typed.set(lotId, { ...entry, reason: after === null ? '' : String(after) })
    refused.delete(lotId)
  }
  return { ...sheet, typed, refused }
}

export const isUnread = (value: CellValue | undefined): boolean => typeof value === 'string' && value !== ''

/** Everything that can go now, in the order of the sheet; null when nothing can or something is under way. */
export function takeBatch(
  sheet: CountSheet,
  lines: readonly SheetLine[],
): { readonly sheet: CountSheet; readonly counts: readonly Count[] } | null {
  if (sheet.sent.size > 0) return null
  const sent = new Map<number, Entry>()
  const counts: Count[] = []
  for (const line of lines) {
    const entry = sheet.typed.get(line.lotId)
    if (!entry || isUnread(entry.counted) || sheet.refused.has(line.lotId)) continue
    sent.set(line.lotId, entry)
    const reason = entry.reason ?? line.reason
    const { counted } = entry
    counts.push(
      counted === undefined
        ? { lotId: line.lotId, reason }
        : { lotId: line.lotId, countedBase: typeof counted === 'number' ? counted : null, reason },
    )
  }
  return counts.length === 0 ? null : { sheet: { ...sheet, sent }, counts }
}

/** The batch is saved; what was typed since stays. */
export function batchSaved(sheet: CountSheet): CountSheet {
  const typed = new Map<number, Entry>()
  for (const [lotId, entry] of sheet.typed) {
    const sent = sheet.sent.get(lotId)
    const rest: Entry = {
      ...('counted' in entry && entry.counted !== sent?.counted ? { counted: entry.counted } : {}),
      ...('reason' in entry && entry.reason !== sent?.reason ? { reason: entry.reason } : {}),
    }
    if (Object.keys(rest).length > 0) typed.set(lotId, rest)
  }
  return { ...sheet, typed, sent: new Map() }
}

/** All or nothing: the refused lots are held back, the others may go again without them. */
export function batchRefused(sheet: CountSheet, counts: readonly Count[], refusals: readonly Refusal[]): CountSheet {
  const refused = new Map(sheet.refused)
  // A refusal of the whole (the sheet was closed meanwhile) holds all of them back.
  const whole = refusals.filter(({ line }) => line === null)
  for (const [index, { lotId }] of counts.entries()) {
    const own = [...whole, ...refusals.filter(({ line }) => line === index + 1)]
    if (own.length > 0) refused.set(lotId, own)
  }
  return { ...sheet, sent: new Map(), refused }
}

/** Nothing is known of the batch: it is sent again as it was. */
export function batchLost(sheet: CountSheet): CountSheet {
  return { ...sheet, sent: new Map() }
}

/** A line with what was typed over it and isn't saved; lines that were not touched are themselves. */
export type SheetRow = SheetLine & { readonly typed?: Entry }

export const overlaySheet = (lines: readonly SheetLine[], sheet: CountSheet): SheetRow[] =>
  lines.map((line) => {
    const typed = sheet.typed.get(line.lotId)
    return typed === undefined ? line : { ...line, typed }
  })

export const countedOf = ({ typed, countedBase }: SheetRow): CellValue =>
  typed?.counted === undefined ? countedBase : typed.counted
export const reasonOf = ({ typed, reason }: SheetRow): string => typed?.reason ?? reason

/** What is wrong with a cell: text that is no number, or what the API said. */
export function problemOf(sheet: CountSheet, line: SheetLine, columnId: string): Refusal | null {
  const counted = sheet.typed.get(line.lotId)?.counted
  if (columnId === 'counted' && isUnread(counted)) return refusal('number-expected', { given: String(counted) })
  const said = sheet.refused.get(line.lotId) ?? []
  return said.find(({ field }) => (field === 'reason') === (columnId === 'reason') && columnId !== 'item') ?? null
}

export const views = ['all', 'uncounted', 'differing'] as const
export type View = (typeof views)[number]

/** Lines of a view, as they are saved. */
export function linesOf(lines: readonly SheetLine[], view: View): readonly SheetLine[] {
  if (view === 'all') return lines
  return lines.filter((line) =>
    view === 'uncounted' ? line.countedBase === null : line.varianceBase !== null && line.varianceBase !== 0,
  )
}

const worthOf = (lines: readonly SheetLine[]): number =>
  lines.reduce((sum, line) => sum + (varianceValueFen(line) ?? 0), 0)

/** What posting would do. Pieces of different items are not added up. */
export function summarise(lines: readonly SheetLine[]) {
  const differing = linesOf(lines, 'differing')
  return {
    lines: lines.length,
    counted: lines.filter((line) => line.countedBase !== null).length,
    surplus: differing.filter((line) => line.varianceBase! > 0).length,
    shortage: differing.filter((line) => line.varianceBase! < 0).length,
    differing,
    surplusFen: worthOf(differing.filter((line) => line.varianceBase! > 0)),
    shortageFen: worthOf(differing.filter((line) => line.varianceBase! < 0)),
    /** Lines that differ and have no price: the values leave them out, and say so. */
    withoutPrice: differing.filter((line) => line.unitPriceFen === null).length,
    withoutReason: differing.filter((line) => line.reason === ''),
  }
}

/** The line to count next: the first after `lotId` that has no count, else the first of all that has none. */
export function nextUncounted(lines: readonly SheetLine[], lotId: number | null): SheetLine | null {
  const from = lines.findIndex((line) => line.lotId === lotId)
  const open = (line: SheetLine) => line.countedBase === null
  return lines.slice(from + 1).find(open) ?? lines.find(open) ?? null
}
