import { Button, Group, Modal, Progress, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useRef, useState } from 'react'
import type { SlipHead } from '../../api/contract/round.ts'
import { readDate } from '../../core/intake/date-text.ts'
import { useMe } from '../frame/me.ts'
import { client, newRequestId, type Outcome, sendCommand } from '../query.ts'
import { frameText } from '../text/frame.ts'
import { refusalSentence } from '../text/refusal.ts'
import { slipText } from '../text/slip.ts'
import { pickName, useLanguage, useText } from '../text/text.ts'
import { runSlips, type SlipRun } from './run-slips.ts'
import styles from './slip.module.css'

export type SlipAction = 'dispatch' | 'cancel'

/** Asks, then does it to one slip after the other, with progress and a stop; at the end says what was not done and why. */
export function SlipRunDialog(props: {
  readonly action: SlipAction
  readonly slips: readonly SlipHead[]
  readonly onClose: () => void
}) {
  const t = useText(slipText)
  const language = useLanguage()
  const me = useMe()
  const { action } = props
  const open = props.slips.filter((slip) => slip.state === 'approved')
  const skipped = props.slips.length - open.length
  const [date, setDate] = useState(me.businessDate)
  const [todo, setTodo] = useState(open)
  const [progress, setProgress] = useState<number | null>(null)
  const [run, setRun] = useState<SlipRun | null>(null)
  const stop = useRef(new AbortController())
  // One intention has one id: trying again after a lost connection can't dispatch twice.
  const requestIds = useRef(new Map<number, string>())

  const act =
    (businessDate: string) =>
    async (slip: SlipHead): Promise<Outcome<unknown>> => {
      const requestId = requestIds.current.get(slip.slipId) ?? newRequestId()
      requestIds.current.set(slip.slipId, requestId)
      const input = { requestId, slipId: slip.slipId }
      const outcome =
        action === 'dispatch'
          ? await sendCommand(client.slip.dispatch, { ...input, businessDate })
          : await sendCommand(client.slip.cancel, input)
      // A refused request left nothing behind, and the next try may differ (another date): it gets an id of its own.
      if (!outcome.ok && outcome.fault === null) requestIds.current.delete(slip.slipId)
      return outcome
    }
  const start = async (slips: readonly SlipHead[]) => {
    const businessDate =
      readDate(date, { purpose: 'day', epoch: 1900, today: me.businessDate }).date ?? date.slice(0, 10)
    setDate(businessDate)
    setRun(null)
    setTodo([...slips])
    setProgress(0)
    stop.current = new AbortController()
    const result = await runSlips(slips, act(businessDate), setProgress, stop.current.signal)
    setProgress(null)
    if (result.done.length > 0) {
      notifications.show({
        message: t(action === 'dispatch' ? 'dispatched' : 'cancelled', { count: result.done.length }),
        closeButtonProps: { 'aria-label': t('close') },
      })
    }
    if (result.failed.length === 0 && result.left.length === 0) props.onClose()
    else setRun(result)
  }

  const title = t(action)
  const running = progress !== null
  return (
    <Modal
      opened
      onClose={running ? () => {} : props.onClose}
      title={title}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('close') }}
      withCloseButton={!running}
    >
      {open.length === 0 ? (
        <>
          <p>{t('nothingOpen')}</p>
          <Group justify="flex-end">
            <Button onClick={props.onClose} data-autofocus>
              {t('close')}
            </Button>
          </Group>
        </>
      ) : running ? (
        <Running action={action} done={progress} total={todo.length} onStop={() => stop.current.abort()} />
      ) : run !== null ? (
        <Rest run={run} onRetry={(slips) => void start(slips)} onClose={props.onClose} language={language} />
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault()
            void start(open)
          }}
        >
          <p>{t(action === 'dispatch' ? 'dispatchQuestion' : 'cancelQuestion', { count: open.length })}</p>
          {skipped > 0 && <p>{t('skipped', { count: skipped })}</p>}
          {action === 'dispatch' && (
            <TextInput
              label={t('dispatchDate')}
              value={date}
              autoComplete="off"
              onChange={(event) => setDate(event.currentTarget.value)}
            />
          )}
          <Group justify="flex-end" mt="md">
            <Button variant="default" onClick={props.onClose}>
              {t('keep')}
            </Button>
            <Button type="submit" color={action === 'cancel' ? 'red.9' : 'ink'} data-autofocus>
              {t(action === 'dispatch' ? 'dispatchNow' : 'cancelNow', { count: open.length })}
            </Button>
          </Group>
        </form>
      )}
    </Modal>
  )
}

function Running(props: {
  readonly action: SlipAction
  readonly done: number
  readonly total: number
  readonly onStop: () => void
}) {
  const t = useText(slipText)
  const words = t(props.action === 'dispatch' ? 'dispatching' : 'cancelling', { done: props.done, total: props.total })
  return (
    <div role="status">
      <p>{words}</p>
      <Progress value={(props.done / Math.max(1, props.total)) * 100} aria-label={words} />
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={props.onStop}>
          {t('stop')}
        </Button>
      </Group>
    </div>
  )
}

const mostShown = 20

/** What a run left undone. */
function Rest(props: {
  readonly run: SlipRun
  readonly onRetry: (slips: readonly SlipHead[]) => void
  readonly onClose: () => void
  readonly language: 'zh' | 'en'
}) {
  const t = useText(slipText)
  const frame = useText(frameText)
  const { run, language } = props
  const again = [...run.failed.map(({ slip }) => slip), ...run.left]
  return (
    <div role="alert">
      {run.left.length > 0 && <p>{t('stopped', { done: run.done.length, left: run.left.length })}</p>}
      {run.failed.length > 0 && (
        <>
          <p>{t('failures', { count: run.failed.length })}</p>
          <ul className={styles.failures}>
            {run.failed.slice(0, mostShown).map(({ slip, outcome }) => (
              <li key={slip.slipId}>
                {t('failedLine', {
                  number: slip.number,
                  unit: pickName(slip.unitName, slip.unitNameEn, language),
                  reason: [
                    ...outcome.refusals.map((refusal) => refusalSentence(refusal, language)),
                    ...(outcome.fault === null
                      ? []
                      : [frame(`fault-${outcome.fault.kind}`, { reference: outcome.fault.reference })]),
                  ].join(language === 'zh' ? '；' : '; '),
                })}
              </li>
            ))}
          </ul>
        </>
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={props.onClose}>
          {t('close')}
        </Button>
        <Button onClick={() => props.onRetry(again)} data-autofocus>
          {t('retry', { count: again.length })}
        </Button>
      </Group>
    </div>
  )
}
