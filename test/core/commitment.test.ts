import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fulfilOldestFirst } from '../../core/commitment.ts'
import { seed } from '../seed.ts'

const open = fc.array(fc.record({ commitmentId: fc.nat(), outstandingBase: fc.nat({ max: 1000 }) }), { maxLength: 8 })

it('fulfils in order, none beyond what it owes, and leaves over only when all are full', () => {
  fc.assert(
    fc.property(fc.nat({ max: 4000 }), open, (acceptedBase, commitments) => {
      const rows = commitments.map((row, index) => ({ ...row, commitmentId: index }))
      const parts = new Map(fulfilOldestFirst(acceptedBase, rows).map((part) => [part.commitmentId, part.quantityBase]))
      let left = acceptedBase
      for (const { commitmentId, outstandingBase } of rows) {
        const expected = Math.min(left, outstandingBase)
        expect(parts.get(commitmentId) ?? 0).toBe(expected)
        left -= expected
      }
    }),
    { seed },
  )
})
