import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { os } from '@orpc/server'
import type { BrowserContext, Page, WebSocketRoute } from 'playwright-core'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inProject } from '../../build/project.ts'
import { createRpc } from '../../hub/rpc.ts'
import { type Hub, startHub } from '../../hub/server.ts'
import { aloneLimits } from '../../hub/session.ts'
import type { Connection, ConnectionStatus } from '../../renderer/client.ts'
import type { Shell } from '../../renderer/shell/shell.ts'
import { person } from '../hub/tiny-hub.ts'
import { closeChromium, launchChromium } from './chromium.ts'

declare global {
  interface Window {
    shell: Shell
    stopPrinting?: () => void
    nonce: string
    connection: Connection
    statuses: ConnectionStatus[]
    reconnected: number
    printed?: string
  }
}

/** The browser's shell object on a page of its own: what every screen builds on, without a screen. */
let folder: string
let hub: Hub
let context: BrowserContext
let page: Page
let printPdf: ((url: string, signal: AbortSignal) => Promise<Uint8Array>) | null = null
const errors: string[] = []
/** The sockets of the page, through which the test can pull the plug. */
const wires: WebSocketRoute[] = []

beforeAll(async () => {
  folder = mkdtempSync(inProject('.tmp', 'shell-'))
  await build({
    root: inProject('test', 'e2e', 'fixtures', 'shell'),
    configFile: false,
    logLevel: 'error',
    build: { outDir: join(folder, 'page'), modulePreload: { polyfill: false } },
  })
  await start()
  const browser = await launchChromium()
  context = await browser.newContext({ locale: 'zh-CN', acceptDownloads: true })
  context.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
  // A headless browser has no print dialog: what would be printed is kept instead.
  await context.addInitScript(() => {
    window.print = () => {
      window.top!.printed = document.body.textContent ?? ''
      window.dispatchEvent(new Event('afterprint'))
    }
  })
  page = await context.newPage()
  await page.routeWebSocket('**/api', (wire) => {
    wires.push(wire)
    wire.connectToServer()
  })
  await page.goto(hub.addressFor(person))
})
afterAll(async () => {
  await context.close()
  await closeChromium()
  await hub.close()
  rmSync(folder, { recursive: true, force: true })
})

async function start(): Promise<void> {
  hub = await startHub({
    rpc: createRpc({
      echo: os.handler(({ input }) => input),
      never: os.handler(() => new Promise(() => {})),
    }),
    createContext: () => ({}),
    assetsFolder: join(folder, 'page'),
    port: 0,
    limits: aloneLimits,
    now: Date.now,
    log: () => {},
    printPdf: async (url, signal) => {
      if (printPdf === null) throw new Error('no paper')
      return printPdf(url, signal)
    },
  })
}

describe('the shell of a browser', () => {
  it('knows what it is and whose language it speaks', async () => {
    const known = await page.evaluate(() => [window.shell.kind, window.shell.locale, window.nonce.length > 10])
    expect(known).toEqual(['browser', 'zh-CN', true])
  })

  it('gets a PDF from the hub, or a refusal with words in both languages', async () => {
    printPdf = async (url) => Buffer.from(await (await fetch(url)).text())
    const bytes = await page.evaluate(async () => [
      ...(await window.shell.makePdf('<p>调拨单', new AbortController().signal)),
    ])
    expect(Buffer.from(bytes).toString()).toBe('<p>调拨单')
    let stopped = false
    printPdf = (_url, signal) =>
      new Promise((_, reject) => {
        signal.addEventListener('abort', () => {
          stopped = true
          reject(signal.reason)
        })
        void page.evaluate(() => window.stopPrinting?.())
      })
    const reason = await page.evaluate(async () => {
      const controller = new AbortController()
      window.stopPrinting = () => controller.abort()
      return window.shell.makePdf('<p>', controller.signal).catch((error: Error) => error.name)
    })
    expect(reason).toBe('AbortError')
    await expect.poll(() => stopped).toBe(true)
    printPdf = null
    const refusal = await page.evaluate(() =>
      window.shell
        .makePdf('<p>', new AbortController().signal)
        .catch((error: { code: string; zh: string; en: string }) => [error.code, error.zh, error.en]),
    )
    expect(refusal).toEqual([
      'print-failed',
      expect.stringMatching(/^打印失败/),
      expect.stringMatching(/^Printing failed/),
    ])
    errors.length = 0
  })

  it('prints a document from a frame of its own and takes the frame away again', async () => {
    await page.evaluate(() => window.shell.print('<!doctype html><meta charset="utf-8"><body>领用人签字</body>'))
    expect(await page.evaluate(() => window.printed)).toBe('领用人签字')
    await expect.poll(() => page.locator('iframe').count(), { timeout: 5_000 }).toBe(0)
  })

  it('saves a file under the name that was proposed', async () => {
    const download = page.waitForEvent('download')
    const saved = page.evaluate(() =>
      window.shell.saveFile('分配汇总表.csv', 'text/csv', new TextEncoder().encode('品名')),
    )
    const file = await download
    expect(file.suggestedFilename()).toBe('分配汇总表.csv')
    expect(readFileSync(await file.path(), 'utf8')).toBe('品名')
    expect(await saved).toBe(true)
  })

  it('lets a file be chosen, of the kinds that are asked for', async () => {
    writeFileSync(join(folder, 'list.csv'), 'a,b')
    const asked = page.waitForEvent('filechooser')
    const chosen = page.evaluate(async () => {
      const file = await window.shell.chooseFile('.csv,.xlsx')
      return file === null ? null : [file.name, await file.text()]
    })
    const chooser = await asked
    expect(await chooser.element().getAttribute('accept')).toBe('.csv,.xlsx')
    await chooser.setFiles(join(folder, 'list.csv'))
    expect(await chosen).toEqual(['list.csv', 'a,b'])
    expect(await page.locator('input[type=file]').count()).toBe(0)
    const cancelled = page.evaluate(() => {
      const answer = window.shell.chooseFile('.csv')
      document.querySelector('input[type=file]')?.dispatchEvent(new Event('cancel'))
      return answer
    })
    expect(await cancelled).toBeNull()
  })

  it('fails what is under way when the wire breaks, says so, and comes back by itself', async () => {
    type Tiny = { echo: (value: string) => Promise<string>; never: () => Promise<void> }
    const echo = (value: string) =>
      page.evaluate((sent) => (window.connection.client as unknown as Tiny).echo(sent), value)
    expect(await echo('前线')).toBe('前线')
    const lost = page.evaluate(() =>
      (window.connection.client as unknown as Tiny).never().catch((error: Error) => [error.name, error.message]),
    )
    await expect.poll(() => wires.length).toBe(1)
    await wires[0]?.close()
    expect(await lost).toEqual(['ConnectionError', 'the connection was lost before the answer came'])
    // Asked while there is no connection.
    expect(await echo('again')).toBe('again')
    expect(await page.evaluate(() => [window.statuses, window.reconnected])).toEqual([
      ['connecting', 'open', 'waiting', 'open'],
      1,
    ])
  })

  it('leaves the console clean', () => {
    expect(errors).toEqual([])
  })

  it('says when it is signed out or the hub is gone', async () => {
    await page.evaluate(() => fetch('/session', { method: 'DELETE' }))
    const refusalOf = () =>
      page.evaluate(() =>
        window.shell.makePdf('<p>', new AbortController().signal).catch((error: { code: string }) => error.code),
      )
    expect(await refusalOf()).toBe('signed-out')
    await hub.close()
    expect(await refusalOf()).toBe('connection-lost')
    await start()
  })
})
