import { Button, Modal, Radio, TextInput } from '@mantine/core'
import { useRef, useState } from 'react'
import type { FoundLot } from '../../api/contract/ledger.ts'
import { type Refusal, refusal } from '../../core/refusal.ts'
import { Refusals } from '../frame/refusals.tsx'
import ledgerStyles from '../ledger/ledger.module.css'
import { showDone } from '../ledger/show-done.ts'
import { client, useCommand } from '../query.ts'
import { holdText } from '../text/hold.ts'
import { useText } from '../text/text.ts'
import { LotField } from './lot-field.tsx'

const kinds = ['recall', 'doubt'] as const

/** Puts a lot on hold, wherever it is. */
export function AddHoldDialog(props: {
  readonly lot: FoundLot | null
  readonly onClose: () => void
  readonly onAdded: (lotId: number) => void
}) {
  const t = useText(holdText)
  const { onClose } = props
  const [lot, setLot] = useState(props.lot)
  const [kind, setKind] = useState<(typeof kinds)[number]>('recall')
  const [reason, setReason] = useState('')
  const [wrong, setWrong] = useState<readonly Refusal[]>([])
  const lotRef = useRef<HTMLInputElement>(null)
  const reasonRef = useRef<HTMLInputElement>(null)
  const add = useCommand(client.hold.add)
  const send = async () => {
    if (add.busy) return
    if (lot === null) {
      lotRef.current?.focus()
      return setWrong([refusal('required', { field: 'lotId' })])
    }
    setWrong([])
    const outcome = await add.run({ lotId: lot.lotId, kind, reason })
    if (!outcome.ok) return reasonRef.current?.focus()
    showDone(t('added', { lot: lot.lot }))
    props.onAdded(lot.lotId)
    onClose()
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('addTitle')}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <form
        className={ledgerStyles.dialog}
        onSubmit={(event) => {
          event.preventDefault()
          void send()
        }}
      >
        <p>{t('addLead')}</p>
        <LotField
          label={t('lotField')}
          inputRef={lotRef}
          value={lot}
          onTake={setLot}
          onDone={() => reasonRef.current?.focus()}
          autoFocus={lot === null}
        />
        <TextInput
          ref={reasonRef}
          label={t('reason')}
          value={reason}
          maxLength={500}
          autoComplete="off"
          {...(lot === null ? {} : { 'data-autofocus': true })}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Radio.Group
          label={t('kind')}
          value={kind}
          onChange={(value) => setKind(kinds.find((one) => one === value) ?? 'recall')}
        >
          <div className={ledgerStyles.choices}>
            {kinds.map((value) => (
              <Radio key={value} value={value} label={t(`kind-${value}`)} />
            ))}
          </div>
        </Radio.Group>
        <Refusals refusals={[...wrong, ...add.refusals]} fault={add.fault} />
        <div className={ledgerStyles.buttons}>
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" aria-busy={add.busy}>
            {t('addDo')}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
