import { beforeEach, describe, expect, it } from 'vitest'
import { openWorldForEach } from './open-world.ts'
import { refusalsOf } from './suite.ts'
import { type Client, deliveryOf, line, now, planOf, requestId, today, type World } from './world.ts'

describe("the rest of stock's life", () => {
  let client: Client
  let world: World
  let clock = now

  beforeEach(() => {
    clock = now
  })
  openWorldForEach(
    (opened) => {
      ;({ client, world } = opened)
    },
    () => clock,
  )

  const receive = (packs: number, lot = 'A1', expiresOn = '2028-01-01') =>
    client.delivery.post(deliveryOf(world, [line(world.surgical.itemId, { packs, lot, expiresOn })]))
  const onHand = async () => (await client.stock.grid()).rows.map((row) => [row.onHandBase, row.reservedBase])
  const lotOf = async (number: string) =>
    (await client.stock.lots({ itemId: world.surgical.itemId, depotId: null })).find((lot) => lot.number === number)!
  const approve = async () => (await client.round.approve(await planOf(client, world))).slipIds
  const dispatch = (slipId: number) => client.slip.dispatch({ requestId: requestId(), slipId, businessDate: today })
  const sign = (slipId: number, differences: Parameters<Client['slip']['sign']>[0]['differences'] = []) =>
    client.slip.sign({ requestId: requestId(), slipId, signedBy: '何站长', signedOn: today, note: '', differences })
  const back = (unitId: number, quantityBase: number, lotId: number, state: 'good' | 'damaged' = 'good') =>
    client.ledger.returnFromUnit({
      requestId: requestId(),
      unitId,
      depotId: world.depot.placeId,
      businessDate: today,
      reason: '多余',
      lines: [{ lotId, quantityBase, state }],
    })
  const correct = (postingSeq: number, reason = '录错') =>
    client.ledger.correct({ requestId: requestId(), postingSeq, reason })

  it('records a short pick and leaves the line short, with the rest free again', async () => {
    await receive(20)
    const [first] = await approve()
    const picked = await client.slip.pick({
      requestId: requestId(),
      slipId: first!,
      lines: [{ line: 1, packs: 5 }],
      replan: false,
    })
    expect(picked.lines.map((row) => [row.packs, row.pickedPacks])).toEqual([[8, 5]])
    expect(await onHand()).toEqual([[1000, 850]])
    await dispatch(first!)
    expect(await onHand()).toEqual([[750, 600]])
  })

  it('fills a short pick from another lot of the depot', async () => {
    await receive(20, 'A1', '2027-01-01')
    await receive(10, 'B1', '2028-01-01')
    const slipIds = await approve()
    const short = await client.slip.pick({
      requestId: requestId(),
      slipId: slipIds[0]!,
      lines: [{ line: 1, packs: 1 }],
      replan: true,
    })
    const total = short.lines.reduce((sum, row) => sum + (row.pickedPacks ?? row.packs), 0)
    const free = (await client.stock.grid()).rows[0]!
    expect(free.onHandBase - free.reservedBase).toBeGreaterThanOrEqual(0)
    expect(short.lines.length).toBeGreaterThanOrEqual(1)
    expect(total).toBeLessThanOrEqual(short.head.packs)
    const tooMany = client.slip.pick({
      requestId: requestId(),
      slipId: slipIds[0]!,
      lines: [{ line: 1, packs: 99 }],
      replan: false,
    })
    expect(await refusalsOf(tooMany)).toMatchObject([{ code: 'out-of-range', line: 1, field: 'packs', given: 99 }])
    await dispatch(slipIds[0]!)
  })

  it('posts what a signature differs by, with its reason, and finds the slip by its number', async () => {
    await receive(20)
    const [first, second, third] = await approve()
    const early = sign(first!)
    expect(await refusalsOf(early)).toMatchObject([{ code: 'slip-not-open', given: 'approved', allowed: 'dispatched' }])
    for (const slipId of [first!, second!, third!]) await dispatch(slipId)
    const signed = await sign(first!, [{ line: 1, receivedBase: 390, reason: 'lost' }])
    expect(signed.head).toMatchObject({ state: 'signed', signedBy: '何站长', signedOn: today })
    await sign(second!, [{ line: 1, receivedBase: 310, reason: 'miscounted' }])
    await sign(third!)
    const posted = await client.ledger.list({ kinds: ['signature'], before: null, limit: 10 })
    expect(posted.map((row) => row.quantityBase)).toEqual([0, 10, 10])
    // Nothing moved, to the unit from what was miscounted, from the unit to what was lost.
    expect(posted.map(({ fromName, toName, routes }) => [fromName, toName, routes])).toEqual([
      [null, null, 0],
      ['盘点差异', world.units[1]!.name, 1],
      [world.units[0]!.name, '损失', 1],
    ])
    const lots = await client.ledger.unitLots({ unitId: world.units[0]!.placeId })
    expect(lots.map((row) => row.quantityBase)).toEqual([390])
    expect((await client.ledger.unitLots({ unitId: world.units[1]!.placeId }))[0]!.quantityBase).toBe(310)
    const found = await client.slip.find({ number: ` ${signed.head.number.toLowerCase()} ` })
    expect(found?.slipId).toBe(first)
    const wrong = sign(first!)
    expect(await refusalsOf(wrong)).toMatchObject([{ code: 'slip-not-open', given: 'signed' }])
  })

  it('takes a return back into the depot or as lost, never more than the unit was sent', async () => {
    await receive(20)
    const [first] = await approve()
    await dispatch(first!)
    const lot = await lotOf('A1')
    const unitId = world.units[0]!.placeId
    expect(await refusalsOf(back(unitId, 401, lot.lotId))).toMatchObject([
      { code: 'not-enough-stock', line: 1, given: 401, allowed: 400, about: { lot: 'A1' } },
    ])
    await back(unitId, 100, lot.lotId)
    await back(unitId, 50, lot.lotId, 'damaged')
    expect(await onHand()).toEqual([[700, 600]])
    expect((await client.ledger.unitLots({ unitId }))[0]!.quantityBase).toBe(250)
  })

  it('moves stock between depots by way of the road', async () => {
    await receive(20)
    const nothing = { nameEn: '', town: '', address: '', contact: '', phone: '', note: '' }
    const other = await client.depot.save({
      requestId: requestId(),
      placeId: null,
      version: null,
      ...nothing,
      code: 'D02',
      name: '北滘分仓',
    })
    const lot = await lotOf('A1')
    const send = (toId: number, quantityBase: number) =>
      client.transfer.send({
        requestId: requestId(),
        fromId: world.depot.placeId,
        toId,
        businessDate: today,
        note: '',
        lines: [{ lotId: lot.lotId, quantityBase }],
      })
    expect(await refusalsOf(send(world.depot.placeId, 10))).toMatchObject([{ code: 'same-place' }])
    const sent = await send(other.placeId, 300)
    expect(await onHand()).toEqual([[700, 0]])
    const arrive = (receivedBase: number, reason: string) =>
      client.transfer.receive({
        requestId: requestId(),
        transferId: sent.transferId,
        businessDate: today,
        reason,
        lines: [{ lotId: lot.lotId, receivedBase }],
      })
    expect(await refusalsOf(arrive(290, ''))).toMatchObject([{ code: 'reason-missing' }])
    expect(await arrive(290, '途中破损')).toMatchObject({ state: 'received' })
    expect((await onHand()).map(([there]) => there).sort()).toEqual([290, 700])
    expect(await refusalsOf(arrive(290, 'x'))).toMatchObject([{ code: 'already-closed' }])
  })

  it('writes off what is spoilt, not what is promised', async () => {
    await receive(20)
    const slipIds = await approve()
    await client.slip.cancel({ requestId: requestId(), slipId: slipIds[2]! })
    const lot = await lotOf('A1')
    const write = (quantityBase: number, cause: 'expired' | 'other', reason: string) =>
      client.ledger.writeOff({
        requestId: requestId(),
        depotId: world.depot.placeId,
        businessDate: today,
        cause,
        reason,
        lines: [{ lotId: lot.lotId, quantityBase }],
      })
    expect(await refusalsOf(write(301, 'expired', ''))).toMatchObject([
      { code: 'not-enough-stock', given: 301, allowed: 300 },
    ])
    expect(await refusalsOf(write(10, 'other', ''))).toMatchObject([{ code: 'required', field: 'reason' }])
    expect(await refusalsOf(write(0, 'expired', ''))).toMatchObject([{ code: 'nothing-to-post' }])
    expect((await write(300, 'expired', '')).head).toMatchObject({ kind: 'write-off', quantityBase: 300 })
    expect(await onHand()).toEqual([[700, 700]])
  })

  it('finds the real difference of a stocktake during which a slip goes out', async () => {
    await receive(20)
    const slipIds = await approve()
    const lot = await lotOf('A1')
    const { head, lines } = await client.stocktake.start({
      requestId: requestId(),
      depotId: world.depot.placeId,
      category: '',
      blind: true,
      note: '月末',
    })
    expect(lines.map((row) => row.expectedBase)).toEqual([null])
    await dispatch(slipIds[0]!)
    const count = (countedBase: number | null, reason: string) =>
      client.stocktake.count({
        requestId: requestId(),
        stocktakeId: head.stocktakeId,
        counts: [{ lotId: lot.lotId, countedBase, reason }],
      })
    const post = () =>
      client.stocktake.post({ requestId: requestId(), stocktakeId: head.stocktakeId, businessDate: today })
    expect(await refusalsOf(post())).toMatchObject([{ code: 'nothing-to-post' }])
    // 1000 less the 400 that went are 600; 8 more stand there, and 50 go out after the count.
    const counted = await count(608, '')
    expect(counted.lines[0]).toMatchObject({ expectedBase: 600, countedBase: 608, varianceBase: 8 })
    await dispatch(slipIds[1]!)
    expect(await refusalsOf(post())).toMatchObject([{ code: 'reason-missing', line: 1 }])
    clock += 1000
    await count(308, '上次漏计')
    const posted = await post()
    expect(posted.head).toMatchObject({ state: 'posted', differing: 1 })
    expect(await onHand()).toEqual([[308, 300]])
    expect(await refusalsOf(count(1, 'x'))).toMatchObject([{ code: 'stocktake-not-open', about: { state: 'posted' } }])
  })

  it('counts one shelf of a depot, and keeps where things lie', async () => {
    await receive(2)
    const { itemId } = world.protective
    await client.delivery.post(deliveryOf(world, [line(itemId, { packs: 3, lot: 'P1', expiresOn: '2028-01-01' })]))
    const depotId = world.depot.placeId
    const put = (shelf: string, id = itemId) =>
      client.shelf.save({ requestId: requestId(), depotId, shelves: [{ itemId: id, shelf }] })
    expect(await put(' Ａ-02 ')).toEqual([{ itemId, shelf: 'A-02' }])
    const asked = { depotId, category: '', blind: false, note: '' }
    const start = (shelf: string) => client.stocktake.start({ requestId: requestId(), ...asked, shelf })
    const one = await start('A-02')
    expect([one.head.shelf, one.lines.map(({ lot, shelf }) => [lot, shelf])]).toEqual(['A-02', [['P1', 'A-02']]])
    // The whole depot goes by its shelves, and what has none comes last.
    expect((await start('')).lines.map(({ shelf }) => shelf)).toEqual(['A-02', ''])
    expect(await refusalsOf(start('B-09'))).toMatchObject([{ code: 'not-found', field: 'shelf', given: 'B-09' }])
    expect(await refusalsOf(put('x'.repeat(31)))).toMatchObject([{ code: 'too-long', line: 1, field: 'shelf' }])
    expect(await refusalsOf(put('A-03', 9999))).toMatchObject([{ code: 'not-found', line: 1, field: 'itemId' }])
    expect(await put('')).toEqual([])
  })

  it('values a difference by the price of the day on which it was posted', async () => {
    await receive(2)
    const price = async (unitPriceFen: number | null) => {
      const { itemId, search: _search, archivedAt: _archived, version: _version, ...fields } = world.surgical
      const [now] = (await client.item.list({ archived: false })).filter((one) => one.itemId === itemId)
      await client.item.save({ requestId: requestId(), itemId, ...fields, version: now!.version, unitPriceFen })
    }
    await price(150)
    const { head } = await client.stocktake.start({
      requestId: requestId(),
      depotId: world.depot.placeId,
      category: '',
      blind: false,
      note: '',
    })
    const { stocktakeId } = head
    const lot = await lotOf('A1')
    const counts = [{ lotId: lot.lotId, countedBase: 97, reason: '缺' }]
    await client.stocktake.count({ requestId: requestId(), stocktakeId, counts })
    await price(200)
    expect((await client.stocktake.get({ stocktakeId })).lines[0]!.unitPriceFen).toBe(200)
    await client.stocktake.post({ requestId: requestId(), stocktakeId, businessDate: today })
    await price(999)
    expect((await client.stocktake.get({ stocktakeId })).lines[0]).toMatchObject({
      varianceBase: -3,
      unitPriceFen: 200,
    })
    expect(await refusalsOf(price(0.5))).toMatchObject([{ code: 'whole-number-expected', field: 'unitPriceFen' }])
    await price(null)
  })

  it('refuses a shortage that would break a promise to a slip', async () => {
    await receive(20)
    await approve()
    const lot = await lotOf('A1')
    const { head } = await client.stocktake.start({
      requestId: requestId(),
      depotId: world.depot.placeId,
      category: 'mask',
      blind: false,
      note: '',
    })
    await client.stocktake.count({
      requestId: requestId(),
      stocktakeId: head.stocktakeId,
      counts: [{ lotId: lot.lotId, countedBase: 990, reason: '缺' }],
    })
    const post = client.stocktake.post({ requestId: requestId(), stocktakeId: head.stocktakeId, businessDate: today })
    expect(await refusalsOf(post)).toMatchObject([{ code: 'not-enough-stock', given: 10, allowed: 0 }])
    await client.stocktake.cancel({ requestId: requestId(), stocktakeId: head.stocktakeId })
  })

  it('corrects a delivery by a posting that names it, unless it has gone, and then says where', async () => {
    const first = await receive(20)
    const second = await receive(4, 'B1')
    const done = await correct(second.head.postingSeq)
    expect(done.head).toMatchObject({ kind: 'correction', corrects: second.head.number, reason: '录错' })
    expect(await refusalsOf(correct(second.head.postingSeq))).toMatchObject([{ code: 'not-correctable' }])
    expect(await refusalsOf(correct(first.head.postingSeq, ' '))).toMatchObject([{ code: 'required', field: 'reason' }])
    const slipIds = await approve()
    await dispatch(slipIds[0]!)
    const [gone] = await refusalsOf(correct(first.head.postingSeq))
    expect(gone).toMatchObject({ code: 'already-gone', line: 1, about: { quantity: 1000 } })
    expect(gone!.about.where).toContain('北滘检疫站 (400)')
    expect(gone!.about.where).toContain('大良街道 (300)')
  })

  it('takes a dispatched slip back by a correction, and its unit no longer counts it', async () => {
    await receive(20)
    const [first] = await approve()
    const done = await dispatch(first!)
    const [posting] = await client.ledger.list({ kinds: ['dispatch'], before: null, limit: 1 })
    await correct(posting!.postingSeq, '装错车')
    const [slip] = await client.slip.get({ slipIds: [done.head.slipId] })
    expect(slip!.head.state).toBe('reversed')
    expect(await onHand()).toEqual([[1000, 600]])
    expect(await client.ledger.unitLots({ unitId: world.units[0]!.placeId })).toEqual([])
  })

  it('gives a delivery that is corrected back to what was promised', async () => {
    const promise = {
      supplierId: world.supplier.placeId,
      itemId: world.surgical.itemId,
      quantityBase: 400,
      dueOn: today,
      note: '',
    }
    await client.liaison.saveCommitments({ requestId: requestId(), commitments: [promise] })
    const { head } = await receive(4)
    expect((await client.commitment.list({ supplierId: null, openOnly: false }))[0]!.deliveredBase).toBe(200)
    await correct(head.postingSeq)
    expect((await client.commitment.list({ supplierId: null, openOnly: false }))[0]!.deliveredBase).toBe(0)
  })

  it('knows the stock of any date', async () => {
    await client.delivery.post(
      deliveryOf(world, [line(world.surgical.itemId, { packs: 20, madeOn: '2026-11-01' })], {
        businessDate: '2026-11-20',
      }),
    )
    const [first] = await approve()
    await dispatch(first!)
    const at = async (date: string) =>
      (await client.ledger.asAt({ date, placeId: null })).map((row) => [row.placeName, row.onHandBase])
    expect(await at('2026-11-19')).toEqual([])
    expect(await at('2026-11-20')).toEqual([['大良中心仓', 1000]])
    expect(await at(today)).toEqual([
      ['大良中心仓', 600],
      ['北滘检疫站', 400],
    ])
  })

  it('tells the burn rate from two reports and when a unit runs out', async () => {
    const placeId = world.units[0]!.placeId
    const report = (onHandBase: number, reportedOn: string) =>
      client.report.save({
        requestId: requestId(),
        reports: [{ placeId, itemId: world.surgical.itemId, onHandBase, reportedOn }],
      })
    await report(900, '2026-11-20')
    await report(500, '2026-11-24')
    const need = (await client.unit.need({ placeId })).find((row) => row.itemId === world.surgical.itemId)!
    expect(need).toMatchObject({
      actual: { milliPerDay: 100_000, source: 'reported' },
      stockBase: 500,
      runsOutOn: '2026-11-29',
    })
  })

  it('takes what a unit states it used until it has counted twice, and says so where the two differ', async () => {
    const placeId = world.units[0]!.placeId
    const { itemId } = world.surgical
    const report = (onHandBase: number, reportedOn: string, used?: { quantityBase: number; days: number | null }) =>
      client.report.save({
        requestId: requestId(),
        reports: [{ placeId, itemId, onHandBase, reportedOn, ...(used ? { used } : {}) }],
      })
    const need = async () => (await client.unit.need({ placeId })).find((row) => row.itemId === itemId)!
    expect(await refusalsOf(report(900, '2026-11-20', { quantityBase: 10, days: null }))).toMatchObject([
      { code: 'used-days-missing', field: 'usedDays', line: 1 },
    ])
    expect(await refusalsOf(report(900, '2026-11-20', { quantityBase: -1, days: 0 }))).toMatchObject([
      { code: 'out-of-range', field: 'usedBase', given: -1 },
      { code: 'out-of-range', field: 'usedDays', given: 0, allowed: '1–366' },
    ])
    await report(900, '2026-11-20', { quantityBase: 350, days: 7 })
    expect(await need()).toMatchObject({
      actual: { milliPerDay: 50_000, source: 'stated' },
      statedMilliPerDay: 50_000,
      useDiffers: false,
    })
    // Since the report before, which is four days.
    await report(500, '2026-11-24', { quantityBase: 200, days: null })
    expect(await need()).toMatchObject({
      actual: { milliPerDay: 100_000, source: 'reported' },
      statedMilliPerDay: 50_000,
      useDiffers: true,
    })
    expect((await client.report.list({ placeId })).map((row) => [row.onHandBase, row.usedBase, row.usedDays])).toEqual([
      [500, 200, 4],
      [900, 350, 7],
    ])
  })

  it('takes off the burn rate what a unit sent back and what never reached it', async () => {
    const placeId = world.units[0]!.placeId
    const report = (onHandBase: number, reportedOn: string) =>
      client.report.save({
        requestId: requestId(),
        reports: [{ placeId, itemId: world.surgical.itemId, onHandBase, reportedOn }],
      })
    await report(100, '2026-11-20')
    await receive(20)
    const [first] = await approve()
    await dispatch(first!)
    const [sent] = await client.ledger.unitLots({ unitId: placeId })
    await back(placeId, 100, sent!.lotId)
    await sign(first!, [{ line: 1, receivedBase: sent!.quantityBase - 20, reason: 'lost' }])
    clock += 1000
    // Of 100 and what came, 80 were used in four days.
    await report(100 + sent!.quantityBase - 120 - 80, today)
    const need = (await client.unit.need({ placeId })).find((row) => row.itemId === world.surgical.itemId)!
    expect(need.actual).toEqual({ milliPerDay: 20_000, source: 'reported' })
  })

  it('raises alerts with a way to their remedy, and lets each be put off', async () => {
    await receive(20)
    const before = await client.alert.list()
    expect(before.some((one) => one.kind === 'low')).toBe(true)
    expect(before.some((one) => one.kind === 'run-out' && one.severity === 'now')).toBe(true)
    const { itemId: _, search: _search, archivedAt: _archived, version: _version, ...fields } = world.surgical
    const spare = { ...fields, code: 'X-1', name: '备用担架', reserveBase: 5 }
    const { itemId } = await client.item.save({ requestId: requestId(), itemId: null, version: null, ...spare })
    // Nobody uses it, and it is missing all the same.
    expect((await client.alert.list()).find((one) => one.key === `low/${itemId}`)).toMatchObject({
      severity: 'soon',
      about: { availableBase: 0, reserveBase: 5 },
    })
    const { key } = before[0]!
    await client.alert.snooze({ requestId: requestId(), key, untilOn: '2026-11-26' })
    expect((await client.alert.list()).find((one) => one.key === key)!.snoozedUntil).toBe('2026-11-26')
    const past = client.alert.snooze({ requestId: requestId(), key, untilOn: today })
    expect(await refusalsOf(past)).toMatchObject([{ code: 'out-of-range', field: 'untilOn' }])
  })
})
