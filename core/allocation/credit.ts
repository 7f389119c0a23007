import { limits } from './check-problem.ts'
import { ceilingOf, compareTies, type Ladder } from './order.ts'
import { prepare } from './prepare.ts'
import type { Plan, Problem } from './problem.ts'
import type { Solution } from './solution.ts'
import { solveGroup } from './solve.ts'

/**
 * Rounding credit of each line after this round, in thousandths of a pack: credit + fractional entitlement − granted.
 * The entitlement is what the line would have been given in the rung where the supply ended if packs could be divided;
 * every other rung is given in full or not at all. Over the lines the changes add up to zero. Pinned lines keep theirs:
 * what a manager fixed is no rounding. Where lots are restricted, or come in several sizes, credits stay as they are.
 *
 * The packs are what one level gives every line, rounded by less than a pack (a divisor method); that level may lie off
 * the one of divisible packs, so that of very unequal lines a large one is now and then rounded by more than a pack.
 */
export function nextCredits(solution: Solution): Float64Array {
  const { ladder, first, tight, isExact } = solution
  const credits = ladder.lines.credit.slice()
  if (!first || tight || !isExact) return credits
  const lines = cutLines(solution)
  const supply = lines.reduce((sum, { granted }) => sum + granted, 0)
  const shares = divide(lines, supply)
  const rung = ladder.rungs[first.rung]!
  roundToSum(shares, supply * 1000, (a, b) => compareTies(ladder, rung, lines[a]!.line, lines[b]!.line))
  lines.forEach(({ line, granted }, at) => {
    const credit = credits[line]! + shares[at]! - granted * 1000
    credits[line] = Math.max(-limits.creditMilli, Math.min(limits.creditMilli, credit))
  })
  return credits
}

/**
 * The credits of a solved problem by `JSON.stringify([unit, item])`, for storing with the round. Throws when `plan` is not
 * the plan of `problem`.
 */
export function creditsAfter(problem: Problem, plan: Plan): ReadonlyMap<string, number> {
  const preparation = prepare(problem)
  if (!preparation.ok) throw new Error('allocation: credits asked for a problem that is refused')
  const { prepared } = preparation
  const planned = new Map(plan.lines.map(({ unit, item, packs }) => [JSON.stringify([unit, item]), packs]))
  const credits = new Map<string, number>()
  for (const group of prepared.groups) {
    const solved = solveGroup(prepared, group)
    if (!solved.ok) throw new Error('allocation: credits asked for a problem that is refused')
    nextCredits(solved.solution).forEach((credit, line) => {
      const { unit, source } = group.lines
      const key = JSON.stringify([prepared.units[unit[line]!]!, source[line]!.item])
      if (planned.get(key) !== solved.solution.packs[line]) {
        throw new Error(`allocation: credits asked for another plan: ${key}`)
      }
      credits.set(key, credit)
    })
  }
  return credits
}

/** The lines that the rung has where the supply ended, pinned ones left out. */
export function cutLines({ ladder, first, packs, most, pin }: Solution): CutLine[] {
  if (!first) return []
  const lines: CutLine[] = []
  for (let line = 0; line < packs.length; line++) {
    if (pin[line]! >= 0) continue
    const cut = cutLineOf(ladder, first.rung, line, most[line]!)
    if (cut) lines.push({ ...cut, granted: Math.min(packs[line]!, cut.to) - cut.from })
  }
  return lines
}

export type CutLine = {
  readonly line: number
  /** Packs of the line below and at the end of the rung. */
  readonly from: number
  readonly to: number
  /** level · slope − offset = packs that bring the line to the level. */
  readonly slope: number
  readonly offset: number
  readonly granted: number
}

function cutLineOf(ladder: Ladder, rung: number, line: number, most: number): Omit<CutLine, 'granted'> | null {
  let from = 0
  for (let earlier = 0; earlier < rung; earlier++) {
    from = Math.max(from, Math.min(most, ceilingOf(ladder, ladder.rungs[earlier]!, line)))
  }
  const to = Math.min(most, ceilingOf(ladder, ladder.rungs[rung]!, line))
  if (to <= from) return null
  const { stock, use, tier } = ladder.lines
  const slope = (ladder.rungs[rung]!.weight[tier[line]!]! * use[line]!) / ladder.packBase
  return { line, from, to, slope, offset: stock[line]! / ladder.packBase }
}

/** Shares in thousandths of a pack at the one level where divisible packs add up to the supply. */
function divide(lines: readonly CutLine[], supply: number): Float64Array {
  const shareAt = (level: number, { slope, offset, from, to }: CutLine): number =>
    Math.min(to - from, Math.max(0, level * slope - offset - from))
  const total = (level: number): number => lines.reduce((sum, line) => sum + shareAt(level, line), 0)
  let low = 0
  let high = 0
  for (const { to, offset, slope } of lines) high = Math.max(high, (to + offset) / slope)
  // A fixed number of halvings: the same result on every machine.
  for (let step = 0; step < 100; step++) {
    const middle = (low + high) / 2
    if (total(middle) < supply) low = middle
    else high = middle
  }
  return Float64Array.from(lines, (line) => shareAt(high, line) * 1000)
}

/** Rounds shares down and gives the missing thousandths to the largest remainders. */
function roundToSum(shares: Float64Array, wanted: number, tie: (a: number, b: number) => number): void {
  const remainder = shares.map((share) => share - Math.floor(share))
  let missing = wanted
  for (let at = 0; at < shares.length; at++) {
    shares[at] = Math.floor(shares[at]!)
    missing -= shares[at]!
  }
  const order = Array.from(shares, (_, at) => at).sort((a, b) => remainder[b]! - remainder[a]! || tie(a, b))
  for (let at = 0; missing !== 0 && order.length > 0; at = (at + 1) % order.length) {
    const step = Math.sign(missing)
    shares[order[at]!] = shares[order[at]!]! + step
    missing -= step
  }
}
