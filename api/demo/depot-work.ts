import type { Client, District } from './fill.ts'
import type { Random } from './random.ts'

type Lot = Awaited<ReturnType<Client['ledger']['depotLots']>>[number]

/** What else happened in the depots today: counts, goods held, moved, sent back, spoilt, and a slip picked short. */
export async function keepDepots(client: Client, chance: Random, district: District, today: string): Promise<void> {
  const [centre, branch] = district.depotIds as [number, number]
  const lots = await client.ledger.depotLots({ depotId: centre })
  /** The lot of an item that expires first, of what is free. */
  const lotOf = (code: string): Lot => lots.find(({ itemCode, freeBase }) => itemCode === code && freeBase > 0)!
  const some = (code: string, packs: number) => {
    const { lotId, freeBase } = lotOf(code)
    return { lotId, quantityBase: Math.min(freeBase, packs * district.items.get(code)!.packSizeBase) }
  }
  await holdLots(client, chance, lotOf)
  await moveGoods(client, chance, { centre, branch, today, some })
  await client.ledger.writeOff({
    requestId: chance.id(),
    depotId: centre,
    businessDate: today,
    cause: 'damaged',
    reason: '搬运时破瓶渗漏',
    lines: [{ ...some('D-84', 1), quantityBase: chance.whole(2, 6) }],
  })
  await takeBack(client, chance, district, centre, today)
  await pickShort(client, chance, today)
  await count(client, chance, { centre, branch, today })
}

async function holdLots(client: Client, chance: Random, lotOf: (code: string) => Lot): Promise<void> {
  const { lotId } = lotOf('G-APRON')
  await client.hold.add({ requestId: chance.id(), lotId, kind: 'doubt', reason: '外箱受潮有霉味，送质检复检' })
  const held = await client.hold.add({
    requestId: chance.id(),
    lotId: lotOf('O-SHEET').lotId,
    kind: 'doubt',
    reason: '标签有效期模糊，与厂家核对',
  })
  await client.hold.release({ requestId: chance.id(), holdId: held.holdId, note: '厂家补发合格证，复核无误' })
}

async function moveGoods(
  client: Client,
  chance: Random,
  at: {
    readonly centre: number
    readonly branch: number
    readonly today: string
    readonly some: (code: string, packs: number) => { lotId: number; quantityBase: number }
  },
): Promise<void> {
  const send = (note: string, lines: { lotId: number; quantityBase: number }[]) =>
    client.transfer.send({
      requestId: chance.id(),
      fromId: at.centre,
      toId: at.branch,
      businessDate: at.today,
      note,
      lines,
    })
  const arrived = await send('分仓补货', [at.some('H-SHOE', chance.whole(2, 4)), at.some('H-CAP', chance.whole(1, 3))])
  await client.transfer.receive({
    requestId: chance.id(),
    transferId: arrived.transferId,
    businessDate: at.today,
    reason: '',
    lines: [],
  })
  await send('下午随车送分仓', [at.some('H-BOOT', chance.whole(1, 3)), at.some('O-BAG', chance.whole(4, 10))])
}

/** A unit of the third tier gives back what it has too much of; a little of it is spoilt. */
async function takeBack(
  client: Client,
  chance: Random,
  district: District,
  depotId: number,
  today: string,
): Promise<void> {
  for (const { placeId, tier } of district.units) {
    if (tier !== 3) continue
    const held = (await client.ledger.unitLots({ unitId: placeId })).filter(({ quantityBase }) => quantityBase >= 20)
    if (held.length < 2) continue
    const lines = held.slice(0, 2).map(({ lotId, quantityBase }, index) => ({
      lotId,
      quantityBase: index === 0 ? Math.floor(quantityBase / 2) : chance.whole(1, 5),
      state: index === 0 ? ('good' as const) : ('damaged' as const),
    }))
    const reason = '值守点撤并，余量退回'
    const about = { unitId: placeId, depotId, businessDate: today, reason }
    await client.ledger.returnFromUnit({ requestId: chance.id(), ...about, lines })
    return
  }
}

/** One slip of today is short of a pack when it is picked, and of a few pieces when it is signed for. */
async function pickShort(client: Client, chance: Random, today: string): Promise<void> {
  const open = await client.slip.list({ roundId: null, state: 'approved', limit: 1000 })
  const slips = await client.slip.get({ slipIds: open.map(({ slipId }) => slipId) })
  const found = slips.find(({ lines }) => lines.length > 1 && lines.some(({ packs }) => packs > 1))
  const line = found?.lines.find(({ packs }) => packs > 1)
  if (found === undefined || line === undefined) return
  const { slipId, contact } = found.head
  await client.slip.pick({
    requestId: chance.id(),
    slipId,
    lines: [{ line: line.line, packs: line.packs - 1 }],
    replan: false,
  })
  await client.slip.dispatch({ requestId: chance.id(), slipId, businessDate: today })
  const receivedBase = (line.packs - 1) * line.packSizeBase - Math.min(3, line.packSizeBase)
  await client.slip.sign({
    requestId: chance.id(),
    slipId,
    signedBy: contact,
    signedOn: today,
    note: '当面点数',
    differences: [{ line: line.line, receivedBase, reason: 'miscounted' }],
  })
}

/** The branch has counted its disinfectants; the centre is in the middle of counting what is worn on head and feet. */
async function count(
  client: Client,
  chance: Random,
  at: { readonly centre: number; readonly branch: number; readonly today: string },
): Promise<void> {
  const start = (depotId: number, category: string, note: string) =>
    client.stocktake.start({ requestId: chance.id(), depotId, category, blind: false, note })
  const done = await start(at.branch, 'disinfection', '每周盘点')
  const { stocktakeId } = done.head
  const differing = new Map([
    [0, [-1, '零散取用未登记']],
    [2, [1, '上次少点一瓶']],
  ] as const)
  const counts = done.lines.map(({ lotId, expectedBase }, index) => {
    const [difference, reason] = differing.get(index as 0 | 2) ?? [0, '']
    return { lotId, countedBase: Math.max(0, (expectedBase ?? 0) + difference), reason }
  })
  await client.stocktake.count({ requestId: chance.id(), stocktakeId, counts })
  await client.stocktake.post({ requestId: chance.id(), stocktakeId, businessDate: at.today })
  const open = await start(at.centre, 'head-foot', '')
  await client.stocktake.count({
    requestId: chance.id(),
    stocktakeId: open.head.stocktakeId,
    counts: open.lines.slice(0, Math.ceil(open.lines.length / 2)).map(({ lotId, expectedBase }, index) => ({
      lotId,
      countedBase: Math.max(0, (expectedBase ?? 0) - (index === 1 ? 2 : 0)),
      reason: index === 1 ? '外箱少两件' : '',
    })),
  })
}
