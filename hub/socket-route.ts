import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type RawData, type WebSocket, WebSocketServer } from 'ws'
import type { Line, Rpc } from './rpc.ts'
import type { Session, Sessions } from './session.ts'

/** A pasted list of 100,000 rows goes in pieces; one message holds a large page of rows at the most. */
const mostMessageBytes = 32 * 1024 * 1024
/** A reader that does not read: what waits for it may not fill the memory of the host. */
const mostUnsentBytes = 64 * 1024 * 1024
const heartbeatMs = 30_000

/** The WebSocket of the API. The caller has checked Host, Origin and session. */
export function createSocketRoute<C>(options: {
  readonly rpc: Rpc<C>
  readonly createContext: (session: Session) => C
  readonly sessions: Sessions
  readonly most: number
  readonly log: (line: string) => void
}): {
  full: () => boolean
  count: () => number
  ever: () => boolean
  accept: (request: IncomingMessage, socket: Duplex, head: Buffer, key: string) => void
  close: () => Promise<void>
} {
  const wss = new WebSocketServer({ noServer: true, maxPayload: mostMessageBytes, perMessageDeflate: false })
  let ever = false
  const open = new Map<WebSocket, { line: Line; session: Session; alive: boolean }>()

  options.sessions.onEnd((session) => {
    for (const [socket, state] of open) if (state.session === session) socket.close(4401, 'session ended')
  })

  const heartbeat = setInterval(() => {
    for (const [socket, state] of open) {
      if (!state.alive) socket.terminate()
      state.alive = false
      socket.ping()
    }
  }, heartbeatMs)
  heartbeat.unref()

  const start = (socket: WebSocket, key: string) => {
    const session = options.sessions.find(key)
    if (session === null) return socket.close(4401, 'session ended')
    const line = options.rpc.connect(
      {
        send(message) {
          if (socket.readyState !== socket.OPEN) throw new Error('the socket is closed')
          if (socket.bufferedAmount > mostUnsentBytes) return socket.terminate()
          socket.send(message)
        },
        onFault(error) {
          options.log(`hub: socket closed: ${error instanceof Error ? error.message : String(error)}`)
          socket.close(1008, 'unreadable message')
        },
      },
      () => options.createContext(session),
    )
    const state = { line, session, alive: true }
    open.set(socket, state)
    ever = true
    socket.on('pong', () => {
      state.alive = true
    })
    socket.on('message', (data: RawData, isBinary: boolean) => {
      state.alive = true
      // Looked up each time: it keeps the session awake, and a session that has ended answers nothing more.
      if (options.sessions.find(key) !== session) return socket.close(4401, 'session ended')
      const bytes = Array.isArray(data) ? Buffer.concat(data) : data
      void line.receive(isBinary ? bytes : bytes.toString())
    })
    socket.on('error', () => {})
    socket.on('close', () => {
      open.delete(socket)
      line.close()
    })
  }

  return {
    full: () => open.size >= options.most,
    count: () => open.size,
    ever: () => ever,
    accept: (request, socket, head, key) =>
      wss.handleUpgrade(request, socket, head, (webSocket) => start(webSocket, key)),
    async close() {
      clearInterval(heartbeat)
      const gone = [...open.keys()].map((socket) => new Promise<void>((resolve) => socket.on('close', () => resolve())))
      for (const socket of open.keys()) socket.close(1001, 'Frontstock is closing')
      const patience = setTimeout(() => {
        for (const socket of open.keys()) socket.terminate()
      }, 1_000)
      await Promise.all(gone)
      clearTimeout(patience)
      wss.close()
    },
  }
}
