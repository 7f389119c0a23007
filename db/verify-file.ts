import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { openReadOnly } from './connect.ts'
import type { Migration } from './migrate.ts'
import { type VerifyReport, verifyDatabase } from './verify.ts'

/** Verifies a file, such as a backup, on this thread. */
export function verifyFile(file: string, migrations?: readonly Migration[]): VerifyReport {
  const db = openReadOnly(file)
  try {
    return verifyDatabase(db, migrations)
  } finally {
    db.close()
  }
}

/**
 * The same on a thread of its own, so that windows don't stall for the seconds that a large ledger takes. The build puts
 * `verify-worker.js` beside the bundle or in `db/` beside its folder; where it is missing, this thread does the work.
 */
export function verifyFileAside(file: string): Promise<VerifyReport> {
  const script = [
    join(import.meta.dirname, 'verify-worker.ts'),
    join(import.meta.dirname, 'verify-worker.js'),
    join(import.meta.dirname, '..', 'db', 'verify-worker.js'),
  ].find((candidate) => existsSync(candidate))
  if (script === undefined) return Promise.resolve(verifyFile(file))
  return new Promise((resolve, reject) => {
    const worker = new Worker(script, { workerData: { file } })
    worker.once('message', (report: VerifyReport) => resolve(report))
    worker.once('error', reject)
    worker.once('exit', (code) => reject(new Error(`the verifying thread ended with ${code} and without a report`)))
  })
}
