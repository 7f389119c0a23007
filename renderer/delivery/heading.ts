import { readHeading } from '../../core/intake/header-words.ts'
import type { LineField } from './line.ts'

/** The field that a heading of a pasted block names, or null when it names none of ours. */
export function fieldOfHeading(heading: string): LineField | null {
  const read = readHeading(heading)
  // Less than that is a word found inside: as likely a cell of the list as a heading.
  if (read === null || read.score < 0.9) return null
  switch (read.meaning) {
    case 'item':
    case 'name':
    case 'code':
      return 'item'
    case 'lot':
    case 'madeOn':
    case 'expiresOn':
    case 'packs':
    case 'standard':
      return read.meaning
    case 'packSize':
      return 'packSizeBase'
    case 'plainQuantity':
    case 'receivedQuantity':
      return 'piecesBase'
    default:
      return null
  }
}
