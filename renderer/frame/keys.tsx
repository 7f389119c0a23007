import { useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react'

/** A key of a screen. `chord` is as it is shown: `Ctrl+K`, `Alt+N`, `F1`, `Ctrl+Enter`. */
export type ScreenKey = { readonly chord: string; readonly label: string; readonly run: () => void }

type Registered = { readonly place: object; readonly group: string; readonly keys: readonly ScreenKey[] }

let registered: readonly Registered[] = []
const listeners = new Set<() => void>()
function change(next: readonly Registered[]) {
  registered = next
  for (const listener of listeners) listener()
}

/** Whether a key event is this chord. Letters and digits go by their place on the keyboard, whatever the input method. */
export function isChord(event: KeyboardEvent, chord: string): boolean {
  const parts = chord.split('+')
  const key = parts.at(-1)!
  const command = event.ctrlKey || event.metaKey
  if (
    command !== parts.includes('Ctrl') ||
    event.altKey !== parts.includes('Alt') ||
    event.shiftKey !== parts.includes('Shift')
  )
    return false
  if (/^[A-Z]$/.test(key)) return event.code === `Key${key}`
  if (/^\d$/.test(key)) return event.code === `Digit${key}` || event.code === `Numpad${key}`
  return event.key === key
}

document.addEventListener(
  'keydown',
  (event) => {
    if (event.isComposing || event.defaultPrevented) return
    // A dialog's keys come last and win over the page's beneath it.
    for (const { keys } of [...registered].reverse()) {
      const found = keys.find((key) => isChord(event, key.chord))
      if (found) {
        event.preventDefault()
        event.stopPropagation()
        found.run()
        return
      }
    }
  },
  { capture: true },
)

/**
 * Keys that work as long as this component is shown, and that F1 lists under `group`. They are there in the same moment
 * as what is shown (an effect of the layout), and stay in their place when their words change: a page beneath a dialog
 * must not come before it.
 */
export function useKeys(group: string, keys: readonly ScreenKey[]): void {
  const latest = useRef(keys)
  latest.current = keys
  const [place] = useState(() => ({}))
  const signature = keys.map((key) => `${key.chord}=${key.label}`).join('|')
  useLayoutEffect(() => {
    void signature
    const entry: Registered = {
      place,
      group,
      keys: latest.current.map((key, index) => ({ ...key, run: () => latest.current[index]?.run() })),
    }
    const isThere = registered.some((one) => one.place === place)
    change(isThere ? registered.map((one) => (one.place === place ? entry : one)) : [...registered, entry])
  }, [group, signature, place])
  useLayoutEffect(() => () => change(registered.filter((one) => one.place !== place)), [place])
}

export function useRegisteredKeys(): readonly Registered[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    () => registered,
  )
}
