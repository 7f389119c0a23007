import { Alert } from '@mantine/core'
import { IconAlertTriangle, IconPlugConnectedX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { Refusal } from '../../core/refusal.ts'
import type { Fault } from '../query.ts'
import { frameText } from '../text/frame.ts'
import { refusalText } from '../text/refusal.ts'
import { useLanguage, useText } from '../text/text.ts'
import styles from './refusals.module.css'

export type RefusalsProps = {
  readonly refusals: readonly Refusal[]
  readonly fault?: Fault | null | undefined
  /** A link or a button beside a refusal (to the earlier delivery, to solve again …). */
  readonly actionFor?: ((refusal: Refusal) => ReactNode) | undefined
  readonly onClose?: (() => void) | undefined
}

const mostShown = 20

/** Why the last command did nothing: every refusal in a sentence of its own, and what to do about a fault. */
export function Refusals({ refusals, fault = null, actionFor, onClose }: RefusalsProps) {
  const language = useLanguage()
  const t = useText(frameText)
  if (refusals.length === 0 && fault === null) return null
  const more = refusals.length - mostShown
  return (
    <Alert
      role="alert"
      color="red"
      variant="light"
      className={styles.refusals ?? ''}
      icon={fault === null ? <IconAlertTriangle aria-hidden /> : <IconPlugConnectedX aria-hidden />}
      title={fault === null ? t('refused') : t('faultTitle')}
      withCloseButton={onClose !== undefined}
      closeButtonLabel={t('close')}
      {...(onClose ? { onClose } : {})}
    >
      {fault !== null && <p>{t(`fault-${fault.kind}`, { reference: fault.reference })}</p>}
      {refusals.length > 0 && (
        <ul className={styles.list}>
          {refusals.slice(0, mostShown).map((refusal, index) => (
            <li key={index}>
              {refusalText(refusal, language)} {actionFor?.(refusal)}
            </li>
          ))}
          {more > 0 && <li>{t('moreRefusals', { count: more })}</li>}
        </ul>
      )}
    </Alert>
  )
}
