import { IconAlertTriangle, IconCircleCheck, IconInfoCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import styles from './ledger.module.css'

const icons = { plain: IconInfoCircle, good: IconCircleCheck, bad: IconAlertTriangle } as const

/** One line that says how a document stands; by an icon and words as well as by its colour. */
export function Note(props: { readonly tone?: keyof typeof icons; readonly children: ReactNode }) {
  const { tone = 'plain', children } = props
  const Icon = icons[tone]
  return (
    <div className={styles.note} data-tone={tone} role="status">
      <Icon size={18} aria-hidden />
      {children}
    </div>
  )
}
