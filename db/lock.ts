import { closeSync, openSync, readSync, realpathSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { StartRefusal, startRefusalOf } from './start-refusal.ts'

/**
 * One program at a time per data folder. The lock is an operating system's file lock, taken through SQLite on a file of
 * its own, so a crash or kill -9 of the holder releases it; the holder's process id stands in that file's header
 * (`user_version`) for the message.
 */

const lockFileName = 'frontstock.lock'
/** Bytes 60 to 63 of a SQLite file. */
const userVersionOffset = 60

/**
 * Folders held by this process. Looked at before any file is: closing any descriptor of a file drops all POSIX locks
 * that the process has on it, so merely reading an open database's header would unlock it. The connections are kept here
 * because a collected one would let go of its lock.
 */
const heldFolders = new Map<string, BetterSqlite3.Database>()

export type FolderLock = { release(): void }

/** Throws the refusal `second-instance` when this process or another one holds the folder. `folder` must exist. */
function lockFolder(folder: string): FolderLock {
  const identity = realpathSync.native(folder)
  if (heldFolders.has(identity)) throw inUse(folder, process.pid)
  const file = join(folder, lockFileName)
  const holding = acquire(file, folder)
  heldFolders.set(identity, holding)
  let held = true
  return {
    release() {
      if (!held) return
      held = false
      holding.close()
      heldFolders.delete(identity)
    },
  }
}

/** The same, with every failure of the disk as a StartRefusal that names `file`. */
export function lockOrRefuse(folder: string, file: string): FolderLock {
  try {
    return lockFolder(folder)
  } catch (error) {
    throw startRefusalOf(error, file)
  }
}

function acquire(file: string, folder: string): BetterSqlite3.Database {
  for (let attempt = 1; ; attempt += 1) {
    let sqlite: BetterSqlite3.Database | undefined
    try {
      sqlite = new BetterSqlite3(file, { timeout: 250 })
      // No journal beside it: what is in it may be lost, only the lock matters.
      sqlite.pragma('journal_mode = MEMORY')
      sqlite.pragma('synchronous = OFF')
      sqlite.pragma('locking_mode = EXCLUSIVE')
      sqlite.exec('BEGIN EXCLUSIVE')
      sqlite.pragma(`user_version = ${process.pid}`)
      sqlite.exec('COMMIT')
      return sqlite
    } catch (error) {
      sqlite?.close()
      const code = error instanceof BetterSqlite3.SqliteError ? error.code : ''
      if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) throw inUse(folder, holderOf(file))
      // Left half written by a crash: nobody holds it, or the answer would have been "busy".
      if (attempt === 1 && (code.startsWith('SQLITE_NOTADB') || code.startsWith('SQLITE_CORRUPT'))) {
        truncateSync(file)
        continue
      }
      throw error
    }
  }
}

function holderOf(file: string): number | null {
  try {
    const descriptor = openSync(file, 'r')
    try {
      const bytes = Buffer.alloc(4)
      return readSync(descriptor, bytes, 0, 4, userVersionOffset) === 4 ? bytes.readUInt32BE(0) : null
    } finally {
      closeSync(descriptor)
    }
  } catch {
    return null
  }
}

function inUse(folder: string, pid: number | null): StartRefusal {
  return new StartRefusal(
    'second-instance',
    `前线物资已经在使用这个数据文件夹：${folder}${pid === null ? '' : `（进程 ${pid}）`}。请切换到已打开的窗口，或先关闭它。`,
    `Frontstock already has this data folder open: ${folder}${pid === null ? '' : ` (process ${pid})`}. Switch to its window, or close it first.`,
  )
}
