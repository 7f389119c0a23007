import { Button, Modal, MultiSelect } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconArrowsExchange } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import type { ItemRow } from '../../api/contract/item.ts'
import { useKeys } from '../frame/keys.tsx'
import { useMe } from '../frame/me.ts'
import { Refusals } from '../frame/refusals.tsx'
import { matchChoices } from '../grid/cell-value.ts'
import { api, client, useCommand } from '../query.ts'
import { itemText } from '../text/item.ts'
import { nameOf, useLanguage, useText } from '../text/text.ts'
import styles from './substitutes.module.css'

/** 替代: what may be given in place of an item, in the page's actions; a manager changes it. */
export function Substitutes({ item }: { readonly item: ItemRow }) {
  const t = useText(itemText)
  const language = useLanguage()
  const me = useMe()
  const [open, setOpen] = useState(false)
  const all = useQuery(api.item.substitutes.queryOptions())
  const items = useQuery(api.item.list.queryOptions({ input: { archived: false } }))
  const chosen = useMemo(
    () => all.data?.filter((row) => row.itemId === item.itemId).map((row) => row.substituteId),
    [all.data, item.itemId],
  )
  const canEdit = me.can('manager') && item.archivedAt === null
  const ready = chosen !== undefined && items.data !== undefined
  useKeys(
    'keysScreen',
    canEdit && ready ? [{ chord: 'Alt+S', label: t('substitutesKey'), run: () => setOpen(true) }] : [],
  )
  if (!ready) return null
  const names = chosen.flatMap((id) => {
    const found = items.data.find((one) => one.itemId === id)
    return found ? [nameOf(found, language)] : []
  })
  const words =
    names.length === 0
      ? t('substitutesNone')
      : t('substitutesAre', { names: names.join(language === 'zh' ? '、' : ', ') })
  if (!canEdit) return <span className={styles.plain}>{words}</span>
  return (
    <>
      <Button
        variant="default"
        className={styles.button ?? ''}
        title={words}
        leftSection={<IconArrowsExchange size={16} aria-hidden />}
        rightSection={<kbd>Alt+S</kbd>}
        onClick={() => setOpen(true)}
      >
        {words}
      </Button>
      {open && <SubstitutesDialog item={item} items={items.data} chosen={chosen} onClose={() => setOpen(false)} />}
    </>
  )
}

type DialogProps = {
  readonly item: ItemRow
  readonly items: readonly ItemRow[]
  readonly chosen: readonly number[]
  readonly onClose: () => void
}

function SubstitutesDialog({ item, items, chosen, onClose }: DialogProps) {
  const t = useText(itemText)
  const language = useLanguage()
  const save = useCommand(client.item.saveSubstitutes)
  const [ids, setIds] = useState(() => chosen.map(String))
  const choices = useMemo(
    () =>
      items
        .filter((one) => one.itemId !== item.itemId)
        .map((one) => ({
          value: one.itemId,
          label: [nameOf(one, language), one.specification, one.standard].filter(Boolean).join(' · '),
          search: one.search,
        })),
    [items, item.itemId, language],
  )
  const send = async () => {
    const outcome = await save.run({ itemId: item.itemId, substituteIds: ids.map(Number) })
    if (!outcome.ok) return
    notifications.show({ message: t('substitutesSaved'), closeButtonProps: { 'aria-label': t('close') } })
    onClose()
  }
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t('substitutesTitle', { name: nameOf(item, language) })}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <form
        className={styles.dialog}
        onSubmit={(event) => {
          event.preventDefault()
          void send()
        }}
      >
        <p>{t('substitutesLead')}</p>
        <Refusals refusals={save.refusals} fault={save.fault} onClose={save.clear} />
        <MultiSelect
          data-autofocus
          label={t('substitutes')}
          placeholder={ids.length === 0 ? t('substitutesChoose') : ''}
          searchable
          openOnFocus={false}
          maxValues={20}
          hidePickedOptions
          withScrollArea={false}
          classNames={{ options: styles.options ?? '' }}
          nothingFoundMessage={t('substitutesNothing')}
          comboboxProps={{ transitionProps: { duration: 0 } }}
          data={choices.map(({ value, label }) => ({ value: String(value), label }))}
          filter={({ options, search }) => {
            const fitting = new Set(matchChoices(search, choices).map(({ value }) => String(value)))
            return search.trim() === '' ? options : options.filter((one) => 'value' in one && fitting.has(one.value))
          }}
          value={ids}
          onChange={(next) => {
            save.clear()
            setIds(next)
          }}
        />
        <div className={styles.buttons}>
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={save.busy}>
            {t('save')}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
