/**
 * What stands in for Electron's renderer process inside a Chromium page: the `electron` module of a sandboxed preload,
 * wired to the double by one binding. Runs before any script of the page, in its main world; values cross as JSON with
 * bytes marked. Kept as one self-contained function, because its text is what goes into the page.
 */
export const bindingName = '__electronDouble'
export const portsName = '__electronDoublePorts'

/** The origin that Chromium shows for `app://frontstock`: a scheme of our own is Electron's alone. */
export const shownOrigin = 'http://frontstock.localhost'

/** @returns a script for addInitScript that runs the real, built preload. */
export function preloadScript(source: string, argv: readonly string[], appOrigin: string): string {
  const settings = JSON.stringify({ argv, appOrigin, shownOrigin, bindingName, portsName })
  return `(${frame.toString()})(${settings}, (require, process, window, module, exports) => {\n${source}\n})`
}

type Settings = { argv: string[]; appOrigin: string; shownOrigin: string; bindingName: string; portsName: string }
type Listener = (event: unknown) => void

function frame(
  settings: Settings,
  preload: (
    require: (name: string) => unknown,
    process: object,
    window: object,
    module: object,
    exports: object,
  ) => void,
): void {
  const page = globalThis as unknown as Window & Record<string, unknown>
  if (page !== page.top) return
  const encode = (value: unknown): unknown => {
    if (value instanceof ArrayBuffer) return { $buffer: encodeBytes(new Uint8Array(value)) }
    if (value instanceof Uint8Array) return { $bytes: encodeBytes(value) }
    if (Array.isArray(value)) return value.map(encode)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, encode(inner)]))
  }
  const decode = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(decode)
    if (typeof value !== 'object' || value === null) return value
    const record = value as Record<string, unknown>
    if (typeof record.$buffer === 'string') return decodeBytes(record.$buffer).buffer
    if (typeof record.$bytes === 'string') return decodeBytes(record.$bytes)
    return Object.fromEntries(Object.entries(record).map(([key, inner]) => [key, decode(inner)]))
  }
  const encodeBytes = (bytes: Uint8Array): string => {
    let text = ''
    for (let at = 0; at < bytes.length; at += 32_768) text += String.fromCharCode(...bytes.subarray(at, at + 32_768))
    return btoa(text)
  }
  const decodeBytes = (text: string): Uint8Array => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
  const send = (message: object) => (page[settings.bindingName] as (message: object) => Promise<unknown>)(message)

  const ports = new Map<number, MessagePort>()
  let lastPort = 0
  page[settings.portsName] = (id: number, data: unknown) => {
    if (data === null) ports.get(id)?.close()
    else ports.get(id)?.postMessage(decode(data))
  }

  const electron = {
    contextBridge: {
      exposeInMainWorld(name: string, api: Record<string, unknown>) {
        const copy = Object.fromEntries(
          Object.entries(api).map(([key, value]) => [
            key,
            typeof value === 'function' ? (...args: unknown[]) => value(...args) : value,
          ]),
        )
        Object.defineProperty(page, name, { value: Object.freeze(copy), enumerable: true })
      },
    },
    ipcRenderer: {
      invoke: async (channel: string, ...args: unknown[]) =>
        decode(await send({ kind: 'invoke', channel, args: encode(args) })),
      send: (channel: string, ...args: unknown[]) => void send({ kind: 'send', channel, args: encode(args) }),
      postMessage(channel: string, message: unknown, transfer: MessagePort[] = []) {
        const ids = transfer.map((port) => {
          lastPort += 1
          const id = lastPort
          ports.set(id, port)
          port.onmessage = (event) => void send({ kind: 'port', id, data: encode(event.data) })
          return id
        })
        void send({ kind: 'post', channel, message: encode(message), ports: ids })
      },
    },
  }
  // Chromium tells nobody of a window that the page's own headers cut off from it, so it is asked for before it opens.
  page.open = (url?: string | URL) => {
    void send({ kind: 'open', url: String(url ?? 'about:blank') })
    return null
  }
  // The preload compares origins; in Electron it would see the scheme of the application.
  const seen = {
    addEventListener(type: string, listener: Listener) {
      page.addEventListener(type, (event) => {
        const { source, origin, data, ports: sent } = event as MessageEvent
        listener({
          source: source === page ? seen : source,
          origin: origin === settings.shownOrigin ? settings.appOrigin : origin,
          data,
          ports: sent,
        })
      })
    },
  }
  const module = { exports: {} }
  const require = (name: string) => {
    if (name !== 'electron') throw new Error(`a sandboxed preload cannot require ${name}`)
    return electron
  }
  preload(require, { argv: settings.argv }, seen, module, module.exports)
}

/** The same marks on the side of Node. */
export function encodeValue(value: unknown): unknown {
  if (value instanceof ArrayBuffer) return { $buffer: Buffer.from(value).toString('base64') }
  if (value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString('base64') }
  if (Array.isArray(value)) return value.map(encodeValue)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, encodeValue(inner)]))
}

export function decodeValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(decodeValue)
  if (typeof value !== 'object' || value === null) return value
  const record = value as Record<string, unknown>
  if (typeof record.$buffer === 'string') return Uint8Array.from(Buffer.from(record.$buffer, 'base64')).buffer
  if (typeof record.$bytes === 'string') return new Uint8Array(Buffer.from(record.$bytes, 'base64'))
  return Object.fromEntries(Object.entries(record).map(([key, inner]) => [key, decodeValue(inner)]))
}
