import type { ClientContext, ClientLink } from '@orpc/client'
import { afterEach, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import {
  type Connection,
  ConnectionError,
  type ConnectionStatus,
  createClient,
  socketTransport,
  type Transport,
} from '../../renderer/client.ts'
import { freePort } from '../hub/free-port.ts'
import { originOf, startTinyHub, type TinyHub } from '../hub/tiny-hub.ts'

/** The tiny router of the hub's tests; the client is typed for the real one. */
type Tiny = { echo: (value: unknown) => Promise<unknown>; ticks: () => Promise<AsyncGenerator<number>> }

const open: (Connection | TinyHub)[] = []
afterEach(async () => {
  for (const one of open.splice(0)) await ('stop' in one ? one.stop() : one.close())
})

function connect(transport: Transport): {
  connection: Connection
  tiny: Tiny
  statuses: ConnectionStatus[]
  reconnected: () => number
} {
  const connection = createClient(transport)
  open.push(connection)
  const statuses: ConnectionStatus[] = []
  let count = 0
  connection.onStatus((status) => statuses.push(status))
  connection.onReconnected(() => {
    count += 1
  })
  return { connection, tiny: connection.client as unknown as Tiny, statuses, reconnected: () => count }
}

/** As a page would open it, which sends its cookie and its origin. */
function transportTo(hub: { port: number }, cookie: () => string, signedIn: () => boolean = () => true): Transport {
  const transport = socketTransport(`ws://127.0.0.1:${hub.port}/api`, (url) => {
    const socket = new WebSocket(url, { headers: { cookie: cookie(), origin: originOf(hub) } })
    socket.on('error', () => {})
    // The browser's type; what the link uses of it, ws has as well.
    Object.defineProperty(socket, 'binaryType', { value: 'nodebuffer', writable: true })
    return socket as unknown as globalThis.WebSocket
  })
  return { open: transport.open, signedIn: async () => signedIn() }
}

it('comes back after the host has been away, and says so once', async () => {
  const port = await freePort()
  let hub = await startTinyHub({ port })
  let cookie = await hub.signIn()
  const { tiny, statuses, reconnected } = connect(transportTo({ port }, () => cookie))
  expect(await tiny.echo(1)).toBe(1)
  await hub.stop()
  await expect.poll(() => statuses.at(-1)).toBe('waiting')
  hub = await startTinyHub({ port })
  open.push(hub)
  cookie = await hub.signIn()
  // Asked while there is no connection: it waits for one.
  expect(await tiny.echo(2)).toBe(2)
  expect(reconnected()).toBe(1)
  expect(statuses).toEqual(['connecting', 'open', 'waiting', 'open'])
})

it('fails the calls under way when the connection goes, with an error that says that nothing is known', async () => {
  const port = await freePort()
  const hub = await startTinyHub({ port })
  const cookie = await hub.signIn()
  const { tiny } = connect(transportTo({ port }, () => cookie))
  const ticks = await tiny.ticks()
  expect((await ticks.next()).value).toBe(0)
  const stream = (async () => {
    for await (const _ of ticks);
  })()
  // Never answered: the host is gone before it could.
  const slow = Promise.allSettled([tiny.echo('x'.repeat(4_000_000)), stream])
  await hub.stop()
  const [call, ended] = await slow
  expect(ended?.status).toBe('rejected')
  if (call?.status === 'rejected') {
    expect(call.reason).toBeInstanceOf(ConnectionError)
    expect((call.reason as ConnectionError).status).toBeUndefined()
  }
})

it('does not try again for ever where nobody is signed in', async () => {
  const hub = await startTinyHub()
  open.push(hub)
  let tries = 0
  const { tiny, statuses } = connect(
    transportTo(
      hub,
      () => {
        tries += 1
        return 'none=1'
      },
      () => false,
    ),
  )
  await expect(tiny.echo(1)).rejects.toMatchObject({ name: 'ConnectionError', status: 401 })
  expect(statuses.at(-1)).toBe('signed-out')
  await expect(tiny.echo(1)).rejects.toMatchObject({ status: 401 })
  expect(tries).toBe(1)
})

it('tells what the host answered from what the wire did', async () => {
  const answers: ClientLink<ClientContext> = {
    call: async () => {
      throw new TypeError('Cannot send message, WebSocket is not open.')
    },
  }
  const { tiny } = connect({ open: async () => answers, signedIn: async () => true })
  await expect(tiny.echo(1)).rejects.toBeInstanceOf(ConnectionError)
  const hub = await startTinyHub()
  open.push(hub)
  const cookie = await hub.signIn()
  const { connection } = connect(transportTo(hub, () => cookie))
  const failing = (connection.client as unknown as { fail: () => Promise<void> }).fail()
  await expect(failing).rejects.toMatchObject({ code: 'INTERNAL_SERVER_ERROR', status: 500 })
})

it('rejects what waits when it is closed', async () => {
  const { connection, tiny } = connect({ open: () => new Promise(() => {}), signedIn: async () => true })
  const call = tiny.echo(1)
  // Lets the call begin to wait.
  await Promise.resolve()
  connection.close()
  await expect(call).rejects.toBeInstanceOf(ConnectionError)
})
