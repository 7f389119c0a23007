import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeFileDurably } from './file-mark.ts'

/**
 * What became of backups and restores. It stands beside the database and not in it: it outlives a restore, and writing
 * it is no change that would have to be backed up in its turn.
 */

export const backupStateName = 'backup.json'

/** `unsound`: the copy does not verify, so the database itself is in doubt. `gone`: the folder is not there. */
export type BackupProblem = {
  readonly code: 'disk-full' | 'read-only' | 'gone' | 'unsound' | 'io' | 'unknown'
  /** The folder it is about. */
  readonly folder: string
  readonly message: string
}

export type BackupRecord = {
  /** When it began, UTC milliseconds. */
  readonly at: number
  readonly cause: 'every' | 'closing' | 'asked'
  /** Null when it was not made. */
  readonly file: string | null
  readonly bytes: number
  readonly milliseconds: number
  readonly postings: number
  readonly movements: number
  readonly chainHash: string
  readonly problem: BackupProblem | null
  /** The copy in the second folder; null where there is no second folder. */
  readonly copy: { readonly file: string | null; readonly problem: BackupProblem | null } | null
}

export type RestoreRecord = {
  readonly requestId: string
  readonly at: number
  readonly file: string
  readonly replaced: string
  readonly personId: number
}

export type BackupState = {
  /** The last program ended with everything backed up. */
  readonly clean: boolean
  /** The newest first. */
  readonly records: readonly BackupRecord[]
  readonly restores: readonly RestoreRecord[]
}

export const mostRecords = 200
const nothing: BackupState = { clean: false, records: [], restores: [] }

/** What is missing or unreadable counts as nothing known: then the next backup is due. */
export function readBackupState(folder: string): BackupState {
  try {
    const state = JSON.parse(readFileSync(join(folder, backupStateName), 'utf8')) as Partial<BackupState>
    return Array.isArray(state.records) && Array.isArray(state.restores)
      ? { clean: state.clean === true, records: state.records, restores: state.restores }
      : nothing
  } catch {
    return nothing
  }
}

/** Old or new, never half. Throws what the disk throws. */
export function writeBackupState(folder: string, state: BackupState): void {
  const kept = {
    ...state,
    records: state.records.slice(0, mostRecords),
    restores: state.restores.slice(0, mostRecords),
  }
  writeFileDurably(join(folder, backupStateName), `${JSON.stringify(kept)}\n`)
}

/** What kept a backup from being made, from the error of the disk or of the driver. */
export function backupProblemOf(error: unknown, folder: string): BackupProblem {
  const message = error instanceof Error ? error.message : String(error)
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
  return { code: codeOf(code), folder, message }
}

function codeOf(code: string): BackupProblem['code'] {
  if (code === 'unsound' || /^SQLITE_(CORRUPT|NOTADB)/.test(code)) return 'unsound'
  if (/^(ENOSPC|EDQUOT|EFBIG|SQLITE_FULL)$/.test(code)) return 'disk-full'
  if (/^(EROFS|EACCES|EPERM)$/.test(code) || /^SQLITE_(READONLY|PERM)/.test(code)) return 'read-only'
  if (/^(ENOENT|ENOTDIR|ENODEV|ENXIO|ENOTCONN|EEXIST|EHOSTDOWN)$/.test(code) || code === 'SQLITE_CANTOPEN')
    return 'gone'
  return /^(E[A-Z]+|SQLITE_IOERR.*)$/.test(code) ? 'io' : 'unknown'
}
