import { decideDelivery } from '../core/delivery.ts'
import { refusal } from '../core/refusal.ts'
import { normaliseText } from '../core/text.ts'
import { listCommitments } from '../db/commitment.ts'
import { findRecordedLines, getDelivery, listDeliveries, listDeliveryHeads, readDeliveryFacts } from '../db/delivery.ts'
import { postListAside, progressOfList, stopList } from './post-list.ts'
import { os, refuse, runCommand } from './procedure.ts'
import { settle } from './refused.ts'
import { stageLines } from './staged-lines.ts'
import { writeDelivery } from './write-delivery.ts'

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
        const head = { postingId: input.requestId, supplierId: input.supplierId, depotId: input.depotId }
        const postingSeq = writeDelivery(db, stamp, head, decided, input.inspect)
        return { postingSeq }
      },
      (db, { postingSeq }) => getDelivery(db, postingSeq)!,
    ),
  ),

  recorded: os.delivery.recorded.handler(({ input, context }) =>
    findRecordedLines(
      context.desk.database,
      input.lines.map(({ lot, ...line }) => ({ ...line, lot: normaliseText(lot) })),
    ),
  ),

  postList: os.delivery.postList.handler(async ({ input, context, path }) => {
    const { desk, person } = context
    const asked = { procedure: path.join('.'), input, at: desk.now(), personId: person.personId }
    const { receipt, repeated } = await postListAside(desk.database, asked, desk.businessDate())
    if (!repeated) desk.changes.publish(['delivery', 'stock', 'commitment', 'supplier', 'ledger', 'alias'])
    const { postingSeqs, newSuppliers } = receipt
    return { deliveries: listDeliveryHeads(desk.database, postingSeqs), newSuppliers }
  }),

  stageLines: os.delivery.stageLines.handler(({ input, context: { desk, person } }) =>
    stageLines(desk.database, { personId: person.personId, at: desk.now(), input }),
  ),

  listProgress: os.delivery.listProgress.handler(({ input, context }) =>
    progressOfList(context.desk.database, context.person.personId, input.requestId),
  ),

  stopList: os.delivery.stopList.handler(({ input, context }) => ({
    stopping: stopList(context.desk.database, context.person.personId, input.requestId),
  })),
}
