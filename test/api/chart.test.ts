import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closeDesk, openMemoryDesk, soloPerson } from '../../api/desk.ts'
import { clientFor } from '../../api/router.ts'
import { addDays } from '../../core/civil-date.ts'
import { refusalsOf } from './suite.ts'
import { now, requestId, today } from './world.ts'

describe('the board of charts', { timeout: 120_000 }, () => {
  const desk = openMemoryDesk({ now: () => now })
  const client = clientFor({ desk, person: soloPerson(desk) })
  beforeAll(async () => {
    await client.setting.fillDemonstration({ requestId: requestId() })
  }, 120_000)
  afterAll(() => closeDesk(desk))

  it('agrees with the documents of the demonstration district, added up one by one', async () => {
    const to = today
    const from = addDays(to, -29)
    const depots = await client.depot.list({ archived: false })
    const item = (await client.item.list({ archived: false })).find(({ code }) => code === 'M-0469')
    const heads: Awaited<ReturnType<typeof client.ledger.list>> = []
    for (;;) {
      const before = heads.at(-1)?.postingSeq ?? null
      const more = await client.ledger.list({ kinds: null, before, limit: 1000 })
      heads.push(...more)
      if (more.length < 1000) break
    }
    const documents = await Promise.all(heads.map(({ postingSeq }) => client.ledger.get({ postingSeq })))
    expect(documents.some(({ head }) => head.kind === 'correction' || head.businessDate < from)).toBe(false)
    for (const depotId of [null, depots[0]!.placeId]) {
      for (const itemId of [null, item!.itemId]) {
        const board = await client.chart.board({ from, to, depotId, itemId })
        expect(board.days.map(({ day }) => day)).toEqual(Array.from({ length: 30 }, (_, index) => addDays(from, index)))
        const depotName = depotId === null ? null : depots[0]!.name
        const received = new Map<string, number>()
        const given = new Map<string, number>()
        // What units have been given in all, less what they gave back or did not get.
        let kept = 0
        for (const { head, lines } of documents) {
          for (const line of lines) {
            if (itemId !== null && line.itemId !== itemId) continue
            kept += (Number(line.toKind === 'unit') - Number(line.fromKind === 'unit')) * line.quantityBase
            if (depotName !== null && line.fromName !== depotName && line.toName !== depotName) continue
            const sums = { delivery: received, dispatch: given }[head.kind as string]
            sums?.set(head.businessDate, (sums.get(head.businessDate) ?? 0) + line.quantityBase)
          }
        }
        const at = (sums: Map<string, number>) => board.days.map(({ day }) => sums.get(day) ?? 0)
        expect(board.days.map(({ receivedBase }) => receivedBase)).toEqual(at(received))
        expect(board.days.map(({ givenBase }) => givenBase)).toEqual(at(given))
        const units = board.given.reduce((sum, row) => sum + row.givenBase, 0)
        if (depotId !== null) continue
        expect(units).toBe(kept)
        expect(units).toBeGreaterThan(0)
        // The depots make up the whole, signatures and returns among it.
        let together = 0
        for (const { placeId } of depots) {
          const of = await client.chart.board({ from, to, depotId: placeId, itemId })
          together += of.given.reduce((sum, row) => sum + row.givenBase, 0)
        }
        expect(together).toBe(kept)
      }
    }
  })

  it('counts stock back to what the ledger says it was at the end of each day', async () => {
    const from = addDays(today, -20)
    const to = addDays(today, -3)
    const { cover } = await client.stock.grid()
    const depots = await client.depot.list({ archived: false })
    for (const depotId of [null, depots[0]!.placeId]) {
      const board = await client.chart.board({ from, to, depotId, itemId: null })
      for (const day of [from, addDays(from, 9), to]) {
        const stock = new Map<number, number>()
        for (const row of await client.ledger.asAt({ date: day, placeId: depotId })) {
          if (row.placeKind === 'depot') stock.set(row.itemId, (stock.get(row.itemId) ?? 0) + row.onHandBase)
        }
        const covers = cover
          .filter(({ useMilliPerDay }) => useMilliPerDay > 0)
          .map(({ itemId, useMilliPerDay }) => Math.floor(((stock.get(itemId) ?? 0) * 1_000_000) / useMilliPerDay))
          .sort((left, right) => left - right)
        const found = board.days.find((row) => row.day === day)!
        expect([day, found.medianMilliDays]).toEqual([day, covers[Math.floor((covers.length - 1) / 2)]])
        expect(found.shortItems).toBe(covers.filter((one) => one < board.shortBelowDays * 1000).length)
      }
    }
  })

  it('has the cover of the stock page, and the lots of the depots that expire', async () => {
    const board = await client.chart.board({ from: today, to: today, depotId: null, itemId: null })
    const { cover } = await client.stock.grid()
    const byItem = new Map(cover.map((row) => [row.itemId, row.coverMilliDays]))
    expect(board.cover.length).toBeGreaterThan(10)
    for (const row of board.cover) expect(row.coverMilliDays).toBe(byItem.get(row.itemId))
    const lots = new Map<number, number>()
    const until = addDays(today, 26 * 7 - 1)
    for (const lot of await client.ledger.depotLots({ depotId: null })) {
      if (lot.expiresOn !== null && lot.expiresOn <= until) {
        lots.set(lot.lotId, (lots.get(lot.lotId) ?? 0) + lot.onHandBase)
      }
    }
    expect(new Map(board.expiring.map((lot) => [lot.lotId, lot.onHandBase]))).toEqual(lots)
    expect(new Set(board.runOut.map(({ unitId }) => unitId)).size).toBe(board.runOut.length)
  })

  it('refuses a day that is none, a range that is none or too long, and what does not exist', async () => {
    const ask = (from: string, to: string, depotId: number | null = null, itemId: number | null = null) =>
      refusalsOf(client.chart.board({ from, to, depotId, itemId })).then((found) =>
        found.map(({ field, code }) => [field, code]),
      )
    expect(await ask('2026-02-30', addDays(today, 1))).toEqual([
      ['from', 'date-invalid'],
      ['to', 'date-in-future'],
    ])
    expect(await ask(today, addDays(today, -1))).toEqual([['days', 'out-of-range']])
    expect(await ask(addDays(today, -366), today)).toEqual([['days', 'out-of-range']])
    expect(await ask(today, today, 9999, 9999)).toEqual([
      ['depotId', 'not-found'],
      ['itemId', 'not-found'],
    ])
    expect(
      (await client.chart.board({ from: addDays(today, -365), to: today, depotId: null, itemId: null })).days,
    ).toHaveLength(366)
  })

  it('takes use from two reports of a unit, else from shipments, else from the norm, and says which', async () => {
    const duties = await client.norm.duties()
    const { placeId } = await client.unit.save({
      requestId: requestId(),
      placeId: null,
      version: null,
      code: 'NEW-1',
      name: '新设检测点',
      nameEn: '',
      town: '',
      address: '',
      contact: '',
      phone: '',
      note: '',
      unitKind: 'checkpoint',
      tier: 2,
      route: '',
      headcount: duties.map(({ dutyId }) => ({ dutyId, people: 3 })),
    })
    const [first] = await client.unit.need({ placeId })
    const { itemId, useMilliPerDay } = first!
    expect([useMilliPerDay > 0, first!.actual]).toEqual([true, null])
    const range = { from: addDays(today, -3), to: today, depotId: null, itemId }
    const before = await client.chart.board(range)
    const counted = [1000, 400].map((onHandBase, index) => ({ onHandBase, reportedOn: addDays(today, index * 2 - 3) }))
    for (const row of counted) {
      await client.report.save({ requestId: requestId(), reports: [{ placeId, itemId, ...row }] })
    }
    const after = await client.chart.board(range)
    const need = (await client.unit.need({ placeId })).find((row) => row.itemId === itemId)!
    expect(need.actual).toEqual({ milliPerDay: 300_000, source: 'reported' })
    expect(need.actualRunsOutOn).toBe(addDays(today, Math.floor(need.stockBase / 300)))
    // The two days between the counts are the unit's own now, instead of the norm's, and the rest is as it was.
    const change = (name: 'reportedBase' | 'impliedBase' | 'normBase') =>
      after.days.map(({ used }, index) => used![name] - before.days[index]!.used![name])
    expect([change('reportedBase'), change('impliedBase')]).toEqual([
      [0, 300, 300, 0],
      [0, 0, 0, 0],
    ])
    for (const [index, less] of change('normBase').entries()) {
      const expected = index === 1 || index === 2 ? -useMilliPerDay / 1000 : 0
      expect(Math.abs(less - expected)).toBeLessThanOrEqual(1)
    }
    const [depot] = await client.depot.list({ archived: false })
    const one = await client.chart.board({ ...range, depotId: depot!.placeId })
    expect(one.days.map(({ used }) => used)).toEqual([null, null, null, null])
  })
})
