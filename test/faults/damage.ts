import { copyFileSync, mkdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { backupDatabase } from '../../db/backup.ts'
import { databaseFileName, openDatabase } from '../../db/open.ts'
import { restoreDatabase } from '../../db/restore.ts'
import { StartRefusal } from '../../db/start-refusal.ts'
import { all, type Database } from '../../db/statement.ts'
import { verifyDatabase } from '../../db/verify.ts'
import { seedDistrict } from '../db/district.ts'
import { createModel } from '../db/model.ts'
import { createRandom, type Random } from '../db/random.ts'
import { memoryFolder, type Suite } from './result.ts'

/**
 * What the hash chain, the balances and the reservations vouch for, and `verify` compares. Not a lot's hold, nor what a
 * slip repeats from its plan (need, packs), nor a cancelled slip: they are counted as outside the ledger.
 */
const ledgerQueries = [
  'SELECT * FROM posting',
  'SELECT * FROM movement',
  'SELECT lot_id, item_id, supplier_id, number, made_on, expires_on, standard FROM lot',
  'SELECT * FROM delivery',
  'SELECT * FROM delivery_line',
  'SELECT * FROM balance',
  'SELECT slip_id, line, lot_id, place_id, quantity_base FROM reservation',
  "SELECT slip_id, unit_id, depot_id, state, posting_seq FROM slip WHERE state <> 'cancelled'",
  `SELECT slip_id, line, lot_id, l.quantity_base FROM slip_line l JOIN slip s USING (slip_id) WHERE s.state <> 'cancelled'`,
]

/**
 * A file that rots: a bit, a byte, a page of nonsense, a page of another place, a cut. At rest (closed cleanly) every
 * damage must be refused at the next start, and a backup restored over it must bring everything back. After a crash
 * there is no mark to compare with: then the start or `verify` must find it, or the ledger must be proven identical.
 */
export const damage: Suite = async ({ deep, seed }) => {
  const count = deep ? 2_000 : 200
  const random = createRandom(seed)
  const root = memoryFolder('damage')
  const now = Date.now
  const db = openDatabase({ folder: join(root, 'whole'), now })
  const model = createModel(db, seedDistrict(db), random)
  for (let step = 0; step < 250; step += 1) model.step()
  const backup = await backupDatabase(db, join(root, 'backup'), now)
  const ledger = dump(db, ledgerQueries)
  const everything = dump(db, allQueries(db))
  db.close()
  const whole = join(root, 'whole', databaseFileName)

  const tally = {
    atRest: { refused: 0, passed: 0 },
    crashed: { refused: 0, verify: 0, identical: 0, catalogue: 0, wrong: 0 },
  }
  let first = ''
  let firstWrong = ''
  for (let index = 0; index < count; index += 1) {
    const folder = join(root, 'damaged')
    const file = join(folder, databaseFileName)
    const marked = index % 2 === 0
    mkdirSync(folder)
    copyFileSync(whole, file)
    if (marked) copyFileSync(`${whole}.closed`, `${file}.closed`)
    const what = damageFile(file, random)
    const outcome = look(folder, ledger, everything)
    if (marked) {
      tally.atRest[outcome.startsWith('refused') ? 'refused' : 'passed'] += 1
      if (!outcome.startsWith('refused')) first ||= `at rest: ${what}: ${outcome}`
    } else {
      const name = outcome.startsWith('refused')
        ? 'refused'
        : (outcome as 'verify' | 'identical' | 'catalogue' | 'wrong')
      tally.crashed[name] += 1
      if (name === 'wrong') firstWrong ||= `after a crash: ${what}: ${outcome}`
    }
    if (index % 20 === 0) {
      restoreDatabase(backup.file, folder, now)
      const restored = openDatabase({ folder, now })
      if (dump(restored, allQueries(restored)) !== everything) first ||= `the backup restored over "${what}" differs`
      restored.close()
    }
    rmSync(folder, { recursive: true, force: true })
  }
  rmSync(root, { recursive: true, force: true })
  const { atRest, crashed } = tally
  return [
    {
      fault: 'damaged file, closed cleanly before',
      ran: true,
      ok: atRest.passed === 0 && !first,
      counts: { files: atRest.refused + atRest.passed, refused: atRest.refused, passed: atRest.passed },
      ...(first ? { note: first } : {}),
    },
    {
      fault: 'damaged file after a crash, ledger',
      ran: true,
      ok: crashed.wrong === 0,
      counts: {
        refused: crashed.refused,
        'found by verify': crashed.verify,
        'proven identical': crashed.identical,
        'changed outside the ledger': crashed.catalogue,
        'ledger silently wrong': crashed.wrong,
      },
      ...(firstWrong ? { note: firstWrong } : {}),
    },
  ]
}

function damageFile(file: string, random: Random): string {
  const bytes = readFileSync(file)
  const at = random.between(0, bytes.length - 1)
  const page = 4096
  switch (random.between(0, 4)) {
    case 0:
      bytes[at]! ^= 1 << random.between(0, 7)
      writeFileSync(file, bytes)
      return `bit at ${at}`
    case 1:
      bytes[at] = bytes[at]! ^ random.between(1, 255)
      writeFileSync(file, bytes)
      return `byte at ${at}`
    case 2: {
      const start = at - (at % page)
      const fill = random.pick([0, 0xff, 0x5a])
      bytes.fill(fill, start, start + page)
      if (bytes.equals(readFileSync(file))) bytes[start]! ^= 1
      writeFileSync(file, bytes)
      return `page at ${start} filled with ${fill}`
    }
    case 3: {
      const start = at - (at % page)
      const from = random.between(0, bytes.length / page - 1) * page
      bytes.copyWithin(start, from, from + page)
      if (bytes.equals(readFileSync(file))) bytes[start]! ^= 1
      writeFileSync(file, bytes)
      return `page at ${start} replaced by the one at ${from}`
    }
    default:
      truncateSync(file, Math.min(at, statSync(file).size - 1))
      return `cut at ${at}`
  }
}

function look(folder: string, ledger: string, everything: string): string {
  let db: Database
  try {
    db = openDatabase({ folder, now: Date.now })
  } catch (error) {
    if (error instanceof StartRefusal) return `refused: ${error.code}`
    throw error
  }
  try {
    if (!verifyDatabase(db).ok) return 'verify'
    if (dump(db, ledgerQueries) !== ledger) return 'wrong'
    return dump(db, allQueries(db)) === everything ? 'identical' : 'catalogue'
  } finally {
    db.close()
  }
}

const allQueries = (db: Database): string[] =>
  all<{ sql: string }>(
    db,
    `SELECT 'SELECT * FROM ' || name AS sql FROM sqlite_schema
     WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`,
  ).map((row) => row.sql)

const dump = (db: Database, queries: readonly string[]): string =>
  JSON.stringify(queries.map((sql) => all(db, `${sql} ORDER BY 1, 2`)))
