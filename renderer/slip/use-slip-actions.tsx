import { notifications } from '@mantine/notifications'
import { type ReactNode, useState } from 'react'
import type { SlipDocument, SlipHead } from '../../api/contract/round.ts'
import { useMe } from '../frame/me.ts'
import { openPreview } from '../print/print.tsx'
import { client, outcomeOf } from '../query.ts'
import { frameText } from '../text/frame.ts'
import { refusalText } from '../text/refusal.ts'
import { slipText } from '../text/slip.ts'
import { useLanguage, useText } from '../text/text.ts'
import { type SlipAction, SlipRunDialog } from './slip-run-dialog.tsx'

const mostAtOnce = 500

/** Documents of any number of slips, in their order. */
async function readSlips(slips: readonly SlipHead[]): Promise<SlipDocument[]> {
  const documents: SlipDocument[] = []
  for (let index = 0; index < slips.length; index += mostAtOnce) {
    const slipIds = slips.slice(index, index + mostAtOnce).map((slip) => slip.slipId)
    documents.push(...(await client.slip.get({ slipIds })))
  }
  return documents
}

/** What can be done to some slips, the same on the list and on one slip's page. */
export function useSlipActions(): {
  readonly print: (slips: readonly SlipHead[], kind: 'slips' | 'pick-lists') => void
  readonly ask: (action: SlipAction, slips: readonly SlipHead[]) => void
  readonly canDispatch: boolean
  readonly canCancel: boolean
  readonly dialog: ReactNode
} {
  const t = useText(slipText)
  const frame = useText(frameText)
  const language = useLanguage()
  const me = useMe()
  const [asked, setAsked] = useState<{ action: SlipAction; slips: readonly SlipHead[] } | null>(null)
  const canDispatch = me.can('clerk', 'manager')
  const canCancel = me.can('manager')
  return {
    print(slips, kind) {
      if (slips.length === 0) return
      const note =
        slips.length > mostAtOnce
          ? notifications.show({
              message: t('reading', { count: slips.length }),
              loading: true,
              autoClose: false,
              withCloseButton: false,
            })
          : null
      readSlips(slips)
        .then((documents) => openPreview({ kind, documents }))
        .catch((error: unknown) => {
          const { refusals, fault } = outcomeOf(error)
          const message =
            fault === null
              ? refusals.map((refusal) => refusalText(refusal, language)).join(' ')
              : frame(`fault-${fault.kind}`, { reference: fault.reference })
          notifications.show({
            color: 'red',
            message,
            autoClose: 15_000,
            closeButtonProps: { 'aria-label': t('close') },
          })
        })
        .finally(() => {
          if (note !== null) notifications.hide(note)
        })
    },
    ask(action, slips) {
      if (slips.length > 0 && (action === 'dispatch' ? canDispatch : canCancel)) setAsked({ action, slips })
    },
    canDispatch,
    canCancel,
    dialog:
      asked === null ? null : (
        <SlipRunDialog action={asked.action} slips={asked.slips} onClose={() => setAsked(null)} />
      ),
  }
}
