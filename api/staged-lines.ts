import { refusal } from '../core/refusal.ts'
import type { Database } from '../db/statement.ts'
import type { DeliveryLineInput, LinesToStage } from './contract/delivery.ts'
import { refuse } from './refused.ts'

/**
 * Lines of a long list on their way: handed over in portions, so that neither a window nor this thread is held up by all
 * of them at once, until the `postList` that names them comes. In memory only: what is lost on the way is sent again.
 */
type Staged = {
  readonly personId: number
  readonly requestId: string
  touchedAt: number
  senders: DeliveryLineInput[][]
}

/** More than any list that can be read has. */
const mostLines = 200_000
/** Of one person: what was left behind by a window that is gone makes room for what comes. */
const mostLists = 2
const keptMs = 10 * 60_000

const waiting = new WeakMap<Database, Staged[]>()

const countLines = ({ senders }: Staged): number => senders.reduce((sum, lines) => sum + (lines?.length ?? 0), 0)

/** Keeps lines behind those of their sender that came before; the same portion sent again takes its own place. */
export function stageLines(
  database: Database,
  asked: { readonly personId: number; readonly at: number; readonly input: LinesToStage },
): { readonly staged: number } {
  const { personId, at, input } = asked
  const all = (waiting.get(database) ?? []).filter((one) => at - one.touchedAt < keptMs)
  let found = all.find((one) => one.personId === personId && one.requestId === input.requestId)
  if (found === undefined) {
    found = { personId, requestId: input.requestId, touchedAt: at, senders: [] }
    const own = all.filter((one) => one.personId === personId)
    for (const oldest of own.slice(0, Math.max(0, own.length + 1 - mostLists))) all.splice(all.indexOf(oldest), 1)
    all.push(found)
  }
  waiting.set(database, all)
  found.touchedAt = at
  for (const { sender, from, lines } of input.portions) {
    const before = found.senders[sender] ?? []
    if (from > before.length)
      refuse(refusal('lines-missing', { given: before.length, allowed: from, about: { name: sender + 1 } }))
    before.length = from
    for (const line of lines) before.push(line)
    found.senders[sender] = before
  }
  const staged = countLines(found)
  if (staged > mostLines) {
    forgetStaged(database, personId, input.requestId)
    refuse(refusal('too-many', { field: 'lines', given: staged, allowed: mostLines }))
  }
  return { staged }
}

export function forgetStaged(database: Database, personId: number, requestId: string): void {
  takeStaged(database, personId, requestId)
}

/** The lines of each sender of a list, which are no longer kept then; null where there are none. */
export function takeStaged(
  database: Database,
  personId: number,
  requestId: string,
): readonly (readonly DeliveryLineInput[])[] | null {
  const all = waiting.get(database) ?? []
  const at = all.findIndex((one) => one.personId === personId && one.requestId === requestId)
  if (at === -1) return null
  const [found] = all.splice(at, 1)
  return found!.senders
}
