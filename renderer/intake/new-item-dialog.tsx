import { Button, Group, Modal, NativeSelect, NumberInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import { categories, type ItemRow } from '../../api/contract/item.ts'
import type { DraftRow } from '../../core/intake/read-row.ts'
import { Refusals } from '../frame/refusals.tsx'
import { client, useCommand } from '../query.ts'
import { intakeText } from '../text/intake.ts'
import { itemText } from '../text/item.ts'
import { useText } from '../text/text.ts'
import { wordText } from '../text/words.ts'
import styles from './intake.module.css'
import { newItemOf } from './new-items.ts'

/** An item that a list names and the catalogue doesn't have yet, filled in with what the row says. */
export function NewItemDialog(props: {
  readonly row: DraftRow
  readonly name: string
  readonly items: readonly ItemRow[]
  readonly onClose: () => void
  readonly onMade: (item: ItemRow) => void
}) {
  const t = useText(intakeText)
  const words = useText(wordText)
  const itemWords = useText(itemText)
  const save = useCommand(client.item.save)
  const [item, setItem] = useState(() => newItemOf(props.row, props.name, new Set(props.items.map((one) => one.code))))
  const field = (name: 'code' | 'name' | 'specification' | 'standard' | 'baseUnit' | 'packName', label: string) => (
    <TextInput
      label={label}
      value={item[name]}
      maxLength={60}
      {...(name === 'name' ? { 'data-autofocus': true } : {})}
      onChange={(event) => {
        const { value } = event.currentTarget
        setItem((before) => ({ ...before, [name]: value }))
      }}
    />
  )
  const make = async () => {
    const outcome = await save.run({ itemId: null, version: null, ...item })
    if (outcome.ok) props.onMade(outcome.value)
  }
  return (
    <Modal
      opened
      size="lg"
      onClose={props.onClose}
      title={t('newItemTitle')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void make()
        }}
      >
        <Refusals refusals={save.refusals} fault={save.fault} />
        <div className={styles.form}>
          {field('name', words('name'))}
          {field('code', words('code'))}
          <NativeSelect
            label={words('category')}
            value={item.category}
            data={categories.map((value) => ({ value, label: words(`category-${value}`) }))}
            onChange={(event) => {
              const found = categories.find((one) => one === event.currentTarget.value)
              if (found) setItem((before) => ({ ...before, category: found }))
            }}
          />
          {field('specification', words('specification'))}
          {field('standard', words('standard'))}
          {field('baseUnit', words('unitOfMeasure'))}
          {field('packName', itemWords('packName'))}
          <NumberInput
            label={itemWords('packSize')}
            value={item.packSizeBase}
            min={1}
            max={1_000_000}
            allowDecimal={false}
            hideControls
            onChange={(value) => setItem((before) => ({ ...before, packSizeBase: Number(value) }))}
          />
        </div>
        <Group justify="flex-end">
          <Button variant="default" onClick={props.onClose}>
            {t('close')}
          </Button>
          <Button type="submit" aria-busy={save.busy} rightSection={<kbd>Enter</kbd>}>
            {t('createItem')}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
