import type { SlipHead } from '../../api/contract/round.ts'
import type { Outcome } from '../query.ts'

export type SlipFailure = { readonly slip: SlipHead; readonly outcome: Extract<Outcome<unknown>, { ok: false }> }

export type SlipRun = {
  readonly done: readonly SlipHead[]
  readonly failed: readonly SlipFailure[]
  /** Not tried, because the run was stopped. */
  readonly left: readonly SlipHead[]
}

/**
 * Does one thing to many slips, one after the other, each as a request of its own: one that is refused keeps none of the
 * others from being done, and a stop leaves whole slips behind, never half of one.
 */
export async function runSlips(
  slips: readonly SlipHead[],
  act: (slip: SlipHead) => Promise<Outcome<unknown>>,
  onProgress: (done: number) => void,
  signal: AbortSignal,
): Promise<SlipRun> {
  const done: SlipHead[] = []
  const failed: SlipFailure[] = []
  for (const [index, slip] of slips.entries()) {
    if (signal.aborted) return { done, failed, left: slips.slice(index) }
    const outcome = await act(slip)
    if (outcome.ok) done.push(slip)
    else failed.push({ slip, outcome })
    onProgress(index + 1)
  }
  return { done, failed, left: [] }
}
