import { readdirSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { printPolicy } from '../../hub/headers.ts'
import { createHeadless, type Headless } from '../../hub/headless.ts'
import { findTestChromium } from '../e2e/chromium.ts'
import { readPdf } from '../e2e/pdf-text.ts'

let server: Server
let origin: string
let headless: Headless
let lastAsked = () => {}
beforeAll(async () => {
  const { executable, args, env } = await findTestChromium()
  Object.assign(process.env, env)
  server = createServer((request, response) => {
    if (request.url === '/closes') return response.destroy()
    if (request.url === '/last') {
      response.end()
      // The page is whole; half a second on, the browser is laying out its thousands of pages.
      return void setTimeout(() => lastAsked(), 500)
    }
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': printPolicy })
    response.end(`<title>t</title><style>@page { size: A6; @bottom-right { content: counter(page) ' of ' counter(pages) } }</style>
      <p>slip ${request.url}</p>${'<p>line</p>'.repeat(request.url === '/endless' ? 100_000 : 30)}
      ${request.url === '/endless' ? '<img src="/last">' : ''}<script>document.body.textContent = 'ran'</script>`)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  headless = createHeadless({ executable, args, snap: false }, () => {})
})
afterAll(async () => {
  await headless.close()
  server.closeAllConnections()
  server.close()
})

it('prints pages in the size of their own rules, with their numbers and without their scripts', async () => {
  const pages = await readPdf(await headless.printPdf(`${origin}/7`))
  expect(pages.length).toBeGreaterThan(1)
  expect(pages[0]).toContain('slip /7')
  expect(pages[0]).toContain(`1 of ${pages.length}`)
  expect(pages.join()).not.toContain('ran')
})

it('says when a page cannot be had, and prints the next', async () => {
  await expect(headless.printPdf(`${origin}/closes`)).rejects.toThrow(/did not load/)
  expect((await readPdf(await headless.printPdf(`${origin}/8`)))[0]).toContain('slip /8')
})

it('stops when it is told to, its browser ended, and prints the next', async () => {
  const profiles = () => readdirSync(tmpdir()).filter((name) => name.startsWith('frontstock-print-'))
  const cancel = new AbortController()
  lastAsked = () => cancel.abort(new Error('nobody waits for it'))
  await expect(headless.printPdf(`${origin}/endless`, cancel.signal)).rejects.toThrow('nobody waits for it')
  expect(profiles()).toEqual([])
  await expect(headless.printPdf(`${origin}/1`, cancel.signal)).rejects.toThrow('nobody waits for it')
  expect((await readPdf(await headless.printPdf(`${origin}/10`)))[0]).toContain('slip /10')
})

it('starts anew when its browser has gone, and leaves nothing behind when it is closed', async () => {
  const left = () => readdirSync(tmpdir()).filter((name) => name.startsWith('frontstock-print-'))
  const before = left().length
  await headless.close()
  expect(left().length).toBeLessThan(Math.max(before, 1))
  expect((await readPdf(await headless.printPdf(`${origin}/9`)))[0]).toContain('slip /9')
  await headless.close()
})

it('fails in words when the browser does not start', async () => {
  const broken = createHeadless({ executable: '/does/not/exist', args: [], snap: false }, () => {})
  await expect(broken.printPdf(`${origin}/1`)).rejects.toThrow(/ENOENT/)
  const silent = createHeadless({ executable: '/bin/true', args: [], snap: false }, () => {})
  await expect(silent.printPdf(`${origin}/1`)).rejects.toThrow(/ended/)
  await broken.close()
  await silent.close()
})
