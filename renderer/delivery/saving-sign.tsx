import { IconAlertTriangle, IconCheck } from '@tabler/icons-react'
import { formatInstant } from '../format.ts'
import { deliveryText } from '../text/delivery.ts'
import { useText } from '../text/text.ts'
import styles from './delivery.module.css'
import type { SavingState } from './draft-saver.ts'

/** Whether what is written is kept. Never says saved before it is. */
export function SavingSign({ state }: { readonly state: SavingState }) {
  const t = useText(deliveryText)
  if (state.kind === 'idle') return null
  const Icon = state.kind === 'failed' ? IconAlertTriangle : IconCheck
  return (
    <span className={styles.sign} data-state={state.kind} role={state.kind === 'failed' ? 'alert' : undefined}>
      {state.kind !== 'saving' && <Icon size={14} aria-hidden />}
      {state.kind === 'saving'
        ? t('draftSaving')
        : state.kind === 'failed'
          ? t('draftNotSaved')
          : t('draftSaved', { time: formatInstant(state.at).slice(-5) })}
    </span>
  )
}
