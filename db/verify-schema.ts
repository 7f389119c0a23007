import BetterSqlite3 from 'better-sqlite3'
import { applyMigration, type Migration } from './migrate.ts'
import { all, get, type Reader } from './statement.ts'
import { type Difference, difference } from './verify-ledger.ts'

type Entry = { readonly subject: string; readonly sql: string | null }

const schemaSql =
  "SELECT type || ' ' || name AS subject, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_stat%' ORDER BY type, name"

/** Migrations never change while the program runs: each version's schema is worked out once. */
const known = new WeakMap<readonly Migration[], Map<number, readonly Entry[]>>()

function schemaOf(migrations: readonly Migration[], version: number): readonly Entry[] {
  const ofVersions = known.get(migrations) ?? new Map<number, readonly Entry[]>()
  known.set(migrations, ofVersions)
  const found = ofVersions.get(version)
  if (found) return found
  const reference = new BetterSqlite3(':memory:')
  try {
    for (const migration of migrations) if (migration.version <= version) applyMigration(reference, migration)
    const entries = reference.prepare(schemaSql).all() as Entry[]
    ofVersions.set(version, entries)
    return entries
  } finally {
    reference.close()
  }
}

/**
 * Compares the tables, indexes and triggers with those that the migrations up to the database's version make. A dropped
 * trigger is as bad as a changed row: whatever happened while it was gone was not guarded.
 */
export function checkSchema(db: Reader, migrations: readonly Migration[]): Difference | null {
  const version = get<{ user_version: number }>(db, 'PRAGMA user_version')?.user_version ?? 0
  const newest = migrations.filter((migration) => migration.version <= version).at(-1)?.version ?? 0
  if (newest !== version) return difference('schema-version', 'user_version', newest, version)
  const expected = schemaOf(migrations, version)
  const found = all<Entry>(db, schemaSql)
  for (const [index, entry] of expected.entries()) {
    const other = found[index]
    if (other?.subject !== entry.subject) {
      return difference('schema', entry.subject, 'there', other ? `${other.subject} instead` : 'missing')
    }
    if (other.sql !== entry.sql) return difference('schema', entry.subject, entry.sql, other.sql)
  }
  const extra = found[expected.length]
  return extra ? difference('schema', extra.subject, null, 'there') : null
}
