import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { backupFolderName, matchesItsName, stampOf } from './backup-file.ts'
import { busyMilliseconds, databaseFileName } from './connect.ts'
import { prepareFolder } from './data-folder.ts'
import { syncFile, syncFolder, writeFileDurably } from './file-mark.ts'
import { inspectBackup } from './inspect.ts'
import { lockOrRefuse } from './lock.ts'
import { readMigrations } from './migrate.ts'
import { StartRefusal, startRefusalOf } from './start-refusal.ts'
import { describeReport, type VerifyReport } from './verify.ts'
import { verifyFile } from './verify-file.ts'

/** `replaced` is the database that was there before, or null; restoring it undoes the restore. */
export type Restored = { readonly file: string; readonly replaced: string | null; readonly report: VerifyReport }

const partOf = (file: string): string => `${file}.restored`
const intentOf = (file: string): string => `${file}.restoring`

/**
 * Puts a backup in the place of the data folder's database. The backup is copied and verified before anything is moved;
 * what it replaces is kept in the folder's `backup/`. A crash in between is finished by the next start.
 * The program must not have the folder open. Throws a StartRefusal, with everything as it was.
 * @param now UTC milliseconds; dates the kept file
 */
export function restoreDatabase(backupFile: string, folder: string, now: () => number): Restored {
  const source = resolve(backupFile)
  const target = prepareFolder(folder)
  const file = join(target, databaseFileName)
  const lock = lockOrRefuse(target, file)
  try {
    finishRestore(file)
    const report = prepareRestore(source, target)
    return { file, replaced: exchangeRestored(target, now()), report }
  } catch (error) {
    rmSync(partOf(file), { force: true })
    throw startRefusalOf(error, file)
  } finally {
    lock.release()
  }
}

/**
 * The first half: copies the backup beside the data folder's database and verifies the copy. Nothing is exchanged, and
 * the database may be open. Throws a StartRefusal; then nothing is left of the copy.
 */
export function prepareRestore(backupFile: string, folder: string): VerifyReport {
  const source = resolve(backupFile)
  const part = partOf(join(folder, databaseFileName))
  const clear = () => {
    for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(part + suffix, { force: true })
  }
  try {
    inspectBackup(source, readMigrations())
    if (!matchesItsName(source)) throw backupDamaged(source, 'sha256')
    clear()
    copyFileSync(source, part)
    if (existsSync(`${source}-wal`)) copyFileSync(`${source}-wal`, `${part}-wal`)
    fold(part)
    const report = verifyFile(part)
    if (!report.ok) throw backupDamaged(source, describeReport(report).at(-1) ?? '')
    syncFile(part)
    return report
  } catch (error) {
    clear()
    throw startRefusalOf(error, part)
  }
}

/**
 * The second half: what was prepared takes the database's place, which is kept. The database must be closed.
 * @returns the file that what was there before is kept as, or null when nothing was there
 */
export function exchangeRestored(folder: string, at: number): string | null {
  const file = join(folder, databaseFileName)
  if (!existsSync(partOf(file))) throw new Error('no restore has been prepared')
  const replaced = existsSync(file) ? keptName(folder, at) : null
  writeFileDurably(intentOf(file), JSON.stringify({ replaced: replaced && basename(replaced) }))
  finishRestore(file)
  return replaced
}

/**
 * Carries out a restore that was decided on and interrupted. Every step can be repeated. Called with the folder locked,
 * before the database is looked at.
 */
export function finishRestore(file: string): void {
  const intent = intentOf(file)
  if (!existsSync(intent)) return
  const part = partOf(file)
  if (existsSync(part)) {
    const { replaced } = JSON.parse(readFileSync(intent, 'utf8')) as { replaced: string | null }
    const folder = dirname(file)
    if (replaced !== null) {
      const kept = join(folder, backupFolderName, replaced)
      mkdirSync(dirname(kept), { recursive: true })
      // The log first: it must never lie beside a database that it doesn't belong to.
      for (const suffix of ['-wal', '']) if (existsSync(file + suffix)) renameSync(file + suffix, kept + suffix)
      syncFolder(dirname(kept))
    }
    for (const suffix of ['-wal', '-shm', '-journal', '.closed']) rmSync(file + suffix, { force: true })
    renameSync(part, file)
    syncFolder(folder)
  }
  rmSync(intent, { force: true })
  syncFolder(dirname(file))
}

function keptName(folder: string, at: number): string {
  const backups = join(folder, backupFolderName)
  for (let attempt = 0; ; attempt += 1) {
    const name = join(backups, `replaced-${stampOf(at)}${attempt === 0 ? '' : `-${attempt}`}.db`)
    if (!existsSync(name)) return name
  }
}

/** One file without a log beside it; what a crash left in the log is brought in. */
function fold(file: string): void {
  const sqlite = new BetterSqlite3(file, { fileMustExist: true, timeout: busyMilliseconds })
  try {
    sqlite.pragma('wal_checkpoint(TRUNCATE)')
    sqlite.pragma('journal_mode = DELETE')
  } finally {
    sqlite.close()
  }
}

function backupDamaged(file: string, finding: string): StartRefusal {
  return new StartRefusal(
    'backup-damaged',
    `这个备份已损坏，没有恢复，现有数据没有变动：${file}（${finding}）。请选另一个备份。`,
    `This backup is damaged and was not restored; the present data is unchanged: ${file} (${finding}). Choose another backup.`,
  )
}
