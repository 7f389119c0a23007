import { join, resolve } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { workAside } from './aside.ts'
import { backupFolderName, finishCopy, partIn, pruneBackups, removePart } from './backup-file.ts'
import { busyMilliseconds, databaseFileName, openReadOnly } from './connect.ts'
import type { Migration } from './migrate.ts'
import { StartRefusal } from './start-refusal.ts'
import { connection, type Database } from './statement.ts'
import { describeReport, unreadable, type VerifyReport } from './verify.ts'

/** Making copies of the database. What a copy is called, kept and checked by stands in backup-file.ts. */

export type Backup = {
  readonly file: string
  readonly at: number
  readonly bytes: number
  readonly report: VerifyReport
}

/** 1 MB of pages of 4 kB: a step takes a few milliseconds, and between two steps the program goes on. */
const pagesPerStep = 256

/**
 * A copy taken while the program goes on working: the pages in small steps, everything that takes long on a thread.
 * @param folder made when missing; it may be on a network or in a synchronised folder
 * @param now UTC milliseconds
 * @param how.signal stops it between two steps, and its thread
 * @param how.here does all of it on this thread, where nobody waits for it
 * @throws Error when the copy does not verify (code `unsound`) or could not be made; then nothing is left of it
 */
export async function backupDatabase(
  db: Database,
  folder: string,
  now: () => number,
  how: { readonly signal?: AbortSignal; readonly here?: boolean } = {},
): Promise<Backup> {
  const at = now()
  const part = partIn(folder, at)
  try {
    await db[connection].sqlite.backup(part, {
      progress: () => {
        how.signal?.throwIfAborted()
        return pagesPerStep
      },
    })
    return { at, ...(await workAside('finish', { part, folder: resolve(folder), at, kind: '' }, how)) }
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
  const folder = join(resolve(file, '..'), backupFolderName)
  const part = partIn(folder, at)
  try {
    removePart(part)
    // Not read-only: what a crash left in the log belongs into the copy, and reading a log needs its index.
    const sqlite = new BetterSqlite3(file, { fileMustExist: true, timeout: busyMilliseconds })
    try {
      sqlite.prepare('VACUUM INTO ?').run(part)
    } finally {
      sqlite.close()
    }
    return finishCopy({ part, folder, at, kind: `-before-${to}`, migrations }).file
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
