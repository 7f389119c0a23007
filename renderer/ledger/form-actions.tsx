import { Button } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { type ReactNode, useRef } from 'react'
import { flushSync } from 'react-dom'
import { Link } from 'wouter'
import { useKeys } from '../frame/keys.tsx'
import { ledgerText } from '../text/ledger.ts'
import { useText } from '../text/text.ts'

/** A grid, as far as a cell that is being written needs it. */
export type EditedGrid = { readonly current: { readonly stopEditing: () => void } | null }

/**
 * Ends what is being typed, in a field or a cell, lets the screen take it over, and then does it. When it did not lead
 * away, the cursor goes back to where it was.
 */
export function useSettled(act: () => Promise<void> | void, grid?: EditedGrid): () => void {
  const latest = useRef({ act, grid })
  latest.current = { act, grid }
  return useRef(() => {
    const active = document.activeElement
    // Drawn before it is done: else the form would still be as it was before the last cell.
    flushSync(() => {
      latest.current.grid?.current?.stopEditing()
      if (active instanceof HTMLElement) active.blur()
    })
    setTimeout(async () => {
      await latest.current.act()
      if (document.activeElement === document.body && active instanceof HTMLElement && active.isConnected)
        active.focus()
    })
  }).current
}

/** The way back and the one thing that a form does, by Ctrl+Enter from wherever the cursor is. */
export function FormActions(props: {
  readonly back: { readonly href: string; readonly label: string }
  readonly label: string
  readonly busy: boolean
  readonly disabled?: boolean
  readonly onSend: () => Promise<void>
  /** What is being written in one of its cells counts too. */
  readonly grid?: EditedGrid
  readonly children?: ReactNode
}) {
  const t = useText(ledgerText)
  const { back, label, busy, disabled = false } = props
  // Whether there is something to send shows only once what was being typed has been taken over.
  const press = useSettled(async () => {
    if (!busy && !disabled) await props.onSend()
  }, props.grid)
  useKeys('keysScreen', [{ chord: 'Ctrl+Enter', label: t('keyPost'), run: press }])
  return (
    <>
      <Button component={Link} href={back.href} variant="default" leftSection={<IconArrowLeft size={16} aria-hidden />}>
        {back.label}
      </Button>
      {props.children}
      <Button disabled={disabled} aria-busy={busy} rightSection={<kbd>Ctrl+Enter</kbd>} onClick={press}>
        {label}
      </Button>
    </>
  )
}
