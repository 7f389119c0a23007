import { openDatabase } from '../../db/open.ts'
import { StartRefusal } from '../../db/start-refusal.ts'
import { all, type Database, get } from '../../db/statement.ts'
import { verifyDatabase } from '../../db/verify.ts'

export type Check =
  | { readonly state: 'sound'; readonly openMs: number; readonly requests: number }
  | { readonly state: 'lost' | 'half-done' | 'corrupt' | 'refused'; readonly why: string }

/** Opens a folder as the program does after a fault and looks whether all that was acknowledged is there, and whole. */
export function checkFolder(folder: string, acknowledged: Iterable<string>): Check {
  const start = performance.now()
  let db: Database
  try {
    db = openDatabase({ folder, now: Date.now })
  } catch (error) {
    if (error instanceof StartRefusal) return { state: 'refused', why: `${error.code}: ${error.en}` }
    return { state: 'corrupt', why: String(error) }
  }
  const openMs = performance.now() - start
  try {
    const report = verifyDatabase(db)
    if (!report.ok) return { state: 'corrupt', why: JSON.stringify(report.difference) }
    const half = get<{ id: string }>(
      db,
      'SELECT posting_id AS id FROM posting WHERE posting_id NOT IN (SELECT request_id FROM request)',
    )
    if (half) return { state: 'half-done', why: `posting ${half.id} without its request` }
    const there = new Set(all<{ id: string }>(db, 'SELECT request_id AS id FROM request').map((row) => row.id))
    for (const id of acknowledged) if (!there.has(id)) return { state: 'lost', why: id }
    return { state: 'sound', openMs, requests: there.size }
  } finally {
    db.close()
  }
}
