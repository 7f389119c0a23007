import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { verifyPlan } from '../../core/allocation/verify.ts'
import { addDays } from '../../core/civil-date.ts'
import { runVerifyPlanCli } from '../../hub/plan-cli.ts'
import { openWorldForEach } from './open-world.ts'
import { refusalsOf } from './suite.ts'
import { type Client, choiceOf, deliveryOf, line, planOf, requestId, today, type World } from './world.ts'

describe('a round', () => {
  let client: Client
  let world: World

  openWorldForEach((opened) => {
    ;({ client, world } = opened)
  })

  const slipsOf = async (slipIds: number[]) =>
    (await client.slip.get({ slipIds })).map((slip) => [
      slip.head.unitCode,
      slip.head.depotName,
      slip.lines.map((row) => [row.itemCode, row.packs, row.substituteFor]),
    ])

  it('gives a substitute where the item itself does not suffice, and the slip says so', async () => {
    const substituteIds = [world.protective.itemId]
    await client.item.saveSubstitutes({ requestId: requestId(), itemId: world.surgical.itemId, substituteIds })
    await client.norm.save({
      requestId: requestId(),
      dutyId: world.duty.dutyId,
      itemId: world.protective.itemId,
      milliPerPersonDay: 0,
    })
    await client.delivery.post(
      deliveryOf(world, [
        line(world.surgical.itemId, { packs: 4 }),
        line(world.protective.itemId, { packs: 4, lot: 'P1' }),
      ]),
    )
    const { slipIds } = await client.round.approve(await planOf(client, world))
    const given = (await client.slip.get({ slipIds })).flatMap((slip) => slip.lines)
    expect(given.reduce((sum, row) => sum + row.packs, 0)).toBe(8)
    expect(given.filter((row) => row.itemCode === 'M-19083').every((row) => row.substituteFor === '医用外科口罩')).toBe(
      true,
    )
    expect(given.some((row) => row.itemCode === 'M-19083')).toBe(true)
  })

  it('refuses a substitute of a lower standard', async () => {
    const saved = client.item.saveSubstitutes({
      requestId: requestId(),
      itemId: world.protective.itemId,
      substituteIds: [world.surgical.itemId],
    })
    expect(await refusalsOf(saved)).toMatchObject([
      { code: 'standard-below-item', given: 'YY 0469-2011', allowed: 'GB 19083-2010' },
    ])
  })

  it('lets a request cap, never raise, and forgets it once a round has given', async () => {
    await client.delivery.post(deliveryOf(world, [line(world.surgical.itemId, { packs: 200 })]))
    const ask = (index: number, quantityBase: number) => ({
      unitId: world.units[index]!.placeId,
      itemId: world.surgical.itemId,
      quantityBase,
      requestedOn: today,
      note: '',
    })
    await client.request.save({ requestId: requestId(), requests: [ask(0, 120), ask(1, 1_000_000)] })
    const open = await client.request.list({ unitId: null, openOnly: true })
    expect(open.map((row) => [row.quantityBase, row.aboveNorm])).toEqual([
      [1_000_000, true],
      [120, false],
    ])
    const { slipIds } = await client.round.approve(await planOf(client, world))
    // 100 a day for 14 days are 28 packs of 50; 120 pieces asked for are 3.
    expect((await slipsOf(slipIds)).map(([unit, , rows]) => [unit, rows])).toEqual([
      ['BJ-K1', [['M-0469', 3, null]]],
      ['DL-T1', [['M-0469', 28, null]]],
      ['RG-V1', [['M-0469', 28, null]]],
    ])
    expect(await client.request.list({ unitId: null, openOnly: true })).toEqual([])
  })

  it('keeps a unit to the depots it may draw on, and takes from the nearer one first', async () => {
    const nothing = { nameEn: '', town: '', address: '', contact: '', phone: '', note: '' }
    const far = await client.depot.save({
      requestId: requestId(),
      placeId: null,
      version: null,
      ...nothing,
      code: 'D02',
      name: '北滘分仓',
    })
    await client.delivery.post(
      deliveryOf(world, [line(world.surgical.itemId, { packs: 50, lot: 'X', expiresOn: '2028-01-01' })]),
    )
    await client.delivery.post(
      deliveryOf(world, [line(world.surgical.itemId, { packs: 50, lot: 'X', expiresOn: '2028-01-01' })], {
        depotId: far.placeId,
      }),
    )
    const distance = (index: number, depotId: number, allowed: boolean, metres: number) =>
      client.unit.saveDepot({ requestId: requestId(), unitId: world.units[index]!.placeId, depotId, allowed, metres })
    await distance(0, far.placeId, true, 500)
    await distance(0, world.depot.placeId, true, 9000)
    await distance(1, far.placeId, false, 0)
    await distance(1, world.depot.placeId, true, 100)
    const { slipIds } = await client.round.approve(await planOf(client, world))
    const slips = await slipsOf(slipIds)
    expect(slips.find(([unit]) => unit === 'BJ-K1')![1]).toBe('北滘分仓')
    expect(slips.filter(([unit]) => unit === 'DL-T1').map(([, depot]) => depot)).toEqual(['大良中心仓'])
  })

  it('draws last on a depot whose distance nobody has entered, and on one that is barred never', async () => {
    const further = async (code: string) =>
      client.depot.save({
        requestId: requestId(),
        placeId: null,
        version: null,
        nameEn: '',
        town: '',
        address: '',
        contact: '',
        phone: '',
        note: '',
        code,
        name: code,
      })
    const [barred, unknown] = [await further('D02'), await further('D03')]
    for (const depotId of [world.depot.placeId, barred.placeId, unknown.placeId]) {
      await client.delivery.post(
        deliveryOf(world, [line(world.surgical.itemId, { packs: 40, lot: 'X', expiresOn: '2028-01-01' })], { depotId }),
      )
    }
    const [unit] = world.units
    const save = (depotId: number, allowed: boolean, metres: number) =>
      client.unit.saveDepot({ requestId: requestId(), unitId: unit!.placeId, depotId, allowed, metres })
    await save(world.depot.placeId, true, 800)
    await save(barred.placeId, false, 0)
    const { problem } = await client.round.prepare(choiceOf(world))
    const prepared = problem.units.find((one) => one.unit === unit!.code)!
    expect(prepared.distances).toEqual({ D01: 800, D02: 0, D03: 800 })
    expect(prepared.lines[0]!.depots).toEqual(['D01', 'D03'])
    const { slipIds } = await client.round.approve(await planOf(client, world))
    const mine = (await slipsOf(slipIds)).filter(([code]) => code === unit!.code)
    expect(mine.map(([, depot]) => depot)).not.toContain('D02')
  })

  it('says of each report whether it lies below our shipments, and of each request what the norm is', async () => {
    const [unit] = world.units
    const save = (onHandBase: number, reportedOn: string) =>
      client.report.save({
        requestId: requestId(),
        reports: [{ placeId: unit!.placeId, itemId: world.surgical.itemId, onHandBase, reportedOn }],
      })
    await save(5000, '2026-11-20')
    await save(100, '2026-11-22')
    await save(0, today)
    const listed = await client.report.list({ placeId: unit!.placeId })
    expect(listed.map((row) => [row.onHandBase, row.belowShipments])).toEqual([
      [0, false],
      [100, true],
      [5000, false],
    ])
    const ask = { unitId: unit!.placeId, itemId: world.surgical.itemId, requestedOn: today, note: '' }
    await client.request.save({ requestId: requestId(), requests: [{ ...ask, quantityBase: 1401 }] })
    const [asked] = await client.request.list({ unitId: null, openOnly: true })
    expect(asked).toMatchObject({ normBase: 1400, aboveNorm: true, open: true, withdrawn: false })
    await client.request.withdraw({ requestId: requestId(), requestSeq: asked!.requestSeq })
    expect(await client.request.list({ unitId: null, openOnly: false })).toMatchObject([
      { open: false, withdrawn: true },
    ])
  })

  it('holds back under the rolling horizon what promised deliveries may not replace, and says both numbers', async () => {
    await client.delivery.post(deliveryOf(world, [line(world.surgical.itemId, { packs: 40 })]))
    const rolling = await client.policy.save({
      requestId: requestId(),
      policyId: null,
      version: null,
      name: '滚动',
      nameEn: 'Rolling',
      rounding: 'runs-out-first',
      horizonDays: 14,
      rollingDays: 28,
      nearExpiry: false,
      rungs: [{ tiers: [1, 2, 3], days: 14 }],
    })
    const choice = { ...choiceOf(world), policyId: rolling.policyId }
    const prepared = await client.round.prepare(choice)
    const supply = [{ itemId: world.surgical.itemId, packs: 40 }]
    const { head } = await client.round.approve({
      requestId: requestId(),
      choice,
      pins: [],
      problemHash: prepared.problemHash,
      supply,
      note: '',
    })
    const { problem, result } = await client.round.file({ roundId: head.roundId })
    const service = result.items[0]!.serviceLevel!
    expect(service.levelBasisPoints).toBeLessThan(10_000)
    expect(service.grantedPacksWithout).toBe(40)
    expect(head.packs).toBeLessThan(40)
    expect(verifyPlan(problem, result).ok).toBe(true)
  })

  it('trusts a promise by the record of that item, not by what else the manufacturer makes', async () => {
    const supplierId = world.supplier.placeId
    const yesterday = addDays(today, -1)
    const promise = (itemId: number, quantityBase: number, dueOn: string) => ({
      supplierId,
      itemId,
      quantityBase,
      dueOn,
      note: '',
    })
    const [masks, respirators] = [world.surgical.itemId, world.protective.itemId]
    await client.liaison.saveCommitments({
      requestId: requestId(),
      commitments: [
        promise(masks, 1000, yesterday),
        promise(respirators, 100, yesterday),
        promise(masks, 500, addDays(today, 2)),
        promise(respirators, 50, addDays(today, 2)),
      ],
    })
    await client.delivery.post(
      deliveryOf(world, [
        line(masks, { packs: null, piecesBase: 250 }),
        line(respirators, { packs: null, piecesBase: 100 }),
      ]),
    )
    const rolling = await client.policy.save({
      requestId: requestId(),
      policyId: null,
      version: null,
      name: '滚动',
      nameEn: 'Rolling',
      rounding: 'runs-out-first',
      horizonDays: 14,
      rollingDays: 28,
      nearExpiry: false,
      rungs: [{ tiers: [1, 2, 3], days: 14 }],
    })
    const { problem } = await client.round.prepare({ ...choiceOf(world), policyId: rolling.policyId })
    const shares = new Map(
      problem.items.map(({ item, promises }) => [item, promises?.map(({ haircutPercent }) => haircutPercent)]),
    )
    // What is overdue is expected as well, for today.
    expect(shares.get('M-0469')).toEqual([25, 25])
    expect(shares.get('M-19083')).toEqual([100])
    const board = await client.liaison.board()
    expect(board.find(({ itemId }) => itemId === masks)?.fulfilmentPercent).toBe(25)
  })

  it('leaves with its problem and result, which verify without being solved', async () => {
    await client.delivery.post(deliveryOf(world, [line(world.surgical.itemId, { packs: 21 })]))
    const { head } = await client.round.approve(await planOf(client, world))
    const { problem, result } = await client.round.file({ roundId: head.roundId })
    expect(verifyPlan(problem, result)).toMatchObject({ ok: true })
    // As the screen exports it, through the command: one file, its hash as anyone works it out.
    const exported = join(mkdtempSync(join(tmpdir(), 'round-')), 'round.json')
    const said: string[] = []
    const run = (content: unknown) => {
      writeFileSync(exported, JSON.stringify(content))
      const note = (line: string) => said.push(line)
      return runVerifyPlanCli([exported], note, note)
    }
    expect([run({ problem, result }), said.length]).toEqual([0, 1])
    expect(run({ problem: { ...problem, horizonDays: 13 }, result })).toBe(2)
    expect(run({ problem })).toBe(2)
    expect(said).toHaveLength(3)
    rmSync(dirname(exported), { recursive: true })
    const [first] = result.lines
    const tampered = { ...result, lines: [{ ...first!, packs: first!.packs + 1 }, ...result.lines.slice(1)] }
    expect(verifyPlan(problem, tampered)).toMatchObject({ ok: false })
  })
})
