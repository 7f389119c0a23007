import { TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { readDate } from '../../core/intake/date-text.ts'

type Props = {
  readonly label: string
  readonly value: string
  readonly today: string
  readonly error?: ReactNode
  readonly onChange: (day: string) => void
}

/** A day ahead as people write it, shown as it is kept. What can't be read stays as it was typed, and is refused. */
export function ComingDayField({ label, value, today, error, onChange }: Props) {
  const [typed, setTyped] = useState<string | null>(null)
  const take = () => {
    if (typed === null) return
    const { date } = readDate(typed, { purpose: 'coming', epoch: 1900, today })
    onChange(date ?? typed.trim().slice(0, 10))
    setTyped(null)
  }
  return (
    <TextInput
      label={label}
      value={typed ?? value}
      error={error}
      placeholder="YYYY-MM-DD"
      autoComplete="off"
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={take}
      onKeyDown={(event) => event.key === 'Enter' && !event.nativeEvent.isComposing && take()}
    />
  )
}
