import type { Item, Lot, Problem, Rounding, Rung, Unit } from '../../../core/allocation/problem.ts'

/** FRONTSTOCK_DEEP=1 runs the long form. */
export const isDeep = process.env.FRONTSTOCK_DEEP === '1'

export const roundings: readonly Rounding[] = ['runs-out-first', 'nearest', 'least-over']

export type Random = {
  /** A whole number from least to most, both included. */
  readonly whole: (least: number, most: number) => number
  readonly chance: (probability: number) => boolean
  readonly pick: <T>(choices: readonly T[]) => T
}

/** Mulberry32. */
export function randomOf(start: number): Random {
  let state = start | 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const whole = (least: number, most: number) => least + Math.floor(next() * (most - least + 1))
  return {
    whole,
    chance: (probability) => next() < probability,
    pick: (choices) => choices[whole(0, choices.length - 1)]!,
  }
}

export type Recipe = {
  readonly units: readonly [number, number]
  readonly supplyPacks: readonly [number, number]
  readonly packBase: readonly [number, number]
  readonly useMilli: readonly [number, number]
  readonly stockBase: readonly [number, number]
  readonly rounding: Rounding
  readonly credits?: boolean
  readonly pins?: boolean
  readonly caps?: boolean
  /** Numbers from a short list, so that ties abound. */
  readonly ties?: boolean
}

export const small: Omit<Recipe, 'rounding'> = {
  units: [1, 4],
  supplyPacks: [0, 8],
  packBase: [1, 7],
  useMilli: [0, 6000],
  stockBase: [0, 20],
}

export const midSize: Omit<Recipe, 'rounding'> = {
  units: [20, 300],
  supplyPacks: [0, 3000],
  packBase: [1, 60],
  useMilli: [0, 90_000],
  stockBase: [0, 900],
}

export function randomRungs(random: Random, horizon: number): Rung[] {
  const rungs: Rung[] = []
  for (let count = random.whole(1, 4); count > 0; count--) {
    const tiers = [1, 2, 3].filter(() => random.chance(0.7))
    const days = random.chance(0.2) ? random.whole(1, 2 * horizon * 10) / 10 : random.whole(0, horizon)
    const weights = Object.fromEntries(tiers.map((tier) => [String(tier), random.pick([50, 100, 120, 150, 300])]))
    rungs.push(random.chance(0.5) ? { tiers, days, weightPercent: weights } : { tiers, days })
  }
  if (random.chance(0.7)) rungs.push({ tiers: [1, 2, 3], days: horizon, weightPercent: { '1': 150, '2': 120 } })
  return rungs
}

export function randomUnits(random: Random, recipe: Recipe, item: string): Unit[] {
  const { useMilli, stockBase } = recipe
  const codes: Unit[] = []
  const count = random.whole(...recipe.units)
  for (let at = 0; at < count; at++) {
    const use = recipe.ties ? random.pick([0, 1000, 2000, 3000]) : random.whole(...useMilli)
    const stock = recipe.ties ? random.pick([0, 0, 6, 12]) : random.whole(...stockBase)
    const asked = random.whole(0, stockBase[1] * 2)
    codes.push({
      unit: `U${String(at).padStart(4, '0')}`,
      tier: random.whole(1, 3),
      lines: [
        {
          item,
          stockBase: stock,
          useMilliPerDay: use,
          requestBase: recipe.caps && random.chance(0.2) ? asked : null,
          capBase: recipe.caps && random.chance(0.2) ? random.whole(0, stockBase[1] * 2) : null,
          pinPacks: recipe.pins && random.chance(0.15) ? random.whole(0, 2) : null,
          creditMilli: recipe.credits ? random.pick([0, 0, 500, -500]) : 0,
          depots: null,
        },
      ],
    })
  }
  return codes
}

export function randomLots(random: Random, packs: number, count: number, depots: readonly string[]): Lot[] {
  const lots: Lot[] = []
  let left = packs
  for (let at = 0; at < count; at++) {
    const own = at === count - 1 ? left : random.whole(0, left)
    left -= own
    const expiresOn = random.pick([null, '2020-02-05', '2020-02-08', '2020-02-09', '2020-02-12', '2020-03-01'])
    lots.push({ lot: `L${at}`, depot: random.pick(depots), packs: own, expiresOn })
  }
  return lots
}

/** One item, one pack size, one depot, lots open to all. */
export function randomProblem(random: Random, recipe: Recipe): Problem {
  const horizonDays = random.whole(3, 14)
  const supply = random.whole(...recipe.supplyPacks)
  const item: Item = {
    item: 'mask',
    packBase: recipe.ties ? random.pick([1, 2, 3, 6]) : random.whole(...recipe.packBase),
    reservePacks: random.chance(0.2) ? random.whole(0, 3) : 0,
    lots: [{ lot: 'L1', depot: 'D1', packs: supply, expiresOn: null }],
  }
  return {
    format: 'frontstock-plan/1',
    date: '2020-02-06',
    horizonDays,
    rounding: recipe.rounding,
    rungs: randomRungs(random, horizonDays),
    items: [item],
    units: randomUnits(random, recipe, 'mask'),
  }
}
