import { createHash } from 'node:crypto'
import { closeSync, fsyncSync, openSync, readFileSync, readSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * The mark that a clean close leaves beside the database: its size and sha256. While it is there the file must be byte
 * for byte what was closed, so a rotten bit or an outside edit is found before a row is read, in the tables that no hash
 * chain covers as well. It is removed, durably, before the first write.
 */

const markOf = (file: string): string => `${file}.closed`

export type MarkCheck = 'matches' | 'differs' | 'absent'

/** Reads the whole file (about 1 GB/s). Never call it on a file this process has open: closing it drops SQLite's locks. */
export function checkMark(file: string): MarkCheck {
  let text: string
  try {
    text = readFileSync(markOf(file), 'utf8')
  } catch {
    return 'absent'
  }
  const { size, sha256 } = digestFile(file)
  return text === `${size} ${sha256}\n` ? 'matches' : 'differs'
}

export function writeMark(file: string): void {
  const { size, sha256 } = digestFile(file)
  writeFileDurably(markOf(file), `${size} ${sha256}\n`)
}

export function removeMark(file: string): void {
  rmSync(markOf(file), { force: true })
  syncFolder(dirname(file))
}

/** Size and sha256 (hex) of a file, read in pieces of 1 MB. */
export function digestFile(file: string): { size: number; sha256: string } {
  const hash = createHash('sha256')
  const buffer = Buffer.allocUnsafe(1 << 20)
  const descriptor = openSync(file, 'r')
  try {
    let size = 0
    for (;;) {
      const count = readSync(descriptor, buffer, 0, buffer.length, null)
      if (count === 0) return { size, sha256: hash.digest('hex') }
      hash.update(buffer.subarray(0, count))
      size += count
    }
  } finally {
    closeSync(descriptor)
  }
}

/** Written beside, synced and renamed: the old content or the new, never half. */
export function writeFileDurably(file: string, content: string): void {
  const part = `${file}.part`
  const descriptor = openSync(part, 'w')
  try {
    writeSync(descriptor, content)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
  renameSync(part, file)
  syncFolder(dirname(file))
}

export function syncFile(file: string): void {
  const descriptor = openSync(file, 'r+')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** Makes names (created, renamed, removed) durable. Windows has no such call and needs none. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const descriptor = openSync(folder, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
