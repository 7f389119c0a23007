import type { ChartBoard } from '../../../api/contract/chart.ts'
import { chartPapers } from '../../../renderer/chart/board-paper.tsx'
import { alertList } from '../../../renderer/print/alert-list.tsx'
import { markOf, organisation, type PrintedDocument } from './documents.ts'

const today = '2020-02-06'
const none = { depotId: null, itemId: null, depot: null, item: null }

const board = (lines: number): ChartBoard => ({
  businessDate: today,
  shortBelowDays: 7,
  cover: Array.from({ length: lines }, (_, index) => ({
    itemId: index + 1,
    code: markOf(index),
    name: `口罩 ${markOf(index)}`,
    nameEn: `Mask ${markOf(index)}`,
    coverMilliDays: index * 1250,
  })),
  runOut: [],
  days: [],
  expiring: [],
  given: [1, 2].map((tier) => ({ unitId: tier, tier, town: '大良', givenBase: 30 * tier, useMilliPerDay: 4000 })),
})

/** Documents whose paper is tested for itself, beside those of `documents`. */
export const moreDocuments: readonly Pick<PrintedDocument, 'name' | 'papers'>[] = [
  {
    name: '待办提醒',
    papers(lines, language) {
      const alerts = Array.from({ length: lines }, (_, index) => ({
        key: `low/${index}`,
        kind: 'low' as const,
        severity: index === 0 ? ('now' as const) : ('soon' as const),
        about: { name: markOf(index), nameEn: '', availableBase: 1200, baseUnit: '只', coverMilliDays: 1990 },
        path: '/stock/1',
        snoozedUntil: null,
      }))
      return alertList({ today, alerts }, { language, organisation })
    },
  },
  {
    name: '图表',
    papers: (lines, language) =>
      chartPapers(board(lines), { from: today, to: today, ...none }, { language, businessDate: today }, organisation),
  },
]
