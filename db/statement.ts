import type BetterSqlite3 from 'better-sqlite3'

/**
 * The one place that talks to the driver. A reader and a writer are different types, so that a function which only reads
 * can't write by mistake, and what writes can only be called inside `transact`.
 */

/** What a value may be in SQL. Instants and quantities are integers; there are no booleans: 0 and 1. */
export type SqlValue = number | string | null | bigint | Uint8Array
/** Positional values in the order of the `?`, or one object for `:name`. */
export type SqlParameters = readonly SqlValue[] | readonly [Readonly<Record<string, SqlValue>>]

export type Connection = {
  readonly sqlite: BetterSqlite3.Database
  readonly statements: Map<string, BetterSqlite3.Statement>
  /** True between BEGIN IMMEDIATE and COMMIT of `transact`. */
  writing: boolean
  /** Told of every statement that took 40 ms or longer. */
  slow: ((sql: string, milliseconds: number) => void) | null
}

export const connection: unique symbol = Symbol('connection')
declare const writable: unique symbol

/** A connection seen as readable. */
export type Reader = { readonly [connection]: Connection }
/** A connection inside a transaction; only `transact` hands one out, and it is void when the transaction has ended. */
export type Writer = Reader & { readonly [writable]: true }
/** An open database, made by db/open.ts. */
export type Database = Reader & {
  /** Absolute path, or `:memory:`. */
  readonly file: string
  /** Absolute path of the data folder, or null in memory. */
  readonly folder: string | null
  close(): void
}

const slowMilliseconds = 40
/** More than the program has by far; a bound so that SQL built for a filter can't fill the memory. */
const statementLimit = 1000

function prepared(held: Connection, sql: string, key = sql): BetterSqlite3.Statement {
  const known = held.statements.get(key)
  if (known) return known
  if (held.statements.size >= statementLimit) {
    const oldest = held.statements.keys().next()
    if (!oldest.done) held.statements.delete(oldest.value)
  }
  const statement = held.sqlite.prepare(sql)
  held.statements.set(key, statement)
  return statement
}

function timed<T>(held: Connection, sql: string, work: () => T): T {
  if (held.slow === null) return work()
  const start = performance.now()
  const result = work()
  const milliseconds = performance.now() - start
  if (milliseconds >= slowMilliseconds) held.slow(sql, milliseconds)
  return result
}

/** All rows. Column names are as in SQL: give them the name the program uses with `AS`. */
export function all<Row>(db: Reader, sql: string, ...params: SqlParameters): Row[] {
  const held = db[connection]
  const statement = prepared(held, sql)
  return timed(held, sql, () => statement.all(...params) as Row[])
}

/** All rows as tuples in the order of the columns: half the cost of objects, for reads of hundreds of thousands of rows. */
export function tuples<Row extends readonly SqlValue[]>(db: Reader, sql: string, ...params: SqlParameters): Row[] {
  const held = db[connection]
  // Beside the same SQL read as objects: the driver's `raw` is a state of the statement.
  const key = `tuples:${sql}`
  let statement = held.statements.get(key)
  if (!statement) {
    statement = prepared(held, sql, key)
    statement.raw(true)
  }
  const found = statement
  return timed(held, sql, () => found.all(...params) as Row[])
}

/** The first row, or undefined when there is none. */
export function get<Row>(db: Reader, sql: string, ...params: SqlParameters): Row | undefined {
  const held = db[connection]
  const statement = prepared(held, sql)
  return timed(held, sql, () => statement.get(...params) as Row | undefined)
}

/**
 * Rows one at a time, in bounded memory. The statement is the caller's own, so that two loops over the same SQL don't
 * disturb each other; nothing can be written on this connection until the loop has ended.
 */
export function each<Row>(db: Reader, sql: string, ...params: SqlParameters): IterableIterator<Row> {
  return db[connection].sqlite.prepare(sql).iterate(...params) as IterableIterator<Row>
}

/** The same with every integer as a bigint, for sums that a double can't hold. */
export function eachExact<Row>(db: Reader, sql: string, ...params: SqlParameters): IterableIterator<Row> {
  return db[connection].sqlite
    .prepare(sql)
    .safeIntegers(true)
    .iterate(...params) as IterableIterator<Row>
}

/** Throws the driver's SqliteError (its `code` names the constraint) when the database refuses. */
export function run(db: Writer, sql: string, ...params: SqlParameters): { changes: number; lastInsertRowid: number } {
  const held = db[connection]
  if (!held.writing) throw new Error('this writer belongs to a transaction that has ended')
  const statement = prepared(held, sql)
  const result = timed(held, sql, () => statement.run(...params))
  return { changes: result.changes, lastInsertRowid: Number(result.lastInsertRowid) }
}

/** Rows that this connection has written since it was opened: when it has not grown, nothing has changed. */
export function countChanges(db: Reader): number {
  return get<{ changes: number }>(db, 'SELECT total_changes() AS changes')!.changes
}

/**
 * Runs `work` in one transaction: all of it is durable when this returns, none of it happened when this throws.
 * Synchronous from start to end, so that no other request's statement can slip in between; nested use is a bug.
 */
export function transact<T>(db: Database, work: (writer: Writer) => T): T {
  const held = db[connection]
  if (held.sqlite.inTransaction) throw new Error('transact was called inside a transaction')
  held.sqlite.exec('BEGIN IMMEDIATE')
  held.writing = true
  try {
    const result = work({ [connection]: held } as Writer)
    if (result instanceof Promise) throw new Error('the work of a transaction must be synchronous')
    held.sqlite.exec('COMMIT')
    return result
  } catch (error) {
    // SQLite itself rolls back on some errors (disk full, out of memory): then there is nothing left to roll back.
    if (held.sqlite.inTransaction) held.sqlite.exec('ROLLBACK')
    throw error
  } finally {
    held.writing = false
  }
}
