import { refusal } from '../core/refusal.ts'
import type { Database } from '../db/statement.ts'
import { canRunAside, runAside, whenWritable } from '../db/write-aside.ts'
import { type AskedCommand, takeEffectOnce } from './command.ts'
import type { DeliveryLineInput, ListToPost, SenderLines } from './contract/delivery.ts'
import { Refused, refuse } from './refused.ts'
import { forgetStaged, takeStaged } from './staged-lines.ts'
import { type ListReceipt, writeList } from './write-list.ts'

/**
 * Posting a long list without holding up the other windows: the same work as in place, on a thread of its own
 * (post-list-thread.ts), all of it in one transaction.
 */
export type AskedList = AskedCommand & { readonly input: ListToPost }
type Posted = { readonly receipt: ListReceipt; readonly repeated: boolean }
export type ListAnswer =
  | { readonly kind: 'posted'; readonly posted: Posted }
  | { readonly kind: 'refused'; readonly refusals: Refused['refusals'] }

/** What travels to the thread: the question without its lines, then the lines of the senders in portions. */
export type ListPart =
  | { readonly kind: 'head'; readonly asked: AskedList; readonly today: string }
  | { readonly kind: 'lines'; readonly sender: number; readonly lines: readonly DeliveryLineInput[] }

/** Few enough that handing them over takes a few milliseconds. */
const portion = 1000
/** Where the build and the source have it. */
const thread = 'api/post-list-thread'
/** A thread of its own takes longer to start than this many lines take to write. */
const linesInPlace = 200

type UnderWay = { readonly personId: number; readonly stop: AbortController; done: number; total: number }
const underWay = new WeakMap<Database, Map<string, UnderWay>>()

const underWayOf = (database: Database): Map<string, UnderWay> => {
  const known = underWay.get(database) ?? new Map<string, UnderWay>()
  underWay.set(database, known)
  return known
}

/** Lines done and lines in all, or null when no such list of this person is being posted. */
export function progressOfList(database: Database, personId: number, requestId: string) {
  const found = underWayOf(database).get(requestId)
  return found?.personId === personId ? { done: found.done, total: found.total } : null
}

/**
 * Asks that the posting be undone. True when it is under way; it may still be done before it hears of it. Lines that only
 * wait for it are forgotten.
 */
export function stopList(database: Database, personId: number, requestId: string): boolean {
  forgetStaged(database, personId, requestId)
  const found = underWayOf(database).get(requestId)
  if (found?.personId !== personId) return false
  found.stop.abort()
  return true
}

/** The deliveries of a list, all or none, once. Throws `Refused`, also when it was stopped. */
export async function postListAside(database: Database, given: AskedList, today: string): Promise<Posted> {
  const asked = withStaged(database, given)
  const total = asked.input.deliveries.reduce((sum, { lines }) => sum + lines.length, 0)
  if (total <= linesInPlace || !canRunAside(database, thread)) {
    await whenWritable(database)
    return takeEffectOnce(database, asked, (db, stamp) => writeList(db, stamp, asked.input, today, () => {}))
  }
  const { requestId } = asked.input
  const all = underWayOf(database)
  const one: UnderWay = { personId: asked.personId, stop: new AbortController(), done: 0, total }
  if (!all.has(requestId)) all.set(requestId, one)
  try {
    const answer = await runAside<ListPart, ListAnswer>(database, thread, partsOf(asked, today), {
      signal: one.stop.signal,
      onProgress(done) {
        one.done = done
      },
    })
    if (answer.kind === 'refused') return refuse(...answer.refusals)
    return answer.posted
  } finally {
    if (all.get(requestId) === one) all.delete(requestId)
  }
}

/** The question with the lines that were handed over before: the same content, and the same hash, as sent in one piece. */
function withStaged(database: Database, asked: AskedList): AskedList {
  const { requestId, deliveries } = asked.input
  const staged = takeStaged(database, asked.personId, requestId) ?? []
  return {
    ...asked,
    input: {
      ...asked.input,
      deliveries: deliveries.map((sender, index) => {
        const before = staged[index] ?? []
        if (before.length !== sender.staged)
          refuse(
            refusal('lines-missing', {
              given: before.length,
              allowed: sender.staged,
              about: { name: sender.newSupplier?.name ?? sender.writtenAs[0] ?? index + 1 },
            }),
          )
        return sender.staged === 0 ? sender : { ...sender, staged: 0, lines: [...before, ...sender.lines] }
      }),
    },
  }
}

function* partsOf(asked: AskedList, today: string): Generator<ListPart> {
  const deliveries = asked.input.deliveries.map((sender) => ({ ...sender, lines: [] }))
  yield { kind: 'head', asked: { ...asked, input: { ...asked.input, deliveries } }, today }
  for (const [sender, { lines }] of asked.input.deliveries.entries())
    for (let at = 0; at < lines.length; at += portion)
      yield { kind: 'lines', sender, lines: lines.slice(at, at + portion) }
}

/** The question put together again as it was asked: its hash is over all of it. */
function joinParts(parts: readonly ListPart[]): { readonly asked: AskedList; readonly today: string } {
  const [head] = parts
  if (head?.kind !== 'head') throw new Error('the list came without its head')
  const lines: DeliveryLineInput[][] = head.asked.input.deliveries.map(() => [])
  for (const part of parts) if (part.kind === 'lines') for (const line of part.lines) lines[part.sender]!.push(line)
  const deliveries = head.asked.input.deliveries.map(
    (sender, index): SenderLines => ({ ...sender, lines: lines[index]! }),
  )
  return { asked: { ...head.asked, input: { ...head.asked.input, deliveries } }, today: head.today }
}

/** In the thread. `tick` is told lines done and in all, and says whether to go on. */
export function answerList(
  database: Database,
  parts: readonly ListPart[],
  tick: (done: number, total: number) => boolean,
): ListAnswer {
  const { asked, today } = joinParts(parts)
  const total = asked.input.deliveries.reduce((sum, { lines }) => sum + lines.length, 0)
  // Each line is looked at, then written; the writing takes nearly all of the time.
  let looked = 0
  let written = 0
  const work = (lines: number) => {
    if (looked < total) looked += lines
    else written += lines
    if ((looked < total || written % 500 === 0) && !tick(Math.min(written, total), total)) refuse(refusal('stopped'))
  }
  try {
    const posted = takeEffectOnce(database, asked, (db, stamp) => {
      const receipt = writeList(db, stamp, asked.input, today, work)
      if (!tick(total, total)) refuse(refusal('stopped'))
      return receipt
    })
    return { kind: 'posted', posted }
  } catch (error) {
    if (error instanceof Refused) return { kind: 'refused', refusals: error.refusals }
    throw error
  }
}
