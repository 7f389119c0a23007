import type { Ladder } from './order.ts'
import type { Group, Prepared } from './prepare.ts'
import type { Supply } from './sources.ts'

/**
 * One pack size of a group on its own: its sources (less the reserve), and what has been given of it.
 * `group.lines.stock` counts what other sizes have given, so that expiry limits hold over all sizes together.
 */
export type Size = { readonly packBase: number; group: Group; given: Float64Array }

/** The sources of a group by pack size, largest first. The reserve is held back, in pieces, from what expires last. */
export function splitSizes(prepared: Prepared, group: Group): Size[] {
  const { supply, lines } = group
  const packs = supply.sources.map((source) => source.packs)
  for (const index of group.items) {
    const { reservePacks, packBase } = prepared.problem.items[index]!
    let reserve = reservePacks * packBase
    for (let at = packs.length - 1; at >= 0 && reserve > 0; at--) {
      const source = supply.sources[at]!
      if (source.item !== index) continue
      const held = Math.min(packs[at]!, Math.ceil(reserve / source.packBase))
      packs[at] = packs[at]! - held
      reserve -= held * source.packBase
    }
  }
  return supply.sizes.map((packBase) => {
    const kept = supply.sources.map((_, at) => at).filter((at) => supply.sources[at]!.packBase === packBase)
    const sources = kept.map((at) => ({ ...supply.sources[at]!, packs: packs[at]! }))
    const capacity = new Map<number, number>()
    for (const source of sources) capacity.set(source.item, (capacity.get(source.item) ?? 0) + source.packs)
    const items = [...capacity.keys()]
    const patterns = supply.patterns.map((pattern) => Uint8Array.from(kept, (at) => pattern[at]!))
    const own: Supply = { ...supply, sources, items, usable: capacity, capacity, patterns, sizes: [packBase] }
    const isPooled = false
    return {
      packBase,
      group: { ...group, items, supply: own, isPooled },
      given: new Float64Array(lines.count),
    }
  })
}

/** What the other sizes have given, in pieces, on top of a line's own stock. */
export function stockWith(pieces: Ladder, sizes: readonly Size[], except: Size | null): Float64Array {
  const stock = pieces.lines.stock.slice()
  for (const size of sizes) {
    if (size === except) continue
    for (let line = 0; line < stock.length; line++) stock[line] = stock[line]! + size.given[line]! * size.packBase
  }
  return stock
}

/** The group of a size with the stock that its expiry limits count from. */
export function groupWith(pieces: Ladder, sizes: readonly Size[], size: Size): Group {
  return { ...size.group, lines: { ...size.group.lines, stock: stockWith(pieces, sizes, size) } }
}

export function canDraw(size: Size, line: number): boolean {
  const { patterns, patternOf } = size.group.supply
  return patterns[patternOf[line]!]!.includes(1)
}
