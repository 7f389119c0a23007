import { spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from './find-browser.ts'

/** How a window ended: by its user, or it never came up (no display, a broken browser). */
export type WindowEnd = { readonly kind: 'closed' } | { readonly kind: 'failed'; readonly why: string }

/** What tells that a page is really there. */
export type Presence = {
  /** Sockets open right now. */
  readonly windows: () => number
  /** Whether a page has ever connected. */
  readonly ever: () => boolean
}

const handOverMs = 4_000
const lingerMs = 3_000
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/**
 * Opens the application in a window of its own and waits until it is closed.
 * @param dataFolder holds the window's own profile: with the user's profile, an open browser would swallow the window
 *   and its process would end at once.
 */
export async function openAppWindow(
  browser: Browser,
  url: string,
  dataFolder: string,
  presence: Presence,
): Promise<WindowEnd> {
  const profile = browser.snap
    ? join(homedir(), 'snap', 'chromium', 'common', 'frontstock')
    : join(dataFolder, 'browser-window')
  mkdirSync(profile, { recursive: true })
  const child = spawn(
    browser.executable,
    [
      ...browser.args,
      `--app=${url}`,
      `--user-data-dir=${profile}`,
      '--no-first-run',
      '--no-default-browser-check',
      '--disable-sync',
      '--window-size=1280,800',
    ],
    { stdio: 'ignore' },
  )
  const ended = await new Promise<{ code: number | null; why: string }>((resolve) => {
    child.on('error', (error) => resolve({ code: null, why: error.message }))
    child.on('exit', (code, signal) => resolve({ code, why: signal ?? `exit ${code}` }))
  })
  if (ended.code !== 0 && !presence.ever()) return { kind: 'failed', why: ended.why }
  // A browser left over from a crash may have taken the window over: then the page connects after this process ends.
  if (!presence.ever()) for (let waited = 0; waited < handOverMs && !presence.ever(); waited += 200) await pause(200)
  while (presence.windows() > 0) {
    await pause(500)
    // A reload closes the socket for a moment.
    if (presence.windows() === 0) await pause(lingerMs)
  }
  return { kind: 'closed' }
}

/** @returns whether the system's opener said that it opened the address. */
export function openDefaultBrowser(url: string, platform: NodeJS.Platform = process.platform): Promise<boolean> {
  const [command, args]: [string, string[]] =
    platform === 'win32'
      ? ['cmd', ['/c', 'start', '""', url]]
      : platform === 'darwin'
        ? ['open', [url]]
        : ['xdg-open', [url]]
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: 'ignore', windowsVerbatimArguments: true })
    // Some openers stay as long as the browser does.
    const patience = setTimeout(() => resolve(true), 10_000)
    const settle = (opened: boolean) => {
      clearTimeout(patience)
      resolve(opened)
    }
    child.on('error', () => settle(false))
    child.on('exit', (code) => settle(code === 0))
  })
}
