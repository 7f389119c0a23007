import { Button, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { type KeyboardEvent, type RefObject, useMemo, useRef, useState } from 'react'
import type { ItemRow } from '../../api/contract/item.ts'
import type { LabelKind } from '../../core/label.ts'
import type { Refusal } from '../../core/refusal.ts'
import { PlaceField } from '../delivery/place-field.tsx'
import { useMe } from '../frame/me.ts'
import { DayField } from '../ledger/day-field.tsx'
import { headError } from '../ledger/head-error.ts'
import type { KnownCode } from '../scan/scan-lines.ts'
import { labelText } from '../text/label.ts'
import { nameOf, useLanguage, useText } from '../text/text.ts'
import styles from './label.module.css'
import { decideTypedLabel, type LabelSource, type TypedLabel } from './label-rows.ts'

type Props = {
  readonly kind: LabelKind
  readonly items: ReadonlyMap<number, ItemRow>
  readonly codes: readonly KnownCode[]
  readonly itemRef: RefObject<HTMLInputElement | null>
  readonly onAdd: (source: LabelSource) => void
}

const blank: TypedLabel = { itemId: null, lot: '', expiresOn: '', quantity: '', copies: '', shelf: '' }
let added = 0

/** A label typed by hand: Enter goes from field to field, and adds the row in the last. */
export function AddLabel({ kind, items, codes, itemRef, onAdd }: Props) {
  const t = useText(labelText)
  const language = useLanguage()
  const today = useMe().businessDate
  const [typed, setTyped] = useState<TypedLabel>(blank)
  const [refusals, setRefusals] = useState<readonly Refusal[]>([])
  const form = useRef<HTMLDivElement>(null)
  const offers = useMemo(
    () =>
      [...items.values()].map((item) => ({
        id: item.itemId,
        label: nameOf(item, language),
        detail: [item.code, item.specification, item.standard].filter(Boolean).join(' · '),
        search: item.search,
      })),
    [items, language],
  )
  const change = (part: Partial<TypedLabel>) => {
    setTyped((before) => ({ ...before, ...part }))
    setRefusals([])
  }
  const error = (field: string) => headError(refusals, field, language)
  const add = (now: TypedLabel) => {
    added += 1
    const decision = decideTypedLabel(now, items, codes, `typed-${added}`)
    if (!decision.ok) {
      setRefusals(decision.refusals)
      const first = decision.refusals[0]?.field
      form.current?.querySelector<HTMLInputElement>(`[data-field="${first}"] input`)?.focus()
      return
    }
    onAdd(decision.value)
    setTyped(blank)
    setRefusals([])
    itemRef.current?.focus()
  }
  /** To the field after the one with the cursor. */
  const goOn = () => {
    const fields = [...(form.current?.querySelectorAll('input') ?? [])]
    const at = fields.findIndex((field) => field.matches(':focus'))
    fields[at + 1]?.focus()
  }
  const onEnter = (last: boolean) => (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
    event.preventDefault()
    if (last) add(typed)
    else goOn()
  }
  const plain = (name: 'lot' | 'quantity' | 'copies' | 'shelf', field: string, longest: number) => (
    <div data-field={field}>
      <TextInput
        label={t(name)}
        value={typed[name]}
        maxLength={longest}
        autoComplete="off"
        error={error(field)}
        onChange={(event) => change({ [name]: event.currentTarget.value })}
        onKeyDown={onEnter(name === 'copies')}
      />
    </div>
  )
  return (
    <section className={styles.add} aria-label={t('addTitle')} ref={form}>
      <div data-field="itemId">
        <PlaceField
          label={t('item')}
          inputRef={itemRef}
          offers={offers}
          value={typed.itemId}
          error={error('itemId')}
          onTake={(itemId) => change({ itemId })}
          onDone={goOn}
        />
      </div>
      {kind === 'shelf' ? (
        plain('shelf', 'shelf', 20)
      ) : (
        <>
          {plain('lot', 'lot', 60)}
          <div data-field="expiresOn">
            <DayField
              label={t('expiresOn')}
              value={typed.expiresOn}
              today={today}
              error={error('expiresOn')}
              onChange={(expiresOn) => change({ expiresOn })}
              onDone={goOn}
            />
          </div>
          {plain('quantity', 'quantityBase', 15)}
        </>
      )}
      {plain('copies', 'copies', 8)}
      <Button
        variant="default"
        className={styles.addButton ?? ''}
        leftSection={<IconPlus size={16} aria-hidden />}
        onClick={() => add(typed)}
      >
        {t('add')}
      </Button>
    </section>
  )
}
