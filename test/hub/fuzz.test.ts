import { once } from 'node:events'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { seed } from '../seed.ts'
import { ask, askRaw, originOf, startTinyHub, type TinyHub } from './tiny-hub.ts'

const count = process.env.FRONTSTOCK_DEEP === '1' ? 20_000 : 500

/** Mulberry32: the same seed gives the same attack. */
function createRandom(from: number): () => number {
  let state = from >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

let hub: TinyHub
let cookie: string
const bugs: unknown[] = []
const noteBug = (error: unknown) => void bugs.push(error)
beforeAll(async () => {
  hub = await startTinyHub({ printPdf: async () => Buffer.from('%PDF') })
  cookie = await hub.signIn()
  process.on('unhandledRejection', noteBug)
  process.on('uncaughtException', noteBug)
})
afterAll(async () => {
  process.off('unhandledRejection', noteBug)
  process.off('uncaughtException', noteBug)
  await hub.stop()
})

it(`answers ${count} broken requests and stays whole (seed ${seed})`, async () => {
  const random = createRandom(seed)
  const pick = <Value>(values: readonly Value[]) => values[Math.floor(random() * values.length)] as Value
  const junk = (longest: number) =>
    Buffer.from(Array.from({ length: Math.floor(random() * longest) }, () => Math.floor(random() * 256)))
  const own = `127.0.0.1:${hub.port}`
  const methods = [
    'GET',
    'HEAD',
    'POST',
    'DELETE',
    'PUT',
    'CONNECT',
    'OPTIONS',
    'get',
    'G ET',
    '',
    'PRI',
    junk(8).toString('latin1'),
  ]
  const paths = [
    '/',
    '/api',
    '/print',
    '/print?keep',
    '/print/00',
    '/session',
    '/assets/index-1.js',
    '/assets/../x',
    '/%',
    '/%00',
    '*',
    '//x',
    `http://${own}/`,
    '/?token=x',
    '/'.repeat(2_000),
    `/${'a/'.repeat(500)}`,
    junk(40).toString('latin1'),
  ]
  const headers = [
    `Host: ${own}`,
    'Host: x',
    `Origin: http://${own}`,
    'Origin: null',
    `Cookie: ${cookie}`,
    'Cookie: ;;==;',
    `Cookie: ${'a=b; '.repeat(300)}`,
    'Content-Length: 5',
    'Content-Length: -1',
    'Content-Length: 1e9',
    'Transfer-Encoding: chunked',
    'Transfer-Encoding: x',
    'Expect: 100-continue',
    'Upgrade: websocket',
    'Connection: Upgrade',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    'Sec-WebSocket-Key: x',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Version: 999',
    'Sec-WebSocket-Extensions: permessage-deflate; x=',
    'Sec-Fetch-Site: cross-site',
    'If-None-Match: "',
    'Range: bytes=0-1',
    `X: ${'y'.repeat(20_000)}`,
    ': x',
    junk(30).toString('latin1'),
  ]
  const bodies = [
    '',
    '{}',
    '{"token":5}',
    '5\r\nhello\r\n0\r\n\r\n',
    'ffffffffffffffff\r\nx',
    'hello',
    junk(200).toString('latin1'),
  ]
  const work = Array.from({ length: count }, () => {
    if (random() < 0.1) return junk(400)
    const chosen = Array.from({ length: Math.floor(random() * 7) }, () => pick(headers))
    // Most of them get past the door.
    if (random() < 0.7) chosen.unshift(`Host: ${own}`, `Origin: http://${own}`, `Cookie: ${cookie}`)
    const version = random() < 0.9 ? 'HTTP/1.1' : pick(['HTTP/1.0', 'HTTP/2.0', 'HTTP/9', ''])
    return Buffer.from(
      `${pick(methods)} ${pick(paths)} ${version}\r\n${chosen.join('\r\n')}\r\n\r\n${pick(bodies)}`,
      'latin1',
    )
  })
  const statuses = new Set<string>()
  for (let at = 0; at < work.length; at += 32) {
    const lines = await Promise.all(work.slice(at, at + 32).map((bytes) => askRaw(hub, bytes, 150)))
    for (const line of lines) statuses.add(line.split(' ')[1] ?? '')
    // What broke would show at once to the next who asks.
    if (at % 1_024 === 0)
      expect((await ask(hub, { path: '/session', headers: { cookie: await hub.signIn() } })).status).toBe(204)
  }
  expect(bugs).toEqual([])
  expect(hub.log.filter((line) => line.includes('Error'))).toEqual([])
  expect([...statuses].filter((status) => status.startsWith('5') && status !== '501')).toEqual([])
  expect(statuses.size).toBeGreaterThan(5)
  expect(hub.effects).toEqual([])
})

it(`reads ${count} broken messages on its sockets without an effect (seed ${seed})`, async () => {
  const random = createRandom(seed + 1)
  const pick = <Value>(values: readonly Value[]) => values[Math.floor(random() * values.length)] as Value
  const value = (depth: number): unknown => {
    const simple = [
      null,
      true,
      -1,
      1e308,
      'x',
      '',
      '__proto__',
      '/write',
      '/echo',
      'http://orpc/write',
      '\u0000',
      [],
      {},
      '0',
      3,
      4,
    ]
    if (depth === 0 || random() < 0.4) return pick(simple)
    if (random() < 0.5) return Array.from({ length: Math.floor(random() * 4) }, () => value(depth - 1))
    const keys = ['i', 't', 'p', 'u', 'h', 'b', 'm', 'json', 'meta', 'maps', 'constructor', 'content-type', 'e', 'd']
    return Object.fromEntries(Array.from({ length: Math.floor(random() * 5) }, () => [pick(keys), value(depth - 1)]))
  }
  let socket: WebSocket | null = null
  const fresh = await hub.signIn()
  for (let at = 0; at < count; at++) {
    if (socket === null || socket.readyState !== socket.OPEN) {
      socket = new WebSocket(`ws://127.0.0.1:${hub.port}/api`, { headers: { cookie: fresh, origin: originOf(hub) } })
      socket.on('error', () => {})
      await once(socket, 'open')
    }
    const kind = random()
    // A valid envelope around nonsense goes deepest; `/write` would be an effect, so it is asked for under wrong names.
    const message =
      kind < 0.5
        ? JSON.stringify({
            i: pick(['1', 2, null]),
            t: pick([undefined, 1, 3, 4, 9, 'x']),
            p: {
              u: pick(['/echo', '/writes', '/me', '/', 'x', 5, '/ticks/']),
              b: { json: value(3), meta: value(2), maps: value(1) },
              h: pick([
                undefined,
                null,
                {},
                value(2),
                { 'content-type': 'text/event-stream' },
                { 'content-type': 'multipart/form-data; boundary=x' },
              ]),
              m: pick([undefined, 'GET', 'x']),
            },
          })
        : kind < 0.8
          ? JSON.stringify(value(4))
          : Buffer.from(Array.from({ length: Math.floor(random() * 200) }, () => Math.floor(random() * 256)))
    socket.send(message)
    if (at % 8 === 0) await new Promise((resolve) => setImmediate(resolve))
  }
  socket?.close()
  await expect.poll(() => hub.windows()).toBe(0)
  expect(bugs).toEqual([])
  expect(hub.effects).toEqual([])
  expect(({} as { x?: unknown }).x).toBeUndefined()
  expect(Object.keys(Object.prototype)).toEqual([])
})
