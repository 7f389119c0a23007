import { describe, expect, it } from 'vitest'
import type { Desk } from '../../api/context.ts'
import { all } from '../../db/statement.ts'
import { openWorldForEach } from './open-world.ts'
import { refusalsOf } from './suite.ts'
import { type Client, deliveryOf, line, requestId, today, type World } from './world.ts'

type Given = Parameters<Client['delivery']['postList']>[0]

describe('a list of several senders', () => {
  let desk: Desk
  let client: Client
  let world: World

  openWorldForEach((opened) => {
    ;({ desk, client, world } = opened)
  })

  const listOf = (deliveries: Given['deliveries'], change: Partial<Given> = {}): Given => ({
    requestId: requestId(),
    depotId: world.depot.placeId,
    businessDate: today,
    note: '捐赠名单',
    inspect: false,
    list: { fingerprint: 'abcdef12', name: '捐赠名单.xlsx' },
    deliveries,
    ...change,
  })
  const donor = (name: string, lines: Given['deliveries'][number]['lines']): Given['deliveries'][number] => ({
    postingId: requestId(),
    supplierId: null,
    newSupplier: { name, supplierKind: 'donor' },
    writtenAs: [name],
    lines,
  })
  const known = (writtenAs: string, lines: Given['deliveries'][number]['lines']): Given['deliveries'][number] => ({
    postingId: requestId(),
    supplierId: world.supplier.placeId,
    newSupplier: null,
    writtenAs: [writtenAs],
    lines,
  })
  const written = () =>
    all(
      desk.database,
      `SELECT (SELECT count(*) FROM posting) AS postings, (SELECT count(*) FROM lot) AS lots,
         (SELECT count(*) FROM place) AS places, (SELECT count(*) FROM name_alias) AS names,
         (SELECT count(*) FROM list_taken) AS lists`,
    )[0]

  it('becomes one delivery for each sender in one go, new donors registered, and is known by its documents', async () => {
    const itemId = world.surgical.itemId
    const given = listOf([
      donor('爱心人士', [line(itemId, { packs: 2 }), line(world.protective.itemId, { lot: 'P1', packs: 1 })]),
      known('康护厂', [line(itemId, { packs: 4 })]),
      donor('深圳某公司', [line(itemId, { packs: null, piecesBase: 30, lot: '' })]),
    ])
    const answer = await client.delivery.postList(given)
    expect(answer.newSuppliers).toBe(2)
    expect(answer.deliveries.map((one) => [one.number, one.supplierName, one.lines, one.acceptedBase])).toEqual([
      ['RK20261124-001', '爱心人士', 2, 150],
      ['RK20261124-002', '顺德康护医疗用品厂', 1, 200],
      ['RK20261124-003', '深圳某公司', 1, 30],
    ])
    const suppliers = await client.supplier.list({ archived: false })
    expect(suppliers.filter((one) => one.supplierKind === 'donor').map((one) => [one.code, one.name])).toEqual([
      ['JZ-001', '爱心人士'],
      ['JZ-002', '深圳某公司'],
    ])
    const { names } = await client.alias.list()
    expect(names.map(({ kind, alias, targetId }) => [kind, alias, targetId])).toEqual([
      ['supplier', '康护厂', world.supplier.placeId],
    ])
    expect(await client.alias.taken({ fingerprint: 'abcdef12' })).toMatchObject([
      { document: 'RK20261124-001 – RK20261124-003' },
    ])
    // Sent again it is the same; a donor of the same name is not made twice.
    const before = written()
    expect(await client.delivery.postList(given)).toEqual(answer)
    expect(written()).toEqual(before)
    const more = await client.delivery.postList(listOf([donor('爱心 人士', [line(itemId, { lot: 'Z9' })])]))
    expect(more).toMatchObject({ newSuppliers: 0, deliveries: [{ supplierName: '爱心人士' }] })
  })

  it('is refused whole when one line of one sender is wrong: every wrong line named, nothing written', async () => {
    const before = written()
    const itemId = world.surgical.itemId
    const refusals = await refusalsOf(
      client.delivery.postList(
        listOf(
          [
            donor('甲', [line(itemId), line(itemId, { packs: 0 })]),
            donor('乙', [line(itemId), line(999), line(itemId, { expiresOn: '2026-11-01', madeOn: null })]),
          ],
          { depotId: 987 },
        ),
      ),
    )
    expect(refusals.map(({ line: row, field, code }) => [row, field, code])).toEqual([
      [null, 'depotId', 'not-found'],
      [2, 'packs', 'out-of-range'],
      [4, 'itemId', 'not-found'],
      [5, 'expiresOn', 'expired'],
    ])
    const nameless = [
      { ...donor('甲', [line(itemId)]), newSupplier: null },
      donor('很'.repeat(60), [line(itemId)]),
      { ...known('丙', [line(itemId)]), supplierId: 4321 },
    ]
    expect(
      (await refusalsOf(client.delivery.postList(listOf(nameless)))).map(({ code, field, about }) => [
        code,
        field,
        about.sender,
      ]),
    ).toEqual([
      ['required', 'supplierId', '甲'],
      ['not-found', 'supplierId', '丙'],
    ])
    expect(written()).toEqual(before)
  })

  it('fulfils the promises of a sender who made some, and holds all of it where it is to be inspected', async () => {
    await client.commitment.save({
      requestId: requestId(),
      commitmentId: null,
      version: null,
      supplierId: world.supplier.placeId,
      itemId: world.surgical.itemId,
      quantityBase: 300,
      dueOn: today,
      note: '',
    })
    await client.delivery.postList(
      listOf([donor('甲', [line(world.surgical.itemId, { lot: 'D' })]), known('', [line(world.surgical.itemId)])], {
        inspect: true,
      }),
    )
    const [promise] = await client.commitment.list({ supplierId: world.supplier.placeId, openOnly: false })
    expect(promise).toMatchObject({ deliveredBase: 300, outstandingBase: 0 })
    expect((await client.hold.list({ openOnly: true })).length).toBe(2)
  })
})

describe('a line that was recorded before', () => {
  let client: Client
  let world: World

  openWorldForEach((opened) => {
    ;({ client, world } = opened)
  })

  it('is found by supplier, item, lot and quantity within 14 days, and by nothing less', async () => {
    const { placeId: supplierId } = world.supplier
    const { itemId } = world.surgical
    await client.delivery.post(deliveryOf(world, [line(itemId)], { businessDate: '2026-11-20' }))
    const second = await client.delivery.post(
      deliveryOf(world, [line(itemId), line(itemId, { lot: '', packs: 3 })], { businessDate: '2026-11-22' }),
    )
    const asked = { supplierId, itemId, lot: 'A1', quantityBase: 500, on: today }
    const lines = [
      asked,
      { ...asked, lot: ' Ａ1 ', on: '2026-11-10' },
      { ...asked, supplierId: null },
      { ...asked, lot: '', quantityBase: 150 },
      { ...asked, supplierId: supplierId + 1 },
      { ...asked, itemId: world.protective.itemId },
      { ...asked, lot: 'A2' },
      { ...asked, quantityBase: 501 },
      { ...asked, on: '2026-12-07' },
      { ...asked, supplierId: null, lot: '', quantityBase: 150 },
      { ...asked, lot: '', quantityBase: 500 },
    ]
    const found = await client.delivery.recorded({ lines })
    expect(found.map(({ index, number }) => [index, number])).toEqual([
      [0, second.head.number],
      [1, second.head.number],
      [2, second.head.number],
      [3, second.head.number],
      // A sender nobody knows and no lot number: what came of that item without one, in the same quantity.
      [9, second.head.number],
    ])
    expect(found[0]).toEqual({
      index: 0,
      postingSeq: second.head.postingSeq,
      number: second.head.number,
      businessDate: '2026-11-22',
    })
    expect(await client.delivery.recorded({ lines: [] })).toEqual([])
  })

  it('is found by what was counted, though some or all of it was rejected', async () => {
    const { placeId: supplierId } = world.supplier
    const { itemId } = world.surgical
    const posted = await client.delivery.post(
      deliveryOf(world, [
        line(itemId, { lot: 'R1', rejectedBase: 20, rejectReason: '破损' }),
        line(itemId, { lot: 'R2', acceptedBase: 0, rejectedBase: 500, rejectReason: '过期' }),
        line(itemId, { lot: 'R3' }),
      ]),
    )
    const asked = { supplierId, itemId, lot: 'R1', quantityBase: 500, on: today }
    const found = await client.delivery.recorded({
      lines: [
        asked,
        { ...asked, quantityBase: 480 },
        { ...asked, lot: 'R2' },
        { ...asked, lot: 'R3', supplierId: null },
        { ...asked, quantityBase: 499 },
        { ...asked, on: '2026-12-24' },
      ],
    })
    expect(found.map(({ index, number }) => [index, number])).toEqual(
      [0, 1, 2, 3].map((at) => [at, posted.head.number]),
    )
  })
})
