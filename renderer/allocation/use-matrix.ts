import { useCallback, useMemo, useRef } from 'react'
import { daysBetween } from '../../core/civil-date.ts'
import { supplyPacks } from '../../core/round.ts'
import type { Sheet } from '../export/sheet.ts'
import { formatDays, formatNumber } from '../format.ts'
import { allocationText } from '../text/allocation.ts'
import { useLanguage, useText } from '../text/text.ts'
import { indexProblem, type MatrixSource, type ProblemIndex } from './cell-view.ts'
import { coverBand, staleReportDays } from './cover-band.ts'
import type { Figure, FigureRow } from './matrix-cell.ts'
import type { MatrixItem, MatrixWords } from './matrix-columns.ts'
import { leastCover, type MatrixRow, type MatrixView, matrixRows, reportAges, worstOfItem } from './matrix-rows.ts'
import { matrixSheets, type ShownMatrix } from './matrix-sheets.ts'
import { horizonOf, type RoundInputs, rungsOf, type Work } from './round-model.ts'
import type { RoundNames } from './round-names.ts'
import { givablePacks, type Solved } from './solve-round.ts'

export type MatrixParts = {
  readonly index: ProblemIndex
  readonly tierOf: ReadonlyMap<string, number>
  readonly source: MatrixSource
  readonly rows: readonly MatrixRow[]
  readonly items: readonly MatrixItem[]
  readonly words: MatrixWords
  readonly above: readonly FigureRow[]
  readonly below: readonly FigureRow[]
  /** What is exported of it, as it is shown. */
  readonly sheets: (shown: ShownMatrix) => readonly Sheet[]
}

/** What the matrix shows of a plan: rows, columns, figures that stay in sight. */
export function useMatrix(
  inputs: RoundInputs,
  work: Work,
  solved: Solved,
  baseline: Solved,
  view: MatrixView,
  names: RoundNames,
  /** Whether units whose report is old are marked: not in an approved round, where it is past. */
  marksReports = true,
): MatrixParts {
  const t = useText(allocationText)
  const index = useMemo(() => indexProblem(inputs.problem), [inputs.problem])
  const tierOf = useMemo(() => new Map(inputs.units.map((unit) => [unit.code, unit.tier])), [inputs.units])
  const horizonDays = horizonOf(inputs, work)
  const source = useMemo<MatrixSource>(
    () => ({ index, solved, baseline, pins: work.pins, horizonDays }),
    [index, solved, baseline, work.pins, horizonDays],
  )

  // Rows keep their places while the plan moves under them: the order is that of the moment it was asked for.
  const atHand = useRef({ inputs, work, solved, tierOf })
  atHand.current = { inputs, work, solved, tierOf }
  const facts = useMemo(() => inputs.units.map((unit) => names.facts(unit.code, unit.tier)), [inputs.units, names])
  const rows = useMemo(() => matrixRows(facts, view, (unit) => leastCover(atHand.current.solved, unit)), [facts, view])

  // What there is nothing of to give comes last: it is shown, and can't be decided about.
  const items = useMemo(() => {
    const columns = inputs.problem.items.map((item) => ({
      column: names.column(item.item, item.packBase),
      isEmpty: supplyPacks(item, inputs.problem.date) <= item.reservePacks,
    }))
    return [...columns.filter((one) => !one.isEmpty), ...columns.filter((one) => one.isEmpty)].map((one) => one.column)
  }, [inputs.problem, names])

  const words = useMemo<MatrixWords>(() => {
    const ages = reportAges(inputs.reports, (date) => daysBetween(date, inputs.problem.date))
    const ids = new Map(inputs.units.map((unit) => [unit.code, unit.unitId]))
    const dates = new Map<number, string>()
    for (const { unitId, reportedOn } of inputs.reports) {
      if (reportedOn > (dates.get(unitId) ?? '')) dates.set(unitId, reportedOn)
    }
    return {
      unitHeading: t('unitHeading'),
      groupLabel: (value) => names.group(view.grouping, value),
      unitName: names.unit,
      reportMark: (unit) => {
        if (!marksReports) return null
        const id = ids.get(unit)
        const age = id === undefined ? undefined : ages.get(id)
        if (age === undefined) return { text: t('reportNever'), hint: t('reportNeverHint'), never: true }
        if (age <= staleReportDays) return null
        return {
          text: t('reportDays', { count: age }),
          hint: t('reportOldHint', { date: dates.get(id!) ?? '' }),
          never: false,
        }
      },
    }
  }, [inputs, names, t, view.grouping, marksReports])

  // The rows of figures stay the same objects; what they show is read when they are drawn.
  const [above, below] = useMemo(
    () =>
      figureRows(
        () => atHand.current,
        [...new Set(tierOf.values())].sort((a, b) => a - b),
        t,
      ),
    [tierOf, t],
  )
  const language = useLanguage()
  const sheets = useCallback(
    (shown: ShownMatrix) => matrixSheets(shown, { names, rungs: rungsOf(inputs, work), language }),
    [names, inputs, work, language],
  )
  return { index, tierOf, source, rows, items, words, above, below, sheets }
}

type AllocationTranslate = ReturnType<typeof useText<(typeof allocationText.keys)[number]>>

type AtHand = {
  readonly inputs: RoundInputs
  readonly work: Work
  readonly solved: Solved
  readonly tierOf: ReadonlyMap<string, number>
}

function figureRows(
  atHand: () => AtHand,
  tiers: readonly number[],
  t: AllocationTranslate,
): readonly [readonly FigureRow[], readonly FigureRow[]] {
  const figure = (id: string, label: string, hint: string, of: (item: string, at: AtHand) => Figure): FigureRow => ({
    kind: 'figure',
    id,
    label,
    hint,
    figure: (item) => of(item, atHand()),
  })
  const itemOf = (code: string, { inputs }: AtHand) => inputs.problem.items.find((item) => item.item === code)
  const above = [
    figure('granted', t('figureGranted'), t('figureGrantedHint'), (code, at) => {
      const item = itemOf(code, at)
      const plan = at.solved.items.get(code)
      if (!item || !plan) return { text: '' }
      if (plan.refusal) return { text: t('refusedMark'), bad: true }
      return { text: `${formatNumber(plan.grantedPacks)} / ${formatNumber(givablePacks(at.inputs, at.work, item))}` }
    }),
    figure('left', t('figureLeft'), t('figureLeftHint'), (code, { solved }) => {
      const plan = solved.items.get(code)
      return { text: plan && !plan.refusal ? formatNumber(plan.leftPacks) : '' }
    }),
    figure('reserve', t('figureReserve'), t('figureReserveHint'), (code, at) => ({
      text: formatNumber(at.work.adjustment.reservePacks[code] ?? itemOf(code, at)?.reservePacks ?? 0),
    })),
  ]
  const below = tiers.map((tier) =>
    figure(`worst-${tier}`, t('figureWorst', { tier }), t('figureWorstHint', { tier }), (code, { solved, tierOf }) => {
      const plan = solved.items.get(code)
      const worst = plan && !plan.refusal ? worstOfItem(plan, tierOf).get(tier) : undefined
      return worst ? { text: formatDays(worst.coverMilliDays), band: coverBand(worst.coverMilliDays) } : { text: '' }
    }),
  )
  return [above, below]
}
