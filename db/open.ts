import { renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { copyBeforeMigration } from './backup.ts'
import { busyMilliseconds, configure, databaseFileName, wrap } from './connect.ts'
import { prepareFolder } from './data-folder.ts'
import { removeMark, syncFile, syncFolder, writeMark } from './file-mark.ts'
import { inspectFile } from './inspect.ts'
import { lockOrRefuse } from './lock.ts'
import { applyMigration, type Migration, migrationsAfter, readMigrations } from './migrate.ts'
import { finishRestore } from './restore.ts'
import { StartRefusal, startRefusalOf } from './start-refusal.ts'
import type { Database } from './statement.ts'

export { databaseFileName, openReadOnly } from './connect.ts'
export type { Database } from './statement.ts'

/**
 * Opens the database of a data folder, making or migrating it as needed, with the folder locked against a second program.
 * Throws a `StartRefusal`, with the file untouched, when it must not be opened.
 * @param options.folder the data folder; made when missing
 * @param options.file name of the database in it
 * @param options.now UTC milliseconds; dates the copy made before a migration
 * @param options.log one line for what happened, and for statements of 40 ms and more
 * @param options.migrations other than the program's own, for tests of the migrator
 */
export function openDatabase(options: {
  readonly folder: string
  readonly file?: string
  readonly now: () => number
  readonly log?: (line: string) => void
  readonly migrations?: readonly Migration[]
}): Database {
  const log = options.log ?? (() => {})
  const migrations = options.migrations ?? readMigrations()
  const folder = prepareOrRefuse(options.folder)
  const file = join(folder, options.file ?? databaseFileName)
  const lock = lockOrRefuse(folder, file)
  let sqlite: BetterSqlite3.Database | undefined
  try {
    finishRestore(file)
    const state = inspectFile(file, migrations)
    if (state.kind === 'missing') {
      createFile(file, migrations)
      log(`created ${file}`)
    } else {
      if (state.kind === 'unmarked') log(`${file} was not closed cleanly; checked and sound`)
      migrateFile(file, state.version, migrations, options.now, log)
    }
    // Also the mark of a database that was moved away before this one was made.
    removeMark(file)
    sqlite = new BetterSqlite3(file, { fileMustExist: true, timeout: busyMilliseconds })
    configure(sqlite)
    // Where opening for writing fails, SQLite silently opens for reading: a write that is undone tells.
    const version = sqlite.pragma('user_version', { simple: true })
    sqlite.exec(`BEGIN IMMEDIATE; PRAGMA user_version = ${version}; ROLLBACK`)
    return wrap(
      sqlite,
      file,
      folder,
      log,
      () => {
        // Only what was closed whole is marked; after a failure the next start checks the file itself.
        writeMark(file)
      },
      lock.release,
    )
  } catch (error) {
    sqlite?.close()
    lock.release()
    throw startRefusalOf(error, file)
  }
}

function prepareOrRefuse(folder: string): string {
  try {
    return prepareFolder(folder)
  } catch (error) {
    throw startRefusalOf(error, folder)
  }
}

/** A migrated database in memory, for tests. */
export function openMemory(migrations: readonly Migration[] = readMigrations()): Database {
  const sqlite = new BetterSqlite3(':memory:')
  configure(sqlite)
  for (const migration of migrations) applyMigration(sqlite, migration)
  return wrap(
    sqlite,
    ':memory:',
    null,
    null,
    () => {},
    () => {},
  )
}

/** Made under another name and renamed when whole, so that a crash leaves no database or a complete one. */
function createFile(file: string, migrations: readonly Migration[]): void {
  const part = `${file}.new`
  for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(part + suffix, { force: true })
  const sqlite = new BetterSqlite3(part)
  try {
    configure(sqlite)
    for (const migration of migrations) applyMigration(sqlite, migration)
    sqlite.pragma('wal_checkpoint(TRUNCATE)')
  } finally {
    sqlite.close()
  }
  syncFile(part)
  renameSync(part, file)
  syncFolder(dirname(file))
}

function migrateFile(
  file: string,
  version: number,
  migrations: readonly Migration[],
  now: () => number,
  log: (line: string) => void,
): void {
  let current = version
  for (const migration of migrationsAfter(migrations, version)) {
    const copy = copyBeforeMigration(file, current, migration.version, now(), migrations)
    log(`copied to ${copy} before migration ${migration.version}`)
    removeMark(file)
    const sqlite = new BetterSqlite3(file, { fileMustExist: true, timeout: busyMilliseconds })
    try {
      configure(sqlite)
      applyMigration(sqlite, migration)
    } catch (error) {
      throw new StartRefusal(
        'migration-failed',
        `数据库升级到 ${migration.version} 没有成功，原来的数据没有变动：${file}。升级前的备份在 ${copy}。原因：${String(error)}`,
        `Upgrading the database to ${migration.version} failed; the old data is unchanged: ${file}. A copy from before is ${copy}. Reason: ${String(error)}`,
        error,
      )
    } finally {
      sqlite.close()
    }
    current = migration.version
    log(`migrated ${file} to ${current}`)
  }
}
