import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import type { Frame, Page } from 'playwright-core'
import type { ElectronDouble } from './double.ts'
import { bindingName, decodeValue, encodeValue, portsName, preloadScript, shownOrigin } from './page-side.ts'

const appOrigin = 'app://frontstock'
export const toShown = (url: string): string => url.replace(appOrigin, shownOrigin)
export const toApp = (url: string): string =>
  url === shownOrigin || url.startsWith(`${shownOrigin}/`) ? url.replace(shownOrigin, appOrigin) : url

type WindowOptions = {
  readonly show?: boolean
  readonly webPreferences?: { readonly preload?: string; readonly additionalArguments?: readonly string[] }
}

/** `MessagePortMain`: the main process's end of a port whose other end lives in the page. */
export class PortDouble extends EventEmitter {
  readonly #deliver: (data: unknown) => void
  #closed = false

  constructor(deliver: (data: unknown) => void) {
    super()
    this.#deliver = deliver
  }

  start(): void {}

  postMessage(data: unknown): void {
    if (!this.#closed) this.#deliver(encodeValue(data))
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    this.#deliver(null)
    this.emit('close')
  }

  /** The page has gone. */
  lose(): void {
    if (this.#closed) return
    this.#closed = true
    this.emit('close')
  }
}

export class WebContentsDouble extends EventEmitter {
  readonly #window: BrowserWindowDouble
  openHandler: (details: { url: string }) => { action: string } = () => ({ action: 'allow' })

  constructor(window: BrowserWindowDouble) {
    super()
    this.#window = window
  }

  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.openHandler = handler
  }

  async executeJavaScript(code: string): Promise<unknown> {
    return (await this.#window.page).evaluate(code)
  }

  async printToPDF(options: { printBackground?: boolean; preferCSSPageSize?: boolean }): Promise<Buffer> {
    const { printBackground = false, preferCSSPageSize = false } = options
    return (await this.#window.page).pdf({ printBackground, preferCSSPageSize })
  }

  /** The page goes at once, whatever it is doing. */
  forcefullyCrashRenderer(): void {
    this.#window.destroy()
  }

  print(_options: unknown, done: (printed: boolean, reason: string) => void): void {
    const { double } = this.#window
    void this.#window.page.then(async (page) => {
      double.printed.push(await page.content())
      if (double.printerFails === null) done(true, '')
      else done(false, double.printerFails)
    })
  }
}

/** `BrowserWindow`: its page is a real one, in Chromium, with the built preload in it. */
export class BrowserWindowDouble extends EventEmitter {
  readonly double: ElectronDouble
  readonly options: WindowOptions
  readonly webContents: WebContentsDouble
  readonly page: Promise<Page>
  #destroyed = false
  #maximized = false

  constructor(double: ElectronDouble, options: WindowOptions = {}) {
    super()
    this.double = double
    this.options = options
    this.webContents = new WebContentsDouble(this)
    double.windows.push(this)
    this.page = this.#open()
    double.app.emit('web-contents-created', {}, this.webContents)
  }

  async #open(): Promise<Page> {
    const page = await this.double.context.newPage()
    this.double.windowOf.set(page, this)
    const ports = new Map<number, PortDouble>()
    const forget = () => {
      for (const port of ports.values()) port.lose()
      ports.clear()
    }
    // A new document takes the old one's ports with it. A step within the document (the application's own routes) is a
    // navigation to Playwright as well, and takes nothing.
    page.on('request', (request) => {
      if (request.isNavigationRequest() && request.frame() === page.mainFrame()) forget()
    })
    page.on('close', () => {
      forget()
      this.#gone()
    })
    const { preload, additionalArguments = [] } = this.options.webPreferences ?? {}
    if (preload !== undefined) {
      await page.exposeBinding(bindingName, (source, message: PageMessage) =>
        this.#receive(source.frame, message, ports),
      )
      await page.addInitScript(
        preloadScript(readFileSync(preload, 'utf8'), ['electron', ...additionalArguments], appOrigin),
      )
    }
    return page
  }

  async #receive(frame: Frame, message: PageMessage, ports: Map<number, PortDouble>): Promise<unknown> {
    if (message.kind === 'port') {
      ports.get(message.id)?.emit('message', { data: decodeValue(message.data) })
      return undefined
    }
    if (message.kind === 'open') {
      const { action } = this.webContents.openHandler({ url: message.url })
      this.double.deniedWindows.push(`${action} ${message.url}`)
      return undefined
    }
    const event = { sender: this.webContents, senderFrame: senderOf(frame), ports: [] as PortDouble[] }
    if (message.kind === 'invoke') {
      return encodeValue(await this.double.invoke(event, message.channel, decodeValue(message.args) as unknown[]))
    }
    if (message.kind === 'post') {
      const page = await this.page
      event.ports = message.ports.map((id) => {
        const port = new PortDouble((data) => {
          // A page that is being closed takes nothing any more, and that is no failure.
          void page
            .evaluate(
              ([name, at, value]) => {
                const deliver = (globalThis as unknown as Record<string, (id: number, data: unknown) => void>)[
                  name as string
                ]
                deliver?.(at as number, value)
              },
              [portsName, id, data] as const,
            )
            .catch(() => {})
        })
        ports.set(id, port)
        return port
      })
    }
    const args = message.kind === 'post' ? [decodeValue(message.message)] : (decodeValue(message.args) as unknown[])
    this.double.ipcMain.emit(message.channel, event, ...args)
    return undefined
  }

  async loadURL(url: string): Promise<void> {
    const page = await this.page
    const response = await page.goto(toShown(url))
    if (response === null || !response.ok()) throw new Error(`${url} answered ${response?.status()}`)
    this.emit('ready-to-show')
  }

  #gone(): void {
    if (this.#destroyed) return
    this.#destroyed = true
    this.double.windows.splice(this.double.windows.indexOf(this), 1)
    this.emit('closed')
    if (this.double.windows.length === 0) this.double.app.emit('window-all-closed')
  }

  show(): void {
    this.double.shown.add(this)
  }

  /** As the user closes it. */
  close(): void {
    this.emit('close', { preventDefault() {} })
    void this.page.then((page) => page.close())
  }

  destroy(): void {
    void this.page.then((page) => page.close())
  }

  reload(): void {
    void this.page.then((page) => page.reload())
  }

  maximize(): void {
    this.#maximized = true
  }

  isDestroyed = (): boolean => this.#destroyed
  isMaximized = (): boolean => this.#maximized
  isMinimized = (): boolean => false
  restore(): void {}
  focus(): void {}
  getNormalBounds = () => ({ x: 40, y: 30, width: 1280, height: 720 })
}

type PageMessage =
  | { readonly kind: 'open'; readonly url: string }
  | { readonly kind: 'invoke' | 'send'; readonly channel: string; readonly args: unknown }
  | { readonly kind: 'post'; readonly channel: string; readonly message: unknown; readonly ports: readonly number[] }
  | { readonly kind: 'port'; readonly id: number; readonly data: unknown }

type FrameDouble = { readonly url: string; readonly origin: string; readonly parent: FrameDouble | null }

function senderOf(frame: Frame): FrameDouble {
  const parent = frame.parentFrame()
  const url = toApp(frame.url())
  const origin = url.startsWith(`${appOrigin}/`) ? appOrigin : (URL.parse(url)?.origin ?? 'null')
  return { url, origin, parent: parent === null ? null : senderOf(parent) }
}
