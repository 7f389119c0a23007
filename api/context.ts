import type { BackupWarning } from '../core/backup.ts'
import type { Person } from '../core/role.ts'
import type { BackupRecord, BackupState, RestoreRecord } from '../db/backup-state.ts'
import type { Database } from '../db/open.ts'
import type { Feature } from './contract/session.ts'

/** What one running host shares among all its windows. */
export type Desk = {
  readonly database: Database
  readonly changes: Changes
  /** UTC milliseconds. */
  readonly now: () => number
  /** The civil date at the depot, YYYY-MM-DD, from the clock and the setting of the time zone. */
  readonly businessDate: () => string
  readonly log: (line: string) => void
  readonly version: string
  /** Null for a desk in memory, which has no folder to keep them in. */
  readonly backups: Backups | null
}

/** Backups of the database of a running desk. What fails is in the state, not thrown. */
export type Backups = {
  readonly state: () => BackupState
  /** Something has been entered that no backup holds. */
  readonly hasChanged: () => boolean
  readonly isRunning: () => boolean
  /** What somebody has to be told about them, or null. */
  readonly warning: () => BackupWarning | null
  /** From now on, every quarter of an hour while something has changed. */
  readonly start: () => void
  /** Makes one when it is due; called every minute. */
  readonly tick: () => Promise<void>
  /** One for each request, however often it is sent. */
  readonly backUp: (requestId: string) => Promise<BackupRecord>
  /** Exchanges the database for a backup. Throws AsideError, with everything as it was. */
  readonly restore: (file: string, person: Person, requestId: string) => Promise<RestoreRecord>
  /** The last backup; nothing may be entered any more. */
  readonly stop: () => Promise<void>
}

/** What a procedure knows of who asks. Made by the shells (electron/port.ts, hub/server.ts), the same for each. */
export type Context = { readonly desk: Desk; readonly person: Person | null }

export type Changes = {
  publish: (features: readonly Feature[]) => void
  /** Yields after each commit until `signal` is aborted. Changes that come while the reader is busy are merged. */
  subscribe: (signal: AbortSignal | undefined) => AsyncGenerator<{ features: Feature[] }, void, void>
}

export function createChanges(): Changes {
  const waiting = new Set<{ features: Set<Feature>; wake: () => void }>()
  return {
    publish(features) {
      for (const reader of waiting) {
        for (const feature of features) reader.features.add(feature)
        reader.wake()
      }
    },
    async *subscribe(signal) {
      const reader = { features: new Set<Feature>(), wake: () => {} }
      waiting.add(reader)
      try {
        while (!signal?.aborted) {
          if (reader.features.size === 0) {
            await new Promise<void>((resolve) => {
              reader.wake = resolve
              signal?.addEventListener('abort', () => resolve(), { once: true })
            })
          }
          if (reader.features.size === 0) continue
          const features = [...reader.features]
          reader.features.clear()
          yield { features }
        }
      } finally {
        waiting.delete(reader)
      }
    },
  }
}
