import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Desk } from '../../api/context.ts'
import { closeDesk, openMemoryDesk, soloPerson } from '../../api/desk.ts'
import { clientFor } from '../../api/router.ts'
import { all } from '../../db/statement.ts'
import { verifyDatabase } from '../../db/verify.ts'
import { refusalsOf } from './suite.ts'
import { type Client, makeWorld, now, requestId, today, type World } from './world.ts'

type Given = Parameters<Client['unit']['saveList']>[0]
type GivenUnit = Given['units'][number]

describe('a list of units', () => {
  let desk: Desk
  let client: Client
  let world: World
  let instant = now

  beforeEach(async () => {
    instant = now
    desk = openMemoryDesk({ now: () => instant })
    client = clientFor({ desk, person: soloPerson(desk) })
    world = await makeWorld(client)
    instant += 60_000
  })
  afterEach(() => {
    expect(verifyDatabase(desk.database).difference).toBeNull()
    closeDesk(desk)
  })

  const unit = (name: string, change: Partial<GivenUnit> = {}): GivenUnit => ({
    placeId: null,
    version: null,
    code: '',
    name,
    nameEn: '',
    town: '',
    address: '',
    contact: '',
    phone: '',
    note: '',
    unitKind: 'checkpoint',
    tier: 2,
    route: '',
    headcount: [],
    aliases: [],
    ...change,
  })
  const listOf = (units: GivenUnit[]): Given => ({
    requestId: requestId(),
    units,
    list: { fingerprint: 'abcdef12', name: '单位.xlsx', document: '单位名单' },
  })
  const changed = (change: Partial<GivenUnit>): GivenUnit => {
    const { search: _, archivedAt: __, lastReportedOn: ___, ...fields } = world.units[0]!
    return { ...fields, aliases: [], ...change }
  }
  const written = () =>
    all(
      desk.database,
      `SELECT (SELECT count(*) FROM place) AS places, (SELECT count(*) FROM unit) AS units,
         (SELECT count(*) FROM name_alias) AS names, (SELECT count(*) FROM list_taken) AS lists`,
    )[0]

  it('adds new ones with codes of ours, changes those on file, and learns their other names, in one go', async () => {
    const [first] = world.units
    const given = listOf([
      unit('均安卡口', { aliases: ['均安检查点', '均安卡口'] }),
      unit('勒流卡口', { code: 'LL-K1' }),
      unit('伦教卡口'),
      changed({ contact: '陈站长', aliases: ['北滘检疫点'] }),
    ])
    const answer = await client.unit.saveList(given)
    expect([answer.added, answer.changed]).toEqual([3, 1])
    expect(answer.units.map(({ code, name }) => [code, name])).toEqual([
      ['BJ-K1', '北滘检疫站'],
      ['DW-001', '均安卡口'],
      ['DW-002', '伦教卡口'],
      ['LL-K1', '勒流卡口'],
    ])
    const { names } = await client.alias.list()
    expect(names.map(({ alias, targetId }) => [alias, targetId === first!.placeId])).toEqual([
      ['北滘检疫点', true],
      ['均安检查点', false],
    ])
    expect(await client.alias.taken({ fingerprint: 'abcdef12' })).toHaveLength(1)
    // Sent once more, it has no other effect.
    const before = written()
    expect(await client.unit.saveList(given)).toEqual(answer)
    expect(written()).toEqual(before)
  })

  it('is taken back as a whole: new ones are gone, changed ones as they were, names and list forgotten', async () => {
    const before = written()
    const units = await client.unit.list({ archived: false })
    const given = listOf([unit('均安卡口', { aliases: ['均安检查点'] }), changed({ contact: '陈站长', headcount: [] })])
    await client.unit.saveList(given)
    instant += 1000
    const undo = { requestId: requestId(), saved: given.requestId }
    expect(await client.unit.undoList(undo)).toEqual({ removed: 1, restored: 1 })
    expect(written()).toEqual(before)
    const after = await client.unit.list({ archived: false })
    expect(after.map(({ version: _, ...row }) => row)).toEqual(units.map(({ version: _, ...row }) => row))
    expect(await client.unit.undoList(undo)).toEqual({ removed: 1, restored: 1 })
    // A second way back of the same list finds nothing as it left it.
    const again = await refusalsOf(client.unit.undoList({ requestId: requestId(), saved: given.requestId }))
    expect(again.map(({ code }) => code)).toEqual(['changed-meanwhile', 'changed-meanwhile'])
    // The list can be taken anew, under the same code.
    const anew = await client.unit.saveList(listOf([unit('均安卡口')]))
    expect(anew.units[0]!.code).toBe('DW-001')
  })

  it('is not taken back once something was built upon it', async () => {
    const given = listOf([unit('均安卡口')])
    const { units } = await client.unit.saveList(given)
    await client.request.save({
      requestId: requestId(),
      requests: [
        { unitId: units[0]!.placeId, itemId: world.surgical.itemId, quantityBase: 5, requestedOn: today, note: '' },
      ],
    })
    const refusals = await refusalsOf(client.unit.undoList({ requestId: requestId(), saved: given.requestId }))
    expect(refusals.map(({ code, given: name }) => [code, name])).toEqual([['unit-in-use', '均安卡口']])
    const unknown = await refusalsOf(client.unit.undoList({ requestId: requestId(), saved: requestId() }))
    expect(unknown[0]).toMatchObject({ code: 'not-found', field: 'saved' })
  })

  it('names the line of every fault, and keeps nothing', async () => {
    const before = written()
    const refusals = await refusalsOf(
      client.unit.saveList(
        listOf([
          unit('好卡口', { aliases: ['好'] }),
          unit(''),
          unit('坏级别', { tier: 4 }),
          unit('重码', { code: 'BJ-K1' }),
          unit('无此岗位', { headcount: [{ dutyId: 999, people: 3 }] }),
          changed({ version: 99 }),
          unit('长'.repeat(60), { headcount: [{ dutyId: 1, people: 1_000_001 }] }),
        ]),
      ),
    )
    expect(refusals.map(({ line, code, field }) => [line, code, field])).toEqual([
      [2, 'required', 'name'],
      [3, 'malformed', 'tier'],
      [4, 'code-taken', 'code'],
      [5, 'not-found', 'headcount'],
      [6, 'changed-meanwhile', 'version'],
      [7, 'out-of-range', 'headcount'],
    ])
    expect(written()).toEqual(before)
    await client.alias.saveNames({
      requestId: requestId(),
      names: [{ kind: 'unit', alias: '检查点', targetId: world.units[0]!.placeId }],
    })
    const taken = await refusalsOf(client.unit.saveList(listOf([unit('甲'), unit('乙', { aliases: ['检查点'] })])))
    expect(taken).toMatchObject([{ line: 2, code: 'alias-taken', given: '检查点', about: { name: '北滘检疫站' } }])
  })
})
