import { Button, Modal } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { allocationApproveText } from '../text/allocation-approve.ts'
import { useText } from '../text/text.ts'
import styles from './approve.module.css'

export type ConfirmDialogProps = {
  readonly title: string
  readonly text: string
  readonly confirm: string
  readonly children?: ReactNode
  readonly onClose: () => void
  readonly onConfirm: () => Promise<void>
}

/** Says what will be undone and asks once; the way back has the focus. */
export function ConfirmDialog({ title, text, confirm, children, onClose, onConfirm }: ConfirmDialogProps) {
  const t = useText(allocationApproveText)
  const [busy, setBusy] = useState(false)
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('close') }}>
      {children}
      <p>{text}</p>
      <div className={styles.actions}>
        <Button variant="default" data-autofocus onClick={onClose}>
          {t('back')}
        </Button>
        <Button
          color="red.9"
          loading={busy}
          onClick={async () => {
            setBusy(true)
            try {
              await onConfirm()
            } finally {
              setBusy(false)
            }
          }}
        >
          {confirm}
        </Button>
      </div>
    </Modal>
  )
}
