import { milliDays } from './check-problem.ts'
import { coverMilliDays } from './explain.ts'
import type { Prepared } from './prepare.ts'
import type { Line, Problem } from './problem.ts'
import type { PlanRefusal } from './refusal.ts'
import { quantityBaseOf, type Solution } from './solution.ts'
import { type PinChange, solveItem } from './solve.ts'

/** One unit's share of an item, as equity is measured on it. Units that use none of it are left out. */
export type MeasuredLine = {
  readonly unit: string
  readonly tier: number
  readonly weightPercent: number
  readonly useMilliPerDay: number
  readonly stockBase: number
  readonly quantityBase: number
  /** Pieces in the largest pack it was given; 0 when it was given none. */
  readonly packBase: number
  readonly coverMilliDays: number
  /** It could use more: below its need over the horizon, and not at its own request or cap. */
  readonly couldTakeMore: boolean
}

export type LorenzPoint = { readonly shareOfUnits: number; readonly shareOfCover: number }

export type Measures = {
  readonly worstOffByTier: readonly { readonly tier: number; readonly unit: string; readonly milliDays: number }[]
  /** Units whose cover is below so many days after the plan. */
  readonly unitsUnder: readonly { readonly days: number; readonly units: number }[]
  /** 0 is equal weighted cover for all, 1 is everything with one. */
  readonly gini: number
  /** Pairs in one tier where a unit that could take more has less cover than another would have without its last pack. */
  readonly envyPairs: number
  readonly lorenz: readonly LorenzPoint[]
}

/** The lines of an item as measured; `lines` are a plan's, of any items. Weights are those of the last rung of a tier. */
export function measuredLines(problem: Problem, lines: readonly Line[], item: string): readonly MeasuredLine[] {
  const planned = new Map(lines.filter((line) => line.item === item).map((line) => [line.unit, line]))
  const packBase = problem.items.find((each) => each.item === item)?.packBase ?? 1
  const weights = new Map<number, number>()
  for (const rung of problem.rungs) {
    for (const tier of rung.tiers) weights.set(tier, rung.weightPercent?.[String(tier)] ?? 100)
  }
  const horizon = milliDays(problem.horizonDays)
  const measured: MeasuredLine[] = []
  for (const { unit, tier, lines: own } of problem.units) {
    const line = planned.get(unit)
    const input = own.find((each) => each.item === item)
    if (!line || !input || input.useMilliPerDay === 0) continue
    const held = input.stockBase + line.quantityBase
    const isCapped = line.reason === 'cap' || line.reason === 'need'
    measured.push({
      unit,
      tier,
      weightPercent: weights.get(tier) ?? 100,
      useMilliPerDay: input.useMilliPerDay,
      stockBase: input.stockBase,
      quantityBase: line.quantityBase,
      packBase: line.lots.reduce((largest, draw) => Math.max(largest, draw.packBase ?? packBase), 0),
      coverMilliDays: coverMilliDays(held, input.useMilliPerDay) ?? 0,
      couldTakeMore: !isCapped && held * 1_000_000 < horizon * input.useMilliPerDay,
    })
  }
  return measured
}

export function measuresOf(lines: readonly MeasuredLine[], days: readonly number[] = [1, 3, 7]): Measures {
  return {
    worstOffByTier: worstOffByTier(lines),
    unitsUnder: days.map((each) => ({
      days: each,
      units: lines.filter((line) => line.coverMilliDays < each * 1000).length,
    })),
    gini: giniOfWeightedCover(lines),
    envyPairs: envyPairs(lines),
    lorenz: lorenzPoints(lines),
  }
}

function worstOffByTier(lines: readonly MeasuredLine[]): Measures['worstOffByTier'] {
  const worst = new Map<number, MeasuredLine>()
  for (const line of lines) {
    const known = worst.get(line.tier)
    if (!known || coverOf(line) < coverOf(known)) worst.set(line.tier, line)
  }
  return [...worst.values()]
    .sort((a, b) => a.tier - b.tier)
    .map((line) => ({ tier: line.tier, unit: line.unit, milliDays: line.coverMilliDays }))
}

/** Pieces over thousandths used per day: a quotient of exact integers, so equal covers are equal floats. */
function coverOf(line: MeasuredLine): number {
  return (line.stockBase + line.quantityBase) / line.useMilliPerDay
}

function weightedCovers(lines: readonly MeasuredLine[]): number[] {
  return lines.map((line) => (coverOf(line) * 100) / line.weightPercent).sort((a, b) => a - b)
}

/** Gini coefficient of weighted cover: Σ (2i − n − 1) x_i / (n Σ x_i) over covers in rising order, i from 1. */
function giniOfWeightedCover(lines: readonly MeasuredLine[]): number {
  const covers = weightedCovers(lines)
  let total = 0
  let spread = 0
  covers.forEach((cover, index) => {
    total += cover
    spread += (2 * (index + 1) - covers.length - 1) * cover
  })
  return total > 0 ? spread / (covers.length * total) : 0
}

function lorenzPoints(lines: readonly MeasuredLine[]): readonly LorenzPoint[] {
  const covers = weightedCovers(lines)
  const total = covers.reduce((sum, cover) => sum + cover, 0)
  const points: LorenzPoint[] = [{ shareOfUnits: 0, shareOfCover: 0 }]
  let running = 0
  covers.forEach((cover, index) => {
    running += cover
    const isLast = index === covers.length - 1
    points.push({
      shareOfUnits: (index + 1) / covers.length,
      shareOfCover: isLast ? 1 : total > 0 ? running / total : (index + 1) / covers.length,
    })
  })
  return points
}

function envyPairs(lines: readonly MeasuredLine[]): number {
  let pairs = 0
  for (const tier of new Set(lines.map((line) => line.tier))) {
    const own = lines.filter((line) => line.tier === tier)
    const enviers = own
      .filter((line) => line.couldTakeMore)
      .map(coverOf)
      .sort((a, b) => a - b)
    const envied = own
      .filter((line) => line.quantityBase > 0)
      .map((line) => (line.stockBase + line.quantityBase - line.packBase) / line.useMilliPerDay)
      .sort((a, b) => a - b)
    let below = 0
    for (const cover of envied) {
      while (below < enviers.length && enviers[below]! < cover) below++
      pairs += below
    }
  }
  return pairs
}

export type PinPrice = {
  readonly unit: string
  readonly item: string
  readonly pinPacks: number
  /** What the unit would be given without the pin. */
  readonly freePacks: number
  /** Packs that other units lose or gain by the pin, by unit code. */
  readonly losers: readonly { readonly unit: string; readonly item: string; readonly packs: number }[]
  readonly gainers: readonly { readonly unit: string; readonly item: string; readonly packs: number }[]
  /** Plain cover of the worst-off unit without and with the pin; null when no unit uses the item. */
  readonly worstOffBeforeMilliDays: number | null
  readonly worstOffAfterMilliDays: number | null
}

export type PinPriceOrRefusal =
  | { readonly ok: true; readonly price: PinPrice }
  | { readonly ok: false; readonly refusal: PlanRefusal }

/** What a pin costs the others: the item is divided with and without it, all other pins (`pins` on top) kept. */
export function priceOfPin(
  prepared: Prepared,
  unit: string,
  item: string,
  pins: readonly PinChange[] = [],
): PinPriceOrRefusal {
  const itemIndex = prepared.problem.items.findIndex((each) => each.item === item)
  const after = solveItem(prepared, itemIndex, { pins })
  if (!after.ok) return after
  const before = solveItem(prepared, itemIndex, { pins: [...pins, { unit, item, packs: null }] })
  if (!before.ok) return before
  const losers: { unit: string; item: string; packs: number }[] = []
  const gainers: { unit: string; item: string; packs: number }[] = []
  let pinPacks = 0
  let freePacks = 0
  const { unit: units, source, count } = after.solution.group.lines
  for (let line = 0; line < count; line++) {
    const code = prepared.units[units[line]!]!
    const change = after.solution.packs[line]! - before.solution.packs[line]!
    if (code === unit && source[line]!.item === item) {
      pinPacks = after.solution.packs[line]!
      freePacks = before.solution.packs[line]!
    } else if (change < 0) losers.push({ unit: code, item: source[line]!.item, packs: -change })
    else if (change > 0) gainers.push({ unit: code, item: source[line]!.item, packs: change })
  }
  const price = {
    unit,
    item,
    pinPacks,
    freePacks,
    losers,
    gainers,
    worstOffBeforeMilliDays: worstOffMilliDays(before.solution, item),
    worstOffAfterMilliDays: worstOffMilliDays(after.solution, item),
  }
  return { ok: true, price }
}

/** Plain cover of an item's worst-off unit, in thousandths of a day. */
function worstOffMilliDays(solution: Solution, item: string): number | null {
  const { stock, use, source, count } = solution.group.lines
  let worst: number | null = null
  for (let line = 0; line < count; line++) {
    if (source[line]!.item !== item) continue
    const cover = coverMilliDays(stock[line]! + quantityBaseOf(solution, line), use[line]!)
    if (cover !== null && (worst === null || cover < worst)) worst = cover
  }
  return worst
}
