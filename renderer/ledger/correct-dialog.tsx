import { Button, Modal, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useLocation } from 'wouter'
import type { PostingHead } from '../../api/contract/ledger.ts'
import { Refusals } from '../frame/refusals.tsx'
import { client, useCommand } from '../query.ts'
import { ledgerText } from '../text/ledger.ts'
import { useText } from '../text/text.ts'
import styles from './ledger.module.css'
import { showDone } from './show-done.ts'

/** Asks why, and reverses a posting by a new one; says where its stock went when it is no longer there. */
export function CorrectDialog({ head, onClose }: { readonly head: PostingHead; readonly onClose: () => void }) {
  const t = useText(ledgerText)
  const [, go] = useLocation()
  const [reason, setReason] = useState('')
  const correct = useCommand(client.ledger.correct)
  const send = async () => {
    if (correct.busy) return
    const outcome = await correct.run({ postingSeq: head.postingSeq, reason })
    if (!outcome.ok) return
    showDone(t('corrected', { number: outcome.value.head.number }))
    onClose()
    go(`/ledger/${outcome.value.head.postingSeq}`)
  }
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t('correctTitle', { number: head.number })}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <form
        className={styles.dialog}
        onSubmit={(event) => {
          event.preventDefault()
          void send()
        }}
      >
        <p>{t('correctLead', { count: head.lines })}</p>
        <TextInput
          label={t('correctReason')}
          value={reason}
          maxLength={500}
          autoComplete="off"
          data-autofocus
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Refusals refusals={correct.refusals} fault={correct.fault} />
        <div className={styles.buttons}>
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" aria-busy={correct.busy}>
            {t('correctDo')}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
