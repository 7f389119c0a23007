import type { Problem } from '../../../core/allocation/problem.ts'

/**
 * The rule as the paper states it, in BigInt fractions, for the oracles: it shares nothing with the solver. Lines of one
 * item, or of several with one pack size.
 */
type ModelLine = {
  readonly unit: string
  readonly item: string
  readonly tier: number
  readonly stock: bigint
  readonly use: bigint
  readonly credit: number
  readonly pin: number | null
  /** Packs by which the line reaches each rung, request and cap applied; 0 for a rung it is not in. */
  readonly ceilings: readonly number[]
  /** The largest of them. */
  readonly reach: number
}

export type Model = {
  readonly lines: readonly ModelLine[]
  readonly packBase: bigint
  /** weights[rung][tier], in percent. */
  readonly weights: readonly ReadonlyMap<number, bigint>[]
  /** 2d */
  readonly shift: bigint
}

function ceilDivide(a: bigint, b: bigint): bigint {
  return a > 0n ? (a + b - 1n) / b : 0n
}

function lesser(a: bigint, b: bigint): bigint {
  return a < b ? a : b
}

export function modelOf(problem: Problem): Model {
  const packBase = BigInt(problem.items[0]!.packBase)
  const horizon = BigInt(Math.round(problem.horizonDays * 1000))
  const lines: ModelLine[] = []
  for (const unit of problem.units) {
    for (const line of unit.lines) {
      const stock = BigInt(line.stockBase)
      const use = BigInt(line.useMilliPerDay)
      const packsTo = (milliDays: bigint) => ceilDivide(milliDays * use - 1_000_000n * stock, 1_000_000n * packBase)
      let most = packsTo(horizon)
      if (line.requestBase !== null) most = lesser(most, ceilDivide(BigInt(line.requestBase), packBase))
      if (line.capBase !== null) most = lesser(most, BigInt(line.capBase) / packBase)
      const ceilings = problem.rungs.map((rung) => {
        if (!rung.tiers.includes(unit.tier)) return 0
        const packs = packsTo(BigInt(Math.round(rung.days * 1000)))
        return Number(lesser(packs, most))
      })
      lines.push({
        unit: unit.unit,
        item: line.item,
        tier: unit.tier,
        stock,
        use,
        credit: line.creditMilli,
        pin: line.pinPacks,
        ceilings: line.pinPacks === null ? ceilings : ceilings.map(() => 0),
        reach: line.pinPacks === null ? Math.max(0, ...ceilings) : 0,
      })
    }
  }
  lines.sort((a, b) => (a.unit < b.unit ? -1 : a.unit > b.unit ? 1 : a.item < b.item ? -1 : 1))
  const weights = problem.rungs.map((rung) => {
    const entries = rung.tiers.map((tier) => [tier, BigInt(rung.weightPercent?.[String(tier)] ?? 100)] as const)
    return new Map(entries)
  })
  const shift = problem.rounding === 'runs-out-first' ? 0n : problem.rounding === 'nearest' ? 1n : 2n
  return { lines, packBase, weights, shift }
}

export type Fraction = { readonly top: bigint; readonly bottom: bigint }

export function compareFractions(a: Fraction, b: Fraction): number {
  const difference = a.top * b.bottom - b.top * a.bottom
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

export type Key = { readonly rung: number; readonly level: Fraction; readonly line: number }

/** Place of the pack that a line gets after `pack` others, or null when no rung gives it. */
export function keyOf(model: Model, line: number, pack: number): Key | null {
  const own = model.lines[line]!
  const rung = own.ceilings.findIndex((ceiling) => pack < ceiling)
  if (rung < 0) return null
  const weight = model.weights[rung]!.get(own.tier)!
  const top = 2n * own.stock + model.packBase * (2n * BigInt(pack) + model.shift)
  return { rung, level: { top, bottom: weight * own.use }, line }
}

export function compareKeys(model: Model, a: Key, b: Key): number {
  if (a.rung !== b.rung) return a.rung - b.rung
  const level = compareFractions(a.level, b.level)
  if (level !== 0) return level
  const x = model.lines[a.line]!
  const y = model.lines[b.line]!
  if (x.credit !== y.credit) return y.credit - x.credit
  if (a.level.bottom !== b.level.bottom) return a.level.bottom < b.level.bottom ? -1 : 1
  return a.line - b.line
}

/** Supply of the one item of a problem in which all lots are open, after reserve and pins. */
export function freePacks(problem: Problem, model: Model): number {
  const { lots, reservePacks } = problem.items[0]!
  const usable = lots.filter((lot) => !lot.held && (lot.expiresOn === null || lot.expiresOn >= problem.date))
  const supply = Math.max(0, usable.reduce((sum, lot) => sum + lot.packs, 0) - reservePacks)
  return supply - model.lines.reduce((sum, line) => sum + (line.pin ?? 0), 0)
}
