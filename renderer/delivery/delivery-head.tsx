import { Alert, Anchor, Checkbox, TextInput } from '@mantine/core'
import { type RefObject, useEffect, useRef } from 'react'
import { Link } from 'wouter'
import type { DepotRow, SupplierRow } from '../../api/contract/place.ts'
import type { Refusal } from '../../core/refusal.ts'
import { deliveryText } from '../text/delivery.ts'
import { nameOf, useLanguage, useText } from '../text/text.ts'
import { BusinessDate } from './business-date.tsx'
import styles from './delivery.module.css'
import type { DraftHead } from './draft.ts'
import type { HeadField } from './form-refusals.ts'
import { PlaceField } from './place-field.tsx'

export type HeadRefs = {
  readonly [field in Exclude<HeadField, 'lines'> | 'noteRepeat']: RefObject<HTMLInputElement | null>
}

export function useHeadRefs(): HeadRefs {
  const supplierId = useRef<HTMLInputElement>(null)
  const depotId = useRef<HTMLInputElement>(null)
  const businessDate = useRef<HTMLInputElement>(null)
  const noteNumber = useRef<HTMLInputElement>(null)
  const note = useRef<HTMLInputElement>(null)
  const noteRepeat = useRef<HTMLInputElement>(null)
  return useRef({ supplierId, depotId, businessDate, noteNumber, note, noteRepeat }).current
}

/** From whom, where to, under which note, on which day. Enter goes to what a delivery differs in, then to the lines. */
export function DeliveryHeadFields(props: {
  readonly head: DraftHead
  readonly change: (change: Partial<DraftHead>) => void
  readonly suppliers: readonly SupplierRow[]
  readonly depots: readonly DepotRow[]
  readonly today: string
  readonly refs: HeadRefs
  readonly error: (field: HeadField) => string | null
  /** The earlier delivery under the same note number, when there is one. */
  readonly used: Refusal | undefined
  readonly onDone: () => void
}) {
  const t = useText(deliveryText)
  const language = useLanguage()
  const { head, change, refs, error, used } = props
  useEffect(() => {
    if (used !== undefined) refs.noteRepeat.current?.focus()
  }, [used, refs])
  const offersOf = (rows: readonly (SupplierRow | DepotRow)[]) =>
    rows.map((row) => ({
      id: row.placeId,
      label: nameOf(row, language),
      detail: [row.code, row.town].filter((word) => word !== '').join(' · '),
      search: row.search,
    }))
  return (
    <>
      <div className={styles.head}>
        <PlaceField
          label={t('supplier')}
          inputRef={refs.supplierId}
          offers={offersOf(props.suppliers)}
          value={head.supplierId}
          error={error('supplierId')}
          onTake={(supplierId) => change({ supplierId })}
          onDone={() => refs.noteNumber.current?.focus()}
        />
        <TextInput
          ref={refs.noteNumber}
          label={t('noteNumber')}
          value={head.noteNumber}
          // Why, and what to do about it, stands under the fields, where there is room for it.
          error={used !== undefined || error('noteNumber')}
          maxLength={100}
          autoComplete="off"
          onChange={(event) => change({ noteNumber: event.currentTarget.value, noteRepeat: false })}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.nativeEvent.isComposing) props.onDone()
          }}
        />
        <PlaceField
          label={t('depot')}
          inputRef={refs.depotId}
          offers={offersOf(props.depots)}
          value={head.depotId}
          error={error('depotId')}
          onTake={(depotId) => change({ depotId })}
          onDone={() => refs.businessDate.current?.focus()}
        />
        <BusinessDate
          inputRef={refs.businessDate}
          value={head.businessDate}
          today={props.today}
          error={error('businessDate')}
          onChange={(businessDate) => change({ businessDate })}
          onDone={props.onDone}
        />
        <TextInput
          ref={refs.note}
          label={t('note')}
          value={head.note}
          error={error('note')}
          maxLength={500}
          onChange={(event) => change({ note: event.currentTarget.value })}
        />
        <Checkbox
          className={styles.inspect}
          label={t('inspect')}
          title={t('inspectHint')}
          checked={head.inspect}
          onChange={(event) => change({ inspect: event.currentTarget.checked })}
        />
      </div>
      {used !== undefined && (
        <Alert color="yellow" role="alert">
          <div className={styles.used}>
            <span>{error('noteNumber')}</span>
            <Anchor component={Link} c="inherit" underline="always" href={`/deliveries/${used.about.postingSeq}`}>
              {t('seeEarlier', { number: String(used.about.number), date: String(used.about.businessDate) })}
            </Anchor>
            <Checkbox
              ref={refs.noteRepeat}
              label={t('otherDelivery')}
              checked={head.noteRepeat}
              onChange={(event) => change({ noteRepeat: event.currentTarget.checked })}
            />
          </div>
        </Alert>
      )}
    </>
  )
}
