import type { client } from '../query.ts'

export type Whereabouts = Awaited<ReturnType<typeof client.hold.whereabouts>>[number]

const order = { unit: 0, slip: 1, depot: 2 } as const

/** Units first, the largest first: they are whom a recall has to call. */
export function sortWhereabouts(rows: readonly Whereabouts[]): Whereabouts[] {
  return [...rows].sort(
    (left, right) =>
      order[left.kind] - order[right.kind] ||
      right.quantityBase - left.quantityBase ||
      (left.code < right.code ? -1 : left.code > right.code ? 1 : 0),
  )
}

export function sumWhereabouts(rows: readonly Whereabouts[]) {
  const of = (kind: Whereabouts['kind']) => {
    const those = rows.filter((row) => row.kind === kind)
    return { count: those.length, quantityBase: those.reduce((sum, row) => sum + row.quantityBase, 0) }
  }
  return { depot: of('depot'), unit: of('unit'), slip: of('slip') }
}
