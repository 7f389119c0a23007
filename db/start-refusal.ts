import { statfsSync } from 'node:fs'
import { dirname } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'

/**
 * Why the program will not open a data folder. Each has its own sentence in both languages that names the file and says
 * what to do; the file itself has not been touched.
 */
export type StartRefusalCode =
  | 'newer'
  | 'foreign'
  | 'not-a-database'
  | 'empty'
  | 'damaged'
  | 'changed-outside'
  | 'database-missing'
  | 'network-folder'
  | 'sync-folder'
  | 'second-instance'
  | 'read-only'
  | 'not-a-folder'
  | 'not-a-file'
  | 'disk-full'
  | 'migration-failed'
  | 'unreadable'
  | 'backup-missing'
  | 'backup-damaged'

export class StartRefusal extends Error {
  readonly code: StartRefusalCode
  readonly zh: string
  readonly en: string

  constructor(code: StartRefusalCode, zh: string, en: string, cause?: unknown) {
    super(en, cause === undefined ? undefined : { cause })
    this.name = 'StartRefusal'
    this.code = code
    this.zh = zh
    this.en = en
  }
}

/** What a failure of the disk or of the driver means at start. A StartRefusal stays what it is; a bug stays a bug. */
export function startRefusalOf(error: unknown, file: string): unknown {
  if (error instanceof StartRefusal) return error
  const code = error instanceof BetterSqlite3.SqliteError ? error.code : systemCodeOf(error)
  if (/^SQLITE_(CORRUPT|NOTADB)/.test(code)) {
    return new StartRefusal(
      'damaged',
      `数据库文件已损坏：${file}。请从备份恢复。`,
      `The database file is damaged: ${file}. Restore a backup.`,
      error,
    )
  }
  if (/^(SQLITE_FULL|ENOSPC|EDQUOT|EFBIG)$/.test(code) || (/^SQLITE_(IOERR|CANTOPEN)/.test(code) && isFull(file))) {
    return new StartRefusal(
      'disk-full',
      `磁盘空间不足，不能打开数据库：${file}。请腾出空间后再试。`,
      `The disk is full, so the database can't be opened: ${file}. Free some space and try again.`,
      error,
    )
  }
  if (/^SQLITE_READONLY/.test(code) || code === 'EROFS' || code === 'EACCES' || code === 'EPERM') {
    return new StartRefusal(
      'read-only',
      `数据文件夹不能写入：${file}。请检查权限，或另选一个文件夹。`,
      `The data folder can't be written: ${file}. Check the permissions, or choose another folder.`,
      error,
    )
  }
  if (/^SQLITE_(IOERR|CANTOPEN|BUSY|LOCKED)/.test(code) || /^E[A-Z]+$/.test(code)) {
    return new StartRefusal(
      'unreadable',
      `不能读写数据库（${code}）：${file}。请检查磁盘，然后再试。`,
      `The database can't be read or written (${code}): ${file}. Check the disk and try again.`,
      error,
    )
  }
  return error
}

/** SQLite says only that it can't open or write a file where a file can't be made for want of space. */
function isFull(file: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(dirname(file))
    return bavail * bsize < 64 * 1024
  } catch {
    return false
  }
}

function systemCodeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}
