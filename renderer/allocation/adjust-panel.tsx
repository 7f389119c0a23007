import { Button, NumberInput, Slider } from '@mantine/core'
import { IconRestore } from '@tabler/icons-react'
import { useDeferredValue, useEffect, useMemo, useState } from 'react'
import { formatNumber } from '../format.ts'
import { allocationPanelText } from '../text/allocation-panel.ts'
import { useText } from '../text/text.ts'
import { type Adjustment, ladderSettings } from './adjustment.ts'
import { ChangeSummary } from './changes-panel.tsx'
import styles from './panel.module.css'
import { diffPlans } from './plan-diff.ts'
import { isOwnLadder } from './round-model.ts'
import type { RoundNames } from './round-names.ts'
import type { RoundAction, RoundState } from './round-state.ts'

export type AdjustPanelProps = {
  readonly state: RoundState
  readonly dispatch: (action: RoundAction) => void
  readonly policyName: string
  readonly names: RoundNames
  /** The column whose reserve is shown. */
  readonly item: string | null
}

/** Horizon, floors, tilt and reserve; each moves the plan at once. */
export function AdjustPanel({ state, dispatch, policyName, names, item }: AdjustPanelProps) {
  const t = useText(allocationPanelText)
  const { inputs, work } = state.round
  const { adjustment } = work
  const policy = ladderSettings(inputs.policy.rungs)
  const adjust = (change: Partial<Adjustment>, going: string) => dispatch({ kind: 'adjust', change, going })
  const onEnd = () => dispatch({ kind: 'end-step' })
  const itemRow = item === null ? undefined : inputs.problem.items.find((one) => one.item === item)
  // The matrix and the slider move first; the summary of thousands of cells follows a moment later.
  const late = useDeferredValue(state.solved)
  const diff = useMemo(() => diffPlans(state.alone, late), [state.alone, late])
  return (
    <div>
      <p>{t('adjustLead')}</p>
      <SliderRow
        label={t('horizon')}
        name={t('horizon')}
        value={adjustment.horizonDays ?? inputs.problem.horizonDays}
        least={1}
        most={60}
        hardMost={365}
        step={1}
        onChange={(days) => adjust({ horizonDays: days }, 'horizon')}
        onEnd={onEnd}
      />
      <p className={styles.group}>{t('floors')}</p>
      {policy.tiers.map((tier) => (
        <SliderRow
          key={tier}
          label={t('tier', { tier })}
          name={t('floorOf', { tier })}
          value={adjustment.floorDays[tier] ?? policy.floorDays[tier]!}
          least={0}
          most={14}
          hardMost={365}
          step={1}
          onChange={(days) => adjust({ floorDays: { ...adjustment.floorDays, [tier]: days } }, `floor ${tier}`)}
          onEnd={onEnd}
        />
      ))}
      <p className={styles.group}>{t('tilts')}</p>
      {policy.tiers.map((tier) => (
        <SliderRow
          key={tier}
          label={t('tier', { tier })}
          name={t('tiltOf', { tier })}
          value={adjustment.tiltPercent[tier] ?? policy.tiltPercent[tier]!}
          least={50}
          most={300}
          hardMost={10_000}
          step={10}
          suffix="%"
          onChange={(percent) =>
            adjust({ tiltPercent: { ...adjustment.tiltPercent, [tier]: percent } }, `tilt ${tier}`)
          }
          onEnd={onEnd}
        />
      ))}
      <p className={styles.group}>{t('reserve')}</p>
      {itemRow ? (
        <SliderRow
          label={names.packName(itemRow.item)}
          name={`${t('reserve')} ${t('reserveOf', { item: names.item(itemRow.item), pack: names.packName(itemRow.item) })}`}
          value={adjustment.reservePacks[itemRow.item] ?? itemRow.reservePacks}
          least={0}
          most={Math.max(
            1,
            itemRow.lots.reduce((sum, lot) => sum + lot.packs, 0),
          )}
          hardMost={1_000_000_000}
          step={1}
          onChange={(packs) =>
            adjust({ reservePacks: { ...adjustment.reservePacks, [itemRow.item]: packs } }, `reserve ${itemRow.item}`)
          }
          onEnd={onEnd}
        />
      ) : (
        <p className={styles.empty}>{t('reserveNone')}</p>
      )}
      <div className={styles.buttons}>
        <Button
          variant="default"
          leftSection={<IconRestore size={15} aria-hidden />}
          disabled={
            adjustment.horizonDays === null &&
            [adjustment.floorDays, adjustment.tiltPercent, adjustment.reservePacks].every(
              (one) => Object.keys(one).length === 0,
            )
          }
          onClick={() => {
            dispatch({
              kind: 'adjust',
              change: { horizonDays: null, floorDays: {}, tiltPercent: {}, reservePacks: {} },
              going: null,
            })
          }}
        >
          {t('reset')}
        </Button>
      </div>
      {isOwnLadder(inputs, work) && <p>{t('ownLadder', { policy: policyName })}</p>}
      <p className={styles.group}>{t('adjustEffect')}</p>
      <ChangeSummary diff={diff} />
    </div>
  )
}

type SliderRowProps = {
  readonly label: string
  /** For screen readers, where the label alone says too little. */
  readonly name: string
  readonly value: number
  readonly least: number
  readonly most: number
  /** What may be typed beyond the slider's end. */
  readonly hardMost: number
  readonly step: number
  readonly suffix?: string
  readonly onChange: (value: number) => void
  readonly onEnd: () => void
}

/** A slider and a field for the same number: drag, arrow keys, or type and Enter. */
function SliderRow({ label, name, value, least, most, hardMost, step, suffix = '', onChange, onEnd }: SliderRowProps) {
  const [typed, setTyped] = useState<number | string>(value)
  useEffect(() => setTyped(value), [value])
  const commit = () => {
    const number = typeof typed === 'number' ? typed : Number(typed)
    const isValid = typed !== '' && Number.isInteger(number) && number >= least && number <= hardMost
    if (!isValid) setTyped(value)
    else if (number !== value) {
      onChange(number)
      onEnd()
    }
  }
  return (
    <div className={styles.slider}>
      <span className={styles.sliderLabel}>{label}</span>
      <Slider
        size="sm"
        thumbLabel={name}
        min={least}
        max={Math.max(most, value)}
        step={step}
        value={value}
        label={(shown) => `${formatNumber(shown)}${suffix}`}
        onChange={onChange}
        onChangeEnd={onEnd}
      />
      <NumberInput
        size="xs"
        aria-label={name}
        value={typed}
        min={least}
        max={hardMost}
        allowDecimal={false}
        allowNegative={false}
        suffix={suffix}
        onChange={setTyped}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.ctrlKey) commit()
          if (event.key === 'Escape') setTyped(value)
        }}
      />
    </div>
  )
}
