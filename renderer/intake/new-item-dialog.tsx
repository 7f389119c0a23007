import { Button, Checkbox, Group, Modal, NativeSelect, NumberInput, TextInput } from '@mantine/core'
import { useMemo, useState } from 'react'
import { categories, type ItemRow } from '../../api/contract/item.ts'
import type { DraftRow } from '../../core/intake/read-row.ts'
import { formatNumber } from '../format.ts'
import { Refusals } from '../frame/refusals.tsx'
import { client, useCommand } from '../query.ts'
import { intakeText } from '../text/intake.ts'
import { itemText } from '../text/item.ts'
import { useText } from '../text/text.ts'
import { unitListText } from '../text/unit-list.ts'
import { wordText } from '../text/words.ts'
import styles from './intake.module.css'
import type { ListRow } from './list-rows.ts'
import { newItemOf, otherMissingItems } from './new-items.ts'

/** An item that a list names and the catalogue doesn't have yet, filled in with what the row says. */
export function NewItemDialog(props: {
  readonly row: DraftRow
  readonly name: string
  readonly items: readonly ItemRow[]
  readonly onClose: () => void
  /** All rows of the list, which may name others that aren't on file. */
  readonly rows: readonly ListRow[]
  /** The item of the row, and those that were made with it, each with a row that names it. */
  readonly onMade: (item: ItemRow, others: readonly { readonly key: number; readonly item: ItemRow }[]) => void
}) {
  const t = useText(intakeText)
  const words = useText(wordText)
  const more = useText(unitListText)
  const itemWords = useText(itemText)
  const save = useCommand(client.item.addList)
  const [all, setAll] = useState(false)
  const [item, setItem] = useState(() => newItemOf(props.row, props.name, new Set(props.items.map((one) => one.code))))
  const others = useMemo(
    () => otherMissingItems(props.name, props.rows, new Set([...props.items.map((one) => one.code), item.code])),
    [props.name, props.rows, props.items, item.code],
  )
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
    const added = all ? others : []
    const outcome = await save.run({ items: [item, ...added.map((one) => one.item)] })
    if (!outcome.ok) return
    const [made, ...rest] = outcome.value
    if (made !== undefined)
      props.onMade(
        made,
        rest.map((one, index) => ({ key: added[index]!.row.key, item: one })),
      )
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
        {others.length > 0 && (
          <Checkbox
            mt="sm"
            label={more('allOtherItems', { count: others.length, formatted: formatNumber(others.length) })}
            checked={all}
            onChange={(event) => setAll(event.currentTarget.checked)}
          />
        )}
        {all && (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and must scroll with the keyboard too
          <section className={styles.leftOut} tabIndex={0} aria-label={more('otherItems')}>
            <table className={styles.columnTable}>
              <thead>
                <tr>
                  <th scope="col">{words('name')}</th>
                  <th scope="col">{words('category')}</th>
                  <th scope="col">{words('specification')}</th>
                  <th scope="col">{words('unitOfMeasure')}</th>
                  <th scope="col">{more('rowsOf')}</th>
                </tr>
              </thead>
              <tbody>
                {others.map((one) => (
                  <tr key={one.row.key}>
                    <td>{one.name}</td>
                    <td>{words(`category-${one.item.category}`)}</td>
                    <td>{one.item.specification}</td>
                    <td>{one.item.baseUnit}</td>
                    <td>{one.rows}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        )}
        <Group justify="flex-end" mt="sm">
          <Button variant="default" onClick={props.onClose}>
            {t('close')}
          </Button>
          <Button type="submit" aria-busy={save.busy} rightSection={<kbd>Enter</kbd>}>
            {all ? more('createItems', { count: 1 + others.length }) : t('createItem')}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
