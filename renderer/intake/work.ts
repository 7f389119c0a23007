import { pause } from './pause.ts'

/**
 * Work on all rows of a list, which may be a hundred thousand: a generator that stands still between two rows now and
 * then, so that the same code does a short list at once and a long one in turns with the window.
 */
export type Work<Result> = Generator<void, Result, void>

/** Rows that are gone through at once without anybody noticing. */
export const shortList = 2000
/** How many rows the plainest work does between two looks at the clock; others divide by it. */
export const rowsAtATime = 128
/** The window draws and answers at least this often, and has as much time again on a slower machine. */
const turnMs = 10

export function atOnce<Result>(work: Work<Result>): Result {
  for (;;) {
    const { done, value } = work.next()
    if (done) return value
  }
}

/** @param isStale says that nobody wants it any more; gives null then. */
export async function inTurns<Result>(
  work: Work<Result>,
  isStale: () => boolean = () => false,
): Promise<Result | null> {
  // What it follows upon has had its share of this turn.
  await pause()
  let from = performance.now()
  for (;;) {
    if (isStale()) return null
    const { done, value } = work.next()
    if (done) return value
    if (performance.now() - from < turnMs) continue
    await pause()
    from = performance.now()
  }
}
