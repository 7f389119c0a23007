import type { NumberedKind } from '../../core/numbering.ts'
import { addDelivery } from '../../db/delivery.ts'
import { appendPosting, type NewMovement, type PostingKind } from '../../db/ledger.ts'
import { findOrAddLot } from '../../db/lot.ts'
import { nextNumber } from '../../db/numbering.ts'
import { contentHash, recordRequest } from '../../db/request.ts'
import { sealRound } from '../../db/seal.ts'
import { addSlip, cancelSlip, dispatchSlip } from '../../db/slip.ts'
import { run, type Writer } from '../../db/statement.ts'
import type { District } from './district.ts'

/** What can happen to stock, as the program's own code does it, each with the request it answers. */
export type SlipTaken = {
  readonly slipId: number
  readonly unitId: number
  readonly depotId: number
  readonly lines: readonly { readonly itemId: number; readonly lotId: number; readonly quantityBase: number }[]
}
export type DeliveryTaken = {
  readonly lotIds: readonly number[]
  readonly postingSeq: number
  readonly movements: readonly NewMovement[]
}
export type DeliveryAsked = {
  readonly supplierId: number
  readonly depotId: number
  readonly lines: readonly {
    readonly itemId: number
    readonly lot: string
    readonly expiresOn: string | null
    readonly countedBase: number
    readonly rejectedBase: number
  }[]
}

const businessDate = '2020-02-06'
const at = Date.UTC(2020, 1, 6, 1, 2, 3)
const stampOf = (district: District) => ({ personId: district.personId, at })
const numbered: Record<PostingKind, NumberedKind> = {
  delivery: 'delivery',
  dispatch: 'dispatch',
  return: 'return',
  transfer: 'transfer',
  stocktake: 'variance',
  'write-off': 'write-off',
  correction: 'correction',
  signature: 'signature',
}

function note(db: Writer, district: District, requestId: string, procedure: string, input: unknown): void {
  const { personId } = district
  recordRequest(db, { requestId, procedure, contentHash: contentHash(procedure, input), answer: null, personId, at })
}

export function deliver(db: Writer, district: District, postingId: string, asked: DeliveryAsked): DeliveryTaken {
  const lines = asked.lines.map((line, index) => ({
    line: index + 1,
    itemId: line.itemId,
    lot: line.lot,
    madeOn: null,
    expiresOn: line.expiresOn,
    standard: '',
    packs: null,
    packSizeBase: 1,
    countedBase: line.countedBase,
    acceptedBase: line.countedBase - line.rejectedBase,
    rejectedBase: line.rejectedBase,
    rejectReason: line.rejectedBase > 0 ? '破损' : '',
  }))
  const postingSeq = addDelivery(
    db,
    stampOf(district),
    { postingId, supplierId: asked.supplierId, depotId: asked.depotId },
    { businessDate, noteNumber: postingId.slice(0, 8), noteRepeat: false, note: '', lines },
  )
  const lotIds = lines.map((line) =>
    findOrAddLot(db, {
      itemId: line.itemId,
      supplierId: asked.supplierId,
      number: line.lot,
      madeOn: null,
      expiresOn: line.expiresOn,
      standard: '',
    }),
  )
  note(db, district, postingId, 'delivery.post', asked)
  const movements = lines.flatMap((line, index) =>
    line.acceptedBase === 0
      ? []
      : [
          {
            lotId: lotIds[index]!,
            itemId: line.itemId,
            fromPlaceId: asked.supplierId,
            toPlaceId: asked.depotId,
            quantityBase: line.acceptedBase,
          },
        ],
  )
  return { lotIds, postingSeq, movements }
}

/** Approves a round of one slip, which reserves its lots. Gives the slip. */
export function reserve(
  db: Writer,
  district: District,
  requestId: string,
  asked: Omit<SlipTaken, 'slipId'>,
): SlipTaken {
  const roundId = run(
    db,
    `INSERT INTO round (number, state, policy_id, business_date, horizon_days, problem, result, problem_hash, approved_at,
       approved_by) VALUES (?, 'approved', ?, ?, 14, '{}', '{}', '', ?, ?)`,
    nextNumber(db, 'round', businessDate),
    district.policyId,
    businessDate,
    at,
    district.personId,
  ).lastInsertRowid
  const lines = asked.lines.map(({ itemId, lotId, quantityBase }) => ({
    itemId,
    lotId,
    packs: quantityBase,
    packSizeBase: 1,
    needBase: quantityBase,
    forItemId: null,
  }))
  const slipId = addSlip(
    db,
    stampOf(district),
    { roundId, unitId: asked.unitId, depotId: asked.depotId, lines },
    businessDate,
  )
  sealRound(db, stampOf(district), roundId)
  note(db, district, requestId, 'round.approve', asked)
  return { ...asked, slipId }
}

export function dispatch(db: Writer, district: District, postingId: string, slip: SlipTaken): number {
  const postingSeq = dispatchSlip(db, stampOf(district), slip, { postingId, businessDate })
  note(db, district, postingId, 'slip.dispatch', slip.slipId)
  return postingSeq
}

export function cancel(db: Writer, district: District, requestId: string, slip: SlipTaken): void {
  cancelSlip(db, stampOf(district), slip.slipId)
  note(db, district, requestId, 'slip.cancel', slip.slipId)
}

/** Return, transfer, write-off, stocktake and correction: movements and nothing beside them. */
export function move(
  db: Writer,
  district: District,
  postingId: string,
  kind: PostingKind,
  movements: readonly NewMovement[],
  correctsSeq: number | null = null,
): number {
  const { postingSeq } = appendPosting(db, {
    postingId,
    kind,
    number: nextNumber(db, numbered[kind], businessDate),
    businessDate,
    at,
    personId: district.personId,
    correctsSeq,
    detail: { reason: kind },
    movements,
  })
  note(db, district, postingId, `${kind}.post`, movements)
  return postingSeq
}
