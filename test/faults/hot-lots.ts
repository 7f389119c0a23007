import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { ORPCError } from '@orpc/server'
import { closeDesk, openDesk, soloPerson } from '../../api/desk.ts'
import { databaseFileName } from '../../db/open.ts'
import { get } from '../../db/statement.ts'
import { verifyDatabase } from '../../db/verify.ts'
import { type ApiClient, connectInProcess, connectSockets } from '../api/connect.ts'
import { deliveryOf, line, makeWorld, now, today } from '../api/world.ts'
import { createRandom } from '../db/random.ts'
import { type Suite, scratchFolder } from './result.ts'

/**
 * Many clients at once, over sockets of one real hub, take the last of the same few lots, bring more, and change the same
 * item, while another process reads the file (`verify`). What was acknowledged is what is there: nothing sold twice, no
 * change of the item lost, and nobody is told that the database is busy.
 */
export const hotLots: Suite = async ({ deep, seed }) => {
  const clients = deep ? 16 : 8
  const steps = deep ? 10_000 : 500
  const folder = scratchFolder('hot-lots')
  const desk = openDesk({ folder, version: 'faults', now: () => now })
  const person = soloPerson(desk)
  const first = await connectInProcess(desk, person)
  const world = await makeWorld(first.client)
  const depot = world.depot.placeId
  const { itemId } = world.surgical
  const other = await first.client.depot.save({ ...newDepot, requestId: createRandom(seed + 99).uuid() })
  const lots = ['H1', 'H2', 'H3', 'H4']
  await first.client.delivery.post(
    deliveryOf(
      world,
      lots.map((lot) => line(itemId, { lot, packs: null, piecesBase: 1500, expiresOn: '2028-01-01' })),
    ),
  )
  const found = await first.client.stock.lots({ itemId, depotId: null })
  const lotIds = lots.map((lot) => found.find(({ number }) => number === lot)!.lotId)
  const left = new Map(lotIds.map((lotId) => [lotId, 1500]))
  const move = (lotId: number, quantityBase: number) => left.set(lotId, left.get(lotId)! + quantityBase)
  const tally = { acknowledged: 0, 'not enough': 0, 'changed meanwhile': 0, changes: 0, busy: 0, other: 0 }
  const reading = keepReading(join(folder, databaseFileName))

  const work = async (client: ApiClient, random: ReturnType<typeof createRandom>) => {
    for (let step = 0; step < steps; step += 1) {
      const requestId = random.uuid()
      const lotId = random.pick(lotIds)
      const quantityBase = random.between(1, 20)
      const lines = [{ lotId, quantityBase }]
      const chance = random.between(1, 100)
      try {
        if (chance <= 55) {
          const rest = { depotId: depot, businessDate: today, cause: 'damaged' as const, reason: '受潮' }
          await client.ledger.writeOff({ requestId, ...rest, lines })
          move(lotId, -quantityBase)
        } else if (chance <= 70) {
          const rest = { fromId: depot, toId: other.placeId, businessDate: today, note: '' }
          await client.transfer.send({ requestId, ...rest, lines })
          move(lotId, -quantityBase)
        } else if (chance <= 85) {
          const lot = lots[lotIds.indexOf(lotId)]!
          const received = line(itemId, { lot, packs: null, piecesBase: quantityBase, expiresOn: '2028-01-01' })
          await client.delivery.post(deliveryOf(world, [received], { requestId }))
          move(lotId, quantityBase)
        } else {
          const item = (await client.item.list({ archived: false })).find((one) => one.itemId === itemId)!
          await client.item.save({ ...pickFields(item), requestId, reserveBase: item.reserveBase + 1 })
          tally.changes += 1
        }
        tally.acknowledged += 1
      } catch (error) {
        count(tally, error)
      }
    }
  }
  const sockets = await connectSockets(desk, person, clients)
  await Promise.all(sockets.clients.map((client, index) => work(client, createRandom(seed + index))))
  await sockets.close()
  const readings = await reading.stop()
  const wrong = lotIds.filter((lotId) => {
    const row = get<{ onHand: number }>(
      desk.database,
      'SELECT on_hand AS onHand FROM balance WHERE place_id = ? AND lot_id = ?',
      depot,
      lotId,
    )
    return (row?.onHand ?? 0) !== left.get(lotId)
  }).length
  const reserve = (await first.client.item.list({ archived: false })).find((one) => one.itemId === itemId)!.reserveBase
  const report = verifyDatabase(desk.database)
  await closeDesk(desk)
  rmSync(folder, { recursive: true, force: true })
  const lost = tally.changes - reserve
  const oversold = [...left.values()].filter((quantityBase) => quantityBase < 0).length
  return [
    {
      fault: 'concurrent clients on hot lots',
      ran: true,
      ok:
        wrong === 0 &&
        lost === 0 &&
        oversold === 0 &&
        report.ok &&
        tally.busy === 0 &&
        tally.other === 0 &&
        tally['not enough'] > 0 &&
        tally['changed meanwhile'] > 0 &&
        readings.read > 0 &&
        readings.failed === 0,
      counts: {
        clients,
        requests: clients * steps,
        ...tally,
        oversold,
        'lots that differ': wrong,
        'updates lost': lost,
        'verified beside': readings.read,
      },
      ...(report.difference ? { note: `${report.difference.name}, ${report.difference.subject}` } : {}),
    },
  ]
}

const newDepot = {
  placeId: null,
  version: null,
  code: 'D02',
  name: '北滘分仓',
  nameEn: '',
  town: '',
  address: '',
  contact: '',
  phone: '',
  note: '',
}

type Item = Awaited<ReturnType<ApiClient['item']['list']>>[number]
/** What the contract takes of an item that was read. */
function pickFields(item: Item) {
  const { itemId, version, code, name, nameEn, category, specification, standard } = item
  const { baseUnit, packName, packSizeBase, shelfLifeDays, reserveBase, unitPriceFen } = item
  const named = { itemId, version, code, name, nameEn, category, specification, standard }
  return { ...named, baseUnit, packName, packSizeBase, shelfLifeDays, reserveBase, unitPriceFen }
}

function count(
  tally: { 'not enough': number; 'changed meanwhile': number; busy: number; other: number },
  error: unknown,
) {
  const data = error instanceof ORPCError ? JSON.stringify(error.data) : ''
  // A lot of which nothing is left is not in the depot any more.
  if (/"not-enough-stock"|"not-found"[^}]*"lotId"/.test(data)) tally['not enough'] += 1
  else if (data.includes('"changed-meanwhile"')) tally['changed meanwhile'] += 1
  else if (data.includes('"busy"')) tally.busy += 1
  else tally.other += 1
}

/** Runs `verify` in other processes, one after the other, until it is told to stop. */
function keepReading(file: string) {
  let stopped = false
  const readings = { read: 0, failed: 0 }
  const once = () =>
    new Promise<number | null>((resolve) => {
      const child = spawn(process.execPath, ['hub/cli.ts', 'verify', file], {
        cwd: join(import.meta.dirname, '..', '..'),
        stdio: 'ignore',
      })
      child.on('exit', resolve)
    })
  const loop = (async () => {
    while (!stopped) {
      const code = await once()
      readings.read += 1
      if (code !== 0) readings.failed += 1
    }
  })()
  return {
    async stop() {
      stopped = true
      await loop
      return readings
    },
  }
}
