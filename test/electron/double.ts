import { EventEmitter } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Browser, BrowserContext, BrowserContextOptions, Page, Route } from 'playwright-core'
import { inProject, projectFolder } from '../../build/project.ts'
import { BrowserWindowDouble, toApp } from './double-window.ts'
import { shownOrigin } from './page-side.ts'

/**
 * A double of the `electron` module, for machines without its binary: the real main.ts runs against it in this process
 * and its windows are pages in Chromium. It does what main.ts uses, as Electron documents it, and keeps what a test
 * wants to look at.
 */
export type ElectronDouble = {
  /** What `import … from 'electron'` gives. */
  readonly module: Record<string, unknown>
  readonly app: AppDouble
  readonly ipcMain: EventEmitter
  readonly context: BrowserContext
  readonly windows: BrowserWindowDouble[]
  readonly windowOf: Map<Page, BrowserWindowDouble>
  readonly shown: Set<BrowserWindowDouble>
  readonly invoke: (event: object, channel: string, args: readonly unknown[]) => Promise<unknown>
  /** Contents of what was sent to the printer. */
  readonly printed: string[]
  /** What the print dialog reports instead of success. */
  printerFails: string | null
  readonly deniedWindows: string[]
  readonly deniedRequests: string[]
  readonly deniedNavigations: string[]
  readonly errorBoxes: string[]
  readonly notifications: { title: string; body: string }[]
  readonly schemes: unknown[]
  menu: readonly MenuItemDouble[]
  /** What the user chooses in the save dialog: by default the proposed name in `savedFolder`; null cancels. */
  chooseSavePath: (proposed: string) => string | null
  readonly savedFolder: string
  readonly saved: string[]
  /** Settled with the exit code once main.ts has quit. */
  readonly exited: Promise<number>
  readonly session: SessionDouble
  /** Closes every window and lets main.ts quit. */
  readonly close: () => Promise<void>
}

export type MenuItemDouble = {
  readonly label?: string
  readonly role?: string
  readonly accelerator?: string
  readonly click?: () => void
  readonly submenu?: readonly MenuItemDouble[]
}

type AppDouble = EventEmitter & { readonly getPath: (name: string) => string; readonly quit: () => void }
type SessionDouble = EventEmitter & {
  permissionRequest: ((contents: unknown, permission: string, decide: (granted: boolean) => void) => void) | null
  permissionCheck: (() => boolean) | null
  deviceCheck: (() => boolean) | null
}
type BeforeRequest = (details: { url: string }, decide: (answer: { cancel?: boolean }) => void) => void
type Handler = (event: object, ...args: unknown[]) => unknown

/** Data folders that are open now: the lock of the single instance. */
const locked = new Set<string>()

export async function createElectronDouble(options: {
  readonly browser: Browser
  readonly locale: string
  readonly context?: BrowserContextOptions
  readonly packaged?: boolean
}): Promise<ElectronDouble> {
  mkdirSync(inProject('.tmp'), { recursive: true })
  const folder = mkdtempSync(inProject('.tmp', 'electron-'))
  const savedFolder = join(folder, 'documents')
  mkdirSync(savedFolder)
  const context = await options.browser.newContext({ locale: options.locale, ...options.context })
  const paths: Record<string, string> = { appData: join(folder, 'app-data'), documents: savedFolder, userData: folder }
  const handlers = new Map<string, Handler>()
  let protocolHandler: ((request: Request) => Response | Promise<Response>) | null = null
  let beforeRequest: BeforeRequest | null = null
  let lock: string | null = null
  let exit: (code: number) => void = () => {}
  const exited = new Promise<number>((resolve) => {
    exit = resolve
  })

  const end = async (code: number) => {
    if (lock !== null) locked.delete(lock)
    lock = null
    await context.close().catch(() => {})
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
    exit(code)
  }
  let quitting = false
  const app: AppDouble = Object.assign(new EventEmitter(), {
    isPackaged: options.packaged ?? false,
    whenReady: async () => {},
    getPath: (name: string) => paths[name] ?? folder,
    setPath: (name: string, path: string) => {
      paths[name] = path
    },
    getAppPath: () => projectFolder,
    getVersion: () => (JSON.parse(readFileSync(inProject('package.json'), 'utf8')) as { version: string }).version,
    getLocale: () => options.locale,
    enableSandbox: () => {},
    requestSingleInstanceLock: () => {
      const wanted = basename(paths.userData ?? '')
      if (locked.has(wanted)) return false
      locked.add(wanted)
      lock = wanted
      return true
    },
    quit: () => {
      if (quitting) return
      quitting = true
      let held = false
      app.emit('will-quit', {
        preventDefault() {
          held = true
        },
      })
      if (!held) void end(0)
    },
    exit: (code: number) => void end(code),
  })

  const session: SessionDouble = Object.assign(new EventEmitter(), {
    permissionRequest: null,
    permissionCheck: null,
    deviceCheck: null,
    setPermissionRequestHandler: (handler: SessionDouble['permissionRequest']) => {
      session.permissionRequest = handler
    },
    setPermissionCheckHandler: (handler: () => boolean) => {
      session.permissionCheck = handler
    },
    setDevicePermissionHandler: (handler: () => boolean) => {
      session.deviceCheck = handler
    },
    webRequest: {
      onBeforeRequest: (_filter: unknown, handler: BeforeRequest) => {
        beforeRequest = handler
      },
    },
  })

  const ipcMain = Object.assign(new EventEmitter(), {
    handle: (channel: string, handler: Handler) => void handlers.set(channel, handler),
  })

  const double: ElectronDouble = {
    module: {},
    app,
    ipcMain,
    context,
    windows: [],
    windowOf: new Map(),
    shown: new Set(),
    async invoke(event, channel, args) {
      const handler = handlers.get(channel)
      if (handler === undefined) throw new Error(`No handler registered for '${channel}'`)
      return handler(event, ...args)
    },
    printed: [],
    printerFails: null,
    deniedWindows: [],
    deniedRequests: [],
    deniedNavigations: [],
    errorBoxes: [],
    notifications: [],
    schemes: [],
    menu: [],
    chooseSavePath: (proposed) => join(savedFolder, basename(proposed)),
    savedFolder,
    saved: [],
    exited,
    session,
    async close() {
      for (const window of [...double.windows]) window.close()
      if (double.windows.length === 0) app.emit('window-all-closed')
      await exited
    },
  }

  /** Everything that a page of this application asks for goes through what main.ts has set up, or fails. */
  const serve = async (route: Route) => {
    const request = route.request()
    const url = request.url()
    if (request.isNavigationRequest() && request.frame().parentFrame() === null && !toApp(url).startsWith('app://')) {
      let stayed = false
      const window = double.windowOf.get(request.frame().page())
      window?.webContents.emit('will-navigate', {
        url,
        preventDefault: () => {
          stayed = true
        },
      })
      if (stayed) {
        double.deniedNavigations.push(url)
        return route.abort('aborted')
      }
    }
    if (!url.startsWith(`${shownOrigin}/`) || protocolHandler === null) {
      let cancelled = false
      beforeRequest?.({ url }, (answer) => {
        cancelled = answer.cancel === true
      })
      if (cancelled) double.deniedRequests.push(url)
      return route.abort('blockedbyclient')
    }
    const response = await protocolHandler(new Request(toApp(url), { method: request.method() }))
    await route.fulfill({
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: Buffer.from(await response.arrayBuffer()),
    })
  }
  await context.route('**/*', (route) => void serve(route).catch(() => {}))
  context.on('page', (page) => {
    page.on('download', (download) => {
      let allowed = true
      const event = {
        preventDefault: () => {
          allowed = false
        },
      }
      session.emit('will-download', event)
      if (!allowed) void download.cancel()
    })
  })

  class Window extends BrowserWindowDouble {
    static getAllWindows = () => [...double.windows]
    static fromWebContents = (contents: unknown) =>
      double.windows.find((window) => window.webContents === contents) ?? null

    constructor(windowOptions: ConstructorParameters<typeof BrowserWindowDouble>[1]) {
      super(double, windowOptions)
    }
  }
  class NotificationDouble {
    static isSupported = () => true
    readonly #content: { title: string; body: string }

    constructor(content: { title: string; body: string }) {
      this.#content = content
    }

    show(): void {
      double.notifications.push(this.#content)
    }
  }

  Object.assign(double.module, {
    app,
    BrowserWindow: Window,
    dialog: {
      showErrorBox: (_title: string, content: string) => void double.errorBoxes.push(content),
      showSaveDialog: async (...args: unknown[]) => {
        const { defaultPath } = args.at(-1) as { defaultPath: string }
        const filePath = double.chooseSavePath(defaultPath)
        if (filePath === null) return { canceled: true, filePath: '' }
        double.saved.push(filePath)
        return { canceled: false, filePath }
      },
    },
    ipcMain,
    Menu: {
      buildFromTemplate: (template: readonly MenuItemDouble[]) => template,
      setApplicationMenu: (menu: readonly MenuItemDouble[]) => {
        double.menu = menu
      },
    },
    Notification: NotificationDouble,
    protocol: {
      registerSchemesAsPrivileged: (schemes: unknown[]) => void double.schemes.push(...schemes),
      handle: (_scheme: string, handler: typeof protocolHandler) => {
        protocolHandler = handler
      },
    },
    screen: { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }] },
    session: { defaultSession: session },
    shell: { openPath: async () => '' },
  })
  return double
}

/** For tests of what main.ts reads at its start. */
export function writeUserData(double: ElectronDouble, name: string, content: string): void {
  writeFileSync(join(double.app.getPath('userData'), name), content)
}
