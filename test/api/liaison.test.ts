import { describe, expect, it } from 'vitest'
import { openWorldForEach } from './open-world.ts'
import { refusalsOf } from './suite.ts'
import { type Client, deliveryOf, line, now, planOf, requestId, today, type World } from './world.ts'

describe('in step with the manufacturers', () => {
  let client: Client
  let world: World

  openWorldForEach((opened) => {
    ;({ client, world } = opened)
  })

  const commit = (rows: readonly (readonly [quantityBase: number, dueOn: string])[]) =>
    client.liaison.saveCommitments({
      requestId: requestId(),
      commitments: rows.map(([quantityBase, dueOn]) => ({
        supplierId: world.supplier.placeId,
        itemId: world.surgical.itemId,
        quantityBase,
        dueOn,
        note: '',
      })),
    })

  it('shows capacity, promises, deliveries, the gap, the record and whom the front line will miss it at', async () => {
    await commit([
      [400, '2026-11-20'],
      [200, today],
      [300, '2026-11-26'],
      [999, '2026-12-10'],
    ])
    await client.delivery.post(deliveryOf(world, [line(world.surgical.itemId, { packs: 6 })]))
    const [row] = await client.liaison.board()
    expect(row).toMatchObject({
      capacityPerDayBase: 10_000,
      promisedTodayBase: 200,
      promisedWeekBase: 500,
      deliveredTodayBase: 300,
      deliveredWeekBase: 300,
      gapBase: 300,
      lateSince: '2026-11-20',
      nextDueOn: today,
      fulfilmentPercent: 75,
      runsOutOn: today,
      runsOutUnit: '北滘检疫站',
      runsOutTier: 1,
      unitsBelowTwoDays: 3,
    })
  })

  it('keeps blockers until they are resolved, and the calls with the next one', async () => {
    const supplierId = world.supplier.placeId
    const blocker = await client.liaison.addBlocker({
      requestId: requestId(),
      supplierId,
      itemId: world.surgical.itemId,
      kind: 'raw-material',
      note: '熔喷布',
    })
    await client.liaison.addCall({
      requestId: requestId(),
      supplierId,
      itemId: null,
      spokeWith: '梁经理',
      note: '明天到两吨',
      nextOn: '2026-11-25',
      nextWith: '梁经理',
    })
    const [row] = await client.liaison.board()
    expect(row!.blockers.map((one) => one.kind)).toEqual(['raw-material'])
    expect(row!.lastCall).toMatchObject({ nextOn: '2026-11-25', note: '明天到两吨' })
    await client.liaison.resolveBlocker({ requestId: requestId(), blockerId: blocker.blockerId })
    expect((await client.liaison.board())[0]!.blockers).toEqual([])
    const again = client.liaison.resolveBlocker({ requestId: requestId(), blockerId: blocker.blockerId })
    expect(await refusalsOf(again)).toMatchObject([{ code: 'already-closed' }])
  })

  it('lets a wrong fulfilment be set by hand, within what the line has and the commitment wants', async () => {
    const [first, second] = await commit([
      [100, '2026-11-20'],
      [100, '2026-11-22'],
    ])
    const { head } = await client.delivery.post(deliveryOf(world, [line(world.surgical.itemId, { packs: 3 })]))
    const set = (commitmentId: number, quantityBase: number) =>
      client.liaison.saveFulfilment({
        requestId: requestId(),
        commitmentId,
        postingSeq: head.postingSeq,
        line: 1,
        quantityBase,
      })
    expect(await refusalsOf(set(second!.commitmentId, 80))).toMatchObject([
      { code: 'out-of-range', field: 'quantityBase', given: 80, allowed: '0–50' },
    ])
    expect(await set(first!.commitmentId, 50)).toMatchObject({ deliveredBase: 50, outstandingBase: 50 })
    expect(await set(second!.commitmentId, 100)).toMatchObject({ deliveredBase: 100, outstandingBase: 0 })
  })

  it('names the wrong rows of a pasted sheet of promises and saves none', async () => {
    const refusals = await refusalsOf(
      commit([
        [100, today],
        [0, today],
        [50, '2026-13-01'],
      ]),
    )
    expect(refusals.map((one) => [one.line, one.field, one.code])).toEqual([
      [2, 'quantityBase', 'out-of-range'],
      [3, 'dueOn', 'date-invalid'],
    ])
    expect(await client.commitment.list({ supplierId: null, openOnly: false })).toEqual([])
  })

  it('keeps contacts, licences and the other names of a supplier', async () => {
    const detail = {
      contacts: [{ name: '梁经理', post: '厂长', phone: '1380757' }],
      licences: [
        { itemId: world.surgical.itemId, number: '粤械注准20201', standard: 'YY 0469-2011', validUntil: '2027-01-01' },
      ],
      aliases: ['康护厂', '顺德康护'],
    }
    const saved = await client.liaison.saveDetail({
      requestId: requestId(),
      supplierId: world.supplier.placeId,
      ...detail,
    })
    expect({ ...saved, aliases: [...saved.aliases].sort() }).toEqual({ ...detail, aliases: [...detail.aliases].sort() })
    const { names } = await client.alias.list()
    expect(names.map((row) => [row.kind, row.alias, row.targetId])).toContainEqual([
      'supplier',
      '康护厂',
      world.supplier.placeId,
    ])
  })

  it('receives as expected, inspects, and only then lets a lot out', async () => {
    await client.delivery.post(deliveryOf(world, [line(world.surgical.itemId, { packs: 20 })], { inspect: true }))
    expect((await client.stock.grid()).rows).toMatchObject([{ onHandBase: 1000, availableBase: 0, unusableBase: 1000 }])
    const [waiting] = await client.hold.list({ openOnly: true })
    expect(waiting).toMatchObject({ kind: 'inspection', lot: 'A1', onHandBase: 1000, itemStandard: 'YY 0469-2011' })
    expect(await refusalsOf(client.round.approve(await planOf(client, world)))).toMatchObject([
      { code: 'nothing-allocated' },
    ])
    await client.hold.release({ requestId: requestId(), holdId: waiting!.holdId, note: '合格' })
    expect((await client.stock.grid()).rows).toMatchObject([{ availableBase: 1000 }])
    const twice = client.hold.release({ requestId: requestId(), holdId: waiting!.holdId, note: '' })
    expect(await refusalsOf(twice)).toMatchObject([{ code: 'already-closed', given: 'released' }])
  })

  it('sends a rejected lot back to its supplier by a posting', async () => {
    await client.delivery.post(deliveryOf(world, [line(world.surgical.itemId, { packs: 20 })], { inspect: true }))
    const [waiting] = await client.hold.list({ openOnly: true })
    const bare = client.hold.reject({ requestId: requestId(), holdId: waiting!.holdId, note: ' ' })
    expect(await refusalsOf(bare)).toMatchObject([{ code: 'required', field: 'note' }])
    await client.hold.reject({ requestId: requestId(), holdId: waiting!.holdId, note: '标准不符' })
    expect((await client.stock.grid()).rows).toEqual([])
    const card = await client.stock.card({
      itemId: world.surgical.itemId,
      depotId: world.depot.placeId,
      before: null,
      limit: 5,
    })
    expect(card.map((row) => [row.kind, row.inBase, row.outBase, row.balanceBase])).toEqual([
      ['return', 0, 1000, 0],
      ['delivery', 1000, 0, 1000],
    ])
  })

  it('stops a recalled lot at the door and says where it is', async () => {
    await client.delivery.post(deliveryOf(world, [line(world.surgical.itemId, { packs: 20 })]))
    const { slipIds } = await client.round.approve(await planOf(client, world))
    await client.slip.dispatch({ requestId: requestId(), slipId: slipIds[0]!, businessDate: today })
    const [lot] = await client.stock.lots({ itemId: world.surgical.itemId, depotId: null })
    const recall = await client.hold.add({
      requestId: requestId(),
      lotId: lot!.lotId,
      kind: 'recall',
      reason: '厂家通知',
    })
    const blocked = client.slip.dispatch({ requestId: requestId(), slipId: slipIds[1]!, businessDate: today })
    expect(await refusalsOf(blocked)).toMatchObject([{ code: 'lot-on-hold', line: 1, given: 'A1' }])
    const places = await client.hold.whereabouts({ lotId: lot!.lotId })
    expect(places.map((row) => [row.kind, row.name, row.quantityBase])).toEqual([
      ['depot', '大良中心仓', 600],
      ['unit', '北滘检疫站', 400],
      ['slip', '大良街道', 300],
      ['slip', '容桂居委会', 300],
    ])
    await client.hold.release({ requestId: requestId(), holdId: recall.holdId, note: '误报' })
    await client.slip.dispatch({ requestId: requestId(), slipId: slipIds[1]!, businessDate: today })
  })

  it('remembers names, codes, layouts and lists taken before', async () => {
    const itemId = world.protective.itemId
    await client.alias.saveNames({
      requestId: requestId(),
      names: [{ kind: 'item', alias: ' 3M 口罩 ', targetId: itemId }],
    })
    await client.alias.saveCode({ requestId: requestId(), code: '06901234567892', itemId, packSizeBase: 20 })
    await client.alias.saveMapping({ requestId: requestId(), key: 'k', mapping: '{"columns":[]}' })
    await client.alias.rememberTaken({
      requestId: requestId(),
      fingerprint: 'abcdef123456',
      name: 'a.xlsx',
      document: 'RK1',
    })
    const { names, codes } = await client.alias.list()
    expect(names).toEqual([{ kind: 'item', key: '3m口罩', alias: '3M 口罩', targetId: itemId }])
    expect(codes).toEqual([{ code: '06901234567892', itemId, packSizeBase: 20 }])
    expect(await client.alias.mapping({ keys: ['k', 'x'] })).toEqual([{ key: 'k', mapping: '{"columns":[]}' }])
    expect(await client.alias.taken({ fingerprint: 'abcdef123456' })).toEqual([
      { name: 'a.xlsx', document: 'RK1', at: now },
    ])
  })
})
