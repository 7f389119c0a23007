import { fulfilOldestFirst } from '../core/commitment.ts'
import { decideDelivery } from '../core/delivery.ts'
import { refusal } from '../core/refusal.ts'
import { normaliseText } from '../core/text.ts'
import { addFulfilment, listCommitments } from '../db/commitment.ts'
import { addDelivery, getDelivery, listDeliveries, lotsOfDelivery, readDeliveryFacts } from '../db/delivery.ts'
import { addHold } from '../db/hold.ts'
import { settle } from './item.ts'
import { os, refuse, runCommand } from './procedure.ts'

export const delivery = {
  list: os.delivery.list.handler(({ input, context }) => listDeliveries(context.desk.database, input)),

  get: os.delivery.get.handler(({ input, context }) => {
    const found = getDelivery(context.desk.database, input.postingSeq)
    return found ?? refuse(refusal('not-found', { field: 'postingSeq', given: input.postingSeq }))
  }),

  promises: os.delivery.promises.handler(({ input, context }) => {
    const byItem = Map.groupBy(
      listCommitments(context.desk.database, input.supplierId, true),
      (commitment) => commitment.itemId,
    )
    return [...byItem].map(([itemId, commitments]) => ({
      itemId,
      promisedBase: commitments.reduce((sum, one) => sum + one.quantityBase, 0),
      deliveredBase: commitments.reduce((sum, one) => sum + one.deliveredBase, 0),
      outstandingBase: commitments.reduce((sum, one) => sum + one.outstandingBase, 0),
      nextDueOn: commitments[0]?.dueOn ?? null,
    }))
  }),

  post: os.delivery.post.handler(({ input, context, path }) =>
    runCommand(
      context,
      path,
      input,
      ['delivery', 'stock', 'commitment', 'supplier', 'ledger'],
      (db, stamp) => {
        const facts = readDeliveryFacts(
          db,
          {
            supplierId: input.supplierId,
            depotId: input.depotId,
            noteNumber: normaliseText(input.noteNumber),
            itemIds: input.lines.map((line) => line.itemId),
          },
          context.desk.businessDate(),
        )
        const decided = settle(decideDelivery(input, facts))
        const postingSeq = addDelivery(
          db,
          stamp,
          { postingId: input.requestId, supplierId: input.supplierId, depotId: input.depotId },
          decided,
        )
        const open = listCommitments(db, input.supplierId, true)
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
        if (input.inspect) {
          for (const lotId of lotsOfDelivery(db, postingSeq)) {
            addHold(db, stamp, { lotId, kind: 'inspection', reason: '', postingSeq })
          }
        }
        return { postingSeq }
      },
      (db, { postingSeq }) => getDelivery(db, postingSeq)!,
    ),
  ),
}
