import type { BrowserContext } from 'playwright-core'

/** What belongs to a page's context, for checkPage, which gets no more than the page. */
export const openedBy = new WeakMap<
  BrowserContext,
  { readonly kind: 'electron' | 'browser'; readonly consoleErrors: string[]; readonly cspViolations: string[] }
>()
