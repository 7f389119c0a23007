import { useQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { PolicyRow, RoundChoice } from '../../api/contract/round.ts'
import type { Rung } from '../../core/allocation/problem.ts'
import { plainRung } from '../../core/policy.ts'
import type { Refusal } from '../../core/refusal.ts'
import { client, type Fault, outcomeOf } from '../query.ts'
import { changedInputs } from './changed-inputs.ts'
import type { RoundInputs, Work } from './round-model.ts'
import { changeState, openState, type RoundAction, type RoundState } from './round-state.ts'

/** Rungs of the contract as the engine takes them: a field that is not there, not one that is undefined. */
export function rungsOfPolicy(policy: PolicyRow): readonly Rung[] {
  return policy.rungs.map(plainRung)
}

export async function readInputs(
  choice: RoundChoice,
  policy: PolicyRow,
  tierOf: (unitId: number) => number,
): Promise<RoundInputs> {
  const prepared = await client.round.prepare(choice)
  const tiers = new Map(prepared.problem.units.map((unit) => [unit.unit, unit.tier]))
  return {
    ...prepared,
    units: prepared.units.map((unit) => ({ ...unit, tier: tiers.get(unit.code) ?? tierOf(unit.unitId) })),
    policy: { rungs: rungsOfPolicy(policy), horizonDays: policy.horizonDays },
  }
}

type Failure = { readonly refusals: readonly Refusal[]; readonly fault: Fault | null }

export type RoundStore = {
  /** null until the first problem is read. */
  readonly state: RoundState | null
  readonly reading: boolean
  readonly failure: Failure | null
  /** Stock or needs are others than those of the plan. */
  readonly stale: boolean
  readonly dispatch: (action: RoundAction) => void
  /** Reads the problem of a choice; pins and sliders stay, or start from `work`. */
  readonly load: (choice: RoundChoice, policy: PolicyRow, work?: Work) => Promise<void>
  /** What is being read is no longer wanted. */
  readonly cancel: () => void
  /** Takes inputs that were read elsewhere (on approval). */
  readonly rebase: (inputs: RoundInputs, choice: RoundChoice) => void
}

/** The round on the screen: read from the server, solved here. */
export function useRound(tierOf: (unitId: number) => number): RoundStore {
  const [state, setState] = useState<RoundState | null>(null)
  const [reading, setReading] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const newest = useRef(0)

  const dispatch = useCallback((action: RoundAction) => {
    setState((present) => (present ? changeState(present, action) : present))
  }, [])

  const load = useCallback(
    async (choice: RoundChoice, policy: PolicyRow, work?: Work) => {
      const mine = ++newest.current
      setReading(true)
      try {
        const inputs = await readInputs(choice, policy, tierOf)
        if (mine !== newest.current) return
        setFailure(null)
        setState((present) =>
          present && work === undefined
            ? changeState(present, { kind: 'rebase', inputs, choice })
            : openState(choice, inputs, work),
        )
      } catch (error) {
        if (mine === newest.current) setFailure(outcomeOf(error))
      } finally {
        if (mine === newest.current) setReading(false)
      }
    },
    [tierOf],
  )

  const cancel = useCallback(() => {
    newest.current++
    setReading(false)
  }, [])

  const rebase = useCallback((inputs: RoundInputs, choice: RoundChoice) => {
    setState((present) => (present ? changeState(present, { kind: 'rebase', inputs, choice }) : present))
  }, [])

  const stale = useStale(state)
  return useMemo(
    () => ({ state, reading, failure, stale, dispatch, load, cancel, rebase }),
    [state, reading, failure, stale, dispatch, load, cancel, rebase],
  )
}

/**
 * Whether the server would now give another problem for the same choice. Asked again whenever stock, units, norms, items
 * or reports change: the keys lie under theirs. The plan itself stays as it is until the manager asks.
 */
function useStale(state: RoundState | null): boolean {
  const { choice, inputs } = state?.round ?? {}
  const watch = (path: string) => ({
    queryKey: [[path, 'watch-round'], inputs?.problemHash] as const,
    queryFn: async () => (choice ? (await client.round.prepare(choice)).problem : null),
    enabled: choice !== undefined,
    initialData: inputs?.problem ?? null,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
  const stock = useQuery(watch('stock'))
  const report = useQuery(watch('report'))
  const planned = inputs?.problem
  return useMemo(
    () =>
      planned !== undefined &&
      [stock.data, report.data].some((now) => now && now !== planned && changedInputs(planned, now) !== null),
    [planned, stock.data, report.data],
  )
}

/** Saves text a moment after it has changed, at least once a second while it goes on changing, and when the window goes. */
export function useSavedText(content: string | null, save: (content: string) => Promise<unknown>) {
  const [status, setStatus] = useState<'none' | 'saving' | 'saved' | 'failed'>('none')
  const saved = useRef<string | null>(null)
  const pending = useRef<string | null>(null)
  const since = useRef(0)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const latest = useRef(save)
  latest.current = save

  const flush = useCallback(async () => {
    clearTimeout(timer.current)
    const text = pending.current
    if (text === null) return
    pending.current = null
    try {
      await latest.current(text)
      saved.current = text
      setStatus(pending.current === null ? 'saved' : 'saving')
    } catch {
      setStatus('failed')
    }
  }, [])

  useEffect(() => {
    if (content === null || content === saved.current) return
    if (saved.current === null && pending.current === null && status === 'none') {
      // The text as it was opened is not a change.
      saved.current = content
      return
    }
    const now = performance.now()
    if (pending.current === null) since.current = now
    pending.current = content
    setStatus('saving')
    clearTimeout(timer.current)
    timer.current = setTimeout(() => void flush(), Math.max(0, Math.min(300, since.current + 800 - now)))
  }, [content, flush, status])

  useEffect(() => {
    const leave = () => void flush()
    window.addEventListener('pagehide', leave)
    return () => {
      window.removeEventListener('pagehide', leave)
      leave()
    }
  }, [flush])

  const forget = useCallback(() => {
    clearTimeout(timer.current)
    pending.current = null
  }, [])
  return { status, flush, forget }
}
