import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { MessageChannel } from 'node:worker_threads'
import { createORPCClient } from '@orpc/client'
import { RPCLink as PortLink } from '@orpc/client/message-port'
import { RPCLink as SocketLink } from '@orpc/client/websocket'
import type { ContractRouterClient } from '@orpc/contract'
import { createRouterClient } from '@orpc/server'
import { WebSocket } from 'ws'
import type { Context, Desk } from '../../api/context.ts'
import type { contract } from '../../api/contract/contract.ts'
import { router } from '../../api/router.ts'
import { inProject } from '../../build/project.ts'
import type { Person } from '../../core/role.ts'
import { type Port, servePort } from '../../electron/port.ts'
import { createRpc } from '../../hub/rpc.ts'
import { startHub } from '../../hub/server.ts'
import { aloneLimits } from '../../hub/session.ts'

export type ApiClient = ContractRouterClient<typeof contract>
export type Connected = { client: ApiClient; close: () => Promise<void> }

/** The procedures themselves, with no wire. */
export async function connectInProcess(desk: Desk, person: Person | null): Promise<Connected> {
  return { client: createRouterClient(router, { context: { desk, person } }) as ApiClient, close: async () => {} }
}

/** Over a real MessagePort and the code that serves it in Electron's main process. */
export async function connectPort(desk: Desk, person: Person | null): Promise<Connected> {
  const { port1, port2 } = new MessageChannel()
  // Electron's main process gets an event with `data`, Node's port hands over the data itself.
  const port: Port = {
    postMessage: (message) => port2.postMessage(message),
    start: () => port2.start(),
    close: () => port2.close(),
    on(event: 'message' | 'close', listener: (event: { data: unknown }) => void) {
      return event === 'message'
        ? port2.on('message', (data: unknown) => listener({ data }))
        : port2.on('close', listener)
    },
  }
  servePort<Context>(
    port,
    createRpc(router),
    () => ({ desk, person }),
    () => {},
  )
  const link = new PortLink({ port: port1 as unknown as globalThis.MessagePort })
  port1.start()
  return {
    client: createORPCClient<ApiClient>(link),
    async close() {
      const closed = once(port1, 'close')
      port1.close()
      await closed
    },
  }
}

/** Over a WebSocket to a real hub, signed in as a browser is. */
export async function connectSocket(desk: Desk, person: Person | null): Promise<Connected> {
  const { clients, close } = await connectSockets(desk, person, 1)
  return { client: clients[0]!, close }
}

/** So many of them at once, to one hub. */
export async function connectSockets(
  desk: Desk,
  person: Person | null,
  count: number,
): Promise<{ clients: readonly ApiClient[]; close: () => Promise<void> }> {
  mkdirSync(inProject('.tmp'), { recursive: true })
  const assetsFolder = mkdtempSync(inProject('.tmp', 'assets-'))
  writeFileSync(join(assetsFolder, 'index.html'), '<!doctype html>')
  const hub = await startHub<Context>({
    rpc: createRpc(router),
    // A session without a person stands for one whose person has been removed.
    createContext: () => ({ desk, person }),
    assetsFolder,
    port: 0,
    limits: aloneLimits,
    now: Date.now,
    log: () => {},
    printPdf: null,
  })
  const signedIn = await fetch(hub.addressFor(person ?? nobody), { redirect: 'manual' })
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? ''
  const sockets: WebSocket[] = []
  for (let at = 0; at < count; at += 1) {
    const socket = new WebSocket(`ws://127.0.0.1:${hub.port}/api`, { headers: { cookie, origin: hub.origin } })
    await once(socket, 'open')
    sockets.push(socket)
  }
  return {
    clients: sockets.map((socket) =>
      createORPCClient<ApiClient>(new SocketLink({ websocket: socket as unknown as globalThis.WebSocket })),
    ),
    async close() {
      for (const socket of sockets) socket.close()
      await hub.close()
      rmSync(assetsFolder, { recursive: true, force: true })
    },
  }
}

const nobody: Person = { personId: 0, name: '', roles: [] }
