import type { ContractRouterClient } from '@orpc/contract'
import { addDays, toDayNumber } from '../../core/civil-date.ts'
import { workOutUse } from '../../core/need.ts'
import type { Person } from '../../core/role.ts'
import { readSettings, saveSetting } from '../../db/desk.ts'
import { listDuties } from '../../db/norm.ts'
import { transact } from '../../db/statement.ts'
import { type Context, createChanges, type Desk } from '../context.ts'
import type { contract } from '../contract/contract.ts'
import { features } from '../contract/session.ts'
import { demoItems, demoNorms } from './catalogue.ts'
import { keepDepots } from './depot-work.ts'
import { demoDepots, demoSuppliers, towns, unitPatterns } from './district.ts'
import { askForMore, enterSupplierDetails, keepInTouch } from './liaison.ts'
import { createRandom, type Random } from './random.ts'

export type Client = ContractRouterClient<typeof contract>

/** Days of deliveries and rounds before today. */
const demoDays = 21
export const demoSeed = 20200206
export const demonstrationSetting = 'demonstration'

/** What the database remembers of its filling, so that one that was cut off goes on where it stopped. */
export type DemonstrationState = { readonly today: string; readonly done: boolean }

export function readDemonstration(desk: Pick<Desk, 'database'>): DemonstrationState | null {
  return (readSettings(desk.database).get(demonstrationSetting) as DemonstrationState | undefined) ?? null
}

const nothing = { nameEn: '', town: '', address: '', contact: '', phone: '', note: '' }

/**
 * Fills an empty database with a made-up Shunde: catalogue, needs, and three weeks of deliveries, reports, rounds and
 * dispatches, every one of them through the procedures that a person uses, with a clock that walks through those days.
 * All ids come from the seed, so filling again after a crash repeats no effect.
 */
export async function fillDemonstration(
  desk: Desk,
  person: Person,
  clientFor: (context: Context) => Client,
): Promise<void> {
  const today = readDemonstration(desk)?.today ?? desk.businessDate()
  const remember = (done: boolean) =>
    transact(desk.database, (db) =>
      saveSetting(db, { at: desk.now(), personId: person.personId }, demonstrationSetting, { today, done }),
    )
  remember(false)
  const random = createRandom(demoSeed)
  const first = addDays(today, -demoDays)
  // 8 in the morning of the day at the depot (UTC+8), a minute later with each step.
  const clock = { day: first, minutes: 0 }
  const walking: Desk = {
    ...desk,
    changes: createChanges(),
    now: () => {
      clock.minutes += 1
      return toDayNumber(clock.day) * 86_400_000 + clock.minutes * 60_000
    },
    businessDate: () => clock.day,
  }
  const client = clientFor({ desk: walking, person })
  const district = await enterCatalogue(client, random, desk)
  // Chance of their own, so that what is said on the telephone changes nothing of what is delivered.
  const words = createRandom(demoSeed + 1)
  await client.session.rename({ requestId: createRandom(demoSeed + 2).id(), name: '区慧敏' })
  const stated = createRandom(demoSeed + 3)
  const open: Parameters<typeof keepInTouch>[5] = new Map()
  for (let day = 0; day <= demoDays; day += 1) {
    clock.day = addDays(first, day)
    clock.minutes = 0
    await liveOneDay(client, { random, stated }, district, day, clock.day, day === demoDays)
    if (day === 0) await enterSupplierDetails(client, words, district, today)
    await keepInTouch(client, words, district, clock.day, demoDays - day, open)
    if (day === demoDays) await askForMore(client, words, district, clock.day)
    if (day === demoDays) await keepDepots(client, createRandom(demoSeed + 4), district, clock.day)
    // A window that waits must be able to answer in between.
    await new Promise((resolve) => setTimeout(resolve, 0))
  }
  remember(true)
  desk.changes.publish(features)
}

export type District = {
  readonly items: ReadonlyMap<
    string,
    { itemId: number; packSizeBase: number; useBase: number; shelfLifeDays: number | null }
  >
  readonly suppliers: readonly {
    placeId: number
    makes: readonly { code: string; perDayBase: number }[]
    every: number
  }[]
  readonly depotIds: readonly number[]
  readonly units: readonly { placeId: number; use: ReadonlyMap<number, number>; tier: number }[]
  readonly policyId: number
  readonly notes: Map<number, number>
}

async function enterCatalogue(client: Client, random: Random, desk: Desk): Promise<District> {
  await client.setting.save({
    requestId: random.id(),
    organisation: '顺德区疫情防控指挥部物资保障组',
    organisationEn: 'Shunde District epidemic command, supplies group',
    utcOffsetMinutes: 480,
    shortBelowDays: 7,
    nearExpiryDays: 90,
  })
  const depotIds: number[] = []
  for (const depot of demoDepots) {
    const row = await client.depot.save({ requestId: random.id(), placeId: null, version: null, ...nothing, ...depot })
    depotIds.push(row.placeId)
  }
  const duties = new Map(listDuties(desk.database).map((duty) => [duty.code, duty.dutyId]))
  const people = new Map<string, number>()
  const planned = planUnits(random)
  for (const unit of planned) {
    for (const [duty, count] of Object.entries(unit.people)) people.set(duty, (people.get(duty) ?? 0) + count)
  }
  const items = new Map<
    string,
    { itemId: number; packSizeBase: number; useBase: number; shelfLifeDays: number | null }
  >()
  for (const item of demoItems) {
    let useMilli = 0
    for (const [duty, count] of people) useMilli += count * (demoNorms[duty]?.[item.code] ?? 0)
    const useBase = Math.max(1, Math.ceil(useMilli / 1000))
    const reserveBase = Math.ceil(useBase / 2 / item.packSizeBase) * item.packSizeBase
    const row = await client.item.save({
      requestId: random.id(),
      itemId: null,
      version: null,
      ...item,
      category: item.category as Parameters<Client['item']['save']>[0]['category'],
      reserveBase: reserveBase > useBase * 3 ? 0 : reserveBase,
    })
    items.set(item.code, {
      itemId: row.itemId,
      packSizeBase: item.packSizeBase,
      useBase,
      shelfLifeDays: item.shelfLifeDays,
    })
  }
  for (const [duty, norms] of Object.entries(demoNorms)) {
    for (const [code, milliPerPersonDay] of Object.entries(norms)) {
      const itemId = items.get(code)!.itemId
      await client.norm.save({ requestId: random.id(), dutyId: duties.get(duty)!, itemId, milliPerPersonDay })
    }
  }
  const units = []
  for (const { people: staff, ...unit } of planned) {
    const headcount = Object.entries(staff).map(([duty, count]) => ({ dutyId: duties.get(duty)!, people: count }))
    const row = await client.unit.save({
      requestId: random.id(),
      placeId: null,
      version: null,
      ...nothing,
      ...unit,
      headcount,
    })
    const use = new Map<number, number>()
    for (const [code, { itemId }] of items) {
      const norms = new Map(Object.entries(demoNorms).map(([duty, table]) => [duties.get(duty)!, table[code] ?? 0]))
      const useMilliPerDay = workOutUse(headcount, norms)
      if (useMilliPerDay > 0) use.set(itemId, useMilliPerDay)
    }
    units.push({ placeId: row.placeId, use, tier: unit.tier })
  }
  const suppliers = []
  for (const supplier of demoSuppliers) {
    const makes = Object.entries(supplier.makes).map(([code, share]) => {
      const { useBase, packSizeBase } = items.get(code)!
      return { code, perDayBase: Math.max(packSizeBase, Math.round((useBase * share) / 100)) }
    })
    const row = await client.supplier.save({
      requestId: random.id(),
      placeId: null,
      version: null,
      ...nothing,
      code: supplier.code,
      name: supplier.name,
      nameEn: supplier.nameEn,
      town: supplier.town,
      contact: supplier.contact,
      phone: `0757-22${random.whole(100000, 999999)}`,
      supplierKind: supplier.kind,
      licence: supplier.kind === 'manufacturer' ? `粤佛械生产备2019${random.whole(1000, 9999)}号` : '',
      capacity: makes.map(({ code, perDayBase }) => ({ itemId: items.get(code)!.itemId, perDayBase })),
    })
    suppliers.push({ placeId: row.placeId, makes, every: supplier.kind === 'manufacturer' ? 2 : 7 })
  }
  const [policy] = await client.policy.list({ archived: false })
  return { items, suppliers, depotIds, units, policyId: policy!.policyId, notes: new Map() }
}

function planUnits(random: Random) {
  return unitPatterns.flatMap((pattern) => {
    const where = pattern.towns === 'every' ? towns.map((_, index) => index) : pattern.towns
    return where.map((index) => {
      const [town, townEn, letters] = towns[index]!
      const size = random.whole(70, 130)
      return {
        code: `${letters}-${pattern.letter}1`,
        name: `${town}${pattern.suffix}`,
        nameEn: `${townEn} ${pattern.suffixEn}`,
        town,
        address: `${town}${index < 2 ? '街道' : '镇'}${random.whole(1, 99)}号`,
        contact: `${random.pick(['梁', '何', '陈', '黄', '李', '罗', '周', '吴', '麦', '欧阳'])}${random.pick(['主任', '站长', '所长', '医生', '队长'])}`,
        phone: `1380757${String(random.whole(0, 9999)).padStart(4, '0')}`,
        unitKind: pattern.kind,
        tier: pattern.tier,
        route: ['一线', '二线', '三线'][index % 3]!,
        people: Object.fromEntries(
          Object.entries(pattern.people).map(([duty, count]) => [duty, Math.max(1, Math.round((count * size) / 100))]),
        ),
      }
    })
  })
}

async function liveOneDay(
  client: Client,
  { random, stated }: { readonly random: Random; readonly stated: Random },
  district: District,
  day: number,
  date: string,
  isToday: boolean,
): Promise<void> {
  if (day % 3 === 0) await promise(client, random, district, date)
  await deliver(client, random, district, day, date)
  if (day % 3 === 0) await report(client, random, stated, district, date)
  if (day % 3 === 0) await allocate(client, random, district, date, isToday)
}

/** Manufacturers promise what they will deliver within three days. */
async function promise(client: Client, random: Random, district: District, date: string): Promise<void> {
  for (const supplier of district.suppliers) {
    if (supplier.every > 2) continue
    for (const { code, perDayBase } of supplier.makes) {
      if (random.whole(1, 100) > 60) continue
      const { itemId, packSizeBase } = district.items.get(code)!
      const quantityBase =
        Math.max(1, Math.round((perDayBase * random.whole(15, 30)) / 10 / packSizeBase)) * packSizeBase
      await client.commitment.save({
        requestId: random.id(),
        commitmentId: null,
        version: null,
        supplierId: supplier.placeId,
        itemId,
        quantityBase,
        dueOn: addDays(date, random.whole(1, 3)),
        note: '',
      })
    }
  }
}

async function deliver(client: Client, random: Random, district: District, day: number, date: string): Promise<void> {
  for (const [index, supplier] of district.suppliers.entries()) {
    if (day > 0 && (day + index) % supplier.every !== 0) continue
    const lines = supplier.makes.flatMap(({ code, perDayBase }) => {
      if (random.whole(1, 100) > 85) return []
      const { itemId, packSizeBase, shelfLifeDays } = district.items.get(code)!
      // The first day brings what was in the cupboards of the district.
      const days = supplier.every + (day === 0 ? 5 : 0)
      const packs = Math.round((perDayBase * days * random.whole(80, 130)) / 100 / packSizeBase)
      if (packs === 0) return []
      // What is donated or handed down has mostly lain in a store for long.
      const age =
        supplier.every > 2 && shelfLifeDays !== null ? shelfLifeDays - random.whole(45, 110) : random.whole(1, 6)
      const madeOn = addDays(date, -age)
      const rejected = random.whole(1, 100) <= 4 ? Math.max(1, Math.floor((packs * packSizeBase) / 200)) : 0
      return [
        {
          itemId,
          lot: `${madeOn.slice(2).replaceAll('-', '')}${random.pick(['A', 'B', 'C'])}`,
          madeOn,
          expiresOn: null,
          standard: '',
          packs,
          packSizeBase,
          piecesBase: null,
          acceptedBase: null,
          rejectedBase: rejected,
          rejectReason: rejected > 0 ? random.pick(['外箱破损', '受潮', '封口不严']) : '',
        },
      ]
    })
    if (lines.length === 0) continue
    const note = (district.notes.get(index) ?? 0) + 1
    district.notes.set(index, note)
    await client.delivery.post({
      requestId: random.id(),
      supplierId: supplier.placeId,
      depotId: district.depotIds[index % 3 === 2 ? 1 : 0]!,
      businessDate: date,
      noteNumber: `SH${date.replaceAll('-', '').slice(2)}${String(note).padStart(3, '0')}`,
      noteRepeat: false,
      note: '',
      lines,
    })
  }
}

/** Four units in five count what they have; the rest forget. The first time everyone says what was there before. */
async function report(client: Client, random: Random, stated: Random, district: District, date: string): Promise<void> {
  for (const unit of district.units) {
    if (random.whole(1, 100) > 80) continue
    const need = new Map((await client.unit.need({ placeId: unit.placeId })).map((row) => [row.itemId, row]))
    const reports = [...unit.use].map(([itemId, useMilliPerDay]) => {
      const estimate = need.get(itemId)?.stockBase ?? 0
      const start = Math.round((useMilliPerDay * random.whole(2, 40)) / 10_000)
      const onHandBase =
        estimate === 0 ? (random.whole(1, 100) <= 50 ? start : 0) : Math.round((estimate * random.whole(80, 115)) / 100)
      return { placeId: unit.placeId, itemId, onHandBase, reportedOn: date }
    })
    stateUse(stated, unit.use, reports, (itemId) => (need.get(itemId)?.reportedOn ?? null) !== null)
    if (reports.length > 0) await client.report.save({ requestId: random.id(), reports })
  }
}

type DemoReport = Parameters<Client['report']['save']>[0]['reports'][number]

/** Two units in five also say what they used since the last time, at first of the last three days. */
function stateUse(
  stated: Random,
  use: ReadonlyMap<number, number>,
  reports: DemoReport[],
  hasReported: (itemId: number) => boolean,
): void {
  if (stated.whole(1, 100) > 40) return
  for (const report of reports) {
    const quantityBase = Math.round(((use.get(report.itemId) ?? 0) * 3 * stated.whole(85, 115)) / 100_000)
    report.used = { quantityBase, days: hasReported(report.itemId) ? null : 3 }
  }
}

async function allocate(
  client: Client,
  random: Random,
  district: District,
  date: string,
  isToday: boolean,
): Promise<void> {
  // Today's round is of the second depot alone: what stands in the first waits for whoever looks at the demonstration.
  const choice = {
    depotIds: isToday ? [district.depotIds[1]!] : null,
    itemIds: null,
    unitIds: null,
    policyId: district.policyId,
    horizonDays: null,
    reserves: [],
  }
  const prepared = await client.round.prepare(choice)
  const ids = new Map(prepared.items.map((item) => [item.code, item.itemId]))
  const supply = prepared.problem.items.map((item) => ({
    itemId: ids.get(item.item)!,
    packs: item.lots.reduce((sum, lot) => sum + lot.packs, 0),
  }))
  const { slipIds } = await client.round.approve({
    requestId: random.id(),
    choice,
    pins: [],
    problemHash: prepared.problemHash,
    supply,
    note: '',
  })
  for (const slipId of slipIds) {
    // Of today's round some wait for the van.
    if (isToday && random.whole(1, 100) <= 40) continue
    await client.slip.dispatch({ requestId: random.id(), slipId, businessDate: date })
    // Most units sign at once; a few forget, and one in fifty finds a pack fewer.
    if (isToday || random.whole(1, 100) <= 3) continue
    const [slip] = await client.slip.get({ slipIds: [slipId] })
    const short = random.whole(1, 50) === 1 ? slip!.lines[0] : undefined
    await client.slip.sign({
      requestId: random.id(),
      slipId,
      signedBy: slip!.head.contact,
      signedOn: date,
      note: '',
      differences: short
        ? [{ line: short.line, receivedBase: short.quantityBase - short.packSizeBase, reason: 'lost' }]
        : [],
    })
  }
}
