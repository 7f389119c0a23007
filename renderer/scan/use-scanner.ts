import { useEffect, useRef } from 'react'
import { flushSync } from 'react-dom'
import { type ScanStep, settleScan, startScan, takeKey } from '../../core/scan.ts'

/**
 * A scanner that types, wherever the focus is: its keys reach no field, and what it sent comes to `onScan`. Keys of a
 * person are given to whatever has the focus, at most `gapMs` later.
 *
 *     useScanner((code) => …)
 *
 * @param enabled false lets every key through (a dialog that wants them itself).
 */
export function useScanner(onScan: (code: string) => void, enabled = true): void {
  const latest = useRef(onScan)
  latest.current = onScan
  useEffect(() => {
    if (!enabled) return
    let state = startScan()
    let timer: ReturnType<typeof setTimeout> | undefined
    let replaying = false
    const take = ({ state: next, action }: ScanStep): void => {
      state = next
      if (action.kind === 'scan') latest.current(action.code)
      else if (action.kind === 'replay') {
        replaying = true
        for (const character of action.text) typeInto(character)
        replaying = false
      }
    }
    const settle = () => {
      clearTimeout(timer)
      timer = undefined
      if (state.held.length === 0) return
      take(settleScan(state, performance.now()))
      if (state.held.length > 0) wait()
    }
    const wait = () => {
      clearTimeout(timer)
      timer = setTimeout(settle, state.options.gapMs + 5)
    }
    const onKeyDown = (event: KeyboardEvent) => {
      if (replaying) return
      // A key held down repeats as fast as a scanner types.
      const composing = event.isComposing || event.keyCode === 229 || event.repeat
      const step = takeKey(
        state,
        { key: event.key, alt: event.altKey, ctrl: event.ctrlKey, meta: event.metaKey, composing },
        event.timeStamp > 0 ? event.timeStamp : performance.now(),
      )
      const { action } = step
      const keep =
        action.kind === 'hold' || action.kind === 'scan' || (action.kind === 'replay' && step.state.held.length > 0)
      if (keep) {
        event.preventDefault()
        event.stopImmediatePropagation()
      }
      take(step)
      if (state.held.length > 0) wait()
    }
    // Before every other listener, the keys of the screens among them.
    addEventListener('keydown', onKeyDown, { capture: true })
    return () => {
      removeEventListener('keydown', onKeyDown, { capture: true })
      // Nothing that was typed is lost because the screen changes.
      if (state.held.length > 0) take({ state: startScan(), action: { kind: 'replay', text: state.held.join('') } })
      clearTimeout(timer)
    }
  }, [enabled])
}

/** Gives a character that was held back to what has the focus: text to a field, a key to everything else. */
function typeInto(character: string): void {
  const target = document.activeElement
  if (!(target instanceof HTMLElement)) return
  if (isTextField(target)) {
    // As typed: the field says so with an input event of its own, and Ctrl+Z of the field takes it back.
    flushSync(() => document.execCommand('insertText', false, character))
    return
  }
  if (character === ' ' && (target instanceof HTMLButtonElement || target instanceof HTMLInputElement)) {
    target.click()
    return
  }
  target.dispatchEvent(
    new KeyboardEvent('keydown', { key: character, code: codeOf(character), bubbles: true, cancelable: true }),
  )
}

function isTextField(element: HTMLElement): boolean {
  if (element.isContentEditable || element instanceof HTMLTextAreaElement) return true
  return (
    element instanceof HTMLInputElement && !/^(?:checkbox|radio|button|submit|range|file|color)$/.test(element.type)
  )
}

const codeOf = (character: string): string =>
  /[a-z]/i.test(character) ? `Key${character.toUpperCase()}` : /\d/.test(character) ? `Digit${character}` : ''
