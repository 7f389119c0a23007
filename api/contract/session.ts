import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { anyone, command, id, query, requestId, roleSchema, shortText } from './base.ts'

/** What a change is about: windows re-read the queries of these features. */
export const features = [
  'item',
  'unit',
  'supplier',
  'depot',
  'norm',
  'report',
  'request',
  'delivery',
  'stock',
  'commitment',
  'policy',
  'round',
  'slip',
  'setting',
  'draft',
  /** Contacts, licences, blockers and calls of suppliers. */
  'liaison',
  /** Remembered names, codes and layouts of lists. */
  'alias',
  /** Postings other than deliveries and dispatches: returns, transfers, write-offs, corrections, holds. */
  'ledger',
  'stocktake',
  /** Backups, made or failed. */
  'backup',
] as const
export type Feature = (typeof features)[number]

export const session = {
  /** Who sits here, what they may do, and which database is open. */
  me: query(...anyone).output(
    z.strictObject({
      personId: id,
      name: z.string(),
      roles: z.array(roleSchema),
      businessDate: z.string(),
      organisation: z.string(),
      dataFolder: z.string(),
      demonstration: z.boolean(),
      /** Nothing has been entered yet: the first-start screen is due. */
      empty: z.boolean(),
      version: z.string(),
    }),
  ),
  /** How the person at this desk is called, on screen and as the one who handled a document. Empty: not said. */
  rename: command(...anyone)
    .input(z.strictObject({ requestId, name: shortText }))
    .output(z.strictObject({ name: z.string() })),
  /** Features that have changed, after each commit, for as long as the window listens. */
  changes: query(...anyone).output(eventIterator(z.strictObject({ features: z.array(z.enum(features)) }))),
}
