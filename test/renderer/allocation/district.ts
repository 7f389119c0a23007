import { defaultPolicy } from '../../../core/allocation/default-policy.ts'
import type { Problem } from '../../../core/allocation/problem.ts'
import type { RoundInputs } from '../../../renderer/allocation/round-model.ts'

/** mulberry32: small, seeded, the same on every machine. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** A district of so many units and items in short supply, every unit using about three items in four. */
export function districtProblem(units: number, items: number, seed: number): Problem {
  const random = randomOf(seed)
  const whole = (least: number, most: number) => least + Math.floor(random() * (most - least + 1))
  const names = Array.from({ length: items }, (_, index) => `I${String(index + 1).padStart(3, '0')}`)
  const unitRows = Array.from({ length: units }, (_, index) => ({
    unit: `U${String(index + 1).padStart(4, '0')}`,
    tier: whole(1, 3),
    lines: names
      .filter(() => random() < 0.75)
      .map((item) => ({
        item,
        stockBase: whole(0, 400),
        useMilliPerDay: whole(1, 80) * 1000,
        requestBase: null,
        capBase: null,
        pinPacks: null,
        creditMilli: 0,
        depots: null,
      })),
  }))
  return {
    format: 'frontstock-plan/1',
    date: '2020-02-06',
    horizonDays: 14,
    rounding: 'runs-out-first',
    rungs: defaultPolicy(14),
    items: names.map((item, index) => ({
      item,
      packBase: whole(1, 50),
      reservePacks: 0,
      lots: [
        { lot: `${index * 2 + 1}`, depot: 'D1', packs: whole(20, 8 * units), expiresOn: '2020-12-31' },
        { lot: `${index * 2 + 2}`, depot: 'D2', packs: whole(0, 2 * units), expiresOn: null },
      ],
    })),
    units: unitRows,
  }
}

export function inputsOf(problem: Problem): RoundInputs {
  return {
    problem,
    problemHash: 'hash',
    units: problem.units.map(({ unit, tier }, index) => ({ unitId: index + 1, code: unit, tier })),
    items: problem.items.map(({ item }, index) => ({ itemId: index + 1, code: item })),
    reports: [],
    policy: { rungs: defaultPolicy(14), horizonDays: 14 },
  }
}
