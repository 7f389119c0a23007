import { Button, Table } from '@mantine/core'
import { IconAlertTriangle, IconPinnedOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { priceOfPin } from '../../core/allocation/measures.ts'
import { prepare } from '../../core/allocation/prepare.ts'
import type { Rung } from '../../core/allocation/problem.ts'
import { daysBetween } from '../../core/civil-date.ts'
import { formatDays, formatMilli, formatNumber } from '../format.ts'
import { api } from '../query.ts'
import { allocationPanelText } from '../text/allocation-panel.ts'
import { useLanguage, useText } from '../text/text.ts'
import { staleReportDays } from './cover-band.ts'
import type { Cell } from './matrix.tsx'
import styles from './panel.module.css'
import { problemOf, type RoundInputs, type Work } from './round-model.ts'
import type { RoundNames } from './round-names.ts'
import { coverOf, type ItemPlan, itemGroups } from './solve-round.ts'
import { packsText, whySentences } from './why-text.ts'

export type WhyPanelProps = {
  readonly cell: Cell | null
  readonly plan: ItemPlan | undefined
  readonly inputs: RoundInputs
  readonly work: Work
  readonly rungs: readonly Rung[]
  readonly horizonDays: number
  readonly names: RoundNames
  readonly onUnpin: ((cell: Cell) => void) | null
  /** An approved round: what units report now is not what it rested on. */
  readonly isPast?: boolean
  readonly onGo: (cell: Cell) => void
}

/** Why the selected cell is what it is, who it takes from when it is pinned, and what the number rests on. */
export function WhyPanel(props: WhyPanelProps) {
  const { cell, plan, names, rungs, horizonDays } = props
  const t = useText(allocationPanelText)
  const language = useLanguage()
  const why = useMemo(() => (cell && plan ? plan.explain(cell.unit) : null), [cell, plan])
  if (!cell) return <p className={styles.empty}>{t('whyNone')}</p>
  const heading = (
    <h2 className={styles.heading}>
      {names.unit(cell.unit)} · {names.item(cell.item)}
    </h2>
  )
  if (plan?.refusal) {
    return (
      <div>
        {heading}
        <p>{t('whyNotSolved')}</p>
      </div>
    )
  }
  if (!why) {
    return (
      <div>
        {heading}
        <p>{t('whyNoLine', { unit: names.unit(cell.unit), item: names.item(cell.item) })}</p>
      </div>
    )
  }
  const packName = names.packName(cell.item)
  const sentences = whySentences(why, { rungs, horizonDays, packName, language }, t)
  return (
    <div>
      {heading}
      <p className={styles.figure}>
        <strong>{packsText(why.packs, packName, t)}</strong>
        {' · '}
        {t('pieces', { count: formatNumber(why.quantityBase), unit: names.baseUnit(cell.item) })}
        {' · '}
        {why.coverBeforeMilliDays === null
          ? t('coverNone')
          : t('coverMove', {
              before: formatDays(why.coverBeforeMilliDays),
              after: formatDays(why.coverAfterMilliDays),
            })}
      </p>
      <ul className={styles.reasons} data-testid="why">
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {plan?.bound && (
        <p>
          {t('bound', { worst: formatDays(plan.bound.worstOffMilliDays), most: formatDays(plan.bound.boundMilliDays) })}
        </p>
      )}
      {plan && <ServiceLevel plan={plan} inputs={props.inputs} packName={packName} />}
      {why.reason === 'pin' && <PinPriceView {...props} cell={cell} />}
      {!props.isPast && <Flags {...props} cell={cell} isRequestAboveNeed={why.isRequestAboveNeed} />}
      <Facts {...props} cell={cell} stockBase={why.stockBase} needBase={why.needBase} />
    </div>
  )
}

/** What the rolling horizon holds back, in words, with the packs that would be given without it. */
function ServiceLevel({
  plan,
  inputs,
  packName,
}: {
  readonly plan: ItemPlan
  readonly inputs: RoundInputs
  readonly packName: string
}) {
  const t = useText(allocationPanelText)
  const { service } = plan
  if (!service) return null
  const promises = inputs.problem.items.find((item) => item.item === plan.item)?.promises ?? []
  const promised = promises.reduce((sum, promise) => sum + promise.quantityBase, 0)
  const expected = promises.reduce((sum, promise) => sum + (promise.quantityBase * promise.haircutPercent) / 100, 0)
  const percent = promised === 0 ? 0 : Math.round((expected * 100) / promised)
  const level = formatNumber(Math.floor(service.levelBasisPoints / 10) / 10)
  const packs = (count: number) => packsText(count, packName, t)
  return (
    <div className={styles.price}>
      <p>
        {service.tightestOn === null
          ? t('rollingAll')
          : promised === 0
            ? t('rollingNoPromise', { date: service.tightestOn, level })
            : t('rolling', { percent, date: service.tightestOn, level })}
      </p>
      <p>{t('rollingBoth', { given: packs(plan.grantedPacks), without: packs(service.grantedPacksWithout) })}</p>
    </div>
  )
}

function PinPriceView({ cell, inputs, work, names, onUnpin, onGo, plan }: WhyPanelProps & { readonly cell: Cell }) {
  const t = useText(allocationPanelText)
  const price = useMemo(() => {
    const preparation = prepare(problemOf(inputs, work, itemGroups(inputs.problem).get(cell.item)))
    if (!preparation.ok) return null
    const priced = priceOfPin(preparation.prepared, cell.unit, cell.item)
    return priced.ok ? priced.price : null
  }, [inputs, work, cell])
  if (!price) return null
  const pack = names.packName(cell.item)
  const packs = (count: number) => packsText(count, pack, t)
  const taken = price.losers.reduce((sum, one) => sum + one.packs, 0)
  const given = price.gainers.reduce((sum, one) => sum + one.packs, 0)
  const more = price.pinPacks - price.freePacks
  const touched = [...price.losers.map((one) => ({ ...one, packs: -one.packs })), ...price.gainers]
  return (
    <div className={styles.price}>
      <p>
        {t('pinWithout', { packs: packs(price.freePacks + 0) })}
        {onUnpin && (
          <Button
            variant="default"
            size="compact-xs"
            ml="xs"
            leftSection={<IconPinnedOff size={14} aria-hidden />}
            onClick={() => onUnpin(cell)}
          >
            {t('unpin')} <kbd>Del</kbd>
          </Button>
        )}
      </p>
      {more === 0 && <p>{t('pinNothing')}</p>}
      {taken > 0 && <p>{t('pinTakes', { packs: packs(taken), count: price.losers.length })}</p>}
      {more > taken && <p>{t('pinTakesLeft', { packs: packs(more - taken) })}</p>}
      {given > 0 && <p>{t('pinGives', { packs: packs(given), count: price.gainers.length })}</p>}
      {-more > given && <p>{t('pinLeaves', { packs: packs(-more - given) })}</p>}
      {price.worstOffBeforeMilliDays !== null && (
        <p>
          {t('pinWorst', {
            before: formatDays(price.worstOffBeforeMilliDays),
            after: formatDays(price.worstOffAfterMilliDays),
          })}
        </p>
      )}
      {touched.length > 0 && (
        <Table aria-label={t('pinLosers')} className={styles.table ?? ''}>
          <Table.Tbody>
            {touched.slice(0, 12).map((one) => (
              <Table.Tr key={`${one.unit} ${one.item}`}>
                <Table.Td>
                  <button
                    type="button"
                    className={styles.link}
                    onClick={() => onGo({ unit: one.unit, item: one.item })}
                  >
                    {names.unit(one.unit)}
                  </button>
                </Table.Td>
                <Table.Td className={styles.number}>{one.packs > 0 ? `+${one.packs}` : `−${-one.packs}`}</Table.Td>
                <Table.Td className={styles.number}>
                  {plan && t('days', { days: formatDays(coverOf(plan, one.unit)) })}
                </Table.Td>
              </Table.Tr>
            ))}
            {touched.length > 12 && (
              <Table.Tr>
                <Table.Td colSpan={3}>{t('moreMoves', { count: touched.length - 12 })}</Table.Td>
              </Table.Tr>
            )}
          </Table.Tbody>
        </Table>
      )}
    </div>
  )
}

function reportOf({ inputs, cell }: { readonly inputs: RoundInputs; readonly cell: Cell }) {
  const unitId = inputs.units.find((unit) => unit.code === cell.unit)?.unitId
  const itemId = inputs.items.find((item) => item.code === cell.item)?.itemId
  const report = inputs.reports.find((one) => one.unitId === unitId && one.itemId === itemId)
  const age = report ? daysBetween(report.reportedOn, inputs.problem.date) : null
  return { unitId, itemId, reportedOn: report?.reportedOn ?? null, age }
}

function useNeed(props: { readonly inputs: RoundInputs; readonly cell: Cell }) {
  const { unitId, itemId } = reportOf(props)
  const needs = useQuery(api.unit.need.queryOptions({ input: { placeId: unitId ?? 0 }, enabled: unitId !== undefined }))
  return needs.data?.find((need) => need.itemId === itemId)
}

function Flags(props: WhyPanelProps & { readonly cell: Cell; readonly isRequestAboveNeed: boolean }) {
  const t = useText(allocationPanelText)
  const need = useNeed(props)
  const { age } = reportOf(props)
  const flags: string[] = []
  if (age === null) flags.push(t('flagNever'))
  else if (age > staleReportDays) flags.push(t('flagOld', { count: age }))
  if (need?.belowShipments) flags.push(t('flagBelow'))
  if (props.isRequestAboveNeed) flags.push(t('flagRequest'))
  if (flags.length === 0) return null
  return (
    <div className={styles.flags}>
      <IconAlertTriangle size={18} aria-hidden />
      <div>
        {flags.map((flag) => (
          <p key={flag}>{flag}</p>
        ))}
      </div>
    </div>
  )
}

function Facts(props: WhyPanelProps & { readonly cell: Cell; readonly stockBase: number; readonly needBase: number }) {
  const { cell, inputs, names, plan, horizonDays, stockBase, needBase } = props
  const t = useText(allocationPanelText)
  const need = useNeed(props)
  const { reportedOn, age } = reportOf(props)
  const isPast = props.isPast ?? false
  const unit = names.baseUnit(cell.item)
  const pieces = (count: number | null) => (count === null ? '' : t('pieces', { count: formatNumber(count), unit }))
  const given = inputs.problem.units.find((one) => one.unit === cell.unit)?.lines.find((one) => one.item === cell.item)
  const lots = useMemo(() => plan?.lines().find((line) => line.unit === cell.unit)?.lots ?? [], [plan, cell])
  const item = inputs.problem.items.find((one) => one.item === cell.item)
  const rows: (readonly [string, string])[] = [
    [t('factStock'), pieces(stockBase)],
    [t('factUse'), given ? `${formatMilli(given.useMilliPerDay)} ${unit}` : ''],
    [t('factNeed', { days: horizonDays }), pieces(needBase)],
  ]
  if (!isPast) {
    rows.push([
      t('factReport'),
      reportedOn === null || age === null
        ? t('factReportNever')
        : t(age === 0 ? 'factReportToday' : 'factReportValue', { date: reportedOn, count: age }),
    ])
  }
  if (!isPast && need && need.reportedBase !== null) rows.push([t('factReported'), pieces(need.reportedBase)])
  if (!isPast && need && need.shippedSinceBase > 0) rows.push([t('factShipped'), pieces(need.shippedSinceBase)])
  return (
    <>
      <dl className={styles.facts}>
        {rows.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {lots.length > 0 && (
        <>
          <h3 className={styles.subheading}>{t('factLots')}</h3>
          <ul className={styles.lots}>
            {lots.map((draw) => {
              const lot = item?.lots.find((one) => one.lot === draw.lot && one.depot === draw.depot)
              const depot = names.depot(draw.depot)
              return (
                <li key={`${draw.depot} ${draw.lot}`}>
                  <span>
                    {lot?.expiresOn ? t('lotLine', { depot, date: lot.expiresOn }) : t('lotNoExpiry', { depot })}
                  </span>
                  <span>{packsText(draw.packs, names.packName(draw.item ?? cell.item), t)}</span>
                </li>
              )
            })}
          </ul>
        </>
      )}
    </>
  )
}
