import { all, connection, type Database } from '../../db/statement.ts'

/**
 * Edits as somebody with a SQL tool would who knows how: the triggers are taken away, the rows changed with foreign keys
 * and checks off, and the triggers put back as they were.
 */
export function tamperWith(db: Database, ...statements: string[]): void {
  const { sqlite } = db[connection]
  sqlite.pragma('foreign_keys = OFF')
  sqlite.pragma('ignore_check_constraints = ON')
  const triggers = all<{ name: string; sql: string }>(db, "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
  for (const { name } of triggers) sqlite.exec(`DROP TRIGGER ${name}`)
  for (const sql of statements) sqlite.exec(sql)
  for (const { sql } of triggers) sqlite.exec(sql)
  sqlite.pragma('ignore_check_constraints = OFF')
  sqlite.pragma('foreign_keys = ON')
}
