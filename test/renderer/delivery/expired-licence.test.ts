import { expect, it } from 'vitest'
import { expiredLicences } from '../../../renderer/delivery/expired-licence.ts'

const lines = [{ itemId: 1 }, { itemId: 1 }, { itemId: 2 }, { itemId: 3 }, { itemId: null }]

it('names the items whose licence had ended on the day of the delivery, by the licence that ended last', () => {
  const licences = [
    { itemId: 1, number: 'A-old', validUntil: '2025-01-01' },
    { itemId: 1, number: 'A', validUntil: '2026-11-20' },
    { itemId: 2, number: 'B', validUntil: '2026-11-24' },
  ]
  expect(expiredLicences(lines, licences, '2026-11-24')).toEqual([{ itemId: 1, number: 'A', validUntil: '2026-11-20' }])
  expect(expiredLicences(lines, licences, '2026-11-20')).toEqual([])
  expect(expiredLicences(lines, licences, '2026-11-25').map(({ itemId }) => itemId)).toEqual([1, 2])
})

it('takes a licence for everything where an item has none of its own, and says nothing where there is none', () => {
  const all = { itemId: null, number: 'ALL', validUntil: '2026-01-01' }
  const own = { itemId: 2, number: 'B', validUntil: null }
  expect(expiredLicences(lines, [all, own], '2026-11-24').map(({ itemId }) => itemId)).toEqual([1, 3])
  expect(expiredLicences(lines, [], '2026-11-24')).toEqual([])
})
