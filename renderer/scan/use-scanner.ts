import { useEffect, useRef } from 'react'
import { type ScanStep, settleScan, startScan, takeKey } from '../../core/scan.ts'
import { isTextField, typeText } from './type-text.ts'

export type ScanListener = {
  /** What was scanned. @returns whether it was its own; if not, the next listener is asked. */
  readonly onScan: (code: string) => boolean
  /** Whether a code that begins so could be its own. Other keys aren't held back for it, not even for a moment. */
  readonly wants: (prefix: string) => boolean
}

/** The newest is asked first: a page before the application around it. */
let listeners: readonly ScanListener[] = []
let stop: (() => void) | null = null

/**
 * A scanner that types, wherever the focus is: its keys reach no field, and what it sent comes to `onScan`. Keys of a
 * person go to whatever has the focus, at most `gapMs` later. One listener on the keyboard serves all who want scans; a
 * code that nobody takes is typed into the field, as it would have been without any of this.
 *
 *     useScanner((code) => isMine(code) && take(code))
 *
 * @param enabled false lets every key through (a dialog that wants them itself).
 * @param wants which beginnings of a code are worth waiting for; all by default.
 */
export function useScanner(
  onScan: ScanListener['onScan'],
  enabled = true,
  wants: ScanListener['wants'] = wantsAll,
): void {
  const latest = useRef({ onScan, wants })
  latest.current = { onScan, wants }
  useEffect(() => {
    if (!enabled) return
    return listen({
      onScan: (code) => latest.current.onScan(code),
      wants: (prefix) => latest.current.wants(prefix),
    })
  }, [enabled])
}

const wantsAll = (): boolean => true

function listen(listener: ScanListener): () => void {
  listeners = [listener, ...listeners]
  stop ??= watchKeyboard()
  return () => {
    listeners = listeners.filter((one) => one !== listener)
    if (listeners.length > 0) return
    stop?.()
    stop = null
  }
}

const isWanted = (prefix: string): boolean => listeners.some(({ wants }) => wants(prefix))
const isTaken = (code: string): boolean => listeners.some(({ onScan }) => onScan(code))

function watchKeyboard(): () => void {
  let state = startScan()
  let timer: ReturnType<typeof setTimeout> | undefined
  let dueAt = 0
  // Where a first key has gone that was let through: in a cell it opens the editor, as typing does.
  let begunIn: Element | null = null
  let ownKeys = false

  const give = (text: string): void => {
    ownKeys = true
    typeText(begunIn === null ? text : text.slice(1))
    ownKeys = false
    begunIn = null
  }
  /** @returns whether the key that ended it belongs to the scan. */
  const take = ({ state: next, action }: ScanStep): boolean => {
    state = next
    if (action.kind === 'replay') give(action.text)
    if (action.kind !== 'scan') return false
    const editor = begunIn === null ? null : editorBegunIn(begunIn)
    if (!isTaken(action.code)) {
      give(action.code)
      return false
    }
    begunIn = null
    ownKeys = true
    if (editor?.isConnected) editor.dispatchEvent(escapeKey())
    ownKeys = false
    return true
  }
  const settle = (): void => {
    clearTimeout(timer)
    timer = undefined
    if (state.held.length === 0) return
    // A busy window is late with everything: the keys that came meanwhile are still on their way.
    const isLate = performance.now() - dueAt > 20 || isInputPending()
    if (!isLate) take(settleScan(state, performance.now()))
    if (state.held.length > 0) wait()
  }
  const wait = (): void => {
    clearTimeout(timer)
    const milliseconds = state.options.gapMs + 5
    dueAt = performance.now() + milliseconds
    timer = setTimeout(settle, milliseconds)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (ownKeys) return
    // A key held down repeats as fast as a scanner types.
    const composing = event.isComposing || event.keyCode === 229 || event.repeat
    const before = state.held.length
    const step = takeKey(
      state,
      { key: event.key, alt: event.altKey, ctrl: event.ctrlKey, meta: event.metaKey, composing },
      event.timeStamp,
      isWanted,
    )
    const held = step.state.held.length
    const belongs = take(step)
    const begins = held === 1 && (before === 0 || step.action.kind === 'replay')
    // Nothing is typed where no text is: a key there does what it always does, and only what follows it is held back.
    if (begins && !isTextField(document.activeElement)) begunIn = document.activeElement ?? document.body
    else if (belongs || held > 0) {
      event.preventDefault()
      event.stopImmediatePropagation()
    }
    if (held > 0) wait()
  }
  // What was typed belongs where it was typed, however quick the hand is on the mouse.
  const onPointerDown = (): void => {
    if (state.held.length > 0) take({ state: startScan(), action: { kind: 'replay', text: state.held.join('') } })
  }
  // Before every other listener, the keys of the screens among them.
  addEventListener('keydown', onKeyDown, { capture: true })
  addEventListener('pointerdown', onPointerDown, { capture: true })
  return () => {
    removeEventListener('pointerdown', onPointerDown, { capture: true })
    removeEventListener('keydown', onKeyDown, { capture: true })
    clearTimeout(timer)
    // Nothing that was typed is lost because the screen changes.
    if (state.held.length > 0) give(state.held.join(''))
  }
}

/** The editor that the first character of a scan opened: it is left by Escape, and what stood there stands. */
function editorBegunIn(cell: Element): Element | null {
  const now = document.activeElement
  return now !== cell && isTextField(now) ? now : null
}

const escapeKey = () => new KeyboardEvent('keydown', { key: 'Escape', code: 'Escape', bubbles: true, cancelable: true })

type Scheduling = { readonly isInputPending?: () => boolean }

function isInputPending(): boolean {
  const { scheduling } = navigator as { readonly scheduling?: Scheduling }
  return scheduling?.isInputPending?.() === true
}
