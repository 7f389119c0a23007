import { Button } from '@mantine/core'
import { IconArrowsExchange, IconX } from '@tabler/icons-react'
import { type Ref, useEffect, useMemo, useRef } from 'react'
import { formatDays, formatNumber } from '../format.ts'
import { useKeys } from '../frame/keys.tsx'
import { allocationText } from '../text/allocation.ts'
import { useText } from '../text/text.ts'
import type { MatrixShow } from './cell-view.ts'
import { compareScenarios } from './equity.ts'
import { type Cell, Matrix, type MatrixHandle } from './matrix.tsx'
import type { MatrixView } from './matrix-rows.ts'
import { diffPlans } from './plan-diff.ts'
import { countPins } from './round-model.ts'
import type { RoundNames } from './round-names.ts'
import type { RoundAction, RoundState } from './round-state.ts'
import styles from './scenario-matrix.module.css'
import { inPlay } from './solve-round.ts'
import { type MatrixParts, useMatrix } from './use-matrix.ts'

export type ScenarioMatrixProps = {
  readonly state: RoundState
  readonly dispatch: (action: RoundAction) => void
  /** Of the present plan: both matrices have its rows in its order. */
  readonly parts: MatrixParts
  readonly view: MatrixView
  readonly show: MatrixShow
  readonly names: RoundNames
  readonly cell: Cell | null
  readonly onSelect: (cell: Cell | null) => void
  readonly onToggleGroup: (value: string) => void
  readonly onGo: (cell: Cell) => void
  readonly onEnd: () => void
  readonly handle: Ref<MatrixHandle>
}

/**
 * Scenario A as a matrix beside that of the present plan, which follows it in the page: the same rows and columns, what is
 * scrolled in one is scrolled in the other, the focused cell is shown in both, and cells with other packs are marked.
 */
export function ScenarioMatrix(props: ScenarioMatrixProps) {
  const { state, parts, view, names, cell, onGo } = props
  const t = useText(allocationText)
  const { scenario, solved, round } = state
  const { work, solved: kept } = scenario ?? { work: round.work, solved }
  const mine = useMatrix(round.inputs, work, kept, solved, view, names)
  const source = useMemo(() => ({ ...mine.source, beside: solved }), [mine.source, solved])
  const moves = useMemo(() => diffPlans(kept, solved).moves, [kept, solved])
  const compared = useMemo(
    () => compareScenarios([inPlay(kept), inPlay(solved)], parts.tierOf),
    [kept, solved, parts.tierOf],
  )
  const box = useRef<HTMLDivElement>(null)
  useSharedScroll(box)

  const onNext = () => {
    if (moves.length === 0) return
    const at = moves.findIndex((move) => move.unit === cell?.unit && move.item === cell.item)
    onGo(moves[(at + 1) % moves.length]!)
  }
  useKeys('keysScreen', [{ chord: 'Alt+D', label: t('besideNext'), run: onNext }])
  const facts = (side: 0 | 1) =>
    t('besideFacts', {
      worst: compared.worst
        .map(({ tier, milliDays }) => t('besideWorst', { tier, days: formatDays(milliDays[side]) || '—' }))
        .join(' · '),
      left: formatNumber(compared.leftPacks[side]),
      pins: countPins(side === 0 ? work.pins : round.work.pins),
    })
  return (
    <>
      <div className={styles.head}>
        <p>
          <b>{t('besideA')}</b> {facts(0)}
        </p>
        <p>
          <b>{t('besideNow')}</b> {facts(1)}
        </p>
        <p role="status">{moves.length === 0 ? t('besideNone') : t('besideCount', { count: moves.length })}</p>
        <div className={styles.buttons}>
          <Button
            variant="default"
            size="compact-sm"
            disabled={moves.length === 0}
            rightSection={<kbd>Alt+D</kbd>}
            onClick={onNext}
          >
            {t('besideNext')}
          </Button>
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<IconArrowsExchange size={15} aria-hidden />}
            onClick={() => props.dispatch({ kind: 'swap-scenario' })}
          >
            {t('besideSwap')}
          </Button>
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<IconX size={15} aria-hidden />}
            rightSection={<kbd>Alt+B</kbd>}
            onClick={props.onEnd}
          >
            {t('besideEnd')}
          </Button>
        </div>
      </div>
      <div className={styles.side} ref={box} data-scenario="a">
        <Matrix
          label={t('matrixLabelA')}
          source={source}
          rows={parts.rows}
          items={parts.items}
          words={mine.words}
          show={props.show}
          editable={false}
          twin={cell}
          above={mine.above}
          below={mine.below}
          sheets={mine.sheets}
          onSelect={props.onSelect}
          onToggleGroup={props.onToggleGroup}
          handle={props.handle}
        />
      </div>
    </>
  )
}

/** F6 while two matrices stand side by side: to the same cell of the other. */
export function focusOther(cell: Cell | null, a: MatrixHandle | null, now: MatrixHandle | null): void {
  const other = document.activeElement?.closest('[data-scenario="a"]') ? now : a
  if (!cell || !other?.focus(cell)) other?.focusFirst()
}

const scroller = '.ag-grid-viewport'

/** Keeps the two matrices at the same place, whichever is scrolled, by wheel, keys or its bar. */
function useSharedScroll(box: React.RefObject<HTMLDivElement | null>): void {
  useEffect(() => {
    const frame = box.current?.parentElement
    if (!frame) return
    /** Where a scroller was put by us: its own event then says nothing new. */
    const put = new WeakMap<Element, { readonly top: number; readonly left: number }>()
    const follow = (from: Element) => {
      const known = put.get(from)
      if (known && known.top === from.scrollTop && known.left === from.scrollLeft) return
      put.delete(from)
      for (const to of frame.querySelectorAll(scroller)) {
        if (to === from || (to.scrollTop === from.scrollTop && to.scrollLeft === from.scrollLeft)) continue
        to.scrollTop = from.scrollTop
        to.scrollLeft = from.scrollLeft
        put.set(to, { top: to.scrollTop, left: to.scrollLeft })
      }
    }
    const onScroll = (event: Event) => {
      if (event.target instanceof Element && event.target.matches(scroller)) follow(event.target)
    }
    const open = frame.querySelector(`:scope > :not([data-scenario]) ${scroller}`)
    if (open) follow(open)
    frame.addEventListener('scroll', onScroll, { capture: true })
    return () => frame.removeEventListener('scroll', onScroll, { capture: true })
  }, [box])
}
