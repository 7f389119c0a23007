import { Button, Modal, TextInput } from '@mantine/core'
import { useRef, useState } from 'react'
import type { FoundLot } from '../../api/contract/ledger.ts'
import { type Refusal, refusal } from '../../core/refusal.ts'
import { Refusals } from '../frame/refusals.tsx'
import { LotField } from '../hold/lot-field.tsx'
import ledgerStyles from '../ledger/ledger.module.css'
import { showDone } from '../ledger/show-done.ts'
import { client, useCommand } from '../query.ts'
import { stocktakeText } from '../text/stocktake.ts'
import { useText } from '../text/text.ts'
import { readCount } from './count-text.ts'

/** Puts a lot on the sheet that the ledger didn't expect in this depot. */
export function AddLotDialog(props: {
  readonly stocktakeId: number
  readonly onClose: () => void
  readonly onAdded: (lotId: number) => void
}) {
  const t = useText(stocktakeText)
  const [lot, setLot] = useState<FoundLot | null>(null)
  const [counted, setCounted] = useState('')
  const [reason, setReason] = useState('')
  const [wrong, setWrong] = useState<readonly Refusal[]>([])
  const lotRef = useRef<HTMLInputElement>(null)
  const countRef = useRef<HTMLInputElement>(null)
  const count = useCommand(client.stocktake.count)
  const send = async () => {
    if (count.busy) return
    const countedBase = readCount(counted)
    if (lot === null) return setWrong([refusal('required', { field: 'lotId' })])
    if (typeof countedBase !== 'number') {
      const given = counted.trim()
      return setWrong([
        given === ''
          ? refusal('required', { field: 'countedBase' })
          : refusal('number-expected', { field: 'countedBase', given }),
      ])
    }
    setWrong([])
    const counts = [{ lotId: lot.lotId, countedBase, reason }]
    const outcome = await count.run({ stocktakeId: props.stocktakeId, counts })
    if (!outcome.ok) return
    showDone(t('added', { lot: lot.lot }))
    props.onClose()
    props.onAdded(lot.lotId)
  }
  return (
    <Modal
      opened
      onClose={props.onClose}
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
          label={t('addLot')}
          inputRef={lotRef}
          value={lot}
          onTake={setLot}
          onDone={() => countRef.current?.focus()}
          autoFocus
        />
        <TextInput
          ref={countRef}
          label={t('addCount')}
          title={t('countHint')}
          value={counted}
          inputMode="decimal"
          autoComplete="off"
          onChange={(event) => setCounted(event.currentTarget.value)}
        />
        <TextInput
          label={t('addReason')}
          value={reason}
          maxLength={100}
          autoComplete="off"
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Refusals refusals={[...wrong, ...count.refusals]} fault={count.fault} />
        <div className={ledgerStyles.buttons}>
          <Button variant="default" onClick={props.onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" aria-busy={count.busy}>
            {t('addDo')}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
