import { Button, Modal } from '@mantine/core'
import { formatInstant } from '../format.ts'
import { Refusals } from '../frame/refusals.tsx'
import ledgerStyles from '../ledger/ledger.module.css'
import { showDone } from '../ledger/show-done.ts'
import { client, queryClient, useCommand } from '../query.ts'
import { backupText } from '../text/backup.ts'
import { useText } from '../text/text.ts'

/** Asks once; the way back has the focus. */
export function RestoreDialog(props: {
  readonly file: string
  readonly at: number
  /** It takes a restore back. */
  readonly isUndo: boolean
  readonly onClose: () => void
}) {
  const t = useText(backupText)
  const { file, at, isUndo, onClose } = props
  const restore = useCommand(client.backup.restore)
  const send = async () => {
    if (restore.busy) return
    const outcome = await restore.run({ file })
    if (!outcome.ok) return
    // Every row of every page may be another one now.
    void queryClient.invalidateQueries()
    showDone(t('restored', { at: formatInstant(at) }))
    onClose()
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(isUndo ? 'undo' : 'restoreTitle')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <div className={ledgerStyles.dialog}>
        <p>{isUndo ? t('restoreUndo') : t('restoreQuestion', { at: formatInstant(at) })}</p>
        <Refusals refusals={restore.refusals} fault={restore.fault} />
        <div className={ledgerStyles.buttons}>
          <Button variant="default" data-autofocus onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button color="red.9" aria-busy={restore.busy} onClick={() => void send()}>
            {t('restoreDo')}
          </Button>
        </div>
      </div>
    </Modal>
  )
}
