import { Button, Modal, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { useKeys } from '../frame/keys.tsx'
import { useMe } from '../frame/me.ts'
import { Refusals } from '../frame/refusals.tsx'
import { useSettled } from '../ledger/form-actions.tsx'
import { headError } from '../ledger/head-error.ts'
import { client, type Output, useCommand } from '../query.ts'
import { liaisonText } from '../text/liaison.ts'
import { useLanguage, useText } from '../text/text.ts'
import { ComingDayField } from './coming-day-field.tsx'
import styles from './liaison.module.css'

type Props = {
  readonly supplierId: number
  readonly name: string
  readonly items: readonly { readonly itemId: number; readonly name: string }[]
  readonly itemId: number | null
  readonly contacts: Output<typeof client.liaison.detail>['contacts']
  /** Of the list of manufacturers, where no contacts were recorded. */
  readonly contact: string
  readonly onClose: () => void
}

/** What was said, with whom, and when to call again. */
export function CallDialog({ supplierId, name, items, itemId, contacts, contact, onClose }: Props) {
  const t = useText(liaisonText)
  const language = useLanguage()
  const me = useMe()
  const first = contacts[0]?.name ?? contact
  const [about, setAbout] = useState(itemId === null ? '' : String(itemId))
  const [spokeWith, setSpokeWith] = useState(first)
  const [note, setNote] = useState('')
  const [nextOn, setNextOn] = useState('')
  const [nextWith, setNextWith] = useState(first)
  const add = useCommand(client.liaison.addCall)
  const send = useSettled(async () => {
    if (add.busy) return
    const outcome = await add.run({
      supplierId,
      itemId: about === '' ? null : Number(about),
      spokeWith,
      note,
      nextOn: nextOn === '' ? null : nextOn,
      nextWith: nextOn === '' ? '' : nextWith,
    })
    if (!outcome.ok) return
    notifications.show({ message: t('callSaved') })
    onClose()
  })
  useKeys('keysScreen', [{ chord: 'Ctrl+Enter', label: t('keySave'), run: send }])
  const error = (field: string) => headError(add.refusals, field, language)
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t('callTitle', { name })}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <form
        className={styles.dialog}
        onSubmit={(event) => {
          event.preventDefault()
          send()
        }}
      >
        <div className={styles.pair}>
          <TextInput
            label={t('spokeWith')}
            value={spokeWith}
            maxLength={60}
            autoComplete="off"
            data-autofocus
            error={error('spokeWith')}
            onFocus={(event) => event.currentTarget.select()}
            onChange={(event) => setSpokeWith(event.currentTarget.value)}
          />
          <NativeSelect
            label={t('about')}
            value={about}
            onChange={(event) => setAbout(event.currentTarget.value)}
            data={[
              { value: '', label: t('aboutAll') },
              ...items.map((item) => ({ value: String(item.itemId), label: item.name })),
            ]}
          />
        </div>
        <Textarea
          label={t('callNote')}
          value={note}
          maxLength={500}
          rows={3}
          withAsterisk
          error={error('note')}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <div className={styles.pair}>
          <ComingDayField
            label={t('nextOn')}
            value={nextOn}
            today={me.businessDate}
            error={error('nextOn')}
            onChange={setNextOn}
          />
          <TextInput
            label={t('nextWith')}
            value={nextWith}
            maxLength={60}
            autoComplete="off"
            error={error('nextWith')}
            onFocus={(event) => event.currentTarget.select()}
            onChange={(event) => setNextWith(event.currentTarget.value)}
          />
        </div>
        <Refusals refusals={add.refusals} fault={add.fault} />
        <div className={styles.buttons}>
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" aria-busy={add.busy} rightSection={<kbd>Ctrl+Enter</kbd>}>
            {t('save')}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
