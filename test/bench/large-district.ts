import { createRouterClient } from '@orpc/server'
import { closeDesk, openDesk, soloPerson } from '../../api/desk.ts'
import { router } from '../../api/router.ts'
import { addDays } from '../../core/civil-date.ts'

/** mulberry32. */
function randomOf(seed: number): (least: number, most: number) => number {
  let state = seed >>> 0
  return (least, most) => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return least + Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * (most - least + 1))
  }
}

let made = 0
function requestId(): string {
  made += 1
  return `10000000-0000-4000-8000-${String(made).padStart(12, '0')}`
}

const nothing = { nameEn: '', address: '', contact: '', phone: '', note: '' }
const towns = ['大良', '容桂', '伦教', '勒流', '陈村', '北滘', '乐从', '龙江', '杏坛', '均安']

/** A database with so many units and items, every unit using every item, and too little of each in one depot. */
export async function makeLargeDistrict(
  folder: string,
  size: { readonly units: number; readonly items: number },
  seed: number,
): Promise<void> {
  const desk = openDesk({ folder, version: '0.1.0', log: () => {} })
  try {
    const client = createRouterClient(router, { context: { desk, person: soloPerson(desk) } })
    const random = randomOf(seed)
    const today = desk.businessDate()
    const depot = await client.depot.save({
      requestId: requestId(),
      placeId: null,
      version: null,
      ...nothing,
      town: '大良',
      code: 'D01',
      name: '中心仓库',
    })
    const [duty] = await client.norm.duties()
    const items: { itemId: number; packSizeBase: number; milli: number }[] = []
    for (let index = 0; index < size.items; index++) {
      const packSizeBase = random(5, 60)
      const milli = random(200, 4000)
      const { itemId } = await client.item.save({
        requestId: requestId(),
        itemId: null,
        version: null,
        code: `I${String(index + 1).padStart(3, '0')}`,
        name: `防护物资${index + 1}号`,
        nameEn: `Supply ${index + 1}`,
        category: 'other',
        specification: '',
        standard: '',
        baseUnit: '只',
        packName: '箱',
        packSizeBase,
        shelfLifeDays: null,
        reserveBase: 0,
        unitPriceFen: null,
      })
      await client.norm.save({ requestId: requestId(), dutyId: duty!.dutyId, itemId, milliPerPersonDay: milli })
      items.push({ itemId, packSizeBase, milli })
    }
    let people = 0
    const reports: { placeId: number; itemId: number; onHandBase: number; reportedOn: string }[] = []
    for (let index = 0; index < size.units; index++) {
      const count = random(3, 60)
      people += count
      const { placeId } = await client.unit.save({
        requestId: requestId(),
        placeId: null,
        version: null,
        ...nothing,
        code: `U${String(index + 1).padStart(4, '0')}`,
        name: `${towns[index % 10]}第${index + 1}卡口`,
        nameEn: `Checkpoint ${index + 1}`,
        town: towns[index % 10]!,
        unitKind: 'checkpoint',
        tier: random(1, 3),
        route: '',
        headcount: [{ dutyId: duty!.dutyId, people: count }],
      })
      const reportedOn = addDays(today, -random(0, 6))
      for (const { itemId } of items) reports.push({ placeId, itemId, onHandBase: random(0, 120), reportedOn })
    }
    await client.report.save({ requestId: requestId(), reports })
    const supplier = await client.supplier.save({
      requestId: requestId(),
      placeId: null,
      version: null,
      ...nothing,
      town: '大良',
      code: 'S01',
      name: '顺德防护用品厂',
      supplierKind: 'manufacturer',
      licence: '',
      capacity: [],
    })
    await client.delivery.post({
      requestId: requestId(),
      supplierId: supplier.placeId,
      depotId: depot.placeId,
      businessDate: today,
      noteNumber: 'DN-1',
      noteRepeat: false,
      note: '',
      lines: items.map(({ itemId, packSizeBase, milli }, index) => ({
        itemId,
        lot: `L${index + 1}`,
        madeOn: null,
        expiresOn: addDays(today, 700),
        standard: '',
        packs: Math.max(50, Math.round((people * milli * random(2, 9)) / 1000 / packSizeBase)),
        packSizeBase,
        piecesBase: null,
        acceptedBase: null,
        rejectedBase: 0,
        rejectReason: '',
      })),
    })
  } finally {
    closeDesk(desk)
  }
}
