import { TextInput } from '@mantine/core'
import { IconCalendar } from '@tabler/icons-react'
import { type ReactNode, type RefObject, useState } from 'react'
import { readDate } from '../../core/intake/date-text.ts'
import styles from './ledger.module.css'

const calendar = <IconCalendar size={15} aria-hidden />

export type DayFieldProps = {
  readonly label: string
  readonly value: string
  readonly today: string
  readonly onChange: (date: string) => void
  /** Enter: on to the next field. */
  readonly onDone?: (() => void) | undefined
  readonly error?: ReactNode
  readonly inputRef?: RefObject<HTMLInputElement | null> | undefined
  /** Among filters: small, with its label for screen readers and as a hint. */
  readonly inline?: boolean
}

/** A day as people write it (`20260206`, `2月6日`), shown as it is kept. What can't be read is kept as typed, and refused. */
export function DayField(props: DayFieldProps) {
  const { label, value, today, onChange, onDone, error, inputRef, inline = false } = props
  const [typed, setTyped] = useState<string | null>(null)
  const take = () => {
    if (typed === null) return
    const { date } = readDate(typed, { purpose: 'day', epoch: 1900, today })
    onChange(date ?? typed.trim().slice(0, 10))
    setTyped(null)
  }
  return (
    <TextInput
      ref={inputRef}
      {...(inline
        ? { 'aria-label': label, title: label, size: 'xs', className: styles.day ?? '', leftSection: calendar }
        : { label })}
      value={typed ?? value}
      error={error}
      autoComplete="off"
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={take}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing || event.key !== 'Enter') return
        take()
        onDone?.()
      }}
    />
  )
}
