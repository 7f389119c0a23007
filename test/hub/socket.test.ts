import { once } from 'node:events'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import type { RouterClient } from '@orpc/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { sharedLimits } from '../../hub/session.ts'
import { ask, originOf, person, startTinyHub, type TinyHub, type TinyRouter } from './tiny-hub.ts'

let hub: TinyHub
beforeAll(async () => {
  hub = await startTinyHub()
})
afterAll(() => hub.stop())

function openSocket(to: TinyHub, cookie: string): WebSocket {
  const socket = new WebSocket(`ws://127.0.0.1:${to.port}/api`, { headers: { cookie, origin: originOf(to) } })
  socket.on('error', () => {})
  return socket
}

async function openClient(to: TinyHub, cookie: string) {
  const socket = openSocket(to, cookie)
  await once(socket, 'open')
  const link = new RPCLink({ websocket: socket as unknown as globalThis.WebSocket })
  return { socket, client: createORPCClient<RouterClient<TinyRouter>>(link) }
}

async function statusOf(to: TinyHub, headers: Record<string, string>, path = '/api'): Promise<number> {
  const socket = new WebSocket(`ws://127.0.0.1:${to.port}${path}`, { headers })
  socket.on('error', () => {})
  const [, response] = (await once(socket, 'unexpected-response')) as [unknown, { statusCode: number }]
  socket.terminate()
  return response.statusCode
}

describe('the socket of the API', () => {
  it('carries calls, errors and streams, in the name of whose session it is', async () => {
    const { client, socket } = await openClient(hub, await hub.signIn())
    expect(await client.echo('前线 ✓' as never)).toBe('前线 ✓')
    expect(await client.me()).toEqual(person)
    await expect(client.fail()).rejects.toMatchObject({ code: 'INTERNAL_SERVER_ERROR', status: 500 })
    const seen: number[] = []
    for await (const tick of await client.ticks()) {
      seen.push(tick)
      if (seen.length === 3) break
    }
    expect(seen).toEqual([0, 1, 2])
    const many = await Promise.all(Array.from({ length: 200 }, (_, at) => client.echo(at as never)))
    expect(many).toEqual(Array.from({ length: 200 }, (_, at) => at))
    socket.close()
  })

  it('does not tell a caller what a bug was', async () => {
    const { client, socket } = await openClient(hub, await hub.signIn())
    const error = await client.fail().catch((caught: unknown) => caught)
    expect(JSON.stringify(error)).not.toContain('a bug')
    socket.close()
  })

  it('opens for nobody without a session', async () => {
    const headers = { origin: originOf(hub) }
    expect(await statusOf(hub, headers)).toBe(401)
    expect(await statusOf(hub, { ...headers, cookie: `frontstock-${hub.port}=AAAAAAAAAAAAAAAAAAAAAA` })).toBe(401)
    expect(await statusOf(hub, { ...headers, cookie: await hub.signIn() }, '/other')).toBe(404)
  })

  it('closes the sockets of a session that ends, and answers nothing on them', async () => {
    const cookie = await hub.signIn()
    const { client, socket } = await openClient(hub, cookie)
    await ask(hub, { method: 'DELETE', path: '/session', headers: { cookie, origin: originOf(hub) } })
    const [code] = (await once(socket, 'close')) as [number]
    expect(code).toBe(4401)
    await expect(client.write('late' as never)).rejects.toThrow()
    expect(hub.effects).not.toContain('late')
  })

  it('closes a shared session that has rested too long, before it answers', async () => {
    const own = await startTinyHub({ limits: sharedLimits })
    const { client, socket } = await openClient(own, await own.signIn())
    own.clock += 31 * 60_000
    await expect(client.write('too late' as never)).rejects.toThrow()
    await (socket.readyState === socket.CLOSED || once(socket, 'close'))
    expect(own.effects).toEqual([])
    await own.stop()
  })

  it('closes on a message that it cannot read, and goes on for everybody else', async () => {
    const cookie = await hub.signIn()
    const steady = await openClient(hub, cookie)
    for (const bad of [
      '',
      '{',
      'null',
      '[]',
      '{"i":1}',
      '{"i":1,"p":5}',
      '{"i":1,"p":{"u":5}}',
      Buffer.from([0xff, 0, 1, 2]),
    ]) {
      const socket = openSocket(hub, cookie)
      await once(socket, 'open')
      socket.send(bad)
      const [code] = (await once(socket, 'close')) as [number]
      expect([String(bad), code]).toEqual([String(bad), 1008])
    }
    expect(await steady.client.echo(1 as never)).toBe(1)
    steady.socket.close()
  })

  it('lets in only so many windows at once, and the next when one has gone', async () => {
    const own = await startTinyHub({ mostSockets: 2 })
    const cookie = await own.signIn()
    const first = await openClient(own, cookie)
    const second = await openClient(own, cookie)
    expect(await statusOf(own, { cookie, origin: originOf(own) })).toBe(503)
    first.socket.close()
    await once(first.socket, 'close')
    await expect.poll(() => own.windows()).toBe(1)
    const third = await openClient(own, cookie)
    expect(own.windows()).toBe(2)
    second.socket.close()
    third.socket.close()
    await own.stop()
  })

  it('tells its windows when it closes, and ends', async () => {
    const own = await startTinyHub()
    const { socket, client } = await openClient(own, await own.signIn())
    const stream = await client.ticks()
    await stream.next()
    const closed = once(socket, 'close')
    await own.stop()
    expect((await closed)[0]).toBe(1001)
    await expect(ask(own, {})).rejects.toThrow()
  })
})
