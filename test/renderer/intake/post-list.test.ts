import { describe, expect, it } from 'vitest'
import type { ListToPost, PostedList } from '../../../api/contract/delivery.ts'
import { refusal } from '../../../core/refusal.ts'
import type { Outcome } from '../../../renderer/command.ts'
import { type ListPosting, portionsOf, postList } from '../../../renderer/intake/post-list.ts'

const listOf = (...lines: readonly number[]): ListToPost => ({
  requestId: 'r',
  depotId: 1,
  businessDate: '2026-11-24',
  note: '',
  inspect: false,
  list: null,
  deliveries: lines.map((count, sender) => ({
    postingId: `p${sender}`,
    supplierId: sender + 1,
    newSupplier: null,
    writtenAs: [],
    staged: 0,
    lines: Array.from({ length: count }, (_, index) => ({
      itemId: 1,
      lot: `${sender}-${index}`,
      madeOn: null,
      expiresOn: null,
      standard: '',
      packs: null,
      packSizeBase: null,
      piecesBase: 1,
      acceptedBase: null,
      rejectedBase: 0,
      rejectReason: '',
    })),
  })),
})
const posted: PostedList = { deliveries: [], newSuppliers: 0 }
const lost: Outcome<never> = { ok: false, refusals: [refusal('lines-missing')], fault: null }

/** A host that keeps what it is given, and forgets all of it once at that call. */
function hostThatForgets(at: number | null) {
  const lots = new Map<number, string[]>()
  const calls: string[] = []
  let forgets = at
  const forget = () => {
    if (forgets === null || calls.length !== forgets) return
    forgets = null
    lots.clear()
  }
  const host: ListPosting = {
    async stage({ portions }) {
      calls.push('stage')
      forget()
      for (const { sender, from, lines } of portions) {
        const before = lots.get(sender) ?? []
        if (from > before.length) return lost
        lots.set(sender, [...before.slice(0, from), ...lines.map(({ lot }) => lot)])
      }
      return { ok: true, value: null }
    },
    async post({ deliveries }) {
      calls.push('post')
      forget()
      const whole = deliveries.every(({ staged }, sender) => (lots.get(sender)?.length ?? 0) === staged)
      return whole ? { ok: true, value: posted } : lost
    },
  }
  return { host, calls, lots }
}
const on = { onSent: () => {}, isStopped: () => false }

describe('a long list on its way to the host', () => {
  it('goes in portions through all senders, none left out and none twice', () => {
    const messages = [...portionsOf(listOf(3, 0, 5, 1).deliveries, 4)]
    expect(messages.map((one) => one.map(({ sender, from, lines }) => [sender, from, lines.length]))).toEqual([
      [
        [0, 0, 3],
        [2, 0, 1],
      ],
      [[2, 1, 4]],
      [[3, 0, 1]],
    ])
  })

  it('is one message where it is short', async () => {
    const { host, calls } = hostThatForgets(null)
    expect(await postList(listOf(600, 400), host, on)).toEqual({ ok: true, value: posted })
    expect(calls).toEqual(['post'])
  })

  it('says how many lines have gone, and is handed over again when the host has lost them', async () => {
    const list = listOf(1500, 700)
    for (const at of [null, 2, 3, 4]) {
      const { host, calls, lots } = hostThatForgets(at)
      const sent: number[] = []
      expect(await postList(list, host, { ...on, onSent: (lines) => sent.push(lines) })).toEqual({
        ok: true,
        value: posted,
      })
      expect(sent.slice(-3)).toEqual([1000, 2000, 2200])
      expect([...lots.values()]).toEqual(list.deliveries.map(({ lines }) => lines.map(({ lot }) => lot)))
      if (at === null) expect(calls).toEqual(['stage', 'stage', 'stage', 'post'])
    }
  })

  it('is not asked for when it was stopped on the way', async () => {
    const { host, calls } = hostThatForgets(null)
    let sent = 0
    const watch = {
      onSent(lines: number) {
        sent = lines
      },
      isStopped: () => sent >= 2000,
    }
    expect(await postList(listOf(5000), host, watch)).toBeNull()
    expect(calls).toEqual(['stage', 'stage'])
  })
})
