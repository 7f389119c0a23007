import { mkdirSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ChartBoard } from '../../../api/contract/chart.ts'
import { inProject } from '../../../build/project.ts'
import { addDays } from '../../../core/civil-date.ts'
import { boardCharts } from '../../../renderer/chart/board-charts.ts'
import { chartPapers } from '../../../renderer/chart/board-paper.tsx'
import { axisTop } from '../../../renderer/chart/paper-drawing.tsx'
import { printLanguages } from '../../../renderer/print/paper.tsx'
import { chartText } from '../../../renderer/text/chart.ts'
import { textIn } from '../../../renderer/text/text.ts'
import { openPdfPrinter, type PdfPrinter, readPdf, squeeze } from '../print/pdf-printer.ts'

const today = '2026-11-24'
const from = addDays(today, -29)
const longName = '一次性使用医用防护口罩（折叠式、无菌、独立包装、耳挂式、大号、带鼻夹、四十字）'
const board: ChartBoard = {
  businessDate: today,
  shortBelowDays: 7,
  cover: Array.from({ length: 40 }, (_, index) => ({
    itemId: index + 1,
    code: `I-${index}`,
    name: index === 0 ? longName : `物资 ${index}`,
    nameEn: `Item ${index}`,
    coverMilliDays: index * 1250,
  })),
  runOut: [
    [1, today],
    [2, today],
    [3, addDays(today, 3)],
    [4, addDays(today, 15)],
  ].map(([unitId, runsOutOn]) => ({
    unitId: Number(unitId),
    unitName: `单位 ${unitId}`,
    unitNameEn: '',
    itemId: 7,
    itemName: '医用外科口罩',
    itemNameEn: 'Surgical mask',
    coverMilliDays: 500,
    runsOutOn: String(runsOutOn),
  })),
  days: Array.from({ length: 30 }, (_, index) => ({
    day: addDays(from, index),
    receivedBase: index * 1000,
    givenBase: index % 5 === 0 ? 12_345 : 0,
    promisedBase: 500,
    deliveredBase: index * 10,
    medianMilliDays: index < 3 ? null : index * 400,
    shortItems: 30 - index,
    used: { reportedBase: 2000, statedBase: 500, impliedBase: 1000, normBase: index },
  })),
  expiring: [
    ['A1', addDays(today, -1), 5],
    ['B1', addDays(today, 6), 7],
    ['B2', addDays(today, 7), 9],
  ].map(([lot, expiresOn, onHandBase], index) => ({
    lotId: index + 1,
    lot: String(lot),
    itemId: 7,
    itemName: '医用外科口罩',
    itemNameEn: 'Surgical mask',
    baseUnit: '只',
    expiresOn: String(expiresOn),
    onHandBase: Number(onHandBase),
  })),
  given: [
    { unitId: 1, tier: 1, town: '大良', givenBase: 300, useMilliPerDay: 1000 },
    { unitId: 2, tier: 2, town: '', givenBase: 100, useMilliPerDay: 3000 },
  ],
}
const none = { depotId: null, itemId: null }
const charts = (change: Partial<ChartBoard> = {}, filter = none as { depotId: number | null; itemId: number | null }) =>
  new Map(boardCharts({ ...board, ...change }, filter, textIn(chartText, 'zh'), 'zh').map((chart) => [chart.id, chart]))

describe('the charts of a board', () => {
  it('say their rule, and lead from each point to its rows', () => {
    const all = charts()
    expect([...all.keys()]).toEqual(['cover', 'coverage', 'flow', 'promised', 'runOut', 'expiry', 'tiers', 'towns'])
    for (const chart of all.values()) {
      expect(chart.note.length, chart.id).toBeGreaterThan(20)
      for (const { values, shown } of chart.points) {
        expect([values.length, shown.length]).toEqual([chart.series.length, chart.series.length])
      }
      for (const { cells } of chart.table.rows) expect(cells).toHaveLength(chart.table.columns.length)
    }
    expect(all.get('cover')!.points[0]!.path).toBe('/stock/1')
    expect(all.get('flow')!.points.at(-1)!.path).toBe(`/ledger?text=${today}`)
    expect(all.get('coverage')!.points[0]!.path).toBe(`/ledger/as-at?date=${from}`)
    expect(all.get('towns')!.points.map(({ path }) => path)).toEqual(['/units', '/units?text=%E5%A4%A7%E8%89%AF'])
  })

  it('draw the shortest items and list all of them', () => {
    const cover = charts().get('cover')!
    expect([cover.points.length, cover.table.rows.length, cover.target]).toEqual([15, 40, 7])
  })

  it('count units by the day on which they run out, today first and later last', () => {
    const { points } = charts().get('runOut')!
    expect(points.map(({ values }) => values[0])).toEqual([2, 0, 0, 1, ...Array(11).fill(0), 1])
    expect([points[0]!.path, points[1]!.path, points.at(-1)!.label]).toEqual(['/units/1', null, '更晚'])
  })

  it('put what expires in its week', () => {
    expect(
      charts()
        .get('expiry')!
        .points.slice(0, 3)
        .map(({ label, values }) => [label, values[0]]),
    ).toEqual([
      ['已过期', 5],
      [today, 7],
      [addDays(today, 7), 9],
    ])
  })

  it('leave use out for one depot, and say of unlike items that they are added', () => {
    expect(charts().get('flow')!.points[0]!.values).toEqual([0, 12_345, 3500])
    expect(charts().get('flow')!.table.rows[2]!.cells.slice(3)).toEqual(['3,502', '2,000', '500', '1,000', '2'])
    const one = charts({ days: board.days.map((day) => ({ ...day, used: null })) }, { depotId: 1, itemId: 7 }).get(
      'flow',
    )!
    expect([one.points[0]!.values, one.series.length]).toEqual([[0, 12_345], 2])
    expect([charts().get('flow')!.note.includes('不同物资'), one.note.includes('不同物资')]).toEqual([true, false])
  })

  it('give shares in percent, and draw nothing where nothing is', () => {
    expect(
      charts()
        .get('tiers')!
        .points.map(({ label, shown }) => [label, ...shown]),
    ).toEqual([
      ['等级 1', '75.0%', '25.0%'],
      ['等级 2', '25.0%', '75.0%'],
    ])
    const empty = charts({ cover: [], runOut: [], expiring: [], given: [] })
    for (const id of ['cover', 'runOut', 'expiry', 'tiers', 'towns'] as const) {
      expect(empty.get(id)!.points).toEqual([])
    }
  })

  it('end their axis at a round number', () => {
    expect([0, 3, 5, 7.2, 44, 45_000, 167_001].map(axisTop)).toEqual([4, 4, 8, 8, 80, 80_000, 200_000])
  })
})

describe('the charts on paper', { timeout: 60_000 }, () => {
  let printer: PdfPrinter
  beforeAll(async () => {
    printer = await openPdfPrinter()
  }, 60_000)
  afterAll(() => printer.close())

  it.each(printLanguages)('are one document in %s, no chart parted from its rule', async (language) => {
    const filter = { from, to: today, ...none, depot: null, item: null }
    const bytes = await printer.print(chartPapers(board, filter, { language, businessDate: today }, '顺德区指挥部'))
    if (process.env.FRONTSTOCK_SHOTS === '1') {
      mkdirSync(inProject('.tmp', 'shots'), { recursive: true })
      writeFileSync(inProject('.tmp', 'shots', `charts-paper-${language}.pdf`), bytes)
    }
    const pages = (await readPdf(bytes)).map(({ text }) => squeeze(text))
    const all = pages.join('')
    for (const one of language === 'both' ? (['zh', 'en'] as const) : [language]) {
      for (const chart of boardCharts(board, none, textIn(chartText, one), one)) {
        const of = pages.filter((page) => page.includes(squeeze(chart.title)) && page.includes(squeeze(chart.note)))
        expect(of, chart.id).not.toHaveLength(0)
        // Its table, row by row; in both languages a cell that reads differently has the two of them.
        for (const { cells } of chart.table.rows)
          for (const cell of cells) expect(all, chart.id).toContain(squeeze(cell))
      }
    }
    expect(pages.length).toBeLessThanOrEqual(7)
    if (language !== 'en') expect(pages[0]).toContain('物资保障图表')
    if (language !== 'zh') expect(pages[0]).toContain('Suppliesincharts')
  })
})
