import { Button, Modal, NativeSelect, Radio, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useState } from 'react'
import { useLocation } from 'wouter'
import { categories } from '../../api/contract/item.ts'
import { Refusals } from '../frame/refusals.tsx'
import ledgerStyles from '../ledger/ledger.module.css'
import { api, client, queryClient, useCommand } from '../query.ts'
import { stocktakeText } from '../text/stocktake.ts'
import { nameOf, useLanguage, useText } from '../text/text.ts'
import { wordText } from '../text/words.ts'

/** What is to be counted, and whether the counter sees what the ledger says. */
export function StartDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useText(stocktakeText)
  const words = useText(wordText)
  const language = useLanguage()
  const [, go] = useLocation()
  const depotOptions = api.depot.list.queryOptions({ input: { archived: false } })
  const depots = useQuery(depotOptions)
  const [chosenDepot, setChosenDepot] = useState<number | null>(null)
  const depotId = chosenDepot ?? depots.data?.[0]?.placeId ?? null
  const [category, setCategory] = useState('')
  const [shelf, setShelf] = useState('')
  const shelves = useQuery({
    ...api.shelf.list.queryOptions({ input: { depotId: depotId ?? 0 } }),
    enabled: depotId !== null,
  })
  const shelfNames = [...new Set((shelves.data ?? []).map((row) => row.shelf))]
  const [blind, setBlind] = useState(true)
  const [note, setNote] = useState('')
  const start = useCommand(client.stocktake.start)
  const send = async () => {
    if (start.busy) return
    // Enter may come before the list of depots has.
    const chosen = depotId ?? (await queryClient.ensureQueryData(depotOptions))[0]?.placeId
    if (chosen === undefined) return
    const outcome = await start.run({ depotId: chosen, category, shelf, blind, note })
    if (!outcome.ok) return
    onClose()
    go(`/stocktakes/${outcome.value.head.stocktakeId}`)
  }
  /** In a list of choices Enter would open it, which the space bar and the arrows do as well. */
  const startOnEnter = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return
    event.preventDefault()
    void send()
  }
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t('startTitle')}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <form
        className={ledgerStyles.dialog}
        onSubmit={(event) => {
          event.preventDefault()
          void send()
        }}
      >
        <p>{t('startLead')}</p>
        <NativeSelect
          label={t('depot')}
          data-autofocus
          value={depotId === null ? '' : String(depotId)}
          onChange={(event) => {
            setChosenDepot(Number(event.currentTarget.value))
            setShelf('')
          }}
          onKeyDown={startOnEnter}
          data={(depots.data ?? []).map((depot) => ({ value: String(depot.placeId), label: nameOf(depot, language) }))}
        />
        <NativeSelect
          label={t('category')}
          value={category}
          onChange={(event) => setCategory(event.currentTarget.value)}
          onKeyDown={startOnEnter}
          data={[
            { value: '', label: t('allCategories') },
            ...categories.map((value) => ({ value: value as string, label: words(`category-${value}`) })),
          ]}
        />
        {shelfNames.length > 0 && (
          <NativeSelect
            label={t('shelf')}
            value={shelf}
            onChange={(event) => setShelf(event.currentTarget.value)}
            onKeyDown={startOnEnter}
            data={[{ value: '', label: t('allShelves') }, ...shelfNames.map((value) => ({ value, label: value }))]}
          />
        )}
        <Radio.Group
          label={t('mode')}
          value={blind ? 'blind' : 'expected'}
          onChange={(value) => setBlind(value === 'blind')}
        >
          <div className={ledgerStyles.choices}>
            <Radio value="blind" label={t('blindHint')} />
            <Radio value="expected" label={t('expectedHint')} />
          </div>
        </Radio.Group>
        <TextInput
          label={t('note')}
          value={note}
          maxLength={500}
          autoComplete="off"
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <Refusals refusals={start.refusals} fault={start.fault} />
        <div className={ledgerStyles.buttons}>
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" aria-busy={start.busy}>
            {t('startDo')}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
