import { SegmentedControl, Switch, Table, Tooltip } from '@mantine/core'
import { lazy, Suspense, useEffect, useMemo, useState } from 'react'
import { priceOfPin } from '../../core/allocation/measures.ts'
import { prepare } from '../../core/allocation/prepare.ts'
import { formatDays, formatNumber } from '../format.ts'
import { allocationPanelText } from '../text/allocation-panel.ts'
import { useText } from '../text/text.ts'
import { hasItemEquity, itemEquity, unitsUnder } from './equity.ts'
import type { Cell } from './matrix.tsx'
import { worstOverall } from './matrix-rows.ts'
import styles from './panel.module.css'
import { problemOf, type RoundInputs, type Work } from './round-model.ts'
import type { RoundNames } from './round-names.ts'
import { type ItemPlan, inPlay, itemGroups, type Solved } from './solve-round.ts'
import { packsText } from './why-text.ts'

const LorenzChart = lazy(async () => ({ default: (await import('./equity-charts.tsx')).LorenzChart }))
const CoverBars = lazy(async () => ({ default: (await import('./equity-charts.tsx')).CoverBars }))

export type EquityPanelProps = {
  readonly inputs: RoundInputs
  readonly work: Work
  readonly solved: Solved
  readonly tierOf: ReadonlyMap<string, number>
  readonly names: RoundNames
  readonly item: string | null
  readonly onGo: (cell: Cell) => void
}

/** How even the plan is: of one item with its curves, or all items in a table. */
export function EquityPanel(props: EquityPanelProps) {
  const { solved, item, names } = props
  const t = useText(allocationPanelText)
  const [all, setAll] = useState(item === null)
  const plan = item === null ? undefined : solved.items.get(item)
  const isAll = all || plan === undefined
  return (
    <div>
      <SegmentedControl
        size="xs"
        fullWidth
        transitionDuration={0}
        aria-label={t('equityScope')}
        value={isAll ? 'all' : 'item'}
        onChange={(value) => setAll(value === 'all')}
        data={[
          ...(item === null ? [] : [{ value: 'item', label: names.item(item) }]),
          { value: 'all', label: t('equityAll') },
        ]}
      />
      {isAll ? <AllItems {...props} /> : <OneItem key={plan.item} {...props} plan={plan} />}
      <PinPrices {...props} />
    </div>
  )
}

function Measure({ label, hint, value }: { readonly label: string; readonly hint: string; readonly value: string }) {
  return (
    <Tooltip label={hint} multiline w={260}>
      <div>
        <dt>{label}</dt>
        <dd>{value}</dd>
      </div>
    </Tooltip>
  )
}

/**
 * Counts up by one, a task of its own each, until `last`: what is costly to work out or to draw comes in parts between
 * which keys and the wheel are heard.
 */
function useStage(last: number): number {
  const [stage, setStage] = useState(0)
  useEffect(() => {
    if (stage >= last) return
    const timer = setTimeout(() => setStage(stage + 1), 16)
    return () => clearTimeout(timer)
  }, [stage, last])
  return stage
}

/** An item: its measures first, then its bars, then its curve. */
function OneItem(props: EquityPanelProps & { readonly plan: ItemPlan }) {
  const t = useText(allocationPanelText)
  const stage = useStage(3)
  if (props.plan.refusal) return <p>{t('whyNotSolved')}</p>
  if (stage === 0 && !hasItemEquity(props.plan)) return <div className={styles.chart} />
  return <ItemMeasures {...props} stage={stage} />
}

function ItemMeasures(props: EquityPanelProps & { readonly plan: ItemPlan; readonly stage: number }) {
  const { inputs, work, plan, names, stage } = props
  const t = useText(allocationPanelText)
  const [table, setTable] = useState(false)
  const { lines, measures } = useMemo(() => itemEquity(problemOf(inputs, work), plan), [inputs, work, plan])
  const scope = names.item(plan.item)
  const lorenz = useMemo(
    () =>
      measures.lorenz.map((point) => ({
        units: point.shareOfUnits * 100,
        cover: point.shareOfCover * 100,
        equal: point.shareOfUnits * 100,
      })),
    [measures],
  )
  const bars = useMemo(
    () =>
      lines
        .map((line) => {
          const before = (line.stockBase * 1000) / line.useMilliPerDay
          return { unit: line.unit, before, added: line.coverMilliDays / 1000 - before, after: line.coverMilliDays }
        })
        .sort((a, b) => a.after - b.after)
        .map((row) => ({ ...row, name: names.unit(row.unit) })),
    [lines, names],
  )
  return (
    <>
      <dl className={styles.facts}>
        {measures.worstOffByTier.map(({ tier, unit, milliDays }) => (
          <Measure
            key={tier}
            label={t('measureWorst', { tier })}
            hint={t('measureWorstHint')}
            value={`${formatDays(milliDays)} · ${names.unit(unit)}`}
          />
        ))}
        {measures.unitsUnder.map(({ days, units }) => (
          <Measure
            key={days}
            label={t('measureUnder', { days })}
            hint={t('measureUnderHint')}
            value={`${formatNumber(units)} / ${formatNumber(lines.length)}`}
          />
        ))}
        <Measure label={t('measureGini')} hint={t('measureGiniHint')} value={measures.gini.toFixed(3)} />
        <Measure label={t('measureEnvy')} hint={t('measureEnvyHint')} value={formatNumber(measures.envyPairs)} />
      </dl>
      <div className={styles.chartHead}>
        <h3 className={styles.subheading}>{t('bars', { scope })}</h3>
        <Switch
          size="xs"
          label={t('asTable')}
          checked={table}
          onChange={(event) => setTable(event.currentTarget.checked)}
        />
      </div>
      {table ? (
        <Table className={styles.table ?? ''}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('colUnit')}</Table.Th>
              <Table.Th className={styles.number}>{t('barsBefore')}</Table.Th>
              <Table.Th className={styles.number}>{t('barsAfter')}</Table.Th>
              <Table.Th className={styles.number}>{t('colShareCover')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {bars.map((row, index) => (
              <Table.Tr key={row.unit}>
                <Table.Td>{row.name}</Table.Td>
                <Table.Td className={styles.number}>{formatDays(Math.floor(row.before * 1000))}</Table.Td>
                <Table.Td className={styles.number}>{formatDays(Math.round(row.added * 1000))}</Table.Td>
                <Table.Td className={styles.number}>{(lorenz[index + 1]?.cover ?? 0).toFixed(1)}%</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      ) : (
        <Suspense fallback={<div className={styles.chart} />}>
          <div className={styles.chart}>{stage >= 2 && <CoverBars rows={bars} label={t('bars', { scope })} />}</div>
          <h3 className={styles.subheading}>{t('lorenz', { scope })}</h3>
          <div className={styles.chart}>
            {stage >= 3 && <LorenzChart rows={lorenz} label={t('lorenz', { scope })} />}
          </div>
        </Suspense>
      )}
    </>
  )
}

/** Every item's measures. They come a few at a time: reasons of thousands of lines are not worked out in one go. */
function AllItems({ inputs, work, solved, tierOf, names, onGo }: EquityPanelProps) {
  const t = useText(allocationPanelText)
  const plans = useMemo(() => [...inPlay(solved).items.values()].filter((plan) => !plan.refusal), [solved])
  const problem = useMemo(() => problemOf(inputs, work), [inputs, work])
  const [, setRound] = useState(0)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>
    const step = () => {
      const waiting = plans.filter((plan) => !hasItemEquity(plan))
      for (const plan of waiting.slice(0, 3)) itemEquity(problem, plan)
      setRound((round) => round + 1)
      if (waiting.length > 3) timer = setTimeout(step, 8)
    }
    timer = setTimeout(step, 30)
    return () => clearTimeout(timer)
  }, [plans, problem])
  const worst = worstOverall(inPlay(solved), tierOf)
  return (
    <>
      <dl className={styles.facts}>
        {[...worst]
          .sort(([a], [b]) => a - b)
          .map(([tier, found]) => (
            <Measure
              key={tier}
              label={t('measureWorst', { tier })}
              hint={t('measureWorstHint')}
              value={`${formatDays(found.coverMilliDays)} · ${names.unit(found.unit)} · ${names.item(found.item)}`}
            />
          ))}
        {unitsUnder(inPlay(solved)).map(({ days, units }) => (
          <Measure
            key={days}
            label={t('measureUnder', { days })}
            hint={t('measureUnderHint')}
            value={`${formatNumber(units)} / ${formatNumber(tierOf.size)}`}
          />
        ))}
      </dl>
      <Table className={styles.table ?? ''} mt="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('equityAll')}</Table.Th>
            <Table.Th className={styles.number}>{t('measureUnder', { days: 3 })}</Table.Th>
            <Table.Th className={styles.number}>{t('measureGini')}</Table.Th>
            <Table.Th className={styles.number}>{t('measureEnvy')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {plans.map((plan) => {
            const found = hasItemEquity(plan) ? itemEquity(problem, plan).measures : null
            const lowest = found?.worstOffByTier[0]
            return (
              <Table.Tr key={plan.item}>
                <Table.Td>
                  <button
                    type="button"
                    className={styles.link}
                    disabled={!lowest}
                    onClick={() => lowest && onGo({ unit: lowest.unit, item: plan.item })}
                  >
                    {names.item(plan.item)}
                  </button>
                </Table.Td>
                <Table.Td className={styles.number}>{found?.unitsUnder.find(({ days }) => days === 3)?.units}</Table.Td>
                <Table.Td className={styles.number}>{found?.gini.toFixed(2)}</Table.Td>
                <Table.Td className={styles.number}>{found?.envyPairs}</Table.Td>
              </Table.Tr>
            )
          })}
        </Table.Tbody>
      </Table>
    </>
  )
}

const mostPrices = 30

type PinPrice = { readonly cell: Cell; readonly taken: number; readonly packs: number; readonly worst: string }

/** The prices of the pins, dearest first, worked out one at a time: each solves its item twice. */
function usePinPrices(inputs: RoundInputs, work: Work): readonly PinPrice[] {
  const [prices, setPrices] = useState<readonly PinPrice[]>([])
  useEffect(() => {
    const groups = itemGroups(inputs.problem)
    const cells = [...work.pins].flatMap(([item, mine]) => [...mine].map(([unit, packs]) => ({ unit, item, packs })))
    const found: PinPrice[] = []
    let timer: ReturnType<typeof setTimeout>
    const step = (at: number) => {
      const cell = cells[at]
      if (cell && found.length < mostPrices) {
        const { unit, item, packs } = cell
        const preparation = prepare(problemOf(inputs, work, groups.get(item)))
        const priced = preparation.ok ? priceOfPin(preparation.prepared, unit, item) : null
        if (priced?.ok) {
          const { losers, worstOffBeforeMilliDays: before, worstOffAfterMilliDays: after } = priced.price
          const taken = losers.reduce((sum, one) => sum + one.packs, 0)
          found.push({ cell: { unit, item }, taken, packs, worst: `${formatDays(before)} → ${formatDays(after)}` })
        }
        timer = setTimeout(() => step(at + 1), 8)
      } else setPrices([...found].sort((a, b) => b.taken - a.taken))
    }
    timer = setTimeout(() => step(0), 60)
    return () => clearTimeout(timer)
  }, [inputs, work])
  return prices
}

/** What each pin takes from the others, the dearest first. */
function PinPrices({ inputs, work, names, onGo }: EquityPanelProps) {
  const t = useText(allocationPanelText)
  const prices = usePinPrices(inputs, work)
  return (
    <>
      <h3 className={styles.subheading}>{t('pinPrices')}</h3>
      {work.pins.size === 0 && <p className={styles.empty}>{t('pinPricesNone')}</p>}
      {prices.length > 0 && (
        <Table className={styles.table ?? ''}>
          <Table.Tbody>
            {prices.map(({ cell, taken, packs, worst }) => (
              <Table.Tr key={`${cell.unit} ${cell.item}`}>
                <Table.Td>
                  <button type="button" className={styles.link} onClick={() => onGo(cell)}>
                    {t('pinPriceLine', {
                      unit: names.unit(cell.unit),
                      item: names.item(cell.item),
                      packs: packsText(packs, names.packName(cell.item), t),
                    })}
                  </button>
                </Table.Td>
                <Table.Td className={styles.number}>{taken === 0 ? '0' : `−${formatNumber(taken)}`}</Table.Td>
                <Table.Td className={styles.number}>{t('days', { days: worst })}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </>
  )
}
