import type { ItemRow } from '../../api/contract/item.ts'
import { type DraftLine, isBlank, type LineField, lineFields } from './line.ts'
import { workOut } from './read-lines.ts'

export type EnterStep =
  | { readonly to: 'field'; readonly field: LineField }
  | { readonly to: 'next-line' }
  /** Enter on a line in which nothing is written: there are no more lines. */
  | { readonly to: 'save' }

/** Where Enter goes from a field: always forward, to the next one that still needs something, else to the next line. */
export function stepOnEnter(line: DraftLine, field: LineField, item: ItemRow | undefined): EnterStep {
  if (isBlank(line) && field === 'item') return { to: 'save' }
  for (const next of lineFields.slice(lineFields.indexOf(field) + 1)) {
    if (needsInput(line, next, item)) return { to: 'field', field: next }
  }
  return { to: 'next-line' }
}

function needsInput(line: DraftLine, field: LineField, item: ItemRow | undefined): boolean {
  const { cells } = line
  if (cells[field] !== '') return false
  switch (field) {
    case 'lot':
      return true
    case 'madeOn':
      return cells.expiresOn === ''
    case 'expiresOn':
      return workOut(line, item).expiresOn === null
    case 'packs':
      return cells.piecesBase === ''
    case 'piecesBase':
      return cells.packs === ''
    case 'rejectReason':
      return cells.rejectedBase !== '' && Number(cells.rejectedBase) !== 0
    default:
      return false
  }
}

/** A date with every digit written can mean nothing longer: the cell is done without Enter. */
export function isWholeDate(typed: string): boolean {
  return /^\d{8}$/.test(typed) || /^\d{4}([-/.])\d{2}\1\d{2}$/.test(typed)
}
