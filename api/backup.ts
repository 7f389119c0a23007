import { Checks } from '../core/checks.ts'
import { refusal } from '../core/refusal.ts'
import { AsideError, workAside } from '../db/aside.ts'
import { type BackupFile, isFile, listBackupsUnder } from '../db/backup-file.ts'
import { backupFolderOf, checkBackupFolder, listDisks } from '../db/backup-folder.ts'
import type { RestoreRecord } from '../db/backup-state.ts'
import { saveSetting } from '../db/desk.ts'
import { type BackupSettings, backupSetting, getBackupSettings } from './backup-setting.ts'
import type { Backups, Desk } from './context.ts'
import { os, refuse, runCommand } from './procedure.ts'

const mostShown = 30

/** The backups of a desk, or the refusal of one that lives in memory. */
function backupsOf(desk: Desk): { backups: Backups; dataFolder: string } {
  const { backups, database } = desk
  if (backups === null || database.folder === null) refuse(refusal('not-found', { field: 'folder', given: 'backup' }))
  return { backups, dataFolder: database.folder }
}

/** Every backup in reach: beside the data, in the chosen folder, in the second one and in those of other computers there. */
function listAll(dataFolder: string, settings: BackupSettings): BackupFile[] {
  const chosen = [settings.folder, settings.secondFolder].filter((folder) => folder !== '')
  const found = [backupFolderOf(dataFolder, ''), ...chosen].flatMap((folder) => listFolder(folder))
  return found.sort((a, b) => b.at - a.at || (a.file < b.file ? -1 : 1))
}

/** What is no folder, or a stick that is pulled out while it is read, has nothing in it. */
function listFolder(folder: string): BackupFile[] {
  try {
    return listBackupsUnder(folder)
  } catch {
    return []
  }
}

/** Only what is listed can be read or restored: a path from outside names nothing else of this computer. */
function expectListed(desk: Desk, file: string): string {
  const { dataFolder } = backupsOf(desk)
  const found = listAll(dataFolder, getBackupSettings(desk.database)).find((one) => one.file === file)
  if (!found) refuse(refusal('not-found', { field: 'file', given: file }))
  return found.file
}

const splitPath = (file: string): { folder: string; name: string } => {
  const at = Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\'))
  return { folder: file.slice(0, at), name: file.slice(at + 1) }
}

function undoOf(restores: readonly RestoreRecord[]) {
  const [newest] = restores
  if (newest === undefined || !isFile(newest.replaced)) return null
  return { at: newest.at, file: newest.file, replaced: newest.replaced }
}

export const backup = {
  get: os.backup.get.handler(({ context: { desk } }) => {
    const { backups, dataFolder } = backupsOf(desk)
    const settings = getBackupSettings(desk.database)
    const { records, restores } = backups.state()
    const byName = new Map(
      records.flatMap((record) => (record.file === null ? [] : [[splitPath(record.file).name, record]])),
    )
    return {
      settings,
      folder: backupFolderOf(dataFolder, settings.folder),
      secondFolder: settings.secondFolder === '' ? null : backupFolderOf(dataFolder, settings.secondFolder),
      disks: listDisks(),
      running: backups.isRunning(),
      changed: backups.hasChanged(),
      warning: backups.warning(),
      records: records.slice(0, mostShown),
      files: listAll(dataFolder, settings).map(({ file, at, bytes, kind }) => {
        const { folder, name } = splitPath(file)
        const record = byName.get(name)
        return {
          file,
          name,
          folder,
          at,
          bytes,
          kind,
          postings: record?.postings ?? null,
          movements: record?.movements ?? null,
        }
      }),
      undo: undoOf(restores),
    }
  }),

  now: os.backup.now.handler(({ input, context: { desk } }) => {
    return backupsOf(desk).backups.backUp(input.requestId)
  }),

  check: os.backup.check.handler(async ({ input, context: { desk } }) => {
    const { matchesName, report } = await workAside('check', { file: expectListed(desk, input.file) })
    const { counts, difference } = report
    const { postings, movements } = counts
    const found = difference ? `${difference.name}, ${difference.subject}` : ''
    return { ok: matchesName && report.ok, matchesName, difference: found, postings, movements }
  }),

  restore: os.backup.restore.handler(async ({ input, context: { desk, person } }) => {
    const { backups } = backupsOf(desk)
    const earlier = backups.state().restores.find(({ requestId }) => requestId === input.requestId)
    if (earlier && earlier.file !== input.file) refuse(refusal('request-reused', { given: input.requestId }))
    const file = earlier?.file ?? expectListed(desk, input.file)
    try {
      const restored = await backups.restore(file, person, input.requestId)
      return { at: restored.at, file: restored.file, replaced: restored.replaced }
    } catch (error) {
      if (!(error instanceof AsideError) || error.zh === '') throw error
      refuse(refusal('backup-not-usable', { field: 'file', given: file, about: { zh: error.zh, en: error.en } }))
    }
  }),

  save: os.backup.save.handler(({ input, context, path }) =>
    runCommand(
      context,
      path,
      input,
      ['backup', 'setting'],
      (db, stamp) => {
        const { dataFolder } = backupsOf(context.desk)
        const checks = new Checks()
        const folders = { folder: input.folder.trim(), secondFolder: input.secondFolder.trim() }
        const before = getBackupSettings(db)
        for (const [field, chosen] of Object.entries(folders)) {
          // What was good before stays, also while its stick is pulled out; the alert tells of that.
          if (chosen === '' || chosen === before[field as keyof typeof folders]) continue
          if (checkBackupFolder(chosen) === null) continue
          checks.refuse('folder-not-usable', { field, given: chosen, allowed: listDisks()[0] ?? dataFolder })
        }
        if (folders.secondFolder !== '' && folders.secondFolder === folders.folder) {
          checks.refuse('same-place', { field: 'secondFolder', given: folders.secondFolder })
        }
        const settings: BackupSettings = {
          ...folders,
          keepNewest: checks.whole('keepNewest', input.keepNewest, 1, 1000),
          keepDays: checks.whole('keepDays', input.keepDays, 0, 1000),
          keepMonths: checks.whole('keepMonths', input.keepMonths, 0, 240),
          alertHours: checks.whole('alertHours', input.alertHours, 1, 720),
        }
        if (checks.refusals.length > 0) refuse(...checks.refusals)
        saveSetting(db, stamp, backupSetting, settings)
        return { saved: true }
      },
      (db) => getBackupSettings(db),
    ),
  ),
}
