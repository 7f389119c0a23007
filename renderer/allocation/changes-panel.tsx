import { Button, SegmentedControl, Table } from '@mantine/core'
import { IconArrowDownRight, IconArrowUpRight, IconColumns2 } from '@tabler/icons-react'
import { useMemo } from 'react'
import { addDays } from '../../core/civil-date.ts'
import { formatDays, formatNumber } from '../format.ts'
import { allocationText } from '../text/allocation.ts'
import { allocationPanelText } from '../text/allocation-panel.ts'
import { useText } from '../text/text.ts'
import { signedText } from './cell-view.ts'
import { compareScenarios } from './equity.ts'
import type { Cell } from './matrix.tsx'
import styles from './panel.module.css'
import { diffPlans, type Move, type PlanDiff } from './plan-diff.ts'
import { countPins } from './round-model.ts'
import type { RoundNames } from './round-names.ts'
import type { RoundAction, RoundState } from './round-state.ts'
import { inPlay } from './solve-round.ts'

const againsts = ['before', 'alone', 'scenario'] as const
export type Against = (typeof againsts)[number]

export type ChangesPanelProps = {
  readonly state: RoundState
  readonly dispatch: (action: RoundAction) => void
  readonly names: RoundNames
  readonly tierOf: ReadonlyMap<string, number>
  readonly against: Against
  readonly onAgainst: (against: Against) => void
  readonly onGo: (cell: Cell) => void
  /** Shows scenario A and the present plan as two matrices. */
  readonly onBeside: () => void
}

/** Who gained, who lost and which run-out dates moved, against the last step, the policy alone or another scenario. */
export function ChangesPanel(props: ChangesPanelProps) {
  const { state, dispatch, names, against, onAgainst, onGo, tierOf } = props
  const t = useText(allocationPanelText)
  const a = useText(allocationText)
  const baseline = baselineOf(state, against)
  const diff = useMemo(() => diffPlans(baseline, state.solved), [baseline, state.solved])
  return (
    <div>
      <SegmentedControl
        size="xs"
        fullWidth
        transitionDuration={0}
        aria-label={t('compareWith')}
        value={against}
        onChange={(value) => onAgainst(value as Against)}
        data={againsts
          .filter((one) => one !== 'scenario' || state.scenario !== null)
          .map((value) => ({ value, label: t(`against-${value}`) }))}
      />
      <ChangeSummary
        diff={diff}
        none={state.round.past.length === 0 && against !== 'scenario' ? t('noChangeBefore') : undefined}
      />
      <MoveTable moves={diff.moves} date={state.round.inputs.problem.date} names={names} onGo={onGo} />
      <h3 className={styles.subheading}>{t('scenario')}</h3>
      {state.scenario === null ? (
        <>
          <p>{t('scenarioHint')}</p>
          <Button variant="default" onClick={() => dispatch({ kind: 'keep-scenario' })}>
            {t('keepScenario')}
          </Button>
        </>
      ) : (
        <>
          <ScenarioTable state={state} tierOf={tierOf} />
          <div className={styles.buttons}>
            <Button
              leftSection={<IconColumns2 size={15} aria-hidden />}
              rightSection={<kbd>Alt+B</kbd>}
              onClick={props.onBeside}
            >
              {a('beside')}
            </Button>
            <Button variant="default" onClick={() => dispatch({ kind: 'swap-scenario' })}>
              {t('swapScenario')}
            </Button>
            <Button variant="default" onClick={() => dispatch({ kind: 'keep-scenario' })}>
              {t('keepScenario')}
            </Button>
            <Button variant="default" onClick={() => dispatch({ kind: 'drop-scenario' })}>
              {t('dropScenario')}
            </Button>
          </div>
        </>
      )}
    </div>
  )
}

export function baselineOf(state: RoundState, against: Against) {
  if (against === 'scenario' && state.scenario) return state.scenario.solved
  return against === 'alone' ? state.alone : state.before
}

/** Two lines in words: how many units gain, how many lose, and how many packs. */
export function ChangeSummary({ diff, none }: { readonly diff: PlanDiff; readonly none?: string | undefined }) {
  const t = useText(allocationPanelText)
  if (diff.moves.length === 0) return <p className={styles.empty}>{none ?? t('noChange')}</p>
  return (
    <div data-testid="changes" className={styles.summary}>
      {diff.lost.length > 0 && (
        <p className={styles.loss}>
          <IconArrowDownRight size={15} aria-hidden />{' '}
          {t('lost', { count: diff.lost.length, packs: formatNumber(diff.lostPacks) })}
        </p>
      )}
      {diff.gained.length > 0 && (
        <p className={styles.gain}>
          <IconArrowUpRight size={15} aria-hidden />{' '}
          {t('gained', { count: diff.gained.length, packs: formatNumber(diff.gainedPacks) })}
        </p>
      )}
    </div>
  )
}

const mostMoves = 60

export function MoveTable({
  moves,
  date,
  names,
  onGo,
}: {
  readonly moves: readonly Move[]
  readonly date: string
  readonly names: RoundNames
  readonly onGo: ((cell: Cell) => void) | null
}) {
  const t = useText(allocationPanelText)
  if (moves.length === 0) return null
  const runsOut = (days: number | null) =>
    days === null || days > 3650 ? t('runOutNone') : addDays(date, Math.floor(days)).slice(5)
  // Changes of one item alone need not name it at every line.
  const [first] = moves
  const isOneItem = moves.every((move) => move.item === first!.item)
  return (
    <ul className={styles.moves} aria-label={t('moves')}>
      {moves.slice(0, mostMoves).map((move) => {
        const change = move.packsAfter - move.packsBefore
        const before = runsOut(move.coverBeforeDays)
        const after = runsOut(move.coverAfterDays)
        const unit = names.unit(move.unit)
        return (
          <li key={`${move.unit} ${move.item}`}>
            {onGo ? (
              <button type="button" className={styles.link} onClick={() => onGo(move)}>
                {unit}
              </button>
            ) : (
              <span>{unit}</span>
            )}
            <b className={change > 0 ? styles.gain : styles.loss}>{signedText(change)}</b>
            <span className={styles.detail}>
              {!isOneItem && `${names.item(move.item)} · `}
              {t('moveCover', { before: daysOf(move.coverBeforeDays), after: daysOf(move.coverAfterDays) })}
              {' · '}
              {before === after ? t('moveRunOutSame', { date: after }) : t('moveRunOut', { before, after })}
            </span>
          </li>
        )
      })}
      {moves.length > mostMoves && <li>{t('moreMoves', { count: formatNumber(moves.length - mostMoves) })}</li>}
    </ul>
  )
}

function daysOf(days: number | null): string {
  return days === null ? '—' : formatDays(Math.round(days * 1000))
}

function ScenarioTable({
  state,
  tierOf,
}: {
  readonly state: RoundState
  readonly tierOf: ReadonlyMap<string, number>
}) {
  const t = useText(allocationPanelText)
  const { scenario, solved } = state
  const rows = useMemo(
    () => (scenario ? compareScenarios([inPlay(scenario.solved), inPlay(solved)], tierOf) : null),
    [scenario, solved, tierOf],
  )
  if (!scenario || !rows) return null
  const days = (value: number | null) => (value === null ? '—' : formatDays(value))
  const lines: (readonly [string, string, string])[] = [
    ...rows.worst.map(({ tier, milliDays: [a, b] }) => [t('measureWorst', { tier }), days(a), days(b)] as const),
    ...rows.under.map(
      ({ days: limit, units: [a, b] }) =>
        [t('measureUnder', { days: limit }), formatNumber(a), formatNumber(b)] as const,
    ),
    [t('measureLeft'), formatNumber(rows.leftPacks[0]), formatNumber(rows.leftPacks[1])],
    [t('measurePins'), String(countPins(scenario.work.pins)), String(countPins(state.round.work.pins))],
  ]
  return (
    <Table className={styles.table ?? ''}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('measure')}</Table.Th>
          <Table.Th className={styles.number}>{t('scenarioA')}</Table.Th>
          <Table.Th className={styles.number}>{t('scenarioNow')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {lines.map(([label, a, b]) => (
          <Table.Tr key={label}>
            <Table.Td>{label}</Table.Td>
            <Table.Td className={styles.number}>{a}</Table.Td>
            <Table.Td className={styles.number}>{b}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
