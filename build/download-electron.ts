import { fork, spawn } from 'node:child_process'
import { join } from 'node:path'
import { findElectron } from './find-electron.ts'
import { inProject, say } from './project.ts'

type News = { readonly transferred: number; readonly total: number | null } | { readonly failed: string }

const unpackMs = 180_000

/**
 * Fetches the Electron binary for the first start, showing how far it is.
 * @returns the executable, or the reason why it can't be had (its host refuses, nothing arrives for 20 s).
 */
export async function downloadElectron({
  show = terminalProgress(),
  silenceMs = 20_000,
  packageFolder = inProject('node_modules', 'electron'),
}: {
  readonly show?: Progress
  /** How long nothing may arrive before it is given up. */
  readonly silenceMs?: number
  readonly packageFolder?: string
} = {}): Promise<{ electron: string } | { why: string }> {
  if (process.env.ELECTRON_SKIP_BINARY_DOWNLOAD) return { why: 'ELECTRON_SKIP_BINARY_DOWNLOAD' }
  const why = await fetchIntoCache(packageFolder, silenceMs, show)
  show.end()
  if (why !== null) return { why }
  await unpack(packageFolder)
  const electron = findElectron(process.env, packageFolder)
  return electron === null ? { why: say('解压失败', 'it could not be unpacked') } : { electron }
}

function fetchIntoCache(packageFolder: string, silenceMs: number, show: Progress): Promise<string | null> {
  const { npm_config_https_proxy, npm_config_proxy } = process.env
  const proxy = npm_config_https_proxy ?? npm_config_proxy
  const child = fork(inProject('build', 'electron-download-process.ts'), [packageFolder], {
    // Node's fetch takes the system's proxy only when it is told to; npm's own setting counts as well.
    env: { ...(proxy ? { HTTPS_PROXY: proxy, HTTP_PROXY: proxy } : {}), ...process.env, NODE_USE_ENV_PROXY: '1' },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  return new Promise((resolve) => {
    let why: string | null = say('下载程序意外结束', 'the download ended unexpectedly')
    let arrived = 0
    const giveUp = () => {
      why = say(`${silenceMs / 1000} 秒内没有收到数据`, `nothing arrived for ${silenceMs / 1000} s`)
      child.kill('SIGKILL')
    }
    let silence = setTimeout(giveUp, silenceMs)
    child.on('message', (news: News) => {
      if ('failed' in news) {
        why = news.failed
        return
      }
      if (news.transferred <= arrived) return
      arrived = news.transferred
      clearTimeout(silence)
      silence = setTimeout(giveUp, silenceMs)
      show.update(news.transferred, news.total)
    })
    child.on('exit', (code) => {
      clearTimeout(silence)
      resolve(code === 0 ? null : why)
    })
  })
}

/** By Electron's own script, which finds the archive in the cache. */
function unpack(packageFolder: string): Promise<void> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(packageFolder, 'install.js')], { stdio: 'ignore' })
    const patience = setTimeout(() => child.kill('SIGKILL'), unpackMs)
    child.on('exit', () => {
      clearTimeout(patience)
      resolve()
    })
  })
}

export type Progress = {
  readonly update: (transferred: number, total: number | null) => void
  readonly end: () => void
}

/** On a terminal one line that counts up; in a log a line for each tenth. */
export function terminalProgress(output: NodeJS.WriteStream = process.stdout): Progress {
  let shown = -1
  let open = false
  return {
    update(transferred, total) {
      const megabytes = Math.floor(transferred / 1_000_000)
      const percent = total === null ? null : Math.floor((100 * transferred) / total)
      const step = output.isTTY ? (percent ?? megabytes) : Math.floor((percent ?? megabytes) / 10)
      if (step === shown) return
      shown = step
      const far =
        percent === null ? `${megabytes} MB` : `${percent} % (${megabytes} / ${Math.ceil(total! / 1_000_000)} MB)`
      const line = say(`首次启动，正在下载 Electron：${far}`, `First start, downloading Electron: ${far}`)
      output.write(output.isTTY ? `\r\x1b[2K${line}` : `${line}\n`)
      open = output.isTTY
    },
    end() {
      if (open) output.write('\n')
      open = false
    },
  }
}
