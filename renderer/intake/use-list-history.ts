import { useCallback, useMemo, useRef, useState } from 'react'
import type { ListState } from './list-rows.ts'
import { begin, type History, redo, step, undo } from './list-steps.ts'
import { pause } from './pause.ts'
import { atOnce, inTurns, shortList, type Work } from './work.ts'

export type Change = (state: ListState) => Work<ListState>

export type ListHistory = {
  readonly history: History
  /** One step, to be undone in one. Steps on a long list are done one after the other, in turns with the window. */
  readonly change: (next: Change) => void
  readonly undo: () => void
  readonly redo: () => void
  /** A change is taking so long that it must be said. */
  readonly changing: boolean
  /** Runs it when what was asked for so far is done and shown: at once where nothing is under way. */
  readonly whenSettled: (run: () => void) => void
}

/** Who waits for less sees nothing of it. */
const sayAfterMs = 300

/** The rows of a list with what was done to them. */
export function useListHistory(first: () => ListState): ListHistory {
  const [history, setHistory] = useState(() => begin(first()))
  const [changing, setChanging] = useState(false)
  const latest = useRef(history)
  /** The last of the changes that are under way; null when none is. */
  const last = useRef<Promise<void> | null>(null)

  const show = useCallback((next: History) => {
    latest.current = next
    setHistory(next)
  }, [])
  const queue = useCallback((work: () => Promise<void>) => {
    const before = last.current ?? Promise.resolve()
    const timer = setTimeout(() => setChanging(true), sayAfterMs)
    const mine: Promise<void> = before.then(work).finally(() => {
      clearTimeout(timer)
      if (last.current !== mine) return
      last.current = null
      setChanging(false)
    })
    last.current = mine
  }, [])
  const change = useCallback(
    (next: Change) => {
      const { now } = latest.current
      if (last.current === null && now.rows.length <= shortList) return show(step(latest.current, atOnce(next(now))))
      queue(async () => {
        const made = await inTurns(next(latest.current.now))
        if (made !== null) show(step(latest.current, made))
      })
    },
    [show, queue],
  )
  const move = useCallback(
    (by: (history: History) => History) => {
      if (last.current === null) show(by(latest.current))
      else queue(async () => show(by(latest.current)))
    },
    [show, queue],
  )
  const whenSettled = useCallback((run: () => void) => {
    if (last.current === null) return run()
    const wait = async () => {
      while (last.current !== null) await last.current
      await pause()
      run()
    }
    void wait()
  }, [])
  return useMemo(
    () => ({ history, change, undo: () => move(undo), redo: () => move(redo), changing, whenSettled }),
    [history, change, move, changing, whenSettled],
  )
}
