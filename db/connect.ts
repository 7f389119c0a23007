import { existsSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { StartRefusal } from './start-refusal.ts'
import { type Connection, connection, type Database } from './statement.ts'

export const databaseFileName = 'frontstock.db'

/** Waits this long for another connection of the same machine (a `verify` beside the program) before "busy". */
export const busyMilliseconds = 5000

/**
 * For looking at a file that may be in use by the program (`verify`), or at a backup. Writes nothing in it and migrates
 * nothing; beside a live database SQLite may leave an empty log and its index, which the next start clears away.
 */
export function openReadOnly(file: string): Database {
  const absolute = resolve(file)
  const sqlite = new BetterSqlite3(absolute, { readonly: true, fileMustExist: true, timeout: busyMilliseconds })
  try {
    sqlite.pragma('trusted_schema = OFF')
    sqlite.pragma('cell_size_check = ON')
    return wrap(
      sqlite,
      absolute,
      dirname(absolute),
      null,
      () => {},
      () => {},
    )
  } catch (error) {
    sqlite.close()
    throw error
  }
}

/** A further connection of this program to a file that `openDatabase` holds open, for a thread of its own. */
export function openBeside(file: string): Database {
  const sqlite = new BetterSqlite3(file, { fileMustExist: true, timeout: busyMilliseconds })
  try {
    configure(sqlite)
    return wrap(
      sqlite,
      file,
      null,
      null,
      () => {},
      () => {},
    )
  } catch (error) {
    sqlite.close()
    throw error
  }
}

/** Design §2. FULL, because the driver's default in WAL is NORMAL and loses acknowledged rows at a power cut. */
export function configure(sqlite: BetterSqlite3.Database): void {
  sqlite.pragma('trusted_schema = OFF')
  sqlite.pragma('cell_size_check = ON')
  sqlite.pragma('foreign_keys = ON')
  // Without it OR REPLACE removes a row without firing the append-only triggers.
  sqlite.pragma('recursive_triggers = ON')
  sqlite.pragma('cache_size = -200000')
  // What a single statement may have to undo is kept in memory; in a file it cost system calls for each movement.
  sqlite.pragma('temp_store = MEMORY')
  if (sqlite.memory) return
  sqlite.pragma('synchronous = FULL')
  const mode = sqlite.pragma('journal_mode = WAL', { simple: true })
  if (mode !== 'wal') {
    throw new StartRefusal(
      'unreadable',
      `这个磁盘不支持数据库所需的日志方式：${sqlite.name}。请改用本机磁盘上的文件夹。`,
      `This disk can't keep the database's write-ahead log: ${sqlite.name}. Choose a folder on a disk of this computer.`,
    )
  }
  // The log is cut back to this after a checkpoint, so that one long import doesn't leave it large for ever.
  sqlite.pragma('journal_size_limit = 67108864')
}

/** An open connection as the program sees it. `closed` runs after a clean close, `release` after any. */
export function wrap(
  sqlite: BetterSqlite3.Database,
  file: string,
  folder: string | null,
  log: ((line: string) => void) | null,
  closed: () => void,
  release: () => void,
): Database {
  const held: Connection = {
    sqlite,
    statements: new Map(),
    writing: false,
    slow: log && ((sql, milliseconds) => log(`slow: ${Math.round(milliseconds)} ms: ${sql.replace(/\s+/g, ' ')}`)),
  }
  return {
    [connection]: held,
    file,
    folder,
    close() {
      if (!sqlite.open) return
      try {
        held.statements.clear()
        if (folder !== null && !sqlite.readonly) sqlite.pragma('wal_checkpoint(TRUNCATE)')
        sqlite.close()
        // A reader beside us (a `verify`) may have kept the log from being folded in: then there is no clean end to mark.
        if (folder !== null && !existsLog(file)) closed()
      } catch (error) {
        log?.(`closing ${file}: ${String(error)}`)
      } finally {
        if (sqlite.open) sqlite.close()
        release()
      }
    },
  }
}

function existsLog(file: string): boolean {
  return existsSync(`${file}-wal`) && statSync(`${file}-wal`).size > 0
}
