import { expect, test } from 'vitest'
import type { Problem } from '../../../core/allocation/problem.ts'
import { solve } from '../../../core/allocation/solve.ts'
import { seed } from '../../seed.ts'
import { isDeep, randomOf } from './random.ts'

const count = isDeep ? 50_000 : 5_000

type Small = { readonly problem: Problem; readonly amounts: readonly number[]; readonly costs: readonly number[][] }

/** Up to three depots with a lot each and up to five units whose packs are pinned, so that only the draws are free. */
function smallProblem(random: ReturnType<typeof randomOf>): Small {
  const depots = Array.from({ length: random.whole(2, 3) }, (_, at) => `D${at}`)
  const amounts = Array.from({ length: random.whole(2, 5) }, () => random.whole(1, 5))
  const wanted = amounts.reduce((sum, packs) => sum + packs, 0)
  const packs = depots.map(() => 0)
  for (let each = 0; each < wanted + random.whole(0, 3); each++) packs[random.whole(0, depots.length - 1)]! += 1
  // Few different distances, so that many ways cost the same and the splits decide.
  const costs = amounts.map(() => depots.map(() => random.whole(0, 2)))
  const problem: Problem = {
    format: 'frontstock-plan/1',
    date: '2020-02-06',
    horizonDays: 14,
    rounding: 'runs-out-first',
    rungs: [{ tiers: [1], days: 14 }],
    items: [
      {
        item: 'KN95',
        packBase: 1,
        reservePacks: 0,
        lots: depots.map((depot, at) => ({ lot: 'L', depot, packs: packs[at]!, expiresOn: null })),
      },
    ],
    units: amounts.map((pinPacks, at) => ({
      unit: `U${at}`,
      tier: 1,
      distances: Object.fromEntries(depots.map((depot, to) => [depot, costs[at]![to]!])),
      lines: [
        {
          item: 'KN95',
          stockBase: 0,
          useMilliPerDay: 1000,
          requestBase: null,
          capBase: null,
          pinPacks,
          creditMilli: 0,
          depots: null,
        },
      ],
    })),
  }
  return { problem, amounts, costs }
}

/** Every way to carry the amounts, one line after another: the least cost, and the fewest draws at that cost. */
function bruteForce({ problem, amounts, costs }: Small): { cost: number; draws: number } {
  const room = problem.items[0]!.lots.map((lot) => lot.packs)
  let best = { cost: Number.POSITIVE_INFINITY, draws: Number.POSITIVE_INFINITY }
  const carry = (line: number, depot: number, left: number, cost: number, draws: number): void => {
    if (cost > best.cost || (cost === best.cost && draws >= best.draws)) return
    if (line === amounts.length) {
      best = { cost, draws }
      return
    }
    if (depot === room.length) {
      if (left === 0) carry(line + 1, 0, amounts[line + 1] ?? 0, cost, draws)
      return
    }
    for (let packs = Math.min(left, room[depot]!); packs >= 0; packs--) {
      room[depot]! -= packs
      carry(line, depot + 1, left - packs, cost + packs * costs[line]![depot]!, draws + (packs > 0 ? 1 : 0))
      room[depot]! += packs
    }
  }
  carry(0, 0, amounts[0]!, 0, 0)
  return best
}

test(`costs the least and, at that cost, has the fewest draws of all, on ${count} small problems`, () => {
  let split = 0
  for (let at = 0; at < count; at++) {
    const small = smallProblem(randomOf(seed + 57 * 1_000_003 + at * 15_485_863))
    const solved = solve(small.problem)
    if (!solved.ok) throw new Error(JSON.stringify(solved.refusal))
    const depots = small.problem.items[0]!.lots.map((lot) => lot.depot)
    let cost = 0
    let draws = 0
    solved.plan.lines.forEach((line) => {
      const unit = Number(line.unit.slice(1))
      for (const draw of line.lots) {
        cost += draw.packs * small.costs[unit]![depots.indexOf(draw.depot)]!
        draws++
      }
    })
    const least = bruteForce(small)
    expect(cost, JSON.stringify(small)).toBe(least.cost)
    expect(draws, JSON.stringify(small)).toBe(least.draws)
    if (draws > small.amounts.length) split++
  }
  // Not trivially: in many of them some line must be split.
  expect(split).toBeGreaterThan(count / 20)
})
