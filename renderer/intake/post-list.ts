import type { DeliveryLineInput, ListToPost, PostedList, SenderLines } from '../../api/contract/delivery.ts'
import type { Outcome } from '../command.ts'

/** Lines in one message: few enough that writing it holds up neither the window nor the host. */
const portion = 1000

type Portion = { readonly sender: number; readonly from: number; readonly lines: readonly DeliveryLineInput[] }

/** The lines of all senders in their order, so many to a message at most. */
export function* portionsOf(deliveries: readonly SenderLines[], most = portion): Generator<Portion[]> {
  let message: Portion[] = []
  let room = most
  for (const [sender, { lines }] of deliveries.entries()) {
    for (let from = 0; from < lines.length; ) {
      const taken = lines.slice(from, from + room)
      message.push({ sender, from, lines: taken })
      from += taken.length
      room -= taken.length
      if (room > 0) continue
      yield message
      message = []
      room = most
    }
  }
  if (message.length > 0) yield message
}

/** The two calls of the host that it takes. */
export type ListPosting = {
  readonly stage: (input: { requestId: string; portions: Portion[] }) => Promise<Outcome<unknown>>
  readonly post: (input: ListToPost) => Promise<Outcome<PostedList>>
}

/**
 * Posts a list, one that is too long for a message in portions beforehand. Null when it was stopped before it was asked
 * for. What the host has lost meanwhile (it was started again) is handed over once more.
 * @param onSent hears how many lines have been handed over.
 */
export async function postList(
  input: ListToPost,
  { stage, post }: ListPosting,
  watch: { readonly onSent: (lines: number) => void; readonly isStopped: () => boolean },
): Promise<Outcome<PostedList> | null> {
  const total = input.deliveries.reduce((sum, { lines }) => sum + lines.length, 0)
  if (total <= portion) return post(input)
  const { requestId } = input
  const named = {
    ...input,
    deliveries: input.deliveries.map((one) => ({ ...one, staged: one.lines.length, lines: [] })),
  }
  for (let attempt = 0; ; attempt += 1) {
    let sent = 0
    for (const portions of portionsOf(input.deliveries)) {
      if (watch.isStopped()) return null
      const staged = await stage({ requestId, portions })
      if (!staged.ok) {
        if (attempt === 0 && isLost(staged)) break
        return staged
      }
      sent += portions.reduce((sum, { lines }) => sum + lines.length, 0)
      watch.onSent(sent)
    }
    if (watch.isStopped()) return null
    if (sent < total) continue
    const outcome = await post(named)
    if (outcome.ok || attempt > 0 || !isLost(outcome)) return outcome
  }
}

const isLost = (outcome: Outcome<unknown>): boolean =>
  !outcome.ok && outcome.refusals.some(({ code }) => code === 'lines-missing')
