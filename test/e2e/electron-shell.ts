import { stat } from 'node:fs/promises'
import { _electron, type Page } from 'playwright-core'
import { vi } from 'vitest'
import { findElectron } from '../../build/find-electron.ts'
import { projectFolder } from '../../build/project.ts'
import { createElectronDouble, type ElectronDouble } from '../electron/double.ts'
import { shownOrigin } from '../electron/page-side.ts'
import { launchChromium } from './chromium.ts'
import type { ShellHandle, ShellOptions } from './harness.ts'

/** The Electron binary when there is one and a display to show it on. */
export function usableElectron(): string | null {
  const display = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY
  return display ? findElectron() : null
}

/** Loads the real main.ts against the double, as `electron . --data DIR` would. */
export async function runMain(double: ElectronDouble, args: readonly string[]): Promise<void> {
  const events = ['uncaughtException', 'unhandledRejection'] as const
  const before = events.map((event) => new Set<unknown>(process.listeners(event as 'uncaughtException')))
  const { argv } = process
  process.argv = ['electron', projectFolder, ...args]
  vi.resetModules()
  vi.doMock('electron', () => double.module)
  try {
    await import('../../electron/main.ts')
  } finally {
    process.argv = argv
    vi.doUnmock('electron')
  }
  void double.exited.then(() => {
    // What main.ts does about a bug belongs to its own process; here the test runner has to hear of it.
    for (const [at, event] of events.entries()) {
      for (const listener of process.listeners(event as 'uncaughtException')) {
        if (!before[at]!.has(listener)) process.off(event, listener as never)
      }
    }
  })
}

export async function openElectronShell(options: ShellOptions): Promise<ShellHandle> {
  const binary = usableElectron()
  return binary === null ? openDouble(options) : openBinary(binary, options)
}

async function openDouble(options: ShellOptions): Promise<ShellHandle> {
  const double = await createElectronDouble({
    browser: await launchChromium(),
    locale: options.locale,
    context: options.context,
  })
  options.watch(double.context)
  await runMain(double, ['--data', options.dataFolder])
  const window = await vi.waitFor(() => {
    if (double.errorBoxes.length > 0) throw new Error(double.errorBoxes.join('\n'))
    return double.windows[0]!.page
  }, 20_000)
  await window.waitForURL(`${shownOrigin}/**`)
  return {
    page: window,
    electron: double,
    async newPage(): Promise<Page> {
      const known = new Set(double.windows)
      double.menu[0]?.submenu?.find((item) => item.accelerator === 'CmdOrCtrl+Shift+N')?.click?.()
      const opened = await vi.waitFor(() => double.windows.find((window) => !known.has(window))!.page, 10_000)
      await opened.waitForURL(`${shownOrigin}/**`)
      return opened
    },
    async savedFile(action) {
      const count = double.saved.length
      await action()
      const path = await vi.waitFor(() => {
        const path = double.saved[count]
        if (path === undefined) throw new Error('nothing was saved')
        return path
      }, 60_000)
      await waitUntilWritten(path)
      return path
    },
    close: () => double.close(),
  }
}

/** The same specs over the real thing, where it can be had. */
async function openBinary(executablePath: string, options: ShellOptions): Promise<ShellHandle> {
  const root = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const app = await _electron.launch({
    executablePath,
    args: [...root, `--lang=${options.locale}`, projectFolder, '--data', options.dataFolder],
    cwd: projectFolder,
  })
  options.watch(app.context())
  const dress = async (page: Page) => {
    await page.setViewportSize(options.context.viewport ?? { width: 1280, height: 720 })
    await page.emulateMedia({ colorScheme: options.context.colorScheme ?? 'light', reducedMotion: 'reduce' })
    return page
  }
  return {
    page: await dress(await app.firstWindow()),
    electron: null,
    async newPage() {
      const opened = app.waitForEvent('window')
      await app.evaluate(({ Menu }) => {
        const [file] = Menu.getApplicationMenu()?.items ?? []
        file?.submenu?.items.find((item) => item.accelerator === 'CmdOrCtrl+Shift+N')?.click()
      })
      return dress(await opened)
    },
    async savedFile(action) {
      const path = `${options.dataFolder}/saved-${Date.now()}`
      await app.evaluate(({ dialog }, filePath) => {
        dialog.showSaveDialog = async () => ({ canceled: false, filePath })
      }, path)
      await action()
      await waitUntilWritten(path)
      return path
    },
    close: () => app.close(),
  }
}

/** The save dialog's answer comes before the file: waits until it has bytes and no more of them come. */
async function waitUntilWritten(path: string): Promise<void> {
  let size = 0
  await vi.waitFor(
    async () => {
      const { size: now } = await stat(path)
      const before = size
      size = now
      if (now === 0 || now !== before) throw new Error(`${path} is still being written`)
    },
    { timeout: 60_000, interval: 50 },
  )
}
