import { isBackupDue, warnOfBackups } from '../core/backup.ts'
import { workAside } from '../db/aside.ts'
import { recordAudit } from '../db/audit.ts'
import { backupDatabase } from '../db/backup.ts'
import { isFile, pruneBackups } from '../db/backup-file.ts'
import { backupFolderOf, expectChosenFolder } from '../db/backup-folder.ts'
import {
  type BackupRecord,
  type BackupState,
  backupProblemOf,
  readBackupState,
  writeBackupState,
} from '../db/backup-state.ts'
import { getPerson } from '../db/desk.ts'
import { countChanges, transact } from '../db/statement.ts'
import { countWrittenAside, whenWritable } from '../db/write-aside.ts'
import { getBackupSettings } from './backup-setting.ts'
import type { Backups, Desk } from './context.ts'
import { features } from './contract/session.ts'

/** How often is looked whether a backup is due. */
const tickMilliseconds = 60_000
/** So long a program that is closing waits for its last backup; what was not finished is the first thing next time. */
const closingMilliseconds = 20_000
const mostAsked = 100
/** A database of this size is read in a moment: at closing, no thread is started for it. */
const smallBytes = 32_000_000

/**
 * Backups of a desk that has a data folder: every quarter of an hour while something has changed, at closing, and when
 * asked. One after the other; a failure is recorded, never thrown.
 * @param exchange closes the database, puts what was prepared in its place and opens it; gives what is kept of the old
 */
export function createBackups(desk: Desk, dataFolder: string, exchange: (at: number) => string): Backups {
  let state: BackupState = readBackupState(dataFolder)
  const startedAt = desk.now()
  // Everything was backed up when the last program ended; until it ends well itself, the file says otherwise.
  let isCleanStart = state.clean
  let savedChanges = -1
  let running = 0
  /** By their requests, also while they are under way: they are in no transaction that could remember them. */
  const asked = new Map<string, Promise<BackupRecord>>()
  let queue: Promise<unknown> = Promise.resolve()
  let timer: ReturnType<typeof setInterval> | undefined
  const stopping = new AbortController()

  const save = (next: BackupState) => {
    state = next
    try {
      writeBackupState(dataFolder, state)
    } catch (error) {
      // The same full disk that kept the backup away; it stays known as long as this program runs.
      desk.log(`backup: its outcome could not be written: ${String(error)}`)
    }
  }
  if (isCleanStart) save({ ...state, clean: false })

  const countAll = () => countChanges(desk.database) + countWrittenAside(desk.database)
  const hasChanged = () => countAll() !== (isCleanStart ? 0 : savedChanges)
  /** One at a time: copies, restores and the closing wait for each other. */
  const inTurn = <Value>(work: () => Promise<Value>): Promise<Value> => {
    running += 1
    const done = queue.then(work).finally(() => {
      running -= 1
    })
    queue = done.catch(() => {})
    return done
  }

  const copyOf = async (file: string, chosen: string, rule: Rule): Promise<BackupRecord['copy']> => {
    if (chosen === '') return null
    const folder = backupFolderOf(dataFolder, chosen)
    try {
      expectChosenFolder(chosen)
      const copied = await workAside('copy', { file, folder }, { signal: stopping.signal })
      pruneBackups(folder, rule)
      return { file: copied.file, problem: null }
    } catch (error) {
      return { file: null, problem: backupProblemOf(error, chosen) }
    }
  }

  const make = async (cause: BackupRecord['cause'], here: boolean): Promise<BackupRecord> => {
    const begun = performance.now()
    const { folder: chosen, secondFolder, ...kept } = getBackupSettings(desk.database)
    const rule = { newest: kept.keepNewest, days: kept.keepDays, months: kept.keepMonths }
    const folder = backupFolderOf(dataFolder, chosen)
    const changes = countAll()
    const record = { at: desk.now(), cause, bytes: 0, postings: 0, movements: 0, chainHash: '' }
    const finish = (rest: Pick<BackupRecord, 'file' | 'problem' | 'copy'> & Partial<BackupRecord>): BackupRecord => {
      const whole = { ...record, ...rest, milliseconds: Math.round(performance.now() - begun) }
      // Cut off by the end of the program, which is no failure: it is made up for at the next start.
      if (stopping.signal.aborted) return whole
      save({ ...state, records: [whole, ...state.records] })
      if (whole.problem !== null)
        desk.log(`backup: ${whole.problem.code} in ${whole.problem.folder}: ${whole.problem.message}`)
      desk.changes.publish(['backup'])
      return whole
    }
    try {
      expectChosenFolder(chosen)
      const backup = await backupDatabase(desk.database, folder, desk.now, { signal: stopping.signal, here })
      const { counts, chainHash } = backup.report
      savedChanges = changes
      isCleanStart = false
      pruneBackups(folder, rule)
      const copy = await copyOf(backup.file, secondFolder, rule)
      const { postings, movements } = counts
      return finish({ file: backup.file, bytes: backup.bytes, postings, movements, chainHash, problem: null, copy })
    } catch (error) {
      return finish({ file: null, problem: backupProblemOf(error, chosen === '' ? folder : chosen), copy: null })
    }
  }

  const isSecondFolderBack = (): boolean => {
    const { secondFolder } = getBackupSettings(desk.database)
    if (secondFolder === '' || !state.records[0]?.copy?.problem) return false
    try {
      expectChosenFolder(secondFolder)
      return true
    } catch {
      return false
    }
  }
  const tick = async () => {
    if (running > 0 || stopping.signal.aborted) return
    const wanted = hasChanged() || isSecondFolderBack()
    if (isBackupDue(wanted, state.records[0]?.at ?? null, desk.now())) await inTurn(() => make('every', false))
  }

  return {
    state: () => state,
    hasChanged,
    isRunning: () => running > 0,
    warning() {
      const { secondFolder, alertHours } = getBackupSettings(desk.database)
      const good = state.records.find((record) => record.file !== null)
      const copied = state.records.find((record) => record.copy?.file != null)
      const newest = state.records[0]
      return warnOfBackups(
        {
          goodAt: good?.at ?? startedAt,
          copyGoodAt: secondFolder === '' ? null : (copied?.at ?? startedAt),
          changed: hasChanged(),
          problem: newest?.problem?.code ?? null,
          copyProblem: newest?.copy?.problem?.code ?? null,
          missing: good?.file != null && !isFile(good.file),
        },
        desk.now(),
        alertHours,
      )
    },
    start() {
      timer ??= setInterval(() => void tick(), tickMilliseconds)
      timer.unref()
    },
    tick,
    backUp(requestId) {
      const earlier = asked.get(requestId)
      if (earlier) return earlier
      const record = inTurn(() => make('asked', false))
      asked.set(requestId, record)
      for (const oldest of asked.keys()) if (asked.size > mostAsked) asked.delete(oldest)
      return record
    },
    restore: (file, person, requestId) =>
      inTurn(async () => {
        const earlier = state.restores.find((restore) => restore.requestId === requestId)
        if (earlier) return earlier
        await workAside('restore', { source: file, folder: dataFolder })
        // A long list that is being posted comes to its end first; from here to the exchange nobody else gets a turn.
        await whenWritable(desk.database)
        const at = desk.now()
        const replaced = exchange(at)
        const restored = { requestId, at, file, replaced, personId: person.personId }
        save({ ...state, restores: [restored, ...state.restores] })
        // Another database: nothing is known to be in a backup.
        isCleanStart = false
        savedChanges = -1
        if (getPerson(desk.database, person.personId)) {
          transact(desk.database, (db) => {
            const audited = {
              action: 'restore',
              subject: 'database',
              subjectId: null,
              before: { replaced },
              after: { file },
            }
            recordAudit(db, { at, personId: person.personId }, audited)
          })
        }
        desk.log(`backup: restored ${file}; what it replaced is ${replaced}`)
        desk.changes.publish(features)
        return restored
      }),
    async stop() {
      if (timer === undefined) return
      clearInterval(timer)
      const limit = setTimeout(() => stopping.abort(new Error('closing took too long')), closingMilliseconds)
      try {
        await queue
        if (hasChanged()) {
          const bytes = state.records.find((record) => record.file !== null)?.bytes ?? 0
          await inTurn(() => make('closing', bytes < smallBytes))
        }
        if (!hasChanged()) save({ ...state, clean: true })
      } finally {
        clearTimeout(limit)
        stopping.abort()
      }
    },
  }
}

type Rule = { readonly newest: number; readonly days: number; readonly months: number }
