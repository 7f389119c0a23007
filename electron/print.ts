import { BrowserWindow, type WebContentsPrintOptions } from 'electron'
import { loadFonts } from '../hub/load-fonts.ts'
import { mostPrintBytes, type PrintStore } from '../hub/print-store.ts'
import { type BridgeAnswer, pageOrigin } from './bridge.ts'

/** Printing goes through a window out of sight that loads the document under our own origin, without any script. */
export function createPrinter(store: PrintStore, log: (line: string) => void) {
  let last: Promise<unknown> = Promise.resolve()

  /** One document at a time: Chromium prints one page of a process at once anyway, and memory stays small. */
  const withDocument = <Value>(
    html: string,
    work: (window: BrowserWindow) => Promise<Value>,
  ): Promise<BridgeAnswer<Value>> => {
    const run = async (): Promise<BridgeAnswer<Value>> => {
      if (Buffer.byteLength(html) > mostPrintBytes) return { ok: false, code: 'too-large' }
      const id = store.put(html)
      if (id === null) return { ok: false, code: 'busy' }
      const window = new BrowserWindow({ show: false, webPreferences: hiddenPreferences })
      try {
        await window.loadURL(`${pageOrigin}/print/${id}`)
        await window.webContents.executeJavaScript(loadFonts)
        return { ok: true, value: await work(window) }
      } catch (error) {
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
    makePdf: (html: string) =>
      withDocument<Uint8Array>(html, (window) =>
        window.webContents.printToPDF({ printBackground: true, preferCSSPageSize: true, displayHeaderFooter: false }),
      ),
    print: (html: string) => withDocument(html, (window) => showDialog(window, { printBackground: true })),
  }
}

const hiddenPreferences = { sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true }

function showDialog(window: BrowserWindow, options: WebContentsPrintOptions): Promise<boolean> {
  return new Promise((resolve, reject) => {
    window.webContents.print(options, (printed, reason) => {
      if (printed || /cancel/i.test(reason)) resolve(printed)
      else reject(new Error(reason))
    })
  })
}
