/** Where a promise stands on a day: closed by hand, fulfilled, overdue, or open. */
export function stateOf(
  promise: { readonly closedAt: number | null; readonly outstandingBase: number; readonly dueOn: string },
  today: string,
): 'closed' | 'done' | 'overdue' | 'open' {
  if (promise.closedAt !== null) return 'closed'
  if (promise.outstandingBase <= 0) return 'done'
  return promise.dueOn < today ? 'overdue' : 'open'
}

/** Fulfilment = delivered / promised, in whole percent rounded down; null where nothing is promised. */
export function fulfilmentPercent(promisedBase: number, deliveredBase: number): number | null {
  return promisedBase > 0 ? Math.floor((deliveredBase * 100) / promisedBase) : null
}
