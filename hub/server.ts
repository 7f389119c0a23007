import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Person } from '../core/role.ts'
import { openAssets } from './assets.ts'
import { answer, type Call, readBody, TooLarge } from './call.ts'
import { commonHeaders, pagePolicy, printPolicy } from './headers.ts'
import { type Knock, refuseKnock } from './origin.ts'
import { createPrintRoute } from './print-route.ts'
import { createPrintStore } from './print-store.ts'
import type { Rpc } from './rpc.ts'
import { createSessions, type Session, type SessionLimits } from './session.ts'
import { signInPage } from './sign-in-page.ts'
import { createSocketRoute } from './socket-route.ts'

export type HubOptions<C> = {
  readonly rpc: Rpc<C>
  readonly createContext: (session: Session) => C
  /** The built renderer. */
  readonly assetsFolder: string
  /** 0 takes any free port. */
  readonly port: number
  readonly limits: SessionLimits
  readonly now: () => number
  readonly log: (line: string) => void
  /** Prints the document at a URL of this server to PDF; null where no browser is installed. */
  readonly printPdf: ((url: string, signal: AbortSignal) => Promise<Uint8Array>) | null
  /** Sockets at once; beyond it a window is told to wait. */
  readonly mostSockets?: number
}

export type Hub = {
  readonly port: number
  /** `http://127.0.0.1:PORT` */
  readonly origin: string
  /** The address that signs this person in, once. */
  readonly addressFor: (person: Person) => string
  /** The windows that are connected right now. */
  readonly windows: () => number
  /** Whether any window has ever connected. */
  readonly everConnected: () => boolean
  /** Stops accepting, closes the sockets, waits for what is under way, at most about two seconds. */
  readonly close: () => Promise<void>
}

const wrongTokensPerMinute = 10

/** One node:http server on 127.0.0.1 for pages, sign-in, printing and the WebSocket. Throws when the port is taken. */
export async function startHub<C>(options: HubOptions<C>): Promise<Hub> {
  const assets = openAssets(options.assetsFolder)
  const sessions = createSessions(options.limits, options.now)
  const store = createPrintStore(options.now)
  const server = createServer({
    maxHeaderSize: 16 * 1024,
    requestTimeout: 120_000,
    headersTimeout: 15_000,
    keepAliveTimeout: 5_000,
  })
  server.maxConnections = 512
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  const names = ['127.0.0.1', 'localhost']
  const authorities = names.flatMap((name) => (port === 80 ? [name, `${name}:80`] : [`${name}:${port}`]))
  const origin = `http://127.0.0.1:${port}`
  // Cookies know no ports: without the number two desks on one machine would sign each other out.
  const cookieName = `frontstock-${port}`
  const printRoute = createPrintRoute({ store, printPdf: options.printPdf, log: options.log })
  const sockets = createSocketRoute({
    rpc: options.rpc,
    createContext: options.createContext,
    sessions,
    most: options.mostSockets ?? 64,
    log: options.log,
  })
  let wrongTokens: number[] = []

  const keyOf = (request: IncomingMessage) => readCookie(request.headers.cookie, cookieName)
  const setCookie = (response: ServerResponse, key: string, rest = '') =>
    response.setHeader('set-cookie', `${cookieName}=${key}; HttpOnly; SameSite=Strict; Path=/${rest}`)

  /** A right token always counts; wrong ones only so many a minute, so that guessing locks nobody out. */
  const exchange = (token: string): { key: string } | { status: 401 | 429 } => {
    const key = sessions.exchange(token)
    if (key !== null) return { key }
    wrongTokens = wrongTokens.filter((at) => options.now() - at < 60_000)
    if (wrongTokens.length >= wrongTokensPerMinute) return { status: 429 }
    wrongTokens.push(options.now())
    return { status: 401 }
  }

  const servePage = (call: Call) => {
    const { response } = call
    const token = call.query.get('token')
    if (token !== null) {
      const outcome = exchange(token)
      if ('key' in outcome) {
        setCookie(response, outcome.key)
        answer(response, 303, '', { location: call.path })
        return
      }
      if (call.session === null) return serveSignIn(response, outcome.status)
      // A used address opened again in a browser that is signed in already.
      answer(response, 303, '', { location: call.path })
      return
    }
    if (call.session === null) return serveSignIn(response, 401)
    const nonce = randomBytes(16).toString('base64')
    const policy = pagePolicy({ nonce, connect: authorities.map((authority) => `ws://${authority}`) })
    answer(response, 200, assets.page(nonce), { ...html, 'content-security-policy': policy })
  }

  const serveSignIn = (response: ServerResponse, status: 401 | 429) => {
    const nonce = randomBytes(16).toString('base64')
    answer(response, status, signInPage(nonce), {
      ...html,
      'content-security-policy': `default-src 'none'; style-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    })
  }

  const serveSession = async (call: Call) => {
    const { request, response } = call
    if (request.method === 'POST') {
      const token = readToken(await readBody(request, 1024))
      const outcome = token === null ? { status: 401 as const } : exchange(token)
      if ('status' in outcome) return answer(response, outcome.status)
      setCookie(response, outcome.key)
      return answer(response, 204)
    }
    if (call.session === null) return answer(response, 401)
    if (request.method !== 'DELETE') return answer(response, 204)
    if (call.key !== null) sessions.end(call.key)
    setCookie(response, '', '; Max-Age=0')
    return answer(response, 204)
  }

  const serveAsset = (call: Call) => {
    const asset = assets.find(call.path)
    if (asset === null) return false
    const cache = asset.hashed ? 'public, max-age=31536000, immutable' : 'no-cache'
    const headers = { 'content-type': asset.type, 'cache-control': cache, etag: asset.etag }
    if (call.request.headers['if-none-match'] === asset.etag) answer(call.response, 304, '', headers)
    else answer(call.response, 200, asset.bytes, headers)
    return true
  }

  const route = async (call: Call): Promise<void> => {
    const { request, response, path } = call
    const method = request.method ?? ''
    if (path === '/session') {
      return ['GET', 'HEAD', 'POST', 'DELETE'].includes(method) ? serveSession(call) : refuseMethod(response)
    }
    if (path === '/print') {
      if (method !== 'POST') return refuseMethod(response)
      return call.session === null ? answer(response, 401) : printRoute.post(call)
    }
    if (method !== 'GET' && method !== 'HEAD') return refuseMethod(response)
    if (path.startsWith('/print/')) {
      // The printing browser has no session: the id is the key.
      const document = store.find(path.slice('/print/'.length))
      if (document === null) return answer(response, 404)
      return answer(response, 200, document, { ...html, 'content-security-policy': printPolicy })
    }
    if (path === '/api') return answer(response, 426, '', { upgrade: 'websocket' })
    if (serveAsset(call)) return
    // Every other name without a dot is a place inside the application (a link to a slip, a reload).
    if (/\.[^/]*$/.test(path)) return answer(response, 404)
    servePage(call)
  }

  server.on('request', (request, response) => {
    for (const [name, value] of Object.entries(commonHeaders)) response.setHeader(name, value)
    const reason = refuseKnock(knockOf(request, false), authorities)
    if (reason !== null) {
      options.log(`hub: refused a request (${reason})`)
      return answer(response, 403)
    }
    const target = readTarget(request.url)
    if (target === null) return answer(response, 400)
    const key = keyOf(request)
    const session = key === null ? null : sessions.find(key)
    route({ request, response, ...target, key, session }).catch((error: unknown) => {
      if (error instanceof TooLarge) return answer(response, 413)
      if (response.destroyed || request.destroyed) return
      options.log(`hub: ${request.method} ${target.path}: ${error instanceof Error ? error.stack : String(error)}`)
      answer(response, 500)
    })
  })

  server.on('upgrade', (request, socket, head) => {
    const refuse = (status: string) => {
      socket.on('error', () => {})
      socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
    }
    const reason = refuseKnock(knockOf(request, true), authorities)
    if (reason !== null) {
      options.log(`hub: refused a socket (${reason})`)
      return refuse('403 Forbidden')
    }
    if (readTarget(request.url)?.path !== '/api') return refuse('404 Not Found')
    const key = keyOf(request)
    if (key === null || sessions.find(key) === null) return refuse('401 Unauthorized')
    if (sockets.full()) return refuse('503 Service Unavailable')
    sockets.accept(request, socket, head, key)
  })

  server.on('clientError', (_error, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
    else socket.destroy()
  })
  const sweeping = setInterval(() => sessions.sweep(), 30_000)
  sweeping.unref()

  return {
    port,
    origin,
    windows: sockets.count,
    everConnected: sockets.ever,
    addressFor: (person) => `${origin}/?token=${sessions.issueToken(person)}`,
    async close() {
      clearInterval(sweeping)
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      await sockets.close()
      server.closeIdleConnections()
      const patience = setTimeout(() => server.closeAllConnections(), 2_000)
      await closed
      clearTimeout(patience)
    },
  }
}

const html = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }

function refuseMethod(response: ServerResponse): void {
  answer(response, 405, '', { allow: 'GET, HEAD, POST, DELETE' })
}

function knockOf(request: IncomingMessage, upgrade: boolean): Knock {
  const sent = (name: string) => request.headersDistinct[name] ?? []
  return {
    method: request.method ?? '',
    host: sent('host').map((host) => host.toLowerCase()),
    origin: sent('origin'),
    fetchSite: sent('sec-fetch-site'),
    fetchMode: sent('sec-fetch-mode'),
    upgrade,
  }
}

/** Path and query of a request in origin form; null for anything else (absolute form, `//host`, bad escapes). */
function readTarget(url: string | undefined): { path: string; query: URLSearchParams } | null {
  if (url === undefined || !url.startsWith('/') || url.startsWith('//') || url.includes('\\')) return null
  const mark = url.indexOf('?')
  try {
    const path = decodeURIComponent(mark === -1 ? url : url.slice(0, mark))
    // Decoded, the path comes back in a Location header: it must not turn into another address or another header.
    if (path.startsWith('//') || /[\\\p{Cc}]/u.test(path)) return null
    return { path, query: new URLSearchParams(mark === -1 ? '' : url.slice(mark + 1)) }
  } catch {
    return null
  }
}

function readCookie(header: string | undefined, name: string): string | null {
  for (const part of (header ?? '').split(';')) {
    const [key, value] = part.trim().split('=', 2)
    if (key === name && value !== undefined && /^[\w-]{16,64}$/.test(value)) return value
  }
  return null
}

function readToken(body: Buffer): string | null {
  try {
    const { token } = JSON.parse(body.toString('utf8')) as { token?: unknown }
    return typeof token === 'string' ? token : null
  } catch {
    return null
  }
}
