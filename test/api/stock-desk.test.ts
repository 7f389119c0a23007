import { describe, expect, it } from 'vitest'
import { openWorldForEach } from './open-world.ts'
import { refusalsOf } from './suite.ts'
import { type Client, deliveryOf, line, planOf, requestId, today, type World } from './world.ts'

describe('what the screens of stock life ask for', () => {
  let client: Client
  let world: World

  openWorldForEach((opened) => {
    ;({ client, world } = opened)
  })

  const receive = (packs: number, lot = 'A1', expiresOn: string | null = '2028-01-01') =>
    client.delivery.post(deliveryOf(world, [line(world.surgical.itemId, { packs, lot, expiresOn })]))
  const approve = async () => (await client.round.approve(await planOf(client, world))).slipIds
  const dispatch = (slipId: number) => client.slip.dispatch({ requestId: requestId(), slipId, businessDate: today })
  const correct = (postingSeq: number) => client.ledger.correct({ requestId: requestId(), postingSeq, reason: '录错' })
  const pick = (slipId: number, packs: number) =>
    client.slip.pick({ requestId: requestId(), slipId, lines: [{ line: 1, packs }], replan: false })

  it('lists the lots of a depot with what is free of each', async () => {
    await receive(20)
    const slipIds = await approve()
    await pick(slipIds[0]!, 5)
    await receive(3, 'B1', '2027-01-01')
    const lots = await client.ledger.depotLots({ depotId: world.depot.placeId })
    expect(lots.map((row) => [row.lot, row.onHandBase, row.freeBase, row.hold, row.depotId])).toEqual([
      ['B1', 150, 150, false, world.depot.placeId],
      ['A1', 1000, 150, false, world.depot.placeId],
    ])
    expect(await client.ledger.depotLots({ depotId: null })).toEqual(lots)
    expect(await client.ledger.depotLots({ depotId: world.units[0]!.placeId })).toEqual([])
  })

  it('finds a lot by its number or its item, also when nothing of it is left in a depot', async () => {
    await receive(20)
    const slipIds = await approve()
    for (const slipId of slipIds) await dispatch(slipId)
    await receive(2, 'B%1')
    const find = async (text: string) =>
      (await client.ledger.findLots({ text, limit: 20 })).map((row) => [row.lot, row.depotBase, row.unitBase])
    expect(await find('a1')).toEqual([['A1', 0, 1000]])
    expect(await find('ｂ%')).toEqual([['B%1', 100, 0]])
    expect((await find('wkkz')).map(([lot]) => lot)).toEqual(['B%1', 'A1'])
    expect(await find(' ')).toEqual([])
    expect(await find('zz')).toEqual([])
  })

  it('says which document a posting is a step of, and which one it corrects', async () => {
    const { head } = await receive(20)
    const [first] = await approve()
    const slip = await dispatch(first!)
    const [posting] = await client.ledger.list({ kinds: ['dispatch'], before: null, limit: 1 })
    const of = (postingSeq: number) => client.ledger.get({ postingSeq })
    expect((await of(posting!.postingSeq)).owner).toEqual({
      kind: 'slip',
      id: first,
      number: slip.head.number,
      state: 'dispatched',
    })
    expect((await of(head.postingSeq)).owner).toBeNull()
    const done = await correct(posting!.postingSeq)
    expect(done.head).toMatchObject({ correctsSeq: posting!.postingSeq, correctedBySeq: null })
    expect((await of(posting!.postingSeq)).head).toMatchObject({ correctedBySeq: done.head.postingSeq })
    expect((await of(posting!.postingSeq)).owner).toMatchObject({ state: 'reversed' })
    await client.slip.cancel({
      requestId: requestId(),
      slipId: (await client.slip.list({ roundId: null, state: 'approved', limit: 10 }))[0]!.slipId,
    })
    const { head: take } = await client.stocktake.start({
      requestId: requestId(),
      depotId: world.depot.placeId,
      category: '',
      blind: false,
      note: '',
    })
    const [lot] = await client.ledger.depotLots({ depotId: null })
    await client.stocktake.count({
      requestId: requestId(),
      stocktakeId: take.stocktakeId,
      counts: [{ lotId: lot!.lotId, countedBase: 1001, reason: '多一只' }],
    })
    const posted = await client.stocktake.post({
      requestId: requestId(),
      stocktakeId: take.stocktakeId,
      businessDate: today,
    })
    expect((await of(posted.head.postingSeq!)).owner).toEqual({
      kind: 'stocktake',
      id: take.stocktakeId,
      number: take.number,
      state: 'posted',
    })
  })

  it('names where stock has gone in English too, where a place has an English name', async () => {
    const unit = world.units[0]!
    const { placeId, version, code, name, town, address, contact, phone, note, unitKind, tier, route, headcount } = unit
    const fields = { code, name, town, address, contact, phone, note, unitKind, tier, route, headcount }
    await client.unit.save({ requestId: requestId(), placeId, version, ...fields, nameEn: 'Beijiao station' })
    const { head } = await receive(20)
    const slipIds = await approve()
    await dispatch(slipIds[0]!)
    const [gone] = await refusalsOf(correct(head.postingSeq))
    expect(gone).toMatchObject({ line: 1, given: '医用外科口罩 A1', allowed: 0, about: { quantity: 1000 } })
    expect(gone!.about.where).toContain('北滘检疫站 (400)、')
    expect(gone!.about.whereEn).toContain('Beijiao station (400)')
    expect(gone!.about.whereEn).toContain('大良街道 (300)')
  })

  it('keeps a count beside what the ledger said then when its reason is written later', async () => {
    await receive(20)
    const slipIds = await approve()
    const [lot] = await client.ledger.depotLots({ depotId: null })
    const { head } = await client.stocktake.start({
      requestId: requestId(),
      depotId: world.depot.placeId,
      category: '',
      blind: false,
      note: '',
    })
    const count = (lotId: number, change: { countedBase?: number | null; reason: string }) =>
      client.stocktake.count({ requestId: requestId(), stocktakeId: head.stocktakeId, counts: [{ lotId, ...change }] })
    await count(lot!.lotId, { countedBase: 1008, reason: '' })
    await dispatch(slipIds[0]!)
    const told = await count(lot!.lotId, { reason: '上次漏计' })
    expect(told.lines).toMatchObject([
      { countedBase: 1008, expectedBase: 1000, varianceBase: 8, reason: '上次漏计', countedBy: expect.any(String) },
    ])
    await receive(1, 'C1')
    const other = (await client.ledger.depotLots({ depotId: null })).find((row) => row.lot === 'C1')!
    expect(await refusalsOf(count(other.lotId, { reason: 'x' }))).toMatchObject([
      { code: 'not-found', line: 1, field: 'lotId' },
    ])
  })

  it('refuses to pick what was let go by a short pick and promised to others since', async () => {
    await receive(20)
    const slipIds = await approve()
    await pick(slipIds[0]!, 5)
    const [lot] = await client.ledger.depotLots({ depotId: null })
    expect(lot!.freeBase).toBe(150)
    await client.ledger.writeOff({
      requestId: requestId(),
      depotId: world.depot.placeId,
      businessDate: today,
      cause: 'damaged',
      reason: '',
      lines: [{ lotId: lot!.lotId, quantityBase: 60 }],
    })
    expect(await refusalsOf(pick(slipIds[0]!, 8))).toMatchObject([
      { code: 'not-enough-stock', line: 1, field: 'packs', given: 8, allowed: 6 },
    ])
    expect((await pick(slipIds[0]!, 6)).lines.map((row) => row.pickedPacks)).toEqual([6])
  })

  it('raises an alert for each depot that a lot near its expiry stands in, each put off by itself', async () => {
    const nothing = { nameEn: '', town: '', address: '', contact: '', phone: '', note: '' }
    const other = await client.depot.save({
      requestId: requestId(),
      placeId: null,
      version: null,
      ...nothing,
      code: 'D02',
      name: '北滘分仓',
    })
    await receive(20, 'A1', '2026-12-10')
    const [lot] = await client.ledger.depotLots({ depotId: null })
    const { transferId } = await client.transfer.send({
      requestId: requestId(),
      fromId: world.depot.placeId,
      toId: other.placeId,
      businessDate: today,
      note: '',
      lines: [{ lotId: lot!.lotId, quantityBase: 300 }],
    })
    const open = async () => (await client.alert.list()).filter(({ snoozedUntil }) => snoozedUntil === null)
    expect((await open()).find(({ kind }) => kind === 'transfer')?.path).toBe(`/ledger/transfers/${transferId}`)
    await client.transfer.receive({ requestId: requestId(), transferId, businessDate: today, reason: '', lines: [] })
    const near = (await open()).filter(({ kind }) => kind === 'near-expiry')
    expect(near.map(({ about, severity }) => [about.lot, about.onHandBase, about.baseUnit, severity])).toEqual([
      ['A1', 700, '只', 'now'],
      ['A1', 300, '只', 'now'],
    ])
    await client.alert.snooze({ requestId: requestId(), key: near[0]!.key, untilOn: '2026-12-01' })
    expect((await open()).filter(({ kind }) => kind === 'near-expiry').map(({ key }) => key)).toEqual([near[1]!.key])
    await client.alert.snooze({ requestId: requestId(), key: near[0]!.key, untilOn: null })
    expect((await open()).filter(({ kind }) => kind === 'near-expiry')).toHaveLength(2)
  })
})
