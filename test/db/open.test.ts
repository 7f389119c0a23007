import { execFileSync, spawn } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { networkFileSystem, syncProgram } from '../../db/data-folder.ts'
import { applicationId, readMigrations } from '../../db/migrate.ts'
import { databaseFileName, openDatabase, openMemory } from '../../db/open.ts'
import { StartRefusal, type StartRefusalCode } from '../../db/start-refusal.ts'
import { all, connection, run, transact } from '../../db/statement.ts'
import { verifyDatabase } from '../../db/verify.ts'

let root: string
let folder: string
let file: string
const now = () => Date.UTC(2020, 1, 6)

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'frontstock-open-'))
  folder = join(root, 'data')
  file = join(folder, databaseFileName)
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

function refusalOf(work: () => unknown): StartRefusal {
  try {
    work()
  } catch (error) {
    if (error instanceof StartRefusal) return error
    throw error
  }
  throw new Error('it was opened')
}

/** Refused with this code, in both languages, with the path named, and every byte beside the lock as it was. */
function expectRefused(code: StartRefusalCode, target = folder): StartRefusal {
  const before = snapshot()
  const found = refusalOf(() => openDatabase({ folder: target, now }))
  expect(found.code).toBe(code)
  expect(found.zh).toMatch(/[\u4e00-\u9fff]/)
  expect(found.en.replaceAll(target, '')).toMatch(/^[\x20-\x7e]+$/)
  expect(found.zh).toContain(root)
  expect(found.en).toContain(root)
  expect(snapshot()).toEqual(before)
  return found
}

function snapshot(): Record<string, string> {
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return Object.fromEntries(
    files
      .filter((entry) => entry.name !== 'frontstock.lock')
      .map((entry) => [join(entry.parentPath, entry.name), readFileSync(join(entry.parentPath, entry.name), 'base64')]),
  )
}

function makeDatabase(): void {
  const db = openDatabase({ folder, now })
  transact(db, (writer) => run(writer, "INSERT INTO setting VALUES ('organisation', '\"顺德区\"')"))
  db.close()
}

describe('a data folder', () => {
  it('is made with the database in it, under the pragmas of the design', () => {
    const lines: string[] = []
    const db = openDatabase({ folder, now, log: (line) => lines.push(line) })
    const { sqlite } = db[connection]
    const pragma = (name: string) => sqlite.pragma(name, { simple: true })
    expect({
      journal: pragma('journal_mode'),
      synchronous: pragma('synchronous'),
      foreignKeys: pragma('foreign_keys'),
      recursive: pragma('recursive_triggers'),
      trusted: pragma('trusted_schema'),
      cells: pragma('cell_size_check'),
      application: pragma('application_id'),
      version: pragma('user_version'),
    }).toEqual({
      journal: 'wal',
      synchronous: 2,
      foreignKeys: 1,
      recursive: 1,
      trusted: 0,
      cells: 1,
      application: applicationId,
      version: readMigrations().at(-1)!.version,
    })
    expect(lines).toEqual([`created ${file}`])
    expect(db.file).toBe(file)
    const strict = all<{ name: string; strict: number }>(
      db,
      "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite_%'",
    )
    expect(strict.length).toBeGreaterThan(20)
    expect(strict.filter((table) => table.strict === 0)).toEqual([])
    db.close()
    db.close()
  })

  it('keeps what was written, and closes to one file and its mark', () => {
    makeDatabase()
    expect(readdirSync(folder).sort()).toEqual([databaseFileName, `${databaseFileName}.closed`, 'frontstock.lock'])
    const lines: string[] = []
    const db = openDatabase({ folder, now, log: (line) => lines.push(line) })
    expect(all(db, 'SELECT value FROM setting')).toEqual([{ value: '"顺德区"' }])
    expect(lines).toEqual([])
    expect(existsSync(`${file}.closed`)).toBe(false)
    db.close()
  })

  it('may have Chinese, spaces and signs in its name', () => {
    folder = join(root, '物资 data #1?%20')
    makeDatabase()
    expect(existsSync(join(folder, databaseFileName))).toBe(true)
  })

  it('opens after a close that was not clean, checked', () => {
    makeDatabase()
    rmSync(`${file}.closed`)
    const lines: string[] = []
    openDatabase({ folder, now, log: (line) => lines.push(line) }).close()
    expect(lines).toEqual([`${file} was not closed cleanly; checked and sound`])
  })

  it('that is begun anew after its database was moved away forgets the old one, also after a crash', () => {
    makeDatabase()
    rmSync(file)
    openDatabase({ folder, now })[connection].sqlite.close()
    expect(existsSync(`${file}.closed`)).toBe(false)
  })

  it('is cleared of a database that was never finished', () => {
    mkdirSync(folder)
    writeFileSync(`${file}.new`, 'half a database')
    const db = openDatabase({ folder, now })
    expect(verifyDatabase(db).ok).toBe(true)
    db.close()
    expect(existsSync(`${file}.new`)).toBe(false)
  })

  it('in memory has the same tables', () => {
    const memory = openMemory()
    const db = openDatabase({ folder, now })
    const sql = 'SELECT type, name, sql FROM sqlite_schema ORDER BY type, name'
    expect(all(memory, sql)).toEqual(all(db, sql))
    db.close()
  })
})

describe('an odd file is refused with its own message and stays as it is', () => {
  beforeEach(() => mkdirSync(folder))

  it('an empty file', () => {
    writeFileSync(file, '')
    expectRefused('empty')
  })

  it('a text file', () => {
    writeFileSync(file, '2020-02-06 收到口罩 5 万只\n'.repeat(20))
    expectRefused('not-a-database')
  })

  it('a file of 20 bytes that begins like a database', () => {
    writeFileSync(file, 'SQLite format 3\0abcd')
    expectRefused('not-a-database')
  })

  it('a folder in its place', () => {
    mkdirSync(file)
    expectRefused('not-a-file')
  })

  it('the database of another program', () => {
    const other = new BetterSqlite3(file)
    other.exec('CREATE TABLE cookies (name TEXT)')
    other.close()
    expectRefused('foreign')
  })

  it('the database of another program that has its own id, in WAL', () => {
    const other = new BetterSqlite3(file)
    other.pragma('application_id = 1234')
    other.pragma('journal_mode = WAL')
    other.exec('CREATE TABLE cookies (name TEXT)')
    other.close()
    expectRefused('foreign')
  })

  it('a database of a newer version', () => {
    makeDatabase()
    rmSync(`${file}.closed`)
    const newer = new BetterSqlite3(file)
    newer.pragma('user_version = 990')
    newer.close()
    expectRefused('newer')
  })

  it('a database whose newer version stands in the log only', () => {
    makeDatabase()
    rmSync(`${file}.closed`)
    const newer = new BetterSqlite3(file)
    newer.pragma('user_version = 990')
    const copy = join(root, 'copy')
    cpSync(folder, copy, { recursive: true })
    newer.close()
    rmSync(join(copy, `${databaseFileName}-shm`))
    const before = readFileSync(join(copy, databaseFileName))
    expect(refusalOf(() => openDatabase({ folder: copy, now })).code).toBe('newer')
    expect(readFileSync(join(copy, databaseFileName))).toEqual(before)
    expect(existsSync(join(copy, `${databaseFileName}-wal`))).toBe(true)
  })

  it('a read-only file', () => {
    makeDatabase()
    chmodSync(file, 0o444)
    expectRefused('read-only')
    chmodSync(file, 0o644)
  })

  it('a file that was changed while the program was closed', () => {
    makeDatabase()
    const bytes = readFileSync(file)
    bytes[bytes.length - 100]! ^= 1
    writeFileSync(file, bytes)
    expectRefused('changed-outside')
  })

  it('a file that was cut short', () => {
    makeDatabase()
    rmSync(`${file}.closed`)
    truncateSync(file, 40_960)
    expectRefused('damaged')
  })

  it('a page of nonsense', () => {
    makeDatabase()
    rmSync(`${file}.closed`)
    const bytes = readFileSync(file)
    bytes.fill(0x5a, 8192, 12_288)
    writeFileSync(file, bytes)
    expectRefused('damaged')
  })

  it('a version that never was', () => {
    makeDatabase()
    rmSync(`${file}.closed`)
    const bytes = readFileSync(file)
    bytes.writeUInt32BE(7, 60)
    writeFileSync(file, bytes)
    expectRefused('damaged')
  })

  it('a log without its database', () => {
    writeFileSync(`${file}-wal`, 'x'.repeat(5000))
    expectRefused('database-missing')
  })
})

describe('a folder that is no place for a database', () => {
  it('a file', () => {
    writeFileSync(folder, 'x')
    expectRefused('not-a-folder')
    expectRefused('not-a-folder', join(folder, 'below'))
  })

  it.each([
    'OneDrive',
    'OneDrive - 顺德区卫健局',
    'Dropbox',
    'Google Drive',
    '我的云端硬盘',
    'iCloudDrive',
    '坚果云',
    'Nutstore',
    '百度网盘',
    'BaiduSyncdisk',
    'WPS云盘',
  ])('inside %s, and nothing is made in it', (name) => {
    mkdirSync(join(root, name))
    expectRefused('sync-folder', join(root, name, 'a', 'data'))
    expect(existsSync(join(root, name, 'a'))).toBe(false)
  })

  it.each(['.dropbox', '.stfolder', '.tmp.drivedownload'])('below a folder that holds %s', (marker) => {
    writeFileSync(join(root, marker), '')
    expectRefused('sync-folder')
  })

  it('behind a link into a synchronised folder', () => {
    mkdirSync(join(root, 'OneDrive'))
    symlinkSync(join(root, 'OneDrive'), join(root, 'link'))
    expectRefused('sync-folder', join(root, 'link', 'data'))
  })

  it('but a folder whose name only sounds like one is taken', () => {
    for (const name of ['OneDriver', 'my Dropbox notes', '坚果', 'Dropbox2'])
      expect(syncProgram(join(root, name))).toBeNull()
  })

  const mounts = [
    '22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw',
    '40 22 0:38 / /mnt/share rw,relatime shared:20 - cifs //server/share rw,vers=3.0',
    '41 22 0:39 / /mnt/with\\040space rw - nfs4 server:/export rw',
    '42 22 0:40 / /home/li/remote rw,nosuid - fuse.sshfs li@host: rw',
    '43 40 8:2 / /mnt/share/local rw - ext4 /dev/sdb1 rw',
    '44 22 0:41 / /mnt/c rw - 9p drvfs rw',
  ].join('\n')
  it.each([
    ['/mnt/share', 'cifs'],
    ['/mnt/share/a/b', 'cifs'],
    ['/mnt/share2', null],
    ['/mnt/share/local/data', null],
    ['/mnt/with space/data', 'nfs4'],
    ['/home/li/remote', 'fuse.sshfs'],
    ['/home/li', null],
    ['/mnt/c/Users', '9p'],
    ['\\\\server\\share\\data', 'UNC'],
    ['\\\\?\\UNC\\server\\share', 'UNC'],
    ['//server/share', 'UNC'],
    ['C:\\Users\\li', null],
    ['\\\\?\\C:\\Users\\li', null],
  ])('%s is on %s', (path, expected) => {
    expect(networkFileSystem(path, mounts)).toBe(expected)
  })

  it('a later mount covers an earlier one at the same point, and macOS lists its own way', () => {
    expect(networkFileSystem('/mnt/share/x', `${mounts}\n50 22 8:3 / /mnt/share rw - xfs /dev/sdc rw`)).toBeNull()
    const mac = '/dev/disk1s1 on / (apfs, local)\n//li@server/data on /Volumes/data (smbfs, nodev, nosuid)'
    expect(networkFileSystem('/Volumes/data/x', mac)).toBe('smbfs')
    expect(networkFileSystem('/Users/li', mac)).toBeNull()
  })
})

describe('a second instance', () => {
  const holder = `
    const { openDatabase } = await import(process.argv[1])
    openDatabase({ folder: process.argv[2], now: Date.now })
    process.stdout.write('open\\n')
    setInterval(() => {}, 1000)`
  const startHolder = () =>
    new Promise<ReturnType<typeof spawn>>((resolve, reject) => {
      const module = new URL('../../db/open.ts', import.meta.url).href
      const child = spawn(process.execPath, ['--input-type=module', '-e', holder, module, folder])
      child.stdout.on('data', () => resolve(child))
      child.stderr.on('data', (text) => reject(new Error(String(text))))
    })

  it('in the same process is refused, and the first keeps its locks', () => {
    const db = openDatabase({ folder, now })
    const found = refusalOf(() => openDatabase({ folder, now }))
    expect(found.code).toBe('second-instance')
    expect(found.en).toContain(`process ${process.pid}`)
    symlinkSync(folder, join(root, 'link'))
    expect(refusalOf(() => openDatabase({ folder: join(root, 'link'), now })).code).toBe('second-instance')
    const module = new URL('../../db/open.ts', import.meta.url).href
    const other = execFileSync(process.execPath, [
      '--input-type=module',
      '-e',
      `const { openDatabase } = await import(process.argv[1])
       try { openDatabase({ folder: process.argv[2], now: Date.now }); console.log('opened') } catch (error) { console.log(error.code) }`,
      module,
      folder,
    ])
    expect(String(other).trim()).toBe('second-instance')
    db.close()
    openDatabase({ folder, now }).close()
  })

  it('of another process is refused by its number, until kill -9 of that one', async () => {
    const child = await startHolder()
    const found = refusalOf(() => openDatabase({ folder, now }))
    expect(found.code).toBe('second-instance')
    expect(found.en).toContain(`process ${child.pid}`)
    expect(found.zh).toContain(`进程 ${child.pid}`)
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await ended
    openDatabase({ folder, now }).close()
  })

  it('is not seen in a lock file that a crash left broken', () => {
    makeDatabase()
    writeFileSync(
      join(folder, 'frontstock.lock'),
      'nonsense that is no database, but longer than a header of one. '.repeat(4),
    )
    openDatabase({ folder, now }).close()
  })
})
