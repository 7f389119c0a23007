import { isCivilDate } from '../civil-date.ts'
import { Malformed } from './malformed.ts'
import type { Item, Problem, Rung, Unit, UnitLine } from './problem.ts'
import type { PlanRefusal } from './refusal.ts'

/**
 * Largest values the rule takes. They keep every intermediate product that must be exact below 2^53 (days × use, stock in
 * thousandths, weight × use); comparisons beyond that go to BigInt.
 */
export const limits = {
  days: 365,
  weightPercent: 10_000,
  packBase: 1_000_000,
  packs: 1_000_000_000,
  quantityBase: 1_000_000_000,
  useMilliPerDay: 10_000_000_000,
  creditMilli: 1_000_000_000,
  distance: 10_000_000,
  tier: 9,
} as const

/** A path is only put together when something is wrong: a problem may hold millions of numbers. */
type Path = () => string

function checkWhole(value: unknown, least: number, most: number, path: Path): void {
  if (typeof value === 'number' && value >= least && value <= most && Number.isInteger(value)) return
  if (value === undefined) throw new Malformed('missing', path(), undefined, `a whole number from ${least} to ${most}`)
  const malformation =
    typeof value !== 'number'
      ? 'wrong-type'
      : Number.isInteger(value) || !Number.isFinite(value)
        ? 'out-of-range'
        : 'not-whole'
  throw new Malformed(malformation, path(), value, `a whole number from ${least} to ${most}`)
}

function checkWholeOrNull(value: unknown, least: number, most: number, path: Path): void {
  if (value !== null) checkWhole(value, least, most, path)
}

/** Days may have three decimals, so that a slider can stand at half a day. */
function checkDays(value: unknown, least: number, path: Path): void {
  const allowed = `days from ${least} to ${limits.days}, at most three decimals`
  if (value === undefined) throw new Malformed('missing', path(), undefined, allowed)
  if (typeof value !== 'number') throw new Malformed('wrong-type', path(), value, allowed)
  if (!(value >= least && value <= limits.days)) throw new Malformed('out-of-range', path(), value, allowed)
  if (milliDays(value) / 1000 !== value) throw new Malformed('not-whole', path(), value, allowed)
}

export function milliDays(days: number): number {
  return Math.round(days * 1000)
}

function checkName(value: unknown, path: Path): void {
  const allowed = 'a text of 1 to 200 characters'
  if (value === undefined) throw new Malformed('missing', path(), undefined, allowed)
  if (typeof value !== 'string') throw new Malformed('wrong-type', path(), value, allowed)
  if (value.length === 0 || value.length > 200) throw new Malformed('out-of-range', path(), value, allowed)
}

function checkDate(value: unknown, path: Path): void {
  if (value === undefined) throw new Malformed('missing', path(), undefined, 'a date as YYYY-MM-DD')
  if (typeof value !== 'string' || !isCivilDate(value)) {
    throw new Malformed('not-a-date', path(), value, 'a date as YYYY-MM-DD')
  }
}

function checkFlag(value: unknown, path: Path): void {
  if (value !== undefined && typeof value !== 'boolean')
    throw new Malformed('wrong-type', path(), value, 'true or false')
}

function checkRung(rung: Rung, path: Path): void {
  if (!Array.isArray(rung.tiers)) throw new Malformed('wrong-type', `${path()}.tiers`, rung.tiers, 'a list of tiers')
  rung.tiers.forEach((tier, index) => {
    checkWhole(tier, 1, limits.tier, () => `${path()}.tiers[${index}]`)
    if (rung.tiers.indexOf(tier) !== index) {
      throw new Malformed('duplicate', `${path()}.tiers[${index}]`, tier, 'each tier once')
    }
  })
  checkDays(rung.days, 0, () => `${path()}.days`)
  for (const field of ['name', 'nameEn'] as const) {
    if (rung[field] !== undefined) checkName(rung[field], () => `${path()}.${field}`)
  }
  for (const [tier, weight] of Object.entries(rung.weightPercent ?? {})) {
    if (!/^[1-9]$/.test(tier)) {
      throw new Malformed('unknown-name', `${path()}.weightPercent`, tier, `tiers 1 to ${limits.tier}`)
    }
    checkWhole(weight, 1, limits.weightPercent, () => `${path()}.weightPercent.${tier}`)
  }
}

function checkItem(item: Item, path: Path): void {
  checkName(item.item, () => `${path()}.item`)
  checkWhole(item.packBase, 1, limits.packBase, () => `${path()}.packBase`)
  checkWhole(item.reservePacks, 0, limits.packs, () => `${path()}.reservePacks`)
  const seen = new Set<string>()
  item.lots.forEach((lot, index) => {
    const at = () => `${path()}.lots[${index}]`
    checkName(lot.lot, () => `${at()}.lot`)
    checkName(lot.depot, () => `${at()}.depot`)
    checkWhole(lot.packs, 0, limits.packs, () => `${at()}.packs`)
    if (lot.expiresOn !== null) checkDate(lot.expiresOn, () => `${at()}.expiresOn`)
    checkFlag(lot.held, () => `${at()}.held`)
    if (lot.packBase !== undefined) checkWhole(lot.packBase, 1, limits.packBase, () => `${at()}.packBase`)
    const name = `${lot.depot}\u0000${lot.lot}`
    if (seen.has(name)) throw new Malformed('duplicate', `${at()}.lot`, lot.lot, 'each lot once in a depot')
    seen.add(name)
  })
  item.promises?.forEach((promise, index) => {
    const at = () => `${path()}.promises[${index}]`
    checkDate(promise.on, () => `${at()}.on`)
    checkWhole(promise.quantityBase, 0, limits.quantityBase, () => `${at()}.quantityBase`)
    checkWhole(promise.haircutPercent, 0, 100, () => `${at()}.haircutPercent`)
  })
}

function checkSubstitutes(
  substitutes: readonly string[] | null | undefined,
  own: string,
  items: ReadonlyMap<string, number>,
  path: Path,
): void {
  substitutes?.forEach((substitute, index) => {
    const at = `${path()}[${index}]`
    if (!items.has(substitute)) throw new Malformed('unknown-name', at, substitute, 'an item of this problem')
    if (substitute === own) throw new Malformed('not-allowed', at, substitute, 'another item')
    if (substitutes.indexOf(substitute) !== index) throw new Malformed('duplicate', at, substitute, 'each item once')
  })
}

function checkLine(line: UnitLine, items: ReadonlyMap<string, number>, path: Path): void {
  if (!items.has(line.item)) {
    if (line.item === undefined) throw new Malformed('missing', `${path()}.item`, undefined, 'an item of this problem')
    throw new Malformed('unknown-name', `${path()}.item`, line.item, 'an item of this problem')
  }
  checkWhole(line.stockBase, 0, limits.quantityBase, () => `${path()}.stockBase`)
  checkWhole(line.useMilliPerDay, 0, limits.useMilliPerDay, () => `${path()}.useMilliPerDay`)
  checkWholeOrNull(line.requestBase, 0, limits.quantityBase, () => `${path()}.requestBase`)
  checkWholeOrNull(line.capBase, 0, limits.quantityBase, () => `${path()}.capBase`)
  checkWholeOrNull(line.pinPacks, 0, limits.packs, () => `${path()}.pinPacks`)
  checkWhole(line.creditMilli, -limits.creditMilli, limits.creditMilli, () => `${path()}.creditMilli`)
  checkSubstitutes(line.substitutes, line.item, items, () => `${path()}.substitutes`)
}

function checkUnit(
  unit: Unit,
  items: ReadonlyMap<string, number>,
  depots: ReadonlySet<string>,
  seen: Int32Array,
  index: number,
): void {
  const path = () => `units[${index}]`
  checkName(unit.unit, () => `${path()}.unit`)
  checkWhole(unit.tier, 1, limits.tier, () => `${path()}.tier`)
  for (let at = 0; at < unit.lines.length; at++) {
    const line = unit.lines[at]!
    checkLine(line, items, () => `${path()}.lines[${at}]`)
    const item = items.get(line.item)!
    if (seen[item] === index + 1) {
      throw new Malformed('duplicate', `${path()}.lines[${at}].item`, line.item, 'each item once in a unit')
    }
    seen[item] = index + 1
  }
  if (!unit.distances) return
  for (const depot of depots) {
    const distance = Object.hasOwn(unit.distances, depot) ? unit.distances[depot] : undefined
    checkWhole(distance, 0, limits.distance, () => `${path()}.distances.${depot}`)
  }
}

function check(problem: Problem): void {
  if (problem.format !== 'frontstock-plan/1') {
    const malformation = problem.format === undefined ? 'missing' : 'not-allowed'
    throw new Malformed(malformation, 'format', problem.format, '"frontstock-plan/1"')
  }
  checkDate(problem.date, () => 'date')
  checkDays(problem.horizonDays, 0.001, () => 'horizonDays')
  const roundings: readonly unknown[] = ['runs-out-first', 'nearest', 'least-over']
  if (!roundings.includes(problem.rounding)) {
    const malformation = problem.rounding === undefined ? 'missing' : 'not-allowed'
    throw new Malformed(malformation, 'rounding', problem.rounding, '"runs-out-first", "nearest" or "least-over"')
  }
  checkFlag(problem.nearExpiry, () => 'nearExpiry')
  if (problem.rollingDays !== undefined) checkWholeOrNull(problem.rollingDays, 1, limits.days, () => 'rollingDays')
  problem.rungs.forEach((rung, index) => {
    checkRung(rung, () => `rungs[${index}]`)
  })
  const items = new Map<string, number>()
  const depots = new Set<string>()
  problem.items.forEach((item, index) => {
    checkItem(item, () => `items[${index}]`)
    if (items.has(item.item)) throw new Malformed('duplicate', `items[${index}].item`, item.item, 'each item once')
    items.set(item.item, index)
    for (const lot of item.lots) depots.add(lot.depot)
  })
  problem.items.forEach((item, index) => {
    checkSubstitutes(item.substitutes, item.item, items, () => `items[${index}].substitutes`)
  })
  const units = new Set<string>()
  const seen = new Int32Array(problem.items.length)
  problem.units.forEach((unit, index) => {
    checkUnit(unit, items, depots, seen, index)
    if (units.has(unit.unit)) throw new Malformed('duplicate', `units[${index}].unit`, unit.unit, 'each unit once')
    units.add(unit.unit)
  })
}

/** The first thing that is wrong with a problem, or null. Ranges, names and duplicates; shape is the types' business. */
export function checkProblem(problem: Problem): PlanRefusal | null {
  try {
    check(problem)
    return null
  } catch (thrown) {
    if (thrown instanceof Malformed) return thrown.refusal
    throw thrown
  }
}
