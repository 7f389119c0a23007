import { TextInput } from '@mantine/core'
import { type ReactNode, type RefObject, useId, useMemo, useState } from 'react'
import { type Offer, OfferList } from './offer-list.tsx'

export type PlaceFieldProps = {
  readonly label: string
  readonly offers: readonly (Offer & { readonly search: string })[]
  readonly value: number | null
  readonly onTake: (id: number) => void
  /** Enter, when there is nothing (more) to choose: on to the next field. */
  readonly onDone: () => void
  readonly error?: ReactNode
  readonly inputRef: RefObject<HTMLInputElement | null>
}

const mostOffered = 8

/** A manufacturer or a depot, found while typing by Chinese, pinyin initials or code. Enter keeps the one that stands there. */
export function PlaceField({ label, offers, value, onTake, onDone, error, inputRef }: PlaceFieldProps) {
  const listId = useId()
  const [typed, setTyped] = useState<string | null>(null)
  const [at, setAt] = useState(0)
  const [open, setOpen] = useState(false)
  const current = offers.find((offer) => offer.id === value)
  const found = useMemo(() => {
    const words = (typed ?? '').toLowerCase().split(/\s+/).filter(Boolean)
    const fitting = offers.filter((offer) =>
      words.every((word) => `${offer.search} ${offer.label.toLowerCase()}`.includes(word)),
    )
    return fitting.slice(0, mostOffered)
  }, [offers, typed])
  const close = () => {
    setTyped(null)
    setOpen(false)
    setAt(0)
  }
  const take = (offer: Offer) => {
    onTake(offer.id)
    close()
    onDone()
  }
  return (
    <>
      <TextInput
        ref={inputRef}
        label={label}
        value={typed ?? current?.label ?? ''}
        error={error}
        autoComplete="off"
        spellCheck={false}
        role="combobox"
        aria-expanded={open}
        aria-controls={listId}
        aria-autocomplete="list"
        {...(open && found[at] ? { 'aria-activedescendant': `${listId}-${found[at].id}` } : {})}
        onFocus={(event) => event.currentTarget.select()}
        onBlur={() => {
          // Typed to the end but not taken with Enter: taken where only one fits.
          if (typed !== null && typed.trim() !== '' && found.length === 1) onTake(found[0]!.id)
          close()
        }}
        onChange={(event) => {
          setTyped(event.currentTarget.value)
          setAt(0)
          setOpen(true)
        }}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return
          if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
            event.preventDefault()
            if (!open) return setOpen(true)
            const step = event.key === 'ArrowDown' ? 1 : -1
            setAt((before) => (found.length === 0 ? 0 : (before + step + found.length) % found.length))
          } else if (event.key === 'Enter') {
            event.preventDefault()
            const offer = open ? found[at] : undefined
            if (offer) take(offer)
            else if (typed === null) onDone()
          } else if (event.key === 'Escape' && open) {
            event.stopPropagation()
            close()
          }
        }}
      />
      {open && <OfferList id={listId} label={label} anchor={inputRef.current} offers={found} at={at} onTake={take} />}
    </>
  )
}
