import { isDefinedError } from '@orpc/client'
import { createTanstackQueryUtils } from '@orpc/tanstack-query'
import { QueryClient } from '@tanstack/react-query'
import { useCallback, useRef, useState } from 'react'
import type { Feature } from '../api/contract/session.ts'
import type { Refusal } from '../core/refusal.ts'
import { type ApiClient, ConnectionError, createClient } from './client.ts'

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

/** A UUIDv7 from `crypto.getRandomValues` (`randomUUID` is missing in a browser on plain http). */
export function newRequestId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  const now = Date.now()
  for (let index = 0; index < 6; index++) bytes[index] = Math.floor(now / 2 ** (8 * (5 - index))) & 0xff
  bytes[6] = (bytes[6]! & 0x0f) | 0x70
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** Which queries show something of a feature and must be read again when it has changed. */
const shownBy: { readonly [name in Feature]: readonly (readonly string[])[] } = {
  item: [['item'], ['stock'], ['today'], ['search'], ['alert']],
  unit: [['unit'], ['stock'], ['today'], ['search'], ['slip'], ['alert']],
  supplier: [['supplier'], ['search'], ['delivery']],
  depot: [['depot'], ['search'], ['stock']],
  norm: [['norm'], ['unit', 'need'], ['stock'], ['today'], ['alert']],
  report: [['report'], ['unit'], ['today'], ['alert']],
  delivery: [['delivery'], ['supplier'], ['commitment'], ['today'], ['search'], ['ledger'], ['hold'], ['alert']],
  stock: [['stock'], ['unit', 'need'], ['today'], ['ledger'], ['hold'], ['alert']],
  commitment: [['commitment'], ['delivery', 'promises'], ['today'], ['alert']],
  policy: [['policy']],
  round: [['round', 'list'], ['round', 'get'], ['round', 'report'], ['today'], ['search']],
  slip: [['slip'], ['round', 'list'], ['round', 'get'], ['unit', 'need'], ['today'], ['search'], ['ledger'], ['alert']],
  setting: [['setting'], ['session'], ['today'], ['stock'], ['alert']],
  draft: [['draft', 'list'], ['today']],
  request: [['request'], ['unit', 'need']],
  liaison: [['liaison'], ['supplier']],
  alias: [['alias']],
  ledger: [['ledger'], ['transfer'], ['hold'], ['stock'], ['today'], ['search'], ['alert']],
  stocktake: [['stocktake'], ['stock'], ['today']],
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

/** What went wrong besides a refusal. `reference` finds it in the log. */
export type Fault = {
  readonly kind: 'busy' | 'disk-full' | 'read-only' | 'damaged' | 'io' | 'unknown' | 'connection' | 'not-signed-in'
  readonly reference: string
}

export type Outcome<Output> =
  | { readonly ok: true; readonly value: Output }
  | { readonly ok: false; readonly refusals: readonly Refusal[]; readonly fault: Fault | null }

/** Turns what a call throws into a refusal or a fault; nothing is swallowed: an unknown error is logged. */
export function outcomeOf(error: unknown): { refusals: readonly Refusal[]; fault: Fault | null } {
  if (error instanceof Error && isDefinedError(error)) {
    const data: unknown = Reflect.get(error, 'data')
    const code: unknown = Reflect.get(error, 'code')
    if (code === 'REFUSED') return { refusals: (data as { refusals: Refusal[] }).refusals, fault: null }
    if (code === 'FAULT') return { refusals: [], fault: data as Fault }
  }
  if (error instanceof ConnectionError) {
    return { refusals: [], fault: { kind: error.status === 401 ? 'not-signed-in' : 'connection', reference: '' } }
  }
  console.warn('a call failed', error)
  return { refusals: [], fault: { kind: 'unknown', reference: error instanceof Error ? error.message : '' } }
}

type CommandInput = { readonly requestId: string }
type Call<Input, Output> = (input: Input) => Promise<Output>
/** The request's id is made here, unless the screen keeps its own (a draft that may be sent again after a crash). */
export type Unnumbered<Input> = Omit<Input, 'requestId'> & { readonly requestId?: string }

export type Command<Input, Output> = {
  readonly run: (input: Unnumbered<Input>) => Promise<Outcome<Output>>
  readonly busy: boolean
  readonly refusals: readonly Refusal[]
  readonly fault: Fault | null
  readonly clear: () => void
}

/** Faults after which nobody knows whether the command took effect; sending the same request again is safe. */
const unsure = (fault: Fault | null) => fault !== null && fault.kind === 'connection'
const retryAfterMs = [250, 1000, 3000]

/**
 * Sends a command under one request id, again under the same id when the connection was lost on the way.
 * @param requestId made once per intention.
 */
export async function sendCommand<Input extends CommandInput, Output>(
  call: Call<Input, Output>,
  input: Input,
): Promise<Outcome<Output>> {
  for (let attempt = 0; ; attempt++) {
    try {
      return { ok: true, value: await call(input) }
    } catch (error) {
      const { refusals, fault } = outcomeOf(error)
      const wait = retryAfterMs[attempt]
      if (!unsure(fault) || wait === undefined) return { ok: false, refusals, fault }
      await new Promise((resolve) => setTimeout(resolve, wait))
    }
  }
}

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
    if (outcome.ok || !unsure(outcome.fault)) pending.current = null
    setFailure(outcome.ok ? nothingFailed : outcome)
    setBusy(false)
    return outcome
  }, [])
  const clear = useCallback(() => setFailure(nothingFailed), [])
  return { run, busy, refusals: failure.refusals, fault: failure.fault, clear }
}

const nothingFailed: { refusals: readonly Refusal[]; fault: Fault | null } = { refusals: [], fault: null }

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
