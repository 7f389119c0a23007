import { memo, type RefObject, useEffect, useMemo, useState } from 'react'
import { PlaceField, type PlaceFieldProps } from '../delivery/place-field.tsx'
import { intakeText } from '../text/intake.ts'
import { useText } from '../text/text.ts'
import type { SenderChoice, SenderPart } from './senders.ts'

/** Fields drawn in one go: more of them would hold up the window as the dialog opens. */
const atOnce = 12

export type SenderFieldsProps = {
  readonly parts: readonly SenderPart[]
  readonly choices: ReadonlyMap<string, SenderChoice>
  readonly idOf: (choice: SenderChoice | undefined) => number | null
  readonly offers: PlaceFieldProps['offers']
  /** The fields by the place of their sender. */
  readonly fields: RefObject<(HTMLInputElement | null)[]>
  readonly onChoose: (key: string, id: number) => void
  /** Enter in the last of them. */
  readonly onDone: () => void
}

/** Whose the rows of each sender are. Drawn again only where a choice has changed: a list may have hundreds of senders. */
export const SenderFields = memo(function SenderFields(props: SenderFieldsProps) {
  const { parts, choices, idOf, fields } = props
  const [drawn, setDrawn] = useState(atOnce)
  useEffect(() => {
    if (drawn >= parts.length) return
    const timer = setTimeout(() => setDrawn(drawn + atOnce))
    return () => clearTimeout(timer)
  }, [drawn, parts.length])
  return parts
    .slice(0, drawn)
    .map(({ key, name, rows }, index) => (
      <SenderField
        key={key}
        sender={key}
        name={name}
        rows={rows.length}
        index={index}
        isLast={index + 1 === parts.length}
        value={idOf(choices.get(key))}
        offers={props.offers}
        fields={fields}
        onChoose={props.onChoose}
        onDone={props.onDone}
      />
    ))
})

const SenderField = memo(function SenderField(
  props: Pick<SenderFieldsProps, 'offers' | 'fields' | 'onChoose' | 'onDone'> & {
    readonly sender: string
    readonly name: string
    readonly rows: number
    readonly index: number
    readonly isLast: boolean
    readonly value: number | null
  },
) {
  const t = useText(intakeText)
  const { fields, index } = props
  const ref = useMemo<RefObject<HTMLInputElement | null>>(
    () => ({
      get current() {
        return fields.current[index] ?? null
      },
      set current(element) {
        fields.current[index] = element
      },
    }),
    [fields, index],
  )
  return (
    <PlaceField
      label={t('senderField', { name: props.name || t('senderNone'), count: props.rows })}
      inputRef={ref}
      offers={props.offers}
      value={props.value}
      onTake={(id) => props.onChoose(props.sender, id)}
      onDone={() => (props.isLast ? props.onDone() : fields.current[index + 1]?.focus())}
    />
  )
})
