import { type Heading, readHeading } from '../../core/intake/header-words.ts'
import { takeQuantity } from '../../core/intake/split-items.ts'
import { scoreHeader } from '../../core/intake/tables.ts'
import { normaliseText } from '../../core/text.ts'
import { fieldOfHeading } from '../delivery/heading.ts'
import { type Catalogue, itemNamed, type LineField, lineFields } from '../delivery/line.ts'
import { parseBlock } from '../grid/clipboard.ts'

const rowsLookedAt = 30

/** Meanings that a list has and the lines of a delivery have no cell for: to paste them there would lose what they say. */
const beyondLines: ReadonlySet<Heading['meaning']> = new Set<Heading['meaning']>([
  'sender',
  'recipient',
  'organisation',
  'unitOrOrganisation',
  'specification',
  'unit',
  'shelfLife',
])

/**
 * Whether a pasted text is a list to be read, and not a block of cells for the fields from this one on: a message, a
 * table with title rows above its header or with columns that the lines don't have, or items in another column.
 * @param field the cell it is pasted into; null when it is pasted beside the lines.
 */
export function wantsIntake(text: string, field: LineField | null, catalogue: Catalogue): boolean {
  const rows = parseBlock(text)
    .map((row) => row.map(normaliseText))
    .filter((row) => row.some((cell) => cell !== ''))
  if (rows.length === 0 || (rows.length === 1 && rows[0]!.length === 1)) return false
  if (field === null) return rows.length > 1
  const looked = rows.slice(0, rowsLookedAt)
  if (looked.every((row) => row.length === 1))
    return (
      field === 'item' &&
      isMessage(
        looked.map((row) => row[0]!),
        catalogue,
      )
    )
  const header = looked.findIndex((cells, index) => scoreHeader({ number: index + 1, cells }).isHeader)
  if (header > 0) return true
  if (header === 0) {
    if (looked[0]!.filter((cell) => fieldOfHeading(cell) !== null).length < 2) return true
    return looked[0]!.some((cell) => {
      const heading = readHeading(cell)
      return heading !== null && heading.score >= 0.9 && beyondLines.has(heading.meaning)
    })
  }
  return hasItemsElsewhere(looked, field, catalogue)
}

/** Lines that name things with their quantities, and are no names on file. */
function isMessage(lines: readonly string[], catalogue: Catalogue): boolean {
  const spoken = lines.filter((line) =>
    line
      .split(/[,，、;；。]/)
      .some((part) => itemNamed(part, catalogue) === null && takeQuantity(part.trim()) !== null),
  )
  return spoken.length > 0 && spoken.length >= lines.length / 3
}

/** Without a header, a plain block has its items where the item column is. */
function hasItemsElsewhere(rows: readonly (readonly string[])[], field: LineField, catalogue: Catalogue): boolean {
  const width = Math.max(...rows.map((row) => row.length))
  const shareIn = (column: number): number => {
    const filled = rows.filter((row) => (row[column] ?? '') !== '')
    if (filled.length === 0) return 0
    return filled.filter((row) => itemNamed(row[column]!, catalogue) !== null).length / filled.length
  }
  const own = field === 'item' ? shareIn(0) : 0
  for (let column = field === 'item' ? 1 : 0; column < width; column += 1)
    if (shareIn(column) >= 0.5 && shareIn(column) > own) return true
  return field === 'item' && own === 0 && width > lineFields.length
}
