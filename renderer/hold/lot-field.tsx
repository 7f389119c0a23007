import { TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type ReactNode, type RefObject, useId, useState } from 'react'
import type { FoundLot } from '../../api/contract/ledger.ts'
import { type Offer, OfferList } from '../delivery/offer-list.tsx'
import { formatNumber } from '../format.ts'
import { api } from '../query.ts'
import { holdText } from '../text/hold.ts'
import { type Language, pickName, type Translate, useLanguage, useText } from '../text/text.ts'
import { measureName } from '../text/words.ts'

export type LotFieldProps = {
  readonly label: string
  readonly value: FoundLot | null
  readonly onTake: (lot: FoundLot) => void
  /** Enter once a lot is chosen: on to the next field. */
  readonly onDone: () => void
  readonly error?: ReactNode
  readonly inputRef: RefObject<HTMLInputElement | null>
  /** Among filters: small, its label for screen readers. */
  readonly inline?: boolean
  readonly autoFocus?: boolean
}

const mostOffered = 6

/** Any lot, found while typing by its number or by its item, also when nothing of it is left in a depot. */
export function LotField(props: LotFieldProps) {
  const { label, value, onTake, onDone, error, inputRef, inline = false } = props
  const t = useText(holdText)
  const language = useLanguage()
  const listId = useId()
  const [typed, setTyped] = useState<string | null>(null)
  const [at, setAt] = useState(0)
  const [text] = useDebouncedValue(typed?.trim() ?? '', 80)
  const found = useQuery({
    ...api.ledger.findLots.queryOptions({ input: { text, limit: mostOffered } }),
    enabled: text !== '',
    placeholderData: keepPreviousData,
  })
  const open = typed !== null && typed.trim() !== ''
  const lots = open ? (found.data ?? []) : []
  const offers: Offer[] = lots.map((lot) => offerOf(lot, t, language))
  const take = (lot: FoundLot) => {
    onTake(lot)
    setTyped(null)
    setAt(0)
    onDone()
  }
  return (
    <>
      <TextInput
        ref={inputRef}
        {...(inline ? { 'aria-label': label, placeholder: label, size: 'xs' as const } : { label })}
        {...(props.autoFocus ? { 'data-autofocus': true } : {})}
        value={typed ?? (value === null ? '' : titleOf(value, language))}
        error={error}
        autoComplete="off"
        spellCheck={false}
        role="combobox"
        aria-expanded={open}
        aria-controls={listId}
        aria-autocomplete="list"
        {...(open && lots[at] ? { 'aria-activedescendant': `${listId}-${lots[at].lotId}` } : {})}
        onFocus={(event) => event.currentTarget.select()}
        onBlur={() => setTyped(null)}
        onChange={(event) => {
          setTyped(event.currentTarget.value)
          setAt(0)
        }}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return
          if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && lots.length > 0) {
            event.preventDefault()
            const step = event.key === 'ArrowDown' ? 1 : -1
            setAt((before) => (before + step + lots.length) % lots.length)
          } else if (event.key === 'Enter' && !event.ctrlKey) {
            event.preventDefault()
            // What was found for the text before is not what was just typed.
            const lot = text === typed?.trim() && !found.isPlaceholderData ? lots[at] : undefined
            if (lot) take(lot)
            else if (typed === null && value !== null) onDone()
          } else if (event.key === 'Escape' && open) {
            event.stopPropagation()
            setTyped(null)
          }
        }}
      />
      {open && found.data !== undefined && (
        <OfferList
          id={listId}
          label={label}
          anchor={inputRef.current}
          offers={offers}
          at={at}
          onTake={(offer) => {
            const lot = lots.find(({ lotId }) => lotId === offer.id)
            if (lot) take(lot)
          }}
        />
      )}
    </>
  )
}

export const titleOf = (lot: FoundLot, language: Language): string =>
  `${lot.lot} ${pickName(lot.itemName, lot.itemNameEn, language)}`

function offerOf(lot: FoundLot, t: Translate<(typeof holdText.keys)[number]>, language: Language): Offer {
  const unit = measureName(lot.baseUnit, language)
  const detail = [
    pickName(lot.supplierName, lot.supplierNameEn, language),
    lot.expiresOn ?? '',
    t('inDepots', { quantity: `${formatNumber(lot.depotBase)} ${unit}` }),
    t('inUnits', { quantity: `${formatNumber(lot.unitBase)} ${unit}` }),
  ]
  return { id: lot.lotId, label: titleOf(lot, language), detail: detail.filter((word) => word !== '').join(' · ') }
}
