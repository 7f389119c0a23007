import { chooseFile } from './choose-file.ts'
import { ShellRefusal, type ShellRefusalCode, toShellRefusal } from './refusal.ts'
import type { Shell } from './shell.ts'

/** In a browser the hub makes PDFs, and what the hub cannot do the browser's own dialogs do. */
export function createBrowserShell(): Shell {
  return {
    kind: 'browser',
    locale: navigator.language,
    chooseFile,
    async makePdf(html, signal) {
      const response = await post('/print', html, signal)
      return new Uint8Array(await response.arrayBuffer())
    },
    async print(html) {
      const { path } = (await (await post('/print?keep', html)).json()) as { path: string }
      await printInFrame(path)
    },
    async saveFile(name, mime, bytes) {
      const url = URL.createObjectURL(new Blob([Uint8Array.from(bytes)], { type: mime }))
      const link = document.createElement('a')
      link.href = url
      link.download = name
      link.click()
      setTimeout(() => URL.revokeObjectURL(url), 60_000)
      return true
    },
    notify(title, body) {
      if (!('Notification' in globalThis)) return
      const show = () => void new Notification(title, { body })
      if (Notification.permission === 'granted') show()
      else if (Notification.permission === 'default') {
        void Notification.requestPermission().then((answer) => answer === 'granted' && show())
      }
    },
  }
}

const codeOfStatus: Readonly<Record<number, ShellRefusalCode>> = { 401: 'signed-out', 413: 'too-large', 429: 'busy' }

async function post(path: string, html: string, signal?: AbortSignal): Promise<Response> {
  let response: Response
  try {
    response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'text/html; charset=utf-8' },
      body: html,
      ...(signal === undefined ? {} : { signal }),
    })
  } catch {
    signal?.throwIfAborted()
    throw new ShellRefusal('connection-lost')
  }
  if (response.ok) return response
  const known = codeOfStatus[response.status]
  if (known !== undefined) throw new ShellRefusal(known)
  const { code } = (await response.json().catch(() => ({ code: '' }))) as { code: string }
  throw toShellRefusal(code)
}

/** Prints a page of this origin from a frame out of sight; resolves when the dialog has been closed. */
function printInFrame(path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const frame = document.createElement('iframe')
    frame.src = path
    frame.title = '打印 Print'
    frame.tabIndex = -1
    frame.ariaHidden = 'true'
    // Not display:none: some browsers then print an empty page.
    Object.assign(frame.style, {
      position: 'fixed',
      inset: '0 auto auto -10000px',
      width: '210mm',
      height: '297mm',
      border: '0',
    })
    frame.addEventListener('load', async () => {
      const page = frame.contentWindow
      if (page === null) return reject(new ShellRefusal('print-failed'))
      await loadFonts(page.document)
      const remove = () => {
        // Some browsers go on reading the page after the event.
        setTimeout(() => frame.remove(), 1_000)
        resolve()
      }
      page.addEventListener('afterprint', remove, { once: true })
      page.focus()
      page.print()
    })
    document.body.append(frame)
  })
}

/** As hub/load-fonts.ts: the texts in the margins of the pages are laid out too late to fetch their fonts. */
async function loadFonts(paper: Document): Promise<void> {
  const rules = [...paper.styleSheets].flatMap((sheet) => {
    try {
      return [...sheet.cssRules]
    } catch {
      return []
    }
  })
  const margins = rules.map((rule) => rule.cssText).filter((css) => css.includes('@page'))
  const text = `0123456789${margins.join('')}`
  const families = new Set([...paper.fonts].map((face) => face.family.replaceAll(/["']/g, '')))
  const wanted = [...families].flatMap((family) =>
    [400, 700].map((weight) => paper.fonts.load(`${weight} 16px "${family}"`, text)),
  )
  await Promise.allSettled(wanted)
  await paper.fonts.ready
}
