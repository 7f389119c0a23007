import { Checks } from '../core/checks.ts'
import { refusal } from '../core/refusal.ts'
import { addHold, closeHold, getHold, listFreeStock, listHolds, listWhereabouts, lotExists } from '../db/hold.ts'
import { appendPosting } from '../db/ledger.ts'
import { nextNumber } from '../db/numbering.ts'
import type { Reader } from '../db/statement.ts'
import { os, refuse, runCommand } from './procedure.ts'

function expectOpen(db: Reader, holdId: number) {
  const row = getHold(db, holdId)
  if (!row) refuse(refusal('not-found', { field: 'holdId', given: holdId }))
  if (row.outcome !== null) refuse(refusal('already-closed', { field: 'holdId', given: row.outcome }))
  return row
}

export const hold = {
  list: os.hold.list.handler(({ input, context }) => listHolds(context.desk.database, input.openOnly)),

  add: os.hold.add.handler(({ input, context, path }) =>
    runCommand(
      context,
      path,
      input,
      ['ledger', 'stock'],
      (db, stamp) => {
        if (!lotExists(db, input.lotId)) refuse(refusal('not-found', { field: 'lotId', given: input.lotId }))
        const checks = new Checks()
        const reason = checks.text('reason', input.reason, { longest: 500, required: true })
        if (checks.refusals.length > 0) refuse(...checks.refusals)
        return { holdId: addHold(db, stamp, { lotId: input.lotId, kind: input.kind, reason, postingSeq: null }) }
      },
      (db, { holdId }) => getHold(db, holdId)!,
    ),
  ),

  release: os.hold.release.handler(({ input, context, path }) =>
    runCommand(
      context,
      path,
      input,
      ['ledger', 'stock'],
      (db, stamp) => {
        expectOpen(db, input.holdId)
        closeHold(db, stamp, input.holdId, 'released', input.note.trim())
        return { holdId: input.holdId }
      },
      (db, { holdId }) => getHold(db, holdId)!,
    ),
  ),

  reject: os.hold.reject.handler(({ input, context, path }) =>
    runCommand(
      context,
      path,
      input,
      ['ledger', 'stock'],
      (db, stamp) => {
        const row = expectOpen(db, input.holdId)
        const checks = new Checks()
        const note = checks.text('note', input.note, { longest: 500, required: true })
        if (checks.refusals.length > 0) refuse(...checks.refusals)
        const businessDate = context.desk.businessDate()
        const free = listFreeStock(db, row.lotId)
        // Nothing may be left of it and nothing to send back: then the hold is closed without a posting.
        if (free.length > 0) {
          appendPosting(db, {
            postingId: input.requestId,
            kind: 'return',
            number: nextNumber(db, 'supplier-return', businessDate),
            businessDate,
            at: stamp.at,
            personId: stamp.personId,
            detail: { holdId: input.holdId, reason: note },
            movements: free.map(({ placeId, freeBase }) => ({
              lotId: row.lotId,
              itemId: row.itemId,
              fromPlaceId: placeId,
              toPlaceId: row.supplierId,
              quantityBase: freeBase,
            })),
          })
        }
        closeHold(db, stamp, input.holdId, 'rejected', note)
        return { holdId: input.holdId }
      },
      (db, { holdId }) => getHold(db, holdId)!,
    ),
  ),

  whereabouts: os.hold.whereabouts.handler(({ input, context }) => listWhereabouts(context.desk.database, input.lotId)),
}
