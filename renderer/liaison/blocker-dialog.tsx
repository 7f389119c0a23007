import { Button, Modal, NativeSelect, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { blockerKinds } from '../../api/contract/liaison.ts'
import { useKeys } from '../frame/keys.tsx'
import { Refusals } from '../frame/refusals.tsx'
import { useSettled } from '../ledger/form-actions.tsx'
import { headError } from '../ledger/head-error.ts'
import { client, useCommand } from '../query.ts'
import { liaisonText } from '../text/liaison.ts'
import { useLanguage, useText } from '../text/text.ts'
import styles from './liaison.module.css'

type Props = {
  readonly supplierId: number
  readonly name: string
  readonly items: readonly { readonly itemId: number; readonly name: string }[]
  readonly itemId: number | null
  readonly onClose: () => void
}

/** What keeps a manufacturer from delivering. */
export function BlockerDialog({ supplierId, name, items, itemId, onClose }: Props) {
  const t = useText(liaisonText)
  const language = useLanguage()
  const [kind, setKind] = useState<(typeof blockerKinds)[number]>('raw-material')
  const [about, setAbout] = useState(itemId === null ? '' : String(itemId))
  const [note, setNote] = useState('')
  const add = useCommand(client.liaison.addBlocker)
  const send = useSettled(async () => {
    if (add.busy) return
    const outcome = await add.run({ supplierId, itemId: about === '' ? null : Number(about), kind, note })
    if (!outcome.ok) return
    notifications.show({ message: t('blockerSaved') })
    onClose()
  })
  useKeys('keysScreen', [{ chord: 'Ctrl+Enter', label: t('keySave'), run: send }])
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t('blockerTitle', { name })}
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
          <NativeSelect
            label={t('blockerKind')}
            value={kind}
            data-autofocus
            onChange={(event) => {
              const { value } = event.currentTarget
              setKind(blockerKinds.find((known) => known === value) ?? 'other')
            }}
            data={blockerKinds.map((value) => ({ value, label: t(`blocker-${value}`) }))}
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
        <TextInput
          label={t('blockerNote')}
          value={note}
          maxLength={500}
          autoComplete="off"
          withAsterisk={kind === 'other'}
          error={headError(add.refusals, 'note', language)}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
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
