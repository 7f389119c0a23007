import { useEffect, useRef, useSyncExternalStore } from 'react'

/** A key of a screen. `chord` is as it is shown: `Ctrl+K`, `Alt+N`, `F1`, `Ctrl+Enter`. */
export type ScreenKey = { readonly chord: string; readonly label: string; readonly run: () => void }

type Registered = { readonly group: string; readonly keys: readonly ScreenKey[] }

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

/** Keys that work as long as this component is shown, and that F1 lists under `group`. */
export function useKeys(group: string, keys: readonly ScreenKey[]): void {
  const latest = useRef(keys)
  latest.current = keys
  const signature = keys.map((key) => `${key.chord}=${key.label}`).join('|')
  useEffect(() => {
    void signature
    const entry: Registered = {
      group,
      keys: latest.current.map((key, index) => ({ ...key, run: () => latest.current[index]?.run() })),
    }
    change([...registered, entry])
    return () => change(registered.filter((one) => one !== entry))
  }, [group, signature])
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
