/** One line of the table that `npm run bench` prints: ours beside a baseline of the same run. */
export type Row = {
  readonly task: string
  readonly baseline: string
  readonly ours: string
  readonly baselineMs: number
  readonly oursMs: number
  /** ours ÷ baseline */
  readonly ratio: number
  readonly goal: string
  readonly met: boolean
}

/** A row whose goal is a bound on the ratio, and on `oursMs` when `limitMs` is given. */
export function row(
  about: { readonly task: string; readonly baseline: string; readonly ours: string },
  measured: { readonly baselineMs: number; readonly oursMs: number },
  goal: { readonly ratio: number; readonly limitMs?: number },
): Row {
  const ratio = measured.oursMs / measured.baselineMs
  const withinLimit = goal.limitMs === undefined || measured.oursMs <= goal.limitMs
  return {
    ...about,
    ...measured,
    ratio,
    goal: `≤ ${goal.ratio}×${goal.limitMs === undefined ? '' : `, ≤ ${goal.limitMs} ms`}`,
    met: ratio <= goal.ratio && withinLimit,
  }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

type Work = () => unknown

/**
 * Milliseconds of each, as medians of `repeats` rounds in which the two take turns in changing order: what the machine
 * does meanwhile hits both alike. A few rounds beforehand are not counted.
 */
export async function takeTurns(
  repeats: number,
  baseline: Work,
  ours: Work,
): Promise<{ baselineMs: number; oursMs: number }> {
  const times: [number[], number[]] = [[], []]
  const works = [baseline, ours] as const
  const warmup = Math.min(3, Math.ceil(repeats / 5))
  for (let round = -warmup; round < repeats; round += 1) {
    for (const index of round % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) {
      const start = performance.now()
      await works[index]()
      const elapsed = performance.now() - start
      if (round >= 0) times[index].push(elapsed)
    }
  }
  return { baselineMs: median(times[0]), oursMs: median(times[1]) }
}
