import type { Solved } from './solve-round.ts'

/** One cell that differs between two plans of the same round. */
export type Move = {
  readonly unit: string
  readonly item: string
  readonly packsBefore: number
  readonly packsAfter: number
  /** Days of cover after the round, plain; null where the unit uses none. */
  readonly coverBeforeDays: number | null
  readonly coverAfterDays: number | null
}

type UnitChange = {
  readonly unit: string
  readonly gainedPacks: number
  readonly lostPacks: number
  /** The change that weighs most for this unit: by days of cover, then by packs. */
  readonly largest: Move
}

export type PlanDiff = {
  /** Largest change of cover first; then by unit and item. */
  readonly moves: readonly Move[]
  readonly gained: readonly UnitChange[]
  readonly lost: readonly UnitChange[]
  readonly gainedPacks: number
  readonly lostPacks: number
}

const nothing: PlanDiff = { moves: [], gained: [], lost: [], gainedPacks: 0, lostPacks: 0 }

/**
 * Who gained and who lost from one plan to the other. A unit that gained of one item and lost of another is in both
 * lists. Cells of an item that one of them could not solve (pins above the supply) are left out.
 */
export function diffPlans(before: Solved, after: Solved): PlanDiff {
  if (before === after) return nothing
  const moves: Move[] = []
  for (const [code, item] of after.items) {
    const other = before.items.get(code)
    if (!other || other === item || item.refusal || other.refusal) continue
    for (let at = 0; at < item.units.length; at++) {
      const unit = item.units[at]!
      const earlier = other.indexOf.get(unit)
      if (
        earlier !== undefined &&
        other.packs[earlier] === item.packs[at] &&
        other.quantityBase[earlier] === item.quantityBase[at]
      )
        continue
      const packsBefore = earlier === undefined ? 0 : other.packs[earlier]!
      if (earlier === undefined && item.packs[at] === 0) continue
      moves.push({
        unit,
        item: code,
        packsBefore,
        packsAfter: item.packs[at]!,
        coverBeforeDays: earlier === undefined ? null : days(other.coverAfter[earlier]!),
        coverAfterDays: days(item.coverAfter[at]!),
      })
    }
    // A cell that was there for its pin alone is gone with it.
    for (let at = 0; at < other.units.length; at++) {
      const unit = other.units[at]!
      if (item.indexOf.has(unit) || other.packs[at] === 0) continue
      moves.push({
        unit,
        item: code,
        packsBefore: other.packs[at]!,
        packsAfter: 0,
        coverBeforeDays: null,
        coverAfterDays: null,
      })
    }
  }
  moves.sort((a, b) => weight(b) - weight(a) || compare(a.unit, b.unit) || compare(a.item, b.item))
  const gained = byUnit(moves.filter((move) => move.packsAfter > move.packsBefore))
  const lost = byUnit(moves.filter((move) => move.packsAfter < move.packsBefore))
  return {
    moves,
    gained,
    lost,
    gainedPacks: gained.reduce((sum, unit) => sum + unit.gainedPacks, 0),
    lostPacks: lost.reduce((sum, unit) => sum + unit.lostPacks, 0),
  }
}

function days(milliDays: number): number | null {
  return Number.isNaN(milliDays) ? null : milliDays / 1000
}

function weight(move: Move): number {
  return Math.abs((move.coverAfterDays ?? 0) - (move.coverBeforeDays ?? 0))
}

function byUnit(moves: readonly Move[]): readonly UnitChange[] {
  const units = new Map<string, { gainedPacks: number; lostPacks: number; largest: Move }>()
  for (const move of moves) {
    const packs = move.packsAfter - move.packsBefore
    const present = units.get(move.unit)
    // Moves come with the weightiest first, so the first of a unit is its largest.
    if (!present) {
      units.set(move.unit, { gainedPacks: Math.max(0, packs), lostPacks: Math.max(0, -packs), largest: move })
    } else {
      present.gainedPacks += Math.max(0, packs)
      present.lostPacks += Math.max(0, -packs)
    }
  }
  return [...units].map(([unit, change]) => ({ unit, ...change }))
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
