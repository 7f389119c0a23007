import { useEffect } from 'react'

/** Ctrl+Z and Ctrl+Y outside the matrix, which has its own, and outside fields, where they are the text's. */
export function useUndoKeys(onUndo: () => void, onRedo: () => void): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.altKey || !(event.ctrlKey || event.metaKey)) return
      const target = event.target instanceof Element ? event.target : null
      if (target?.closest('input, textarea, [role="dialog"]')) return
      const key = event.key.toLowerCase()
      if (key !== 'z' && key !== 'y') return
      event.preventDefault()
      if (key === 'y' || event.shiftKey) onRedo()
      else onUndo()
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [onUndo, onRedo])
}
