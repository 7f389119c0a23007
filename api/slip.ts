import { Checks } from '../core/checks.ts'
import { fitRungs, plainRung } from '../core/policy.ts'
import { type Refusal, refusal } from '../core/refusal.ts'
import { decideDifferences } from '../core/stock-move.ts'
import { normaliseText } from '../core/text.ts'
import { readLotsAt } from '../db/document.ts'
import { heldLotsOfSlip } from '../db/hold.ts'
import { appendPosting } from '../db/ledger.ts'
import { nextNumber } from '../db/numbering.ts'
import {
  addReplannedLine,
  addSignature,
  findSlipByNumber,
  listFreeLots,
  listPickLines,
  listSentLines,
  type PickLine,
  setPicked,
} from '../db/pick.ts'
import { virtualPlaceIds } from '../db/place.ts'
import { getRoundLadder } from '../db/round.ts'
import { sealDocument } from '../db/seal.ts'
import { cancelSlip, dispatchSlip, getSlip, listSlipLines, listSlips } from '../db/slip.ts'
import type { Reader, Writer } from '../db/statement.ts'
import { os, refuse, runCommand } from './procedure.ts'

function getDocument(db: Reader, slipId: number) {
  const head = getSlip(db, slipId)
  if (!head) refuse(refusal('not-found', { field: 'slipId', given: slipId }))
  const { rungs, policyDays, horizonDays } = getRoundLadder(db, head.roundId)
  const fitted = fitRungs(rungs.map(plainRung), policyDays, horizonDays)
  const lines = listSlipLines(db, slipId).map(({ reason, rung, queuePacks, coverBeforeMilliDays, ...line }) => {
    if (reason === null) return { ...line, why: null }
    const { days = null, name = '', nameEn = '' } = fitted[(rung ?? 0) - 1] ?? {}
    const named = { rung: rung ?? 0, rungName: name, rungNameEn: nameEn, rungDays: days }
    return { ...line, why: { reason, ...named, horizonDays, coverBeforeMilliDays, queuePacks } }
  })
  return { head, lines }
}

/** The slip, while it waits for its goods to go; refused once it has been dispatched or cancelled. */
function expectOpen(db: Reader, slipId: number) {
  const head = getSlip(db, slipId)
  if (!head) refuse(refusal('not-found', { field: 'slipId', given: slipId }))
  if (head.state !== 'approved') {
    refuse(
      refusal('slip-not-open', {
        field: 'slipId',
        given: head.state,
        allowed: 'approved',
        about: { number: head.number },
      }),
    )
  }
  return head
}

type Picked = { readonly lines: readonly { line: number; packs: number }[]; readonly replan: boolean }

/** Notes what was found on the shelf; with `replan`, fills what is short from the depot's other lots. */
function pickLines(db: Writer, head: { slipId: number; depotId: number }, picked: Picked, today: string): void {
  const lines = new Map(listPickLines(db, head.slipId).map((line) => [line.line, line]))
  const free = new Map([...readLotsAt(db, head.depotId)].map(([lotId, lot]) => [lotId, lot.freeBase]))
  const refusals: Refusal[] = []
  for (const { line, packs } of picked.lines) {
    const planned = lines.get(line)
    const checks = new Checks(line)
    if (!planned) checks.refuse('not-found', { field: 'line', given: line })
    else if (checks.whole('packs', packs, 0, planned.packs) === packs) {
      // What a short pick let go may have been promised to others before the rest of it turned up.
      const held = planned.pickedPacks ?? planned.packs
      const left = (free.get(planned.lotId) ?? 0) - (packs - held) * planned.packSizeBase
      if (left < 0) {
        const allowed = packs - Math.ceil(-left / planned.packSizeBase)
        checks.refuse('not-enough-stock', { field: 'packs', given: packs, allowed })
      }
      free.set(planned.lotId, left)
    }
    refusals.push(...checks.refusals)
  }
  if (picked.lines.length === 0) refusals.push(refusal('nothing-to-post', { field: 'lines' }))
  if (refusals.length > 0) refuse(...refusals)
  const short: { line: PickLine; missing: number }[] = []
  for (const { line, packs } of picked.lines) {
    const planned = lines.get(line)!
    setPicked(db, head, planned, packs)
    if (packs < planned.packs) short.push({ line: planned, missing: planned.packs - packs })
  }
  if (!picked.replan) return
  // What came up short on the shelf is not offered again for another line of this slip.
  const without = short.map((one) => one.line.lotId)
  for (const { line, missing } of short) {
    let left = missing
    for (const lot of listFreeLots(db, { itemId: line.itemId, depotId: head.depotId, today, without })) {
      const packs = Math.min(left, Math.floor(lot.freeBase / line.packSizeBase))
      if (packs === 0) continue
      addReplannedLine(db, head, line, lot.lotId, packs)
      left -= packs
    }
  }
}

export const slip = {
  list: os.slip.list.handler(({ input, context }) => listSlips(context.desk.database, input)),

  get: os.slip.get.handler(({ input, context }) =>
    input.slipIds.map((slipId) => getDocument(context.desk.database, slipId)),
  ),

  dispatch: os.slip.dispatch.handler(({ input, context, path }) =>
    runCommand(
      context,
      path,
      input,
      ['slip', 'round', 'stock', 'unit'],
      (db, stamp) => {
        const head = expectOpen(db, input.slipId)
        const checks = new Checks()
        const today = context.desk.businessDate()
        const businessDate = checks.date('businessDate', input.businessDate)
        if (businessDate > today) {
          checks.refuse('date-in-future', { field: 'businessDate', given: businessDate, allowed: today })
        }
        if (businessDate < head.businessDate) {
          checks.refuse('out-of-range', {
            field: 'businessDate',
            given: businessDate,
            allowed: `${head.businessDate}–${today}`,
            about: { min: head.businessDate, max: today },
          })
        }
        for (const { line, lot, itemName } of heldLotsOfSlip(db, input.slipId)) {
          checks.refuse('lot-on-hold', { line, field: 'lot', given: lot, about: { item: itemName } })
        }
        if (checks.refusals.length > 0) refuse(...checks.refusals)
        dispatchSlip(db, stamp, head, { postingId: input.requestId, businessDate })
        return { slipId: input.slipId }
      },
      (db, { slipId }) => getDocument(db, slipId),
    ),
  ),

  pick: os.slip.pick.handler(({ input, context, path }) =>
    runCommand(
      context,
      path,
      input,
      ['slip', 'stock'],
      (db, stamp) => {
        const head = expectOpen(db, input.slipId)
        pickLines(db, head, input, context.desk.businessDate())
        sealDocument(db, stamp, 'slip', input.slipId)
        return { slipId: input.slipId }
      },
      (db, { slipId }) => getDocument(db, slipId),
    ),
  ),

  sign: os.slip.sign.handler(({ input, context, path }) =>
    runCommand(
      context,
      path,
      input,
      ['slip', 'round', 'unit', 'ledger'],
      (db, stamp) => {
        const head = getSlip(db, input.slipId)
        if (!head) refuse(refusal('not-found', { field: 'slipId', given: input.slipId }))
        if (head.state !== 'dispatched') {
          const about = { number: head.number }
          refuse(refusal('slip-not-open', { field: 'slipId', given: head.state, allowed: 'dispatched', about }))
        }
        const checks = new Checks()
        const today = context.desk.businessDate()
        const signedBy = checks.text('signedBy', input.signedBy, { longest: 60, required: true })
        const note = checks.text('note', input.note, { longest: 500 })
        const signedOn = checks.date('signedOn', input.signedOn)
        if (signedOn > today) checks.refuse('date-in-future', { field: 'signedOn', given: signedOn, allowed: today })
        const decision = decideDifferences(
          listSentLines(db, input.slipId),
          input.differences,
          readLotsAt(db, head.unitId),
        )
        if (!decision.ok) checks.refusals.push(...decision.refusals)
        if (checks.refusals.length > 0 || !decision.ok) refuse(...checks.refusals)
        // Also where nothing differs: who signed for what is as much worth keeping as what moved.
        const { postingSeq } = appendPosting(db, {
          postingId: input.requestId,
          kind: 'signature',
          number: nextNumber(db, 'signature', signedOn),
          businessDate: signedOn,
          at: stamp.at,
          personId: stamp.personId,
          detail: { slipId: input.slipId, signedBy, reason: note, differences: input.differences },
          movements: decision.value.map(({ lotId, itemId, place, fewerBase }) => {
            const other = virtualPlaceIds[place]
            const [fromPlaceId, toPlaceId] = fewerBase > 0 ? [head.unitId, other] : [other, head.unitId]
            return { lotId, itemId, fromPlaceId, toPlaceId, quantityBase: Math.abs(fewerBase) }
          }),
        })
        addSignature(db, stamp, { slipId: input.slipId, signedBy, signedOn, note, postingSeq })
        return { slipId: input.slipId }
      },
      (db, { slipId }) => getDocument(db, slipId),
    ),
  ),

  find: os.slip.find.handler(({ input, context }) => {
    const slipId = findSlipByNumber(context.desk.database, normaliseText(input.number).toUpperCase())
    return slipId === undefined ? null : getSlip(context.desk.database, slipId)!
  }),

  cancel: os.slip.cancel.handler(({ input, context, path }) =>
    runCommand(
      context,
      path,
      input,
      ['slip', 'round', 'stock', 'unit'],
      (db, stamp) => {
        expectOpen(db, input.slipId)
        cancelSlip(db, stamp, input.slipId)
        return { slipId: input.slipId }
      },
      (db, { slipId }) => getDocument(db, slipId),
    ),
  ),
}
