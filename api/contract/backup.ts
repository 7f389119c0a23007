import { z } from 'zod'
import { administrators, anyone, command, instant, query, requestId, text } from './base.ts'

/** Backups of the database, and restoring one. */

const path = text(1000)
const problem = z.strictObject({
  code: z.enum(['disk-full', 'read-only', 'gone', 'unsound', 'io', 'unknown']),
  folder: z.string(),
  message: z.string(),
})
export const backupRecord = z.strictObject({
  at: instant,
  cause: z.enum(['every', 'closing', 'asked']),
  file: z.string().nullable(),
  bytes: z.int(),
  milliseconds: z.int(),
  postings: z.int(),
  movements: z.int(),
  chainHash: z.string(),
  problem: problem.nullable(),
  copy: z.strictObject({ file: z.string().nullable(), problem: problem.nullable() }).nullable(),
})
export const backupFile = z.strictObject({
  /** The path, which names it in the other procedures. */
  file: z.string(),
  name: z.string(),
  folder: z.string(),
  at: instant,
  bytes: z.int(),
  kind: z.enum(['backup', 'before-migration', 'replaced']),
  /** What its verification counted when it was made; null where this computer keeps no record of it. */
  postings: z.int().nullable(),
  movements: z.int().nullable(),
})
export const backupSettings = z.strictObject({
  /** Empty for `backup/` in the data folder. */
  folder: path,
  /** Empty for none. */
  secondFolder: path,
  keepNewest: z.number(),
  keepDays: z.number(),
  keepMonths: z.number(),
  alertHours: z.number(),
})

export const backup = {
  get: query(...anyone).output(
    z.strictObject({
      settings: backupSettings,
      /** Where they are kept now. */
      folder: z.string(),
      secondFolder: z.string().nullable(),
      /** Disks that are plugged in, to choose from. */
      disks: z.array(z.string()),
      running: z.boolean(),
      /** Something has been entered that no backup holds yet. */
      changed: z.boolean(),
      /** Why somebody should look at them, or null. */
      warning: z
        .strictObject({
          severity: z.enum(['now', 'soon']),
          reason: z.enum(['failed', 'copy-failed', 'overdue', 'missing']),
          problem: z.string(),
          hours: z.int(),
        })
        .nullable(),
      /** The newest attempts, made or failed, the newest first. */
      records: z.array(backupRecord),
      files: z.array(backupFile),
      /** What the newest restore took the place of, while that file is there. */
      undo: z.strictObject({ at: instant, file: z.string(), replaced: z.string() }).nullable(),
    }),
  ),
  /** Makes one now, however little has changed. What kept it away is in the answer. */
  now: command(...anyone)
    .input(z.strictObject({ requestId }))
    .output(backupRecord),
  /** Reads a backup again, from the first byte to the last posting. */
  check: query(...anyone)
    .input(z.strictObject({ file: path }))
    .output(
      z.strictObject({
        ok: z.boolean(),
        matchesName: z.boolean(),
        /** The first difference, as `verify` names it; empty where there is none. */
        difference: z.string(),
        postings: z.int(),
        movements: z.int(),
      }),
    ),
  /** The backup takes the database's place; what was there is kept and can be restored in its turn. */
  restore: command(...administrators)
    .input(z.strictObject({ requestId, file: path }))
    .output(z.strictObject({ at: instant, file: z.string(), replaced: z.string() })),
  save: command(...administrators)
    .input(z.strictObject({ requestId, ...backupSettings.shape }))
    .output(backupSettings),
}
