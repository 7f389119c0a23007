import { spawnSync } from 'node:child_process'
import { cpSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { backupFolderName, listBackups } from '../../db/backup-file.ts'
import { readMigrations } from '../../db/migrate.ts'
import { databaseFileName, openDatabase } from '../../db/open.ts'
import { all, type Database } from '../../db/statement.ts'
import { verifyDatabase } from '../../db/verify.ts'
import { verifyFile } from '../../db/verify-file.ts'
import { seedDistrict } from '../db/district.ts'
import { createModel } from '../db/model.ts'
import { createRandom } from '../db/random.ts'
import { rebuildMigration } from './rebuild-migration.ts'
import { memoryFolder, notRun, type Suite, straceMissing } from './result.ts'

const worker = join(import.meta.dirname, 'migrate-worker.ts')
const calls = ['pwrite64', 'fsync', 'fdatasync', 'ftruncate', 'rename', 'unlink', 'openat'] as const

/**
 * A migration killed at its n-th call of each kind: afterwards there is the old database or the new one, never half of
 * either; where it is the new one a verified copy of the old exists; and the next start finishes. The migration is one
 * that rebuilds a table with its rows, the hardest kind there is.
 */
export const migration: Suite = ({ deep, seed }) => {
  const missing = straceMissing()
  if (missing) return [notRun('migration killed at every write', missing)]
  const root = memoryFolder('migration')
  const base = join(root, 'base')
  const db = openDatabase({ folder: base, now: Date.now })
  const model = createModel(db, seedDistrict(db), createRandom(seed))
  for (let step = 0; step < 60; step += 1) model.step()
  const before = dump(db)
  db.close()
  const tally = { kills: 0, old: 0, new: 0, bad: 0, first: '' }
  for (let repeat = 0; repeat < (deep ? 3 : 1); repeat += 1) {
    for (const call of calls) {
      const total = countCalls(root, base, call)
      const stride = deep ? 1 : Math.max(1, Math.ceil(total / 14))
      for (let nth = 1 + (seed % stride); nth <= total; nth += stride) {
        const problem = killAt(root, base, call, nth, before, tally)
        if (!problem) continue
        tally.bad += 1
        tally.first ||= `${call} number ${nth}: ${problem}`
      }
    }
  }
  rmSync(root, { recursive: true, force: true })
  return [
    {
      fault: deep ? 'migration killed at every write' : 'migration killed at a sample of its calls',
      ran: true,
      ok: tally.bad === 0 && tally.old > 0 && tally.new > 0,
      counts: {
        kills: tally.kills,
        'old afterwards': tally.old,
        'new afterwards': tally.new,
        'half or lost': tally.bad,
      },
      ...(tally.first ? { note: tally.first } : {}),
    },
  ]
}

function countCalls(root: string, base: string, call: string): number {
  const folder = copyBase(root, base)
  const ran = spawnSync(
    'strace',
    ['-f', '-qq', '-c', '-S', 'name', '-e', `trace=${call}`, process.execPath, worker, folder],
    { encoding: 'utf8' },
  )
  if (ran.status !== 0) throw new Error(`the migration ended with ${ran.status}: ${ran.stderr}`)
  const line = ran.stderr.split('\n').find((text) => text.trimEnd().endsWith(call))
  return Number(/^\s*\S+\s+\S+\s+\S+\s+(\d+)/.exec(line ?? '')?.[1] ?? 0)
}

function killAt(
  root: string,
  base: string,
  call: string,
  nth: number,
  before: string,
  tally: { kills: number; old: number; new: number },
): string | null {
  const folder = copyBase(root, base)
  const ran = spawnSync('strace', [
    '-f',
    '-qq',
    '-o',
    '/dev/null',
    '-e',
    `trace=${call}`,
    '-e',
    `inject=${call}:signal=SIGKILL:when=${nth}`,
    process.execPath,
    worker,
    folder,
  ])
  if (ran.status === 0) return null
  tally.kills += 1
  const file = join(folder, databaseFileName)
  const version = versionOf(file)
  const newest = readMigrations().at(-1)!.version
  if (version !== newest && version !== rebuildMigration.version) return `version ${version}`
  const isNew = version === rebuildMigration.version
  tally[isNew ? 'new' : 'old'] += 1
  const copies = listBackups(join(folder, backupFolderName))
  for (const copy of copies) if (!verifyFile(copy.file).ok) return `the copy ${copy.file} does not verify`
  if (isNew && copies.length === 0) return 'the new database without a copy of the old'
  // Twice: the old program on what is still old, then the new one.
  if (!isNew) {
    const old = openDatabase({ folder, now: Date.now })
    const same = dump(old) === before && verifyDatabase(old).ok
    old.close()
    if (!same) return 'the old database is not what it was'
  }
  const migrations = [...readMigrations(), rebuildMigration]
  const db = openDatabase({ folder, now: Date.now, migrations })
  const same = dump(db) === before && verifyDatabase(db, migrations).ok
  db.close()
  if (!same) return 'the new database does not hold what the old one held'
  const parts = readdirSync(folder, { recursive: true }).filter((name) => String(name).endsWith('.new'))
  return parts.length > 0 ? `left over: ${parts.join(', ')}` : null
}

function copyBase(root: string, base: string): string {
  const folder = join(root, 'work')
  rmSync(folder, { recursive: true, force: true })
  cpSync(base, folder, { recursive: true })
  return folder
}

function versionOf(file: string): number {
  const sqlite = new BetterSqlite3(file, { readonly: true })
  try {
    return sqlite.pragma('user_version', { simple: true }) as number
  } finally {
    sqlite.close()
  }
}

const dump = (db: Database): string =>
  JSON.stringify(
    ['posting', 'movement', 'request', 'balance', 'lot', 'item', 'place'].map((table) =>
      all(db, `SELECT * FROM ${table} ORDER BY 1, 2`),
    ),
  )
