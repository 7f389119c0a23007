import { type RefObject, useEffect } from 'react'

/**
 * Puts the cursor where a form begins. Once more a moment later: a page that was chosen in the finder opens while the
 * finder is still giving the cursor back to where it was before.
 */
export function useStartFocus(field: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    field.current?.focus()
    const timer = setTimeout(() => {
      // Whoever is somewhere on the page already went there himself.
      const isOnPage = document.activeElement?.closest('main') ?? null
      if (isOnPage === null || isOnPage === document.activeElement) field.current?.focus()
    }, 80)
    return () => clearTimeout(timer)
  }, [field])
}
