import { Button, Group, Modal } from '@mantine/core'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { deliveryText } from '../text/delivery.ts'
import { useText } from '../text/text.ts'

/** Asks before unposted lines are thrown away. */
export function DiscardDialog(props: {
  readonly name: string
  readonly lines: number
  readonly onKeep: () => void
  readonly onDiscard: () => Promise<void>
}) {
  const t = useText(deliveryText)
  const [, go] = useLocation()
  const [busy, setBusy] = useState(false)
  return (
    <Modal opened onClose={props.onKeep} title={props.name} closeButtonProps={{ 'aria-label': t('keep') }}>
      <p>{t('discardQuestion', { count: props.lines })}</p>
      <Group justify="flex-end">
        <Button variant="default" onClick={props.onKeep} data-autofocus>
          {t('keep')}
        </Button>
        <Button
          color="red.9"
          aria-busy={busy}
          onClick={async () => {
            setBusy(true)
            await props.onDiscard()
            props.onKeep()
            go('/deliveries')
          }}
        >
          {t('discard')}
        </Button>
      </Group>
    </Modal>
  )
}
