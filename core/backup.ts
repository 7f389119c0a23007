/** When somebody has to be told about backups. Pure: the facts and the clock are handed in. */

export type BackupFacts = {
  /** UTC milliseconds of the newest good backup, or of the program's start where there is none. */
  readonly goodAt: number
  /** The same of the copy in the second folder; null where there is no second folder. */
  readonly copyGoodAt: number | null
  /** Something has been entered that no backup holds. */
  readonly changed: boolean
  /** What kept the newest backup from being made, by its code; null when it was made. */
  readonly problem: string | null
  readonly copyProblem: string | null
  /** The newest good backup is no longer where it was put. */
  readonly missing: boolean
}

export type BackupWarning = {
  readonly severity: 'now' | 'soon'
  readonly reason: 'failed' | 'copy-failed' | 'overdue' | 'missing'
  /** Code of the problem, or empty. */
  readonly problem: string
  /** Whole hours since the newest good backup (or copy, where that is what failed). */
  readonly hours: number
}

const hour = 3_600_000
/** A clock that went back gives nothing less than nothing. */
const hoursSince = (at: number, now: number): number => Math.max(0, Math.floor((now - at) / hour))

/** @param alertHours from the settings: after so long without a good backup it is urgent */
export function warnOfBackups(facts: BackupFacts, now: number, alertHours: number): BackupWarning | null {
  const hours = hoursSince(facts.goodAt, now)
  const severity = hours >= alertHours ? 'now' : 'soon'
  if (facts.problem !== null) {
    // A copy that does not verify says that the database itself does not.
    return { severity: facts.problem === 'unsound' ? 'now' : severity, reason: 'failed', problem: facts.problem, hours }
  }
  if (facts.missing) return { severity: 'now', reason: 'missing', problem: '', hours }
  if (facts.changed && hours >= alertHours) return { severity: 'now', reason: 'overdue', problem: '', hours }
  if (facts.copyProblem !== null && facts.copyGoodAt !== null) {
    const copyHours = hoursSince(facts.copyGoodAt, now)
    return {
      severity: copyHours >= alertHours ? 'now' : 'soon',
      reason: 'copy-failed',
      problem: facts.copyProblem,
      hours: copyHours,
    }
  }
  return null
}

/** Every quarter of an hour while something has changed. */
export const backupMinutes = 15

/**
 * Whether the next backup is due.
 * @param attemptedAt when the last one began, made or not; null when there was none
 */
export function isBackupDue(changed: boolean, attemptedAt: number | null, now: number): boolean {
  if (!changed) return false
  // A clock that was set back must not put it off for years.
  return attemptedAt === null || now < attemptedAt || now - attemptedAt >= backupMinutes * 60_000
}
