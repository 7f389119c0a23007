import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Desk } from '../../api/context.ts'
import { closeDesk, openMemoryDesk, soloPerson } from '../../api/desk.ts'
import { clientFor } from '../../api/router.ts'
import { all } from '../../db/statement.ts'
import { verifyDatabase } from '../../db/verify.ts'
import { refusalsOf } from './suite.ts'
import { type Client, deliveryOf, line, makeWorld, now, requestId, today, type World } from './world.ts'

type Given = Parameters<Client['stocktake']['postOpening']>[0]
type Line = Given['depots'][number]['lines'][number]

describe('opening stock', () => {
  let desk: Desk
  let client: Client
  let world: World

  beforeEach(async () => {
    desk = openMemoryDesk({ now: () => now })
    client = clientFor({ desk, person: soloPerson(desk) })
    world = await makeWorld(client)
  })
  afterEach(() => {
    expect(verifyDatabase(desk.database).difference).toBeNull()
    closeDesk(desk)
  })

  const counted = (countedBase: number, change: Partial<Line> = {}): Line => ({
    itemId: world.surgical.itemId,
    supplierId: null,
    lot: 'Q1',
    madeOn: null,
    expiresOn: '2028-06-30',
    standard: '',
    countedBase,
    expectedBase: 0,
    ...change,
  })
  const listOf = (lines: Line[], change: Partial<Given> = {}): Given => ({
    requestId: requestId(),
    businessDate: today,
    note: '期初.xlsx',
    list: { fingerprint: 'abcdef12', name: '期初.xlsx', document: '期初库存' },
    depots: [{ depotId: world.depot.placeId, postingId: requestId(), lines }],
    ...change,
  })
  const written = () =>
    all(
      desk.database,
      `SELECT (SELECT count(*) FROM posting) AS postings, (SELECT count(*) FROM lot) AS lots,
         (SELECT count(*) FROM place) AS places, (SELECT count(*) FROM stocktake) AS stocktakes,
         (SELECT count(*) FROM list_taken) AS lists`,
    )[0]
  const card = () =>
    client.stock.card({
      itemId: world.surgical.itemId,
      depotId: world.depot.placeId,
      before: null,
      limit: 100,
    })

  it('is a posted count from variance, with lots, stock, card and books that agree', async () => {
    const given = listOf([
      counted(500),
      counted(120, { lot: 'Q1' }),
      counted(80, { lot: 'Q2', supplierId: world.supplier.placeId }),
      // Expired, and still on the shelf; the day comes from the shelf life.
      counted(30, { lot: 'Q3', madeOn: '2020-01-01', expiresOn: null }),
      counted(0, { lot: 'Q4' }),
    ])
    const answer = await client.stocktake.postOpening(given)
    expect(answer.lots).toBe(3)
    const [head] = answer.stocktakes
    expect(head).toMatchObject({ state: 'posted', category: 'opening', lines: 3, counted: 3, differing: 3 })
    const lots = await client.stock.lots({ itemId: world.surgical.itemId, depotId: null })
    expect(lots.map(({ number, onHandBase, expiresOn }) => [number, onHandBase, expiresOn])).toEqual([
      ['Q3', 30, '2021-12-31'],
      ['Q1', 620, '2028-06-30'],
      ['Q2', 80, '2028-06-30'],
    ])
    expect((await card()).map(({ kind, inBase, balanceBase }) => [kind, inBase, balanceBase])).toEqual([
      ['opening', 30, 730],
      ['opening', 80, 700],
      ['opening', 620, 620],
    ])
    // Nothing of it was received from anybody.
    const flows = await client.ledger.flows({ from: today, to: today })
    expect([flows.received, flows.days]).toEqual([[], []])
    expect(await client.stocktake.postOpening(given)).toEqual(answer)
    const suppliers = await client.supplier.list({ archived: false })
    expect(suppliers.map(({ code, supplierKind }) => [code, supplierKind])).toContainEqual(['QC', 'purchase'])
    // Undo is a correcting posting, as for every other.
    await client.ledger.correct({ requestId: requestId(), postingSeq: head!.postingSeq!, reason: '记错' })
    expect(await client.stock.lots({ itemId: world.surgical.itemId, depotId: null })).toEqual([])
  })

  it('sets a lot that the depot has already to what was counted, and never adds to it', async () => {
    await client.delivery.post(deliveryOf(world, [line(world.surgical.itemId, { packs: 2, lot: 'Q1' })]))
    const [there] = await client.stock.lots({ itemId: world.surgical.itemId, depotId: null })
    const expiresOn = there!.expiresOn
    const unseen = await refusalsOf(client.stocktake.postOpening(listOf([counted(130, { expiresOn })])))
    expect(unseen).toMatchObject([{ code: 'stock-changed', line: 1, given: 0, allowed: 100 }])
    const told = await client.stocktake.postOpening(listOf([counted(130, { expiresOn, expectedBase: 100 })]))
    expect(told.lots).toBe(1)
    const lots = await client.stock.lots({ itemId: world.surgical.itemId, depotId: null })
    expect(lots.map(({ number, onHandBase }) => [number, onHandBase])).toEqual([['Q1', 130]])
    // Counted the same once more: nothing moves.
    const again = await client.stocktake.postOpening(listOf([counted(130, { expiresOn, expectedBase: 130 })]))
    expect(again.stocktakes[0]).toMatchObject({ differing: 0 })
    expect((await card()).map(({ kind, inBase }) => [kind, inBase])).toEqual([
      ['opening', 30],
      ['delivery', 100],
    ])
    // Without an expiry it is still that lot.
    const fewer = await client.stocktake.postOpening(listOf([counted(90, { expiresOn: null, expectedBase: 130 })]))
    expect(fewer.stocktakes[0]).toMatchObject({ differing: 1 })
    expect((await card())[0]).toMatchObject({ kind: 'opening', outBase: 40, balanceBase: 90 })
  })

  it('asks which lot it is where the depot has several of that number', async () => {
    for (const expiresOn of ['2027-01-31', '2027-02-28'])
      await client.delivery.post(deliveryOf(world, [line(world.surgical.itemId, { packs: 1, lot: 'Q1', expiresOn })]))
    const refusals = await refusalsOf(client.stocktake.postOpening(listOf([counted(10, { expiresOn: null })])))
    expect(refusals).toMatchObject([{ code: 'lot-several', field: 'lot', given: 'Q1' }])
  })

  it('names every fault with its line through all depots, and keeps nothing', async () => {
    const before = written()
    const refusals = await refusalsOf(
      client.stocktake.postOpening(
        listOf([], {
          businessDate: '2026-11-25',
          depots: [
            {
              depotId: world.depot.placeId,
              postingId: requestId(),
              lines: [counted(5), counted(-1), counted(1.5), counted(5, { itemId: 999 })],
            },
            {
              depotId: 998,
              postingId: requestId(),
              lines: [
                counted(5, { madeOn: '2026-12-01', expiresOn: null }),
                counted(5, { madeOn: '2026-06-01', expiresOn: '2026-05-01' }),
                counted(5, { itemId: world.protective.itemId, standard: 'GB 2626-2019' }),
                counted(5, { supplierId: 997 }),
              ],
            },
          ],
        }),
      ),
    )
    expect(refusals.map(({ line: at, code, field }) => [at, code, field])).toEqual([
      [null, 'date-in-future', 'businessDate'],
      [2, 'out-of-range', 'countedBase'],
      [3, 'whole-number-expected', 'countedBase'],
      [4, 'not-found', 'itemId'],
      [8, 'not-found', 'supplierId'],
      [null, 'not-found', 'depotId'],
      [5, 'date-in-future', 'madeOn'],
      [6, 'expiry-before-production', 'expiresOn'],
      [7, 'standard-below-item', 'standard'],
    ])
    expect(written()).toEqual(before)
    const nothing = await refusalsOf(client.stocktake.postOpening(listOf([counted(0)])))
    expect(nothing).toMatchObject([{ code: 'nothing-to-post' }])
    const nobody = await refusalsOf(
      clientFor({ desk, person: { personId: 1, name: 'x', roles: ['clerk'] } }).stocktake.postOpening(
        listOf([counted(5)]),
      ),
    )
    expect(nobody).toMatchObject([{ code: 'not-allowed' }])
  })
})
