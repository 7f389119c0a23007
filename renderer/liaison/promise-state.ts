import type { client, Output } from '../query.ts'

export type Promised = Output<typeof client.commitment.list>[number]

/**
 * late: due before today and not all delivered; short: late, and a part has come; due: due today; open: due later;
 * done: all delivered; closed: closed by hand.
 */
export type PromiseState = 'late' | 'short' | 'due' | 'open' | 'done' | 'closed'

type Facts = Pick<Promised, 'closedAt' | 'outstandingBase' | 'deliveredBase' | 'dueOn'>

export function promiseState(promise: Facts, today: string): PromiseState {
  if (promise.closedAt !== null) return 'closed'
  if (promise.outstandingBase <= 0) return 'done'
  if (promise.dueOn < today) return promise.deliveredBase > 0 ? 'short' : 'late'
  return promise.dueOn === today ? 'due' : 'open'
}

const order: Readonly<Record<PromiseState, number>> = { late: 0, short: 0, due: 1, open: 2, done: 3, closed: 4 }

/** What is missing first, the oldest in front; then what comes; then what is over, the newest in front. */
export function sortPromises(promises: readonly Promised[], today: string): Promised[] {
  return [...promises].sort((left, right) => {
    const place = order[promiseState(left, today)] - order[promiseState(right, today)]
    if (place !== 0) return place
    const byDay = left.dueOn < right.dueOn ? -1 : left.dueOn > right.dueOn ? 1 : left.commitmentId - right.commitmentId
    return order[promiseState(left, today)] >= order.done ? -byDay : byDay
  })
}
