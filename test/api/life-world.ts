import type { Desk } from '../../api/context.ts'
import { all } from '../../db/statement.ts'
import { type Client, makeWorld, requestId } from './world.ts'

const nothing = { nameEn: '', town: '', address: '', contact: '', phone: '', note: '' }

/** The world of the tests with a second depot and a second supplier. */
export async function makeLifeWorld(client: Client) {
  const world = await makeWorld(client)
  const other = await client.depot.save({
    requestId: requestId(),
    placeId: null,
    version: null,
    ...nothing,
    code: 'D02',
    name: '北滘分仓',
  })
  const donor = await client.supplier.save({
    requestId: requestId(),
    placeId: null,
    version: null,
    ...nothing,
    code: 'S02',
    name: '某慈善会',
    supplierKind: 'donor',
    licence: '',
    capacity: [],
  })
  return {
    ...world,
    depots: [world.depot.placeId, other.placeId],
    suppliers: [world.supplier.placeId, donor.placeId],
    items: [world.surgical.itemId, world.protective.itemId],
  }
}
export type LifeWorld = Awaited<ReturnType<typeof makeLifeWorld>>

export type SlipLine = {
  readonly line: number
  readonly itemId: number
  readonly lotId: number
  readonly packs: number
  readonly packSizeBase: number
  picked: number | null
}

/** What the solver gave out is taken as it is: which lots it took, and that it might, is what the model checks. */
export const readSlipLines = (desk: Desk, slipId: number): SlipLine[] =>
  all<SlipLine>(
    desk.database,
    `SELECT line, item_id AS itemId, lot_id AS lotId, packs, pack_size_base AS packSizeBase, picked_packs AS picked
     FROM slip_line WHERE slip_id = ? ORDER BY line`,
    slipId,
  )

export const readBalances = (desk: Desk) =>
  all<{ placeId: number; lotId: number; onHand: number; reserved: number }>(
    desk.database,
    'SELECT place_id AS placeId, lot_id AS lotId, on_hand AS onHand, reserved FROM balance',
  )
