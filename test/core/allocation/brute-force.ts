import { compareFractions, type Fraction, type Model } from './model.ts'

/** What a plan is judged by: for each rung, the covers of its members, in the order in which they are compared. */
type Score = readonly (readonly Fraction[])[]

/** Packs that count up to a rung: those of later rungs are set aside. */
function countedUpTo(model: Model, line: number, packs: number, rung: number): number {
  const { ceilings, pin } = model.lines[line]!
  if (pin !== null) return pin
  return Math.min(packs, Math.max(0, ...ceilings.slice(0, rung + 1)))
}

/**
 * d = 0: covers from the lowest (leximin: higher is better). d = 1: covers from the highest (lower is better). d = ½: the
 * sum of squared holdings over weighted use, which "nearest to equal" makes least (lower is better).
 */
function scoreOf(model: Model, packs: readonly number[], rungs: number): Score {
  return model.weights.slice(0, rungs).map((weights, rung) => {
    const covers: Fraction[] = []
    model.lines.forEach((line, at) => {
      const weight = weights.get(line.tier)
      if (weight === undefined || line.use === 0n || line.pin !== null) return
      const held = line.stock + model.packBase * BigInt(countedUpTo(model, at, packs[at]!, rung))
      covers.push({ top: model.shift === 1n ? held * held : held, bottom: weight * line.use })
    })
    if (model.shift === 1n) {
      const sum = covers.reduce((a, b) => ({ top: a.top * b.bottom + b.top * a.bottom, bottom: a.bottom * b.bottom }), {
        top: 0n,
        bottom: 1n,
      })
      return [sum]
    }
    covers.sort(compareFractions)
    return model.shift === 2n ? covers.reverse() : covers
  })
}

/** Packs in each rung: the more the better, before anything else in the rung is looked at. */
function grantedUpTo(model: Model, packs: readonly number[], rung: number): number {
  return packs.reduce((sum, each, at) => sum + countedUpTo(model, at, each, rung), 0)
}

/** Rungs that the supply reaches: up to and with the first that it cannot fill. No later rung may break a tie. */
function rungsReached(model: Model, supply: number): number {
  const full = model.lines.map((line) => line.reach)
  const unfilled = model.weights.findIndex((_, rung) => {
    const pinned = model.lines.reduce((sum, line) => sum + (line.pin ?? 0), 0)
    return grantedUpTo(model, full, rung) - pinned > supply
  })
  return unfilled < 0 ? model.weights.length : unfilled + 1
}

/** Above 0 when the first plan is the better one. */
export function comparePlans(model: Model, supply: number, a: readonly number[], b: readonly number[]): number {
  const rungs = rungsReached(model, supply)
  const x = scoreOf(model, a, rungs)
  const y = scoreOf(model, b, rungs)
  for (let rung = 0; rung < x.length; rung++) {
    if (model.shift !== 0n) {
      const more = grantedUpTo(model, a, rung) - grantedUpTo(model, b, rung)
      if (more !== 0) return more
    }
    for (let at = 0; at < x[rung]!.length; at++) {
      const order = compareFractions(x[rung]![at]!, y[rung]![at]!)
      if (order !== 0) return model.shift === 0n ? order : -order
    }
  }
  return 0
}

/** All plans that give out at most the supply, each line at most its reach; pinned lines stay at their pins. */
export function* plansOf(model: Model, supply: number): Generator<readonly number[]> {
  const packs = model.lines.map((line) => line.pin ?? 0)
  function* from(at: number, left: number): Generator<readonly number[]> {
    if (at === packs.length) {
      yield packs
      return
    }
    const { pin, reach } = model.lines[at]!
    if (pin !== null) {
      yield* from(at + 1, left)
      return
    }
    for (let each = 0; each <= Math.min(reach, left); each++) {
      packs[at] = each
      yield* from(at + 1, left - each)
    }
    packs[at] = 0
  }
  yield* from(0, supply)
}

/** A best plan, by trying all. */
export function bestPlan(model: Model, supply: number): readonly number[] {
  let best: readonly number[] | null = null
  for (const packs of plansOf(model, supply)) {
    if (!best || comparePlans(model, supply, packs, best) > 0) best = [...packs]
  }
  return best!
}
