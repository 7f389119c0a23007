import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createDraftSaver, type SavingState } from '../../../renderer/delivery/draft-saver.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function saverOf(put: (content: string) => Promise<number>) {
  const states: SavingState['kind'][] = []
  const removed: number[] = []
  const saver = createDraftSaver({
    put,
    remove: async () => void removed.push(1),
    onState: (state) => states.push(state.kind),
  })
  return { saver, states, removed }
}

describe('the draft saver', () => {
  it('has every change on its way within a second, however fast one types on', async () => {
    const puts: { content: string; at: number }[] = []
    const { saver } = saverOf(async (content) => {
      puts.push({ content, at: Date.now() })
      return Date.now()
    })
    const typed: { content: string; at: number }[] = []
    for (let key = 1; key <= 40; key++) {
      typed.push({ content: `typed ${key}`, at: Date.now() })
      saver.change(`typed ${key}`)
      await vi.advanceTimersByTimeAsync(70)
    }
    await vi.advanceTimersByTimeAsync(1000)
    for (const [index, change] of typed.entries()) {
      // Saved is the change itself or a later one.
      const put = puts.find((one) => Number(one.content.slice(6)) >= index + 1)!
      expect(put.at - change.at).toBeLessThanOrEqual(1000)
    }
    expect(puts.length).toBeLessThan(12)
  })

  it('saves nothing twice', async () => {
    const put = vi.fn(async () => 1)
    const { saver } = saverOf(put)
    saver.change('a')
    await vi.advanceTimersByTimeAsync(500)
    saver.change('a')
    await vi.advanceTimersByTimeAsync(2000)
    expect(put).toHaveBeenCalledTimes(1)
  })

  it('tries again when it could not be saved, with the newest', async () => {
    let failing = true
    const puts: string[] = []
    const { saver, states } = saverOf(async (content) => {
      if (failing) throw new Error('no connection')
      puts.push(content)
      return 1
    })
    saver.change('a')
    await vi.advanceTimersByTimeAsync(500)
    expect(states.at(-1)).toBe('failed')
    saver.change('b')
    failing = false
    await vi.advanceTimersByTimeAsync(3000)
    expect(puts).toEqual(['b'])
    expect(states.at(-1)).toBe('saved')
  })

  it('saves what is waiting at once when the window closes', async () => {
    const puts: string[] = []
    const { saver } = saverOf(async (content) => puts.push(content))
    saver.change('a')
    await saver.flush()
    expect(puts).toEqual(['a'])
  })

  it('puts no draft back after it was posted', async () => {
    const put = vi.fn(async () => 1)
    const { saver } = saverOf(put)
    saver.change('a')
    saver.stop()
    saver.change('b')
    await vi.advanceTimersByTimeAsync(5000)
    expect(put).not.toHaveBeenCalled()
  })

  it('removes a draft from which everything was taken out again', async () => {
    const { saver, removed, states } = saverOf(async () => 1)
    saver.change('a')
    await vi.advanceTimersByTimeAsync(500)
    saver.change(null)
    await vi.advanceTimersByTimeAsync(500)
    expect(removed).toHaveLength(1)
    expect(states.at(-1)).toBe('idle')
  })
})
