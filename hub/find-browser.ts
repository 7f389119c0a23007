import { accessSync, constants, readFileSync, realpathSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'

/** An installed Chromium, Chrome or Edge: for the application's window and for making PDFs. */
export type Browser = {
  readonly executable: string
  /** Arguments it always needs. */
  readonly args: readonly string[]
  /** A snap may only write below its own folder in the home folder. */
  readonly snap: boolean
}

export type Machine = {
  readonly platform: NodeJS.Platform
  readonly env: Readonly<Record<string, string | undefined>>
  readonly home: string
  readonly root: boolean
  readonly executable: (path: string) => boolean
}

export const thisMachine = (): Machine => ({
  platform: process.platform,
  env: process.env,
  home: homedir(),
  root: process.getuid?.() === 0,
  executable: isExecutable,
})

const linuxNames = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'microsoft-edge-stable',
]
const linuxFolders = ['/usr/bin', '/usr/local/bin', '/snap/bin', '/opt/google/chrome', '/opt/microsoft/msedge']
const windowsPaths = [
  ['Google', 'Chrome', 'Application', 'chrome.exe'],
  ['Chromium', 'Application', 'chrome.exe'],
  ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
]
const macNames = ['Google Chrome', 'Chromium', 'Microsoft Edge']

/**
 * All that are found, best first. `FRONTSTOCK_BROWSER` names one that goes before all others (a path), and
 * `FRONTSTOCK_BROWSER_ARGS` its further arguments, separated by spaces.
 */
export function findBrowsers(machine: Machine = thisMachine()): Browser[] {
  const { env, platform } = machine
  const found: Browser[] = []
  // Chromium refuses to start as root with its sandbox; for everybody else the sandbox stays.
  const always = platform === 'linux' && machine.root ? ['--no-sandbox'] : []
  const add = (executable: string, args: readonly string[] = []) => {
    if (!machine.executable(executable) || found.some((browser) => browser.executable === executable)) return
    found.push({ executable, args: [...always, ...args], snap: platform === 'linux' && isSnap(executable) })
  }

  if (env.FRONTSTOCK_BROWSER)
    add(env.FRONTSTOCK_BROWSER, (env.FRONTSTOCK_BROWSER_ARGS ?? '').split(' ').filter(Boolean))
  if (platform === 'win32') {
    for (const path of windowsPaths) {
      for (const base of [env.ProgramFiles, env['ProgramFiles(x86)'], env.LOCALAPPDATA]) {
        if (base) add(join(base, ...path))
      }
    }
  } else if (platform === 'darwin') {
    for (const name of macNames) {
      for (const base of ['/Applications', join(machine.home, 'Applications')]) {
        add(join(base, `${name}.app`, 'Contents', 'MacOS', name))
      }
    }
  } else {
    const folders = (env.PATH ?? '').split(delimiter).filter(Boolean)
    for (const name of linuxNames) for (const folder of folders) add(join(folder, name))
    for (const name of [...linuxNames, 'chrome', 'msedge']) for (const folder of linuxFolders) add(join(folder, name))
  }
  return found
}

function isExecutable(path: string): boolean {
  try {
    if (!statSync(path).isFile()) return false
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** `/snap/bin/chromium` is a link to snap itself; Ubuntu's `/usr/bin/chromium-browser` a script that calls it. */
function isSnap(executable: string): boolean {
  try {
    const real = realpathSync(executable)
    if (real.startsWith('/snap/') || real.endsWith('/snap')) return true
    return statSync(real).size < 10_000 && readFileSync(real, 'utf8').includes('/snap/bin/')
  } catch {
    return false
  }
}
