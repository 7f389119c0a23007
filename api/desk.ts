import { defaultPolicy } from '../core/allocation/default-policy.ts'
import { fromDayNumber } from '../core/civil-date.ts'
import { type Person, roles } from '../core/role.ts'
import { addPerson, getPerson } from '../db/desk.ts'
import { listDuties, saveDuty } from '../db/norm.ts'
import { openDatabase, openMemory } from '../db/open.ts'
import { listPolicies, savePolicy } from '../db/policy.ts'
import { exchangeRestored, prepareRestore } from '../db/restore.ts'
import { type Database, transact } from '../db/statement.ts'
import { createBackups } from './backup-schedule.ts'
import { type Backups, createChanges, type Desk } from './context.ts'
import { defaultDuties } from './default-duty.ts'
import { getSettings } from './setting.ts'

const soloPersonId = 1

/**
 * Opens the data folder's database (made when missing) and everything around it that windows share. Throws a
 * StartRefusal, with its words in both languages, for a file or folder that must not be opened.
 */
export function openDesk(options: {
  readonly folder: string
  readonly version: string
  readonly now?: () => number
  readonly log?: (line: string) => void
}): Desk {
  const now = options.now ?? Date.now
  const log = options.log ?? (() => {})
  const open = () => openDatabase({ folder: options.folder, now, log })
  return deskOf(open(), open, { ...options, now, log })
}

/** A desk that lives in memory, for tests. */
export function openMemoryDesk(options: { readonly now: () => number; readonly log?: (line: string) => void }): Desk {
  return deskOf(openMemory(), null, { version: 'test', log: () => {}, ...options })
}

/** @param reopen opens the same folder again after its database was exchanged; null in memory */
function deskOf(
  opened: Database,
  reopen: (() => Database) | null,
  { version, now, log }: { readonly version: string; readonly now: () => number; readonly log: (line: string) => void },
): Desk {
  let database = opened
  furnish(database, now())
  let backups: Backups | null = null
  const desk: Desk = {
    get database() {
      return database
    },
    get backups() {
      return backups
    },
    changes: createChanges(),
    now,
    businessDate: () => {
      const { utcOffsetMinutes } = getSettings(database)
      return fromDayNumber(Math.floor((now() + utcOffsetMinutes * 60_000) / 86_400_000))
    },
    log,
    version,
  }
  const { folder } = database
  if (folder === null || reopen === null) return desk
  backups = createBackups(desk, folder, (at) => {
    database.close()
    const replaced = exchangeRestored(folder, at)
    if (replaced === null) throw new Error('there was no database to exchange')
    try {
      database = reopen()
    } catch (error) {
      // What was there before comes back, and the restore has not happened.
      prepareRestore(replaced, folder)
      exchangeRestored(folder, at)
      database = reopen()
      throw error
    }
    return replaced
  })
  return desk
}

/** What a new database has from its first moment: the one person at this desk, the duties, and the policy that ships. */
function furnish(database: Database, at: number): void {
  if (getPerson(database, soloPersonId)) return
  transact(database, (db) => {
    const personId = addPerson(db, { name: '', roles })
    const stamp = { at, personId }
    if (listDuties(db).length === 0) for (const duty of defaultDuties) saveDuty(db, stamp, null, duty)
    if (listPolicies(db, false).length === 0) {
      const horizonDays = 14
      savePolicy(db, stamp, null, {
        name: '先急后缓（默认）',
        nameEn: 'Urgent first (default)',
        rounding: 'runs-out-first',
        horizonDays,
        rungs: defaultPolicy(horizonDays),
        rollingDays: null,
        nearExpiry: false,
      })
    }
  })
}

/** Makes the last backup where the shell keeps backups at all, then closes the database. */
export async function closeDesk(desk: Desk): Promise<void> {
  await desk.backups?.stop()
  desk.database.close()
}

/** The one person of a PC that nobody shares: every role, no password. */
export function soloPerson(desk: Desk): Person {
  const person = getPerson(desk.database, soloPersonId)
  if (!person) throw new Error('the database has lost its first person')
  return person
}
