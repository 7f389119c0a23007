import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { busyMilliseconds, databaseFileName, openReadOnly } from './connect.ts'
import { digestFile, syncFile, syncFolder } from './file-mark.ts'
import type { Migration } from './migrate.ts'
import { StartRefusal } from './start-refusal.ts'
import { connection, type Database } from './statement.ts'
import { describeReport, unreadable, type VerifyReport } from './verify.ts'
import { verifyFile, verifyFileAside } from './verify-file.ts'

/**
 * Copies of the database. Each is made beside its final name, verified, synced and only then renamed, so that what is
 * called a backup is one. The first 16 digits of its sha256 stand in its name: a backup that has rotted is found before
 * it is restored.
 */

export const backupFolderName = 'backup'

export type Backup = { readonly file: string; readonly at: number; readonly report: VerifyReport }

const backupName = /^frontstock-(\d{8})-(\d{6})(-before-\d+)?-([0-9a-f]{16})\.db$/

/**
 * A copy taken while the program goes on working (readers and writers are not held up for longer than a few pages).
 * @param folder made when missing; it may be on a network or in a synchronised folder
 * @param now UTC milliseconds
 * @throws Error when the copy does not verify; then nothing is left of it
 */
export async function backupDatabase(db: Database, folder: string, now: () => number): Promise<Backup> {
  const at = now()
  const target = resolve(folder)
  mkdirSync(target, { recursive: true })
  const part = join(target, `.frontstock-${at}-${process.pid}.part`)
  try {
    await db[connection].sqlite.backup(part, { progress: () => 1000 })
    settle(part)
    return finishCopy(part, target, at, '', await verifyFileAside(part))
  } finally {
    removePart(part)
  }
}

/**
 * The same for a file that nobody has open, before a migration changes it. Gives the copy's path.
 * @param migrations that made the file what it is, for the check of the copy's schema
 */
export function copyBeforeMigration(
  file: string,
  from: number,
  to: number,
  at: number,
  migrations: readonly Migration[],
): string {
  const target = join(resolve(file, '..'), backupFolderName)
  mkdirSync(target, { recursive: true })
  const part = join(target, `.frontstock-${at}-${process.pid}.part`)
  try {
    removePart(part)
    // Not read-only: what a crash left in the log belongs into the copy, and reading a log needs its index.
    const sqlite = new BetterSqlite3(file, { fileMustExist: true, timeout: busyMilliseconds })
    try {
      sqlite.prepare('VACUUM INTO ?').run(part)
    } finally {
      sqlite.close()
    }
    settle(part)
    return finishCopy(part, target, at, `-before-${to}`, verifyFile(part, migrations)).file
  } catch (error) {
    if (error instanceof StartRefusal) throw error
    throw new StartRefusal(
      'migration-failed',
      `升级前的备份没有做成，数据库没有变动（${from} → ${to}）：${file}。原因：${String(error)}`,
      `The copy before the upgrade could not be made, and the database is unchanged (${from} → ${to}): ${file}. Reason: ${String(error)}`,
      error,
    )
  } finally {
    removePart(part)
  }
}

/** Makes it one file without a log beside it, whatever the original was. */
function settle(part: string): void {
  const sqlite = new BetterSqlite3(part, { fileMustExist: true })
  try {
    sqlite.pragma('journal_mode = DELETE')
  } finally {
    sqlite.close()
  }
}

/** Gives the verified copy its name. Throws when it does not verify. */
function finishCopy(part: string, target: string, at: number, kind: string, report: VerifyReport): Backup {
  if (!report.ok) throw new Error(`the copy does not verify: ${describeReport(report).at(-1)}`)
  syncFile(part)
  const file = join(target, `frontstock-${stampOf(at)}${kind}-${digestFile(part).sha256.slice(0, 16)}.db`)
  renameSync(part, file)
  syncFolder(target)
  return { file, at, report }
}

/** `20200206-093000`, in UTC. */
export const stampOf = (at: number): string =>
  new Date(at).toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')

function removePart(part: string): void {
  for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(part + suffix, { force: true })
}

export type BackupFile = { readonly file: string; readonly at: number; readonly beforeMigration: boolean }

/** Backups in a folder, the newest first. */
export function listBackups(folder: string): BackupFile[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .flatMap((name) => {
      const found = backupName.exec(name)
      if (!found) return []
      const iso = `${found[1]}T${found[2]}Z`.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z')
      return [{ file: join(folder, name), at: Date.parse(iso), beforeMigration: found[3] !== undefined }]
    })
    .sort((a, b) => b.at - a.at || (a.file < b.file ? 1 : -1))
}

/**
 * What may go: kept are the newest 96 (a day of one every quarter of an hour), of the older ones the newest of each of 30
 * days and of each of 12 months, and the newest 10 from before migrations. Counted among the backups there are and not
 * from the clock, so that a clock that jumps removes nothing.
 */
export function backupsToRemove(backups: readonly BackupFile[]): BackupFile[] {
  const copies = backups.filter((backup) => backup.beforeMigration).slice(10)
  const ordinary = backups.filter((backup) => !backup.beforeMigration)
  const days = new Set<string>()
  const months = new Set<string>()
  const old = ordinary.slice(96).filter((backup) => {
    const day = new Date(backup.at).toISOString().slice(0, 10)
    const month = day.slice(0, 7)
    const newDay = !days.has(day) && days.size < 30
    const newMonth = !months.has(month) && months.size < 12
    if (newDay) days.add(day)
    if (newMonth) months.add(month)
    return !newDay && !newMonth
  })
  return [...old, ...copies]
}

/** Removes what `backupsToRemove` names; gives the files. */
export function pruneBackups(folder: string): string[] {
  const files = backupsToRemove(listBackups(folder)).map((backup) => backup.file)
  for (const file of files) rmSync(file, { force: true })
  return files
}

/** Whether the file still is what was copied: false when its name says another content. True when its name says nothing. */
export function matchesItsName(file: string): boolean {
  const found = backupName.exec(basename(file))
  return !found || digestFile(file).sha256.startsWith(found[4]!)
}

/**
 * `backup DIR [--data FOLDER]`: a verified copy of the database in the data folder (FRONTSTOCK_DATA), also while the
 * program has it open. Removes what the keeping rule lets go. Returns 0, or 1 when it failed, or 2 when asked wrongly.
 */
export async function runBackupCli(
  args: readonly string[],
  out: (line: string) => void,
  err: (line: string) => void,
): Promise<number> {
  const folder = process.env.FRONTSTOCK_DATA
  const target = args[0]
  if (target === undefined || args.length > 1 || !folder) {
    err('用法：backup 目标文件夹；数据文件夹由环境变量 FRONTSTOCK_DATA 给出')
    err('Usage: backup DIR; the data folder is named by FRONTSTOCK_DATA')
    return 2
  }
  const file = join(folder, databaseFileName)
  const problem = unreadable(file)
  if (problem) {
    err(problem.zh)
    err(problem.en)
    return 2
  }
  try {
    const db = openReadOnly(file)
    try {
      const backup = await backupDatabase(db, target, Date.now)
      for (const line of describeReport(backup.report)) out(line)
      out(`已备份 Backed up: ${backup.file}`)
    } finally {
      db.close()
    }
    for (const removed of pruneBackups(target)) out(`已清理 Removed: ${removed}`)
    return 0
  } catch (error) {
    err(`备份失败：${String(error)}`)
    err(`The backup failed: ${String(error)}`)
    return 1
  }
}
