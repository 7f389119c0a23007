import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Desk } from '../../api/context.ts'
import { closeDesk, openMemoryDesk, soloPerson } from '../../api/desk.ts'
import { clientFor } from '../../api/router.ts'
import { openMemory } from '../../db/open.ts'
import { all, get } from '../../db/statement.ts'
import { verifyDatabase } from '../../db/verify.ts'
import { deliveryOf, line, makeWorld, now, planOf, requestId, today } from '../api/world.ts'
import { tamperWith } from './tamper.ts'

let desk: Desk
const tamper = (...statements: string[]): void => tamperWith(desk.database, ...statements)
const foundName = (): string | undefined => verifyDatabase(desk.database).difference?.name

/**
 * Of each document the first and the last row is one that has been posted: two rounds, the slips of the first picked
 * short and filled again, dispatched, signed with and without a difference, and one reversed; two transfers, both
 * arrived; two stocktakes, with a difference and without; two lots on hold that were rejected.
 */
beforeEach(async () => {
  let clock = now
  desk = openMemoryDesk({
    now: () => {
      clock += 1000
      return clock
    },
  })
  const client = clientFor({ desk, person: soloPerson(desk) })
  const world = await makeWorld(client)
  const { itemId } = world.surgical
  const receive = (packs: number, lot: string, expiresOn: string) =>
    client.delivery.post(deliveryOf(world, [line(itemId, { packs, lot, expiresOn })]))
  await receive(20, 'A1', '2027-01-01')
  await receive(30, 'B1', '2028-01-01')
  const sign = (slipId: number, receivedBase: number | null) =>
    client.slip.sign({
      requestId: requestId(),
      slipId,
      signedBy: '何站长',
      signedOn: today,
      note: '核对过',
      differences: receivedBase === null ? [] : [{ line: 1, receivedBase, reason: 'miscounted' }],
    })
  approveAnother = async (again) => {
    await receive(40, 'Z9', '2028-04-01')
    return again.round.approve(await planOf(again, world))
  }
  const slipIds: number[] = []
  for (const lot of ['D1', 'D2']) {
    const round = await client.round.approve(await planOf(client, world))
    await receive(40, lot, '2028-03-01')
    slipIds.push(...round.slipIds)
    for (const slipId of round.slipIds) {
      const [slip] = await client.slip.get({ slipIds: [slipId] })
      const picked = slip!.lines.map((row) => ({ line: row.line, packs: row.packs - 1 }))
      await client.slip.pick({ requestId: requestId(), slipId, lines: picked, replan: true })
      await client.slip.dispatch({ requestId: requestId(), slipId, businessDate: today })
    }
    const reports = world.units.map(({ placeId }) => ({ placeId, itemId, onHandBase: 0, reportedOn: today }))
    await client.report.save({ requestId: requestId(), reports })
  }
  for (const lot of ['C1', 'C2', 'E1']) await receive(2, lot, '2028-06-01')
  const lots = await client.stock.lots({ itemId, depotId: null })
  const lotId = (number: string) => lots.find((lot) => lot.number === number)!.lotId
  await sign(slipIds[0]!, 20)
  await sign(slipIds.at(-1)!, null)
  const [last] = await client.ledger.list({ kinds: ['dispatch'], before: null, limit: 100 })
  const other = (await client.ledger.list({ kinds: ['dispatch'], before: last!.postingSeq, limit: 1 }))[0]!
  await client.ledger.correct({ requestId: requestId(), postingSeq: other.postingSeq, reason: '装错车' })
  const nothing = { nameEn: '', town: '', address: '', contact: '', phone: '', note: '' }
  const depot = await client.depot.save({
    requestId: requestId(),
    placeId: null,
    version: null,
    ...nothing,
    code: 'D02',
    name: '北滘分仓',
  })
  for (const quantityBase of [50, 30]) {
    const { transferId } = await client.transfer.send({
      requestId: requestId(),
      fromId: world.depot.placeId,
      toId: depot.placeId,
      businessDate: today,
      note: '调剂',
      lines: [{ lotId: lotId('E1'), quantityBase }],
    })
    const lines = [{ lotId: lotId('E1'), receivedBase: quantityBase - 5 }]
    await client.transfer.receive({ requestId: requestId(), transferId, businessDate: today, reason: '破损', lines })
  }
  for (const surplus of [3, 0]) {
    const { head, lines } = await client.stocktake.start({
      requestId: requestId(),
      depotId: depot.placeId,
      category: '',
      blind: surplus > 0,
      note: '月末',
    })
    const counts = lines.map((row) => ({ lotId: row.lotId, countedBase: 70 + 3, reason: '漏计' }))
    await client.stocktake.count({ requestId: requestId(), stocktakeId: head.stocktakeId, counts })
    await client.stocktake.post({ requestId: requestId(), stocktakeId: head.stocktakeId, businessDate: today })
  }
  for (const lot of ['C1', 'C2']) {
    const { holdId } = await client.hold.add({
      requestId: requestId(),
      lotId: lotId(lot),
      kind: 'doubt',
      reason: '外包装破损',
    })
    await client.hold.reject({ requestId: requestId(), holdId, note: '不合格' })
  }
})
afterEach(() => closeDesk(desk))

const tables = [
  'round',
  'round_line',
  'slip',
  'slip_line',
  'signature',
  'transfer',
  'stocktake',
  'stocktake_line',
  'lot_hold',
  'audit',
]
const schema = openMemory()
const columns = tables.flatMap((table) =>
  all<{ name: string }>(schema, `SELECT name FROM pragma_table_info('${table}')`)
    .map((row) => row.name)
    .map((name) => [table, name] as const),
)
schema.close()

describe('verify', () => {
  it('finds nothing in documents that the program wrote', () => {
    expect(verifyDatabase(desk.database).difference).toBeNull()
    tamper()
    expect(verifyDatabase(desk.database).difference).toBeNull()
  })
})

let approveAnother: (
  client: ReturnType<typeof clientFor>,
) => Promise<{ head: { roundId: number }; slipIds: readonly number[] }>

describe('verify finds an outside edit of a document', () => {
  it('of every column, in the first row and in the last', () => {
    const { database } = desk
    const missed: string[] = []
    for (const [table, column] of columns) {
      const key = all<{ name: string }>(
        database,
        `SELECT name FROM pragma_table_info('${table}') WHERE pk > 0 ORDER BY pk`,
      )
        .map((row) => row.name)
        .join(', ')
      for (const order of ['ASC', 'DESC']) {
        const where = `(${key}) = (SELECT ${key} FROM ${table} ORDER BY ${key.replaceAll(',', ` ${order},`)} ${order} LIMIT 1)`
        const row = get<{ value: string | number | null }>(
          database,
          `SELECT ${column} AS value FROM ${table} WHERE ${where}`,
        )
        const { value } = row!
        const edited =
          typeof value === 'number'
            ? `${column} + 1000`
            : value === null
              ? '1'
              : `CASE WHEN ${column} = '' THEN 'x' ELSE ${column} || 'x' END`
        tamper('SAVEPOINT edit', `UPDATE ${table} SET ${column} = ${edited} WHERE ${where}`)
        if (foundName() === undefined) missed.push(`${table}.${column} ${order}`)
        tamper('ROLLBACK TO edit', 'RELEASE edit')
      }
    }
    expect(missed).toEqual([])
    expect(foundName(), 'undone').toBeUndefined()
  })

  it.each([
    ['a unit that did sign', "UPDATE signature SET signed_by = '别人'", 'signature-signedBy'],
    ['a signature that is gone', "DELETE FROM signature; UPDATE slip SET state = 'dispatched'", 'slip-changedAt'],
    ['a credit carried on', 'UPDATE round_line SET credit_milli = credit_milli + 1', 'round-hash'],
    [
      'a credit carried on, and the seal made to fit',
      "UPDATE round_line SET credit_milli = credit_milli + 1; UPDATE round SET content_hash = 'x'",
      'round-hash',
    ],
    ['what was needed', 'UPDATE slip_line SET need_base = need_base + 1 WHERE slip_id = 1 AND line = 1', 'round-hash'],
    ['a count', 'UPDATE stocktake_line SET counted_base = counted_base + 1 WHERE stocktake_id = 1', 'stocktake-lines'],
    ['a transfer that is gone', 'DELETE FROM transfer WHERE transfer_id = 1', 'transfer-of-posting'],
    ['a stocktake that is gone', 'DELETE FROM stocktake_line; DELETE FROM stocktake', 'stocktake-of-posting'],
    ['a lot let go', 'UPDATE lot SET hold = 1 WHERE lot_id = 1', 'lot-hold'],
    [
      'a transfer that has not arrived',
      "UPDATE transfer SET state = 'in-transit', received_seq = NULL WHERE transfer_id = 2",
      'transfer-of-posting',
    ],
  ])('%s', (_, sql, name) => {
    tamper(sql)
    expect(foundName()).toBe(name)
  })

  it('of work that is in no posting', async () => {
    const client = clientFor({ desk, person: soloPerson(desk) })
    const [depot] = await client.depot.list({ archived: false })
    const asked = { depotId: depot!.placeId, category: '', blind: false, note: '季末' }
    // Of four stocktakes the third stays open, and the fourth is cancelled.
    for (const cancelled of [false, true]) {
      const { head, lines } = await client.stocktake.start({ requestId: requestId(), ...asked })
      const { stocktakeId } = head
      const counts = [{ lotId: lines[0]!.lotId, countedBase: 1, reason: '受潮' }]
      await client.stocktake.count({ requestId: requestId(), stocktakeId, counts })
      if (cancelled) await client.stocktake.cancel({ requestId: requestId(), stocktakeId })
    }
    const { head, slipIds } = await approveAnother(client)
    const { roundId } = head
    const [kept, dropped] = slipIds
    for (const slipId of [kept!, dropped!]) {
      const [slip] = await client.slip.get({ slipIds: [slipId] })
      const picked = slip!.lines.map((row) => ({ line: row.line, packs: row.packs - 1 }))
      await client.slip.pick({ requestId: requestId(), slipId, lines: picked, replan: false })
    }
    await client.slip.cancel({ requestId: requestId(), slipId: dropped! })
    await client.hold.add({ requestId: requestId(), lotId: 1, kind: 'recall', reason: '厂家通知' })
    expect(verifyDatabase(desk.database).difference).toBeNull()
    const { hashRound } = await import('../../db/round-seal.ts')
    const { database } = desk
    const fit = () => `UPDATE round SET content_hash = '${hashRound(database, roundId)}' WHERE round_id = ${roundId}`
    const edits: [sql: string, name: string][] = [
      ...[3, 4].flatMap((id): [string, string][] => [
        ...['category', 'note', 'number'].map((column): [string, string] => [
          `UPDATE stocktake SET ${column} = ${column} || 'x' WHERE stocktake_id = ${id}`,
          'stocktake-seal',
        ]),
        ...['started_at'].map((column): [string, string] => [
          `UPDATE stocktake SET ${column} = ifnull(${column}, 0) + 1 WHERE stocktake_id = ${id}`,
          'stocktake-seal',
        ]),
        ...['started_base', 'counted_at', 'unit_price_fen'].map((column): [string, string] => [
          `UPDATE stocktake_line SET ${column} = ifnull(${column}, 0) + 1 WHERE stocktake_id = ${id}`,
          'stocktake-seal',
        ]),
        [
          `UPDATE stocktake SET depot_id = (SELECT max(place_id) FROM place WHERE kind = 'depot') WHERE stocktake_id = ${id}`,
          'stocktake-seal',
        ],
        [`UPDATE stocktake SET blind = 1 WHERE stocktake_id = ${id}`, 'stocktake-seal'],
        ...['counted_base', 'expected_base'].map((column): [string, string] => [
          `UPDATE stocktake_line SET ${column} = ${column} + 1 WHERE stocktake_id = ${id} AND counted_base IS NOT NULL`,
          'stocktake-seal',
        ]),
        [`UPDATE stocktake_line SET reason = '挪用' WHERE stocktake_id = ${id}`, 'stocktake-seal'],
        [`DELETE FROM stocktake_line WHERE stocktake_id = ${id} AND counted_base IS NOT NULL`, 'stocktake-seal'],
      ]),
      [
        "UPDATE stocktake SET state = 'open', closed_at = NULL, closed_by = NULL WHERE stocktake_id = 4",
        'stocktake-seal',
      ],
      ['UPDATE stocktake SET closed_at = closed_at + 1 WHERE stocktake_id = 4', 'stocktake-seal'],
      [
        'DELETE FROM stocktake_line WHERE stocktake_id = 4; DELETE FROM stocktake WHERE stocktake_id = 4',
        'stocktake-lost',
      ],
      [`UPDATE slip_line SET picked_packs = picked_packs + 1 WHERE slip_id = ${dropped}`, 'slip-seal'],
      [`UPDATE slip_line SET picked_packs = NULL WHERE slip_id = ${dropped}`, 'slip-seal'],
      ["UPDATE lot_hold SET kind = 'doubt' WHERE kind = 'recall'", 'hold-seal'],
      ["UPDATE lot_hold SET reason = '误报' WHERE kind = 'recall'", 'hold-seal'],
      ["UPDATE audit SET after = '{}' WHERE action = 'seal'", 'journal-hash'],
      ['DELETE FROM audit WHERE audit_seq = (SELECT max(audit_seq) FROM audit)', 'journal-cut-off'],
      ['DELETE FROM audit WHERE audit_seq = 2', 'journal-sequence'],
    ]
    const found = edits.map(([sql]) => {
      tamper('SAVEPOINT edit', ...sql.split('; '))
      const name = foundName()
      tamper('ROLLBACK TO edit', 'RELEASE edit')
      return [sql, name]
    })
    expect(found).toEqual(edits)
    // A round of which nothing has been dispatched: its seal made to fit is not in the journal.
    tamper('SAVEPOINT edit', `UPDATE round SET note = '改' WHERE round_id = ${roundId}`)
    tamper(fit())
    expect(foundName()).toBe('round-seal')
    tamper('ROLLBACK TO edit', 'RELEASE edit')
    expect(foundName()).toBeUndefined()
  })

  it('a seal made to fit the edited round, by the dispatch that names it', async () => {
    const { hashRound } = await import('../../db/round-seal.ts')
    tamper('UPDATE round_line SET credit_milli = credit_milli + 1 WHERE round_id = 1')
    tamper(`UPDATE round SET content_hash = '${hashRound(desk.database, 1)}' WHERE round_id = 1`)
    expect(foundName()).toBe('slip-roundHash')
  })
})
