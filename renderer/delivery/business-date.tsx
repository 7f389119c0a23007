import { TextInput } from '@mantine/core'
import { type RefObject, useState } from 'react'
import { readDate } from '../../core/intake/date-text.ts'
import { deliveryText } from '../text/delivery.ts'
import { useText } from '../text/text.ts'

/** A day as people write it, shown as it is kept. */
export function BusinessDate(props: {
  readonly inputRef: RefObject<HTMLInputElement | null>
  readonly value: string
  readonly today: string
  readonly error: string | null
  readonly onChange: (date: string) => void
  readonly onDone: () => void
}) {
  const t = useText(deliveryText)
  const [typed, setTyped] = useState<string | null>(null)
  const take = () => {
    if (typed === null) return
    // What can't be read is kept as it is typed; saving refuses it at this field.
    const { date } = readDate(typed, { purpose: 'day', epoch: 1900, today: props.today })
    props.onChange(date ?? typed.trim().slice(0, 10))
    setTyped(null)
  }
  return (
    <TextInput
      ref={props.inputRef}
      label={t('businessDate')}
      value={typed ?? props.value}
      error={props.error}
      autoComplete="off"
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={take}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return
        if (event.key === 'Enter') {
          take()
          props.onDone()
        } else if ((event.ctrlKey || event.metaKey) && event.code === 'Semicolon') {
          event.preventDefault()
          setTyped(null)
          props.onChange(props.today)
        }
      }}
    />
  )
}
