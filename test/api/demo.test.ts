import { expect, it } from 'vitest'
import { closeDesk, openMemoryDesk, soloPerson } from '../../api/desk.ts'
import { clientFor } from '../../api/router.ts'
import { all } from '../../db/statement.ts'
import { verifyDatabase } from '../../db/verify.ts'
import { refusalsOf } from './suite.ts'
import { now, requestId } from './world.ts'

it('fills an empty database with a district that lived three weeks, and twice the same', {
  timeout: 300_000,
}, async () => {
  const hashes = []
  for (let time = 0; time < 2; time += 1) {
    const desk = openMemoryDesk({ now: () => now })
    const client = clientFor({ desk, person: soloPerson(desk) })
    expect(await client.session.me()).toMatchObject({ empty: true, demonstration: false })
    await client.setting.fillDemonstration({ requestId: requestId() })
    expect(await client.session.me()).toMatchObject({ empty: false, demonstration: true })
    const report = verifyDatabase(desk.database)
    expect(report.difference).toBeNull()
    hashes.push(report.chainHash)
    const [counts] = all(
      desk.database,
      `SELECT (SELECT count(*) FROM item) AS items, (SELECT count(*) FROM unit) AS units,
         (SELECT count(DISTINCT unit_kind) FROM unit) AS kinds, (SELECT count(*) FROM supplier) AS suppliers,
         (SELECT count(*) FROM place WHERE kind = 'depot') AS depots, (SELECT count(*) FROM round) AS rounds`,
    )
    expect(counts).toEqual({ items: 40, units: 60, kinds: 11, suppliers: 12, depots: 2, rounds: 8 })
    const today = await client.today.get()
    expect(today.short.length).toBeGreaterThan(0)
    expect(today.due.length).toBeGreaterThan(0)
    expect(today.nearExpiry.length).toBeGreaterThan(0)
    expect(today.slipsToDispatch).toBeGreaterThan(0)
    const board = await client.liaison.board()
    expect(board.filter(({ blockers }) => blockers.length > 0).length).toBeGreaterThan(3)
    expect(new Set(board.flatMap(({ blockers }) => blockers.map(({ kind }) => kind))).size).toBe(4)
    const day = desk.businessDate()
    const due = board.filter(({ lastCall }) => lastCall !== null && lastCall.nextOn !== null && lastCall.nextOn <= day)
    expect(due.length).toBeGreaterThan(2)
    expect(await client.liaison.calls({ supplierId: null, limit: 100 })).toHaveLength(11)
    const details = await Promise.all(
      (await client.supplier.list({ archived: false })).map(({ placeId }) =>
        client.liaison.detail({ supplierId: placeId }),
      ),
    )
    const licences = details.flatMap((one) => one.licences)
    expect(licences.every(({ standard }) => standard !== '')).toBe(true)
    expect(licences.filter(({ validUntil }) => validUntil! < day)).toHaveLength(1)
    expect(details.flatMap(({ aliases }) => aliases)).toContain('康护')
    const requests = await client.request.list({ unitId: null, openOnly: true })
    expect(requests.length).toBeGreaterThan(8)
    expect(new Set(requests.map(({ aboveNorm }) => aboveNorm))).toEqual(new Set([true, false]))
    const states = <Row extends { readonly state: string }>(rows: readonly Row[]) =>
      rows.map(({ state }) => state).sort()
    const stocktakes = await client.stocktake.list()
    expect(states(stocktakes)).toEqual(['open', 'posted'])
    expect(
      stocktakes.every(({ differing, counted, lines }) => differing > 0 && differing <= 2 && counted <= lines),
    ).toBe(true)
    expect(stocktakes.find(({ state }) => state === 'open')).toMatchObject({
      counted: expect.any(Number),
      differing: 1,
    })
    expect(states(await client.transfer.list({ openOnly: false }))).toEqual(['in-transit', 'received'])
    const holds = await client.hold.list({ openOnly: false })
    expect(holds.map(({ outcome }) => outcome).filter((outcome) => outcome === 'released')).toHaveLength(1)
    expect(holds.filter(({ outcome }) => outcome === null).length).toBeGreaterThan(0)
    const kinds = ['return', 'write-off', 'stocktake', 'signature', 'transfer'] as const
    for (const kind of kinds) {
      expect((await client.ledger.list({ kinds: [kind], before: null, limit: 10 })).length, kind).toBeGreaterThan(0)
    }
    const slips = await client.slip.list({ roundId: null, state: 'signed', limit: 10_000 })
    const signed = (await client.slip.get({ slipIds: slips.map(({ slipId }) => slipId) })).flatMap(({ lines }) => lines)
    const short = signed.filter(({ pickedPacks, packs }) => pickedPacks !== null && pickedPacks < packs)
    expect(short).toHaveLength(1)
    expect(await refusalsOf(client.setting.fillDemonstration({ requestId: requestId() }))).toMatchObject([
      { code: 'in-use' },
    ])
    closeDesk(desk)
  }
  expect(hashes[0]).toBe(hashes[1])
})
