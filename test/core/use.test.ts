import { describe, expect, it } from 'vitest'
import { newestStated, spansOfUse, useByDay, usesDiffer } from '../../core/use.ts'

const report = (reportedOn: string, onHandBase: number, at = 0) => ({ reportedOn, onHandBase, at })
const flow = (on: string, quantityBase: number, at = 0) => ({ on, quantityBase, at })

describe('what a unit really uses', () => {
  it('is what lies between two counts, with what reached it between them', () => {
    const reports = [report('2026-11-11', 40), report('2026-11-01', 100)]
    expect(
      spansOfUse({ reports, flows: [flow('2026-10-31', 999), flow('2026-11-05', 60), flow('2026-11-12', 5)] }),
    ).toEqual([{ from: '2026-11-02', to: '2026-11-11', milliPerDay: 12_000, source: 'reported' }])
  })

  it('takes what came on the day of a count by whether it came before it was written down', () => {
    const reports = [report('2026-11-01', 100, 50), report('2026-11-11', 50, 50)]
    const used = (at: number) => spansOfUse({ reports, flows: [flow('2026-11-01', 100, at)] })[0]!.milliPerDay
    expect([used(49), used(51)]).toEqual([5000, 15_000])
  })

  it('has a span for each pair of counts; two of one day, or more at the end than there can be, give none', () => {
    const reports = [
      report('2026-11-01', 100),
      report('2026-11-01', 90, 1),
      report('2026-11-03', 70),
      report('2026-11-05', 500),
    ]
    expect(spansOfUse({ reports, flows: [] })).toEqual([
      { from: '2026-11-02', to: '2026-11-03', milliPerDay: 10_000, source: 'reported' },
    ])
  })

  it('is what a unit states where it has not counted twice, and where its counts cannot be', () => {
    const used = { quantityBase: 700, days: 7 }
    expect(spansOfUse({ reports: [{ ...report('2026-11-11', 40), used }], flows: [] })).toEqual([
      { from: '2026-11-05', to: '2026-11-11', milliPerDay: 100_000, source: 'stated' },
    ])
    // More at the end than there can have been: its word stands for the days after the last count.
    const reports = [report('2026-11-05', 10), { ...report('2026-11-11', 40), used }]
    const from = (over: number) =>
      spansOfUse({ reports: [reports[0]!, { ...reports[1]!, used: { ...used, days: over } }], flows: [] })
    expect(from(7)).toMatchObject([{ from: '2026-11-05', to: '2026-11-11', source: 'stated' }])
    const three = [report('2026-11-01', 100), ...reports]
    expect(spansOfUse({ reports: three, flows: [] })).toMatchObject([
      { from: '2026-11-02', to: '2026-11-05', milliPerDay: 22_500, source: 'reported' },
      { from: '2026-11-06', to: '2026-11-11', milliPerDay: 100_000, source: 'stated' },
    ])
  })

  it('goes by the counts where a unit has counted twice, whatever it states', () => {
    const used = { quantityBase: 500, days: 10 }
    const reports = [report('2026-11-01', 100), { ...report('2026-11-11', 40), used }]
    expect(spansOfUse({ reports, flows: [] })).toMatchObject([{ milliPerDay: 6000, source: 'reported' }])
    expect([usesDiffer(50_000, 6000), usesDiffer(100, 90), usesDiffer(100, 89), usesDiffer(0, 0)]).toEqual([
      true,
      false,
      true,
      false,
    ])
  })

  it('takes the newest count of a day, with what was stated on that day before it', () => {
    const used = { quantityBase: 20, days: 2 }
    const reports = [
      { ...report('2026-11-03', 70, 1), used },
      report('2026-11-03', 60, 2),
      report('2026-11-01', 100, 0),
    ]
    expect(spansOfUse({ reports, flows: [] })).toMatchObject([{ milliPerDay: 20_000, source: 'reported' }])
    expect(spansOfUse({ reports: reports.slice(0, 2), flows: [] })).toMatchObject([
      { milliPerDay: 10_000, source: 'stated' },
    ])
  })

  it('is implied by shipments where nobody counted twice or states it: all but the newest, over the days to it', () => {
    const flows = [flow('2026-11-01', 60), flow('2026-11-04', 30), flow('2026-11-05', -10), flow('2026-11-11', 200)]
    expect(spansOfUse({ reports: [report('2026-11-01', 3)], flows })).toEqual([
      { from: '2026-11-01', to: '2026-11-10', milliPerDay: 8000, source: 'implied' },
    ])
    expect(spansOfUse({ reports: [], flows: [flow('2026-11-01', 60), flow('2026-11-01', 60)] })).toEqual([])
    expect(
      spansOfUse({ reports: [], flows: [flow('2026-11-01', 60), flow('2026-11-02', -60), flow('2026-11-03', 9)] }),
    ).toEqual([])
  })
})

describe('use by day', () => {
  const days = ['2026-11-01', '2026-11-02', '2026-11-03', '2026-11-04']
  it('is by norm where nothing better is known, and says of each part where it is from', () => {
    const pairs = [
      { normMilliPerDay: 1000, spans: [] },
      {
        normMilliPerDay: 500,
        spans: [{ from: '2026-10-20', to: '2026-11-02', milliPerDay: 700, source: 'reported' as const }],
      },
      {
        normMilliPerDay: 0,
        spans: [{ from: '2026-11-02', to: '2026-11-03', milliPerDay: 5, source: 'stated' as const }],
      },
      {
        normMilliPerDay: 0,
        spans: [{ from: '2026-11-02', to: '2026-12-30', milliPerDay: 30, source: 'implied' as const }],
      },
    ]
    expect(useByDay(pairs, days)).toEqual([
      { reportedMilli: 700, statedMilli: 0, impliedMilli: 0, normMilli: 1000 },
      { reportedMilli: 700, statedMilli: 5, impliedMilli: 30, normMilli: 1000 },
      { reportedMilli: 0, statedMilli: 5, impliedMilli: 30, normMilli: 1500 },
      { reportedMilli: 0, statedMilli: 0, impliedMilli: 30, normMilli: 1500 },
    ])
  })

  it('leaves out spans outside of the days', () => {
    const spans = [
      { from: '2026-10-01', to: '2026-10-31', milliPerDay: 9, source: 'reported' as const },
      { from: '2026-11-05', to: '2026-11-06', milliPerDay: 9, source: 'reported' as const },
    ]
    expect(useByDay([{ normMilliPerDay: 1, spans }], days).map((row) => row.reportedMilli)).toEqual([0, 0, 0, 0])
    expect(useByDay([], [])).toEqual([])
  })
})

it('is, at its unit’s word, what the newest report that says any says; of one day, what was written last', () => {
  const of = (reportedOn: string, quantityBase: number | null, days = 3) => ({
    ...report(reportedOn, 10),
    used: quantityBase === null ? null : { quantityBase, days },
  })
  const reports = [of('2026-11-08', 30), of('2026-11-05', 90), of('2026-11-08', 60), of('2026-11-09', null)]
  expect(newestStated(reports)).toBe(20_000)
  expect(newestStated([of('2026-11-09', null)])).toBeNull()
})
