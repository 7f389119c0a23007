import { describe, expect, it } from 'vitest'
import { type BackupFacts, isBackupDue, warnOfBackups } from '../../core/backup.ts'

const hour = 3_600_000
const now = 1000 * hour
const well: BackupFacts = {
  goodAt: now - hour,
  copyGoodAt: null,
  changed: false,
  problem: null,
  copyProblem: null,
  missing: false,
}
const warn = (facts: Partial<BackupFacts>) => warnOfBackups({ ...well, ...facts }, now, 24)

describe('the alert about backups', () => {
  it('is silent while all is well, however old the newest is when nothing has changed since', () => {
    expect(warn({})).toBeNull()
    expect(warn({ goodAt: 0 })).toBeNull()
    expect(warn({ changed: true })).toBeNull()
  })

  it('comes when what was entered is in no backup for so many hours', () => {
    expect(warn({ changed: true, goodAt: now - 24 * hour })).toMatchObject({
      reason: 'overdue',
      severity: 'now',
      hours: 24,
    })
    expect(warn({ changed: true, goodAt: now - 24 * hour + 1 })).toBeNull()
  })

  it('of a failure is urgent once the newest is old, and at once when the data does not verify', () => {
    expect(warn({ problem: 'disk-full' })).toEqual({
      severity: 'soon',
      reason: 'failed',
      problem: 'disk-full',
      hours: 1,
    })
    expect(warn({ problem: 'disk-full', goodAt: now - 30 * hour })).toMatchObject({ severity: 'now', hours: 30 })
    expect(warn({ problem: 'unsound' })).toMatchObject({ severity: 'now' })
  })

  it('of the second folder counts from the newest copy there', () => {
    expect(warn({ copyProblem: 'gone', copyGoodAt: now - 2 * hour })).toMatchObject({
      severity: 'soon',
      reason: 'copy-failed',
      hours: 2,
    })
    expect(warn({ copyProblem: 'gone', copyGoodAt: now - 24 * hour })).toMatchObject({ severity: 'now' })
    expect(warn({ copyProblem: 'gone', copyGoodAt: null })).toBeNull()
  })

  it('counts no hours that a clock set back would make less than none', () => {
    expect(warn({ problem: 'io', goodAt: now + 5 * hour })).toMatchObject({ hours: 0 })
  })
})

describe('a backup', () => {
  it('is due a quarter of an hour after the last attempt, when something has changed', () => {
    expect(isBackupDue(true, now - 15 * 60_000, now)).toBe(true)
    expect(isBackupDue(true, now - 15 * 60_000 + 1, now)).toBe(false)
    expect(isBackupDue(false, now - 100 * hour, now)).toBe(false)
    expect(isBackupDue(true, null, now)).toBe(true)
  })

  it('is due when the last attempt lies in the future of a clock that was set back', () => {
    expect(isBackupDue(true, now + 1, now)).toBe(true)
  })
})
