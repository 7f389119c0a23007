import type { Item, Problem, Unit, UnitLine } from '../../core/allocation/problem.ts'
import { workOutNeed } from '../../core/need.ts'
import { formatDays, formatNumber } from '../format.ts'
import { type CoverBand, coverBand } from './cover-band.ts'
import type { Pins } from './round-model.ts'
import { coverOf, packsOf, type Solved } from './solve-round.ts'

/** What the cells of the matrix show in front; the cover, or the packs, stands beside it. */
export const matrixShows = ['packs', 'pieces', 'cover', 'need', 'share', 'change'] as const
export type MatrixShow = (typeof matrixShows)[number]

/** The problem by code, for looking up a cell. Made once for each problem. */
export type ProblemIndex = {
  readonly items: ReadonlyMap<string, Item>
  readonly units: ReadonlyMap<string, Unit>
  readonly tierOf: ReadonlyMap<string, number>
  /** By item, then unit. */
  readonly lines: ReadonlyMap<string, ReadonlyMap<string, UnitLine>>
}

export function indexProblem(problem: Problem): ProblemIndex {
  const lines = new Map<string, Map<string, UnitLine>>(problem.items.map((item) => [item.item, new Map()]))
  for (const unit of problem.units) for (const line of unit.lines) lines.get(line.item)?.set(unit.unit, line)
  return {
    items: new Map(problem.items.map((item) => [item.item, item])),
    units: new Map(problem.units.map((unit) => [unit.unit, unit])),
    tierOf: new Map(problem.units.map((unit) => [unit.unit, unit.tier])),
    lines,
  }
}

/** All that a cell can ask. */
export type MatrixSource = {
  readonly index: ProblemIndex
  readonly solved: Solved
  /** What `change` is counted from. */
  readonly baseline: Solved
  readonly pins: Pins
  readonly horizonDays: number
  /** The plan that stands beside this one: cells with other packs are marked. */
  readonly beside?: Solved
}

/** Whether the plan beside gives this cell another number of packs. */
export function differs({ solved, beside }: MatrixSource, unit: string, item: string): boolean {
  return beside !== undefined && (packsOf(solved, unit, item) ?? 0) !== (packsOf(beside, unit, item) ?? 0)
}

export type CellView = {
  /** Empty where the unit has no line for the item. */
  readonly main: string
  readonly side: string
  readonly band: CoverBand
  readonly pinned: boolean
  /** The item has no plan: its pins exceed what is there. */
  readonly refused: boolean
}

const emptyCell: CellView = { main: '', side: '', band: 'none', pinned: false, refused: false }
const refusedCell: CellView = { ...emptyCell, refused: true }

/** A change of packs with its sign; nothing where there is none. */
export function signedText(packs: number): string {
  if (packs === 0) return ''
  return packs > 0 ? `+${formatNumber(packs)}` : `−${formatNumber(-packs)}`
}

export function cellView(source: MatrixSource, unit: string, item: string, show: MatrixShow): CellView {
  const pin = source.pins.get(item)?.get(unit)
  const plan = source.solved.items.get(item)
  const at = plan?.indexOf.get(unit)
  if (plan === undefined || plan.refusal || at === undefined) {
    if (pin === undefined) return plan?.refusal && source.index.lines.get(item)?.has(unit) ? refusedCell : emptyCell
    return { ...refusedCell, main: formatNumber(pin), pinned: true }
  }
  const packs = formatNumber(plan.packs[at])
  const coverMilliDays = coverOf(plan, unit)
  const cover = formatDays(coverMilliDays)
  const rest = { band: coverBand(coverMilliDays), pinned: pin !== undefined, refused: false }
  switch (show) {
    case 'packs':
      return { main: packs, side: cover, ...rest }
    case 'pieces':
      return { main: formatNumber(plan.quantityBase[at]), side: cover, ...rest }
    case 'cover':
      return { main: cover, side: packs, ...rest }
    case 'need': {
      const given = source.index.lines.get(item)?.get(unit)
      const need = given ? workOutNeed(given.stockBase, given.useMilliPerDay, source.horizonDays) : 0
      return { main: formatNumber(need), side: packs, ...rest }
    }
    case 'share': {
      const share = plan.grantedPacks === 0 ? '' : `${((plan.packs[at]! * 100) / plan.grantedPacks).toFixed(1)}%`
      return { main: share, side: packs, ...rest }
    }
    case 'change': {
      const before = packsOf(source.baseline, unit, item) ?? 0
      return { main: signedText(plan.packs[at]! - before), side: packs, ...rest }
    }
  }
}

/** Packs of a group of units, and its least cover. */
export function groupView(source: MatrixSource, units: readonly string[], item: string): CellView {
  const plan = source.solved.items.get(item)
  if (!plan || plan.refusal) return emptyCell
  let packs = 0
  let least = Number.POSITIVE_INFINITY
  let found = false
  for (const unit of units) {
    const at = plan.indexOf.get(unit)
    if (at === undefined) continue
    found = true
    packs += plan.packs[at]!
    if (plan.coverAfter[at]! < least) least = plan.coverAfter[at]!
  }
  if (!found) return emptyCell
  const cover = Number.isFinite(least) ? least : null
  return { main: formatNumber(packs), side: formatDays(cover), band: coverBand(cover), pinned: false, refused: false }
}
