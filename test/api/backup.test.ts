import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Desk } from '../../api/context.ts'
import { closeDesk, openDesk, soloPerson } from '../../api/desk.ts'
import { clientFor } from '../../api/router.ts'
import { backupFolderOf } from '../../db/backup-folder.ts'
import { readBackupState } from '../../db/backup-state.ts'
import { all, connection } from '../../db/statement.ts'
import { verifyDatabase } from '../../db/verify.ts'
import { verifyFile } from '../../db/verify-file.ts'
import { refusalsOf } from './suite.ts'

const minute = 60_000
let root: string
let folder: string
let clock: number
let desk: Desk
let asks: number

const open = () => {
  desk = openDesk({ folder, version: 'test', now: () => clock, log: () => {} })
  desk.backups!.start()
}
const client = () => clientFor({ desk, person: soloPerson(desk) })
const requestId = () => {
  asks += 1
  return `0198c0de-0000-7000-8000-${String(asks).padStart(12, '0')}`
}
const saveOrganisation = (organisation: string) =>
  client().setting.save({
    requestId: requestId(),
    organisation,
    organisationEn: '',
    utcOffsetMinutes: 480,
    shortBelowDays: 7,
    nearExpiryDays: 90,
    unsignedAfterDays: 3,
  })
const settings = { folder: '', secondFolder: '', keepNewest: 24, keepDays: 30, keepMonths: 12, alertHours: 24 }
const save = (changed: Partial<typeof settings>) =>
  client().backup.save({ requestId: requestId(), ...settings, ...changed })
const tickAfter = async (minutes: number) => {
  clock += minutes * minute
  await desk.backups!.tick()
}
const made = () => readdirSync(join(folder, 'backup')).filter((name) => name.startsWith('frontstock-'))
const alerts = async () => (await client().alert.list()).filter(({ kind }) => kind === 'backup')

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'frontstock-backups-'))
  folder = join(root, 'data')
  clock = Date.UTC(2020, 1, 6, 1)
  asks = 0
  open()
})
afterEach(async () => {
  await closeDesk(desk)
  rmSync(root, { recursive: true, force: true })
})

describe('backups of a running desk', () => {
  it('come every quarter of an hour while something has changed, and not otherwise', async () => {
    await tickAfter(1)
    expect(made()).toHaveLength(1)
    await saveOrganisation('物资组')
    await tickAfter(14)
    expect(made()).toHaveLength(1)
    await tickAfter(1)
    expect(made()).toHaveLength(2)
    for (let hour = 0; hour < 5; hour += 1) await tickAfter(60)
    expect(made()).toHaveLength(2)
    const { records, changed } = await client().backup.get()
    expect([records.map(({ cause, problem }) => [cause, problem]), changed]).toEqual([
      [
        ['every', null],
        ['every', null],
      ],
      false,
    ])
    expect(verifyFile(records[0]!.file!).chainHash).toBe(verifyDatabase(desk.database).chainHash)
  })

  it('come at closing when something is in none, and the next start knows', async () => {
    await closeDesk(desk)
    expect(made()).toHaveLength(1)
    expect(readBackupState(folder)).toMatchObject({ clean: true, records: [{ cause: 'closing', problem: null }] })
    open()
    expect(desk.backups!.hasChanged()).toBe(false)
    await closeDesk(desk)
    expect(made()).toHaveLength(1)
    open()
    // From here on a crash must not leave the file saying that all is backed up.
    expect(readBackupState(folder).clean).toBe(false)
    await saveOrganisation('另一名')
    await closeDesk(desk)
    expect(made()).toHaveLength(2)
    open()
  })

  it('are due at the next look after a crash, also when the clock was set back', async () => {
    await tickAfter(1)
    desk.database.close()
    clock -= 3 * 365 * 24 * 60 * minute
    open()
    expect(desk.backups!.hasChanged()).toBe(true)
    await tickAfter(1)
    expect(made()).toHaveLength(2)
    expect((await alerts()).length).toBe(0)
  })

  it('are copied to a second folder, where other computers keep theirs, and kept by number', async () => {
    const stick = join(root, 'stick')
    mkdirSync(join(stick, 'frontstock-other-000000'), { recursive: true })
    await save({ secondFolder: stick, keepNewest: 2, keepDays: 0, keepMonths: 0 })
    for (let index = 0; index < 4; index += 1) {
      await saveOrganisation(`第 ${index} 组`)
      await tickAfter(15)
    }
    const { files, records } = await client().backup.get()
    expect(readdirSync(stick)).toHaveLength(2)
    expect(files.filter((file) => file.folder === join(folder, 'backup'))).toHaveLength(2)
    expect(files.filter((file) => file.folder === backupFolderOf(folder, stick))).toHaveLength(2)
    expect(records[0]!.copy!.file).not.toBe(records[0]!.file)
    expect(readFileSync(records[0]!.copy!.file!)).toEqual(readFileSync(records[0]!.file!))
  })

  it('that is asked for twice under one id is made once', async () => {
    const id = requestId()
    const [first, second] = await Promise.all([
      client().backup.now({ requestId: id }),
      client().backup.now({ requestId: id }),
    ])
    expect(second).toEqual(first)
    expect(await client().backup.now({ requestId: id })).toEqual(first)
    expect(made()).toHaveLength(1)
  })

  it('is read again on demand, and a byte that has changed is found', async () => {
    const { file } = await client().backup.now({ requestId: requestId() })
    expect(await client().backup.check({ file: file! })).toMatchObject({ ok: true, matchesName: true, difference: '' })
    const bytes = readFileSync(file!)
    bytes[bytes.length - 60]! ^= 1
    writeFileSync(file!, bytes)
    expect(await client().backup.check({ file: file! })).toMatchObject({ ok: false, matchesName: false })
    expect(await refusalsOf(client().backup.check({ file: join(folder, 'frontstock.db') }))).toMatchObject([
      { code: 'not-found', field: 'file' },
    ])
  })
})

describe('the alert about backups', () => {
  it('names what kept a backup away, and goes when one is made again', async () => {
    await tickAfter(1)
    rmSync(join(folder, 'backup'), { recursive: true })
    writeFileSync(join(folder, 'backup'), 'a file in the place of the folder')
    await saveOrganisation('物资组')
    await tickAfter(15)
    expect(await alerts()).toMatchObject([
      {
        severity: 'soon',
        about: { reason: 'failed', problem: 'gone', hours: 0 },
        path: '/settings/backup',
      },
    ])
    clock += 24 * 60 * minute
    expect(await alerts()).toMatchObject([{ severity: 'now', about: { hours: 24 } }])
    rmSync(join(folder, 'backup'))
    await tickAfter(1)
    expect(await alerts()).toEqual([])
  })

  it('says that the database itself does not verify', async () => {
    desk.database[connection].sqlite.exec(
      "DROP TRIGGER audit_no_delete; INSERT INTO request VALUES ('x', 'y', 'z', '{}', 1, 0)",
    )
    await tickAfter(1)
    expect(await alerts()).toMatchObject([{ severity: 'now', about: { reason: 'failed', problem: 'unsound' } }])
  })

  it('tells of a stick that is not plugged in, and copies as soon as it is', async () => {
    const stick = join(root, 'stick')
    mkdirSync(stick)
    await save({ secondFolder: stick })
    rmSync(stick, { recursive: true })
    await tickAfter(1)
    expect(await alerts()).toMatchObject([{ severity: 'soon', about: { reason: 'copy-failed', problem: 'gone' } }])
    expect(existsSync(stick)).toBe(false)
    mkdirSync(stick)
    await tickAfter(15)
    expect(await alerts()).toEqual([])
    expect(readdirSync(backupFolderOf(folder, stick))).toHaveLength(1)
  })

  it('tells of a backup that has gone', async () => {
    const { file } = await client().backup.now({ requestId: requestId() })
    rmSync(file!)
    expect(await alerts()).toMatchObject([{ severity: 'now', about: { reason: 'missing' } }])
  })
})

describe('the folder of backups', () => {
  it.each([
    ['a path that is not whole', () => 'backups'],
    ['a file', () => join(folder, 'frontstock.db')],
    ['a folder in a folder that is not there', () => join(root, 'nothing', 'here')],
  ])('is refused when it is %s, and nothing is made', async (_, path) => {
    expect(await refusalsOf(save({ secondFolder: path() }))).toMatchObject([
      { code: 'folder-not-usable', field: 'secondFolder', given: path() },
    ])
    expect(readdirSync(root)).toEqual(['data'])
    expect((await client().backup.get()).settings).toEqual(settings)
  })

  it('is refused when it can not be written', async () => {
    const sealed = join(root, 'sealed')
    mkdirSync(sealed)
    chmodSync(sealed, 0o555)
    // The administrator of a machine may write everywhere.
    const expected = process.getuid?.() === 0 ? [] : [{ code: 'folder-not-usable', field: 'folder' }]
    const outcome = await save({ folder: sealed }).then(
      () => [],
      (error: unknown) => refusalsOf(Promise.reject(error)),
    )
    expect(outcome).toMatchObject(expected)
    chmodSync(sealed, 0o755)
  })

  it('and every number of the rule have limits', async () => {
    expect(await refusalsOf(save({ keepNewest: 0, keepDays: -1, keepMonths: 1.5, alertHours: 1000 }))).toMatchObject([
      { field: 'keepNewest' },
      { field: 'keepDays' },
      { field: 'keepMonths' },
      { field: 'alertHours' },
    ])
  })
})

describe('a restore in the running program', () => {
  const organisation = () => all(desk.database, "SELECT value FROM setting WHERE name = 'organisation'")

  it('exchanges the database under the windows, and is itself undone', async () => {
    await saveOrganisation('从前')
    const { file } = await client().backup.now({ requestId: requestId() })
    await saveOrganisation('如今')
    const heard = desk.changes.subscribe(undefined)
    const next = heard.next()
    clock += minute
    const id = requestId()
    const restored = await client().backup.restore({ requestId: id, file: file! })
    expect((await next).value?.features).toContain('stock')
    await heard.return()
    expect(organisation()).toEqual([{ value: '"从前"' }])
    expect(verifyDatabase(desk.database).ok).toBe(true)
    expect((await client().session.me()).organisation).toBe('从前')
    // The same again, as after a lost answer, does nothing more.
    expect(await client().backup.restore({ requestId: id, file: file! })).toEqual(restored)
    const { undo, files } = await client().backup.get()
    expect(undo).toEqual({ at: clock, file, replaced: restored.replaced })
    expect(files.filter(({ kind }) => kind === 'replaced')).toHaveLength(1)
    clock += minute
    await client().backup.restore({ requestId: requestId(), file: undo!.replaced })
    expect(organisation()).toEqual([{ value: '"如今"' }])
    expect(all(desk.database, "SELECT action, subject FROM audit WHERE subject = 'database'")).toEqual([
      { action: 'restore', subject: 'database' },
    ])
    // What works after it is backed up again.
    await saveOrganisation('以后')
    await tickAfter(15)
    expect((await client().backup.get()).records[0]).toMatchObject({ cause: 'every', problem: null })
  })

  it('of a damaged backup is refused in both languages, and work goes on', async () => {
    await saveOrganisation('如今')
    const { file } = await client().backup.now({ requestId: requestId() })
    const bytes = readFileSync(file!)
    bytes.fill(0, 8192, 12_000)
    writeFileSync(file!, bytes)
    const [refused] = await refusalsOf(client().backup.restore({ requestId: requestId(), file: file! }))
    expect(refused).toMatchObject({ code: 'backup-not-usable', field: 'file' })
    expect([String(refused!.about.zh), String(refused!.about.en)]).toEqual([
      expect.stringMatching(/损坏/),
      expect.stringMatching(/damaged/),
    ])
    await saveOrganisation('仍可录入')
    expect(organisation()).toEqual([{ value: '"仍可录入"' }])
    expect(readdirSync(folder).filter((name) => /restor/.test(name))).toEqual([])
  })

  it('waits for a backup that is being made', async () => {
    await saveOrganisation('甲')
    const { file } = await client().backup.now({ requestId: requestId() })
    clock += minute
    const [, record] = await Promise.all([
      client().backup.restore({ requestId: requestId(), file: file! }),
      client().backup.now({ requestId: requestId() }),
    ])
    expect(record.problem).toBeNull()
    expect(verifyFile(record.file!).ok).toBe(true)
  })
})
