import { isDefinedError } from '@orpc/client'
import type { Refusal } from '../core/refusal.ts'
import { ConnectionError } from './client.ts'

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

export type CommandInput = { readonly requestId: string }
export type Call<Input, Output> = (input: Input) => Promise<Output>
/** Faults after which nobody knows whether the command took effect; sending the same request again is safe. */
export const isUnsure = (fault: Fault | null) => fault !== null && fault.kind === 'connection'
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
      if (!isUnsure(fault) || wait === undefined) return { ok: false, refusals, fault }
      await new Promise((resolve) => setTimeout(resolve, wait))
    }
  }
}
