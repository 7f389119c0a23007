import { type ChartBoard, expiryWeeks } from '../../api/contract/chart.ts'
import { expiryByWeek, sharesOf } from '../../core/chart.ts'
import { addDays } from '../../core/civil-date.ts'
import { formatDays, formatNumber } from '../format.ts'
import type { ChartKey } from '../text/chart.ts'
import { type Language, pickName, type Translate } from '../text/text.ts'
import { measureName } from '../text/words.ts'

/** A point of a chart: its label, a value for each series (null: nothing to draw) and where its rows are. */
export type ChartPoint = {
  readonly label: string
  readonly values: readonly (number | null)[]
  /** The same values as they are read. */
  readonly shown: readonly string[]
  readonly path: string | null
}

export type ChartSeries = {
  readonly name: string
  readonly color: 'accent' | 'second' | 'muted'
  readonly line?: boolean
}

/** A chart as data: the screen, the table under it and the paper draw the same. */
export type BoardChart = {
  readonly id: 'cover' | 'coverage' | 'flow' | 'runOut' | 'expiry' | 'promised' | 'tiers' | 'towns'
  readonly title: string
  readonly note: string
  /** Bars that lie, with their names beside them, for names that are long. */
  readonly lying: boolean
  readonly series: readonly ChartSeries[]
  readonly points: readonly ChartPoint[]
  readonly target: number | null
  readonly unit: 'days' | 'percent' | 'pieces'
  /** The rows behind the points where they are no list of their own: columns and cells, the first of which may be a link. */
  readonly table: {
    readonly columns: readonly string[]
    readonly rows: readonly { readonly cells: readonly string[]; readonly path: string | null }[]
  }
}

const mostBars = 15
const daysAhead = 14

/** All charts of a board, in the order in which they are read. */
export function boardCharts(
  board: ChartBoard,
  filter: { readonly depotId: number | null; readonly itemId: number | null },
  t: Translate<ChartKey>,
  language: Language,
): BoardChart[] {
  const all = filter.itemId === null ? ` ${t('allNote')}` : ''
  const table = (columns: readonly string[], points: readonly ChartPoint[]) => ({
    columns,
    rows: points.map(({ label, shown, path }) => ({ cells: [label, ...shown], path })),
  })
  const byDay = (
    series: readonly ChartSeries[],
    values: (day: ChartBoard['days'][number]) => readonly (number | null)[],
    path: (day: string) => string,
    show: (value: number | null) => string,
  ) =>
    board.days.map((day): ChartPoint => {
      const found = values(day).slice(0, series.length)
      return { label: day.day, values: found, shown: found.map(show), path: path(day.day) }
    })

  const covers = board.cover.map(
    (row): ChartPoint => ({
      label: pickName(row.name, row.nameEn, language),
      values: [row.coverMilliDays / 1000],
      shown: [formatDays(row.coverMilliDays)],
      path: `/stock/${row.itemId}`,
    }),
  )
  const coverSeries = [{ name: t('coverDays'), color: 'accent' }] as const
  const medianSeries = [{ name: t('median'), color: 'accent', line: true }] as const
  const medians = byDay(
    medianSeries,
    (day) => [day.medianMilliDays === null ? null : day.medianMilliDays / 1000],
    (day) => `/ledger/as-at?date=${day}`,
    (days) => (days === null ? '' : formatDays(Math.floor(days * 1000))),
  )
  const isUseKnown = board.days.some(({ used }) => used !== null)
  const sources = ({ used }: ChartBoard['days'][number]) =>
    used === null ? [] : [used.reportedBase, used.statedBase, used.impliedBase, used.normBase]
  const flowSeries: ChartSeries[] = [
    { name: t('received'), color: 'accent' },
    { name: t('given'), color: 'second' },
    ...(!isUseKnown ? [] : [{ name: t('used'), color: 'muted', line: true } as const]),
  ]
  const flows = byDay(flowSeries, (day) => [day.receivedBase, day.givenBase, sum(sources(day))], ledgerOf, formatNumber)
  const sourceNames = isUseKnown ? [t('usedReported'), t('usedStated'), t('usedImplied'), t('usedNorm')] : []
  const promisedSeries: ChartSeries[] = [
    { name: t('promisedSeries'), color: 'second' },
    { name: t('delivered'), color: 'accent' },
  ]
  const promises = byDay(promisedSeries, (day) => [day.promisedBase, day.deliveredBase], ledgerOf, formatNumber)

  return [
    {
      id: 'cover',
      title: t('cover'),
      note: t('coverNote', {
        days: board.shortBelowDays,
        count: Math.min(mostBars, covers.length),
        all: covers.length,
      }),
      lying: true,
      series: coverSeries,
      points: covers.slice(0, mostBars),
      target: board.shortBelowDays,
      unit: 'days',
      table: table([t('item'), t('coverDays')], covers),
    },
    {
      id: 'coverage',
      title: t('coverage'),
      note: t('coverageNote', { days: board.shortBelowDays }),
      lying: false,
      series: medianSeries,
      points: medians,
      target: board.shortBelowDays,
      unit: 'days',
      table: {
        columns: [t('day'), t('median'), t('shortItems')],
        rows: medians.map(({ label, shown, path }, index) => ({
          cells: [label, ...shown, formatNumber(board.days[index]!.shortItems)],
          path,
        })),
      },
    },
    {
      id: 'flow',
      title: t('flow'),
      note: t(isUseKnown ? 'flowNote' : 'flowNoteDepot') + all,
      lying: false,
      series: flowSeries,
      points: flows,
      target: null,
      unit: 'pieces',
      // Of each day's use, where the figure is from.
      table: {
        columns: [t('day'), ...flowSeries.map(({ name }) => name), ...sourceNames],
        rows: flows.map(({ label, shown, path }, index) => ({
          cells: [label, ...shown, ...sources(board.days[index]!).map(formatNumber)],
          path,
        })),
      },
    },
    {
      id: 'promised',
      title: t('promised'),
      note: t('promisedNote') + all,
      lying: false,
      series: promisedSeries,
      points: promises,
      target: null,
      unit: 'pieces',
      table: table([t('day'), ...promisedSeries.map(({ name }) => name)], promises),
    },
    runOutChart(board, t, language),
    expiryChart(board, t, language, all),
    shareChart('tiers', board, t, all),
    shareChart('towns', board, t, all),
  ]
}

const ledgerOf = (day: string): string => `/ledger?text=${day}`

function runOutChart(board: ChartBoard, t: Translate<ChartKey>, language: Language): BoardChart {
  const last = addDays(board.businessDate, daysAhead)
  const points = Array.from({ length: daysAhead + 2 }, (_, index): ChartPoint => {
    const day = addDays(board.businessDate, index)
    const units = board.runOut.filter(({ runsOutOn }) => (index > daysAhead ? runsOutOn > last : runsOutOn === day))
    const [first] = units
    return {
      label: index > daysAhead ? t('later') : day,
      values: [units.length],
      shown: [formatNumber(units.length)],
      path: first === undefined ? null : `/units/${first.unitId}`,
    }
  })
  return {
    id: 'runOut',
    title: t('runOut'),
    note: t('runOutNote'),
    lying: false,
    series: [{ name: t('runOutUnits'), color: 'accent' }],
    points: board.runOut.length === 0 ? [] : points,
    target: null,
    unit: 'pieces',
    table: {
      columns: [t('unit'), t('firstItem'), t('runsOutOn'), t('coverDays')],
      rows: board.runOut.map((row) => ({
        cells: [
          pickName(row.unitName, row.unitNameEn, language),
          pickName(row.itemName, row.itemNameEn, language),
          row.runsOutOn,
          formatDays(row.coverMilliDays),
        ],
        path: `/units/${row.unitId}`,
      })),
    },
  }
}

function expiryChart(board: ChartBoard, t: Translate<ChartKey>, language: Language, all: string): BoardChart {
  const weeks = expiryByWeek(board.expiring, board.businessDate, expiryWeeks)
  const points = weeks.map((week): ChartPoint => {
    const first = board.expiring.find(
      ({ expiresOn }) => expiresOn <= week.to && (week.from === null || expiresOn >= week.from),
    )
    return {
      label: week.from ?? t('expired'),
      values: [week.onHandBase],
      shown: [formatNumber(week.onHandBase)],
      path: first === undefined ? null : `/stock/${first.itemId}`,
    }
  })
  return {
    id: 'expiry',
    title: t('expiry'),
    note: t('expiryNote', { weeks: expiryWeeks }) + all,
    lying: false,
    series: [{ name: t('expiring'), color: 'accent' }],
    points: board.expiring.length === 0 ? [] : points,
    target: null,
    unit: 'pieces',
    table: {
      columns: [t('item'), t('lot'), t('expiresOn'), t('quantity')],
      rows: board.expiring.map((row) => ({
        cells: [
          pickName(row.itemName, row.itemNameEn, language),
          row.lot,
          row.expiresOn,
          `${formatNumber(row.onHandBase)} ${measureName(row.baseUnit, language)}`,
        ],
        path: `/stock/${row.itemId}`,
      })),
    },
  }
}

function shareChart(id: 'tiers' | 'towns', board: ChartBoard, t: Translate<ChartKey>, all: string): BoardChart {
  const groups = sharesOf(board.given.map((row) => ({ ...row, group: id === 'tiers' ? String(row.tier) : row.town })))
  const percent = (mille: number | null) => (mille === null ? '' : `${(mille / 10).toFixed(1)}%`)
  const points = groups.map(
    ({ group, givenMille, useMille }): ChartPoint => ({
      label: id === 'tiers' ? t('tier', { tier: group }) : group === '' ? t('noTown') : group,
      values: [givenMille, useMille].map((mille) => (mille === null ? null : mille / 10)),
      shown: [percent(givenMille), percent(useMille)],
      path: id === 'tiers' || group === '' ? '/units' : `/units?text=${encodeURIComponent(group)}`,
    }),
  )
  return {
    id,
    title: t(id),
    note: t('shareNote') + all,
    lying: false,
    series: [
      { name: t('givenShare'), color: 'accent' },
      { name: t('useShare'), color: 'second' },
    ],
    points,
    target: null,
    unit: 'percent',
    table: {
      columns: [t('group'), t('givenShare'), t('useShare')],
      rows: points.map(({ label, shown, path }) => ({ cells: [label, ...shown], path })),
    },
  }
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
