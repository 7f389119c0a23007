import { Checks } from '../core/checks.ts'
import { refusal } from '../core/refusal.ts'
import { decideLots } from '../core/stock-move.ts'
import { readLotsAt } from '../db/document.ts'
import { getTransfer, listTransfers, receiveTransfer, sendTransfer } from '../db/transfer.ts'
import { expectPlaceOf, pastDate } from './ledger.ts'
import { os, refuse, runCommand } from './procedure.ts'
import { settle } from './refused.ts'

export const transfer = {
  list: os.transfer.list.handler(({ input, context }) => listTransfers(context.desk.database, input.openOnly)),

  send: os.transfer.send.handler(({ input, context, path }) =>
    runCommand(
      context,
      path,
      input,
      ['ledger', 'stock'],
      (db, stamp) => {
        const checks = new Checks()
        expectPlaceOf(db, checks, 'depot', 'fromId', input.fromId)
        expectPlaceOf(db, checks, 'depot', 'toId', input.toId)
        if (input.fromId === input.toId) checks.refuse('same-place', { field: 'toId', given: input.toId })
        const businessDate = pastDate(checks, 'businessDate', input.businessDate, context.desk.businessDate())
        const note = checks.text('note', input.note, { longest: 500 })
        if (checks.refusals.length > 0) refuse(...checks.refusals)
        const lines = settle(decideLots(input.lines, readLotsAt(db, input.fromId))).map(
          ({ lotId, itemId, quantityBase }) => ({ lotId, itemId, quantityBase }),
        )
        const { fromId, toId } = input
        const transferId = sendTransfer(db, stamp, {
          postingId: input.requestId,
          fromId,
          toId,
          businessDate,
          note,
          lines,
        })
        return { transferId }
      },
      (db, { transferId }) => getTransfer(db, transferId)!,
    ),
  ),

  receive: os.transfer.receive.handler(({ input, context, path }) =>
    runCommand(
      context,
      path,
      input,
      ['ledger', 'stock'],
      (db, stamp) => {
        const row = getTransfer(db, input.transferId)
        if (!row) refuse(refusal('not-found', { field: 'transferId', given: input.transferId }))
        if (row.state !== 'in-transit') refuse(refusal('already-closed', { field: 'transferId', given: row.state }))
        const checks = new Checks()
        const businessDate = pastDate(checks, 'businessDate', input.businessDate, context.desk.businessDate())
        const received = new Map<number, number>()
        let isShort = false
        input.lines.forEach(({ lotId, receivedBase }, index) => {
          const lineChecks = new Checks(index + 1)
          const sent = row.lines.find((line) => line.lotId === lotId)
          if (!sent) lineChecks.refuse('not-found', { field: 'lotId', given: lotId })
          else received.set(lotId, lineChecks.whole('receivedBase', receivedBase, 0, sent.quantityBase))
          if (sent && receivedBase < sent.quantityBase) isShort = true
          checks.take(lineChecks)
        })
        const reason = checks.text('reason', input.reason, { longest: 500 })
        if (isShort && reason === '') checks.refuse('reason-missing', { field: 'reason' })
        if (checks.refusals.length > 0) refuse(...checks.refusals)
        receiveTransfer(db, stamp, row, { postingId: input.requestId, businessDate, reason, received })
        return { transferId: input.transferId }
      },
      (db, { transferId }) => getTransfer(db, transferId)!,
    ),
  ),
}
