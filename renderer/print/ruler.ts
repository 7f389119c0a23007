import { styleNonce } from '../shell/shell.ts'
import type { Ruler } from './long-table.tsx'

export type OpenRuler = { readonly measure: Ruler; readonly close: () => void }

/**
 * Measures pieces of a document in a frame out of sight.
 * @param page the empty document: the styles of the print, and an element of the class `ruler` as wide as its pages.
 */
export async function openRuler(page: string): Promise<OpenRuler> {
  const frame = document.createElement('iframe')
  frame.title = '排版 Layout'
  frame.tabIndex = -1
  frame.ariaHidden = 'true'
  frame.setAttribute('sandbox', 'allow-same-origin')
  Object.assign(frame.style, { position: 'fixed', inset: '0 auto auto -10000px', width: '320mm', height: '100px' })
  frame.srcdoc = page.replace('<style>', `<style nonce="${styleNonce()}">`)
  const loaded = new Promise<void>((resolve) => frame.addEventListener('load', () => resolve(), { once: true }))
  document.body.append(frame)
  await loaded
  const inner = frame.contentDocument
  if (inner === null) throw new Error('the frame to measure in has no document')
  return { measure: (html) => measureIn(inner, html), close: () => frame.remove() }
}

/** Self-contained: a test sends it into a page of its own. */
export async function measureIn(page: Document, html: string): Promise<number[]> {
  const ruler = page.querySelector('.ruler')
  if (ruler === null) throw new Error('nothing to measure with')
  ruler.innerHTML = html
  // Laid out once, it is known which parts of the fonts are needed; with them it is laid out anew.
  ruler.getBoundingClientRect()
  await page.fonts.ready
  const table = ruler.querySelector('table')
  if (table === null) return [ruler.getBoundingClientRect().height]
  const head = table.tHead?.getBoundingClientRect().bottom ?? table.getBoundingClientRect().top
  return [
    head - table.getBoundingClientRect().top,
    ...[...table.querySelectorAll('tbody > tr')].map((row) => row.getBoundingClientRect().height),
  ]
}
