import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Desk } from '../../api/context.ts'
import { closeDesk, openDesk, openMemoryDesk, soloPerson } from '../../api/desk.ts'
import { clientFor } from '../../api/router.ts'
import { inProject } from '../../build/project.ts'
import { all } from '../../db/statement.ts'
import { verifyDatabase } from '../../db/verify.ts'
import { verifyFile } from '../../db/verify-file.ts'
import { refusalsOf } from './suite.ts'
import { type Client, line, makeWorld, now, requestId, today, type World } from './world.ts'

type Given = Parameters<Client['delivery']['postList']>[0]

/** Long enough to be posted on a thread of its own. */
const linesOfSender = 400

describe('a long list, posted on a thread of its own', () => {
  let folder: string
  let desk: Desk
  let client: Client
  let world: World

  beforeEach(async () => {
    folder = mkdtempSync(join(inProject('.tmp'), 'post-list-'))
    desk = openDesk({ folder, version: 'test', now: () => now })
    client = clientFor({ desk, person: soloPerson(desk) })
    world = await makeWorld(client)
  })
  afterEach(async () => {
    expect(verifyDatabase(desk.database).difference).toBeNull()
    await closeDesk(desk)
    rmSync(folder, { recursive: true, force: true })
  })

  const listOf = (itemId: number, depotId: number, ids = requestId): Given => ({
    requestId: ids(),
    depotId,
    businessDate: today,
    note: '捐赠名单',
    inspect: false,
    list: { fingerprint: 'abcdef12', name: '捐赠名单.xlsx' },
    deliveries: ['爱心人士', '深圳某公司', '校友会'].map((name) => ({
      postingId: ids(),
      supplierId: null,
      newSupplier: { name, supplierKind: 'donor' },
      writtenAs: [name],
      lines: Array.from({ length: linesOfSender }, (_, index) => line(itemId, { lot: `L${index % 350}`, packs: 2 })),
    })),
  })
  const tables = ['posting', 'lot', 'movement', 'balance', 'delivery', 'delivery_line', 'request', 'numbering', 'place']
  const contentOf = (of: Desk) => tables.map((table) => all(of.database, `SELECT * FROM ${table}`))

  const untilUnderWay = async (given: Given) => {
    while ((await client.delivery.listProgress({ requestId: given.requestId })) === null)
      await new Promise((resolve) => setImmediate(resolve))
  }

  it('writes to the last byte what it writes in place, and once', async () => {
    const given = listOf(world.surgical.itemId, world.depot.placeId)
    const answer = await client.delivery.postList(given)
    expect(answer.deliveries.map((one) => one.lines)).toEqual([linesOfSender, linesOfSender, linesOfSender])
    const written = contentOf(desk)
    expect(await client.delivery.postList(given)).toEqual(answer)
    expect(contentOf(desk)).toEqual(written)

    // The same world in memory, whose connection no other thread can share, under the same ids.
    const memory = openMemoryDesk({ now: () => now })
    const inPlace = clientFor({ desk: memory, person: soloPerson(memory) })
    const same = await makeWorld(inPlace)
    expect(same.surgical.itemId).toBe(world.surgical.itemId)
    expect((await inPlace.delivery.postList(given)).deliveries).toEqual(answer.deliveries)
    const [posting, ...rest] = contentOf(memory)
    expect([posting, ...rest].map((rows, index) => (tables[index] === 'request' ? rows?.length : rows))).toEqual(
      written.map((rows, index) => (tables[index] === 'request' ? rows.length : rows)),
    )
    await closeDesk(memory)
  })

  it('answers who reads meanwhile with the stock as it was, and lets who writes wait its turn', async () => {
    const before = await client.stock.grid()
    let listed = false
    const given = listOf(world.surgical.itemId, world.depot.placeId)
    const posting = client.delivery.postList(given).then(() => {
      listed = true
    })
    await untilUnderWay(given)
    const one = client.delivery.post({
      requestId: requestId(),
      supplierId: world.supplier.placeId,
      depotId: world.depot.placeId,
      businessDate: today,
      noteNumber: '',
      noteRepeat: false,
      note: '',
      lines: [line(world.surgical.itemId)],
    })
    const draft = client.draft.put({ key: 'k', kind: 'delivery', content: '{}' })
    expect(await client.stock.grid()).toEqual(before)
    expect(listed).toBe(false)
    await Promise.all([posting, draft])
    // Behind the three of the list.
    expect((await one).head.number).toBe('RK20261124-004')
  })

  it('is a change that the next backup must have', async () => {
    await client.backup.now({ requestId: requestId() })
    expect((await client.backup.get()).changed).toBe(false)
    await client.delivery.postList(listOf(world.surgical.itemId, world.depot.placeId))
    expect((await client.backup.get()).changed).toBe(true)
  })

  it('comes to its end before a restore exchanges the database', async () => {
    const { file } = await client.backup.now({ requestId: requestId() })
    const given = listOf(world.surgical.itemId, world.depot.placeId)
    const posted = client.delivery.postList(given)
    await untilUnderWay(given)
    const [, restored] = await Promise.all([posted, client.backup.restore({ requestId: requestId(), file: file! })])
    expect(all(desk.database, 'SELECT * FROM delivery')).toHaveLength(0)
    expect(verifyFile(restored.replaced).counts.postings).toBe(3)
  })

  it('says how far it is, and leaves nothing when it is stopped', async () => {
    const given = listOf(world.surgical.itemId, world.depot.placeId)
    const { requestId: id } = given
    expect(await client.delivery.listProgress({ requestId: id })).toBeNull()
    expect(await client.delivery.stopList({ requestId: id })).toEqual({ stopping: false })
    const before = contentOf(desk)
    const posting = refusalsOf(client.delivery.postList(given))
    await untilUnderWay(given)
    expect(await client.delivery.listProgress({ requestId: id })).toMatchObject({ total: 3 * linesOfSender })
    expect(await client.delivery.stopList({ requestId: id })).toEqual({ stopping: true })
    expect((await posting).map(({ code }) => code)).toEqual(['stopped'])
    expect(contentOf(desk)).toEqual(before)
    // Asked again under the same id, it is posted after all.
    expect((await client.delivery.postList(given)).deliveries).toHaveLength(3)
  })

  /** The list as it is handed over in portions of 300 lines, and the question that names them. */
  const staged = (given: Given) => ({
    portions: given.deliveries.flatMap(({ lines }, sender) =>
      [0, 300].map((from) => ({ sender, from, lines: lines.slice(from, from + 300) })),
    ),
    named: { ...given, deliveries: given.deliveries.map((one) => ({ ...one, staged: one.lines.length, lines: [] })) },
  })

  it('that was handed over in portions is the same list, whichever way it is sent again', async () => {
    const given = listOf(world.surgical.itemId, world.depot.placeId)
    const { portions, named } = staged(given)
    const { requestId: id } = given
    const before = contentOf(desk)
    const sent: number[] = []
    for (const portion of portions)
      sent.push((await client.delivery.stageLines({ requestId: id, portions: [portion] })).staged)
    expect(sent).toEqual([300, 400, 700, 800, 1100, 1200])
    // A portion whose answer was lost comes again, and takes its own place.
    expect(await client.delivery.stageLines({ requestId: id, portions: [portions.at(-1)!] })).toEqual({ staged: 1200 })
    expect(contentOf(desk)).toEqual(before)
    const answer = await client.delivery.postList(named)
    expect(answer.deliveries.map((one) => one.lines)).toEqual([linesOfSender, linesOfSender, linesOfSender])
    const written = contentOf(desk)
    expect(await client.delivery.postList(given)).toEqual(answer)
    await client.delivery.stageLines({ requestId: id, portions })
    expect(await client.delivery.postList(named)).toEqual(answer)
    expect(contentOf(desk)).toEqual(written)
  })

  it('that names lines which are not there, or which somebody else handed over, is refused', async () => {
    const given = listOf(world.surgical.itemId, world.depot.placeId)
    const { portions, named } = staged(given)
    const { requestId: id } = given
    const missing = async (call: Promise<unknown>) =>
      (await refusalsOf(call)).map(({ code, given: got, allowed }) => [code, got, allowed])
    expect(await missing(client.delivery.postList(named))).toEqual([['lines-missing', 0, linesOfSender]])
    expect(
      await missing(client.delivery.stageLines({ requestId: id, portions: [{ ...portions[1]!, from: 301 }] })),
    ).toEqual([['lines-missing', 0, 301]])
    const other = clientFor({ desk, person: { ...soloPerson(desk), personId: 999 } })
    await other.delivery.stageLines({ requestId: id, portions })
    expect(await missing(client.delivery.postList(named))).toEqual([['lines-missing', 0, linesOfSender]])
    // Stopped before it was asked for: its lines are forgotten.
    await client.delivery.stageLines({ requestId: id, portions })
    await client.delivery.stopList({ requestId: id })
    expect(await missing(client.delivery.postList(named))).toEqual([['lines-missing', 0, linesOfSender]])
    // Left behind by windows that are gone: the oldest make room.
    const ids = [id, requestId(), requestId()]
    for (const one of ids) await client.delivery.stageLines({ requestId: one, portions })
    expect(await missing(client.delivery.postList(named))).toEqual([['lines-missing', 0, linesOfSender]])
    expect((await client.delivery.postList({ ...named, requestId: ids[1]! })).deliveries).toHaveLength(3)
  })

  it('is refused whole for one bad line, counted through all senders, and names another use of its id', async () => {
    const given = listOf(world.surgical.itemId, world.depot.placeId)
    const before = contentOf(desk)
    const bad = structuredClone(given) as Given & { deliveries: { lines: { packs: number }[] }[] }
    bad.deliveries[1]!.lines[9]!.packs = 0
    expect((await refusalsOf(client.delivery.postList(bad))).map(({ code, line: at }) => [code, at])).toEqual([
      ['out-of-range', linesOfSender + 10],
    ])
    expect(contentOf(desk)).toEqual(before)
    await client.delivery.postList(given)
    expect((await refusalsOf(client.delivery.postList(bad))).map(({ code }) => code)).toEqual(['request-reused'])
  })
})
