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
