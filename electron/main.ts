import { createHash } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { app, BrowserWindow, dialog } from 'electron'
import { closeDesk, openDesk, soloPerson } from '../api/desk.ts'
import { router } from '../api/router.ts'
import { demonstrationFolder, findDataFolder } from '../hub/data-folder.ts'
import { ensureDemonstration } from '../hub/demonstration.ts'
import { createLog } from '../hub/log.ts'
import { createPrintStore } from '../hub/print-store.ts'
import { createRpc } from '../hub/rpc.ts'
import { localeArgument, pageOrigin } from './bridge.ts'
import { denyEverything } from './guard.ts'
import { listen } from './ipc.ts'
import { setMenu } from './menu.ts'
import { registerScheme, serveApp } from './protocol.ts'
import { keepWindowState, readWindowState } from './window-state.ts'

/** Says to build/start.ts that the user has been told; any other failure looks like a window that never came up. */
const refusedCode = 3

const { log, keepIn } = createLog()

function readArguments(argv: readonly string[]): { dataFolder: string; demonstration: boolean } {
  const at = argv.indexOf('--data')
  const named = at === -1 ? argv.find((argument) => argument.startsWith('--data='))?.slice(7) : argv[at + 1]
  const demonstration = argv.includes('--demo')
  const folder = findDataFolder(named)
  return { dataFolder: demonstration ? demonstrationFolder(folder) : folder, demonstration }
}

function openWindow(locale: string): void {
  const { bounds, maximized } = readWindowState()
  const window = new BrowserWindow({
    ...bounds,
    minWidth: 1024,
    minHeight: 640,
    show: false,
    title: locale.startsWith('zh') ? '前线物资' : 'Frontstock',
    webPreferences: {
      preload: join(app.getAppPath(), 'dist', 'electron', 'preload.cjs'),
      additionalArguments: [`${localeArgument}${locale}`],
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
    },
  })
  keepWindowState(window)
  if (maximized) window.maximize()
  window.once('ready-to-show', () => window.show())
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    log(`electron: the page ended (${reason})`)
    if (reason !== 'clean-exit' && !window.isDestroyed()) window.reload()
  })
  window.loadURL(`${pageOrigin}/`).catch((error: unknown) => log(`electron: the page did not load: ${String(error)}`))
}

/** A bug: never go on with what may be wrong. What was acknowledged is on the disk. */
function stopOnBug(error: unknown): void {
  log(`electron: ${error instanceof Error ? error.stack : String(error)}`)
  dialog.showErrorBox(
    '前线物资 Frontstock',
    `程序出现错误，需要关闭。已保存的数据不受影响。\nAn error occurred and Frontstock has to close. What was saved is safe.\n\n${String(error)}`,
  )
  app.exit(refusedCode)
}

async function start(): Promise<void> {
  const { dataFolder, demonstration } = readArguments(process.argv)
  // The window's own files, one folder for each data folder: two stocks can be open side by side, one never twice.
  const ownFolder = createHash('sha256').update(dataFolder).digest('hex').slice(0, 16)
  const userData = join(app.getPath('appData'), 'frontstock-window', ownFolder)
  mkdirSync(userData, { recursive: true })
  app.setPath('userData', userData)
  if (!app.requestSingleInstanceLock()) return app.quit()
  registerScheme()
  app.enableSandbox()
  process.on('uncaughtException', stopOnBug)
  process.on('unhandledRejection', stopOnBug)
  await app.whenReady()

  const locale = app.getLocale()
  let desk: ReturnType<typeof openDesk>
  try {
    desk = openDesk({ folder: dataFolder, version: app.getVersion(), log })
    if (demonstration) await ensureDemonstration(desk)
  } catch (error) {
    const refusal = error as Error & { zh?: string; en?: string }
    const sentence = (locale.startsWith('zh') ? refusal.zh : refusal.en) ?? refusal.message
    process.stderr.write(`${sentence}\n`)
    dialog.showErrorBox('前线物资 Frontstock', sentence)
    return app.exit(refusedCode)
  }
  keepIn(dataFolder)
  const store = createPrintStore(Date.now)
  denyEverything(log)
  serveApp(join(app.getAppPath(), 'dist', 'renderer'), store)
  listen({
    rpc: createRpc(router, log),
    createContext: () => ({ desk, person: soloPerson(desk) }),
    store,
    log,
  })
  desk.backups?.start()
  setMenu({ locale, dataFolder, openWindow: () => openWindow(locale) })
  openWindow(locale)

  let closing = false
  let again = false
  app.on('second-instance', () => {
    // Opened again while the last backup is being made: as soon as it is.
    if (closing) again = true
    if (closing) return
    const [window] = BrowserWindow.getAllWindows()
    if (window === undefined) return openWindow(locale)
    if (window.isMinimized()) window.restore()
    window.focus()
  })
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) openWindow(locale)
  })
  app.on('window-all-closed', () => app.quit())
  app.on('will-quit', (event) => {
    event.preventDefault()
    if (closing) return
    closing = true
    void closeDesk(desk).finally(() => {
      if (again) app.relaunch()
      app.exit(0)
    })
  })
}

start().catch(stopOnBug)
