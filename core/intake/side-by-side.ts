import { readHeading } from './header-words.ts'
import type { SheetRow } from './sheet.ts'

/**
 * Two tables beside each other under one header row: 品名 | 数量 | | 品名 | 数量. Each part keeps the columns where they
 * stand in the sheet, so that a cell is found again; what belongs to the other part is blank in it.
 */
export interface Part {
  readonly from: number
  /** Behind the last column. */
  readonly to: number
}

const items = new Set(['item', 'name'])
const isQuantity = (meaning: string | undefined): boolean => meaning?.endsWith('Quantity') ?? false

/** The parts of a header row; one when it is a table like any other. */
export function partsOf(headings: readonly string[]): readonly Part[] {
  const meanings = headings.map((text) => {
    const heading = text === '' ? null : readHeading(text)
    return heading !== null && heading.score >= 0.9 ? heading.meaning : undefined
  })
  const itemAt = meanings.flatMap((meaning, index) => (meaning && items.has(meaning) ? [index] : []))
  const first = itemAt[0]
  if (first === undefined || itemAt.length < 2) return [{ from: 0, to: headings.length }]
  const starts = [0]
  let from = first
  for (const at of itemAt.slice(1)) {
    const start = startOf(headings, first, from, at)
    if (start === null || !samePart(headings, meanings, from, start, at)) continue
    starts.push(start)
    from = at
  }
  return starts.map((start, index) => ({ from: start, to: starts[index + 1] ?? headings.length }))
}

/** Where the part of the second item begins: as far in front of it as the first part begins in front of the first. */
function startOf(headings: readonly string[], first: number, before: number, at: number): number | null {
  const blank = headings.lastIndexOf('', at)
  if (blank > before) return blank + 1
  const start = at - first
  for (let step = 0; step < first; step += 1) if (headings[step] !== headings[start + step]) return at
  return start > before ? start : null
}

/**
 * Each side has a quantity of its own under the same heading, and the item's headings agree or a blank column parts them.
 * 申请物资 | 申请数量 | 实发物资 | 实发数量 is one table: what was asked for beside what was sent.
 */
function samePart(
  headings: readonly string[],
  meanings: readonly (string | undefined)[],
  before: number,
  start: number,
  at: number,
): boolean {
  const left = headings.findIndex((_, index) => index >= before && index < start && isQuantity(meanings[index]))
  const right = headings.findIndex((_, index) => index > at && isQuantity(meanings[index]))
  if (left === -1 || right === -1 || headings[left] !== headings[right]) return false
  return headings[before] === headings[at] || headings[start - 1] === ''
}

/** The row as one part has it; null when that part is blank here. */
export function rowOfPart(row: SheetRow, part: Part): SheetRow | null {
  const cells = row.cells.map((cell, index) => (index >= part.from && index < part.to ? cell : null))
  return cells.some((cell) => cell !== null && cell !== '') ? { ...row, cells } : null
}
