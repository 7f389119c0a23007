import { describe, expect, it } from 'vitest'
import { openMemory } from '../../db/open.ts'
import { verifyDatabase } from '../../db/verify.ts'
import { seed } from '../seed.ts'
import { seedDistrict } from './district.ts'
import { createModel } from './model.ts'
import { createRandom } from './random.ts'

const deep = process.env.FRONTSTOCK_DEEP === '1'
const steps = deep ? 20_000 : 2_000
const runs = deep ? 5 : 2

describe('the ledger against a simple reference model', () => {
  for (let index = 0; index < runs; index += 1) {
    const own = (seed + index) >>> 0
    it(`agrees after every one of ${steps} random operations, seed ${own}`, { timeout: 600_000 }, () => {
      const db = openMemory()
      const model = createModel(db, seedDistrict(db), createRandom(own))
      for (let step = 1; step <= steps; step += 1) {
        model.step()
        if (step % 250 === 0) model.compare()
      }
      model.compare()
      const report = verifyDatabase(db)
      expect(report.difference).toBeNull()
      expect(report.counts.postings).toBeGreaterThan(steps / 4)
      // A model that refuses nothing, or takes nothing of a kind, would prove nothing.
      expect(model.counts.refused).toBeGreaterThan(steps / 50)
      expect(Object.keys(model.counts.byKind).sort()).toEqual(
        [
          'cancel',
          'correction',
          'delivery',
          'dispatch',
          'reserve',
          'return',
          'stocktake',
          'transfer',
          'write-off',
        ].sort(),
      )
      db.close()
    })
  }
})
