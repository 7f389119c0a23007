import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { backupFolderName, listBackups } from '../../db/backup-file.ts'
import { type Migration, readMigrations } from '../../db/migrate.ts'
import { databaseFileName, openDatabase, openMemory } from '../../db/open.ts'
import { restoreDatabase } from '../../db/restore.ts'
import { StartRefusal } from '../../db/start-refusal.ts'
import { all, transact } from '../../db/statement.ts'
import { verifyDatabase } from '../../db/verify.ts'
import { verifyFile } from '../../db/verify-file.ts'
import { seedDistrict } from './district.ts'
import { deliver } from './operations.ts'
import { createRandom } from './random.ts'

let root: string
let folder: string
let file: string
const now = () => Date.UTC(2020, 1, 6, 3, 4, 5)
const shipped = readMigrations()
const withNext = (sql: string): readonly Migration[] => [...shipped, { version: 9000, name: 'rack', sql }]
const addRack = 'CREATE TABLE rack (place_id INTEGER NOT NULL REFERENCES place, name TEXT NOT NULL) STRICT;'

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'frontstock-migrate-'))
  folder = join(root, 'data')
  file = join(folder, databaseFileName)
  const db = openDatabase({ folder, now })
  const district = seedDistrict(db)
  const lines = [{ itemId: district.items[0]!, lot: 'A1', expiresOn: null, countedBase: 5, rejectedBase: 0 }]
  const asked = { supplierId: district.suppliers[0]!, depotId: district.depots[0]!, lines }
  transact(db, (writer) => deliver(writer, district, createRandom(3).uuid(), asked))
  db.close()
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

function versionOf(path: string): number {
  const sqlite = new BetterSqlite3(path, { readonly: true })
  try {
    return sqlite.pragma('user_version', { simple: true }) as number
  } finally {
    sqlite.close()
  }
}

describe('the shipped migrations', () => {
  it('are numbered in tens, without a gap in order', () => {
    expect(shipped.map((migration) => migration.version)).toEqual(shipped.map((_, index) => (index + 1) * 10))
  })

  it('refuse a file that is not named so', () => {
    const odd = join(root, 'odd')
    mkdirSync(odd)
    writeFileSync(join(odd, '0011-x.sql'), '')
    expect(() => readMigrations(odd)).toThrow(/0011-x\.sql/)
    rmSync(join(odd, '0011-x.sql'))
    expect(() => readMigrations(odd)).toThrow(/no migrations/)
  })

  it('leave no row without its parent', () => {
    expect(all(openMemory(), 'PRAGMA foreign_key_check')).toEqual([])
  })
})

describe('a migration', () => {
  it('happens with its mark, after a verified copy of what was there', () => {
    const lines: string[] = []
    const db = openDatabase({ folder, now, migrations: withNext(addRack), log: (line) => lines.push(line) })
    expect(all(db, 'SELECT * FROM rack')).toEqual([])
    expect(all(db, 'PRAGMA user_version')).toEqual([{ user_version: 9000 }])
    db.close()
    const copies = listBackups(join(folder, backupFolderName))
    expect(copies).toHaveLength(1)
    expect(copies[0]).toMatchObject({ at: now(), kind: 'before-migration' })
    expect(copies[0]!.file).toMatch(/frontstock-20200206-030405-before-9000-[0-9a-f]{16}\.db$/)
    expect(versionOf(copies[0]!.file)).toBe(shipped.at(-1)!.version)
    expect(verifyFile(copies[0]!.file)).toMatchObject({ ok: true, counts: { postings: 1, movements: 1 } })
    expect(readdirSync(join(folder, backupFolderName))).toHaveLength(1)
    expect(lines).toHaveLength(2)
  })

  it('is not done twice', () => {
    openDatabase({ folder, now, migrations: withNext(addRack) }).close()
    openDatabase({ folder, now, migrations: withNext(addRack) }).close()
    expect(listBackups(join(folder, backupFolderName))).toHaveLength(1)
  })

  it('that is several goes on from the last that succeeded', () => {
    const broken = [...withNext(addRack), { version: 9010, name: 'broken', sql: 'CREATE TABLE x (a) STRICT' }]
    expect(() => openDatabase({ folder, now, migrations: broken })).toThrow(StartRefusal)
    expect(versionOf(file)).toBe(9000)
    const mended = [...withNext(addRack), { version: 9010, name: 'mended', sql: 'CREATE TABLE x (a INTEGER) STRICT' }]
    openDatabase({ folder, now, migrations: mended }).close()
    expect(versionOf(file)).toBe(9010)
  })

  it.each([
    [
      'has an error in its last statement',
      `${addRack} INSERT INTO rack VALUES (1, 'a'); INSERT INTO nowhere VALUES (1);`,
    ],
    ['leaves a row without its parent', `${addRack} INSERT INTO rack VALUES (99999, 'a');`],
    ['ends its own transaction', `${addRack} COMMIT;`],
  ])('that %s leaves the database as it was, and says where the copy is', (_, sql) => {
    const before = all(openMemory(), "SELECT count(*) AS n FROM sqlite_schema WHERE name = 'rack'")
    let refusal: unknown
    try {
      openDatabase({ folder, now, migrations: withNext(sql) })
    } catch (error) {
      refusal = error
    }
    expect(refusal).toBeInstanceOf(StartRefusal)
    const { code, zh, en } = refusal as StartRefusal
    expect(code).toBe('migration-failed')
    const copy = listBackups(join(folder, backupFolderName))[0]!.file
    expect(zh).toContain(copy)
    expect(en).toContain(copy)
    if (!sql.includes('COMMIT')) {
      expect(versionOf(file)).toBe(shipped.at(-1)!.version)
      const db = openDatabase({ folder, now })
      expect(all(db, "SELECT count(*) AS n FROM sqlite_schema WHERE name = 'rack'")).toEqual(before)
      expect(verifyDatabase(db).ok).toBe(true)
      db.close()
    }
  })

  it('is not begun when no copy can be made', () => {
    writeFileSync(join(folder, backupFolderName), 'a file where the folder should be')
    const before = readFileSync(file)
    expect(() => openDatabase({ folder, now, migrations: withNext(addRack) })).toThrow(StartRefusal)
    expect(readFileSync(file)).toEqual(before)
    expect(versionOf(file)).toBe(shipped.at(-1)!.version)
  })

  it('is undone by restoring the copy, for the program that it was made for', () => {
    openDatabase({ folder, now, migrations: withNext(addRack) }).close()
    expect(() => openDatabase({ folder, now })).toThrow(/newer Frontstock/)
    restoreDatabase(listBackups(join(folder, backupFolderName))[0]!.file, folder, now)
    const db = openDatabase({ folder, now })
    expect(verifyDatabase(db)).toMatchObject({ ok: true, counts: { postings: 1 } })
    db.close()
    expect(existsSync(`${file}.restoring`)).toBe(false)
  })
})
