import type { ItemRow } from '../../api/contract/item.ts'
import { formatNumber } from '../format.ts'
import { type Language, nameOf } from '../text/text.ts'
import { type DraftLine, type LineField, quantityFields } from './line.ts'
import { type WorkedOut, workOut } from './read-lines.ts'

/** What stands in a cell while it is edited: exactly what is kept. */
export function editText(line: DraftLine, field: LineField, item: ItemRow | undefined, language: Language): string {
  return field === 'item' && item !== undefined ? nameOf(item, language) : line.cells[field]
}

/** What stands in a cell while it is read: numbers grouped. */
export function readText(line: DraftLine, field: LineField, item: ItemRow | undefined, language: Language): string {
  const text = editText(line, field, item, language)
  return quantityFields.has(field) && /^-?\d+(\.\d+)?$/.test(text) ? formatNumber(Number(text)) : text
}

/** What the program fills in as long as the cell is empty. */
export function workedOutText(line: DraftLine, field: LineField, item: ItemRow | undefined): string {
  if (line.cells[field] !== '' || item === undefined) return ''
  const out: WorkedOut = workOut(line, item)
  switch (field) {
    case 'expiresOn':
      return out.expiresOn ?? ''
    case 'packSizeBase':
      return out.packSizeBase === null ? '' : formatNumber(out.packSizeBase)
    case 'piecesBase':
      return out.piecesBase === null ? '' : formatNumber(out.piecesBase)
    case 'acceptedBase':
      return out.acceptedBase === null ? '' : formatNumber(out.acceptedBase)
    case 'standard':
      return out.standard
    default:
      return ''
  }
}

export const cellId = (key: string, field: LineField): string => `${key}:${field}`
