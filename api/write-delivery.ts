import { fulfilOldestFirst } from '../core/commitment.ts'
import type { DeliveryDecided } from '../core/delivery.ts'
import type { Stamp } from '../db/audit.ts'
import { addFulfilment, listCommitments } from '../db/commitment.ts'
import { addDelivery, lotsOfDelivery } from '../db/delivery.ts'
import { addHold } from '../db/hold.ts'
import type { Writer } from '../db/statement.ts'

/** The posting, what it fulfils of the supplier's promises, and the holds of what is yet to be inspected. */
export function writeDelivery(
  db: Writer,
  stamp: Stamp,
  head: { readonly postingId: string; readonly supplierId: number; readonly depotId: number },
  decided: DeliveryDecided,
  inspect: boolean,
  tick: () => void = () => {},
): number {
  const postingSeq = addDelivery(db, stamp, head, decided, tick)
  const open = listCommitments(db, head.supplierId, true)
  for (const line of decided.lines) {
    const ofItem = open.filter((one) => one.itemId === line.itemId)
    for (const part of fulfilOldestFirst(line.acceptedBase, ofItem)) {
      addFulfilment(db, { ...part, postingSeq, line: line.line })
      // A later line of the same item goes on where this one stopped.
      const fulfilled = open.findIndex((one) => one.commitmentId === part.commitmentId)
      const one = open[fulfilled]!
      open[fulfilled] = { ...one, outstandingBase: one.outstandingBase - part.quantityBase }
    }
  }
  if (inspect)
    for (const lotId of lotsOfDelivery(db, postingSeq))
      addHold(db, stamp, { lotId, kind: 'inspection', reason: '', postingSeq })
  return postingSeq
}
