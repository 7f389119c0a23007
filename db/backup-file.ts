import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { digestFile, syncFile, syncFolder } from './file-mark.ts'
import type { Migration } from './migrate.ts'
import { describeReport, type VerifyReport } from './verify.ts'
import { verifyFile } from './verify-file.ts'

/**
 * Backups as files. Each is made beside its final name, verified, synced and only then renamed, so that what is called a
 * backup is one. The first 16 digits of its sha256 stand in its name: a backup that has rotted is found before it is
 * restored.
 */

export const backupFolderName = 'backup'

const backupName = /^frontstock-(\d{8})-(\d{6})(-before-\d+)?-([0-9a-f]{16})\.db$/
/** What a restore took the place of: as it was, so without a digest in its name. */
const replacedName = /^replaced-(\d{8})-(\d{6})(-\d+)?\.db$/
/** A folder of copies that several databases share has one of these for each. */
const ownFolderName = /^frontstock-/

export type CopyFacts = { readonly file: string; readonly bytes: number; readonly report: VerifyReport }

/** Makes it one file without a log beside it, whatever the original was. */
export function settleCopy(part: string): void {
  const sqlite = new BetterSqlite3(part, { fileMustExist: true })
  try {
    sqlite.pragma('journal_mode = DELETE')
  } finally {
    sqlite.close()
  }
}

/** Verifies the copy and gives it its name. Throws, with code `unsound`, when it does not verify. */
export function finishCopy(copy: {
  readonly part: string
  readonly folder: string
  readonly at: number
  readonly kind: string
  readonly migrations?: readonly Migration[]
}): CopyFacts {
  const { part, folder, at, kind } = copy
  settleCopy(part)
  const report = verifyFile(part, copy.migrations)
  if (!report.ok) {
    const error = new Error(`the copy does not verify: ${describeReport(report).at(-1)}`)
    throw Object.assign(error, { code: 'unsound' })
  }
  syncFile(part)
  const { size, sha256 } = digestFile(part)
  const file = join(folder, `frontstock-${stampOf(at)}${kind}-${sha256.slice(0, 16)}.db`)
  renameSync(part, file)
  syncFolder(folder)
  return { file, bytes: size, report }
}

/**
 * Copies a backup to another folder, reads it back from there and compares. Throws, with nothing left under its name,
 * when it is not the same.
 */
export function copyBackup({ file, folder }: { readonly file: string; readonly folder: string }): { file: string } {
  mkdirSync(folder, { recursive: true })
  const target = join(folder, basename(file))
  const part = join(folder, `.${basename(file)}.part`)
  try {
    copyFileSync(file, part)
    syncFile(part)
    if (digestFile(part).sha256 !== digestFile(file).sha256) {
      throw Object.assign(new Error('the copy differs from what was copied'), { code: 'unsound' })
    }
    renameSync(part, target)
    syncFolder(folder)
    return { file: target }
  } finally {
    removePart(part)
  }
}

/** `20200206-093000`, in UTC. */
export const stampOf = (at: number): string =>
  new Date(at).toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')

export function removePart(part: string): void {
  for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(part + suffix, { force: true })
}

export type BackupFile = {
  readonly file: string
  /** UTC milliseconds, from the name. */
  readonly at: number
  readonly bytes: number
  /** `replaced`: the database that a restore took the place of. */
  readonly kind: 'backup' | 'before-migration' | 'replaced'
}

/** Backups in a folder, the newest first. A folder that is missing has none. */
export function listBackups(folder: string): BackupFile[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .flatMap((name): BackupFile[] => {
      const found = backupName.exec(name) ?? replacedName.exec(name)
      if (!found) return []
      const file = join(folder, name)
      const iso = `${found[1]}T${found[2]}Z`.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z')
      const kind = name.startsWith('replaced') ? 'replaced' : found[3] === undefined ? 'backup' : 'before-migration'
      // Gone between the listing and the look: a stick that is pulled out.
      const bytes = statSync(file, { throwIfNoEntry: false })?.size
      return bytes === undefined ? [] : [{ file, at: Date.parse(iso), bytes, kind }]
    })
    .sort((a, b) => b.at - a.at || (a.file < b.file ? 1 : -1))
}

/** The same with the backups of other databases that keep theirs under this folder. */
export function listBackupsUnder(folder: string): BackupFile[] {
  if (!existsSync(folder)) return []
  const inner = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && ownFolderName.test(entry.name))
    .flatMap((entry) => listBackups(join(folder, entry.name)))
  return [...listBackups(folder), ...inner]
}

/** How many are kept: the newest, then of the older ones the newest of each of so many days and of so many months. */
export type KeepRule = { readonly newest: number; readonly days: number; readonly months: number }
export const defaultKeepRule: KeepRule = { newest: 24, days: 30, months: 12 }
const mostBeforeMigration = 10
const mostReplaced = 10

/**
 * What may go. Counted among the backups there are and not from the clock, so that a clock that jumps removes nothing.
 * Of those from before migrations and of those that a restore replaced, the newest 10 stay.
 */
export function backupsToRemove(backups: readonly BackupFile[], rule: KeepRule = defaultKeepRule): BackupFile[] {
  const ofKind = (kind: BackupFile['kind']) => backups.filter((backup) => backup.kind === kind)
  const days = new Set<string>()
  const months = new Set<string>()
  const old = ofKind('backup')
    .slice(rule.newest)
    .filter((backup) => {
      const day = new Date(backup.at).toISOString().slice(0, 10)
      const month = day.slice(0, 7)
      const newDay = !days.has(day) && days.size < rule.days
      const newMonth = !months.has(month) && months.size < rule.months
      if (newDay) days.add(day)
      if (newMonth) months.add(month)
      return !newDay && !newMonth
    })
  return [...old, ...ofKind('before-migration').slice(mostBeforeMigration), ...ofKind('replaced').slice(mostReplaced)]
}

/** Removes what `backupsToRemove` names; gives the files. */
export function pruneBackups(folder: string, rule: KeepRule = defaultKeepRule): string[] {
  const files = backupsToRemove(listBackups(folder), rule).map((backup) => backup.file)
  for (const file of files) removePart(file)
  return files
}

/** Whether the file still is what was copied: false when its name says another content. True when its name says nothing. */
export function matchesItsName(file: string): boolean {
  const found = backupName.exec(basename(file))
  return !found || digestFile(file).sha256.startsWith(found[4]!)
}

export const isFile = (file: string): boolean => statSync(file, { throwIfNoEntry: false })?.isFile() ?? false

/** Where a copy is written before it has its name. */
export function partIn(folder: string, at: number): string {
  const target = resolve(folder)
  mkdirSync(target, { recursive: true })
  return join(target, `.frontstock-${at}-${process.pid}.part`)
}
