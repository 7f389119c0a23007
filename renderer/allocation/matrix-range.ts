/** A block of cells by row and item column, as displayed; `anchor` stays where it began. */
export type Place = { readonly row: number; readonly column: number }
export type MatrixRange = { readonly anchor: Place; readonly head: Place }

export type Bounds = { readonly top: number; readonly bottom: number; readonly left: number; readonly right: number }

export function samePlace(a: Place, b: Place): boolean {
  return a.row === b.row && a.column === b.column
}

export function rangeAt(place: Place): MatrixRange {
  return { anchor: place, head: place }
}

export function boundsOf({ anchor, head }: MatrixRange): Bounds {
  return {
    top: Math.min(anchor.row, head.row),
    bottom: Math.max(anchor.row, head.row),
    left: Math.min(anchor.column, head.column),
    right: Math.max(anchor.column, head.column),
  }
}

export function isSingle({ anchor, head }: MatrixRange): boolean {
  return samePlace(anchor, head)
}

export function inRange(range: MatrixRange | null, row: number, column: number): boolean {
  if (!range || isSingle(range)) return false
  const { top, bottom, left, right } = boundsOf(range)
  return row >= top && row <= bottom && column >= left && column <= right
}

/** The places of a block, row by row. */
export function placesOf(range: MatrixRange): readonly (readonly Place[])[] {
  const { top, bottom, left, right } = boundsOf(range)
  const rows: Place[][] = []
  for (let row = top; row <= bottom; row++) {
    const cells: Place[] = []
    for (let column = left; column <= right; column++) cells.push({ row, column })
    rows.push(cells)
  }
  return rows
}
