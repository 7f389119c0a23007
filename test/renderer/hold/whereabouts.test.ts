import { describe, expect, it } from 'vitest'
import { sortWhereabouts, sumWhereabouts, type Whereabouts } from '../../../renderer/hold/whereabouts.ts'

const at = (kind: Whereabouts['kind'], code: string, quantityBase: number): Whereabouts => ({
  placeId: 1,
  kind,
  code,
  name: code,
  nameEn: '',
  contact: '',
  phone: '',
  quantityBase,
  lastOn: null,
})
const rows = [
  at('depot', 'D1', 900),
  at('unit', 'B', 50),
  at('slip', 'DB-1', 20),
  at('unit', 'C', 400),
  at('unit', 'A', 50),
]

describe('the whereabouts of a lot', () => {
  it('begin with the units that have the most of it: they are called first', () => {
    expect(sortWhereabouts(rows).map(({ code }) => code)).toEqual(['C', 'A', 'B', 'DB-1', 'D1'])
    expect(rows.map(({ code }) => code)).toEqual(['D1', 'B', 'DB-1', 'C', 'A'])
  })

  it('are added up by what kind of place they are', () => {
    expect(sumWhereabouts(rows)).toEqual({
      depot: { count: 1, quantityBase: 900 },
      unit: { count: 3, quantityBase: 500 },
      slip: { count: 1, quantityBase: 20 },
    })
    expect(sumWhereabouts([]).unit).toEqual({ count: 0, quantityBase: 0 })
  })
})
