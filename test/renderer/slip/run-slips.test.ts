import { describe, expect, it } from 'vitest'
import { refusal } from '../../../core/refusal.ts'
import { runSlips } from '../../../renderer/slip/run-slips.ts'
import { slipDocument } from '../print/papers.ts'

const slips = [1, 2, 3, 4].map((slipId) => slipDocument(1, { slipId, number: `DB-${slipId}` }).head)
const numbers = (heads: readonly { number: string }[]) => heads.map((head) => head.number)

describe('a run over many slips', () => {
  it('goes on after one that is refused, and says which and why', async () => {
    const progress: number[] = []
    const run = await runSlips(
      slips,
      async (slip) =>
        slip.slipId === 2
          ? { ok: false, refusals: [refusal('slip-not-open', { given: 'dispatched' })], fault: null }
          : { ok: true, value: null },
      (done) => progress.push(done),
      new AbortController().signal,
    )
    expect(numbers(run.done)).toEqual(['DB-1', 'DB-3', 'DB-4'])
    expect(run.failed.map(({ slip, outcome }) => [slip.number, outcome.refusals[0]!.code])).toEqual([
      ['DB-2', 'slip-not-open'],
    ])
    expect(run.left).toEqual([])
    expect(progress).toEqual([1, 2, 3, 4])
  })

  it('does one at a time, and when it is stopped leaves the rest untouched', async () => {
    const stop = new AbortController()
    let running = 0
    const run = await runSlips(
      slips,
      async (slip) => {
        running += 1
        expect(running).toBe(1)
        await Promise.resolve()
        running -= 1
        if (slip.slipId === 2) stop.abort()
        return { ok: true, value: null }
      },
      () => {},
      stop.signal,
    )
    expect(numbers(run.done)).toEqual(['DB-1', 'DB-2'])
    expect(numbers(run.left)).toEqual(['DB-3', 'DB-4'])
  })
})
