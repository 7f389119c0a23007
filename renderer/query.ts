import { createTanstackQueryUtils } from '@orpc/tanstack-query'
import { QueryClient } from '@tanstack/react-query'
import { useCallback, useRef, useState } from 'react'
import type { Feature } from '../api/contract/session.ts'
import type { Refusal } from '../core/refusal.ts'
import { type ApiClient, createClient } from './client.ts'
import {
  type Call,
  type CommandInput,
  type Fault,
  isUnsure,
  newRequestId,
  type Outcome,
  outcomeOf,
  sendCommand,
} from './command.ts'

export { type Fault, newRequestId, type Outcome, outcomeOf, sendCommand } from './command.ts'

/** The one connection of this window, over whatever the shell provides. */
export const connection = createClient()
export const client: ApiClient = connection.client

/** Query options and keys: `useQuery(api.item.list.queryOptions({ input: { archived: false } }))`. */
export const api = createTanstackQueryUtils(client)

export const queryClient = new QueryClient({
  defaultOptions: {
    // Change events say when to read again; a refusal or a fault doesn't go away by asking twice.
    queries: { staleTime: Number.POSITIVE_INFINITY, retry: false, refetchOnWindowFocus: false, networkMode: 'always' },
  },
})

/** What a call gives: `Output<typeof client.stock.lots>`. */
export type Output<Call extends (...input: never[]) => Promise<unknown>> = Awaited<ReturnType<Call>>

/** Which queries show something of a feature and must be read again when it has changed. */
const shownBy: { readonly [name in Feature]: readonly (readonly string[])[] } = {
  item: [['chart'], ['item'], ['stock'], ['today'], ['search'], ['alert']],
  unit: [['chart'], ['unit'], ['stock'], ['today'], ['search'], ['slip'], ['alert']],
  supplier: [['supplier'], ['liaison'], ['search'], ['delivery']],
  depot: [['chart'], ['depot'], ['shelf'], ['search'], ['stock']],
  norm: [['chart'], ['norm'], ['unit', 'need'], ['stock'], ['today'], ['alert']],
  report: [['chart'], ['report'], ['unit'], ['liaison'], ['today'], ['alert']],
  delivery: [
    ['chart'],
    ['delivery'],
    ['supplier'],
    ['commitment'],
    ['liaison'],
    ['today'],
    ['search'],
    ['ledger'],
    ['hold'],
    ['alert'],
  ],
  stock: [['chart'], ['stock'], ['unit', 'need'], ['today'], ['ledger'], ['hold'], ['alert']],
  commitment: [['chart'], ['commitment'], ['liaison'], ['delivery', 'promises'], ['today'], ['alert']],
  policy: [['policy']],
  round: [['round', 'list'], ['round', 'get'], ['round', 'report'], ['today'], ['search']],
  slip: [
    ['chart'],
    ['slip'],
    ['round', 'list'],
    ['round', 'get'],
    ['unit', 'need'],
    ['today'],
    ['search'],
    ['ledger'],
    ['alert'],
  ],
  setting: [['chart'], ['setting'], ['session'], ['today'], ['stock'], ['alert']],
  draft: [['draft', 'list'], ['today']],
  request: [['request'], ['unit', 'need']],
  liaison: [['liaison'], ['supplier']],
  alias: [['alias']],
  ledger: [['chart'], ['ledger'], ['transfer'], ['hold'], ['stock'], ['today'], ['search'], ['alert']],
  backup: [['backup'], ['alert'], ['today']],
  stocktake: [['chart'], ['stocktake'], ['stock'], ['today']],
}

/**
 * Reads again what shows these features. `round.prepare` is left alone: a plan in the manager's hands changes when she
 * asks for it, not under her cursor.
 */
export async function rereadFeatures(features: readonly Feature[]): Promise<void> {
  const paths = new Map<string, readonly string[]>()
  for (const feature of features) for (const path of shownBy[feature]) paths.set(path.join('.'), path)
  await Promise.all([...paths.values()].map((path) => queryClient.invalidateQueries({ queryKey: [path] })))
}

/** The request's id is made here, unless the screen keeps its own (a draft that may be sent again after a crash). */
export type Unnumbered<Input> = Omit<Input, 'requestId'> & { readonly requestId?: string }

export type Command<Input, Output> = {
  readonly run: (input: Unnumbered<Input>) => Promise<Outcome<Output>>
  readonly busy: boolean
  readonly refusals: readonly Refusal[]
  readonly fault: Fault | null
  readonly clear: () => void
}

const nothingFailed: { refusals: readonly Refusal[]; fault: Fault | null } = { refusals: [], fault: null }

/**
 * A command of this screen: `const post = useCommand(client.delivery.post)`. One intention has one request id: the same
 * input sent again after a lost connection keeps it, so that it takes effect once; changed input gets a new one.
 */
export function useCommand<Input extends CommandInput, Output>(call: Call<Input, Output>): Command<Input, Output> {
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<{ refusals: readonly Refusal[]; fault: Fault | null }>(nothingFailed)
  const pending = useRef<{ content: string; requestId: string } | null>(null)
  const latest = useRef(call)
  latest.current = call

  const run = useCallback(async (unnumbered: Unnumbered<Input>): Promise<Outcome<Output>> => {
    const content = JSON.stringify(unnumbered)
    if (pending.current?.content !== content) {
      pending.current = { content, requestId: unnumbered.requestId ?? newRequestId() }
    }
    const input = { ...unnumbered, requestId: pending.current.requestId } as unknown as Input
    setBusy(true)
    const outcome = await sendCommand(latest.current, input)
    if (outcome.ok || !isUnsure(outcome.fault)) pending.current = null
    setFailure(outcome.ok ? nothingFailed : outcome)
    setBusy(false)
    return outcome
  }, [])
  const clear = useCallback(() => setFailure(nothingFailed), [])
  return { run, busy, refusals: failure.refusals, fault: failure.fault, clear }
}

/**
 * Listens for changes as long as the window lives, so that every open screen shows what the ledger says now. After a
 * lost connection everything is read again, since changes may have been missed.
 */
export function followChanges(): () => void {
  let stopped = false
  let stop = () => {}
  const follow = async () => {
    while (!stopped) {
      try {
        const changes = await client.session.changes()
        stop = () => void changes.return?.()
        for await (const change of changes) {
          if (stopped) return
          void rereadFeatures(change.features)
        }
      } catch (error) {
        if (outcomeOf(error).fault?.kind === 'not-signed-in') return
      }
      await new Promise((resolve) => setTimeout(resolve, 500))
    }
  }
  void follow()
  const forget = connection.onReconnected(() => void queryClient.invalidateQueries())
  return () => {
    stopped = true
    forget()
    stop()
  }
}
