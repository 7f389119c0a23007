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
    expect(await refusalsOf(client.setting.fillDemonstration({ requestId: requestId() }))).toMatchObject([
      { code: 'in-use' },
    ])
    closeDesk(desk)
  }
  expect(hashes[0]).toBe(hashes[1])
})
