import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { busyMilliseconds, openReadOnly } from './connect.ts'
import { digestFile, syncFile, syncFolder } from './file-mark.ts'
import { StartRefusal } from './start-refusal.ts'
import { connection, type Database } from './statement.ts'
import { describeReport, type VerifyReport, verifyDatabase } from './verify.ts'

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
    return finishCopy(part, target, at, '')
  } finally {
    removePart(part)
  }
}

/** The same for a file that nobody has open, before a migration changes it. Gives the copy's path. */
export function copyBeforeMigration(file: string, from: number, to: number, at: number): string {
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
    return finishCopy(part, target, at, `-before-${to}`).file
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

function finishCopy(part: string, target: string, at: number, kind: string): Backup {
  // One file without a log beside it, whatever the original was.
  const sqlite = new BetterSqlite3(part, { fileMustExist: true })
  try {
    sqlite.pragma('journal_mode = DELETE')
  } finally {
    sqlite.close()
  }
  const report = verifyFile(part)
  if (!report.ok) throw new Error(`the copy does not verify: ${describeReport(report).at(-1)}`)
  syncFile(part)
  const stamp = new Date(at).toISOString().replace(/[-:]/g, '').slice(0, 15).replace('T', '-')
  const file = join(target, `frontstock-${stamp}${kind}-${digestFile(part).sha256.slice(0, 16)}.db`)
  renameSync(part, file)
  syncFolder(target)
  return { file, at, report }
}

/** Verifies a file that nobody has open, such as a backup. */
export function verifyFile(file: string): VerifyReport {
  const db = openReadOnly(file)
  try {
    return verifyDatabase(db)
  } finally {
    db.close()
  }
}

function removePart(part: string): void {
  for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(part + suffix, { force: true })
}

/** Backups in a folder, the oldest first. */
export function listBackups(folder: string): { file: string; at: number; beforeMigration: boolean }[] {
  return readdirSync(folder)
    .flatMap((name) => {
      const found = backupName.exec(name)
      if (!found) return []
      const iso = `${found[1]}T${found[2]}Z`.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z')
      return [{ file: join(folder, name), at: Date.parse(iso), beforeMigration: found[3] !== undefined }]
    })
    .sort((a, b) => a.at - b.at || basename(a.file).localeCompare(basename(b.file)))
}
