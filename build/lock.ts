import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { inProject } from './project.ts'

/**
 * One process at a time does this work in this folder: a start and a test run side by side must not write over each
 * other's build. A lock whose process is gone counts for nothing.
 */
export async function withLock<Value>(name: string, work: () => Promise<Value>): Promise<Value> {
  const path = inProject('.tmp', `${name}.lock`)
  mkdirSync(inProject('.tmp'), { recursive: true })
  while (!take(path)) await new Promise((resolve) => setTimeout(resolve, 200))
  try {
    return await work()
  } finally {
    rmSync(path, { force: true })
  }
}

function take(path: string): boolean {
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' })
    return true
  } catch {
    if (!isRunning(path)) rmSync(path, { force: true })
    return false
  }
}

function isRunning(path: string): boolean {
  try {
    const pid = Number(readFileSync(path, 'utf8'))
    // Between making the file and writing to it another process is empty-handed for a moment.
    if (!Number.isInteger(pid) || pid === 0) return true
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
