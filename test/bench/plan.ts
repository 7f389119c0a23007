import loadHighs from 'highs'
import { defaultPolicy } from '../../core/allocation/default-policy.ts'
import { type Group, type Prepared, prepare } from '../../core/allocation/prepare.ts'
import type { Problem } from '../../core/allocation/problem.ts'
import { solveGroup, solveItem } from '../../core/allocation/solve.ts'
import { randomOf } from '../core/allocation/random.ts'
import { seed } from '../seed.ts'
import { median, type Row, row, takeTurns } from './row.ts'

/** A district: units of three tiers, uses and stocks as they come, supplies that end in every rung, by item. */
function districtOf(units: number, items: number): Problem {
  const random = randomOf(seed)
  const codes = Array.from({ length: items }, (_, at) => `I${String(at).padStart(3, '0')}`)
  const horizonDays = 14
  const needs = new Array<number>(items).fill(0)
  const lines = Array.from({ length: units }, () =>
    codes.map((item, at) => {
      const useMilliPerDay = random.whole(500, 60_000)
      const stockBase = random.chance(0.3) ? 0 : random.whole(0, 300)
      needs[at] = needs[at]! + Math.max(0, (useMilliPerDay * horizonDays) / 1000 - stockBase)
      return {
        item,
        stockBase,
        useMilliPerDay,
        requestBase: random.chance(0.1) ? random.whole(0, 500) : null,
        capBase: null,
        pinPacks: null,
        creditMilli: random.pick([0, 0, 250, -250]),
        depots: null,
      }
    }),
  )
  return {
    format: 'frontstock-plan/1',
    date: '2020-02-06',
    horizonDays,
    rounding: 'runs-out-first',
    rungs: defaultPolicy(horizonDays),
    items: codes.map((item, at) => {
      const packBase = random.pick([1, 5, 10, 20, 50])
      const packs = Math.floor((needs[at]! * random.whole(5, 90)) / 100 / packBase)
      return { item, packBase, reservePacks: 0, lots: [{ lot: 'L1', depot: 'D1', packs, expiresOn: '2020-06-01' }] }
    }),
    units: lines.map((own, at) => ({
      unit: `U${String(at).padStart(5, '0')}`,
      tier: random.whole(1, 3),
      lines: own,
    })),
  }
}

function preparedOf(problem: Problem): Prepared {
  const preparation = prepare(problem)
  if (!preparation.ok) throw new Error(JSON.stringify(preparation.refusal))
  return preparation.prepared
}

/** The cells (cover of each unit) of one item, sorted afresh each time: the least that any division must do. */
function sortOfCells({ lines }: Group): () => void {
  const cells = lines.stock.map((stock, at) => stock / lines.use[at]!)
  const sorted = new Float64Array(cells.length)
  return () => {
    sorted.set(cells)
    sorted.sort()
  }
}

function planOf(prepared: Prepared, group: Group): () => void {
  return () => {
    const solved = solveGroup(prepared, group)
    if (!solved.ok || !solved.solution.first) throw new Error('the bench expects a scarce supply')
  }
}

/**
 * Every round goes over all items, each sorted and then planned, or the reverse; the medians of each item's rounds are
 * added up. Timed item by item, because what else the machine runs interrupts a long stretch far more than a short one.
 */
async function planRow(units: number, items: number, repeats: number, limitMs: number): Promise<Row> {
  const prepared = preparedOf(districtOf(units, items))
  const works = prepared.groups.map((group) => [sortOfCells(group), planOf(prepared, group)] as const)
  const times = works.map(() => [[], []] as [number[], number[]])
  for (let round = -3; round < repeats; round++) {
    works.forEach((pair, item) => {
      for (const which of round % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) {
        const start = performance.now()
        pair[which]()
        const elapsed = performance.now() - start
        if (round >= 0) times[item]![which].push(elapsed)
      }
    })
  }
  const total = (which: 0 | 1) => times.reduce((sum, pair) => sum + median(pair[which]), 0)
  const task = `plan ${units.toLocaleString('en')} units × ${items} items × ${prepared.rungs.length} rungs`
  return row(
    { task, baseline: 'one Float64Array.sort per item of the same cells', ours: 'exact, with certificate' },
    { baselineMs: total(0), oursMs: total(1) },
    { ratio: 2, limitMs },
  )
}

/** A pin that moves between items and units, so that no run repeats the one before. */
async function pinRow(): Promise<Row> {
  const prepared = preparedOf(districtOf(1000, 50))
  const sort = sortOfCells(prepared.groups[0]!)
  let turn = 0
  const measured = await takeTurns(300, sort, () => {
    turn += 1
    const item = prepared.problem.items[turn % 50]!.item
    const pin = { unit: prepared.units[(turn * 37) % 1000]!, item, packs: turn % 5 }
    if (!solveItem(prepared, turn % 50, { pins: [pin] }).ok) throw new Error('the pin was refused')
  })
  const about = {
    task: 'one item again after a pin, 1,000 units',
    baseline: 'one Float64Array.sort',
    ours: 'solveItem',
  }
  return { ...row(about, measured, { ratio: 1000, limitMs: 1 }), goal: '≤ 1 ms' }
}

/** The last rung alone as a linear program: raise the least weighted cover as far as the packs go. */
async function linearProgramRow(units: number, repeats: number): Promise<Row> {
  const problem = { ...districtOf(units, 1), rungs: defaultPolicy(14).slice(-1) }
  const prepared = preparedOf(problem)
  const highs = await loadHighs()
  const program = linearProgramOf(prepared)
  const measured = await takeTurns(
    repeats,
    () => {
      const { Status } = highs.solve(program)
      if (Status !== 'Optimal') throw new Error(`HiGHS: ${Status}`)
    },
    planOf(prepared, prepared.groups[0]!),
  )
  const about = {
    task: `one rung, ${units.toLocaleString('en')} units`,
    baseline: 'HiGHS, its LP',
    ours: 'exact, whole packs',
  }
  return { ...row(about, measured, { ratio: 1 / 500 }), goal: '≥ 500× faster' }
}

function linearProgramOf(prepared: Prepared): string {
  const [group] = prepared.groups
  const { packBase } = prepared.problem.items[0]!
  const { count, stock, use, tier } = group!.lines
  const names = Array.from({ length: count }, (_, at) => `k${at}`)
  const supply = [...group!.supply.capacity.values()][0]!
  const weight = prepared.rungs[0]!.weight
  // Stock + pack · k ≥ level · weight · use, level in weighted days.
  const rows = names.map(
    (name, at) => `c${at}: ${packBase} ${name} - ${(weight[tier[at]!]! * use[at]!) / 100_000} level >= ${-stock[at]!}`,
  )
  return `Maximize\n obj: level\nSubject To\n ${rows.join('\n ')}\n supply: ${names.join(' + ')} <= ${supply}\nEnd`
}

export async function benchPlan(): Promise<Row[]> {
  return [
    await planRow(1000, 50, 60, 16),
    await planRow(10_000, 200, 9, 500),
    await pinRow(),
    await linearProgramRow(1000, 7),
    ...(process.env.FRONTSTOCK_DEEP === '1' ? [await linearProgramRow(10_000, 3)] : []),
  ]
}

export const rows = benchPlan
