import { describe, expect, it } from 'vitest'
import { coverBand } from '../../../renderer/allocation/cover-band.ts'
import { type MatrixView, matrixRows, reportAges, type UnitFacts } from '../../../renderer/allocation/matrix-rows.ts'

const unit = (code: string, tier: number, town: string): UnitFacts => ({
  unit: code,
  tier,
  name: code,
  town,
  unitKind: 'checkpoint',
  search: `${code} ${town}`.toLowerCase(),
})
const units = [unit('U3', 1, '容桂'), unit('U1', 3, '北滘'), unit('U2', 1, '北滘'), unit('U4', 2, '容桂')]
const view: MatrixView = { grouping: 'none', order: 'tier', filter: '', shut: new Set() }
const ids = (change: Partial<MatrixView>, cover: (code: string) => number = () => 1) =>
  matrixRows(units, { ...view, ...change }, cover).map((row) => row.id)

describe('rows of the matrix', () => {
  it('stand by tier, then by code', () => {
    expect(ids({})).toEqual(['U2', 'U3', 'U4', 'U1'])
  })

  it('stand with the worst-off unit first on request', () => {
    const cover = new Map([
      ['U1', 4],
      ['U2', 2],
      ['U3', 9],
      ['U4', 2],
    ])
    expect(ids({ order: 'worst' }, (code) => cover.get(code)!)).toEqual(['U2', 'U4', 'U1', 'U3'])
  })

  it('stand under a heading for each town, kind or tier', () => {
    expect(ids({ grouping: 'town' })).toEqual(['group/北滘', 'U2', 'U1', 'group/容桂', 'U3', 'U4'])
    expect(ids({ grouping: 'tier' })).toEqual(['group/1', 'U2', 'U3', 'group/2', 'U4', 'group/3', 'U1'])
  })

  it('hide behind the heading of a group that is shut', () => {
    expect(ids({ grouping: 'town', shut: new Set(['北滘']) })).toEqual(['group/北滘', 'group/容桂', 'U3', 'U4'])
  })

  it('pass the filter when every word is found', () => {
    expect(ids({ filter: '北滘 u1' })).toEqual(['U1'])
    expect(ids({ filter: 'nothing' })).toEqual([])
  })
})

describe('marks of the matrix', () => {
  it('puts each cover into the band whose days it has not reached', () => {
    expect([null, 0, 999, 1000, 2999, 3000, 6999, 7000, 400_000].map(coverBand)).toEqual([
      'none',
      'under-1',
      'under-1',
      'under-3',
      'under-3',
      'under-7',
      'under-7',
      'enough',
      'enough',
    ])
  })

  it('gives the age of the newest report of each unit', () => {
    const reports = [
      { unitId: 1, reportedOn: '2020-02-01' },
      { unitId: 1, reportedOn: '2020-02-03' },
      { unitId: 2, reportedOn: '2020-01-30' },
    ]
    const ages = reportAges(reports, (date) => (date === '2020-02-03' ? 2 : 6))
    expect([ages.get(1), ages.get(2), ages.get(3)]).toEqual([2, 6, undefined])
  })
})
