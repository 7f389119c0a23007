import type { ContractRouterClient } from '@orpc/contract'
import type { contract } from '../../api/contract/contract.ts'
import type { DeliveryLineInput } from '../../api/contract/delivery.ts'

export type Client = ContractRouterClient<typeof contract>

let counter = 0
/** A new request id; the tests of repetition keep one and send it again. */
export function requestId(): string {
  counter += 1
  return `00000000-0000-4000-8000-${String(counter).padStart(12, '0')}`
}

/** 24 November 2026, 11:00 at the depot. */
export const now = Date.UTC(2026, 10, 24, 3)
export const today = '2026-11-24'

const nothing = { nameEn: '', town: '', address: '', contact: '', phone: '', note: '' }

/** One depot, one manufacturer, two items, three units of one tier each, and what they use. */
export async function makeWorld(client: Client) {
  const depot = await client.depot.save({
    requestId: requestId(),
    placeId: null,
    version: null,
    ...nothing,
    code: 'D01',
    name: '大良中心仓',
  })
  const item = (code: string, name: string, standard: string) =>
    client.item.save({
      requestId: requestId(),
      itemId: null,
      version: null,
      code,
      name,
      nameEn: '',
      category: 'mask',
      specification: '三层',
      standard,
      baseUnit: '只',
      packName: '盒',
      packSizeBase: 50,
      shelfLifeDays: 730,
      reserveBase: 0,
      unitPriceFen: null,
    })
  const surgical = await item('M-0469', '医用外科口罩', 'YY 0469-2011')
  const protective = await item('M-19083', '医用防护口罩', 'GB 19083-2010')
  const supplier = await client.supplier.save({
    requestId: requestId(),
    placeId: null,
    version: null,
    ...nothing,
    code: 'S01',
    name: '顺德康护医疗用品厂',
    supplierKind: 'manufacturer',
    licence: '',
    capacity: [{ itemId: surgical.itemId, perDayBase: 10_000 }],
  })
  const [inpatient] = await client.norm.duties()
  for (const row of [surgical, protective]) {
    await client.norm.save({
      requestId: requestId(),
      dutyId: inpatient!.dutyId,
      itemId: row.itemId,
      milliPerPersonDay: 4000,
    })
  }
  const units = []
  for (const [code, name, tier] of [
    ['BJ-K1', '北滘检疫站', 1],
    ['DL-T1', '大良街道', 2],
    ['RG-V1', '容桂居委会', 3],
  ] as const) {
    units.push(
      await client.unit.save({
        requestId: requestId(),
        placeId: null,
        version: null,
        ...nothing,
        code,
        name,
        unitKind: 'checkpoint',
        tier,
        route: '',
        headcount: [{ dutyId: inpatient!.dutyId, people: 25 }],
      }),
    )
  }
  const [policy] = await client.policy.list({ archived: false })
  return { depot, surgical, protective, supplier, units, duty: inpatient!, policy: policy! }
}
export type World = Awaited<ReturnType<typeof makeWorld>>

export const line = (itemId: number, change: Partial<DeliveryLineInput> = {}): DeliveryLineInput => ({
  itemId,
  lot: 'A1',
  madeOn: '2026-11-01',
  expiresOn: null,
  standard: '',
  packs: 10,
  packSizeBase: null,
  piecesBase: null,
  acceptedBase: null,
  rejectedBase: 0,
  rejectReason: '',
  ...change,
})

export const deliveryOf = (
  world: World,
  lines: DeliveryLineInput[],
  change: Partial<Parameters<Client['delivery']['post']>[0]> = {},
): Parameters<Client['delivery']['post']>[0] => ({
  requestId: requestId(),
  supplierId: world.supplier.placeId,
  depotId: world.depot.placeId,
  businessDate: today,
  noteNumber: '',
  noteRepeat: false,
  note: '',
  lines,
  ...change,
})

export const choiceOf = (world: World) => ({
  depotIds: null,
  itemIds: null,
  unitIds: null,
  policyId: world.policy.policyId,
  horizonDays: null,
  reserves: [],
})

/** What a screen sends to approve the plan that it was shown. */
export async function planOf(client: Client, world: World) {
  const choice = choiceOf(world)
  const prepared = await client.round.prepare(choice)
  const ids = new Map(prepared.items.map((item) => [item.code, item.itemId]))
  const supply = prepared.problem.items.map((item) => ({
    itemId: ids.get(item.item)!,
    packs: item.lots.reduce((sum, lot) => sum + lot.packs, 0),
  }))
  return { requestId: requestId(), choice, pins: [], problemHash: prepared.problemHash, supply, note: '' }
}
