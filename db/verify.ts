import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { databaseFileName, openReadOnly } from './connect.ts'
import { readHeaderOwner } from './inspect.ts'
import { applicationId, type Migration, readMigrations } from './migrate.ts'
import { connection, each, eachExact, get, type Reader } from './statement.ts'
import { checkDocuments } from './verify-documents.ts'
import { type Difference, difference, type LedgerCounts, walkLedger } from './verify-ledger.ts'
import { checkSchema } from './verify-schema.ts'
import { checkSeals } from './verify-seals.ts'

export type { Difference } from './verify-ledger.ts'

export type VerifyCounts = LedgerCounts & { lots: number; balances: number; reservations: number; slips: number }
export type VerifyReport = {
  readonly ok: boolean
  readonly counts: VerifyCounts
  /** Null when all is as it must be. */
  readonly difference: Difference | null
  /** Of the newest posting: two databases with the same ledger have the same. */
  readonly chainHash: string
}

/**
 * Recomputes everything the ledger implies and compares it with what is stored: SQLite's own checks, the schema with its
 * triggers, the hash chain, deliveries, slips, signatures, transfers, stocktakes and holds against their postings, rounds
 * against their seals, the journal's chain with the seals of work that is in no posting, balances against movements,
 * reserved against reservations. Reads one snapshot, in bounded memory. What no posting covers (names, norms, people) is not looked into
 * beyond SQLite's checks.
 * @param migrations other than the program's own, for tests of the migrator
 */
export function verifyDatabase(db: Reader, migrations: readonly Migration[] = readMigrations()): VerifyReport {
  const { sqlite } = db[connection]
  const counts: VerifyCounts = {
    postings: 0,
    movements: 0,
    deliveries: 0,
    lots: 0,
    balances: 0,
    reservations: 0,
    slips: 0,
  }
  const own = !sqlite.inTransaction
  if (own) sqlite.exec('BEGIN')
  try {
    const found = firstDifference(db, counts, migrations)
    const newest = found
      ? undefined
      : get<{ hash: string }>(db, 'SELECT hash FROM posting ORDER BY posting_seq DESC LIMIT 1')
    return { ok: found === null, counts, difference: found, chainHash: newest?.hash ?? '0'.repeat(64) }
  } catch (error) {
    if (!(error instanceof BetterSqlite3.SqliteError) || !/^SQLITE_(CORRUPT|NOTADB)/.test(error.code)) throw error
    return { ok: false, counts, difference: difference('integrity', 'file', 'ok', error.message), chainHash: '' }
  } finally {
    if (own && sqlite.inTransaction) sqlite.exec('ROLLBACK')
  }
}

function firstDifference(db: Reader, counts: VerifyCounts, migrations: readonly Migration[]): Difference | null {
  return (
    checkSchema(db, migrations) ??
    checkIntegrity(db) ??
    walkLedger(db, counts) ??
    checkSlips(db, counts) ??
    checkDocuments(db) ??
    checkSeals(db) ??
    checkReservations(db, counts) ??
    checkBalances(db, counts)
  )
}

function checkIntegrity(db: Reader): Difference | null {
  const finding = get<{ integrity_check: string }>(db, 'PRAGMA integrity_check(1)')?.integrity_check ?? 'nothing'
  if (finding !== 'ok') return difference('integrity', 'file', 'ok', finding)
  for (const broken of each<{ table: string; rowid: number | null; parent: string }>(db, 'PRAGMA foreign_key_check')) {
    return difference('foreign-key', `${broken.table} ${broken.rowid ?? ''}`.trim(), broken.parent, null)
  }
  return null
}

/** What goes of a slip's line `l`: what was picked of it, or all where nothing was picked short. */
const goneOfLine = '(ifnull(l.picked_packs, l.packs) * l.pack_size_base)'

/** A dispatched slip is its posting: the same lots and quantities, from its depot to its unit, and each names the other. */
function checkSlips(db: Reader, counts: VerifyCounts): Difference | null {
  counts.lots = get<{ count: number }>(db, 'SELECT count(*) AS count FROM lot')?.count ?? 0
  counts.slips = get<{ count: number }>(db, 'SELECT count(*) AS count FROM slip')?.count ?? 0
  const apart = get<{ number: string; problem: string }>(
    db,
    `SELECT s.number, CASE
         WHEN g.posting_seq IS NULL THEN 'no posting'
         WHEN g.kind <> 'dispatch' THEN 'posting is a ' || g.kind
         WHEN json_extract(g.detail, '$.slipId') IS NOT s.slip_id THEN 'posting names another slip'
         ELSE 'lines and movements differ' END AS problem
     FROM slip s LEFT JOIN posting g USING (posting_seq)
     WHERE s.state IN ('dispatched', 'signed', 'reversed') AND (g.posting_seq IS NULL OR g.kind <> 'dispatch'
       OR json_extract(g.detail, '$.slipId') IS NOT s.slip_id
       OR EXISTS (SELECT lot_id, item_id, sum(${goneOfLine}) FROM slip_line l WHERE slip_id = s.slip_id
                    AND ${goneOfLine} > 0 GROUP BY lot_id, item_id
                  EXCEPT SELECT lot_id, item_id, sum(quantity_base) FROM movement WHERE posting_seq = s.posting_seq
                    AND from_place_id = s.depot_id AND to_place_id = s.unit_id GROUP BY lot_id, item_id)
       OR (SELECT sum(${goneOfLine}) FROM slip_line l WHERE slip_id = s.slip_id)
          IS NOT (SELECT ifnull(sum(quantity_base), 0) FROM movement WHERE posting_seq = s.posting_seq))
     ORDER BY s.slip_id LIMIT 1`,
  )
  if (apart) return difference('slip', `slip ${apart.number}`, 'as its posting', apart.problem)
  const unnamed = get<{ number: string }>(
    db,
    `SELECT g.number FROM posting g WHERE g.kind = 'dispatch' AND json_extract(g.detail, '$.slipId') IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM slip s WHERE s.slip_id = json_extract(g.detail, '$.slipId') AND s.posting_seq = g.posting_seq)
     ORDER BY g.posting_seq LIMIT 1`,
  )
  return unnamed ? difference('slip-of-posting', `posting ${unnamed.number}`, 'a dispatched slip', null) : null
}

/** Reserved is what approved slips have not yet taken: line for line, from the slip's depot. */
function checkReservations(db: Reader, counts: VerifyCounts): Difference | null {
  counts.reservations = get<{ count: number }>(db, 'SELECT count(*) AS count FROM reservation')?.count ?? 0
  const stray = get<{ reservationId: number; problem: string }>(
    db,
    `SELECT r.reservation_id AS reservationId, CASE WHEN s.state <> 'approved' THEN 'slip is ' || s.state
         WHEN l.slip_id IS NULL THEN 'no such line' ELSE 'line differs' END AS problem
     FROM reservation r JOIN slip s USING (slip_id) LEFT JOIN slip_line l USING (slip_id, line)
     WHERE s.state <> 'approved' OR l.slip_id IS NULL OR l.lot_id <> r.lot_id OR ${goneOfLine} <> r.quantity_base
       OR s.depot_id <> r.place_id ORDER BY r.reservation_id LIMIT 1`,
  )
  if (stray)
    return difference('reservation', `reservation ${stray.reservationId}`, 'a line of an approved slip', stray.problem)
  const missing = get<{ number: string; line: number }>(
    db,
    `SELECT s.number, l.line FROM slip s JOIN slip_line l USING (slip_id)
     WHERE s.state = 'approved' AND ${goneOfLine} > 0 AND NOT EXISTS (SELECT 1 FROM reservation r WHERE r.slip_id = s.slip_id AND r.line = l.line)
     ORDER BY s.slip_id, l.line LIMIT 1`,
  )
  return missing
    ? difference('reservation-missing', `slip ${missing.number} line ${missing.line}`, 'reserved', null)
    : null
}

type SumRow = { placeId: bigint; lotId: bigint; onHand: bigint }
type BalanceRow = SumRow & {
  itemId: bigint
  bounded: bigint
  reserved: bigint
  lotItemId: bigint
  kind: string
  promised: bigint
}

/**
 * Sums the movements anew and walks the sums beside the stored balances, both in the order of place and lot. SQLite
 * sorts in temporary files, so memory stays bounded whatever the ledger holds.
 */
function checkBalances(db: Reader, counts: VerifyCounts): Difference | null {
  const sums = eachExact<SumRow>(
    db,
    `SELECT place_id AS placeId, lot_id AS lotId, sum(quantity_base) AS onHand FROM (
       SELECT to_place_id AS place_id, lot_id, quantity_base FROM movement
       UNION ALL SELECT from_place_id, lot_id, -quantity_base FROM movement)
     GROUP BY place_id, lot_id ORDER BY place_id, lot_id`,
  )
  const stored = eachExact<BalanceRow>(
    db,
    `SELECT b.place_id AS placeId, b.lot_id AS lotId, b.on_hand AS onHand, b.item_id AS itemId, b.bounded, b.reserved,
       l.item_id AS lotItemId, p.kind,
       ifnull((SELECT sum(r.quantity_base) FROM reservation r WHERE r.lot_id = b.lot_id AND r.place_id = b.place_id), 0) AS promised
     FROM balance b JOIN lot l USING (lot_id) JOIN place p USING (place_id) ORDER BY b.place_id, b.lot_id`,
  )
  try {
    for (const row of stored) {
      counts.balances += 1
      const subject = `place ${row.placeId} lot ${row.lotId}`
      const sum = sums.next().value as SumRow | undefined
      if (sum?.placeId !== row.placeId || sum.lotId !== row.lotId) {
        return difference('balance-row', subject, sum ? `place ${sum.placeId} lot ${sum.lotId}` : null, 'there')
      }
      const bounded = row.kind === 'depot' || row.kind === 'unit' || row.kind === 'transit' ? 1n : 0n
      const apart = [
        ['balance-on-hand', sum.onHand, row.onHand],
        ['balance-reserved', row.promised, row.reserved],
        ['balance-item', row.lotItemId, row.itemId],
        ['balance-bounded', bounded, row.bounded],
      ] as const
      for (const [name, expected, found] of apart) {
        if (expected !== found) return difference(name, subject, String(expected), String(found))
      }
    }
    const left = sums.next().value as SumRow | undefined
    return left ? difference('balance-row', `place ${left.placeId} lot ${left.lotId}`, String(left.onHand), null) : null
  } finally {
    sums.return?.()
    stored.return?.()
  }
}

/** One line per count, then the verdict, in both languages. */
export function describeReport(report: VerifyReport): string[] {
  const { counts, difference: found } = report
  const lines = [
    `单据 postings ${counts.postings}`,
    `明细 movements ${counts.movements}`,
    `入库单 deliveries ${counts.deliveries}`,
    `批号 lots ${counts.lots}`,
    `调拨单 slips ${counts.slips}`,
    `预占 reservations ${counts.reservations}`,
    `余额 balances ${counts.balances}`,
  ]
  if (!found) return [...lines, `一致，账链 ${report.chainHash}`, `All agree; chain ${report.chainHash}`]
  const expected = found.expected ?? '—'
  const actual = found.found ?? '—'
  return [
    ...lines,
    `不一致：${found.name}，${found.subject}：应为 ${expected}，实为 ${actual}`,
    `Difference: ${found.name}, ${found.subject}: expected ${expected}, found ${actual}`,
  ]
}

/**
 * `verify [FILE]`; without a file, the database in the data folder that FRONTSTOCK_DATA names.
 * @returns 0 when all agrees, 1 with the first difference named, 2 when there is nothing readable to verify
 */
export async function runVerifyCli(
  args: readonly string[],
  out: (line: string) => void,
  err: (line: string) => void,
): Promise<number> {
  const folder = process.env.FRONTSTOCK_DATA
  const file = args[0] ?? (folder ? join(folder, databaseFileName) : undefined)
  if (file === undefined || args.length > 1) {
    err('用法：verify [文件]；不写文件时用环境变量 FRONTSTOCK_DATA 所指的数据文件夹')
    err('Usage: verify [FILE]; without FILE, the data folder in FRONTSTOCK_DATA')
    return 2
  }
  const problem = unreadable(file)
  if (problem) {
    err(problem.zh)
    err(problem.en)
    return 2
  }
  let report: VerifyReport
  try {
    const db = openReadOnly(file)
    try {
      report = verifyDatabase(db)
    } finally {
      db.close()
    }
  } catch (error) {
    if (!(error instanceof BetterSqlite3.SqliteError)) throw error
    err(`不能读这个文件（${error.code}）：${file}`)
    err(`This file can't be read (${error.code}): ${file}`)
    return 2
  }
  const lines = describeReport(report)
  for (const line of lines) (report.ok ? out : err)(line)
  return report.ok ? 0 : 1
}

/** Why a file can't be verified or copied at all, in both languages; null when it is a database of ours. */
export function unreadable(file: string): { zh: string; en: string } | null {
  if (!existsSync(file)) return { zh: `没有这个文件：${file}`, en: `There is no such file: ${file}` }
  if (!statSync(file).isFile()) return { zh: `这不是文件：${file}`, en: `This is not a file: ${file}` }
  const owner = readHeaderOwner(file)
  if (owner === applicationId) return null
  return owner === null
    ? { zh: `这个文件不是数据库：${file}`, en: `This file is not a database: ${file}` }
    : { zh: `这是另一个程序的数据库：${file}`, en: `This database belongs to another program: ${file}` }
}
