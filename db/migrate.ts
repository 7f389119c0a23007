import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type BetterSqlite3 from 'better-sqlite3'

/**
 * Migrations are numbered in tens, raw SQL, never edited after release, and only go forward. Each one and its mark
 * (`user_version`) are one transaction, so a crash leaves the old database or the new one.
 */

/** `FSTK`, in the header of every database of ours. */
export const applicationId = 0x4653544b

export type Migration = { readonly version: number; readonly name: string; readonly sql: string }

/** Beside the bundle in dist/, or beside this file in the source. */
function migrationFolder(): string {
  const candidates = [
    join(import.meta.dirname, 'migrations'),
    join(import.meta.dirname, '..', 'migrations'),
    join(import.meta.dirname, '..', 'db', 'migrations'),
  ]
  for (const candidate of candidates) if (existsSync(candidate)) return candidate
  throw new Error(`the migrations are missing: looked in ${candidates.join(', ')}`)
}

let shipped: readonly Migration[] | undefined

/** In order; the program's own are read once. Throws when a file's name is not `0010-word.sql`, numbered in tens. */
export function readMigrations(folder?: string): readonly Migration[] {
  if (folder === undefined) {
    shipped ??= readMigrations(migrationFolder())
    return shipped
  }
  const migrations = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => {
      const found = /^(\d{4})-([a-z0-9-]+)\.sql$/.exec(name)
      const version = Number(found?.[1])
      if (!found || version === 0 || version % 10 !== 0) throw new Error(`not the name of a migration: ${name}`)
      return { version, name: found[2]!, sql: readFileSync(join(folder, name), 'utf8') }
    })
  if (migrations.length === 0) throw new Error(`no migrations in ${folder}`)
  return migrations
}

export const newestVersion = (migrations: readonly Migration[]): number => migrations.at(-1)?.version ?? 0

/** What is left to do for a database at `version`. */
export const migrationsAfter = (migrations: readonly Migration[], version: number): readonly Migration[] =>
  migrations.filter((migration) => migration.version > version)

/**
 * One migration and its mark in one transaction. Foreign keys are off while it runs, so that a table can be rebuilt, and
 * all of them are checked before the commit. Throws with the old database in place.
 */
export function applyMigration(sqlite: BetterSqlite3.Database, migration: Migration): void {
  sqlite.pragma('foreign_keys = OFF')
  try {
    sqlite.exec('BEGIN IMMEDIATE')
    try {
      sqlite.exec(migration.sql)
      if (!sqlite.inTransaction) throw new Error(`migration ${migration.version} ends its own transaction`)
      const broken = sqlite.pragma('foreign_key_check') as readonly { table: string; parent: string }[]
      const first = broken[0]
      if (first) throw new Error(`migration ${migration.version} leaves ${first.table} without its ${first.parent}`)
      sqlite.pragma(`application_id = ${applicationId}`)
      sqlite.pragma(`user_version = ${migration.version}`)
      sqlite.exec('COMMIT')
    } catch (error) {
      if (sqlite.inTransaction) sqlite.exec('ROLLBACK')
      throw error
    }
  } finally {
    sqlite.pragma('foreign_keys = ON')
  }
}
