import { implement, ORPCError, ValidationError } from '@orpc/server'
import { type Refusal, refusal } from '../core/refusal.ts'
import type { Person } from '../core/role.ts'
import type { Stamp } from '../db/audit.ts'
import type { Reader, Writer } from '../db/statement.ts'
import { whenWritable } from '../db/write-aside.ts'
import { type Receipt, takeEffectOnce } from './command.ts'
import type { Context, Desk } from './context.ts'
import { contract } from './contract/contract.ts'
import { refusalsOfIssues } from './contract/malformed.ts'
import type { Feature } from './contract/session.ts'
import { faultOf } from './fault.ts'
import { Refused } from './refused.ts'

export { refuse } from './refused.ts'

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
export async function runCommand<Given extends Receipt, Answer>(
  { desk, person }: Asked,
  path: readonly string[],
  input: { readonly requestId: string },
  changed: readonly Feature[],
  work: (db: Writer, stamp: Stamp) => Given,
  answer: (db: Reader, receipt: Given) => Answer,
): Promise<Answer> {
  await whenWritable(desk.database)
  const asked = { procedure: path.join('.'), input, at: desk.now(), personId: person.personId }
  const { receipt, repeated } = takeEffectOnce(desk.database, asked, work)
  // Told only now, when it is on the disk.
  if (!repeated) desk.changes.publish(changed)
  return answer(desk.database, receipt)
}
