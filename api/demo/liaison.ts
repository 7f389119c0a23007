import { addDays } from '../../core/civil-date.ts'
import { demoItems } from './catalogue.ts'
import { demoSuppliers } from './district.ts'
import type { Client, District } from './fill.ts'
import type { Random } from './random.ts'

/** What a clerk does on the telephone beside the deliveries. Days count back from the last one, which is 0. */
type Said = {
  readonly daysAgo: number
  readonly supplier: string
  readonly item: string | null
  readonly spokeWith: string
  readonly note: string
  /** Days from that day on; null when nothing was agreed. */
  readonly nextIn: number | null
}

const calls: readonly Said[] = [
  call(9, 'S03', 'D-75', '陈经理', '酒精运输车辆办不到通行证，已报交通组', 2),
  call(7, 'S03', 'D-75', '陈经理', '通行证已办好，明天起恢复每天一车', null),
  call(6, 'S05', 'M-19083', '黄厂长', '熔喷布只够两天，正在联系佛山的供应商', 3),
  call(5, 'S02', null, '何主任', '返岗工人四十人在隔离观察，周末可复工', 4),
  call(4, 'S04', 'E-GOG', '麦厂长', '护目镜模具检修，先用备用模具，产量减半', 2),
  call(4, 'S06', 'L-10213', '欧阳经理', '丁腈原料涨价，承诺数量不变', null),
  call(3, 'S05', 'M-KN95', '黄厂长', '熔喷布到货一吨，KN95 先恢复一条线', 3),
  call(2, 'S10', 'M-0469', '罗经理', '外科口罩按承诺交货，采样拭子可提前一天', 3),
  call(2, 'S07', 'D-84', '李主管', '跨市运输等通行证，请协调交通组', 2),
  call(1, 'S02', 'G-19082', '何主任', '先保防护服，隔离衣推迟两天', 2),
  call(1, 'S01', 'M-0469', '梁经理', '已加夜班，下周日产量可加两成', 2),
]

function call(
  daysAgo: number,
  supplier: string,
  item: string | null,
  spokeWith: string,
  note: string,
  nextIn: number | null,
): Said {
  return { daysAgo, supplier, item, spokeWith, note, nextIn }
}

type Kind = Parameters<Client['liaison']['addBlocker']>[0]['kind']
type Blocked = {
  readonly daysAgo: number
  readonly supplier: string
  readonly item: string | null
  readonly kind: Kind
  readonly note: string
  readonly endedDaysAgo: number | null
}

const blockers: readonly Blocked[] = [
  { daysAgo: 9, supplier: 'S03', item: 'D-75', kind: 'transport', note: '车辆无通行证', endedDaysAgo: 7 },
  { daysAgo: 6, supplier: 'S05', item: 'M-19083', kind: 'raw-material', note: '熔喷布缺口约三吨', endedDaysAgo: null },
  { daysAgo: 5, supplier: 'S02', item: null, kind: 'labour', note: '四十名工人隔离观察', endedDaysAgo: null },
  { daysAgo: 4, supplier: 'S04', item: 'E-GOG', kind: 'machine', note: '模具检修，产量减半', endedDaysAgo: null },
  { daysAgo: 2, supplier: 'S07', item: 'D-84', kind: 'transport', note: '跨市通行证待批', endedDaysAgo: null },
]

/** Names that lists give to manufacturers. */
const otherNames: Readonly<Record<string, readonly string[]>> = {
  S01: ['康护', '大良康护厂'],
  S02: ['净安', '北滘净安'],
  S03: ['华洁', '华洁日化'],
  S05: ['新盾', '龙江新盾'],
  S10: ['陈村耗材厂'],
  S12: ['慈善会'],
}

/** Licences that need somebody's eye: days from the last day on. The others are good for a year or longer. */
const validDays: Readonly<Record<string, number>> = { 'S05/M-KN95': -4, 'S10/M-0469': 18, 'S06/L-7543': 40 }

const posts: Readonly<Record<string, string>> = { 经理: '销售经理', 主任: '生产主任', 厂长: '厂长', 主管: '生产主管' }
const standards = new Map(demoItems.map((item) => [item.code, item.standard]))
const placeOf = (district: District, code: string): number =>
  district.suppliers[demoSuppliers.findIndex((one) => one.code === code)]!.placeId
const itemOf = (district: District, code: string | null): number | null =>
  code === null ? null : district.items.get(code)!.itemId

/** Whom one speaks with at each manufacturer, for what it has a licence and until when, and what others call it. */
export async function enterSupplierDetails(
  client: Client,
  random: Random,
  district: District,
  lastDay: string,
): Promise<void> {
  for (const supplier of demoSuppliers) {
    const isMaker = supplier.kind === 'manufacturer'
    const post = Object.entries(posts).find(([ending]) => supplier.contact.endsWith(ending))?.[1] ?? ''
    const licences = Object.keys(supplier.makes).flatMap((code) => {
      const standard = standards.get(code) ?? ''
      if (!isMaker || standard === '') return []
      const days = validDays[`${supplier.code}/${code}`] ?? random.whole(380, 1500)
      return [
        {
          itemId: itemOf(district, code),
          number: `粤械注准2019214${random.whole(1000, 9999)}`,
          standard,
          validUntil: addDays(lastDay, days),
        },
      ]
    })
    await client.liaison.saveDetail({
      requestId: random.id(),
      supplierId: placeOf(district, supplier.code),
      contacts: [
        { name: supplier.contact, post, phone: `1382757${String(random.whole(0, 9999)).padStart(4, '0')}` },
        ...(isMaker ? [{ name: '值班室', post: '发货', phone: `0757-22${random.whole(100000, 999999)}` }] : []),
      ],
      licences,
      aliases: [...(otherNames[supplier.code] ?? [])],
    })
  }
}

/** The calls of one day, and what stood in the way of production since then. Blockers that ended are closed. */
export async function keepInTouch(
  client: Client,
  random: Random,
  district: District,
  date: string,
  daysAgo: number,
  open: Map<Blocked, number>,
): Promise<void> {
  for (const blocker of blockers.filter((one) => one.daysAgo === daysAgo)) {
    const { supplier, item, kind, note } = blocker
    const { blockerId } = await client.liaison.addBlocker({
      requestId: random.id(),
      supplierId: placeOf(district, supplier),
      itemId: itemOf(district, item),
      kind,
      note,
    })
    open.set(blocker, blockerId)
  }
  for (const one of calls.filter((each) => each.daysAgo === daysAgo)) {
    await client.liaison.addCall({
      requestId: random.id(),
      supplierId: placeOf(district, one.supplier),
      itemId: itemOf(district, one.item),
      spokeWith: one.spokeWith,
      note: one.note,
      nextOn: one.nextIn === null ? null : addDays(date, one.nextIn),
      nextWith: one.nextIn === null ? '' : one.spokeWith,
    })
  }
  for (const [blocker, blockerId] of open) {
    if (blocker.endedDaysAgo !== daysAgo) continue
    await client.liaison.resolveBlocker({ requestId: random.id(), blockerId })
  }
}

/** Units that ask by themselves: the front for far more than the norm, others for a few days' use. */
export async function askForMore(client: Client, random: Random, district: District, date: string): Promise<void> {
  const asking = [
    { tier: 1, units: 2, days: 40, note: '收治人数增加' },
    { tier: 2, units: 6, days: 6, note: '' },
  ]
  const sizes = new Map([...district.items.values()].map(({ itemId, packSizeBase }) => [itemId, packSizeBase]))
  const requests = asking.flatMap(({ tier, units, days, note }) =>
    district.units
      .filter((unit) => unit.tier === tier)
      .slice(-units)
      .flatMap((unit) => {
        const wanted = [...unit.use].filter(() => random.whole(1, 100) <= 35).slice(0, 3)
        return wanted.map(([itemId, useMilliPerDay]) => {
          const packSizeBase = sizes.get(itemId)!
          const packs = Math.max(1, Math.ceil((useMilliPerDay * days) / 1000 / packSizeBase))
          return { unitId: unit.placeId, itemId, quantityBase: packs * packSizeBase, requestedOn: date, note }
        })
      }),
  )
  if (requests.length > 0) await client.request.save({ requestId: random.id(), requests })
}
