import { checkProblem, milliDays } from './check-problem.ts'
import { compareCodePoints, type LineColumns, type PreparedRung, type Scale, scaleOf, shiftOf } from './order.ts'
import type { Problem, UnitLine } from './problem.ts'
import type { PlanRefusal } from './refusal.ts'
import { type Supply, type SupplyLine, substitutesOf, supplyOf } from './sources.ts'

/** The lines of a group of items, as columns, with what caps and fixes them. */
export type GroupLines = LineColumns & {
  /** Index in `Prepared.units`. */
  readonly unit: Int32Array
  /** Index in the problem's items. */
  readonly item: Int32Array
  readonly source: readonly UnitLine[]
  /** The lesser of request and cap in pieces, Infinity for none; a request is rounded up to a pack, a cap down. */
  readonly requestBase: Float64Array
  readonly capBase: Float64Array
  /** Pinned packs, −1 for none. */
  readonly pin: Float64Array
}

/** Items joined by substitution are planned together; most groups are one item. */
export type Group = {
  readonly items: readonly number[]
  readonly lines: GroupLines
  /** The lines in packs of the group's (largest) size. */
  readonly scale: Scale
  /** Most packs of that size by request and cap, none for a pinned line. */
  readonly most: Float64Array
  readonly pinnedPacks: number
  readonly supply: Supply
  /** One pack size, and every line may draw on every source of the group, and nothing is held back by expiry. */
  readonly isPooled: boolean
}

/** A problem that was checked, as columns: held by a screen, so that a changed pin costs one group only. */
export type Prepared = {
  readonly problem: Problem
  /** Unit codes in code-point order, where each stands in it, and its index in the problem. */
  readonly units: readonly string[]
  readonly unitPosition: ReadonlyMap<string, number>
  readonly unitIndex: readonly number[]
  readonly rungs: readonly PreparedRung[]
  readonly shift: number
  readonly groups: readonly Group[]
  /** By item of the problem. */
  readonly groupOf: Int32Array
}

export type Preparation =
  | { readonly ok: true; readonly prepared: Prepared }
  | { readonly ok: false; readonly refusal: PlanRefusal }

/** Checks a problem and turns it into columns. */
export function prepare(problem: Problem): Preparation {
  const refusal = checkProblem(problem)
  if (refusal) return { ok: false, refusal }
  const unitIndex = problem.units.map((_, index) => index)
  unitIndex.sort((a, b) => compareCodePoints(problem.units[a]!.unit, problem.units[b]!.unit))
  const itemOf = new Map(problem.items.map((item, index) => [item.item, index]))
  const groupOf = joinItems(problem, itemOf)
  const groupItems = new Map<number, number[]>()
  for (let item = 0; item < groupOf.length; item++) {
    const group = groupItems.get(groupOf[item]!)
    if (group) group.push(item)
    else groupItems.set(groupOf[item]!, [item])
  }
  const keys = [...groupItems.keys()]
  const positions = new Map(keys.map((key, index) => [key, index]))
  for (let item = 0; item < groupOf.length; item++) groupOf[item] = positions.get(groupOf[item]!)!
  const gathered = gatherLines(problem, unitIndex, itemOf, groupOf, keys.length)
  const groups = keys.map((key, index) => {
    const items = groupItems.get(key)!
    const lines = gathered[index]!
    const supply = supplyOf(problem, items, lines, itemOf)
    const isPooled =
      items.length === 1 &&
      supply.sizes.every((size) => size === problem.items[items[0]!]!.packBase) &&
      problem.nearExpiry !== true &&
      supply.patterns.every((pattern) => pattern.every((mark) => mark === 1))
    const columns = columnsOf(lines)
    const packBase = supply.sizes[0] ?? problem.items[items[0]!]!.packBase
    const most = mostPacks(columns, columns.pin, packBase)
    const pinnedPacks = columns.pin.reduce((sum, packs) => sum + Math.max(0, packs), 0)
    return { items, lines: columns, scale: scaleOf(columns, packBase), most, pinnedPacks, supply, isPooled }
  })
  const horizon = milliDays(problem.horizonDays)
  const units = unitIndex.map((index) => problem.units[index]!.unit)
  return {
    ok: true,
    prepared: {
      problem,
      units,
      unitPosition: new Map(units.map((unit, at) => [unit, at])),
      unitIndex,
      rungs: rungsOf(problem, horizon),
      shift: shiftOf(problem.rounding),
      groups,
      groupOf,
    },
  }
}

/** Rungs as numbers, never beyond the horizon: the need is use over the horizon less stock. */
export function rungsOf(problem: Problem, horizonMilliDays: number): readonly PreparedRung[] {
  return problem.rungs.map((rung) => {
    const days = new Float64Array(10)
    const weight = new Float64Array(10)
    for (const tier of rung.tiers) {
      days[tier] = Math.min(milliDays(rung.days), horizonMilliDays)
      weight[tier] = rung.weightPercent?.[String(tier)] ?? 100
    }
    return { milliDays: days, weight }
  })
}

/** Most packs by request (rounded up to a pack) and cap (rounded down); none for a pinned line. */
export function mostPacks(
  { count, requestBase, capBase }: GroupLines,
  pin: Float64Array,
  packBase: number,
): Float64Array {
  const most = new Float64Array(count)
  for (let line = 0; line < count; line++) {
    if (pin[line]! >= 0) continue
    most[line] = Math.min(Math.ceil(requestBase[line]! / packBase), Math.floor(capBase[line]! / packBase))
  }
  return most
}

type GatheredLine = SupplyLine & { readonly unit: number; readonly tier: number }

/** Lines by group, by unit code and, within a unit, by item code. */
function gatherLines(
  problem: Problem,
  unitIndex: readonly number[],
  itemOf: ReadonlyMap<string, number>,
  groupOf: Int32Array,
  groups: number,
): readonly GatheredLine[][] {
  const gathered: GatheredLine[][] = Array.from({ length: groups }, () => [])
  for (let at = 0; at < unitIndex.length; at++) {
    const unit = problem.units[unitIndex[at]!]!
    for (const line of unit.lines) {
      const item = itemOf.get(line.item)!
      const lines = gathered[groupOf[item]!]!
      const entry = { unit: at, tier: unit.tier, item, line }
      let place = lines.length
      while (
        place > 0 &&
        lines[place - 1]!.unit === at &&
        compareCodePoints(lines[place - 1]!.line.item, line.item) > 0
      )
        place--
      if (place === lines.length) lines.push(entry)
      else lines.splice(place, 0, entry)
    }
  }
  return gathered
}

function columnsOf(lines: readonly GatheredLine[]): GroupLines {
  const count = lines.length
  const columns = {
    count,
    unit: new Int32Array(count),
    item: new Int32Array(count),
    tier: new Uint8Array(count),
    stock: new Float64Array(count),
    use: new Float64Array(count),
    credit: new Float64Array(count),
    requestBase: new Float64Array(count),
    capBase: new Float64Array(count),
    pin: new Float64Array(count),
    source: lines.map(({ line }) => line),
  }
  for (let at = 0; at < count; at++) {
    const { unit, item, tier, line } = lines[at]!
    columns.unit[at] = unit
    columns.item[at] = item
    columns.tier[at] = tier
    columns.stock[at] = line.stockBase
    columns.use[at] = line.useMilliPerDay
    columns.credit[at] = line.creditMilli
    columns.requestBase[at] = line.requestBase ?? Number.POSITIVE_INFINITY
    columns.capBase[at] = line.capBase ?? Number.POSITIVE_INFINITY
    columns.pin[at] = line.pinPacks ?? -1
  }
  return columns
}

/** Union of items that stand in for one another for any line; returns a representative for each item. */
function joinItems(problem: Problem, itemOf: ReadonlyMap<string, number>): Int32Array {
  const parent = Int32Array.from(problem.items, (_, index) => index)
  const find = (item: number): number => {
    let root = item
    while (parent[root] !== root) root = parent[root]!
    parent[item] = root
    return root
  }
  const join = (a: number, b: number): void => {
    const [x, y] = [find(a), find(b)]
    if (x !== y) parent[Math.max(x, y)] = Math.min(x, y)
  }
  problem.items.forEach((item, index) => {
    for (const substitute of item.substitutes ?? []) join(index, itemOf.get(substitute)!)
  })
  for (const unit of problem.units) {
    for (const line of unit.lines) {
      if (!line.substitutes) continue
      const index = itemOf.get(line.item)!
      for (const code of substitutesOf(problem.items[index]!, line)) join(index, itemOf.get(code)!)
    }
  }
  return parent.map((_, item) => find(item))
}
