/** What a dialog gives the focus to: what it names for that, else the first thing that a Tab would reach. */
function firstFieldOf(dialog: HTMLElement): HTMLElement | null {
  const named = dialog.querySelector<HTMLElement>('[data-autofocus]')
  if (named !== null) return named
  const all = dialog.querySelectorAll<HTMLElement>('a[href], input, select, textarea, button, [tabindex]')
  for (const one of all) if (one.tabIndex >= 0 && !one.matches(':disabled') && one.checkVisibility()) return one
  return null
}

function dialogIn(node: Node): HTMLElement | null {
  if (!(node instanceof HTMLElement) || node.closest('[data-portal]') === null) return null
  const wanted = '[role="dialog"][aria-modal="true"]'
  return node.matches(wanted) ? node : node.querySelector(wanted)
}

/**
 * The library's own timers give the first field the focus once more, whoever has gone on to another one meanwhile: on a
 * busy machine the next keys of a quick hand would go into the wrong field. Only these calls forbid scrolling.
 */
function keepFromTakingBack(first: HTMLElement, dialog: HTMLElement): void {
  // The library chooses what is named; otherwise it may choose another field than we do.
  first.dataset.autofocus ??= 'true'
  first.focus = (options) => {
    const { activeElement } = document
    const isElsewhere = activeElement !== dialog && activeElement !== first && dialog.contains(activeElement)
    if (options?.preventScroll !== true || !isElsewhere) HTMLElement.prototype.focus.call(first, options)
  }
}

/**
 * Gives a dialog the focus in the very moment in which it comes into the page. The library does it a timer later, and
 * the keys of someone who types on behind Ctrl+K or Alt+N would meanwhile go into the grid beneath.
 */
export function focusDialogsAtOnce(): void {
  new MutationObserver((records) => {
    for (const { addedNodes } of records) {
      for (const node of addedNodes) {
        const dialog = dialogIn(node)
        if (dialog === null || dialog.contains(document.activeElement)) continue
        const first = firstFieldOf(dialog)
        if (first === null) continue
        first.focus({ preventScroll: true })
        keepFromTakingBack(first, dialog)
      }
    }
  }).observe(document.body, { childList: true, subtree: true })
}
