import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { connect } from 'node:net'
import { join } from 'node:path'
import { os } from '@orpc/server'
import { inProject } from '../../build/project.ts'
import type { Person } from '../../core/role.ts'
import { createRpc } from '../../hub/rpc.ts'
import { type Hub, startHub } from '../../hub/server.ts'
import { aloneLimits, type Session, type SessionLimits } from '../../hub/session.ts'

/** A hub over a router of a few lines: what is tested is the wire, not what goes over it. */
export const person: Person = { personId: 7, name: '王芳', roles: ['clerk'] }

type TinyContext = { readonly person: Person; readonly effects: string[] }
const base = os.$context<TinyContext>()
const router = {
  echo: base.handler(({ input }) => input),
  me: base.handler(({ context }) => context.person),
  write: base.handler(({ context, input }) => {
    context.effects.push(String(input))
    return context.effects.length
  }),
  fail: base.handler(() => {
    throw new Error('a bug')
  }),
  ticks: base.handler(async function* ({ signal }) {
    for (let tick = 0; !signal?.aborted; tick++) {
      yield tick
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }),
}
export type TinyRouter = typeof router

export type TinyHub = Hub & {
  readonly log: string[]
  readonly effects: string[]
  /** Signs in over HTTP, as a browser does. @returns the cookie. */
  readonly signIn: () => Promise<string>
  readonly stop: () => Promise<void>
  clock: number
}

export async function startTinyHub(
  options: {
    limits?: SessionLimits
    printPdf?: ((url: string, signal: AbortSignal) => Promise<Uint8Array>) | null
    mostSockets?: number
    port?: number
  } = {},
): Promise<TinyHub> {
  mkdirSync(inProject('.tmp'), { recursive: true })
  const folder = mkdtempSync(inProject('.tmp', 'hub-'))
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), '<!doctype html><meta property="csp-nonce" nonce="__CSP_NONCE__"><p>page')
  writeFileSync(join(folder, 'assets', 'index-1.js'), 'export {}')
  writeFileSync(join(folder, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
  const log: string[] = []
  const effects: string[] = []
  const state = { clock: Date.UTC(2026, 10, 24) }
  const hub = await startHub<TinyContext>({
    rpc: createRpc(router, (line) => log.push(line)),
    createContext: (session: Session) => ({ person: session.person, effects }),
    assetsFolder: folder,
    port: options.port ?? 0,
    limits: options.limits ?? aloneLimits,
    now: () => state.clock,
    log: (line) => log.push(line),
    printPdf: options.printPdf ?? null,
    ...(options.mostSockets === undefined ? {} : { mostSockets: options.mostSockets }),
  })
  return Object.assign(state, hub, {
    log,
    effects,
    async signIn() {
      const { status, headers } = await ask(hub, { path: new URL(hub.addressFor(person)).search.replace(/^/, '/') })
      const cookie = headers['set-cookie']?.[0]?.split(';')[0]
      if (status !== 303 || cookie === undefined) throw new Error(`sign-in answered ${status}`)
      return cookie
    },
    async stop() {
      await hub.close()
      rmSync(folder, { recursive: true, force: true })
    },
  })
}

export type Answer = { status: number; headers: Record<string, string[] | undefined>; body: Buffer }

/** One request by node:http, which sends any Host and Origin that it is told to. */
export function ask(
  hub: { port: number },
  question: {
    method?: string
    path?: string
    headers?: Record<string, string | string[]>
    body?: string | Buffer
    host?: string | null
  },
): Promise<Answer> {
  const { method = 'GET', path = '/', headers = {}, body, host = `127.0.0.1:${hub.port}` } = question
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        host: '127.0.0.1',
        port: hub.port,
        method,
        path,
        setHost: false,
        agent: false,
        headers: { ...(host === null ? {} : { host }), ...headers },
      },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', reject)
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headersDistinct, body: Buffer.concat(chunks) }),
        )
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })
}

/** The status line of whatever comes back for these very bytes; an empty text when the connection just closes. */
export function askRaw(hub: { port: number }, bytes: string | Buffer, patienceMs = 15_000): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(hub.port, '127.0.0.1', () => socket.write(bytes))
    let answer = ''
    const finish = () => {
      socket.destroy()
      resolve(answer.split('\r\n')[0] ?? '')
    }
    const patience = setTimeout(finish, patienceMs)
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1')
      if (answer.includes('\r\n')) {
        clearTimeout(patience)
        finish()
      }
    })
    socket.on('error', () => {})
    socket.on('close', () => {
      clearTimeout(patience)
      finish()
    })
  })
}

export const originOf = (hub: { port: number }): string => `http://127.0.0.1:${hub.port}`
