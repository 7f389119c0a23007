import { ActionIcon, Button, Tooltip } from '@mantine/core'
import { IconArrowBackUp, IconArrowForwardUp, IconCheck, IconRefresh } from '@tabler/icons-react'
import { useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import { Link, useLocation } from 'wouter'
import type { ItemRow } from '../../api/contract/item.ts'
import type { DepotRow, UnitRow } from '../../api/contract/place.ts'
import type { PolicyRow, RoundChoice } from '../../api/contract/round.ts'
import { ExportMenu } from '../export/export-menu.tsx'
import { formatDays, formatInstant, formatNumber } from '../format.ts'
import { useKeys } from '../frame/keys.tsx'
import { Page } from '../frame/page.tsx'
import { Reading } from '../frame/reading.tsx'
import { Refusals } from '../frame/refusals.tsx'
import { client } from '../query.ts'
import { allocationText } from '../text/allocation.ts'
import { nameOf, useLanguage, useText } from '../text/text.ts'
import { ApproveDialog } from './approve-dialog.tsx'
import type { ApproveOutcome } from './approve-round.ts'
import type { MatrixShow } from './cell-view.ts'
import { type Against, baselineOf } from './changes-panel.tsx'
import { unitsUnder } from './equity.ts'
import { type Cell, Matrix, type MatrixHandle, type TextProblem } from './matrix.tsx'
import type { MatrixView } from './matrix-rows.ts'
import { worstOverall } from './matrix-rows.ts'
import { focusPanel, type PanelTab } from './panel.tsx'
import { problemNotice, refusalMessage, refusedCellNotice } from './plan-message.ts'
import { writeRoundDraft } from './round-draft.ts'
import { countPins, isOwnLadder, type PinChange, sameChoice, type Work } from './round-model.ts'
import type { RoundNames } from './round-names.ts'
import type { RoundAction } from './round-state.ts'
import { ChoiceBar, Legend, ViewBar } from './round-toolbar.tsx'
import { focusOther, ScenarioMatrix } from './scenario-matrix.tsx'
import { inPlay } from './solve-round.ts'
import styles from './toolbar.module.css'
import { useMatrix } from './use-matrix.ts'
import { rungsOfPolicy, useRound, useSavedText } from './use-round.ts'
import { useUndoKeys } from './use-undo-keys.ts'
import { WorkPanel } from './work-panel.tsx'

type RoundLists = {
  readonly policies: readonly PolicyRow[]
  readonly depots: readonly DepotRow[]
  readonly items: readonly ItemRow[]
  readonly units: readonly UnitRow[]
}

export type RoundWorkProps = {
  readonly draftKey: string
  readonly savedAt: number | null
  readonly choice: RoundChoice
  readonly work: Work
  readonly note: string
  readonly lists: RoundLists
  readonly names: RoundNames
  readonly canSave: boolean
  readonly canApprove: boolean
  readonly onStartAfresh: () => void
}

/** Reads the problem of the choice, then shows it. */
export function RoundWork(props: RoundWorkProps) {
  const { lists } = props
  const t = useText(allocationText)
  const [choice, setChoice] = useState(props.choice)
  const tiers = useMemo(() => new Map(lists.units.map((unit) => [unit.placeId, unit.tier])), [lists.units])
  const tierOf = useCallback((unitId: number) => tiers.get(unitId) ?? 3, [tiers])
  const store = useRound(tierOf)
  const { load } = store
  const policyOf = useCallback(
    (policyId: number) => lists.policies.find((policy) => policy.policyId === policyId) ?? lists.policies[0]!,
    [lists.policies],
  )
  const first = useRef(true)
  useEffect(() => {
    if (!first.current) return
    first.current = false
    void load(choice, policyOf(choice.policyId), props.work)
  }, [load, choice, policyOf, props.work])

  const onChoice = useCallback(
    (next: RoundChoice) => {
      setChoice(next)
      void load(next, policyOf(next.policyId))
    },
    [load, policyOf],
  )
  // Undo and redo go over choices too: the bar follows, and what there is now is read for the choice that came back.
  const shown = store.state?.round.choice
  const followed = useRef(shown)
  useEffect(() => {
    if (!shown || followed.current === shown) return
    followed.current = shown
    if (sameChoice(shown, choice)) return
    setChoice(shown)
    void load(shown, policyOf(shown.policyId))
  }, [shown, choice, load, policyOf])
  const bar = <ChoiceBar choice={choice} {...lists} onChoice={onChoice} />
  const { state, failure } = store
  if (!state) {
    return (
      <Page title={t('newTitle')}>
        <div className={styles.bar}>{bar}</div>
        {failure ? <Refusals refusals={failure.refusals} fault={failure.fault} /> : <Reading />}
      </Page>
    )
  }
  const { problem } = state.round.inputs
  const nothing =
    lists.units.length === 0
      ? { words: t('noUnits'), href: '/units', go: t('goUnits') }
      : problem.items.length === 0
        ? { words: t('noStock'), href: '/deliveries/new', go: t('goStock') }
        : problem.units.length === 0
          ? { words: t('noNeeds'), href: '/norms', go: t('goNorms') }
          : null
  if (nothing) {
    return (
      <Page title={t('newTitle')}>
        <div className={styles.bar}>{bar}</div>
        <div className={styles.nothing}>
          <p>{nothing.words}</p>
          <Button component={Link} href={nothing.href}>
            {nothing.go}
          </Button>
        </div>
      </Page>
    )
  }
  return (
    <OpenRoundPage
      {...props}
      store={store}
      state={state}
      policy={policyOf(state.round.choice.policyId)}
      bar={bar}
      onChosen={setChoice}
      onCancelChoice={
        store.reading && !sameChoice(choice, state.round.choice)
          ? () => {
              store.cancel()
              setChoice(state.round.choice)
            }
          : null
      }
      onReload={() => void load(state.round.choice, policyOf(state.round.choice.policyId))}
    />
  )
}

type OpenRoundPageProps = RoundWorkProps & {
  readonly store: ReturnType<typeof useRound>
  readonly state: NonNullable<ReturnType<typeof useRound>['state']>
  readonly policy: PolicyRow
  readonly bar: React.ReactNode
  readonly onChosen: (choice: RoundChoice) => void
  /** Takes back a choice whose stock is still being read; null where none is. */
  readonly onCancelChoice: (() => void) | null
  readonly onReload: () => void
}

const sameCell = (a: Cell | null, b: Cell | null) => a?.unit === b?.unit && a?.item === b?.item

function OpenRoundPage(props: OpenRoundPageProps) {
  const { store, state, policy, names, bar, canSave, canApprove, draftKey, onReload } = props
  const { dispatch } = store
  const t = useText(allocationText)
  const language = useLanguage()
  const [, go] = useLocation()
  const [view, setView] = useState<MatrixView>({ grouping: 'none', order: 'tier', filter: '', shut: new Set() })
  const [show, setShow] = useState<MatrixShow>('packs')
  const [tab, setTab] = useState<PanelTab>('why')
  const [against, setAgainst] = useState<Against>('before')
  const [cell, setCell] = useState<Cell | null>(null)
  const [problems, setProblems] = useState<readonly TextProblem[]>([])
  const [note, setNote] = useState(props.note)
  const [approving, setApproving] = useState(false)
  const matrix = useRef<MatrixHandle>(null)
  const matrixA = useRef<MatrixHandle>(null)
  const [wantsBeside, setWantsBeside] = useState(false)

  const { round, solved } = state
  const { inputs, work } = round
  const parts = useMatrix(inputs, work, solved, baselineOf(state, against), view, names)
  const besideA = wantsBeside ? state.scenario?.solved : undefined
  const source = useMemo(
    () => (besideA ? { ...parts.source, baseline: besideA, beside: besideA } : parts.source),
    [parts.source, besideA],
  )
  // The panel may lag a frame behind the matrix: typing and arrows come first.
  const late = useDeferredValue(state)
  const lateCell = useDeferredValue(cell)

  const content = useMemo(
    () => (canSave ? writeRoundDraft({ choice: round.choice, work, note }) : null),
    [canSave, round.choice, work, note],
  )
  const saved = useSavedText(content, (text) => client.draft.put({ key: draftKey, kind: 'round', content: text }))

  /** The cell of the notice in sight; null while an edit is on its way that brings another. */
  const refused = useRef<Cell | null>(null)
  const act = useCallback(
    (action: RoundAction) => {
      refused.current = null
      setProblems([])
      dispatch(action)
    },
    [dispatch],
  )
  const onPin = useCallback((changes: readonly PinChange[]) => act({ kind: 'pin', changes }), [act])
  const { onCancelChoice } = props
  const onUndo = useCallback(() => (onCancelChoice ? onCancelChoice() : act({ kind: 'undo' })), [act, onCancelChoice])
  const onRedo = useCallback(() => act({ kind: 'redo' }), [act])
  const onReserve = useCallback(
    (item: string, text: string) => {
      const packs = Number(text.replaceAll(',', '').trim())
      const present = round.work.adjustment.reservePacks
      if (text.trim() !== '' && Number.isInteger(packs) && packs >= 0 && packs <= 1_000_000_000) {
        act({ kind: 'adjust', change: { reservePacks: { ...present, [item]: packs } }, going: null })
      } else if (text.trim() === '') {
        const { [item]: _gone, ...rest } = present
        act({ kind: 'adjust', change: { reservePacks: rest }, going: null })
      }
    },
    [act, round.work.adjustment.reservePacks],
  )
  const onGrouping = useCallback(
    (grouping: MatrixView['grouping']) => setView((present) => ({ ...present, grouping, shut: new Set() })),
    [],
  )
  const onOrder = useCallback((order: MatrixView['order']) => setView((present) => ({ ...present, order })), [])
  const onToggleGroup = useCallback((value: string) => {
    setView((present) => {
      const shut = new Set(present.shut)
      if (!shut.delete(value)) shut.add(value)
      return { ...present, shut }
    })
  }, [])
  const onProblems = useCallback((found: readonly TextProblem[]) => {
    refused.current = null
    setProblems(found)
  }, [])
  const onSelect = useCallback(
    (next: Cell | null) => {
      // What was refused stays said as long as its cell has the focus.
      if (refused.current && !sameCell(refused.current, next)) act({ kind: 'clear-refusal' })
      setCell((present) => (sameCell(present, next) ? present : next))
    },
    [act],
  )
  const onGo = useCallback((next: Cell) => {
    setCell({ unit: next.unit, item: next.item })
    matrix.current?.focus(next)
  }, [])

  useUndoKeys(onUndo, onRedo)
  const beside = wantsBeside && state.scenario !== null
  const onBeside = useCallback(() => {
    if (!beside && state.scenario === null) dispatch({ kind: 'keep-scenario' })
    setWantsBeside(!beside)
  }, [beside, state.scenario, dispatch])

  const openApprove = () => canApprove && !approving && setApproving(true)
  useKeys('keysScreen', [
    { chord: 'Ctrl+Enter', label: t('approveKey'), run: openApprove },
    { chord: 'Alt+B', label: t('besideKey'), run: onBeside },
    { chord: 'Alt+C', label: t('copyPinsKey'), run: () => matrix.current?.copyPins() },
    {
      chord: 'F6',
      label: t('panelKey'),
      run: () => {
        if (beside) return focusOther(cell, matrixA.current, matrix.current)
        if (!focusPanel() && (!cell || !matrix.current?.focus(cell))) matrix.current?.focusFirst()
      },
    },
  ])

  const onOutcome = (outcome: ApproveOutcome) => {
    if (outcome.kind === 'approved') {
      saved.forget()
      if (canSave) void client.draft.remove({ key: draftKey }).catch(() => undefined)
      go(`/allocation/${outcome.roundId}?approved=1`)
      return
    }
    const choice = { ...round.choice, policyId: outcome.policy.policyId }
    const own = { rungs: rungsOfPolicy(outcome.policy), horizonDays: outcome.policy.horizonDays }
    if (outcome.kind === 'changed') store.rebase(outcome.inputs, choice)
    else if (outcome.policy.policyId !== policy.policyId) store.rebase({ ...inputs, policy: own }, choice)
    props.onChosen(choice)
  }

  const notice =
    problems.length > 0
      ? problemNotice(problems, names, t)
      : state.refused
        ? refusedCellNotice(state.refused, names, t)
        : null
  refused.current = notice
  const worst = worstOverall(inPlay(solved), parts.tierOf)
  const under = useMemo(() => unitsUnder(inPlay(late.solved)), [late.solved])
  const pins = countPins(work.pins)
  const unsolved = [...solved.items.values()].filter((plan) => plan.refusal)

  return (
    <Page
      title={t('newTitle')}
      lead={
        <span className={styles.worst} aria-live="polite">
          <span>
            {t('worstLead')}{' '}
            {[...worst]
              .sort(([a], [b]) => a - b)
              .map(([tier, found], index) => (
                <span key={tier}>
                  {index > 0 && ' · '}
                  <b title={t('worstWhere', { unit: names.unit(found.unit), item: names.item(found.item) })}>
                    {t('worstTier', { tier, days: formatDays(found.coverMilliDays) })}
                  </b>
                </span>
              ))}
          </span>
          <span>
            {t('underLead')} <b>{under.map(({ units }) => formatNumber(units)).join(' / ')}</b>
          </span>
        </span>
      }
      search={{
        value: view.filter,
        onChange: (filter) => setView((present) => ({ ...present, filter })),
        placeholder: t('filterUnits'),
      }}
      actions={
        <>
          <Tooltip label={`${t('undo')} Ctrl+Z`}>
            <ActionIcon
              aria-label={`${t('undo')} Ctrl+Z`}
              disabled={round.past.length === 0 && !onCancelChoice}
              onClick={onUndo}
            >
              <IconArrowBackUp size={18} />
            </ActionIcon>
          </Tooltip>
          <Tooltip label={`${t('redo')} Ctrl+Y`}>
            <ActionIcon aria-label={`${t('redo')} Ctrl+Y`} disabled={round.future.length === 0} onClick={onRedo}>
              <IconArrowForwardUp size={18} />
            </ActionIcon>
          </Tooltip>
          <Tooltip label={t('refresh')}>
            <ActionIcon aria-label={t('refresh')} loading={store.reading} onClick={onReload}>
              <IconRefresh size={18} />
            </ActionIcon>
          </Tooltip>
          <Tooltip label={canApprove ? t('approveKey') : t('onlyManager')}>
            <Button
              disabled={!canApprove}
              leftSection={<IconCheck size={16} aria-hidden />}
              rightSection={<kbd>Ctrl+Enter</kbd>}
              onClick={openApprove}
            >
              {t('approve')}
            </Button>
          </Tooltip>
        </>
      }
    >
      <div className={styles.bar}>
        {bar}
        <span className={styles.spacer} />
        <ViewBar
          grouping={view.grouping}
          order={view.order}
          show={show}
          onGrouping={onGrouping}
          onOrder={onOrder}
          onShow={setShow}
        />
      </div>
      {store.failure && <Refusals refusals={store.failure.refusals} fault={store.failure.fault} />}
      {store.stale && (
        <div className={styles.message} role="status">
          <span>{t('stockChanged')}</span>
          <Button variant="default" onClick={onReload}>
            {t('resolve')}
          </Button>
        </div>
      )}
      {state.dropped.length > 0 && (
        <div className={styles.message} role="status">
          {t('pinDrops', { count: state.dropped.length })}
        </div>
      )}
      {unsolved.length > 0 && (
        <div className={`${styles.message} ${styles.bad}`} role="alert">
          {unsolved.map((plan) => (
            <p key={plan.item}>{refusalMessage(plan, names, t)}</p>
          ))}
        </div>
      )}
      {state.refused && !state.refused.cell && (
        <div className={`${styles.message} ${styles.bad}`} role="alert">
          {state.refused.plans.map((plan) => (
            <p key={plan.item}>{refusalMessage(plan, names, t)}</p>
          ))}
        </div>
      )}
      <div className={styles.work}>
        {beside && (
          <ScenarioMatrix
            state={state}
            dispatch={act}
            parts={parts}
            view={view}
            show={show}
            names={names}
            cell={cell}
            onSelect={onSelect}
            onToggleGroup={onToggleGroup}
            onGo={onGo}
            onEnd={onBeside}
            handle={matrixA}
          />
        )}
        <Matrix
          label={t('matrixLabel')}
          source={source}
          twin={beside ? cell : null}
          rows={parts.rows}
          items={parts.items}
          words={parts.words}
          show={show}
          editable
          above={parts.above}
          below={parts.below}
          sheets={parts.sheets}
          notice={notice}
          onPin={onPin}
          onReserve={onReserve}
          onProblems={onProblems}
          onUndo={onUndo}
          onRedo={onRedo}
          onSelect={onSelect}
          onToggleGroup={onToggleGroup}
          handle={matrix}
        />
        {!beside && (
          <WorkPanel
            state={tab === 'adjust' ? state : late}
            dispatch={act}
            names={names}
            tierOf={parts.tierOf}
            policyName={nameOf(policy, language)}
            cell={lateCell}
            tab={tab}
            onTab={setTab}
            against={against}
            onAgainst={setAgainst}
            onGo={onGo}
            onBeside={onBeside}
          />
        )}
      </div>
      <div className={styles.foot}>
        <Legend />
        <span>
          {pins > 0 && `${t('pinCount', { count: pins })} · `}
          {isOwnLadder(inputs, work) && `${t('ownLadder')} · `}
          {canSave && saved.status === 'failed'
            ? t('saveFailed')
            : saved.status === 'saving'
              ? t('saving')
              : saved.status === 'saved'
                ? t('saved')
                : ''}
          {props.savedAt !== null && saved.status === 'none' && (
            <>
              {t('resumed', { at: formatInstant(props.savedAt) })}{' '}
              <Button variant="subtle" size="compact-xs" onClick={props.onStartAfresh}>
                {t('startAfresh')}
              </Button>
            </>
          )}
        </span>
        <span className={styles.keys}>{t(beside ? 'besideKeys' : 'matrixKeys')}</span>
        <ExportMenu onSave={(format) => matrix.current?.save(format)} />
      </div>
      {approving && (
        <ApproveDialog
          state={state}
          policy={policy}
          names={names}
          tierOf={parts.tierOf}
          note={note}
          onNote={setNote}
          onClose={() => setApproving(false)}
          onOutcome={onOutcome}
        />
      )}
    </Page>
  )
}
