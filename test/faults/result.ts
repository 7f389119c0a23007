import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** What one suite found. `ran` false: this machine lacks what it needs, and `note` says what; that is not a pass. */
export type FaultResult = {
  readonly fault: string
  readonly ran: boolean
  readonly ok: boolean
  /** What was counted, in the order it is printed. */
  readonly counts: Readonly<Record<string, number | string>>
  readonly note?: string
}

export type Suite = (options: {
  readonly deep: boolean
  readonly seed: number
}) => FaultResult[] | Promise<FaultResult[]>

export const notRun = (fault: string, note: string): FaultResult => ({ fault, ran: false, ok: false, counts: {}, note })

const scratch = join(import.meta.dirname, '..', '..', '.tmp', 'faults')

/** A new folder on the project's own disk. The runner removes all of them at its end. */
export function scratchFolder(name: string): string {
  mkdirSync(scratch, { recursive: true })
  return mkdtempSync(join(scratch, `${name}-`))
}
export const scratchRoot = scratch

/** A new folder in memory where there is such a place, for images that are thrown away at once. */
export function memoryFolder(name: string): string {
  const found = spawnSync('test', ['-w', '/dev/shm']).status === 0
  if (!found) return scratchFolder(name)
  const folder = mkdtempSync(join('/dev/shm', `frontstock-${name}-`))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Why strace can't be used here, or null when it can. */
export function straceMissing(): string | null {
  const tried = spawnSync('strace', ['-f', '-qq', '-o', '/dev/null', 'true'], { encoding: 'utf8' })
  if (tried.error) return 'strace is not installed'
  return tried.status === 0 ? null : `strace can't trace here: ${tried.stderr.trim().split('\n')[0]}`
}

export function formatResults(results: readonly FaultResult[]): string {
  const lines = results.map((result) => {
    const counts = Object.entries(result.counts)
      .map(([name, value]) => `${name} ${value}`)
      .join(', ')
    const verdict = !result.ran ? 'NOT RUN' : result.ok ? 'held' : 'FAILED'
    return [result.fault, verdict, [counts, result.note].filter(Boolean).join('; ')] as const
  })
  const width = Math.max(...lines.map(([fault]) => fault.length))
  return lines.map(([fault, verdict, rest]) => `${fault.padEnd(width)}  ${verdict.padEnd(7)}  ${rest}`).join('\n')
}
