import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type DeliveryFacts, type DeliveryLineGiven, decideDelivery, workOutExpiry } from '../../core/delivery.ts'
import { seed } from '../seed.ts'

const facts: DeliveryFacts = {
  today: '2026-11-24',
  supplier: { name: '康护', archived: false },
  depot: { name: '中心仓', archived: false },
  items: new Map([
    [
      1,
      { code: 'M', name: '外科口罩', standard: 'YY 0469-2011', packSizeBase: 50, shelfLifeDays: 730, archived: false },
    ],
  ]),
  sameNote: null,
}
const head = { businessDate: '2026-11-24', noteNumber: '', noteRepeat: false, note: '' }

/** Anything a hand or a faulty window might send. */
const number = fc.oneof(fc.integer({ min: -5, max: 5000 }), fc.constantFrom(0, -1, 1.5, 1e9, 1e9 + 1, 1e14, -1e14))
const date = fc.constantFrom(
  null,
  '',
  '2026-11-01',
  '2026-11-24',
  '2026-12-01',
  '2026-02-30',
  '2028-02-29',
  'yesterday',
)
const lineGiven: fc.Arbitrary<DeliveryLineGiven> = fc.record({
  itemId: fc.constantFrom(1, 1, 1, 2),
  lot: fc.string({ maxLength: 80 }),
  madeOn: date,
  expiresOn: date,
  standard: fc.constantFrom('', 'YY 0469', 'GB 2626'),
  packs: fc.option(number),
  packSizeBase: fc.option(number),
  piecesBase: fc.option(number),
  acceptedBase: fc.option(number),
  rejectedBase: number,
  rejectReason: fc.constantFrom('', '受潮'),
})

describe('a decided delivery', () => {
  it('holds only lines that the ledger may take, whatever was given', () => {
    fc.assert(
      fc.property(fc.array(lineGiven, { maxLength: 4 }), (lines) => {
        const decision = decideDelivery({ ...head, lines }, facts)
        if (!decision.ok) {
          expect(decision.refusals.length).toBeGreaterThan(0)
          return
        }
        expect(decision.value.lines).toHaveLength(lines.length)
        for (const line of decision.value.lines) {
          expect(Number.isInteger(line.countedBase)).toBe(true)
          expect(line.countedBase).toBeGreaterThanOrEqual(1)
          expect(line.countedBase).toBeLessThanOrEqual(1e9)
          expect(line.acceptedBase + line.rejectedBase).toBe(line.countedBase)
          expect(Math.min(line.acceptedBase, line.rejectedBase)).toBeGreaterThanOrEqual(0)
          if (line.rejectedBase > 0) expect(line.rejectReason).not.toBe('')
          if (line.expiresOn !== null) expect(line.expiresOn >= head.businessDate).toBe(true)
          if (line.expiresOn !== null && line.madeOn !== null) expect(line.expiresOn > line.madeOn).toBe(true)
        }
      }),
      { seed, numRuns: 2000 },
    )
  })

  it('says of each refusal which line and field it is about', () => {
    fc.assert(
      fc.property(fc.array(lineGiven, { minLength: 1, maxLength: 4 }), (lines) => {
        const decision = decideDelivery({ ...head, lines }, facts)
        if (decision.ok) return
        for (const refusal of decision.refusals) {
          expect(refusal.line).toBeGreaterThanOrEqual(1)
          expect(refusal.line).toBeLessThanOrEqual(lines.length)
          expect(refusal.field).toBeTruthy()
        }
      }),
      { seed, numRuns: 500 },
    )
  })
})

it('works the expiry out from the day of production and the shelf life', () => {
  expect(workOutExpiry('2026-02-28', 2)).toBe('2026-03-02')
  expect(workOutExpiry('2024-02-28', 1)).toBe('2024-02-29')
  expect(workOutExpiry(null, 730)).toBeNull()
  expect(workOutExpiry('2026-02-28', null)).toBeNull()
  expect(workOutExpiry('2026-02-30', 10)).toBeNull()
})
