import type { Group, Prepared } from './prepare.ts'

/**
 * Packs that a line would use before a lot that lasts `days` more days expires, after its own stock:
 * floor((use · days − stock) / pack), never negative.
 */
export function usableBefore(useMilliPerDay: number, stockBase: number, packBase: number, days: number): number {
  if (days === Number.POSITIVE_INFINITY) return days
  return Math.max(0, Math.floor((useMilliPerDay * days - 1000 * stockBase) / (1000 * packBase)))
}

/**
 * A set of sources, as marks. Packs of a line beyond what it can draw from outside the set (its allowance) must come
 * from the set; the set's supply bounds their sum. A plan can be carried out if and only if this holds for every set:
 * Hall's condition, with the nested limits of near expiry folded into the allowances.
 */
export type SourceSet = {
  readonly marks: Uint8Array
  readonly supply: number
  /** By line. */
  readonly allowance: Float64Array
}

export function sourceSetOf(prepared: Prepared, group: Group, packBase: number, marks: Uint8Array): SourceSet {
  const { sources, patterns, patternOf, items, capacity } = group.supply
  const nearExpiry = prepared.problem.nearExpiry === true
  const latest = patterns.map((pattern) => {
    let days = -1
    for (let at = 0; at < sources.length; at++) {
      if (pattern[at] === 0 || marks[at] === 1) continue
      days = Math.max(days, nearExpiry ? sources[at]!.expiresIn : Number.POSITIVE_INFINITY)
    }
    return days
  })
  const { count, use, stock } = group.lines
  const allowance = new Float64Array(count)
  for (let line = 0; line < count; line++) {
    const days = latest[patternOf[line]!]!
    allowance[line] = days < 0 ? 0 : usableBefore(use[line]!, stock[line]!, packBase, days)
  }
  let supply = 0
  for (const item of items) {
    let packs = 0
    for (let at = 0; at < sources.length; at++) {
      if (marks[at] === 1 && sources[at]!.item === item) packs += sources[at]!.packs
    }
    supply += Math.min(packs, capacity.get(item)!)
  }
  return { marks, supply, allowance }
}

/** Packs that the given amounts must draw from the set. */
export function demandOn(set: SourceSet, packs: Float64Array): number {
  let demand = 0
  for (let line = 0; line < packs.length; line++) demand += Math.max(0, packs[line]! - set.allowance[line]!)
  return demand
}
