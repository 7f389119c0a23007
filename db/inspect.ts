import { accessSync, closeSync, constants, openSync, readSync, rmSync, type Stats, statSync } from 'node:fs'
import BetterSqlite3 from 'better-sqlite3'
import { checkMark } from './file-mark.ts'
import { applicationId, type Migration, newestVersion } from './migrate.ts'
import { StartRefusal } from './start-refusal.ts'

/**
 * Looks at a database file without writing to it, before it is opened for good.
 * `marked`: it is byte for byte what was last closed. `unmarked`: the last close was not clean, or the file was copied
 * here; SQLite's own check found it sound.
 */
export type FileState =
  | { readonly kind: 'missing' }
  | { readonly kind: 'marked' | 'unmarked'; readonly version: number }

const headerBytes = 100
const magic = 'SQLite format 3\0'

/** Throws a StartRefusal when the file is not ours to open. The folder must be locked, and not open in this process. */
export function inspectFile(file: string, migrations: readonly Migration[]): FileState {
  const stats = statSync(file, { throwIfNoEntry: false })
  const logged = (statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0
  if (!stats) {
    if (!logged) return { kind: 'missing' }
    throw new StartRefusal(
      'database-missing',
      `数据库文件不见了，只剩下它的日志：${file}-wal。请把 ${file} 找回来，或从备份恢复。`,
      `The database file is gone and only its log is left: ${file}-wal. Put ${file} back, or restore a backup.`,
    )
  }
  checkPlainFile(file, stats)
  const headerVersion = checkHeader(file, migrations)
  checkWritable(file, stats)
  const mark = checkMark(file)
  if (mark === 'differs' || (mark === 'matches' && logged)) {
    throw new StartRefusal(
      'changed-outside',
      `数据库文件在上次关闭之后被改动过，或已损坏：${file}。请从备份恢复；如果是您自己换的文件，请用“恢复”把它导入。`,
      `The database file was changed since it was last closed, or is damaged: ${file}. Restore a backup; if you put this file here yourself, bring it in with "restore".`,
    )
  }
  if (mark === 'matches') return { kind: 'marked', version: headerVersion }
  return { kind: 'unmarked', version: probe(file, logged, migrations) }
}

/** Whether a file can be a backup of ours at all. Throws a StartRefusal. What is in it is `verify`'s question. */
export function inspectBackup(file: string, migrations: readonly Migration[]): void {
  const stats = statSync(file, { throwIfNoEntry: false })
  if (!stats) {
    throw new StartRefusal('backup-missing', `没有这个备份文件：${file}`, `There is no such backup file: ${file}`)
  }
  checkPlainFile(file, stats)
  checkHeader(file, migrations)
}

function checkPlainFile(file: string, stats: Stats): void {
  if (!stats.isFile()) {
    throw new StartRefusal(
      'not-a-file',
      `数据库的位置上不是文件：${file}。请把它移走。`,
      `What stands in the database's place is not a file: ${file}. Move it away.`,
    )
  }
  if (stats.size === 0) {
    throw new StartRefusal(
      'empty',
      `数据库文件是空的（0 字节）：${file}。请从备份恢复；如果要从头开始，请把这个文件移走。`,
      `The database file is empty (0 bytes): ${file}. Restore a backup; to start anew, move this file away.`,
    )
  }
}

/** The version that the header says, when it is ours. */
function checkHeader(file: string, migrations: readonly Migration[]): number {
  const header = readHeader(file)
  if (header.length < headerBytes || header.toString('latin1', 0, 16) !== magic) {
    throw new StartRefusal(
      'not-a-database',
      `这个文件不是数据库：${file}。请把它移走，或从备份恢复。`,
      `This file is not a database: ${file}. Move it away, or restore a backup.`,
    )
  }
  checkOwner(file, header.readUInt32BE(68), header.readUInt32BE(60), migrations)
  return header.readUInt32BE(60)
}

/** The application id in a database's header; null when the file is not a database. */
export function readHeaderOwner(file: string): number | null {
  const header = readHeader(file)
  const isDatabase = header.length === headerBytes && header.toString('latin1', 0, 16) === magic
  return isDatabase ? header.readUInt32BE(68) : null
}

function readHeader(file: string): Buffer {
  const descriptor = openSync(file, 'r')
  try {
    const header = Buffer.alloc(headerBytes)
    return header.subarray(0, readSync(descriptor, header, 0, headerBytes, 0))
  } finally {
    closeSync(descriptor)
  }
}

function checkOwner(file: string, owner: number, version: number, migrations: readonly Migration[]): void {
  if (owner !== applicationId) {
    throw new StartRefusal(
      'foreign',
      `这是另一个程序的数据库：${file}。请把它移走，或另选一个数据文件夹。`,
      `This database belongs to another program: ${file}. Move it away, or choose another data folder.`,
    )
  }
  const newest = newestVersion(migrations)
  if (version > newest) {
    throw new StartRefusal(
      'newer',
      `这个数据库由更新版本的前线物资建立（${version}，本程序认识到 ${newest}）：${file}。请安装新版本。`,
      `This database was made by a newer Frontstock (${version}; this program knows up to ${newest}): ${file}. Install the newer version.`,
    )
  }
  if (!migrations.some((migration) => migration.version === version)) throw damaged(file, `version ${version}`)
}

function checkWritable(file: string, stats: Stats): void {
  let writable = (stats.mode & 0o222) !== 0
  try {
    accessSync(file, constants.W_OK)
  } catch {
    writable = false
  }
  if (!writable) {
    throw new StartRefusal(
      'read-only',
      `数据库文件是只读的：${file}。请去掉只读属性，或检查权限。`,
      `The database file is read-only: ${file}. Make it writable, or check the permissions.`,
    )
  }
}

/**
 * Asks SQLite, read-only. With a log beside the file the truth may stand in the log, so the owner and the version are
 * asked again. What SQLite leaves beside a file without a log is cleared away: the folder is locked, so it is ours.
 */
function probe(file: string, logged: boolean, migrations: readonly Migration[]): number {
  let sqlite: BetterSqlite3.Database | undefined
  try {
    sqlite = new BetterSqlite3(file, { readonly: true, fileMustExist: true, timeout: 1000 })
    sqlite.pragma('trusted_schema = OFF')
    sqlite.pragma('cell_size_check = ON')
    const version = sqlite.pragma('user_version', { simple: true }) as number
    checkOwner(file, sqlite.pragma('application_id', { simple: true }) as number, version, migrations)
    const findings = sqlite.pragma('quick_check(1)', { simple: true })
    if (findings !== 'ok')
      throw damaged(
        file,
        String(findings)
          .replace(/^\*\*\*.*\n/, '')
          .replace(/\s+/g, ' '),
      )
    return version
  } catch (error) {
    if (error instanceof StartRefusal) throw error
    if (error instanceof BetterSqlite3.SqliteError && /^SQLITE_(CORRUPT|NOTADB)/.test(error.code)) {
      throw damaged(file, error.message, error)
    }
    throw error
  } finally {
    sqlite?.close()
    if (!logged) for (const suffix of ['-wal', '-shm']) rmSync(file + suffix, { force: true })
  }
}

export function damaged(file: string, finding: string, cause?: unknown): StartRefusal {
  return new StartRefusal(
    'damaged',
    `数据库文件已损坏：${file}（${finding}）。请从备份恢复。`,
    `The database file is damaged: ${file} (${finding}). Restore a backup.`,
    cause,
  )
}
