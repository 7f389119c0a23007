import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask, askRaw, originOf, startTinyHub, type TinyHub } from './tiny-hub.ts'

let hub: TinyHub
let cookie: string
beforeAll(async () => {
  hub = await startTinyHub()
  cookie = await hub.signIn()
})
afterAll(() => hub.stop())

const foreignHosts = (port: number): (string | null)[] => [
  'evil.example',
  `evil.example:${port}`,
  `127.0.0.1.evil.example:${port}`,
  `localhost.evil.example:${port}`,
  `evil-127.0.0.1:${port}`,
  '127.0.0.1',
  'localhost',
  `127.0.0.1:${port + 1}`,
  '127.0.0.1:80',
  `127.0.0.1:${port}.`,
  `127.0.0.1.:${port}`,
  `0.0.0.0:${port}`,
  `[::1]:${port}`,
  `127.1:${port}`,
  `2130706433:${port}`,
  `0x7f000001:${port}`,
  `user@127.0.0.1:${port}`,
  `127.0.0.1:${port}@evil.example`,
  `192.168.1.10:${port}`,
  `frontstock.local:${port}`,
  `127.0.0.1:0${port}`,
  `１２７.0.0.1:${port}`,
]

const foreignOrigins = (port: number): string[] => [
  'null',
  'http://evil.example',
  `http://evil.example:${port}`,
  `https://127.0.0.1:${port}`,
  'http://127.0.0.1',
  `http://127.0.0.1:${port + 1}`,
  `http://localhost:${port}`,
  `http://127.0.0.1:${port}.evil.example`,
  `http://127.0.0.1:${port}/`,
  `http://127.0.0.1:${port}@evil.example`,
  `ws://127.0.0.1:${port}`,
  'file://',
  'app://frontstock',
  'chrome-extension://abcdefghijklmnop',
  'data:text/html,x',
  `HTTP://127.0.0.1:${port}`,
  ' ',
  `http://127.0.0.1:${port} http://evil.example`,
  `http://[::1]:${port}`,
  `http://0.0.0.0:${port}`,
]

const upgrade = (host: string, origin: string | null) =>
  [
    'GET /api HTTP/1.1',
    `Host: ${host}`,
    ...(origin === null ? [] : [`Origin: ${origin}`]),
    `Cookie: ${cookie}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    '',
    '',
  ].join('\r\n')

describe('Host and Origin', () => {
  it('lets its own page in, by both of its names', async () => {
    expect((await ask(hub, { headers: { cookie } })).status).toBe(200)
    const host = `localhost:${hub.port}`
    expect((await ask(hub, { host, headers: { cookie, origin: `http://${host}` } })).status).toBe(200)
    expect(await askRaw(hub, upgrade(`127.0.0.1:${hub.port}`, originOf(hub)))).toBe('HTTP/1.1 101 Switching Protocols')
  })

  it('answers 403 to every foreign Host, for pages and for sockets, whatever the cookie', async () => {
    for (const host of foreignHosts(hub.port)) {
      if (host === null) continue
      const bytes = Buffer.from(`GET / HTTP/1.1\r\nHost: ${host}\r\nCookie: ${cookie}\r\n\r\n`, 'utf8')
      expect([host, await askRaw(hub, bytes)]).toEqual([host, 'HTTP/1.1 403 Forbidden'])
      expect([host, await askRaw(hub, Buffer.from(upgrade(host, `http://${host}`), 'utf8'))]).toEqual([
        host,
        'HTTP/1.1 403 Forbidden',
      ])
    }
  })

  it('answers 403 to every foreign Origin, for reading, for writing and for sockets', async () => {
    const host = `127.0.0.1:${hub.port}`
    for (const origin of foreignOrigins(hub.port)) {
      for (const line of ['GET / HTTP/1.1', 'POST /print HTTP/1.1', 'DELETE /session HTTP/1.1']) {
        const bytes = `${line}\r\nHost: ${host}\r\nOrigin: ${origin}\r\nCookie: ${cookie}\r\nContent-Length: 0\r\n\r\n`
        expect([origin, line, await askRaw(hub, bytes)]).toEqual([origin, line, 'HTTP/1.1 403 Forbidden'])
      }
      expect([origin, await askRaw(hub, upgrade(host, origin))]).toEqual([origin, 'HTTP/1.1 403 Forbidden'])
    }
    // None of the refused sign-outs took effect.
    expect((await ask(hub, { path: '/session', headers: { cookie } })).status).toBe(204)
  })

  it('answers 403 when Origin is missing where a browser always sends it', async () => {
    const host = `127.0.0.1:${hub.port}`
    expect((await ask(hub, { method: 'POST', path: '/print', headers: { cookie } })).status).toBe(403)
    expect((await ask(hub, { method: 'DELETE', path: '/session', headers: { cookie } })).status).toBe(403)
    expect(await askRaw(hub, upgrade(host, null))).toBe('HTTP/1.1 403 Forbidden')
  })

  it('answers 403 when Host or Origin comes twice', async () => {
    const own = `127.0.0.1:${hub.port}`
    const twice = [
      `Host: ${own}\r\nHost: evil.example`,
      `Host: evil.example\r\nHost: ${own}`,
      `Host: ${own}\r\nOrigin: http://${own}\r\nOrigin: http://evil.example`,
    ]
    for (const headers of twice) {
      expect(await askRaw(hub, `GET / HTTP/1.1\r\n${headers}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 40[03]/)
    }
  })

  it('answers 403 to what other pages make a browser fetch, and lets a link through', async () => {
    const fetched = (site: string, mode: string) =>
      ask(hub, { headers: { cookie, 'sec-fetch-site': site, 'sec-fetch-mode': mode } })
    expect((await fetched('cross-site', 'no-cors')).status).toBe(403)
    expect((await fetched('same-site', 'no-cors')).status).toBe(403)
    expect((await fetched('cross-site', 'cors')).status).toBe(403)
    expect((await fetched('none', 'navigate')).status).toBe(200)
    expect((await fetched('cross-site', 'navigate')).status).toBe(200)
  })

  it('has no answer for a request that names another address in its first line', async () => {
    const host = `127.0.0.1:${hub.port}`
    for (const target of [
      'http://evil.example/',
      '//evil.example/',
      '/\\evil.example',
      '*',
      '/%2f%2fevil.example',
      '/%zz',
      '/%0d%0ax',
    ]) {
      const line = await askRaw(hub, `GET ${target} HTTP/1.1\r\nHost: ${host}\r\nCookie: ${cookie}\r\n\r\n`)
      expect([target, line]).toEqual([target, 'HTTP/1.1 400 Bad Request'])
    }
  })
})
