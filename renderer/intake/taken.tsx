import { Button } from '@mantine/core'
import { useLayoutEffect, useRef, useState } from 'react'
import { Link } from 'wouter'
import { useKeys } from '../frame/keys.tsx'
import { Page } from '../frame/page.tsx'
import { Refusals } from '../frame/refusals.tsx'
import { client, useCommand } from '../query.ts'
import { intakeText } from '../text/intake.ts'
import { useText } from '../text/text.ts'
import styles from './intake.module.css'
import { type TargetKind, targets } from './target.ts'
import type { TakenDone } from './use-take-rows.ts'

/** Rows that need no form of their own are saved: what was, and what waits. */
export function Taken(props: {
  readonly target: TargetKind
  readonly saved: number
  readonly kept: number
  readonly withoutSheet: boolean
  readonly units: TakenDone['units']
  readonly onAnother: () => void
}) {
  const t = useText(intakeText)
  const { target } = props
  const first = useRef<HTMLButtonElement>(null)
  // With the words that it is done: whoever reads them presses Enter.
  useLayoutEffect(() => first.current?.focus(), [])
  const undo = useCommand(client.unit.undoList)
  const [undone, setUndone] = useState<{ removed: number; restored: number } | null>(null)
  const { units } = props
  const canUndo = units !== null && undone === null
  const takeBack = async () => {
    if (!canUndo) return
    const outcome = await undo.run({ saved: units.requestId })
    if (outcome.ok) setUndone(outcome.value)
    first.current?.focus()
  }
  useKeys('keysScreen', canUndo ? [{ chord: 'Ctrl+Z', label: t('undoUnits'), run: () => void takeBack() }] : [])
  if (target === 'delivery') return null
  return (
    <Page title={t(`title-${target}`)} scroll>
      <div className={styles.done}>
        <p role="status">
          {undone !== null
            ? t('unitsUndone', undone)
            : units !== null
              ? t('savedUnits', { added: units.added, changed: props.saved - units.added })
              : t(`saved-${target}`, { count: props.saved })}
        </p>
        <Refusals refusals={undo.refusals} fault={undo.fault} />
        {props.kept > 0 && <p>{t('restKept', { count: props.kept })}</p>}
        {props.kept > 0 && props.withoutSheet && <p>{t('sheetNotKept')}</p>}
        <div className={styles.buttons}>
          <Button ref={first} onClick={props.onAnother}>
            {t('another')}
          </Button>
          {canUndo && (
            <Button
              variant="default"
              aria-busy={undo.busy}
              rightSection={<kbd>Ctrl+Z</kbd>}
              onClick={() => void takeBack()}
            >
              {t('undoUnits')}
            </Button>
          )}
          <Button component={Link} href={targets[target].back} variant="default">
            {t(`toList-${target}`)}
          </Button>
        </div>
      </div>
    </Page>
  )
}
