import { type ClientContext, type ClientLink, createORPCClient, ORPCError } from '@orpc/client'
import { RPCLink as PortLink } from '@orpc/client/message-port'
import { RPCLink as SocketLink } from '@orpc/client/websocket'
import type { ContractRouterClient } from '@orpc/contract'
import type { contract } from '../api/contract/contract.ts'
import { bridge } from './shell/bridge.ts'

export type ApiClient = ContractRouterClient<typeof contract>

/** `waiting`: a new connection is being tried. `signed-out`: the host no longer knows this window; a reload says how to go on. */
export type ConnectionStatus = 'connecting' | 'open' | 'waiting' | 'signed-out'

/**
 * A call that got no answer because the connection went away, or none came about in time. Whether a command took effect
 * is not known: send it again with the same request id, which is safe.
 */
export class ConnectionError extends Error {
  /** 401 when the host says that nobody is signed in here. */
  readonly status: 401 | undefined

  constructor(message: string, options: { status?: 401; cause?: unknown } = {}) {
    super(message, { cause: options.cause })
    this.name = 'ConnectionError'
    this.status = options.status
  }
}

export type Connection = {
  readonly client: ApiClient
  /** Calls back at once with the present status, then at each change. @returns the way to stop. */
  readonly onStatus: (listener: (status: ConnectionStatus) => void) => () => void
  /** After each connection but the first: whatever was read before may be stale, and streams must be opened again. */
  readonly onReconnected: (listener: () => void) => () => void
  readonly close: () => void
}

/** One way to the host. `open` rejects when there is none now; `onClose` is called once when an open one is gone. */
export type Transport = {
  readonly open: (onClose: () => void) => Promise<ClientLink<ClientContext>>
  /** Asked after a failure: false when it is of no use to try again. */
  readonly signedIn: () => Promise<boolean>
}

const firstPauseMs = 250
const longestPauseMs = 5_000
/** How long a call waits for a connection that is being made. */
const callPatienceMs = 10_000

/** The one typed client of this window: over a MessagePort in Electron, over a WebSocket in a browser. */
export function createClient(
  transport: Transport = bridge === undefined ? socketTransport() : portTransport(),
): Connection {
  let status: ConnectionStatus = 'connecting'
  let link: ClientLink<ClientContext> | null = null
  let failures = 0
  let connected = 0
  let retry: ReturnType<typeof setTimeout> | undefined
  let trying = false
  let closed = false
  const statusListeners = new Set<(status: ConnectionStatus) => void>()
  const reconnectedListeners = new Set<() => void>()
  const waiting = new Set<{ resolve: (link: ClientLink<ClientContext>) => void; reject: (error: Error) => void }>()

  const become = (next: ConnectionStatus) => {
    if (status === next) return
    status = next
    for (const listener of statusListeners) listener(next)
  }
  const giveUp = (error: Error) => {
    for (const call of waiting) call.reject(error)
    waiting.clear()
  }
  const connect = async () => {
    if (closed || trying || link !== null) return
    trying = true
    clearTimeout(retry)
    try {
      let gone = false
      let mine: ClientLink<ClientContext> | null = null
      const opened = await transport.open(() => {
        gone = true
        if (mine !== null && link === mine) lose()
      })
      mine = opened
      if (gone) throw new ConnectionError('the connection closed as it opened')
      link = opened
      failures = 0
      connected += 1
      become('open')
      for (const call of waiting) call.resolve(opened)
      waiting.clear()
      if (connected > 1) for (const listener of reconnectedListeners) listener()
    } catch {
      if (!(await transport.signedIn())) {
        become('signed-out')
        giveUp(new ConnectionError('nobody is signed in', { status: 401 }))
      } else if (!closed) {
        become(connected === 0 ? 'connecting' : 'waiting')
        retryLater()
      }
    } finally {
      trying = false
    }
  }
  const retryLater = () => {
    // Half of the pause is random, so that many windows do not come back in one instant.
    const pause = Math.min(longestPauseMs, firstPauseMs * 2 ** failures)
    failures += 1
    clearTimeout(retry)
    retry = setTimeout(() => void connect(), pause / 2 + Math.random() * (pause / 2))
  }
  const lose = () => {
    link = null
    if (closed) return
    become('waiting')
    retryLater()
  }
  const ready = () =>
    new Promise<ClientLink<ClientContext>>((resolve, reject) => {
      if (link !== null) return resolve(link)
      if (closed) return reject(new ConnectionError('the connection is closed'))
      if (status === 'signed-out') return reject(new ConnectionError('nobody is signed in', { status: 401 }))
      const call = {
        resolve(opened: ClientLink<ClientContext>) {
          clearTimeout(late)
          resolve(opened)
        },
        reject(error: Error) {
          clearTimeout(late)
          reject(error)
        },
      }
      const late = setTimeout(() => {
        waiting.delete(call)
        reject(new ConnectionError('no connection'))
      }, callPatienceMs)
      waiting.add(call)
      void connect()
    })

  const current: ClientLink<ClientContext> = {
    async call(path, input, options) {
      const used = await ready()
      try {
        return await used.call(path, input, options)
      } catch (error) {
        // What the host answered is an ORPCError; everything else is the wire's failing.
        if (error instanceof ORPCError || options.signal?.aborted) throw error
        throw new ConnectionError('the connection was lost before the answer came', { cause: error })
      }
    },
  }

  const wake = () => void connect()
  globalThis.addEventListener?.('online', wake)
  void connect()
  return {
    client: createORPCClient<ApiClient>(current),
    onStatus(listener) {
      statusListeners.add(listener)
      listener(status)
      return () => void statusListeners.delete(listener)
    },
    onReconnected(listener) {
      reconnectedListeners.add(listener)
      return () => void reconnectedListeners.delete(listener)
    },
    close() {
      closed = true
      clearTimeout(retry)
      globalThis.removeEventListener?.('online', wake)
      giveUp(new ConnectionError('the connection is closed'))
    },
  }
}

/** @param url of the hub's WebSocket; by default on the page's own host. */
export function socketTransport(
  url = `${location.origin.replace(/^http/, 'ws')}/api`,
  open: (url: string) => WebSocket = (address) => new WebSocket(address),
): Transport {
  return {
    open: (onClose) =>
      new Promise((resolve, reject) => {
        const websocket = open(url)
        websocket.binaryType = 'blob'
        let opened = false
        websocket.addEventListener('close', () => {
          if (opened) onClose()
          else reject(new ConnectionError('the host does not answer'))
        })
        websocket.addEventListener('open', () => {
          opened = true
          resolve(new SocketLink({ websocket }))
        })
      }),
    async signedIn() {
      try {
        return (await fetch('/session', { cache: 'no-store' })).status !== 401
      } catch {
        return true
      }
    },
  }
}

function portTransport(): Transport {
  return {
    async open(onClose) {
      const { port1, port2 } = new MessageChannel()
      port1.addEventListener('close', onClose)
      // The preload hands the other end to the main process, which checks who asks.
      window.postMessage({ type: 'frontstock:port' }, location.origin, [port2])
      port1.start()
      return new PortLink({ port: port1 })
    },
    signedIn: async () => true,
  }
}
