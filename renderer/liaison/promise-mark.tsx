import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleMinus,
  IconClock,
  IconClockExclamation,
  IconHourglassLow,
  type TablerIcon,
} from '@tabler/icons-react'
import { liaisonText } from '../text/liaison.ts'
import { useText } from '../text/text.ts'
import styles from './liaison.module.css'
import type { PromiseState } from './promise-state.ts'

const icons: Readonly<Record<PromiseState, TablerIcon>> = {
  late: IconAlertTriangle,
  short: IconClockExclamation,
  due: IconHourglassLow,
  open: IconClock,
  done: IconCircleCheck,
  closed: IconCircleMinus,
}

export const promiseTone: Readonly<Record<PromiseState, 'bad' | 'warn' | 'good' | 'quiet'>> = {
  late: 'bad',
  short: 'bad',
  due: 'warn',
  open: 'quiet',
  done: 'good',
  closed: 'quiet',
}

/** Where a promise stands, by word, icon and colour. */
export function PromiseMark({ state }: { readonly state: PromiseState }) {
  const t = useText(liaisonText)
  const Icon = icons[state]
  return (
    <span className={styles.mark} data-tone={promiseTone[state]}>
      <Icon size={15} aria-hidden />
      {t(`state-${state}`)}
    </span>
  )
}
