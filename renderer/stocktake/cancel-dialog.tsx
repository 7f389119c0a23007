import { Button, Modal } from '@mantine/core'
import type { StocktakeDocument } from '../../api/contract/ledger.ts'
import { Refusals } from '../frame/refusals.tsx'
import ledgerStyles from '../ledger/ledger.module.css'
import { showDone } from '../ledger/show-done.ts'
import { client, useCommand } from '../query.ts'
import { stocktakeText } from '../text/stocktake.ts'
import { useText } from '../text/text.ts'

/** Asks once; the way back has the focus. */
export function CancelDialog(props: { readonly head: StocktakeDocument['head']; readonly onClose: () => void }) {
  const t = useText(stocktakeText)
  const { head, onClose } = props
  const cancel = useCommand(client.stocktake.cancel)
  const send = async () => {
    if (cancel.busy) return
    const outcome = await cancel.run({ stocktakeId: head.stocktakeId })
    if (!outcome.ok) return
    showDone(t('cancelled', { number: head.number }))
    onClose()
  }
  return (
    <Modal opened onClose={onClose} title={t('cancelStocktake')} closeButtonProps={{ 'aria-label': t('close') }}>
      <div className={ledgerStyles.dialog}>
        <p>{t('cancelQuestion', { number: head.number, count: head.counted })}</p>
        <Refusals refusals={cancel.refusals} fault={cancel.fault} />
        <div className={ledgerStyles.buttons}>
          <Button variant="default" data-autofocus onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button color="red.9" aria-busy={cancel.busy} onClick={() => void send()}>
            {t('cancelDo')}
          </Button>
        </div>
      </div>
    </Modal>
  )
}
