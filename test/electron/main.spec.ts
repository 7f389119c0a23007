import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { inProject } from '../../build/project.ts'
import { closeChromium, launchChromium } from '../e2e/chromium.ts'
import { runMain, usableElectron } from '../e2e/electron-shell.ts'
import { readPdf } from '../e2e/pdf-text.ts'
import { createElectronDouble, type ElectronDouble, type MenuItemDouble } from './double.ts'
import { bindingName, shownOrigin } from './page-side.ts'

/** What main.ts sets up, seen from the side of Electron. Where its binary is, these things are its own to enforce. */
let dataFolder: string
const running: ElectronDouble[] = []
beforeEach(() => {
  mkdirSync(inProject('.tmp'), { recursive: true })
  dataFolder = mkdtempSync(inProject('.tmp', 'data-'))
})
afterEach(async () => {
  for (const double of running.splice(0)) await double.close()
  rmSync(dataFolder, { recursive: true, force: true, maxRetries: 3 })
})
afterAll(() => closeChromium())

async function launch(options: { locale?: string; packaged?: boolean; data?: string } = {}): Promise<ElectronDouble> {
  const { locale = 'zh-CN', packaged = false, data = dataFolder } = options
  const double = await createElectronDouble({ browser: await launchChromium(), locale, packaged })
  running.push(double)
  await runMain(double, ['--data', data])
  return double
}

async function launchPage(options: Parameters<typeof launch>[0] = {}): Promise<{ double: ElectronDouble; page: Page }> {
  const double = await launch(options)
  const page = await vi.waitFor(() => double.windows[0]!.page, 20_000)
  await page.waitForURL(`${shownOrigin}/**`)
  await page.getByRole('heading').first().waitFor()
  return { double, page }
}
const send = (page: Page, message: object) =>
  page.evaluate(
    ([name, sent]) =>
      (globalThis as unknown as Record<string, (message: object) => Promise<unknown>>)[name as string]!(sent as object),
    [bindingName, message] as const,
  )

describe.runIf(usableElectron() === null)('the main process', () => {
  it('gives its window no power over the machine', async () => {
    const { double } = await launchPage()
    expect(double.schemes).toEqual([
      { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
    ])
    expect(double.windows[0]?.options.webPreferences).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
    })
    const { permissionRequest, permissionCheck, deviceCheck } = double.session
    expect([permissionCheck?.(), deviceCheck?.()]).toEqual([false, false])
    for (const permission of [
      'media',
      'geolocation',
      'notifications',
      'clipboard-read',
      'openExternal',
      'usb',
      'fileSystem',
    ]) {
      const granted = await new Promise((resolve) => permissionRequest?.(null, permission, resolve))
      expect([permission, granted]).toEqual([permission, false])
    }
  })

  it('opens no other window, goes nowhere else and downloads nothing', async () => {
    const { double, page } = await launchPage()
    await page.evaluate(() => void window.open('https://example.invalid/'))
    await expect.poll(() => double.deniedWindows).toEqual(['deny https://example.invalid/'])
    await page.evaluate(() => {
      location.href = 'https://example.invalid/elsewhere'
    })
    await expect.poll(() => double.deniedNavigations).toEqual(['https://example.invalid/elsewhere'])
    expect(page.url().startsWith(`${shownOrigin}/`)).toBe(true)
    // Past the page's own policy: an address that the policy would have stopped before.
    const policyless = await double.context.newPage()
    await expect(policyless.goto('https://example.invalid/')).rejects.toThrow()
    expect(double.deniedRequests).toContain('https://example.invalid/')
    const cancelled = await new Promise((resolve) => {
      double.session.emit('will-download', { preventDefault: () => resolve(true) })
      setTimeout(() => resolve(false), 1_000)
    })
    expect(cancelled).toBe(true)
  })

  it('serves its own files under its own name and nothing else', async () => {
    const { page } = await launchPage()
    const statuses = await page.evaluate(async () => {
      const paths = [
        '/',
        '/delivery/7',
        '/index.html',
        '/../package.json',
        '/%2e%2e/package.json',
        '/assets/none.js',
        '/print/00',
      ]
      const answers = await Promise.all(paths.map(async (path) => [path, (await fetch(path)).status]))
      return Object.fromEntries(answers)
    })
    expect(statuses).toEqual({
      '/': 200,
      '/delivery/7': 200,
      '/index.html': 404,
      '/../package.json': 404,
      '/%2e%2e/package.json': 404,
      '/assets/none.js': 404,
      '/print/00': 404,
    })
  })

  it('listens to the top frame of its own page only', async () => {
    const { double, page } = await launchPage()
    const ours = { origin: 'app://frontstock', url: 'app://frontstock/', parent: null }
    const frames = [
      null,
      { ...ours, origin: 'https://example.invalid' },
      { ...ours, origin: 'null' },
      { ...ours, origin: 'app://frontstock.evil' },
      { ...ours, parent: ours },
    ]
    for (const senderFrame of frames) {
      const event = { senderFrame, sender: null, ports: [] }
      expect(await double.invoke(event, 'frontstock:make-pdf', ['<p>'])).toEqual({ ok: false, code: 'signed-out' })
      const refused = { start: vi.fn(), on: vi.fn(), postMessage: vi.fn(), close: vi.fn() }
      double.ipcMain.emit('frontstock:port', { ...event, ports: [refused] }, null)
      expect(refused.start).not.toHaveBeenCalled()
      double.ipcMain.emit('frontstock:notify', event, 'title', 'body')
    }
    expect(double.notifications).toEqual([])
    await page.evaluate(() => window.frontstock?.notify('提醒', 'N95 只够三天'))
    await expect.poll(() => double.notifications).toEqual([{ title: '提醒', body: 'N95 只够三天' }])
  })

  it('writes a file where the user says, and says when it could not', async () => {
    const { double, page } = await launchPage()
    const save = (name: string) =>
      page.evaluate(
        (proposed) => window.frontstock?.saveFile(proposed, 'text/csv', new TextEncoder().encode('品名,数量')),
        name,
      )
    const proposals: string[] = []
    double.chooseSavePath = (proposed) => {
      proposals.push(proposed)
      return join(dataFolder, 'saved.csv')
    }
    expect(await save('../../分配/汇总:表*.csv')).toEqual({ ok: true, value: true })
    expect(readFileSync(join(dataFolder, 'saved.csv'), 'utf8')).toBe('品名,数量')
    expect(proposals).toEqual([join(double.savedFolder, '.. .. 分配 汇总 表 .csv')])
    double.chooseSavePath = () => null
    expect(await save('a.csv')).toEqual({ ok: true, value: false })
    double.chooseSavePath = () => join(dataFolder, 'no-such-folder', 'a.csv')
    expect(await save('a.csv')).toEqual({ ok: false, code: 'save-failed' })
  })

  it('prints through a window out of sight, and tells cancelled from failed', async () => {
    const { double, page } = await launchPage()
    const print = () => page.evaluate(() => window.frontstock?.print('<!doctype html><p>slip 12</p>'))
    expect(await print()).toEqual({ ok: true, value: true })
    expect(double.printed).toEqual([expect.stringContaining('slip 12')])
    double.printerFails = 'Print job canceled'
    expect(await print()).toEqual({ ok: true, value: false })
    double.printerFails = 'Invalid printer settings'
    expect(await print()).toEqual({ ok: false, code: 'print-failed' })
    const made = await page.evaluate(async () => {
      const answer = await window.frontstock?.makePdf('<!doctype html><p>slip 13</p>', '13')
      return answer?.ok ? [...answer.value] : []
    })
    expect((await readPdf(Uint8Array.from(made)))[0]).toBe('slip 13')
    // Nothing of it stays open.
    await expect.poll(() => double.windows.length).toBe(1)
  })

  it('stops a PDF under way and one that waits, and makes the next', async () => {
    const { double, page } = await launchPage()
    const many = page.evaluate(() => {
      const html = `<!doctype html>${'<p style="break-after: page">slip</p>'.repeat(20_000)}`
      return Promise.all([window.frontstock?.makePdf(html, 'first'), window.frontstock?.makePdf('<p>2', 'second')])
    })
    await expect.poll(() => double.windows.length).toBe(2)
    await page.evaluate(() => {
      window.frontstock?.stopPdf('second')
      window.frontstock?.stopPdf('first')
      window.frontstock?.stopPdf('unknown')
    })
    const stopped = { ok: false, code: 'stopped' }
    expect(await many).toEqual([stopped, stopped])
    await expect.poll(() => double.windows.length).toBe(1)
    const next = await page.evaluate(() => window.frontstock?.makePdf('<!doctype html><p>slip 14</p>', 'third'))
    expect(next?.ok).toBe(true)
  })

  it('survives whatever comes over its channels', { timeout: 1_200_000 }, async () => {
    const count = process.env.FRONTSTOCK_DEEP === '1' ? 20_000 : 500
    const { double, page } = await launchPage()
    const values = [
      null,
      5,
      '',
      '{}',
      [],
      {},
      { $bytes: 'AAAA' },
      { $buffer: 'AAAA' },
      '\u0000',
      '{"i":1,"p":{"u":"/"}}',
      '{"i":1,"p":5}',
    ]
    const channels = [
      'frontstock:make-pdf',
      'frontstock:stop-pdf',
      'frontstock:print',
      'frontstock:save-file',
      'frontstock:notify',
      'frontstock:port',
      'other',
    ]
    double.chooseSavePath = () => null
    for (let at = 0; at < count; at++) {
      const args = Array.from({ length: at % 4 }, (_, index) => values[(at * 7 + index * 3) % values.length])
      const channel = channels[at % channels.length]!
      // A text is a document to print; that is tried elsewhere and takes a window each time.
      const text = typeof args[0] === 'string' && /pdf|print/.test(channel)
      const message =
        at % 3 === 0
          ? { kind: 'send', channel, args }
          : at % 3 === 1 && !text
            ? { kind: 'invoke', channel, args }
            : null
      if (message !== null)
        await send(page, message).catch((error: Error) => expect(error.message).toContain('No handler'))
      else {
        const id = 1_000_000 + at
        await send(page, { kind: 'post', channel: 'frontstock:port', message: null, ports: at % 2 === 0 ? [id] : [] })
        await send(page, { kind: 'port', id, data: values[at % values.length] })
      }
    }
    // And the API still answers: the page reads itself anew.
    await page.reload()
    await page.getByRole('heading').first().waitFor()
    expect(double.errorBoxes).toEqual([])
  })

  it('opens one stock once, and brings its window to the front when it is asked again', async () => {
    const { double } = await launchPage()
    const second = await launch()
    expect(await second.exited).toBe(0)
    expect(second.windows).toEqual([])
    double.app.emit('second-instance')
    expect(double.windows).toHaveLength(1)
    const other = mkdtempSync(inProject('.tmp', 'data-'))
    expect((await launchPage({ data: other })).double.windows).toHaveLength(1)
    await running.pop()?.close()
    rmSync(other, { recursive: true, force: true })
  })

  it('says in the language of the system why it will not open a file, and ends with a code of its own', async () => {
    writeFileSync(join(dataFolder, 'frontstock.db'), 'this is no database')
    for (const [locale, words] of [
      ['zh-CN', /[\u4e00-\u9fff]/],
      ['en-US', /database/],
    ] as const) {
      const double = await launch({ locale })
      expect(await double.exited).toBe(3)
      expect(double.errorBoxes).toEqual([expect.stringMatching(words)])
    }
    expect(readFileSync(join(dataFolder, 'frontstock.db'), 'utf8')).toBe('this is no database')
  })

  it('ends when its last window is closed, and lets the file go', async () => {
    const { double } = await launchPage()
    double.windows[0]?.close()
    expect(await double.exited).toBe(0)
    expect(existsSync(join(dataFolder, 'frontstock.db'))).toBe(true)
    const again = await launchPage()
    expect(again.double.errorBoxes).toEqual([])
  })

  it('has its menu in both languages, and developer tools only where it is developed', async () => {
    const labels = (items: readonly MenuItemDouble[]): string[] =>
      items.flatMap(({ label, submenu }) => [...(label === undefined ? [] : [label]), ...labels(submenu ?? [])])
    const chinese = labels((await launchPage()).double.menu)
    await running.pop()?.close()
    const english = labels((await launchPage({ locale: 'en-US', packaged: true })).double.menu)
    expect(chinese.filter((label) => !/^[\u4e00-\u9fff]+$/.test(label))).toEqual([])
    expect(english.filter((label) => !/^[A-Za-z ]+$/.test(label))).toEqual([])
    expect(english).toHaveLength(chinese.length - 1)
    expect([chinese.includes('开发者工具'), english.includes('Developer tools')]).toEqual([true, false])
  })

  it('remembers where its window was', async () => {
    const { double } = await launchPage()
    const file = join(double.app.getPath('userData'), 'window-state.json')
    double.windows[0]?.emit('close')
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
      bounds: { x: 40, y: 30, width: 1280, height: 720 },
      maximized: false,
    })
  })
})
