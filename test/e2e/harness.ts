import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, describe } from 'vitest'
import { withLock } from '../../build/lock.ts'
import { inProject, projectFolder } from '../../build/project.ts'
import { digestOf } from '../../build/stale.ts'
import type { ElectronDouble } from '../electron/double.ts'
import { openBrowserShell } from './browser-shell.ts'
import { closeChromium } from './chromium.ts'
import { openElectronShell } from './electron-shell.ts'
import { openedBy } from './opened-by.ts'

export { checkPage, settle } from './check-page.ts'

/**
 * End-to-end specs are written once and run over both shells:
 *
 *     forEachShell((shell) => {
 *       it('records a delivery', async () => {
 *         const { page } = await shell.open({ demo: true, locale: 'zh-CN' })
 *         …
 *         await checkPage(page, 'delivery')
 *       })
 *     })
 *
 * What a test opens is closed after it, and a console error or a violation of the policy that it left behind fails it.
 * `FRONTSTOCK_SHELL=browser` (or `electron`) runs one of them only.
 */
export type Shell = {
  readonly kind: 'electron' | 'browser'
  readonly open: (options?: OpenOptions) => Promise<Opened>
}

export type OpenOptions = {
  /** A data folder to open; by default a fresh, empty one that is removed afterwards. */
  readonly data?: string
  /** Opens a copy of the demonstration district. */
  readonly demo?: boolean
  readonly locale?: 'zh-CN' | 'en-US'
  readonly colorScheme?: 'light' | 'dark'
  readonly viewport?: { readonly width: number; readonly height: number }
}

export type Opened = {
  readonly page: Page
  /** A second window on the same stock. */
  readonly newPage: () => Promise<Page>
  /** Does something that saves a file. @returns its path. */
  readonly savedFile: (action: () => Promise<unknown>) => Promise<string>
  readonly dataFolder: string
  /** Of all pages since the start. A test that expects some empties the array. */
  readonly consoleErrors: string[]
  readonly cspViolations: string[]
  /** Where the windows belong to the double of Electron. */
  readonly electron: ElectronDouble | null
  readonly close: () => Promise<void>
}

export type ShellOptions = {
  readonly dataFolder: string
  readonly locale: string
  readonly context: BrowserContextOptions
  /** To be called before the first page opens. */
  readonly watch: (context: BrowserContext) => void
}

export type ShellHandle = Pick<Opened, 'page' | 'newPage' | 'savedFile' | 'electron' | 'close'>

const openers = { electron: openElectronShell, browser: openBrowserShell } as const

export function forEachShell(specs: (shell: Shell) => void): void {
  const only = process.env.FRONTSTOCK_SHELL
  const kinds = (['electron', 'browser'] as const).filter((kind) => only === undefined || only === kind)
  describe.each(kinds)('in %s', (kind) => {
    const opened: Opened[] = []
    afterEach(async ({ task }) => {
      const problems: string[] = []
      for (const app of opened.splice(0)) {
        if (task.result?.state === 'fail') problems.push(...(await describeWindows(app.page, task.name)))
        await app.close()
        problems.push(...app.consoleErrors, ...app.cspViolations)
      }
      if (problems.length > 0) throw new Error(`the console of the page: ${problems.join('\n')}`)
    })
    afterAll(() => closeChromium())
    specs({
      kind,
      async open(options = {}) {
        const app = await open(kind, options)
        opened.push(app)
        return app
      },
    })
  })
}

/** What a failed test left on the screen: a picture of each window in .tmp/failed, and where the keyboard was. */
async function describeWindows(first: Page, name: string): Promise<string[]> {
  mkdirSync(inProject('.tmp', 'failed'), { recursive: true })
  const windows = first.context().pages()
  return Promise.all(
    windows.map(async (page, index) => {
      const file = `${name.replaceAll(/[^\w]+/g, '-').slice(0, 60)}-${process.pid}-${Date.now()}-${index}.png`
      const focus = await page
        .evaluate(() => document.activeElement?.outerHTML.slice(0, 200))
        .catch((error: unknown) => String(error))
      await page.screenshot({ path: inProject('.tmp', 'failed', file), timeout: 10_000 }).catch(() => undefined)
      return `failed at ${page.url()} with the focus on ${focus}; picture .tmp/failed/${file}`
    }),
  )
}

async function open(kind: Shell['kind'], options: OpenOptions): Promise<Opened> {
  const fresh = options.data === undefined
  mkdirSync(inProject('.tmp'), { recursive: true })
  const dataFolder = options.data ?? mkdtempSync(inProject('.tmp', 'data-'))
  if (options.demo) cpSync(await demonstration(), dataFolder, { recursive: true })
  const consoleErrors: string[] = []
  const cspViolations: string[] = []
  const handle = await openers[kind]({
    dataFolder,
    locale: options.locale ?? 'zh-CN',
    context: {
      viewport: options.viewport ?? { width: 1280, height: 720 },
      colorScheme: options.colorScheme ?? 'light',
      reducedMotion: 'reduce',
      timezoneId: 'Asia/Shanghai',
    },
    watch(context) {
      openedBy.set(context, { kind, consoleErrors, cspViolations })
      context.on('console', (message) => {
        const text = message.text()
        if (/content security policy/i.test(text)) cspViolations.push(text)
        else if (message.type() === 'error') consoleErrors.push(`${text} (${message.location().url})`)
      })
      context.on('weberror', (error) => consoleErrors.push(String(error.error().stack ?? error.error())))
      // File dialogs are caught from the start: a listener that comes with the key that opens one can come too late.
      context.on('page', (opened) => opened.on('filechooser', () => undefined))
    },
  })
  let closed = false
  return {
    ...handle,
    dataFolder,
    consoleErrors,
    cspViolations,
    async close() {
      if (closed) return
      closed = true
      await handle.close()
      if (fresh) rmSync(dataFolder, { recursive: true, force: true, maxRetries: 3 })
    },
  }
}

/** Made once a day, as it ends today, for each state of the code that makes it, by the command of the README. */
async function demonstration(): Promise<string> {
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format()
  const folder = inProject('.tmp', `demonstration-${today}-${digestOf(['api', 'core', 'db']).slice(0, 12)}`)
  await withLock('demonstration', async () => {
    if (existsSync(folder)) return
    const made = spawnSync(process.execPath, ['hub/cli.ts', 'demo', folder], { cwd: projectFolder, encoding: 'utf8' })
    if (made.status !== 0) {
      rmSync(folder, { recursive: true, force: true })
      throw new Error(`cli demo ended with ${made.status}: ${made.stderr}`)
    }
  })
  return folder
}
