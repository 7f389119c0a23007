import { ORPCError } from '@orpc/client'
import { describe, expect, it } from 'vitest'
import { refusal } from '../../core/refusal.ts'
import { ConnectionError } from '../../renderer/client.ts'
import { newRequestId, outcomeOf, sendCommand } from '../../renderer/command.ts'

const input = { requestId: newRequestId() }

describe('a command', () => {
  it('is sent again under the same id when the connection was lost, until it is answered', async () => {
    const seen: string[] = []
    const outcome = await sendCommand(async ({ requestId }) => {
      seen.push(requestId)
      if (seen.length < 3) throw new ConnectionError('lost')
      return 'done'
    }, input)
    expect(outcome).toEqual({ ok: true, value: 'done' })
    expect(seen).toEqual([input.requestId, input.requestId, input.requestId])
  })

  it('is not sent again when it was refused', async () => {
    let calls = 0
    const refusals = [refusal('required', { field: 'name' })]
    const outcome = await sendCommand(async () => {
      calls += 1
      throw new ORPCError('REFUSED', { defined: true, data: { refusals } })
    }, input)
    expect(outcome).toEqual({ ok: false, refusals, fault: null })
    expect(calls).toBe(1)
  })

  it('says that nobody is signed in, and does not try again', async () => {
    let calls = 0
    const outcome = await sendCommand(async () => {
      calls += 1
      throw new ConnectionError('nobody', { status: 401 })
    }, input)
    expect(outcome).toMatchObject({ ok: false, fault: { kind: 'not-signed-in' } })
    expect(calls).toBe(1)
  })

  it('passes on a fault with its reference', () => {
    const error = new ORPCError('FAULT', { defined: true, data: { kind: 'disk-full', reference: 'f-7' } })
    expect(outcomeOf(error)).toEqual({ refusals: [], fault: { kind: 'disk-full', reference: 'f-7' } })
  })
})

it('makes ids of version 7 that sort by time and never repeat', () => {
  const ids = Array.from({ length: 1000 }, newRequestId)
  expect(new Set(ids).size).toBe(1000)
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(Math.abs(Number.parseInt(ids[0]!.replace('-', '').slice(0, 12), 16) - Date.now())).toBeLessThan(60_000)
})
