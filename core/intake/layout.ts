import { nameKey } from '../text.ts'
import type { Column, Recognition } from './columns.ts'
import type { Field, IntakeKind } from './header-words.ts'
import type { Sheet } from './sheet.ts'

/**
 * What was learnt about a list, to be stored and handed back: the columns of this layout from this sender, and which
 * blanks mean "as above". A plain value; the caller keeps it by `mappingKey`.
 */
export interface Mapping {
  readonly kind: IntakeKind
  readonly layout: string
  readonly columns: readonly {
    readonly index: number
    readonly field: Field
    readonly unit: string | null
    readonly multiplier: number
  }[]
  /** Fields whose blanks are carried down without asking. */
  readonly carried: readonly Field[]
}

/** 64-bit FNV-1a over UTF-16 code units as 16 hex digits: to recognise, not to protect. */
export function fingerprint(parts: Iterable<string>): string {
  // Two 32-bit lanes with different offsets; Math.imul keeps this fast without BigInt.
  let a = 0x811c9dc5
  let b = 0x9e3779b9
  for (const part of parts) {
    for (let at = 0; at < part.length; at += 1) {
      const code = part.charCodeAt(at)
      a = Math.imul(a ^ code, 0x01000193)
      b = Math.imul(b ^ (code + 0x5bd1), 0x01000193)
    }
    a = Math.imul(a ^ 0xffff, 0x01000193)
    b = Math.imul(b ^ 0xfffe, 0x85ebca6b)
  }
  return hex(a) + hex(b)
}

const hex = (lane: number): string => (lane >>> 0).toString(16).padStart(8, '0')

/** The same headings in the same places are the same layout; a table without headings is known by its columns' fields. */
export function layoutKey(headings: readonly string[] | null, recognition: Pick<Recognition, 'columns'>): string {
  const parts = headings
    ? headings.map((heading) => nameKey(heading))
    : recognition.columns.map((column) => `${column.index}:${column.field}`)
  while (parts.length > 0 && parts[parts.length - 1] === '') parts.pop()
  return fingerprint(parts)
}

/** Under what a mapping is stored: the sender (a name, a chat, a folder; whatever the caller knows) and the layout. */
export function mappingKey(sender: string, layout: string): string {
  return `${nameKey(sender)}|${layout}`
}

/** The columns a clerk confirmed, in place of what would be recognised. */
export function applyMapping(
  recognition: Recognition,
  mapping: Mapping,
  headings: readonly string[] | null,
): Recognition {
  const columns: Column[] = mapping.columns.map((column) => ({
    ...column,
    heading: headings?.[column.index] ?? '',
    by: 'memory' as const,
  }))
  const used = new Set(columns.map((column) => column.index))
  const unused = [
    ...recognition.unused,
    ...recognition.columns.map((column) => ({ index: column.index, heading: column.heading })),
  ]
  return {
    columns,
    itemColumns: recognition.itemColumns.filter((column) => !used.has(column.index)),
    unused: unused.filter((column) => !used.has(column.index)),
  }
}

export function mappingOf(
  kind: IntakeKind,
  layout: string,
  recognition: Recognition,
  carried: readonly Field[],
): Mapping {
  return {
    kind,
    layout,
    columns: recognition.columns.map(({ index, field, unit, multiplier }) => ({ index, field, unit, multiplier })),
    carried,
  }
}

/** The same for the same cells, whatever the file is called: the same list twice is recognised by it. */
export function contentFingerprint(sheets: readonly Sheet[]): string {
  let a = 0x811c9dc5
  let b = 0x9e3779b9
  for (const sheet of sheets) {
    for (const row of sheet.rows) {
      a = Math.imul(a ^ row.number, 0x01000193)
      for (const cell of row.cells) {
        if (cell === null) {
          a = Math.imul(a ^ 7, 0x01000193)
          continue
        }
        const text =
          typeof cell === 'string'
            ? cell
            : Number.isInteger(cell) && cell >= 0 && cell < 0x7fffffff
              ? null
              : String(cell)
        if (text === null) a = Math.imul(a ^ (cell as number), 0x01000193)
        else for (let at = 0; at < text.length; at += 1) a = Math.imul(a ^ text.charCodeAt(at), 0x01000193)
        // The second lane takes the first as it stands behind every cell, so that both would have to meet at once.
        b = Math.imul(b ^ a, 0x85ebca6b) ^ (b >>> 13)
      }
    }
  }
  return hex(a) + hex(b)
}
