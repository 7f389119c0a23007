import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Desk } from '../../api/context.ts'
import { closeDesk, openMemoryDesk, soloPerson } from '../../api/desk.ts'
import { clientFor } from '../../api/router.ts'
import { refusalsOf } from './suite.ts'
import { type Client, makeWorld, now, requestId, type World } from './world.ts'

type Item = Parameters<Client['item']['addList']>[0]['items'][number]
type Supplier = Parameters<Client['supplier']['saveList']>[0]['suppliers'][number]

describe('lists that are saved in one go', () => {
  let desk: Desk
  let client: Client
  let world: World
  beforeEach(async () => {
    desk = openMemoryDesk({ now: () => now })
    client = clientFor({ desk, person: soloPerson(desk) })
    world = await makeWorld(client)
  })
  afterEach(() => closeDesk(desk))

  const item = (code: string, change: Partial<Item> = {}): Item => ({
    code,
    name: `物资${code}`,
    nameEn: '',
    category: 'other',
    specification: '',
    standard: '',
    baseUnit: '个',
    packName: '箱',
    packSizeBase: 10,
    shelfLifeDays: null,
    reserveBase: 0,
    unitPriceFen: null,
    ...change,
  })
  const maker = (code: string, change: Partial<Supplier> = {}): Supplier => ({
    placeId: null,
    version: null,
    code,
    name: `厂${code}`,
    nameEn: '',
    town: '',
    address: '',
    contact: '',
    phone: '',
    note: '',
    supplierKind: 'manufacturer',
    licence: '',
    capacity: [{ itemId: world.surgical.itemId, perDayBase: 500 }],
    ...change,
  })

  it('adds all items or none, and names the line of every fault', async () => {
    const given = { requestId: requestId(), items: [item('WZ-001'), item('WZ-002')] }
    const added = await client.item.addList(given)
    expect(added.map(({ code }) => code)).toEqual(['WZ-001', 'WZ-002'])
    expect(await client.item.addList(given)).toEqual(added)
    const before = await client.item.list({ archived: false })
    const refusals = await refusalsOf(
      client.item.addList({
        requestId: requestId(),
        items: [item('WZ-003'), item('WZ-001'), item('WZ-004', { name: '' }), item('WZ-003')],
      }),
    )
    expect(refusals.map(({ line, code, field }) => [line, code, field])).toEqual([
      [2, 'code-taken', 'code'],
      [3, 'required', 'name'],
      [4, 'code-taken', 'code'],
    ])
    expect(await client.item.list({ archived: false })).toEqual(before)
  })

  it('saves all manufacturers or none, those on file and new ones', async () => {
    const { search: _, archivedAt: __, lastDeliveryAt: ___, ...fields } = world.supplier
    const change: Supplier = { ...fields, capacity: [{ itemId: world.protective.itemId, perDayBase: 80 }] }
    const saved = await client.supplier.saveList({ requestId: requestId(), suppliers: [maker('CJ-001'), change] })
    expect(saved.map(({ name, capacity }) => [name, capacity[0]?.perDayBase])).toEqual([
      ['厂CJ-001', 500],
      [world.supplier.name, 80],
    ])
    const before = await client.supplier.list({ archived: false })
    const refusals = await refusalsOf(
      client.supplier.saveList({
        requestId: requestId(),
        suppliers: [
          maker('CJ-002'),
          change,
          maker('CJ-001'),
          maker('CJ-003', { capacity: [{ itemId: 999, perDayBase: 5 }] }),
        ],
      }),
    )
    expect(refusals.map(({ line, code }) => [line, code])).toEqual([
      [2, 'changed-meanwhile'],
      [3, 'code-taken'],
      [4, 'not-found'],
    ])
    expect(await client.supplier.list({ archived: false })).toEqual(before)
  })
})
