import { Button, Checkbox, Popover, TextInput } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useState } from 'react'
import { allocationText } from '../text/allocation.ts'
import { useText } from '../text/text.ts'
import styles from './toolbar.module.css'

export type PickerOption = {
  readonly id: number
  readonly label: string
  readonly detail: string
  readonly search: string
}

export type ChoicePickerProps = {
  readonly label: string
  /** What no choice means: `全部`. */
  readonly allLabel: string
  readonly options: readonly PickerOption[]
  /** null: all of them. */
  readonly chosen: readonly number[] | null
  readonly onChoose: (chosen: readonly number[] | null) => void
}

const mostShown = 200

/** Which depots, items or units: all, or those ticked. Found by typing, taken with Enter. */
export function ChoicePicker({ label, allLabel, options, chosen, onChoose }: ChoicePickerProps) {
  const t = useText(allocationText)
  const [opened, setOpened] = useState(false)
  const [search, setSearch] = useState('')
  const [ticked, setTicked] = useState<ReadonlySet<number> | null>(null)
  const present = ticked ?? new Set(chosen ?? [])
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  const found = options.filter((option) => words.every((word) => option.search.includes(word)))
  const open = () => {
    setTicked(new Set(chosen ?? []))
    setSearch('')
    setOpened(true)
  }
  const apply = () => {
    setOpened(false)
    const next = present.size === 0 || present.size === options.length ? null : [...present].sort((a, b) => a - b)
    if (JSON.stringify(next) !== JSON.stringify(chosen)) onChoose(next)
  }
  const toggle = (id: number) => {
    const next = new Set(present)
    if (!next.delete(id)) next.add(id)
    setTicked(next)
  }
  const summary =
    chosen === null
      ? allLabel
      : chosen.length === 1
        ? (options.find((option) => option.id === chosen[0])?.label ?? t('pickCount', { count: 1 }))
        : t('pickCount', { count: chosen.length })
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      onDismiss={() => setOpened(false)}
      trapFocus
      position="bottom-start"
      shadow="md"
      width={320}
      transitionProps={{ duration: 0 }}
    >
      <Popover.Target>
        <Button
          variant="default"
          className={styles.picker ?? ''}
          rightSection={<IconChevronDown size={14} aria-hidden />}
          onClick={() => (opened ? setOpened(false) : open())}
          aria-haspopup="dialog"
        >
          <span className={styles.pickerLabel}>{label}</span>
          <span className={styles.pickerValue}>{summary}</span>
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={label}>
        <form
          onSubmit={(event) => {
            event.preventDefault()
            apply()
          }}
        >
          <TextInput
            size="xs"
            data-autofocus
            aria-label={t('pickFind')}
            placeholder={t('pickFind')}
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
          <div className={styles.options}>
            <Checkbox
              size="xs"
              label={allLabel}
              checked={present.size === 0}
              onChange={() => setTicked(new Set())}
              className={styles.option ?? ''}
            />
            {found.slice(0, mostShown).map((option) => (
              <Checkbox
                key={option.id}
                size="xs"
                label={option.label}
                description={option.detail}
                checked={present.has(option.id)}
                onChange={() => toggle(option.id)}
                className={styles.option ?? ''}
              />
            ))}
          </div>
          {found.length > mostShown && (
            <p className={styles.shown}>{t('pickShown', { shown: mostShown, count: found.length })}</p>
          )}
          <Button type="submit" fullWidth>
            {t('pickApply')}
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  )
}
