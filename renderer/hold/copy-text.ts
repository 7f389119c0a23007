/**
 * Puts text on the clipboard from a key or a click. By the copy event, not `navigator.clipboard`: that is missing where a
 * hub is opened over plain http, and asks for a permission that the desktop shell denies.
 */
export function copyText(text: string): boolean {
  let copied = false
  const onCopy = (event: ClipboardEvent) => {
    event.clipboardData?.setData('text/plain', text)
    event.preventDefault()
    event.stopImmediatePropagation()
    copied = event.clipboardData !== null
  }
  document.addEventListener('copy', onCopy, { capture: true })
  try {
    document.execCommand('copy')
  } finally {
    document.removeEventListener('copy', onCopy, { capture: true })
  }
  return copied
}
