import {
  blankLine,
  type Catalogue,
  type DraftLine,
  isBlank,
  itemNamed,
  type LineField,
  lineFields,
  withCell,
} from './line.ts'

/** The lines of a delivery with what can be undone and done again. The last line is always blank: there the next is written. */
export type Lines = {
  readonly now: readonly DraftLine[]
  readonly past: readonly (readonly DraftLine[])[]
  readonly future: readonly (readonly DraftLine[])[]
}

export type NewKey = () => string

const mostSteps = 200

export function startLines(newKey: NewKey, lines: readonly DraftLine[] = []): Lines {
  return { now: endBlank(lines, newKey), past: [], future: [] }
}

function endBlank(lines: readonly DraftLine[], newKey: NewKey): readonly DraftLine[] {
  const last = lines[lines.length - 1]
  return last !== undefined && isBlank(last) ? lines : [...lines, blankLine(newKey())]
}

/** One step, however many cells it changes. A step that changes nothing is none. */
function step(lines: Lines, next: readonly DraftLine[], newKey: NewKey): Lines {
  if (next === lines.now) return lines
  return { now: endBlank(next, newKey), past: [...lines.past, lines.now].slice(-mostSteps), future: [] }
}

export function undo(lines: Lines, newKey: NewKey): Lines {
  const before = lines.past[lines.past.length - 1]
  if (before === undefined) return lines
  return { now: endBlank(before, newKey), past: lines.past.slice(0, -1), future: [lines.now, ...lines.future] }
}

export function redo(lines: Lines, newKey: NewKey): Lines {
  const [next, ...future] = lines.future
  if (next === undefined) return lines
  return { now: endBlank(next, newKey), past: [...lines.past, lines.now], future }
}

function changeLine(lines: Lines, key: string, change: (line: DraftLine) => DraftLine, newKey: NewKey): Lines {
  const index = lines.now.findIndex((line) => line.key === key)
  const line = lines.now[index]
  if (line === undefined) return lines
  const changed = change(line)
  if (sameContent(line, changed)) return lines
  return step(lines, lines.now.with(index, changed), newKey)
}

function sameContent(a: DraftLine, b: DraftLine): boolean {
  return a.itemId === b.itemId && lineFields.every((field) => a.cells[field] === b.cells[field])
}

export function typeCell(
  lines: Lines,
  key: string,
  field: LineField,
  typed: string,
  catalogue: Catalogue,
  newKey: NewKey,
): Lines {
  return changeLine(lines, key, (line) => withCell(line, field, typed, catalogue), newKey)
}

export function chooseItem(lines: Lines, key: string, itemId: number, newKey: NewKey): Lines {
  return changeLine(lines, key, (line) => ({ ...line, itemId, cells: { ...line.cells, item: '' } }), newKey)
}

/** Ctrl+D: the cell of the nearest line above that is not blank. */
export function copyFromAbove(lines: Lines, key: string, field: LineField, newKey: NewKey): Lines {
  const index = lines.now.findIndex((line) => line.key === key)
  const above = lines.now.slice(0, Math.max(0, index)).findLast((line) => !isBlank(line))
  if (above === undefined) return lines
  return changeLine(
    lines,
    key,
    (line) => ({
      ...line,
      ...(field === 'item' ? { itemId: above.itemId } : {}),
      cells: { ...line.cells, [field]: above.cells[field] },
      doubts: { ...line.doubts, [field]: above.doubts[field] },
    }),
    newKey,
  )
}

export function removeLine(lines: Lines, key: string, newKey: NewKey): Lines {
  const next = lines.now.filter((line) => line.key !== key)
  return next.length === lines.now.length ? lines : step(lines, next, newKey)
}

/** Other lines in their place, as one step. */
export function replaceLines(lines: Lines, next: readonly DraftLine[], newKey: NewKey): Lines {
  return step(lines, next, newKey)
}

export function clearLines(lines: Lines, newKey: NewKey): Lines {
  return step(lines, [], newKey)
}

/**
 * A block from a spreadsheet, its first cell into this cell, as one step. Columns go to the fields from this one on; a
 * header row that names our columns says itself where each goes. Lines are added as needed.
 */
export function pasteBlock(
  lines: Lines,
  key: string,
  field: LineField,
  block: readonly (readonly string[])[],
  catalogue: Catalogue,
  newKey: NewKey,
  fieldOfHeader: (header: string) => LineField | null,
): Lines {
  const start = lines.now.findIndex((line) => line.key === key)
  if (start === -1) return lines
  const { fields, rows } = placeColumns(block, field, fieldOfHeader)
  if (rows.length === 0) return lines
  const pasted = rows.map((row, down) => {
    let line = lines.now[start + down] ?? blankLine(newKey())
    // The item first: how a quantity is read depends on its units, wherever its column stands.
    for (const first of [true, false]) {
      for (const [across, text] of row.entries()) {
        const target = fields[across]
        if (target === undefined || target === null || (target === 'item') !== first) continue
        line = withCell(line, target, text, catalogue)
      }
    }
    return line
  })
  return step(lines, [...lines.now.slice(0, start), ...pasted, ...lines.now.slice(start + rows.length)], newKey)
}

function placeColumns(
  block: readonly (readonly string[])[],
  field: LineField,
  fieldOfHeader: (header: string) => LineField | null,
): { fields: readonly (LineField | null)[]; rows: readonly (readonly string[])[] } {
  const taken = new Set<LineField>()
  const header = (block[0] ?? []).map((heading) => {
    const named = fieldOfHeader(heading)
    // A list may have two columns for one field (code and name): the first counts.
    if (named === null || taken.has(named)) return null
    taken.add(named)
    return named
  })
  // One such word alone may be a lot that is called 数量; two are a header.
  if (taken.size >= 2) return { fields: header, rows: block.slice(1) }
  return { fields: lineFields.slice(lineFields.indexOf(field)), rows: block }
}

/** Item names that were typed or restored before the list of items was there, looked up now. Not a step of its own. */
export function resolveItems(lines: Lines, catalogue: Catalogue): Lines {
  let changed = false
  const now = lines.now.map((line) => {
    if (line.itemId !== null || line.cells.item === '') return line
    const item = itemNamed(line.cells.item, catalogue)
    if (item === null) return line
    changed = true
    return { ...line, itemId: item.itemId, cells: { ...line.cells, item: '' } }
  })
  return changed ? { ...lines, now } : lines
}
