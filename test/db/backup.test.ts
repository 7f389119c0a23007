import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { backupDatabase, runBackupCli } from '../../db/backup.ts'
import { backupFolderName, backupsToRemove, listBackups, pruneBackups } from '../../db/backup-file.ts'
import { databaseFileName, openDatabase } from '../../db/open.ts'
import { restoreDatabase } from '../../db/restore.ts'
import { StartRefusal } from '../../db/start-refusal.ts'
import { all, connection, type Database } from '../../db/statement.ts'
import { runVerifyCli, verifyDatabase } from '../../db/verify.ts'
import { verifyFile } from '../../db/verify-file.ts'
import { seed } from '../seed.ts'
import { findDistrict, seedDistrict } from './district.ts'
import { createModel } from './model.ts'
import { createRandom } from './random.ts'

let root: string
let folder: string
let file: string
let target: string
let db: Database
let clock = Date.UTC(2020, 1, 6)
const now = () => clock
const minute = 60_000
/** `npm run faults` asks for more. */
const drills = Number(process.env.FRONTSTOCK_DRILLS || 6)

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'frontstock-backup-'))
  folder = join(root, 'data')
  file = join(folder, databaseFileName)
  target = join(root, 'copies')
  clock = Date.UTC(2020, 1, 6)
  db = openDatabase({ folder, now })
})
afterEach(() => {
  db.close()
  rmSync(root, { recursive: true, force: true })
  vi.unstubAllEnvs()
})

const content = (of: Database): string =>
  JSON.stringify(all(of, 'SELECT * FROM movement')) + JSON.stringify(all(of, 'SELECT * FROM balance'))
function workFor(steps: number, seed: number): void {
  const model = createModel(db, findDistrict(db), createRandom(seed))
  for (let step = 0; step < steps; step += 1) model.step()
}
const codeOf = (work: () => unknown): string => {
  try {
    work()
  } catch (error) {
    if (error instanceof StartRefusal) return error.code
    throw error
  }
  return 'done'
}

describe('a backup', () => {
  it('is one verified file, named by its time and content', async () => {
    seedDistrict(db)
    workFor(50, 1)
    const backup = await backupDatabase(db, target, now)
    expect(readdirSync(target)).toHaveLength(1)
    expect(backup.file).toMatch(/frontstock-20200206-000000-[0-9a-f]{16}\.db$/)
    expect(backup.report.ok).toBe(true)
    expect(verifyFile(backup.file)).toEqual(verifyDatabase(db))
    expect(readdirSync(target)).toHaveLength(1)
  })

  it('is taken while the program goes on writing, and is of one moment', async () => {
    seedDistrict(db)
    workFor(400, 2)
    const copying = backupDatabase(db, target, now)
    let writes = 0
    const writing = setInterval(() => {
      workFor(5, 100 + writes)
      writes += 1
    }, 0)
    const backup = await copying
    clearInterval(writing)
    expect(verifyFile(backup.file).ok).toBe(true)
    expect(verifyDatabase(db).ok).toBe(true)
  })

  it('leaves nothing when it can not be made', async () => {
    writeFileSync(target, 'a file where the folder should be')
    await expect(backupDatabase(db, target, now)).rejects.toThrow()
    expect(readdirSync(root).sort()).toEqual(['copies', 'data'])
  })

  it('of a database that does not verify is refused', async () => {
    seedDistrict(db)
    workFor(20, 3)
    const { sqlite } = db[connection]
    sqlite.exec(
      'DROP TRIGGER movement_no_update; UPDATE movement SET quantity_base = quantity_base + 1 WHERE movement_seq = 1',
    )
    await expect(backupDatabase(db, target, now)).rejects.toThrow(/does not verify/)
    expect(readdirSync(target)).toEqual([])
  })
})

describe('a restore', () => {
  it('drill: to random points, each found again as it was, and back again', { timeout: 600_000 }, async () => {
    const random = createRandom(seed)
    seedDistrict(db)
    const points: { file: string; content: string; hash: string }[] = []
    for (let round = 0; round < Math.min(drills, 20); round += 1) {
      workFor(random.between(1, 15), seed + round)
      clock += 15 * minute
      const backup = await backupDatabase(db, target, now)
      points.push({ file: backup.file, content: content(db), hash: verifyDatabase(db).chainHash })
    }
    for (let round = 0; round < drills; round += 1) {
      const present = content(db)
      db.close()
      const point = random.pick(points)
      clock += minute
      const restored = restoreDatabase(point.file, folder, now)
      expect(restored.report.chainHash, `seed ${seed}`).toBe(point.hash)
      db = openDatabase({ folder, now })
      expect(content(db), `seed ${seed}`).toBe(point.content)
      workFor(3, seed + 1000 + round)
      expect(verifyDatabase(db).ok).toBe(true)
      db.close()
      // The restore undone: what it replaced comes back whole.
      clock += minute
      restoreDatabase(restored.replaced!, folder, now)
      db = openDatabase({ folder, now })
      expect(content(db), `seed ${seed}`).toBe(present)
    }
  })

  it('is refused while the program has the folder open', async () => {
    const backup = await backupDatabase(db, target, now)
    expect(codeOf(() => restoreDatabase(backup.file, folder, now))).toBe('second-instance')
  })

  it('brings back a folder whose database is gone', async () => {
    seedDistrict(db)
    const backup = await backupDatabase(db, target, now)
    db.close()
    rmSync(folder, { recursive: true })
    expect(restoreDatabase(backup.file, folder, now).replaced).toBeNull()
    db = openDatabase({ folder, now })
    expect(all(db, 'SELECT count(*) AS n FROM item')).toEqual([{ n: 4 }])
  })

  it('replaces a damaged database, and keeps the damaged one with its log', async () => {
    seedDistrict(db)
    const backup = await backupDatabase(db, target, now)
    db.close()
    const nonsense = Buffer.alloc(50_000, 'x')
    writeFileSync(file, nonsense)
    writeFileSync(`${file}-wal`, nonsense)
    const { replaced } = restoreDatabase(backup.file, folder, now)
    expect(readFileSync(replaced!)).toEqual(nonsense)
    expect(readFileSync(`${replaced}-wal`)).toEqual(nonsense)
    db = openDatabase({ folder, now })
    expect(verifyDatabase(db).ok).toBe(true)
  })

  it.each([
    [
      'a backup with a changed byte',
      (copy: string) => {
        const bytes = readFileSync(copy)
        bytes[bytes.length - 50]! ^= 4
        writeFileSync(copy, bytes)
        return copy
      },
      'backup-damaged',
    ],
    [
      'the same under another name',
      (copy: string) => {
        const bytes = readFileSync(copy)
        bytes.fill(0, 8192, 12_000)
        writeFileSync(copy, bytes)
        renameSync(copy, join(target, 'other.db'))
        return join(target, 'other.db')
      },
      'backup-damaged',
    ],
    [
      'a backup cut short',
      (copy: string) => {
        writeFileSync(copy, readFileSync(copy).subarray(0, 20_000))
        return copy
      },
      'backup-damaged',
    ],
    [
      'an empty file',
      (copy: string) => {
        writeFileSync(copy, '')
        return copy
      },
      'empty',
    ],
    [
      'a text file',
      (copy: string) => {
        writeFileSync(copy, 'no database'.repeat(50))
        return copy
      },
      'not-a-database',
    ],
    ['a file that is not there', () => join(root, 'nothing.db'), 'backup-missing'],
  ])('of %s is refused, and what is there stays', async (_, change, code) => {
    seedDistrict(db)
    workFor(30, 4)
    const backup = await backupDatabase(db, target, now)
    db.close()
    const before = readFileSync(file)
    expect(codeOf(() => restoreDatabase(change(backup.file), folder, now))).toBe(code)
    expect(readFileSync(file)).toEqual(before)
    expect(readdirSync(folder).sort()).toEqual([databaseFileName, `${databaseFileName}.closed`, 'frontstock.lock'])
    db = openDatabase({ folder, now })
  })

  it('that a crash interrupted is finished by the next start, wherever it stopped', async () => {
    seedDistrict(db)
    const backup = await backupDatabase(db, target, now)
    workFor(30, 5)
    const before = content(db)
    db.close()
    const prepare = () => {
      writeFileSync(`${file}.restored`, readFileSync(backup.file))
      writeFileSync(`${file}.restoring`, JSON.stringify({ replaced: `replaced-x.db` }))
    }
    const kept = join(folder, backupFolderName, 'replaced-x.db')
    // Decided, nothing moved yet.
    prepare()
    expect(existsSync(join(folder, backupFolderName))).toBe(false)
    restoreDatabase(backup.file, folder, now)
    db = openDatabase({ folder, now })
    expect(all(db, 'SELECT * FROM movement')).toEqual([])
    expect(existsSync(kept)).toBe(true)
    db.close()
    // The old one moved away, the new one not yet in its place.
    prepare()
    rmSync(file)
    db = openDatabase({ folder, now })
    expect(all(db, 'SELECT * FROM movement')).toEqual([])
    db.close()
    restoreDatabase(kept, folder, now)
    db = openDatabase({ folder, now })
    expect(content(db)).toBe(before)
    // The new one in its place, the note still there.
    db.close()
    writeFileSync(`${file}.restoring`, JSON.stringify({ replaced: 'replaced-y.db' }))
    db = openDatabase({ folder, now })
    expect(content(db)).toBe(before)
    expect(existsSync(`${file}.restoring`)).toBe(false)
  })
})

describe('keeping', () => {
  const at = (backups: number[]) =>
    backups
      .map((time) => ({ file: String(time), at: time, bytes: 1, kind: 'backup' as const }))
      .sort((a, b) => b.at - a.at)
  const hour = 60 * minute
  const day = 24 * hour

  it('the newest 24, one a day for 30 days, one a month for 12', () => {
    const times = Array.from({ length: 400 * 96 }, (_, index) => Date.UTC(2020, 0, 1) + index * 15 * minute)
    const removed = new Set(backupsToRemove(at(times)).map((backup) => backup.at))
    const kept = times.filter((time) => !removed.has(time)).reverse()
    expect(kept).toHaveLength(24 + 30 + 12 - 2)
    expect(kept[23]! - kept[0]!).toBe(-23 * 15 * minute)
    expect(kept[25]! - kept[26]!).toBe(day)
    expect(kept.at(-1)).toBe(Date.UTC(2020, 2, 31, 23, 45))
  })

  it('everything while there are few, whatever the clock says', () => {
    expect(backupsToRemove(at([1, 5 * 365 * day, 90 * 365 * day]))).toEqual([])
  })

  it('the newest ten from before migrations', () => {
    const copies = at(Array.from({ length: 15 }, (_, index) => index * day)).map((backup) => ({
      ...backup,
      kind: 'before-migration' as const,
    }))
    expect(backupsToRemove(copies).map((backup) => backup.at / day)).toEqual([4, 3, 2, 1, 0])
  })

  it('and what is no backup of ours', async () => {
    for (let index = 0; index < 3; index += 1) {
      await backupDatabase(db, target, now)
      clock += minute
    }
    writeFileSync(join(target, 'frontstock.db'), 'somebody else’s')
    expect(listBackups(target).map((backup) => backup.at)).toEqual(
      [2, 1, 0].map((index) => Date.UTC(2020, 1, 6) + index * minute),
    )
    expect(pruneBackups(target)).toEqual([])
    expect(readdirSync(target)).toHaveLength(4)
  })
})

describe('the command line', () => {
  const run = async (command: typeof runVerifyCli, ...args: string[]) => {
    const out: string[] = []
    const err: string[] = []
    const code = await command(
      args,
      (line) => out.push(line),
      (line) => err.push(line),
    )
    return { code, out, err: err.join('\n') }
  }

  it('verifies the file of the data folder, also while it is open, and prints the counts', async () => {
    seedDistrict(db)
    workFor(100, 6)
    vi.stubEnv('FRONTSTOCK_DATA', folder)
    const { counts } = verifyDatabase(db)
    const { code, out } = await run(runVerifyCli)
    expect(code).toBe(0)
    expect(out[0]).toBe(`单据 postings ${counts.postings}`)
    expect(out.at(-1)).toMatch(/^All agree; chain [0-9a-f]{64}$/)
  })

  it('names the first difference and exits with 1', async () => {
    seedDistrict(db)
    workFor(20, 7)
    db[connection].sqlite.exec('UPDATE balance SET on_hand = on_hand + 1 WHERE bounded = 1')
    const { code, err } = await run(runVerifyCli, file)
    expect(code).toBe(1)
    expect(err).toMatch(/不一致：balance-on-hand/)
    expect(err).toMatch(/Difference: balance-on-hand, place \d+ lot \d+: expected \d+, found \d+/)
  })

  it('exits with 2 when there is nothing to verify', async () => {
    vi.stubEnv('FRONTSTOCK_DATA', '')
    writeFileSync(join(root, 'text.db'), 'x'.repeat(500))
    expect((await run(runVerifyCli)).err).toMatch(/Usage/)
    expect(await run(runVerifyCli, join(root, 'nothing.db'))).toMatchObject({
      code: 2,
      err: expect.stringMatching(/no such file/),
    })
    expect(await run(runVerifyCli, join(root, 'text.db'))).toMatchObject({
      code: 2,
      err: expect.stringMatching(/not a database/),
    })
    expect(await run(runVerifyCli, root)).toMatchObject({ code: 2 })
  })

  it('backs up beside the running program', async () => {
    seedDistrict(db)
    workFor(40, 8)
    vi.stubEnv('FRONTSTOCK_DATA', folder)
    const { code, out } = await run(runBackupCli, target)
    expect(code).toBe(0)
    expect(out.at(-1)).toMatch(/已备份 Backed up: .+\.db$/)
    expect(listBackups(target)).toHaveLength(1)
    expect((await run(runBackupCli)).code).toBe(2)
    vi.stubEnv('FRONTSTOCK_DATA', join(root, 'nowhere'))
    expect((await run(runBackupCli, target)).code).toBe(2)
  })
})
