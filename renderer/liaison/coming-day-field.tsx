import { TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { readComingDay } from './coming-day.ts'

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
    onChange(readComingDay(typed, today) ?? typed.trim().slice(0, 10))
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
