import { spawn } from 'node:child_process'
import { parseArgs } from 'node:util'
import { buildStale } from './build.ts'
import { downloadElectron } from './download-electron.ts'
import { findElectron } from './find-electron.ts'
import { inProject, projectFolder, say } from './project.ts'

/**
 * `npm start`: builds what is stale and opens the application, in Electron where its binary is or can be fetched, else
 * in an installed browser. Ends with the code of the application.
 */
const usage = 'npm start -- [--browser] [--port 0-65535] [--data DIR] [--demo] [--no-window]'

/** What the Electron main process ends with when it has told the user why it will not start. */
const refusedCode = 3
/** A window that ends in failure sooner than this never was one. */
const stillbornMs = 15_000

function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        browser: { type: 'boolean', default: false },
        port: { type: 'string' },
        data: { type: 'string' },
        demo: { type: 'boolean', default: false },
        'no-window': { type: 'boolean', default: false },
      },
    })
    const port = Number(values.port ?? '0')
    if (values.port?.trim() === '' || !Number.isInteger(port) || port < 0 || port > 65_535) {
      throw new Error(
        say(
          `--port 应为 0 到 65535 的整数，而不是“${values.port}”`,
          `--port takes a whole number from 0 to 65535, not "${values.port}"`,
        ),
      )
    }
    if (values.data?.trim() === '') throw new Error(say('--data 需要一个文件夹', '--data takes a folder'))
    return values
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message.split('\n')[0] : String(error)}  (${usage})\n`)
    process.exit(2)
  }
}

const options = readArguments()
const shared = [...(options.data === undefined ? [] : ['--data', options.data]), ...(options.demo ? ['--demo'] : [])]
const print = (line: string) => process.stdout.write(`${line}\n`)

await buildStale(print).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
})

if (!options.browser && !options['no-window']) {
  let electron = findElectron()
  if (electron === null) {
    const outcome = await downloadElectron()
    if ('electron' in outcome) electron = outcome.electron
    else
      print(
        say(
          `Electron 无法下载（${outcome.why}），改用浏览器打开。`,
          `Electron can't be had (${outcome.why}): opening in a browser.`,
        ),
      )
  }
  if (electron !== null) {
    const code = await runElectron(electron)
    if (code !== null) process.exit(code)
    print(say('Electron 未能打开窗口，改用浏览器打开。', 'Electron showed no window: opening in a browser.'))
  }
}
process.exit(await runHost())

/** @returns the exit code, or null when no window ever came up. */
async function runElectron(electron: string): Promise<number | null> {
  // Chromium refuses to start as root with its sandbox; for everybody else the sandbox stays.
  const root = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const startedAt = Date.now()
  const code = await run(electron, [...root, projectFolder, ...shared])
  if (code === 0) return 0
  if (code === refusedCode) return 1
  return Date.now() - startedAt < stillbornMs ? null : code
}

function runHost(): Promise<number> {
  const port = options.port === undefined ? [] : ['--port', options.port]
  const window = options['no-window'] ? ['--no-window'] : []
  return run(process.execPath, [inProject('dist', 'hub', 'host.js'), ...port, ...shared, ...window])
}

function run(command: string, args: readonly string[]): Promise<number> {
  return new Promise((resolve) => {
    const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env
    const child = spawn(command, args, { stdio: 'inherit', env })
    // The terminal sends Ctrl+C to both; whoever ends this process by name means the application.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => signal !== 'SIGINT' && child.kill(signal))
    }
    child.on('error', () => resolve(127))
    child.on('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' || signal === 'SIGTERM' ? 0 : 1)))
  })
}
