import { Button } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { Link } from 'wouter'
import { Page } from '../frame/page.tsx'
import { intakeText } from '../text/intake.ts'
import { useText } from '../text/text.ts'
import styles from './intake.module.css'
import { type TargetKind, targets } from './target.ts'

/** Rows that need no form of their own are saved: what was, and what waits. */
export function Taken(props: {
  readonly target: TargetKind
  readonly saved: number
  readonly kept: number
  readonly onAnother: () => void
}) {
  const t = useText(intakeText)
  const { target } = props
  const first = useRef<HTMLButtonElement>(null)
  useEffect(() => first.current?.focus(), [])
  if (target === 'delivery') return null
  return (
    <Page title={t(`title-${target}`)} scroll>
      <div className={styles.done}>
        <p role="status">{t(`saved-${target}`, { count: props.saved })}</p>
        {props.kept > 0 && <p>{t('restKept', { count: props.kept })}</p>}
        <div className={styles.buttons}>
          <Button ref={first} onClick={props.onAnother}>
            {t('another')}
          </Button>
          <Button component={Link} href={targets[target].back} variant="default">
            {t(`toList-${target}`)}
          </Button>
        </div>
      </div>
    </Page>
  )
}
