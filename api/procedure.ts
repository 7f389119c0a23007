import { implement, ORPCError, ValidationError } from '@orpc/server'
import { type Refusal, refusal } from '../core/refusal.ts'
import type { Person } from '../core/role.ts'
import type { Stamp } from '../db/audit.ts'
import { contentHash, findRequest, recordRequest } from '../db/request.ts'
import { type Reader, transact, type Writer } from '../db/statement.ts'
import type { Context, Desk } from './context.ts'
import { contract } from './contract/contract.ts'
import { refusalsOfIssues } from './contract/malformed.ts'
import type { Feature } from './contract/session.ts'
import { faultOf } from './fault.ts'

/** Thrown inside a transaction to leave it undone and tell the user why. */
export class Refused extends Error {
  readonly refusals: readonly Refusal[]

  constructor(refusals: readonly Refusal[]) {
    super(`refused: ${refusals.map((one) => one.code).join(', ')}`)
    this.refusals = refusals
  }
}

export function refuse(...refusals: readonly Refusal[]): never {
  throw new Refused(refusals)
}

/** Every schema of the contract is zod's, and so is what it finds wrong. */
const malformed = ({ issues, data }: ValidationError): Refusal[] =>
  refusalsOfIssues(issues as Parameters<typeof refusalsOfIssues>[0], data)

/**
 * Around every procedure, whatever the shell: who asks and may they (the contract's roles), then the shape, then the
 * work; refusals and faults leave by the errors that the contract declares, bugs are logged and leave as they are.
 */
export const os = implement(contract)
  .$context<Context>()
  .use(async ({ context, procedure, path, errors, next }) => {
    const { person, desk } = context
    const { roles } = procedure['~orpc'].meta
    if (!person) throw new ORPCError('UNAUTHORIZED')
    if (!roles.some((role) => person.roles.includes(role))) {
      throw errors.REFUSED({
        data: { refusals: [refusal('not-allowed', { given: person.roles.join(', '), allowed: roles.join(', ') })] },
      })
    }
    try {
      return await next({ context: { person } })
    } catch (error) {
      if (error instanceof Refused) throw errors.REFUSED({ data: { refusals: [...error.refusals] } })
      if (error instanceof ORPCError) {
        if (error.cause instanceof ValidationError && error.code === 'BAD_REQUEST') {
          throw errors.REFUSED({ data: { refusals: malformed(error.cause) } })
        }
        throw error
      }
      const fault = faultOf(error)
      const reference = `${desk.now().toString(36)}-${path.join('.')}`
      desk.log(
        `${reference} ${fault ?? 'bug'} ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      )
      if (fault) throw errors.FAULT({ data: { kind: fault, reference } })
      throw new ORPCError('INTERNAL_SERVER_ERROR', { message: reference })
    }
  })

/** What a handler of ours gets: the desk, and a person (the middleware saw to it). */
export type Asked = { readonly desk: Desk; readonly person: Person }

/**
 * One command: one transaction, one effect however often it is sent. `work` writes and returns a small receipt, which
 * is kept under the request's id; `answer` reads what the caller gets from it, now and on every repetition.
 */
export function runCommand<Receipt extends { [name: string]: number | string | boolean | readonly number[] }, Answer>(
  { desk, person }: Asked,
  path: readonly string[],
  input: { readonly requestId: string },
  changed: readonly Feature[],
  work: (db: Writer, stamp: Stamp) => Receipt,
  answer: (db: Reader, receipt: Receipt) => Answer,
): Answer {
  const procedure = path.join('.')
  const hash = contentHash(procedure, input)
  const earlier = findRequest(desk.database, input.requestId)
  if (earlier) {
    if (earlier.contentHash !== hash) refuse(refusal('request-reused', { given: input.requestId }))
    return answer(desk.database, earlier.answer as Receipt)
  }
  const receipt = transact(desk.database, (db) => {
    const stamp = { at: desk.now(), personId: person.personId }
    const written = work(db, stamp)
    recordRequest(db, { requestId: input.requestId, procedure, contentHash: hash, answer: written, ...stamp })
    return written
  })
  // Told only now, when it is on the disk.
  desk.changes.publish(changed)
  return answer(desk.database, receipt)
}
