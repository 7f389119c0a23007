import { refusal } from '../core/refusal.ts'
import type { Stamp } from '../db/audit.ts'
import { contentHash, findRequest, recordRequest } from '../db/request.ts'
import { type Database, transact, type Writer } from '../db/statement.ts'
import { refuse } from './refused.ts'

/** What is kept under a request's id: the ids that it made. */
export type Receipt = { readonly [name: string]: number | string | boolean | readonly number[] }

/** What is asked, by whom and when: all that a command knows of the world outside the database. */
export type AskedCommand = Stamp & {
  readonly procedure: string
  readonly input: { readonly requestId: string }
}

/**
 * Runs `work` in one transaction and keeps its receipt under the request's id, or gives the receipt that is there. The
 * same id with other content is refused. Knows no wire and no thread.
 */
export function takeEffectOnce<Given extends Receipt>(
  database: Database,
  { procedure, input, at, personId }: AskedCommand,
  work: (db: Writer, stamp: Stamp) => Given,
): { readonly receipt: Given; readonly repeated: boolean } {
  const hash = contentHash(procedure, input)
  const earlier = findRequest(database, input.requestId)
  if (earlier) {
    if (earlier.contentHash !== hash) refuse(refusal('request-reused', { given: input.requestId }))
    return { receipt: earlier.answer as Given, repeated: true }
  }
  const receipt = transact(database, (db) => {
    const written = work(db, { at, personId })
    recordRequest(db, { requestId: input.requestId, procedure, contentHash: hash, answer: written, at, personId })
    return written
  })
  return { receipt, repeated: false }
}
