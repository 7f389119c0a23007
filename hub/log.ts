import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'

const mostBytes = 5 * 1024 * 1024
const mostKept = 200

/**
 * The log that a fault's reference is found in: `log/frontstock.log` in the data folder, the file before it beside it.
 * Lines written before the folder is known to be good are kept back, so that a refused folder stays untouched.
 */
export function createLog(echo: (line: string) => void = () => {}): {
  readonly log: (line: string) => void
  readonly keepIn: (dataFolder: string) => void
} {
  let folder: string | null = null
  let early: string[] = []
  const append = (text: string) => {
    if (folder === null) return
    const path = join(folder, 'frontstock.log')
    try {
      if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > mostBytes) renameSync(path, `${path}.1`)
      appendFileSync(path, text)
    } catch {
      // A full disk has its own message where it matters; the log is silent about itself.
    }
  }
  return {
    log(line) {
      echo(line)
      const stamped = `${new Date().toISOString()} ${line}\n`
      if (folder !== null) append(stamped)
      else if (early.length < mostKept) early.push(stamped)
    },
    keepIn(dataFolder) {
      folder = join(dataFolder, 'log')
      try {
        mkdirSync(folder, { recursive: true })
      } catch {}
      append(early.join(''))
      early = []
    },
  }
}
