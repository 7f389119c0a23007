import { Button, Modal, TextInput } from '@mantine/core'
import { useState } from 'react'
import { formatNumber } from '../format.ts'
import { Refusals } from '../frame/refusals.tsx'
import ledgerStyles from '../ledger/ledger.module.css'
import { showDone } from '../ledger/show-done.ts'
import { client, useCommand } from '../query.ts'
import { holdText } from '../text/hold.ts'
import { pickName, useLanguage, useText } from '../text/text.ts'
import { measureName } from '../text/words.ts'

export type Hold = Awaited<ReturnType<typeof client.hold.list>>[number]

/** Releases a held lot, or sends what is free of it back to its supplier. */
export function CloseHoldDialog(props: {
  readonly kind: 'release' | 'reject'
  readonly hold: Hold
  readonly onClose: () => void
}) {
  const t = useText(holdText)
  const language = useLanguage()
  const { kind, hold, onClose } = props
  const [note, setNote] = useState('')
  const close = useCommand(kind === 'release' ? client.hold.release : client.hold.reject)
  const isRelease = kind === 'release'
  const quantity = (base: number) => `${formatNumber(base)} ${measureName(hold.baseUnit, language)}`
  const item = pickName(hold.itemName, hold.itemNameEn, language)
  const send = async () => {
    if (close.busy) return
    const outcome = await close.run({ holdId: hold.holdId, note })
    if (!outcome.ok) return
    showDone(t(isRelease ? 'released' : 'rejected', { lot: hold.lot }))
    onClose()
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(isRelease ? 'releaseTitle' : 'rejectTitle', { lot: hold.lot })}
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
        {isRelease ? (
          <p>{t('releaseLead', { item, quantity: quantity(hold.onHandBase) })}</p>
        ) : (
          <p>
            {t('rejectLead', {
              item,
              free: quantity(Math.max(0, hold.onHandBase - hold.reservedBase)),
              supplier: pickName(hold.supplierName, hold.supplierNameEn, language),
            })}
          </p>
        )}
        {!isRelease && hold.reservedBase > 0 && <p>{t('rejectReserved', { reserved: quantity(hold.reservedBase) })}</p>}
        <TextInput
          label={t(isRelease ? 'releaseNote' : 'rejectNote')}
          value={note}
          maxLength={500}
          autoComplete="off"
          data-autofocus
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <Refusals refusals={close.refusals} fault={close.fault} />
        <div className={ledgerStyles.buttons}>
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" aria-busy={close.busy} {...(isRelease ? {} : { color: 'red.9' })}>
            {t(isRelease ? 'releaseDo' : 'rejectDo')}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
