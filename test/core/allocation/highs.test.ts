import loadHighs from 'highs'
import { expect, test } from 'vitest'
import type { Problem } from '../../../core/allocation/problem.ts'
import { solve } from '../../../core/allocation/solve.ts'
import { seed } from '../../seed.ts'
import { mayDraw, usableLots } from './flow.ts'
import { compareFractions, type Fraction, type Model, modelOf } from './model.ts'
import { isDeep, type Random, randomLots, randomOf, randomUnits } from './random.ts'

const highs = await loadHighs()

/** One rung, in which the worst-off value and the number of units on it are what an integer program can be asked for. */
function randomRung(random: Random, isRestricted: boolean): Problem {
  const horizonDays = random.whole(5, 14)
  const recipe = {
    units: [3, isRestricted ? 10 : 25] as const,
    supplyPacks: [5, 60] as const,
    packBase: [1, 20] as const,
    useMilli: [500, 20_000] as const,
    stockBase: [0, 60] as const,
    rounding: 'runs-out-first' as const,
    caps: random.chance(0.5),
  }
  const depots = ['D1', 'D2', 'D3']
  const lots = randomLots(random, random.whole(5, 60), isRestricted ? 4 : 1, isRestricted ? depots : ['D1'])
  return {
    format: 'frontstock-plan/1',
    date: '2020-02-06',
    horizonDays,
    rounding: 'runs-out-first',
    rungs: [{ tiers: [1, 2, 3], days: horizonDays, weightPercent: { '1': 150, '2': 120 } }],
    items: [
      {
        item: 'mask',
        packBase: random.whole(1, 20),
        reservePacks: 0,
        lots: lots.map((lot) => ({ ...lot, expiresOn: isRestricted ? lot.expiresOn : null })),
      },
    ],
    units: randomUnits(random, recipe, 'mask').map((unit) => ({
      ...unit,
      lines: unit.lines.map((line) => ({
        ...line,
        depots: isRestricted && random.chance(0.5) ? [random.pick(depots)] : null,
      })),
    })),
    nearExpiry: isRestricted,
  }
}

/** Rows of the program that say what can be carried: whole packs from lots to units, by access and expiry. */
function carrying(problem: Problem): { rows: string[]; integers: string[] } {
  const lots = usableLots(problem)
  const { packBase } = problem.items[0]!
  const rows: string[] = []
  const integers: string[] = []
  const byLot = lots.map(() => [] as string[])
  problem.units.forEach(({ lines }, at) => {
    const line = lines[0]!
    const own = lots.flatMap((lot, index) => {
      if (!mayDraw(problem, line, lot)) return []
      const name = `z${at}_${index}`
      integers.push(name)
      byLot[index]!.push(name)
      return [{ name, expiresOn: lot.expiresOn ?? '9999-12-31' }]
    })
    integers.push(`k${at}`)
    rows.push(`k${at}${own.map(({ name }) => ` - ${name}`).join('')} = 0`)
    if (!problem.nearExpiry) return
    for (const until of new Set(own.map(({ expiresOn }) => expiresOn))) {
      if (until === '9999-12-31') continue
      const days = (Date.parse(until) - Date.parse(problem.date)) / 86_400_000
      const packs = Math.max(0, Math.floor(((line.useMilliPerDay * days) / 1000 - line.stockBase) / packBase))
      const early = own.filter(({ expiresOn }) => expiresOn <= until)
      rows.push(`${early.map(({ name }) => name).join(' + ')} <= ${packs}`)
    }
  })
  byLot.forEach((names, at) => {
    if (names.length > 0) rows.push(`${names.join(' + ')} <= ${lots[at]!.packs}`)
  })
  return { rows, integers }
}

function maximise(
  objective: string,
  rows: readonly string[],
  bounds: readonly string[],
  integers: readonly string[],
  binaries: readonly string[],
): number {
  const numbered = rows.map((row, at) => `r${at}: ${row}`).join('\n ')
  const program = `Maximize\n obj: ${objective}\nSubject To\n ${numbered}\nBounds\n ${bounds.join('\n ')}\nGeneral\n ${integers.join(' ')}\nBinary\n ${binaries.join(' ')}\nEnd`
  const { Status, ObjectiveValue } = highs.solve(program, { mip_rel_gap: 0, mip_abs_gap: 0 })
  expect(Status).toBe('Optimal')
  return ObjectiveValue
}

function coverOf(model: Model, at: number, packs: number): Fraction {
  const line = model.lines[at]!
  return { top: line.stock + model.packBase * BigInt(packs), bottom: model.weights[0]!.get(line.tier)! * line.use }
}

for (const isRestricted of [false, true]) {
  const count = isDeep ? 60 : 6
  test(`HiGHS finds no higher worst-off and no fewer units on it, ${isRestricted ? 'restricted' : 'open'} lots, ${count} problems`, () => {
    let compared = 0
    for (let at = 0; compared < count; at++) {
      const problem = randomRung(randomOf(seed + at * 31_337 + (isRestricted ? 1 : 0)), isRestricted)
      const model = modelOf(problem)
      const members = model.lines.map((_, line) => line).filter((line) => model.lines[line]!.use > 0n)
      if (members.length === 0) continue
      const solved = solve(problem)
      if (!solved.ok) throw new Error('refused')
      const packs = new Map(solved.plan.lines.map((line) => [line.unit, line.packs]))
      const covers = members.map((line) => coverOf(model, line, packs.get(model.lines[line]!.unit)!))
      const worst = covers.reduce((a, b) => (compareFractions(a, b) <= 0 ? a : b))
      const onWorst = covers.filter((cover) => compareFractions(cover, worst) === 0).length

      const { rows, integers } = carrying(problem)
      const bounds = model.lines.map((line, each) => `0 <= k${each} <= ${line.reach}`)
      // Weighted days: (stock + pack · k) · 100,000 / (weight · use) ≥ level.
      const levelRows = members.map((line) => {
        const { stock, use, tier } = model.lines[line]!
        const weighted = Number(model.weights[0]!.get(tier)! * use) / 100_000
        return `${model.packBase} k${line} - ${weighted} level >= ${-stock}`
      })
      const level = maximise('level', [...rows, ...levelRows], [...bounds, 'level >= 0'], integers, [])
      expect(level).toBeCloseTo((Number(worst.top) * 100_000) / Number(worst.bottom), 4)

      // With everyone at the worst-off value at least: how many can stand above it?
      const flags: string[] = []
      const aboveRows: string[] = []
      for (const line of members) {
        const { stock, reach } = model.lines[line]!
        const bottom = coverOf(model, line, 0).bottom
        const atLeast = ceilOf(worst.top * bottom - stock * worst.bottom, worst.bottom * model.packBase)
        const above = floorOf(worst.top * bottom - stock * worst.bottom, worst.bottom * model.packBase) + 1
        aboveRows.push(`k${line} >= ${atLeast}`)
        if (above > reach) continue
        if (above <= 0) {
          aboveRows.push(`y${line} = 1`)
        } else aboveRows.push(`k${line} - ${above} y${line} >= 0`)
        flags.push(`y${line}`)
      }
      const objective = flags.length > 0 ? flags.join(' + ') : '0 level'
      const most = maximise(objective, [...rows, ...aboveRows], [...bounds, 'level = 0'], integers, flags)
      expect(members.length - Math.round(most)).toBe(onWorst)
      compared++
    }
  })
}

function floorOf(a: bigint, b: bigint): number {
  const quotient = a / b
  return Number(a < 0n && quotient * b !== a ? quotient - 1n : quotient)
}

function ceilOf(a: bigint, b: bigint): number {
  return Math.max(0, -floorOf(-a, b))
}
