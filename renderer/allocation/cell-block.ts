import { readQuantity } from '../../core/intake/number-text.ts'
import { formatBlock, parseBlock } from '../grid/clipboard.ts'

/** The most packs that a cell can be pinned to: the limit of every quantity. */
export const mostPacks = 1_000_000_000

export type PinProblem = 'not-a-number' | 'not-whole' | 'negative' | 'too-large' | 'not-packs'

export type PinText =
  | { readonly kind: 'packs'; readonly packs: number }
  | { readonly kind: 'empty' }
  | { readonly kind: 'problem'; readonly problem: PinProblem; readonly given: string }

/**
 * Reads what was typed or pasted into a cell: `14`, `１４`, `1,200`, `2千`, `14箱` where the item's pack is 箱. A number of
 * pieces (`200只`) is not a number of packs and is refused, and so is anything that needs guessing (`约14`, `10-20`).
 */
export function readPin(text: string, packName: string): PinText {
  const given = text.trim()
  if (given === '') return { kind: 'empty' }
  const problem = (what: PinProblem): PinText => ({ kind: 'problem', problem: what, given })
  const read = readQuantity(given)
  if (read.value === null || read.doubt !== null || !Number.isFinite(read.value)) return problem('not-a-number')
  if (read.unit !== null && read.unit !== packName) return problem('not-packs')
  if (read.value < 0) return problem('negative')
  if (!Number.isInteger(read.value)) return problem('not-whole')
  if (read.value > mostPacks) return problem('too-large')
  return { kind: 'packs', packs: read.value }
}

/** Rows of cells as spreadsheets take them; null is an empty cell. */
export function blockText(rows: readonly (readonly (number | null)[])[]): string {
  return formatBlock(rows.map((row) => row.map((value) => (value === null ? '' : String(value)))))
}

/** A cell that a paste could not take, by its place in the block from 0. */
type BlockProblem = {
  readonly row: number
  readonly column: number
  readonly problem: PinProblem
  readonly given: string
}

export type PinBlock = {
  /** null: the cell was empty and leaves what it falls on alone. */
  readonly rows: readonly (readonly (number | null)[])[]
  readonly problems: readonly BlockProblem[]
}

/** Reads a block from a spreadsheet. `packNames` are those of the columns it falls on, from the left. */
export function readPinBlock(text: string, packNames: readonly string[]): PinBlock {
  const problems: BlockProblem[] = []
  const rows = parseBlock(text).map((cells, row) =>
    cells.map((cell, column) => {
      const read = readPin(cell, packNames[column] ?? '')
      if (read.kind === 'problem') problems.push({ row, column, problem: read.problem, given: read.given })
      return read.kind === 'packs' ? read.packs : null
    }),
  )
  return { rows, problems }
}
