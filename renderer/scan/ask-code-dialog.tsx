import { Button, Group, Modal, NumberInput } from '@mantine/core'
import { useRef, useState } from 'react'
import type { ItemRow } from '../../api/contract/item.ts'
import { PlaceField } from '../delivery/place-field.tsx'
import { Refusals } from '../frame/refusals.tsx'
import { client, useCommand } from '../query.ts'
import { scanText } from '../text/scan.ts'
import { nameOf, useLanguage, useText } from '../text/text.ts'
import { measureName } from '../text/words.ts'
import styles from './scan.module.css'
import type { KnownCode, Scanned } from './scan-lines.ts'

/** Which item a code is, and how many pieces are behind it: asked once. */
export function AskCodeDialog(props: {
  readonly scanned: Scanned
  readonly items: readonly ItemRow[]
  readonly waiting: number
  readonly onAnswer: (known: KnownCode) => void
  readonly onDismiss: () => void
}) {
  const t = useText(scanText)
  const language = useLanguage()
  const save = useCommand(client.alias.saveCode)
  const itemField = useRef<HTMLInputElement>(null)
  const sizeField = useRef<HTMLInputElement>(null)
  const [itemId, setItemId] = useState<number | null>(null)
  const [size, setSize] = useState<number | null>(null)
  const item = props.items.find((one) => one.itemId === itemId)
  const packSizeBase = size ?? item?.packSizeBase ?? null
  const { code, lot, expiresOn } = props.scanned
  const answer = async () => {
    if (item === undefined) return itemField.current?.focus()
    if (packSizeBase === null) return sizeField.current?.focus()
    const outcome = await save.run({ code, itemId: item.itemId, packSizeBase })
    if (outcome.ok) props.onAnswer(outcome.value)
  }
  return (
    <Modal
      opened
      onClose={props.onDismiss}
      title={t('askTitle')}
      closeButtonProps={{ 'aria-label': t('dismiss') }}
      // The list of items under the field is outside of the dialog.
      trapFocus={false}
    >
      <div className={styles.ask}>
        <p>
          {t('askCode')} <span className={styles.code}>{code}</span>
          {lot !== '' && ` · ${t('askLot', { lot })}`}
          {expiresOn !== null && ` · ${t('askExpiry', { date: expiresOn })}`}
        </p>
        <Refusals refusals={save.refusals} fault={save.fault} />
        <AutoFocus field={itemField} />
        <PlaceField
          label={t('askItem')}
          inputRef={itemField}
          offers={props.items
            .filter((one) => one.archivedAt === null)
            .map((one) => ({
              id: one.itemId,
              label: nameOf(one, language),
              detail: [one.code, one.specification].filter((word) => word !== '').join(' · '),
              search: one.search,
            }))}
          value={itemId}
          onTake={setItemId}
          onDone={() => sizeField.current?.focus()}
        />
        <NumberInput
          ref={sizeField}
          label={t('askSize')}
          description={item === undefined ? '' : t('askSizeHint', { unit: measureName(item.baseUnit, language) })}
          value={packSizeBase ?? ''}
          min={1}
          max={1_000_000}
          allowDecimal={false}
          hideControls
          onFocus={(event) => event.currentTarget.select()}
          onChange={(value) => setSize(value === '' ? null : Number(value))}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.nativeEvent.isComposing) void answer()
          }}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={props.onDismiss}>
            {t('dismiss')}
          </Button>
          <Button aria-busy={save.busy} onClick={() => void answer()}>
            {t('remember')}
          </Button>
        </Group>
        {props.waiting > 0 && <p role="status">{t('waiting', { count: props.waiting })}</p>}
      </div>
    </Modal>
  )
}

function AutoFocus({ field }: { readonly field: { readonly current: HTMLInputElement | null } }) {
  const done = useRef(false)
  return (
    <span
      hidden
      ref={(element) => {
        if (element === null || done.current) return
        done.current = true
        requestAnimationFrame(() => field.current?.focus())
      }}
    />
  )
}
