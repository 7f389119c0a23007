import { useEffect, useRef } from 'react'
import { startScan, takeKey } from '../../core/scan.ts'

/**
 * Listens for a barcode scanner wherever the cursor is. Unlike `useScanner`, for pages that are filled in by scanning, the
 * keys are watched and not held back, so that nobody's typing waits: what a scan wrote into a field before its end showed
 * what it was is taken out again, and its Enter is kept from the page.
 * @param onScan says whether the code was one of its own; if not, everything stays as it was typed.
 */
export function useScanWatch(onScan: (code: string) => boolean): void {
  const latest = useRef(onScan)
  latest.current = onScan
  useEffect(() => {
    let state = startScan()
    // What stood in the field with the cursor before the first key of what may be a scan.
    let before: { field: HTMLInputElement | HTMLTextAreaElement; value: string } | null = null
    const onKeyDown = (event: KeyboardEvent) => {
      // A key held down repeats as fast as a scanner types.
      const composing = event.isComposing || event.keyCode === 229 || event.repeat
      const wasHolding = state.held.length
      const step = takeKey(
        state,
        { key: event.key, alt: event.altKey, ctrl: event.ctrlKey, meta: event.metaKey, composing },
        event.timeStamp,
      )
      state = step.state
      if (state.held.length === 1 && (wasHolding === 0 || step.action.kind === 'replay')) before = fieldOf(event.target)
      if (step.action.kind !== 'scan' || !latest.current(step.action.code)) return
      event.preventDefault()
      event.stopPropagation()
      if (before?.field.isConnected) setValue(before.field, before.value)
      before = null
    }
    document.addEventListener('keydown', onKeyDown, { capture: true })
    return () => document.removeEventListener('keydown', onKeyDown, { capture: true })
  }, [])
}

function fieldOf(target: EventTarget | null) {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement
    ? { field: target, value: target.value }
    : null
}

/** As if it had been typed, so that React hears of it. */
function setValue(field: HTMLInputElement | HTMLTextAreaElement, value: string): void {
  const prototype = field instanceof HTMLInputElement ? HTMLInputElement.prototype : HTMLTextAreaElement.prototype
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(field, value)
  field.dispatchEvent(new Event('input', { bubbles: true }))
}
