import { useLayoutEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { deliveryText } from '../text/delivery.ts'
import { useText } from '../text/text.ts'
import styles from './offer-list.module.css'

/** Something that can be taken while typing. */
export type Offer = { readonly id: number; readonly label: string; readonly detail: string }

/** The list under a field in which something is being looked up. The field keeps the focus; this only shows. */
export function OfferList(props: {
  readonly id: string
  readonly label: string
  readonly anchor: HTMLElement | null
  readonly offers: readonly Offer[]
  readonly at: number
  readonly onTake: (offer: Offer) => void
}) {
  const t = useText(deliveryText)
  const list = useRef<HTMLDivElement>(null)
  const [place, setPlace] = useState<{ left: number; top: number; width: number } | null>(null)
  const { anchor, offers } = props
  useLayoutEffect(() => {
    const move = () => {
      if (anchor === null) return
      const field = anchor.getBoundingClientRect()
      const height = list.current?.offsetHeight ?? 0
      const below = field.bottom + 2
      // Above the field where there is no room below it.
      const top = below + height > innerHeight && field.top - height > 0 ? field.top - height - 2 : below
      const width = Math.max(field.width, 340)
      const next = { left: Math.max(8, Math.min(field.left, innerWidth - width - 8)), top, width }
      setPlace((before) =>
        before !== null && before.left === next.left && before.top === next.top && before.width === next.width
          ? before
          : next,
      )
    }
    void offers
    move()
    addEventListener('scroll', move, true)
    addEventListener('resize', move)
    return () => {
      removeEventListener('scroll', move, true)
      removeEventListener('resize', move)
    }
  }, [anchor, offers])
  return createPortal(
    <div
      ref={list}
      className={styles.list}
      style={place === null ? { visibility: 'hidden' } : { left: place.left, top: place.top, width: place.width }}
    >
      <div role="listbox" id={props.id} aria-label={props.label}>
        {offers.map((offer, index) => (
          <div
            key={offer.id}
            id={`${props.id}-${offer.id}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === props.at}
            className={styles.offer}
            // The field must not lose the focus before the click counts.
            onMouseDown={(event) => {
              event.preventDefault()
              props.onTake(offer)
            }}
          >
            <span className={styles.label}>{offer.label}</span>
            <span className={styles.detail}>{offer.detail}</span>
          </div>
        ))}
      </div>
      <div className={styles.hint}>{t(offers.length === 0 ? 'nothingFits' : 'pickHint')}</div>
    </div>,
    document.body,
  )
}
