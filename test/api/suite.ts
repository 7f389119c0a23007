import { ORPCError } from '@orpc/client'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Desk } from '../../api/context.ts'
import { closeDesk, openMemoryDesk, soloPerson } from '../../api/desk.ts'
import type { Refusal } from '../../core/refusal.ts'
import type { Person } from '../../core/role.ts'
import { all } from '../../db/statement.ts'
import { verifyDatabase } from '../../db/verify.ts'
import { refusalText } from '../../renderer/text/refusal.ts'
import { languages } from '../../renderer/text/text.ts'
import { type Client, deliveryOf, line, makeWorld, now, planOf, requestId, today, type World } from './world.ts'

export type Connect = (
  desk: Desk,
  person: Person | null,
) => Promise<{ client: Client; close: () => Promise<void> | void }>

/** The refusals of a call that must be refused. */
export async function refusalsOf(call: Promise<unknown>): Promise<Refusal[]> {
  try {
    await call
  } catch (error) {
    if (error instanceof ORPCError && error.code === 'REFUSED') return (error.data as { refusals: Refusal[] }).refusals
    throw error
  }
  throw new Error('the call was not refused')
}

const counts = (desk: Desk) =>
  all(
    desk.database,
    `SELECT (SELECT count(*) FROM posting) AS postings, (SELECT count(*) FROM movement) AS movements,
       (SELECT count(*) FROM lot) AS lots, (SELECT count(*) FROM round) AS rounds, (SELECT count(*) FROM slip) AS slips,
       (SELECT count(*) FROM reservation) AS reservations, (SELECT count(*) FROM request) AS requests`,
  )[0]

/** What must hold whichever way a window reaches the procedures: in process, by a port, by a socket. */
export function apiSuite(name: string, connect: Connect): void {
  describe(`the API ${name}`, () => {
    let desk: Desk
    let client: Client
    let close: () => Promise<void> | void
    let world: World

    beforeEach(async () => {
      desk = openMemoryDesk({ now: () => now })
      const connected = await connect(desk, soloPerson(desk))
      client = connected.client
      close = connected.close
      world = await makeWorld(client)
    })

    afterEach(async () => {
      await close()
      const report = verifyDatabase(desk.database)
      expect(report.difference).toBeNull()
      closeDesk(desk)
    })

    const onHand = async () => {
      const { rows } = await client.stock.grid()
      return rows.map(({ itemId, onHandBase, reservedBase, availableBase }) => [
        itemId,
        onHandBase,
        reservedBase,
        availableBase,
      ])
    }

    it('turns a delivery into stock at once and answers with the document', async () => {
      const document = await client.delivery.post(
        deliveryOf(world, [
          line(world.surgical.itemId, { rejectedBase: 20, rejectReason: '受潮' }),
          line(world.protective.itemId, { packs: null, piecesBase: 130, lot: 'B1' }),
        ]),
      )
      expect(document.head).toMatchObject({ number: 'RK20261124-001', lines: 2, acceptedBase: 610, rejectedBase: 20 })
      expect(document.lines.map((row) => [row.countedBase, row.acceptedBase, row.expiresOn])).toEqual([
        [500, 480, '2028-10-31'],
        [130, 130, '2028-10-31'],
      ])
      expect(await onHand()).toEqual([
        [world.surgical.itemId, 480, 0, 480],
        [world.protective.itemId, 130, 0, 130],
      ])
    })

    it('names every wrong line of a delivery at once and saves nothing', async () => {
      const before = counts(desk)
      const itemId = world.surgical.itemId
      const lines = [
        line(itemId, { packs: 0 }),
        line(itemId, { packs: -3 }),
        line(itemId, { packs: 1.5 }),
        line(itemId, { packs: null, piecesBase: 1_000_000_001 }),
        line(itemId, { expiresOn: '2026-10-01' }),
        line(itemId, { madeOn: '2026-11-25' }),
        line(itemId, { madeOn: '2026-02-30' }),
        line(itemId, { rejectedBase: 10 }),
        line(itemId, { acceptedBase: 600 }),
        line(itemId, { standard: 'GB 2626-2006' }),
        line(itemId, { lot: 'x'.repeat(61) }),
        line(999, {}),
        line(itemId, { madeOn: null, expiresOn: '2026-11-23' }),
        line(itemId, { packs: null }),
      ]
      const refusals = await refusalsOf(client.delivery.post(deliveryOf(world, lines)))
      expect(refusals.map(({ line: row, field, code }) => [row, field, code])).toEqual([
        [1, 'packs', 'out-of-range'],
        [2, 'packs', 'out-of-range'],
        [3, 'packs', 'whole-number-expected'],
        [4, 'piecesBase', 'out-of-range'],
        [5, 'expiresOn', 'expiry-before-production'],
        [6, 'madeOn', 'date-in-future'],
        [7, 'madeOn', 'date-invalid'],
        [8, 'rejectReason', 'reject-reason-missing'],
        [9, 'acceptedBase', 'accepted-and-rejected-exceed-counted'],
        [10, 'standard', 'standard-below-item'],
        [11, 'lot', 'too-long'],
        [12, 'itemId', 'not-found'],
        [13, 'expiresOn', 'expired'],
        [14, 'packs', 'required'],
      ])
      expect(refusals[2]).toMatchObject({ given: 1.5 })
      expect(refusals[3]).toMatchObject({ given: 1_000_000_001, allowed: '1–1000000000' })
      expect(counts(desk)).toEqual(before)
    })

    it('keeps a lot number with spaces and full-width characters as one spelling, one lot', async () => {
      const itemId = world.surgical.itemId
      await client.delivery.post(
        deliveryOf(world, [line(itemId, { lot: ' ２０２０Ａ　０１ ' }), line(itemId, { lot: '2020A 01' })]),
      )
      const lots = await client.stock.lots({ itemId, depotId: null })
      expect(lots.map((lot) => [lot.number, lot.onHandBase])).toEqual([['2020A 01', 1000]])
    })

    it('refuses a delivery of an archived item and keeps the item that has stock', async () => {
      await client.item.archive({ requestId: requestId(), itemId: world.surgical.itemId, archived: true })
      const refusals = await refusalsOf(client.delivery.post(deliveryOf(world, [line(world.surgical.itemId)])))
      expect(refusals).toMatchObject([{ code: 'archived', line: 1, field: 'itemId', given: 'M-0469' }])
      await client.delivery.post(deliveryOf(world, [line(world.protective.itemId)]))
      const stays = await refusalsOf(
        client.item.archive({ requestId: requestId(), itemId: world.protective.itemId, archived: true }),
      )
      expect(stays).toMatchObject([{ code: 'in-use', given: 500, allowed: 0 }])
    })

    it('refuses a delivery note number used before, with the earlier delivery, unless told that it is another', async () => {
      const first = await client.delivery.post(
        deliveryOf(world, [line(world.surgical.itemId)], { noteNumber: 'SH-１' }),
      )
      const again = deliveryOf(world, [line(world.surgical.itemId)], { noteNumber: ' SH-1 ' })
      expect(await refusalsOf(client.delivery.post(again))).toMatchObject([
        {
          code: 'note-number-used',
          field: 'noteNumber',
          given: 'SH-1',
          about: { postingSeq: first.head.postingSeq, number: first.head.number },
        },
      ])
      const second = await client.delivery.post({ ...again, requestId: requestId(), noteRepeat: true })
      expect(second.head.number).toBe('RK20261124-002')
    })

    it('gives the same request the same answer once, and refuses other content under its id', async () => {
      const request = deliveryOf(world, [line(world.surgical.itemId)])
      const answers = [
        await client.delivery.post(request),
        await client.delivery.post(request),
        await client.delivery.post(request),
      ]
      expect(answers[1]).toEqual(answers[0])
      expect(answers[2]).toEqual(answers[0])
      expect(await onHand()).toEqual([[world.surgical.itemId, 500, 0, 500]])
      const other = { ...request, lines: [line(world.surgical.itemId, { packs: 11 })] }
      expect(await refusalsOf(client.delivery.post(other))).toMatchObject([{ code: 'request-reused' }])
    })

    it('fulfils the oldest commitment first and shows what is promised, delivered and outstanding', async () => {
      const promise = (quantityBase: number, dueOn: string) =>
        client.commitment.save({
          requestId: requestId(),
          commitmentId: null,
          version: null,
          supplierId: world.supplier.placeId,
          itemId: world.surgical.itemId,
          quantityBase,
          dueOn,
          note: '',
        })
      await promise(400, '2026-11-26')
      await promise(300, '2026-11-25')
      await client.delivery.post(
        deliveryOf(world, [
          line(world.surgical.itemId, { packs: 4 }),
          line(world.surgical.itemId, { packs: 5, lot: 'A2' }),
        ]),
      )
      const rows = await client.commitment.list({ supplierId: world.supplier.placeId, openOnly: false })
      expect(rows.map((row) => [row.dueOn, row.deliveredBase, row.outstandingBase])).toEqual([
        ['2026-11-25', 300, 0],
        ['2026-11-26', 150, 250],
      ])
      expect(await client.delivery.promises({ supplierId: world.supplier.placeId })).toEqual([
        {
          itemId: world.surgical.itemId,
          promisedBase: 400,
          deliveredBase: 150,
          outstandingBase: 250,
          nextDueOn: '2026-11-26',
        },
      ])
    })

    it('approves a plan, reserves its lots, numbers one slip per unit, dispatches, and keeps a running card', async () => {
      await client.delivery.post(deliveryOf(world, [line(world.surgical.itemId, { packs: 20 })]))
      const { head, slipIds } = await client.round.approve(await planOf(client, world))
      expect(head).toMatchObject({ number: 'LC20261124-001', state: 'approved', slips: 3, packs: 20 })
      expect(await onHand()).toEqual([[world.surgical.itemId, 1000, 1000, 0]])
      const slips = await client.slip.get({ slipIds })
      // 100 a day each: floors of 2, 2 and 1 days first (4 + 4 + 2 packs), the other 10 packs by the tilt 1.5 : 1.2 : 1;
      // the last one is a tie at 2.5 weighted days, which goes to the smaller weighted use.
      expect(slips.map((slip) => [slip.head.unitCode, slip.head.packs])).toEqual([
        ['BJ-K1', 8],
        ['DL-T1', 6],
        ['RG-V1', 6],
      ])
      const done = await client.slip.dispatch({ requestId: requestId(), slipId: slipIds[0]!, businessDate: today })
      expect(done.head).toMatchObject({ state: 'dispatched', dispatchNumber: 'CK20261124-001' })
      expect(await onHand()).toEqual([[world.surgical.itemId, 600, 600, 0]])
      const card = await client.stock.card({
        itemId: world.surgical.itemId,
        depotId: world.depot.placeId,
        before: null,
        limit: 10,
      })
      expect(card.map((row) => [row.kind, row.inBase, row.outBase, row.balanceBase])).toEqual([
        ['dispatch', 0, 400, 600],
        ['delivery', 1000, 0, 1000],
      ])
    })

    it('refuses to dispatch a slip twice or a cancelled one, and releases on cancelling', async () => {
      await client.delivery.post(deliveryOf(world, [line(world.surgical.itemId, { packs: 20 })]))
      const { head, slipIds } = await client.round.approve(await planOf(client, world))
      await client.slip.dispatch({ requestId: requestId(), slipId: slipIds[0]!, businessDate: today })
      const twice = client.slip.dispatch({ requestId: requestId(), slipId: slipIds[0]!, businessDate: today })
      expect(await refusalsOf(twice)).toMatchObject([
        { code: 'slip-not-open', given: 'dispatched', about: { number: 'DB20261124-001' } },
      ])
      await client.slip.cancel({ requestId: requestId(), slipId: slipIds[1]! })
      const gone = client.slip.dispatch({ requestId: requestId(), slipId: slipIds[1]!, businessDate: today })
      expect(await refusalsOf(gone)).toMatchObject([{ code: 'slip-not-open', given: 'cancelled' }])
      expect(await onHand()).toEqual([[world.surgical.itemId, 600, 300, 300]])
      await client.round.cancel({ requestId: requestId(), roundId: head.roundId })
      expect(await onHand()).toEqual([[world.surgical.itemId, 600, 0, 600]])
      const again = client.round.cancel({ requestId: requestId(), roundId: head.roundId })
      expect(await refusalsOf(again)).toMatchObject([{ code: 'round-not-open' }])
    })

    it('refuses the same plan approved twice: the lots of the first are reserved', async () => {
      await client.delivery.post(deliveryOf(world, [line(world.surgical.itemId, { packs: 20 })]))
      const plan = await planOf(client, world)
      const first = await client.round.approve(plan)
      expect(await client.round.approve(plan)).toEqual(first)
      const second = client.round.approve({ ...plan, requestId: requestId() })
      expect(await refusalsOf(second)).toMatchObject([
        {
          code: 'plan-inputs-changed',
          field: 'supply',
          given: 20,
          allowed: 0,
          about: { item: 'M-0469', name: '医用外科口罩' },
        },
      ])
    })

    it('lets only one of two windows give out the same stock', async () => {
      await client.delivery.post(deliveryOf(world, [line(world.surgical.itemId, { packs: 20 })]))
      const other = await connect(desk, soloPerson(desk))
      const [mine, theirs] = [await planOf(client, world), await planOf(other.client, world)]
      const results = await Promise.allSettled([client.round.approve(mine), other.client.round.approve(theirs)])
      expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1)
      expect(await onHand()).toEqual([[world.surgical.itemId, 1000, 1000, 0]])
      await other.close()
    })

    it('refuses a plan whose needs have changed since it was made', async () => {
      await client.delivery.post(deliveryOf(world, [line(world.surgical.itemId, { packs: 20 })]))
      const plan = await planOf(client, world)
      const reports = [
        { placeId: world.units[0]!.placeId, itemId: world.surgical.itemId, onHandBase: 300, reportedOn: today },
      ]
      await client.report.save({ requestId: requestId(), reports })
      expect(await refusalsOf(client.round.approve(plan))).toMatchObject([
        { code: 'plan-inputs-changed', field: 'needs' },
      ])
    })

    it('refuses pins that exceed the supply with the list of them, and follows pins that do not', async () => {
      await client.delivery.post(deliveryOf(world, [line(world.surgical.itemId, { packs: 20 })]))
      const plan = await planOf(client, world)
      const pin = (index: number, packs: number) => ({
        unitId: world.units[index]!.placeId,
        itemId: world.surgical.itemId,
        packs,
      })
      const tooMany = client.round.approve({ ...plan, requestId: requestId(), pins: [pin(0, 15), pin(1, 6)] })
      expect(
        (await refusalsOf(tooMany)).map(({ code, given, allowed, about }) => [code, given, allowed, about]),
      ).toEqual([
        ['pins-exceed-supply', 21, 20, { unit: 'BJ-K1', item: 'M-0469', packs: 15 }],
        ['pins-exceed-supply', 21, 20, { unit: 'DL-T1', item: 'M-0469', packs: 6 }],
      ])
      const { slipIds } = await client.round.approve({ ...plan, pins: [pin(2, 15)] })
      const slips = await client.slip.get({ slipIds })
      expect(slips.map((slip) => [slip.head.unitCode, slip.head.packs])).toEqual([
        ['BJ-K1', 4],
        ['DL-T1', 1],
        ['RG-V1', 15],
      ])
    })

    it('gives what expires first first, never what is expired, and nothing twice to a unit that waits for its slip', async () => {
      const itemId = world.surgical.itemId
      await client.delivery.post(
        deliveryOf(world, [
          line(itemId, { lot: 'LATE', packs: 6, madeOn: null, expiresOn: '2028-01-01' }),
          line(itemId, { lot: 'SOON', packs: 6, madeOn: null, expiresOn: '2026-12-31' }),
        ]),
      )
      const { slipIds } = await client.round.approve({
        ...(await planOf(client, world)),
        pins: [
          { unitId: world.units[0]!.placeId, itemId, packs: 6 },
          { unitId: world.units[1]!.placeId, itemId, packs: 0 },
          { unitId: world.units[2]!.placeId, itemId, packs: 0 },
        ],
      })
      const [slip] = await client.slip.get({ slipIds })
      expect(slip!.lines.map((row) => [row.lot, row.packs])).toEqual([['SOON', 6]])
      const { problem } = await client.round.prepare({
        depotIds: null,
        itemIds: null,
        unitIds: null,
        policyId: world.policy.policyId,
        horizonDays: null,
        reserves: [],
      })
      expect(problem.units.find((unit) => unit.unit === 'BJ-K1')!.lines[0]!.stockBase).toBe(300)
    })

    it('refuses a row that another window has changed meanwhile, and a code that is taken', async () => {
      const fields = { ...world.surgical, requestId: requestId(), name: '外科口罩' }
      const { search: _s, archivedAt: _a, ...change } = fields
      await client.item.save(change)
      expect(await refusalsOf(client.item.save({ ...change, requestId: requestId(), name: '别名' }))).toMatchObject([
        { code: 'changed-meanwhile', given: 1, allowed: 2 },
      ])
      const taken = client.item.save({
        ...change,
        requestId: requestId(),
        itemId: null,
        version: null,
        code: ' m-19083'.toUpperCase(),
      })
      expect(await refusalsOf(taken)).toMatchObject([{ code: 'code-taken', field: 'code', given: 'M-19083' }])
    })

    it('finds by Chinese, pinyin, initials, code and document number', async () => {
      const { head } = await client.delivery.post(deliveryOf(world, [line(world.surgical.itemId)]))
      const found = async (text: string) => (await client.search.find({ text, limit: 10 })).map((row) => row.code)
      expect(await found('北滘')).toEqual(['BJ-K1'])
      expect(await found('beijiao')).toEqual(['BJ-K1'])
      expect(await found('bjjyz')).toEqual(['BJ-K1'])
      expect(await found('ｙｙｗｋ')).toEqual(['M-0469'])
      expect(await found('m-190')).toEqual(['M-19083'])
      expect(await found(head.number.slice(-6))).toEqual([head.number])
      expect(await found('%')).toEqual([])
    })

    it('refuses a malformed request field by field, in words of both languages, and changes nothing', async () => {
      const before = counts(desk)
      const good = deliveryOf(world, [line(world.surgical.itemId)])
      const refused = async (rest: object) => {
        const refusals = await refusalsOf(client.delivery.post({ ...good, ...rest } as never))
        for (const one of refusals)
          for (const language of languages)
            expect(refusalText(one, language), one.code).not.toMatch(/expected (?:string|number)|received|Invalid|\{\{/)
        return refusals.map(({ code, field, line: at, given, allowed }) => ({ code, field, line: at, given, allowed }))
      }
      const about = (rest: object) => ({ line: null, given: null, allowed: null, ...rest })
      expect(await refused({ businessDate: 5 })).toEqual([
        about({ code: 'text-expected', field: 'businessDate', given: 5 }),
      ])
      expect(await refused({ depotId: 'x', supplierId: 1.5, lines: 'none' })).toEqual(
        expect.arrayContaining([
          about({ code: 'number-expected', field: 'depotId', given: 'x' }),
          about({ code: 'whole-number-expected', field: 'supplierId', given: 1.5 }),
          about({ code: 'list-expected', field: 'lines', given: 'none' }),
        ]),
      )
      expect(await refused({ depotId: -3, requestId: 'r', colour: 'red', note: undefined })).toEqual(
        expect.arrayContaining([
          about({ code: 'out-of-range', field: 'depotId', given: -3, allowed: '> 0' }),
          about({ code: 'format-invalid', field: 'requestId', given: 'r', allowed: 'UUID' }),
          about({ code: 'unknown-field', field: 'colour', given: 'colour' }),
          about({ code: 'required', field: 'note' }),
        ]),
      )
      const long = { ...good.lines[0]!, lot: 'L'.repeat(900) }
      expect(await refused({ lines: [good.lines[0], long] })).toMatchObject([
        { code: 'too-long', field: 'lines.lot', line: 2, given: 900 },
      ])
      expect(counts(desk)).toEqual(before)
      const kind = { requestId: requestId(), supplierId: world.supplier.placeId, itemId: null, kind: 'luck', note: '' }
      expect(await refusalsOf(client.liaison.addBlocker(kind as never))).toMatchObject([
        { code: 'malformed', field: 'kind', given: 'luck', allowed: 'raw-material, machine, labour, transport, other' },
      ])
    })

    it('tells every open window what has changed, after the commit', async () => {
      const other = await connect(desk, soloPerson(desk))
      const changes = await other.client.session.changes()
      const heard = changes.next()
      // The subscription is made when the first answer is awaited on the other side: let it get there.
      await new Promise((resolve) => setTimeout(resolve, 50))
      await client.delivery.post(deliveryOf(world, [line(world.surgical.itemId)]))
      const { value } = (await heard) as IteratorYieldResult<{ features: string[] }>
      expect(value.features).toEqual(expect.arrayContaining(['delivery', 'stock']))
      await changes.return?.(undefined)
      await other.close()
    })

    it('keeps a draft, and answers who is here', async () => {
      await client.draft.put({ key: 'delivery-1', kind: 'delivery', content: '{"lines":[1]}' })
      await client.draft.put({ key: 'delivery-1', kind: 'delivery', content: '{"lines":[1,2]}' })
      expect(await client.draft.get({ key: 'delivery-1' })).toEqual({ content: '{"lines":[1,2]}', updatedAt: now })
      expect(await client.draft.list({ kind: 'delivery' })).toHaveLength(1)
      expect(await client.draft.remove({ key: 'delivery-1' })).toEqual({ removed: true })
      expect(await client.draft.get({ key: 'delivery-1' })).toBeNull()
      expect(await client.session.me()).toMatchObject({ businessDate: today, empty: false, demonstration: false })
    })

    it('calls the person at the desk by the name they gave, on every document, and keeps one that is too long out', async () => {
      const before = await client.delivery.post(deliveryOf(world, [line(world.surgical.itemId, { packs: 1 })]))
      expect([(await client.session.me()).name, before.head.person]).toEqual(['', ''])
      expect(await client.session.rename({ requestId: requestId(), name: ' 区慧敏 ' })).toEqual({ name: '区慧敏' })
      expect((await client.session.me()).name).toBe('区慧敏')
      expect((await client.delivery.get({ postingSeq: before.head.postingSeq })).head.person).toBe('区慧敏')
      expect(await refusalsOf(client.session.rename({ requestId: requestId(), name: '长'.repeat(61) }))).toMatchObject([
        { code: 'too-long', field: 'name' },
      ])
    })
  })
}
