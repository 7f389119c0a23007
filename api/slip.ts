import { Checks } from '../core/checks.ts'
import { refusal } from '../core/refusal.ts'
import { heldLotsOfSlip } from '../db/hold.ts'
import { cancelSlip, dispatchSlip, getSlip, listSlipLines, listSlips } from '../db/slip.ts'
import type { Reader } from '../db/statement.ts'
import { os, refuse, runCommand } from './procedure.ts'

function getDocument(db: Reader, slipId: number) {
  const head = getSlip(db, slipId)
  if (!head) refuse(refusal('not-found', { field: 'slipId', given: slipId }))
  return { head, lines: listSlipLines(db, slipId) }
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
