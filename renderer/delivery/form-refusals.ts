import type { Refusal } from '../../core/refusal.ts'
import { refusalSentence } from '../text/refusal.ts'
import type { Language } from '../text/text.ts'
import type { DraftLine, LineField } from './line.ts'
import type { CellWords } from './line-grid.tsx'
import { fieldOfRefusal } from './read-lines.ts'

export type HeadField = 'supplierId' | 'depotId' | 'businessDate' | 'noteNumber' | 'note' | 'lines'

/** A refusal of the API with the line it was about, as that line was: a line that has been changed since is not blamed any more. */
export type Answered = {
  readonly refusal: Refusal
  readonly line: DraftLine | null
}

/** What stands at which cell: refusals seen here at once, and those that the API gave for lines unchanged since. */
export function cellProblems(
  seen: readonly Refusal[],
  keys: readonly string[],
  answered: readonly Answered[],
  lines: readonly DraftLine[],
  language: Language,
  /** Until the clerk saves, an empty cell is not yet a fault. */
  afterSaving: boolean,
): CellWords {
  const words = new Map<string, { [field in LineField]?: string }>()
  const put = (key: string | undefined, refusal: Refusal) => {
    const field = fieldOfRefusal(refusal.field)
    if (key === undefined || field === null) return
    const cells = words.get(key) ?? {}
    cells[field] ??= refusalSentence(refusal, language)
    words.set(key, cells)
  }
  for (const refusal of seen) {
    if (refusal.line === null || (!afterSaving && isMissing(refusal))) continue
    put(keys[refusal.line - 1], refusal)
  }
  for (const { refusal, line } of answered) {
    if (line !== null && lines.includes(line)) put(line.key, refusal)
  }
  return words
}

const isMissing = (refusal: Refusal): boolean => refusal.code === 'required' || refusal.code === 'reject-reason-missing'

/** The refusal that stands at a field of the head, in words. */
export function headProblem(answered: readonly Answered[], field: HeadField, language: Language): string | null {
  const found = answered.find(({ refusal }) => refusal.line === null && refusal.field === field)
  return found === undefined ? null : refusalSentence(found.refusal, language)
}

/** Keys and fields of everything that is wrong, in the order of the lines: where to go first. */
export function firstProblem(
  problems: CellWords,
  lines: readonly DraftLine[],
): { key: string; field: LineField } | null {
  for (const line of lines) {
    const cells = problems.get(line.key)
    const field = cells === undefined ? undefined : (Object.keys(cells) as LineField[])[0]
    if (field !== undefined) return { key: line.key, field }
  }
  return null
}
