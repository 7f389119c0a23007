import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { demonstrationFolder, findDataFolder } from './data-folder.ts'
import { findBrowsers } from './find-browser.ts'
import { createLog } from './log.ts'
import { requireNode24 } from './node-guard.ts'
import { say } from './say.ts'
import { openAppWindow, openDefaultBrowser } from './window.ts'

/**
 * The browser shell as a process: `node dist/hub/host.js [--port N] [--data DIR] [--demo] [--no-window] [--log]`. Ends with 0
 * when its window is closed or it is told to stop, 1 when it cannot start, 2 when an argument is wrong.
 */
requireNode24()

const usage = 'host.js [--port 0-65535] [--data DIR] [--demo] [--no-window] [--log]'

function readArguments(): { port: number; dataFolder: string; demonstration: boolean; window: boolean; log: boolean } {
  try {
    const { values } = parseArgs({
      options: {
        port: { type: 'string' },
        data: { type: 'string' },
        demo: { type: 'boolean', default: false },
        'no-window': { type: 'boolean', default: false },
        log: { type: 'boolean', default: false },
      },
    })
    const port = values.port === undefined ? 0 : Number(values.port)
    if (values.port?.trim() === '' || !Number.isInteger(port) || port < 0 || port > 65_535) {
      throw new Error(
        say(
          `--port 应为 0 到 65535 的整数，而不是 ${values.port}`,
          `--port takes a whole number from 0 to 65535, not ${values.port}`,
        ),
      )
    }
    if (values.data === '') throw new Error(say('--data 需要一个文件夹', '--data takes a folder'))
    const folder = findDataFolder(values.data)
    return {
      port,
      dataFolder: values.demo ? demonstrationFolder(folder) : folder,
      demonstration: values.demo,
      window: !values['no-window'],
      log: values.log,
    }
  } catch (error) {
    return stop(2, `${error instanceof Error ? error.message : String(error)}  (${usage})`)
  }
}

function stop(code: number, line: string): never {
  process.stderr.write(`${line.replaceAll(/\s*\n\s*/g, ' ')}\n`)
  process.exit(code)
}

/** A StartRefusal carries its sentence in both languages; a taken port and the like have a code of the system. */
function explain(error: unknown, port: number): string {
  if (error instanceof Error && 'zh' in error && 'en' in error) return say(String(error.zh), String(error.en))
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'EADDRINUSE')
    return say(`端口 ${port} 已被占用，请用 --port 换一个`, `port ${port} is taken: choose another with --port`)
  if (code === 'EACCES')
    return say(`无权使用端口 ${port} 或数据文件夹`, `no permission for port ${port} or the data folder (${message})`)
  return message ?? String(error)
}

const settings = readArguments()
const assetsFolder = join(import.meta.dirname, '..', 'renderer')
const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'package.json'), 'utf8')) as {
  version: string
}
const { log, keepIn } = createLog((line) => {
  if (settings.log) process.stderr.write(`${line}\n`)
})

if (settings.demonstration) {
  process.stdout.write(`${say('正在准备演示区 …', 'preparing the demonstration district …')}\n`)
}
/** A bug: never go on with what may be wrong. What was acknowledged is on the disk. */
function stopOnBug(error: unknown): never {
  log(`host: ${error instanceof Error ? error.stack : String(error)}`)
  return stop(
    1,
    say(
      `程序出错，已停止；已保存的数据不受影响（${String(error)}）`,
      `An error stopped Frontstock; what was saved is safe (${String(error)})`,
    ),
  )
}
process.on('uncaughtException', stopOnBug)
process.on('unhandledRejection', stopOnBug)

// Imported only after the guard: better-sqlite3 would end an older Node without a word.
const { openLoopback } = await import('./loopback.ts')
const loopback = await openLoopback({ ...settings, assetsFolder, version, log }).catch((error: unknown) =>
  stop(1, explain(error, settings.port)),
)

keepIn(settings.dataFolder)

let closing = false
async function close(code: number): Promise<void> {
  if (closing) return
  closing = true
  await loopback.close()
  process.exit(code)
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void close(0))

const { hub } = loopback
if (settings.window) await showWindow()
else announce()

async function showWindow(): Promise<void> {
  const presence = { windows: hub.windows, ever: hub.everConnected }
  for (const browser of findBrowsers()) {
    const end = await openAppWindow(browser, loopback.address(), settings.dataFolder, presence)
    if (end.kind === 'closed') return close(0)
    log(`host: ${browser.executable} showed no window (${end.why})`)
  }
  if (await openDefaultBrowser(loopback.address())) {
    process.stdout.write(
      `${say('已在默认浏览器中打开', 'Opened in the default browser')}: ${hub.origin}  (${say('按 Ctrl+C 结束', 'Ctrl+C ends it')})\n`,
    )
    return
  }
  announce()
}

function announce(): void {
  process.stdout.write(
    `${say('请在浏览器中打开（一次有效）', 'Open this address in a browser (it works once)')}: ${loopback.address()}\n`,
  )
}
