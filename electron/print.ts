import { BrowserWindow, type WebContentsPrintOptions } from 'electron'
import { loadFonts } from '../hub/load-fonts.ts'
import { mostPrintBytes, type PrintStore } from '../hub/print-store.ts'
import { type BridgeAnswer, pageOrigin } from './bridge.ts'

/** Printing goes through a window out of sight that loads the document under our own origin, without any script. */
export function createPrinter(store: PrintStore, log: (line: string) => void) {
  let last: Promise<unknown> = Promise.resolve()
  /** The prints under way or waiting, by the id that the page gave them. */
  const stops = new Map<string, AbortController>()

  /** One document at a time: Chromium prints one page of a process at once anyway, and memory stays small. */
  const withDocument = <Value>(
    html: string,
    signal: AbortSignal | null,
    work: (window: BrowserWindow) => Promise<Value>,
  ): Promise<BridgeAnswer<Value>> => {
    const run = async (): Promise<BridgeAnswer<Value>> => {
      if (signal?.aborted) return { ok: false, code: 'stopped' }
      if (Buffer.byteLength(html) > mostPrintBytes) return { ok: false, code: 'too-large' }
      const id = store.put(html)
      if (id === null) return { ok: false, code: 'busy' }
      const window = new BrowserWindow({ show: false, webPreferences: hiddenPreferences })
      const printing = async () => {
        await window.loadURL(`${pageOrigin}/print/${id}`)
        await window.webContents.executeJavaScript(loadFonts)
        return await work(window)
      }
      try {
        return { ok: true, value: await (signal === null ? printing() : Promise.race([printing(), stopped(signal)])) }
      } catch (error) {
        // A page that lays out a thousand sheets listens to nothing: its process goes, and the window with it.
        if (signal?.aborted) window.webContents.forcefullyCrashRenderer()
        if (signal?.aborted) return { ok: false, code: 'stopped' }
        log(`electron: printing failed: ${error instanceof Error ? error.stack : String(error)}`)
        return { ok: false, code: 'print-failed' }
      } finally {
        window.destroy()
        store.remove(id)
      }
    }
    const turn = last.then(run)
    last = turn
    return turn
  }

  return {
    makePdf: async (html: string, id: string): Promise<BridgeAnswer<Uint8Array>> => {
      const controller = new AbortController()
      stops.set(id, controller)
      try {
        return await withDocument<Uint8Array>(html, controller.signal, (window) =>
          window.webContents.printToPDF({ printBackground: true, preferCSSPageSize: true, displayHeaderFooter: false }),
        )
      } finally {
        stops.delete(id)
      }
    },
    stopPdf: (id: string) => stops.get(id)?.abort(),
    print: (html: string) => withDocument(html, null, (window) => showDialog(window, { printBackground: true })),
  }
}

const stopped = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason)
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })

const hiddenPreferences = { sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true }

function showDialog(window: BrowserWindow, options: WebContentsPrintOptions): Promise<boolean> {
  return new Promise((resolve, reject) => {
    window.webContents.print(options, (printed, reason) => {
      if (printed || /cancel/i.test(reason)) resolve(printed)
      else reject(new Error(reason))
    })
  })
}
