import { describe, expect, it } from 'vitest'
import { closeDesk, openMemoryDesk, soloPerson } from '../../api/desk.ts'
import { clientFor } from '../../api/router.ts'
import { addDays } from '../../core/civil-date.ts'
import { verifyDatabase } from '../../db/verify.ts'
import { seed } from '../seed.ts'
import { LifeModel } from './life-model.ts'
import { makeLifeWorld } from './life-world.ts'
import { readFlowsAtOnce, readFlowsSlowly } from './slow-flows.ts'
import { now } from './world.ts'

const deep = process.env.FRONTSTOCK_DEEP === '1'
const steps = deep ? 20_000 : 1_500
const runs = deep ? 5 : 2

/** Everything that posts, moves a reservation or leads to it, as a person at the desk does it. */
const kinds = [
  'approval',
  'cancel',
  'correction',
  'delivery',
  'dispatch',
  'hold',
  'hold-reject',
  'hold-release',
  'opening',
  'pick',
  'pick-replan',
  'return',
  'sign',
  'sign-difference',
  'stocktake',
  'stocktake-cancel',
  'stocktake-count',
  'stocktake-start',
  'transfer-arrival',
  'transfer-send',
  'write-off',
]
const refusals = [
  'already-gone',
  'lot-on-hold',
  'not-correctable',
  'not-enough-stock',
  'nothing-to-post',
  'reason-missing',
  'same-place',
]

describe("the rest of stock's life against a simple reference model", () => {
  for (let index = 0; index < runs; index += 1) {
    const own = (seed + index) >>> 0
    it(`agrees after every one of ${steps} random operations of every kind, seed ${own}`, {
      timeout: 3_600_000,
    }, async () => {
      let clock = now
      const desk = openMemoryDesk({ now: () => clock })
      const client = clientFor({ desk, person: soloPerson(desk) })
      const model = new LifeModel(desk, client, await makeLifeWorld(client), own)
      const isMissingKinds = () => kinds.some((kind) => !(kind in model.counts))
      // A short run goes on until the rare kinds have happened too.
      for (let step = 1; step <= steps || (step <= 4 * steps && isMissingKinds()); step += 1) {
        // About forty steps to a day: stock expires, and units use up what they have.
        clock += 2_100_000
        try {
          await model.step()
          if (step % 25 === 0) model.compare()
        } catch (error) {
          throw new Error(`step ${step} of seed ${own}: ${error instanceof Error ? error.message : error}`, {
            cause: error,
          })
        }
      }
      model.compare()
      const lastDay = desk.businessDate()
      for (const [from, to] of [
        ['2026-11-01', lastDay],
        [addDays(lastDay, -20), addDays(lastDay, -10)],
        [lastDay, lastDay],
      ] as const) {
        expect(await readFlowsAtOnce(client, from, to)).toEqual(await readFlowsSlowly(client, from, to))
      }
      const report = verifyDatabase(desk.database)
      expect(report.difference).toBeNull()
      expect(Object.keys(model.counts).sort()).toEqual(kinds)
      // A model that is refused nothing proves half of it; a short run need not meet every refusal.
      const met = Object.keys(model.refused)
      expect(met).toEqual(expect.arrayContaining(deep ? refusals : ['already-gone', 'not-enough-stock']))
      console.info(
        `seed ${own}: ${report.counts.postings} postings, ${report.counts.movements} movements`,
        model.counts,
        model.refused,
      )
      closeDesk(desk)
    })
  }
})
