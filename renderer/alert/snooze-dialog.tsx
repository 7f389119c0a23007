import { Button, Modal, Radio } from '@mantine/core'
import { useState } from 'react'
import { addDays } from '../../core/civil-date.ts'
import { useMe } from '../frame/me.ts'
import { Refusals } from '../frame/refusals.tsx'
import ledgerStyles from '../ledger/ledger.module.css'
import { showDone } from '../ledger/show-done.ts'
import { alertText } from '../text/alert.ts'
import { useText } from '../text/text.ts'
import type { Alert } from './alert-words.ts'
import { useSnooze } from './use-snooze.ts'

const choices = [1, 3, 7, 30] as const

/** For how many days. Arrows choose, Enter does it. */
export function SnoozeDialog(props: { readonly alerts: readonly Alert[]; readonly onClose: () => void }) {
  const t = useText(alertText)
  const me = useMe()
  const { alerts, onClose } = props
  const [days, setDays] = useState<(typeof choices)[number]>(1)
  const snooze = useSnooze()
  const send = async () => {
    if (snooze.busy) return
    const date = addDays(me.businessDate, days)
    const done = await snooze.run(alerts, date)
    if (done < alerts.length) return
    showDone(t('snoozedDone', { count: done, date }))
    onClose()
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('snoozeTitle', { count: alerts.length })}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <form
        className={ledgerStyles.dialog}
        onSubmit={(event) => {
          event.preventDefault()
          void send()
        }}
      >
        <p>{t('snoozeLead')}</p>
        <Radio.Group
          label={t('days')}
          value={String(days)}
          onChange={(value) => setDays(choices.find((one) => String(one) === value) ?? 1)}
        >
          <div className={ledgerStyles.choices}>
            {choices.map((value) => (
              <Radio
                key={value}
                value={String(value)}
                label={t(`days-${value}`)}
                {...(value === days ? { 'data-autofocus': true } : {})}
              />
            ))}
          </div>
        </Radio.Group>
        <Refusals refusals={snooze.refusals} fault={snooze.fault} />
        <div className={ledgerStyles.buttons}>
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" aria-busy={snooze.busy}>
            {t('snoozeDo')}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
