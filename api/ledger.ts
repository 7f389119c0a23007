import { Checks } from '../core/checks.ts'
import { type Refusal, refusal } from '../core/refusal.ts'
import { decideLots } from '../core/stock-move.ts'
import { normaliseText } from '../core/text.ts'
import {
  findLots,
  getPosting,
  listDepotLots,
  listGoneFrom,
  listMovements,
  listPostings,
  listUnitLots,
  readLotsAt,
  readOwner,
  readStockAsAt,
} from '../db/document.ts'
import { readDayFlows, readFlows } from '../db/flow.ts'
import { appendPosting } from '../db/ledger.ts'
import { removeFulfilmentOf } from '../db/liaison.ts'
import { nextNumber } from '../db/numbering.ts'
import { markSlipReversed } from '../db/pick.ts'
import { getPlace, type PlaceKind, placeKindOf, virtualPlaceIds } from '../db/place.ts'
import type { Reader, Writer } from '../db/statement.ts'
import { os, refuse, runCommand } from './procedure.ts'
import { settle } from './refused.ts'

function getDocument(db: Reader, postingSeq: number) {
  const posting = getPosting(db, postingSeq)
  if (!posting) refuse(refusal('not-found', { field: 'postingSeq', given: postingSeq }))
  return { ...posting, owner: ownerOf(db, postingSeq) }
}

function ownerOf(db: Reader, postingSeq: number) {
  const { slip, signedSlip, transfer, stocktake } = readOwner(db, postingSeq)
  const ofSlip = slip ?? signedSlip
  if (ofSlip) return { kind: 'slip' as const, id: ofSlip.slipId, number: ofSlip.number, state: ofSlip.state }
  if (transfer) {
    return { kind: 'transfer' as const, id: transfer.transferId, number: transfer.number, state: transfer.state }
  }
  if (!stocktake) return null
  return { kind: 'stocktake' as const, id: stocktake.stocktakeId, number: stocktake.number, state: stocktake.state }
}

export function expectPlaceOf(db: Reader, checks: Checks, kind: PlaceKind, field: string, placeId: number): void {
  const place = getPlace(db, kind, placeId)
  if (!place) checks.refuse('not-found', { field, given: placeId })
  else if (place.archivedAt !== null) checks.refuse('archived', { field, about: { name: place.name } })
}

export function pastDate(checks: Checks, field: string, given: string, today: string): string {
  const date = checks.date(field, given)
  if (date > today) checks.refuse('date-in-future', { field, given: date, allowed: today })
  return date
}

const placesNamed = 8

/** The places that most went to, and how many others there are, in words of both languages. */
function whereTo(gone: readonly { readonly name: string; readonly nameEn: string; readonly quantityBase: number }[]) {
  const named = gone.slice(0, placesNamed)
  const others = gone.length - named.length
  const say = (name: 'name' | 'nameEn') => named.map((place) => `${place[name]} (${place.quantityBase})`)
  return {
    where: [...say('name'), ...(others > 0 ? [`另 ${others} 处`] : [])].join('、'),
    whereEn: [...say('nameEn'), ...(others > 0 ? [`and ${others} more`] : [])].join(', '),
  }
}

/** Reverses each movement where what it brought is still there; else says where it went. */
function reverse(db: Writer, postingSeq: number) {
  const refusals: Refusal[] = []
  const movements = listMovements(db, postingSeq)
  const { lines } = getDocument(db, postingSeq)
  const taken = new Map<string, number>()
  movements.forEach((movement, index) => {
    const kind = placeKindOf(db, movement.toPlaceId)
    // Suppliers and virtual places can always give back what they took.
    if (kind !== 'depot' && kind !== 'unit' && kind !== 'transit') return
    const lot = readLotsAt(db, movement.toPlaceId).get(movement.lotId)
    const key = `${movement.toPlaceId}/${movement.lotId}`
    const wanted = (taken.get(key) ?? 0) + movement.quantityBase
    taken.set(key, wanted)
    const missing = wanted - (lot?.freeBase ?? 0)
    if (missing <= 0) return
    const line = lines[index]!
    refusals.push(
      refusal('already-gone', {
        line: index + 1,
        given: `${line.itemName} ${line.lot}`,
        allowed: movement.quantityBase - missing,
        about: {
          givenEn: `${line.itemNameEn || line.itemName} ${line.lot}`,
          quantity: missing,
          ...whereTo(listGoneFrom(db, movement.lotId, movement.toPlaceId, postingSeq)),
        },
      }),
    )
  })
  if (refusals.length > 0) refuse(...refusals)
  return movements.map(({ lotId, itemId, fromPlaceId, toPlaceId, quantityBase }) => ({
    lotId,
    itemId,
    fromPlaceId: toPlaceId,
    toPlaceId: fromPlaceId,
    quantityBase,
  }))
}

/** Why a posting can't be reversed, or null. */
function notCorrectable(db: Reader, postingSeq: number): string | null {
  const { head } = getDocument(db, postingSeq)
  if (head.correctedBy !== null) return head.correctedBy
  if (head.kind === 'correction') return head.kind
  const owner = readOwner(db, postingSeq)
  if (owner.slip?.state === 'signed') return owner.slip.number
  // A transfer has two halves: it is put right by a transfer back.
  if (owner.transfer) return owner.transfer.number
  if (owner.signedSlip) return head.kind
  return null
}

export const ledger = {
  list: os.ledger.list.handler(({ input, context }) => listPostings(context.desk.database, input)),

  get: os.ledger.get.handler(({ input, context }) => getDocument(context.desk.database, input.postingSeq)),

  unitLots: os.ledger.unitLots.handler(({ input, context }) => listUnitLots(context.desk.database, input.unitId)),

  depotLots: os.ledger.depotLots.handler(({ input, context }) => listDepotLots(context.desk.database, input.depotId)),

  findLots: os.ledger.findLots.handler(({ input, context }) =>
    findLots(context.desk.database, normaliseText(input.text).toLowerCase(), input.limit),
  ),

  returnFromUnit: os.ledger.returnFromUnit.handler(({ input, context, path }) =>
    runCommand(
      context,
      path,
      input,
      ['ledger', 'stock', 'unit'],
      (db, stamp) => {
        const checks = new Checks()
        expectPlaceOf(db, checks, 'unit', 'unitId', input.unitId)
        expectPlaceOf(db, checks, 'depot', 'depotId', input.depotId)
        const businessDate = pastDate(checks, 'businessDate', input.businessDate, context.desk.businessDate())
        const reason = checks.text('reason', input.reason, { longest: 500, required: true })
        if (checks.refusals.length > 0) refuse(...checks.refusals)
        const lines = settle(decideLots(input.lines, readLotsAt(db, input.unitId)))
        const { postingSeq } = appendPosting(db, {
          postingId: input.requestId,
          kind: 'return',
          number: nextNumber(db, 'return', businessDate),
          businessDate,
          at: stamp.at,
          personId: stamp.personId,
          detail: { unitId: input.unitId, depotId: input.depotId, reason, states: lines.map((line) => line.state) },
          movements: lines.map(({ lotId, itemId, quantityBase, state }) => ({
            lotId,
            itemId,
            fromPlaceId: input.unitId,
            toPlaceId: state === 'good' ? input.depotId : virtualPlaceIds.lost,
            quantityBase,
          })),
        })
        return { postingSeq }
      },
      (db, { postingSeq }) => getDocument(db, postingSeq),
    ),
  ),

  writeOff: os.ledger.writeOff.handler(({ input, context, path }) =>
    runCommand(
      context,
      path,
      input,
      ['ledger', 'stock'],
      (db, stamp) => {
        const checks = new Checks()
        expectPlaceOf(db, checks, 'depot', 'depotId', input.depotId)
        const businessDate = pastDate(checks, 'businessDate', input.businessDate, context.desk.businessDate())
        const reason = checks.text('reason', input.reason, { longest: 500, required: input.cause === 'other' })
        if (checks.refusals.length > 0) refuse(...checks.refusals)
        const lines = settle(decideLots(input.lines, readLotsAt(db, input.depotId)))
        const { postingSeq } = appendPosting(db, {
          postingId: input.requestId,
          kind: 'write-off',
          number: nextNumber(db, 'write-off', businessDate),
          businessDate,
          at: stamp.at,
          personId: stamp.personId,
          detail: { depotId: input.depotId, cause: input.cause, reason },
          movements: lines.map(({ lotId, itemId, quantityBase }) => ({
            lotId,
            itemId,
            fromPlaceId: input.depotId,
            toPlaceId: virtualPlaceIds.lost,
            quantityBase,
          })),
        })
        return { postingSeq }
      },
      (db, { postingSeq }) => getDocument(db, postingSeq),
    ),
  ),

  correct: os.ledger.correct.handler(({ input, context, path }) =>
    runCommand(
      context,
      path,
      input,
      ['ledger', 'stock', 'delivery', 'slip', 'commitment', 'unit'],
      (db, stamp) => {
        const { head } = getDocument(db, input.postingSeq)
        const checks = new Checks()
        const reason = checks.text('reason', input.reason, { longest: 500, required: true })
        if (checks.refusals.length > 0) refuse(...checks.refusals)
        const because = notCorrectable(db, input.postingSeq)
        if (because !== null) {
          refuse(refusal('not-correctable', { field: 'postingSeq', given: head.number, about: { reason: because } }))
        }
        const movements = reverse(db, input.postingSeq)
        const businessDate = context.desk.businessDate()
        const { postingSeq } = appendPosting(db, {
          postingId: input.requestId,
          kind: 'correction',
          number: nextNumber(db, 'correction', businessDate),
          businessDate,
          at: stamp.at,
          personId: stamp.personId,
          correctsSeq: input.postingSeq,
          detail: { corrects: head.number, reason },
          movements,
        })
        if (head.kind === 'delivery') removeFulfilmentOf(db, stamp, input.postingSeq)
        const { slip } = readOwner(db, input.postingSeq)
        if (slip) markSlipReversed(db, stamp, slip.slipId)
        return { postingSeq }
      },
      (db, { postingSeq }) => getDocument(db, postingSeq),
    ),
  ),

  flows: os.ledger.flows.handler(({ input, context }) => {
    const checks = new Checks()
    const from = checks.date('from', input.from)
    const to = checks.date('to', input.to)
    if (checks.refusals.length > 0) refuse(...checks.refusals)
    const db = context.desk.database
    return { ...readFlows(db, from, to), days: readDayFlows(db, from, to) }
  }),

  asAt: os.ledger.asAt.handler(({ input, context }) => {
    const checks = new Checks()
    const date = checks.date('date', input.date)
    if (checks.refusals.length > 0) refuse(...checks.refusals)
    return readStockAsAt(context.desk.database, date, input.placeId)
  }),
}
