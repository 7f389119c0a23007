import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { inProject, projectFolder } from '../../build/project.ts'
import { findBrowsers } from '../../hub/find-browser.ts'
import { freePort } from '../hub/free-port.ts'

let folder: string
beforeEach(() => {
  mkdirSync(inProject('.tmp'), { recursive: true })
  folder = mkdtempSync(inProject('.tmp', 'start-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** A program that notes its arguments, one a line, and ends as it is told. */
function makeProgram(name: string, body: string): string {
  const path = join(folder, name)
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(
    path,
    `#!/bin/sh\nfor argument in "$@"; do echo "$argument" >> '${folder}/${name.replaceAll('/', '-')}.args'; done\n${body}\n`,
  )
  chmodSync(path, 0o755)
  return path
}
const argsOf = (name: string) =>
  readFileSync(join(folder, `${name}.args`), 'utf8')
    .trimEnd()
    .split('\n')

type Ended = { code: number | null; out: string; err: string }

/** `npm start`, without a network: nothing listens where Electron would come from. */
function start(
  args: readonly string[],
  env: Record<string, string> = {},
  onOutput: (out: string, stop: () => void) => void = () => {},
): Promise<Ended> {
  const child = spawn(process.execPath, ['-r', './build/node-guard.cjs', 'build/start.ts', ...args], {
    cwd: projectFolder,
    env: {
      ...process.env,
      LC_ALL: 'en_US.UTF-8',
      ELECTRON_MIRROR: 'http://127.0.0.1:9/',
      electron_config_cache: join(folder, 'cache'),
      ...env,
    },
  })
  const ended: Ended = { code: null, out: '', err: '' }
  child.stdout.on('data', (chunk) => {
    ended.out += chunk
    onOutput(ended.out, () => child.kill('SIGTERM'))
  })
  child.stderr.on('data', (chunk) => {
    ended.err += chunk
  })
  return new Promise((resolve) => child.on('exit', (code) => resolve({ ...ended, code })))
}
/** Without what a first run in a fresh folder says about building. */
const linesOf = (out: string) => out.split('\n').filter((line) => line !== '' && !line.startsWith('building '))

// A first start builds what is stale.
describe.runIf(process.platform === 'linux')('npm start', { timeout: 240_000 }, () => {
  it('says in one line that Electron cannot be had, opens a browser window of its own, and ends with it', async () => {
    const browser = makeProgram('chromium', 'exit 0')
    const ended = await start(['--data', join(folder, 'data')], { FRONTSTOCK_BROWSER: browser })
    expect(ended.code).toBe(0)
    expect(linesOf(ended.out)).toEqual([
      expect.stringMatching(/^Electron can't be had \(.+\): opening in a browser\.$/),
    ])
    expect(ended.err).toBe('')
    const args = argsOf('chromium')
    expect(args).toContainEqual(expect.stringMatching(/^--app=http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{22}$/))
    expect(args).toContain(`--user-data-dir=${join(folder, 'data', 'browser-window')}`)
    expect(args.includes('--no-sandbox')).toBe(process.getuid?.() === 0)
    expect(existsSync(join(folder, 'data', 'frontstock.db'))).toBe(true)
  })

  it('opens a browser at once with --browser, on the port that was asked for', async () => {
    const browser = makeProgram('chromium', 'exit 0')
    const port = await freePort()
    const ended = await start(['--browser', '--port', String(port), '--data', join(folder, 'data')], {
      FRONTSTOCK_BROWSER: browser,
    })
    expect([ended.code, linesOf(ended.out), ended.err]).toEqual([0, [], ''])
    expect(argsOf('chromium')).toContainEqual(expect.stringContaining(`--app=http://127.0.0.1:${port}/?token=`))
  })

  it.runIf(findBrowsers().length === 0)('turns to the default browser, and else prints the address', async () => {
    const broken = makeProgram('chromium', 'exit 1')
    makeProgram('bin/xdg-open', 'exit 0')
    const path = `${join(folder, 'bin')}:${process.env.PATH}`
    const opened = await start(
      ['--browser', '--data', join(folder, 'data')],
      { FRONTSTOCK_BROWSER: broken, PATH: path },
      (out, stop) => {
        if (out.includes('default browser')) stop()
      },
    )
    expect(opened.code).toBe(0)
    expect(argsOf('bin-xdg-open')).toEqual([expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/\?token=/)])

    makeProgram('bin/xdg-open', 'exit 3')
    const printed = await start(['--browser', '--data', join(folder, 'data')], { PATH: path }, (out, stop) => {
      if (out.includes('?token=')) stop()
    })
    expect(linesOf(printed.out)).toEqual([
      expect.stringMatching(/^Open this address .+: http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{22}$/),
    ])
    expect(printed.code).toBe(0)
  })

  it('opens Electron where its binary is, and ends as it does', async () => {
    makeProgram('electron', 'exit 0')
    const data = join(folder, 'data')
    const ended = await start(['--data', data], { ELECTRON_OVERRIDE_DIST_PATH: folder })
    expect([ended.code, linesOf(ended.out)]).toEqual([0, []])
    const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
    expect(argsOf('electron')).toEqual([...sandbox, projectFolder, '--data', data])

    makeProgram('electron', 'exit 3')
    expect((await start(['--data', data], { ELECTRON_OVERRIDE_DIST_PATH: folder })).code).toBe(1)
  })

  it('turns to a browser when Electron shows no window', async () => {
    makeProgram('electron', 'exit 127')
    const browser = makeProgram('chromium', 'exit 0')
    const env = { ELECTRON_OVERRIDE_DIST_PATH: folder, FRONTSTOCK_BROWSER: browser }
    const ended = await start(['--data', join(folder, 'data')], env)
    expect([ended.code, linesOf(ended.out)]).toEqual([0, ['Electron showed no window: opening in a browser.']])
  })

  it('refuses wrong arguments, a bad folder and a taken port in one line each', async () => {
    for (const args of [['--port', '70000'], ['--port', 'x'], ['--port'], ['--data', ''], ['--unknown'], ['word']]) {
      const ended = await start(['--browser', ...args])
      expect([args, ended.code, ended.err.trimEnd().split('\n')]).toEqual([
        args,
        2,
        [expect.stringContaining('npm start')],
      ])
    }
    writeFileSync(join(folder, 'a-file'), 'text')
    const bad = await start(['--browser', '--data', join(folder, 'a-file')])
    expect([bad.code, bad.err.trimEnd().split('\n')]).toEqual([1, [expect.stringContaining('a-file')]])
    expect(readFileSync(join(folder, 'a-file'), 'utf8')).toBe('text')

    const port = await freePort()
    const first = start(['--no-window', '--port', String(port), '--data', join(folder, 'one')], {}, (out, stop) => {
      if (!out.includes('?token=')) return
      const second = ['--no-window', '--port', String(port), '--data', join(folder, 'two')]
      void start(second).then((ended) => {
        taken = ended
        stop()
      })
    })
    let taken: Ended | undefined
    expect((await first).code).toBe(0)
    expect([taken?.code, taken?.err.trimEnd()]).toEqual([1, `port ${port} is taken: choose another with --port`])
  })
})

describe('the guard', () => {
  it('stops an older Node in one line, whatever it was asked to run', () => {
    const old = join(folder, 'old.cjs')
    writeFileSync(
      old,
      "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.20.2' } })\n",
    )
    const { scripts } = JSON.parse(readFileSync(inProject('package.json'), 'utf8')) as {
      scripts: Record<string, string>
    }
    for (const name of ['start', 'test', 'build', 'package', 'cli', 'e2e']) {
      expect([name, scripts[name]]).toEqual([name, expect.stringMatching(/^node -r \.\/build\/node-guard\.cjs /)])
    }
    const guard = ['-r', './build/node-guard.cjs']
    const { status, stdout, stderr } = spawnSync(process.execPath, ['-r', old, ...guard, 'build/start.ts'], {
      cwd: projectFolder,
      encoding: 'utf8',
    })
    expect([status, stdout, stderr.trimEnd().split('\n').length]).toEqual([1, '', 1])
    expect(stderr).toContain('Node 24')
    const host = spawnSync(process.execPath, ['-r', old, 'hub/host.ts'], { cwd: projectFolder, encoding: 'utf8' })
    expect([host.status, host.stderr.trimEnd().split('\n').length]).toEqual([1, 1])
  })
})
