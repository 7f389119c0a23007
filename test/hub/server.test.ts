import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sharedLimits } from '../../hub/session.ts'
import { ask, originOf, person, startTinyHub, type TinyHub } from './tiny-hub.ts'

let hub: TinyHub
beforeAll(async () => {
  hub = await startTinyHub()
})
afterAll(() => hub.stop())

const pathOf = (address: string) => {
  const url = new URL(address)
  return `${url.pathname}${url.search}`
}

describe('sign-in', () => {
  it('trades a token for a cookie that scripts and other sites cannot use', async () => {
    const answer = await ask(hub, { path: pathOf(hub.addressFor(person)) })
    expect(answer.status).toBe(303)
    expect(answer.headers.location).toEqual(['/'])
    expect(answer.headers['set-cookie']?.[0]).toMatch(
      new RegExp(`^frontstock-${hub.port}=[\\w-]{22}; HttpOnly; SameSite=Strict; Path=/$`),
    )
  })

  it('takes a token once', async () => {
    const path = pathOf(hub.addressFor(person))
    expect((await ask(hub, { path })).status).toBe(303)
    const again = await ask(hub, { path })
    expect(again.status).toBe(401)
    expect(again.headers['set-cookie']).toBeUndefined()
  })

  it('takes a token by POST as well, and ends the session on request', async () => {
    const token = new URL(hub.addressFor(person)).searchParams.get('token')
    const headers = { origin: originOf(hub) }
    const answer = await ask(hub, { method: 'POST', path: '/session', headers, body: JSON.stringify({ token }) })
    expect(answer.status).toBe(204)
    const cookie = answer.headers['set-cookie']?.[0]?.split(';')[0] ?? ''
    expect((await ask(hub, { path: '/session', headers: { cookie } })).status).toBe(204)
    expect((await ask(hub, { method: 'DELETE', path: '/session', headers: { ...headers, cookie } })).status).toBe(204)
    expect((await ask(hub, { path: '/session', headers: { cookie } })).status).toBe(401)
  })

  it('shows a stranger a page in both languages and nothing else', async () => {
    const answer = await ask(hub, {})
    expect(answer.status).toBe(401)
    expect(answer.body.toString()).toContain('此窗口尚未登录')
    expect(answer.body.toString()).toContain('This window is not signed in')
    expect(answer.headers['content-security-policy']?.[0]).toMatch(/^default-src 'none'/)
    expect((await ask(hub, { path: '/session' })).status).toBe(401)
    const print = await ask(hub, { method: 'POST', path: '/print', headers: { origin: originOf(hub) }, body: '<p>' })
    expect(print.status).toBe(401)
  })

  it('slows guessing down without locking out who has a right token', async () => {
    const own = await startTinyHub()
    const guess = () => ask(own, { path: `/?token=${Math.random().toString(36).slice(2).padEnd(22, 'x')}` })
    for (let wrong = 0; wrong < 10; wrong++) expect((await guess()).status).toBe(401)
    expect((await guess()).status).toBe(429)
    expect((await ask(own, { path: pathOf(own.addressFor(person)) })).status).toBe(303)
    expect((await guess()).status).toBe(429)
    own.clock += 61_000
    expect((await guess()).status).toBe(401)
    await own.stop()
  })

  it('ends a shared session after 30 minutes of rest and after 12 hours at most', async () => {
    const own = await startTinyHub({ limits: sharedLimits })
    const status = async (cookie: string) => (await ask(own, { path: '/session', headers: { cookie } })).status
    const resting = await own.signIn()
    own.clock += 29 * 60_000
    expect(await status(resting)).toBe(204)
    own.clock += 31 * 60_000
    expect(await status(resting)).toBe(401)
    const busy = await own.signIn()
    for (let quarter = 0; quarter < 48; quarter++) {
      expect(await status(busy)).toBe(204)
      own.clock += 15 * 60_000
    }
    own.clock += 60_000
    expect(await status(busy)).toBe(401)
    const late = pathOf(own.addressFor(person))
    own.clock += sharedLimits.tokenMs + 1
    expect((await ask(own, { path: late })).status).toBe(401)
    await own.stop()
  })
})

describe('pages and files', () => {
  it('serves the page with a fresh nonce in the page and in its policy', async () => {
    const cookie = await hub.signIn()
    const nonces = new Set<string>()
    for (const path of ['/', '/delivery/12', '/allocation']) {
      const { status, body, headers } = await ask(hub, { path, headers: { cookie } })
      expect(status).toBe(200)
      const nonce = /nonce="([^"]+)"/.exec(body.toString())?.[1] ?? ''
      nonces.add(nonce)
      const policy = headers['content-security-policy']?.[0] ?? ''
      expect(policy).toContain(`style-src 'self' 'nonce-${nonce}'`)
      expect(policy).toContain("default-src 'none'")
      expect(policy).toContain("script-src 'self'")
      expect(policy).not.toContain('unsafe')
      expect(headers['x-content-type-options']).toEqual(['nosniff'])
      expect(headers['referrer-policy']).toEqual(['no-referrer'])
      expect(headers['cross-origin-opener-policy']).toEqual(['same-origin'])
      expect(headers['cross-origin-resource-policy']).toEqual(['same-origin'])
      expect(headers['cache-control']).toEqual(['no-store'])
    }
    expect(nonces.size).toBe(3)
  })

  it('serves the files of the build and no others', async () => {
    const script = await ask(hub, { path: '/assets/index-1.js' })
    expect([script.status, script.headers['content-type'], script.headers['cache-control']]).toEqual([
      200,
      ['text/javascript; charset=utf-8'],
      ['public, max-age=31536000, immutable'],
    ])
    const unchanged = { 'if-none-match': script.headers.etag?.[0] ?? '' }
    expect((await ask(hub, { path: '/assets/index-1.js', headers: unchanged })).status).toBe(304)
    const cookie = await hub.signIn()
    for (const path of [
      '/index.html',
      '/assets/missing.js',
      '/../package.json',
      '/assets/../../package.json',
      '/..%2fpackage.json',
      '/%2e%2e/%2e%2e/etc/hosts.txt',
      '/assets/..%5c..%5cpackage.json',
      '/package.json',
      '/.git/config.x',
    ]) {
      const { status } = await ask(hub, { path, headers: { cookie } })
      expect([path, status === 404 || status === 400]).toEqual([path, true])
    }
  })

  it('refuses methods that mean nothing here', async () => {
    const headers = { origin: originOf(hub), cookie: await hub.signIn() }
    for (const method of ['PUT', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND']) {
      expect((await ask(hub, { method, headers })).status).toBe(405)
    }
    expect((await ask(hub, { path: '/api', headers })).status).toBe(426)
    expect((await ask(hub, { method: 'HEAD', headers })).body.length).toBe(0)
  })
})

describe('printing', () => {
  const document = '<!doctype html><title>调拨单</title><p>一式三联'

  it('hands the document to the printing browser under a name of its own and forgets it afterwards', async () => {
    let path = ''
    const own = await startTinyHub({
      async printPdf(url) {
        path = new URL(url).pathname
        // The printing browser has no cookie.
        const { status, body, headers } = await ask(own, { path })
        expect(status).toBe(200)
        expect(headers['content-security-policy']?.[0]).toMatch(/^default-src 'none'/)
        expect(headers['content-security-policy']?.[0]).not.toContain('script-src')
        return Buffer.concat([Buffer.from('%PDF '), body])
      },
    })
    const headers = { origin: originOf(own), cookie: await own.signIn() }
    const answer = await ask(own, { method: 'POST', path: '/print', headers, body: document })
    expect([answer.status, answer.headers['content-type']]).toEqual([200, ['application/pdf']])
    expect(answer.body.toString()).toBe(`%PDF ${document}`)
    expect(path).toMatch(/^\/print\/[0-9a-f]{32}$/)
    expect((await ask(own, { path })).status).toBe(404)
    await own.stop()
  })

  it('says so where no browser is installed, and keeps the document for the print dialog of the window', async () => {
    const headers = { origin: originOf(hub), cookie: await hub.signIn() }
    const refused = await ask(hub, { method: 'POST', path: '/print', headers, body: document })
    expect([refused.status, JSON.parse(refused.body.toString())]).toEqual([501, { code: 'no-browser', reference: '' }])
    const kept = await ask(hub, { method: 'POST', path: '/print?keep', headers, body: document })
    const { path } = JSON.parse(kept.body.toString()) as { path: string }
    expect((await ask(hub, { path })).body.toString()).toBe(document)
    hub.clock += 11 * 60_000
    expect((await ask(hub, { path })).status).toBe(404)
  })

  it('answers a printer that fails with a reference that stands in the log', async () => {
    const own = await startTinyHub({ printPdf: () => Promise.reject(new Error('out of paper')) })
    const headers = { origin: originOf(own), cookie: await own.signIn() }
    const answer = await ask(own, { method: 'POST', path: '/print', headers, body: document })
    const { code, reference } = JSON.parse(answer.body.toString()) as { code: string; reference: string }
    expect([answer.status, code]).toEqual([502, 'print-failed'])
    expect(own.log.some((line) => line.includes(reference) && line.includes('out of paper'))).toBe(true)
    await own.stop()
  })

  it('refuses more than 64 MB, announced or not', async () => {
    const headers = { origin: originOf(hub), cookie: await hub.signIn() }
    const announced = ask(hub, {
      method: 'POST',
      path: '/print?keep',
      headers: { ...headers, 'content-length': String(65 * 1024 * 1024) },
      body: 'x',
    }).catch(() => ({ status: 413 }))
    expect((await announced).status).toBe(413)
    const large = Buffer.alloc(65 * 1024 * 1024, 0x20)
    const streamed = ask(hub, {
      method: 'POST',
      path: '/print?keep',
      headers: { ...headers, 'transfer-encoding': 'chunked' },
      body: large,
    })
    // The answer may come before the sender has finished and cut it short; it is never taken.
    expect(await streamed.then(({ status }) => status).catch(() => 413)).toBe(413)
  })
})
