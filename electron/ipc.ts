import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { app, BrowserWindow, dialog, type IpcMainInvokeEvent, ipcMain, Notification } from 'electron'
import type { Context } from '../api/context.ts'
import type { PrintStore } from '../hub/print-store.ts'
import type { Rpc } from '../hub/rpc.ts'
import { type BridgeAnswer, channels } from './bridge.ts'
import { isOurSender } from './guard.ts'
import { servePort } from './port.ts'
import { createPrinter } from './print.ts'

/** Listens to the page: ports for the API, and the few things that only the main process can do. */
export function listen(options: {
  readonly rpc: Rpc<Context>
  readonly createContext: () => Context
  readonly store: PrintStore
  readonly log: (line: string) => void
}): void {
  const { log } = options
  const printer = createPrinter(options.store, log)

  ipcMain.on(channels.port, (event) => {
    const [port] = event.ports
    if (!isOurSender(event) || port === undefined) return log('electron: refused a port')
    servePort(port, options.rpc, options.createContext, log)
  })

  /** Whatever the arguments are: a stranger or a wrong shape gets a refusal, never a crash. */
  const handle = <Value>(
    channel: string,
    work: (event: IpcMainInvokeEvent, args: readonly unknown[]) => Promise<BridgeAnswer<Value>> | undefined,
  ) => {
    ipcMain.handle(channel, async (event, ...args: unknown[]) => {
      if (!isOurSender(event)) {
        log(`electron: refused ${channel}`)
        return { ok: false, code: 'signed-out' }
      }
      return (await work(event, args)) ?? { ok: false, code: 'print-failed' }
    })
  }
  handle(channels.makePdf, (_event, [html, id]) =>
    typeof html === 'string' && typeof id === 'string' ? printer.makePdf(html, id) : undefined,
  )
  ipcMain.on(channels.stopPdf, (event, id: unknown) => {
    if (isOurSender(event) && typeof id === 'string') printer.stopPdf(id)
  })
  handle(channels.print, (_event, [html]) => (typeof html === 'string' ? printer.print(html) : undefined))
  handle(channels.saveFile, (event, [name, , bytes]) =>
    typeof name === 'string' && bytes instanceof Uint8Array ? saveFile(event, name, bytes, log) : undefined,
  )
  ipcMain.on(channels.notify, (event, title: unknown, body: unknown) => {
    if (!isOurSender(event) || typeof title !== 'string' || typeof body !== 'string') return
    if (Notification.isSupported()) new Notification({ title: title.slice(0, 200), body: body.slice(0, 1_000) }).show()
  })
}

async function saveFile(
  event: IpcMainInvokeEvent,
  name: string,
  bytes: Uint8Array,
  log: (line: string) => void,
): Promise<BridgeAnswer<boolean>> {
  // A proposal only, and never a path: the user chooses where it goes.
  const proposed = name.replaceAll(/[\\/:*?"<>|\p{Cc}]/gu, ' ').slice(0, 150)
  const suggestion = { defaultPath: join(app.getPath('documents'), proposed) }
  const owner = BrowserWindow.fromWebContents(event.sender)
  const { canceled, filePath } = await (owner === null
    ? dialog.showSaveDialog(suggestion)
    : dialog.showSaveDialog(owner, suggestion))
  if (canceled || filePath === '') return { ok: true, value: false }
  try {
    await writeFile(filePath, bytes)
    return { ok: true, value: true }
  } catch (error) {
    log(`electron: saving failed: ${String(error)}`)
    return { ok: false, code: 'save-failed' }
  }
}
