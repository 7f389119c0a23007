import { useCallback, useState } from 'react'
import type { Refusal } from '../../core/refusal.ts'
import { client, type Fault, newRequestId, sendCommand } from '../query.ts'
import type { Alert } from './alert-words.ts'

/** Puts alerts off, or takes that back: one command for each, stopped by the first that fails. */
export function useSnooze() {
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<{ refusals: readonly Refusal[]; fault: Fault | null }>({
    refusals: [],
    fault: null,
  })
  /** @returns how many were done. */
  const run = useCallback(async (alerts: readonly Pick<Alert, 'key'>[], untilOn: string | null): Promise<number> => {
    setBusy(true)
    setFailure({ refusals: [], fault: null })
    let done = 0
    for (const { key } of alerts) {
      const outcome = await sendCommand(client.alert.snooze, { requestId: newRequestId(), key, untilOn })
      if (!outcome.ok) {
        setFailure(outcome)
        break
      }
      done += 1
    }
    setBusy(false)
    return done
  }, [])
  return { run, busy, ...failure }
}
