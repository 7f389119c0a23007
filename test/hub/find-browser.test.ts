import { describe, expect, it } from 'vitest'
import { findDataFolder } from '../../hub/data-folder.ts'
import { findBrowsers, type Machine } from '../../hub/find-browser.ts'

const machine = (there: readonly string[], rest: Partial<Machine> = {}): Machine => ({
  platform: 'linux',
  env: { PATH: '/usr/local/bin:/usr/bin' },
  home: '/home/wang',
  root: false,
  executable: (path) => there.includes(path),
  ...rest,
})
const paths = (found: Machine) => findBrowsers(found).map(({ executable }) => executable)

describe('finding a browser', () => {
  it('takes Chromium, Chrome and Edge on Linux, from the path and from where they install themselves', () => {
    const there = [
      '/usr/bin/firefox',
      '/opt/google/chrome/chrome',
      '/usr/bin/microsoft-edge',
      '/usr/bin/chromium',
      '/snap/bin/chromium',
    ]
    expect(paths(machine(there))).toEqual([
      '/usr/bin/chromium',
      '/usr/bin/microsoft-edge',
      '/snap/bin/chromium',
      '/opt/google/chrome/chrome',
    ])
    expect(paths(machine(['/usr/bin/firefox']))).toEqual([])
  })

  it('takes them on Windows and on macOS', () => {
    const env = {
      ProgramFiles: 'C:/Program Files',
      'ProgramFiles(x86)': 'C:/Program Files (x86)',
      LOCALAPPDATA: 'C:/Local',
    }
    const edge = 'C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe'
    const chrome = 'C:/Local/Google/Chrome/Application/chrome.exe'
    expect(paths(machine([edge, chrome], { platform: 'win32', env }))).toEqual([chrome, edge])
    const mac = '/home/wang/Applications/Chromium.app/Contents/MacOS/Chromium'
    expect(paths(machine([mac], { platform: 'darwin' }))).toEqual([mac])
  })

  it('puts the one that was named first, with its arguments', () => {
    const env = { PATH: '/usr/bin', FRONTSTOCK_BROWSER: '/opt/brave', FRONTSTOCK_BROWSER_ARGS: ' --one  --two=2 ' }
    const [first, second] = findBrowsers(machine(['/opt/brave', '/usr/bin/chromium'], { env }))
    expect([first?.executable, first?.args]).toEqual(['/opt/brave', ['--one', '--two=2']])
    expect(second?.executable).toBe('/usr/bin/chromium')
    expect(paths(machine(['/usr/bin/chromium'], { env }))).toEqual(['/usr/bin/chromium'])
  })

  it('leaves the sandbox off for root on Linux and for nobody else', () => {
    const there = ['/usr/bin/chromium']
    expect(findBrowsers(machine(there, { root: true }))[0]?.args).toEqual(['--no-sandbox'])
    expect(findBrowsers(machine(there))[0]?.args).toEqual([])
  })
})

describe('the data folder', () => {
  it('is the one that was named, else the one of the environment, else the place of the system', () => {
    const env = { FRONTSTOCK_DATA: '/srv/stock', INIT_CWD: '/home/wang', XDG_DATA_HOME: '/home/wang/.data' }
    expect(findDataFolder('/tmp/here', env, 'linux')).toBe('/tmp/here')
    expect(findDataFolder('here', env, 'linux')).toBe('/home/wang/here')
    expect(findDataFolder(undefined, env, 'linux')).toBe('/srv/stock')
    expect(findDataFolder(undefined, { XDG_DATA_HOME: '/home/wang/.data' }, 'linux')).toBe(
      '/home/wang/.data/frontstock',
    )
    expect(findDataFolder(undefined, { APPDATA: 'C:/Roaming' }, 'win32')).toBe('C:/Roaming/Frontstock')
  })
})
