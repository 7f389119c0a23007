import { createHash } from 'node:crypto'
import { canonicalJson, writeCanonical } from './canonical.ts'
import { get, type Reader, run, type Writer } from './statement.ts'

/**
 * A command is sent with an id made where the user acted. The same id with the same content gives the first answer
 * again, however often it is sent; the same id with other content is refused by the caller.
 */

/** What took effect under this id, or undefined when nothing did. */
export function findRequest(
  db: Reader,
  requestId: string,
): { procedure: string; contentHash: string; answer: unknown } | undefined {
  const row = get<{ procedure: string; contentHash: string; answer: string }>(
    db,
    'SELECT procedure, content_hash AS contentHash, answer FROM request WHERE request_id = ?',
    requestId,
  )
  return row && { procedure: row.procedure, contentHash: row.contentHash, answer: JSON.parse(row.answer) as unknown }
}

/** Written in the same transaction as the effect. Throws when the id has been used. `at` in UTC milliseconds. */
export function recordRequest(
  db: Writer,
  row: {
    readonly requestId: string
    readonly procedure: string
    readonly contentHash: string
    readonly answer: unknown
    readonly personId: number
    readonly at: number
  },
): void {
  run(
    db,
    'INSERT INTO request (request_id, procedure, content_hash, answer, person_id, at) VALUES (?, ?, ?, ?, ?, ?)',
    row.requestId,
    row.procedure,
    row.contentHash,
    canonicalJson(row.answer ?? null),
    row.personId,
    row.at,
  )
}

/** sha256, in hex, of the canonical JSON of what is asked. */
export function contentHash(procedure: string, input: unknown): string {
  const hash = createHash('sha256')
  writeCanonical({ input: input ?? null, procedure }, (piece) => hash.update(piece))
  return hash.digest('hex')
}
